(* Minimax fidelities of weighted heads: existence, what decides them, and where maxima are taken.

   Glossary (systems.v, suprema.v and absorption.v have the definitions of the notions)
     minimax_of_others D v   v is the least fidelity of a node before the sink: the reading that leaves the sink out
   The minimax fidelity exceeds a number exactly if the signal of every node does so at some time. *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion suprema absorption.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Minimax.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat) (u v : R).

(* D3.5: what decides whether a minimax fidelity exceeds a number: one time for each node. *)
Theorem minimax_above D u v :
  minimax D v -> u < v <-> forall j, exists2 t, (1 <= t)%N & u < signal D t j.
Proof.
move=> [[i [bound _]] least]; split=> [lt_uv j|above].
  by have [w [_ approach] le_vw] := least j; apply: approach; apply: lt_le_trans le_vw.
by have [t /bound le_v lt_u] := above i; apply: lt_le_trans lt_u le_v.
Qed.

Lemma minimax_unique D u v : minimax D u -> minimax D v -> u = v.
Proof.
suff le_uv x y : minimax D x -> minimax D y -> x <= y.
  by move=> min_u min_v; apply/le_anti; rewrite !le_uv.
move=> [_ least] [[i fid_y] _]; have [w fid_w le_xw] := least i.
by rewrite (supremum_unique fid_y fid_w).
Qed.

Definition minimax_of_others D v :=
  (exists2 j, j != sink n & fidelity D j v) /\ forall j, j != sink n -> exists2 u, fidelity D j u & v <= u.

(* D3.5 *)
Theorem minimax_of_others_above D u v :
  minimax_of_others D v -> u < v <-> forall j, j != sink n -> exists2 t, (1 <= t)%N & u < signal D t j.
Proof.
move=> [[i i_other [bound _]] least]; split=> [lt_uv j /least[w [_ approach] le_vw]|above].
  by apply: approach; apply: lt_le_trans le_vw.
by have [t /bound le_v lt_u] := above i i_other; apply: lt_le_trans lt_u le_v.
Qed.

Lemma minimax_of_others_unique D u v : minimax_of_others D u -> minimax_of_others D v -> u = v.
Proof.
suff le_uv x y : minimax_of_others D x -> minimax_of_others D y -> x <= y.
  by move=> min_u min_v; apply/le_anti; rewrite !le_uv.
move=> [_ least] [[i i_other fid_y] _]; have [w fid_w le_xw] := least i i_other.
by rewrite (supremum_unique fid_y fid_w).
Qed.

Lemma minimax_of_fidelities D (f : 'I_n.+1 -> R) i :
  (forall j, fidelity D j (f j)) -> (forall j, f i <= f j) -> minimax D (f i).
Proof. by move=> fid least; split=> [|j]; [exists i | exists (f j)]. Qed.

Lemma minimax_of_suprema D : (forall j, exists v, fidelity D j v) -> exists v, minimax D v.
Proof.
move=> /fin_all_exists[f fid].
case: (@Order.TotalTheory.arg_minP _ _ _ (sink n) predT f isT) => i _ least.
by exists (f i); apply: minimax_of_fidelities => // j; apply: least.
Qed.

(* D3.3: a signal of a time before 1 is 0, except the sink's own. *)
Theorem first_step_changes_only_the_sink D j v :
  nonnegative D -> j != sink n -> supremum 0 (fun t => signal D t j) v <-> fidelity D j v.
Proof. by move=> D0 /negbTE js; apply: supremum_from_zero; rewrite ?signal_ge0 // signal_start js. Qed.

(* D3.3 *)
Theorem fidelity_of_sink_from_time_zero D :
  row_stochastic D -> supremum 0 (fun t => signal D t (sink n)) 1.
Proof.
move=> stoD; have start : signal D 0 (sink n) = 1 by rewrite signal_start eqxx.
by apply: supremum_of_maximum start _ => // t _; apply: signal_le1.
Qed.

(* D3.3 *)
Theorem fidelity_of_sink D :
  row_stochastic D -> feedforward D -> fidelity D (sink n) (D (sink n) (sink n)).
Proof.
move=> stoD ffD; have D0 : 0 <= D (sink n) (sink n) by case: stoD.
apply: supremum_of_maximum (signal_one_step _ _) _ => // t le_t.
by rewrite signal_of_sink // -[X in _ <= X]expr1 ler_wiexpn2l ?row_stochastic_entry_le1.
Qed.

(* D3.3: the triple that decides the fidelity of a transient node: a value, a time at which it is taken, and a horizon
   at which the mass on transient nodes that can still reach j has fallen below it. *)
Theorem fidelity_decided_at_horizon D j v t horizon :
  row_stochastic D -> feedforward D -> D j j != 1 -> (1 <= t)%N -> signal D t j = v ->
  (forall s, (1 <= s < horizon)%N -> signal D s j <= v) ->
  mass D [pred k : 'I_n.+1 | (j <= k)%N && (D k k != 1)] horizon <= v -> fidelity D j v.
Proof.
move=> stoD ffD Djj le_t eq_v before later; apply: supremum_of_maximum le_t eq_v _ => s le_s.
case: (ltnP s horizon) => [lt_s|le_Ts]; first by rewrite before // le_s.
apply: le_trans later; apply: later_signal_at_most_mass => //; last by rewrite inE leqnn.
move=> i k; rewrite !inE negb_and negbK -ltnNge => /orP[lt_ij /andP[le_jk _]|/eqP Dii /andP[_ Dkk]].
  by apply: ffD; apply: leq_trans le_jk.
by apply: row_stochastic_absorbing => //; apply: contraNneq Dkk => ->; apply/eqP.
Qed.

(* D3.3: a node that keeps all and is fed from the sink for ever never reaches its limit. *)
Theorem absorbing_signal_below_fidelity D j v t :
  nonnegative D -> 0 < D (sink n) (sink n) -> j != sink n -> D j j = 1 -> reached D j -> fidelity D j v ->
  signal D t j < v.
Proof.
move=> D0 loop js Djj /(reachedP _ D0)[s le_s pos] [bound _].
have sink_pos r : 0 < signal D r (sink n).
  elim: r => [|r IH]; first by rewrite signal_start eqxx ltr01.
  rewrite signal_next; apply: lt_le_trans (mulr_gt0 IH loop) (sum_at_least _ _) => k.
  by rewrite mulr_ge0 ?signal_ge0.
have stays r : 1 <= (D ^+ r) j j.
  elim: r => [|r IH]; first by rewrite expr0 identityE eqxx.
  rewrite powerSE; apply: le_trans (sum_at_least j _) => [|k]; first by rewrite Djj mul1r.
  by rewrite mulr_ge0 ?nonnegative_power.
apply: lt_le_trans (bound (t + s)%N (leq_trans le_s (leq_addl _ _))).
rewrite {2}/signal exprD productE (bigD1 j) //= (bigD1 (sink n)) //= ?[sink n == j]eq_sym //.
apply: lt_le_trans (_ : signal D t j + signal D t (sink n) * signal D s j <= _).
  by rewrite ltr_addl mulr_gt0.
apply: ler_add; first by rewrite -[X in X <= _]mulr1 ler_wpmul2l ?signal_ge0.
by rewrite ler_addl sumr_ge0 // => k _; rewrite mulr_ge0 ?nonnegative_power.
Qed.
End Minimax.

Section Existence.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (j : 'I_n.+1) (v : R).

(* D3.5 *)
Theorem minimax_exists D : row_stochastic D -> feedforward D -> exists v, minimax D v.
Proof.
by move=> stoD ffD; apply: minimax_of_suprema => j; apply: node_fidelity_exists.
Qed.

(* D3.5 *)
Theorem minimax_of_others_exists D :
  (0 < n)%N -> row_stochastic D -> feedforward D -> exists v, minimax_of_others D v.
Proof.
move=> n0 stoD ffD; have [f fid] := fin_all_exists (fun j => node_fidelity_exists j stoD ffD).
have first_other : (ord0 : 'I_n.+1) != sink n by rewrite -val_eqE /= eq_sym -lt0n.
case: (@Order.TotalTheory.arg_minP _ _ _ ord0 (fun j => j != sink n) f first_other) => i i_other least.
by exists (f i); split=> [|j /least]; [exists i | exists (f j)].
Qed.

(* D3.3, for weighted heads and their means: the maximum exists exactly at the transient nodes. *)
Theorem maximum_attained_iff_transient D j :
  row_stochastic D -> feedforward D -> 0 < D (sink n) (sink n) < 1 -> reached D j ->
  (exists2 v, fidelity D j v & attained 1 (fun t => signal D t j) v) <-> D j j != 1.
Proof.
move=> stoD ffD /andP[loop keeps_less] reach; split=> [[v fid [t le_t eq_v]]|Djj].
  apply/eqP => Djj; have js : j != sink n by apply: contraTneq keeps_less => <-; rewrite Djj ltxx.
  have := @absorbing_signal_below_fidelity _ _ D j v t _ loop js Djj reach fid.
  by rewrite eq_v ltxx => /(_ (proj1 stoD)).
by have [v [fid max_v _]] := transient_node_maximum stoD ffD Djj reach; exists v.
Qed.
End Existence.
