(* Bounds of the minimax fidelity for all weights of a part of them (src/certificate/REGION.md, section 6).

   Glossary
     minimax_at_least first counted D s v   the signals of every node that counts come above every number below v
     minimax_at_most first counted D s v    the signals of some node that counts stay at most v
     minimax_over first counted D s v       v is the least fidelity of a node that counts
     spanned m V D    D is a mean of the matrices V 0, ..., V (m - 1) with some nonnegative weights of sum 1
     signal_bounded   signals against rows and chances for a matrix with larger entries
     spanned_split    a matrix that is spanned by a simplex is so by one of its halves *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion facts suprema.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Minimax.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (s j : 'I_n.+1) (counted : pred 'I_n.+1) (first : nat) (u v : R).

Definition minimax_at_least first counted D s v :=
  forall j, counted j -> forall u, u < v -> exists2 t, (first <= t)%N & u < signal_from D s t j.
Definition minimax_at_most first counted D s v :=
  exists2 j, counted j & forall t, (first <= t)%N -> signal_from D s t j <= v.
Definition minimax_over first counted D s v :=
  (exists2 j, counted j & supremum first (fun t => signal_from D s t j) v) /\
  forall j, counted j -> exists2 u, supremum first (fun t => signal_from D s t j) u & v <= u.

(* What the two bounds mean where there is a minimax fidelity. *)
Theorem minimax_at_leastP first counted D s u v :
  minimax_over first counted D s v -> minimax_at_least first counted D s u <-> u <= v.
Proof.
move=> [[i i_counted [below _]] least]; split=> [at_least|le_uv j /least[w [_ approach] le_vw] x lt_x].
  rewrite leNgt; apply/negP => /(at_least i i_counted)[t /below le_v]; by rewrite ltNge le_v.
by apply: approach; apply: lt_le_trans lt_x (le_trans le_uv le_vw).
Qed.

Theorem minimax_at_mostP first counted D s u v :
  minimax_over first counted D s v -> minimax_at_most first counted D s u <-> v <= u.
Proof.
move=> [[i i_counted [below approach]] least]; split=> [[j /least[w fid_w le_vw] bound]|le_vu].
  exact: le_trans le_vw (supremum_at_most fid_w bound).
by exists i => // t /below le_v; apply: le_trans le_v le_vu.
Qed.

(* The minimax fidelity of systems.v: the sink is the last node and counts, signals start at time 1. *)
Lemma minimax_over_all D v : minimax_over 1 predT D (sink n) v <-> minimax D v.
Proof.
split=> [[[j _ fid_v] least]|[[j fid_v] least]]; split; try by exists j.
  by move=> i; have [|u] := least i; first by []; exists u.
by move=> i _; apply: least.
Qed.
End Minimax.

(* ---- Signals against those of larger entries ---- *)

Section Bounded.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s j : 'I_n.+1).
Hypothesis stochastic : row_stochastic D.
Let D_ge0 : nonnegative D := proj1 stochastic.

Lemma signal_from_le1 t k : signal_from D s t k <= 1.
Proof. exact: row_stochastic_entry_le1 (row_stochastic_power t stochastic). Qed.

Variables (E : 'I_n.+1 -> 'I_n.+1 -> R) (x : nat -> 'I_n.+1 -> R) (h : 'I_n.+1 -> R) (first T : nat) (v : R).
Hypothesis entries : forall k l, D k l <= E k l.
Hypothesis starts : forall k, (s == k)%:R <= x 0%N k.
Hypothesis steps : forall t k, (t < T)%N -> 1 <= x t.+1 k \/ \sum_l x t l * E l k <= x t.+1 k.
Hypothesis chance_range : forall k, 0 <= h k <= 1.
Hypothesis chance_j : h j = 1.
Hypothesis chances : forall k, h k = 1 \/ \sum_l E k l * h l <= h k.
Hypothesis early : forall t, (first <= t < T)%N -> x t j <= v.
Hypothesis late : \sum_k x T k * h k <= v.

Lemma signal_row t k : (t <= T)%N -> signal_from D s t k <= x t k.
Proof.
elim: t k => [|t IH] k; first by rewrite signal_from0.
move=> lt_t; case: (steps k lt_t); first exact: le_trans (signal_from_le1 _ _).
apply: le_trans; rewrite signal_fromS; apply: ler_sum => l _.
apply: ler_pmul; [exact: signal_ge0 | exact: D_ge0 | by apply: IH; apply: ltnW | exact: entries].
Qed.

Lemma chance_superharmonic k : \sum_l D k l * h l <= h k.
Proof.
case: (chances k) => [-> | ]; last first.
  by apply: le_trans; apply: ler_sum => l _; rewrite ler_wpmul2r //; case/andP: (chance_range l).
rewrite -(proj2 stochastic k); apply: ler_sum => l _.
by rewrite -[X in _ <= X]mulr1 ler_wpmul2l //; case/andP: (chance_range l).
Qed.

Theorem signal_bounded t : (first <= t)%N -> signal_from D s t j <= v.
Proof.
move=> le_t; have [lt_t|le_Tt] := ltnP t T.
  by apply: le_trans (signal_row j (ltnW lt_t)) (early _); rewrite le_t.
have weight r : (T <= r)%N -> \sum_k signal_from D s r k * h k <= v.
  elim: r => [|r IH].
    by rewrite leqn0 => /eqP T0; move: late; rewrite T0; apply: le_trans; apply: ler_sum => k _;
      rewrite ler_wpmul2r ?signal_row ?T0 //; case/andP: (chance_range k).
  rewrite leq_eqVlt => /orP[/eqP <-|le_r].
    apply: le_trans late; apply: ler_sum => k _.
    by rewrite ler_wpmul2r ?signal_row //; case/andP: (chance_range k).
  apply: le_trans (IH le_r); rewrite signal_step; apply: ler_sum => k _.
  by rewrite ler_wpmul2l ?signal_ge0 ?chance_superharmonic.
apply: le_trans (weight t le_Tt); rewrite (bigD1 j) //= chance_j mulr1 ler_addl sumr_ge0 // => k _.
by rewrite mulr_ge0 ?signal_ge0 //; case/andP: (chance_range k).
Qed.
End Bounded.

(* ---- Parts of the simplex ---- *)

Section Parts.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (V : nat -> 'M[R]_n.+1).

Definition spanned m V D := exists2 c : 'I_m -> R, convex c & D = \sum_i c i *: V i.
Definition replaced V (a : nat) M : nat -> 'M[R]_n.+1 := fun i => if i == a then M else V i.

(* Half of the lesser weight of two goes to their middle. *)
Lemma spanned_towards m V (a b : 'I_m) (c : 'I_m -> R) : a != b -> convex c -> c a <= c b ->
  spanned m (replaced V a (2%:R^-1 *: V a + 2%:R^-1 *: V b)) (\sum_i c i *: V i).
Proof.
move=> ab [c_ge0 c_sum] le_ab; have ba : b != a by rewrite eq_sym.
pose c' i := if i == a then 2%:R * c a else if i == b then c b - c a else c i.
have c'E i : i != a -> i != b -> c' i = c i by rewrite /c' => /negbTE-> /negbTE->.
have c'a : c' a = 2%:R * c a by rewrite /c' eqxx.
have c'b : c' b = c b - c a by rewrite /c' (negbTE ba) eqxx.
exists c'.
  split=> [i|]; first by rewrite /c'; case: eqP => _; [rewrite mulr_ge0 ?ler0n | case: eqP => _ //; rewrite subr_ge0].
  rewrite -c_sum (bigD1 a) // (bigD1 b) //= [RHS](bigD1 a) // [in RHS](bigD1 b) //= c'a c'b.
  rewrite (eq_bigr c) => [|i /andP[]]; last exact: c'E.
  by ring.
rewrite (bigD1 a) // (bigD1 b) //= [RHS](bigD1 a) // [in RHS](bigD1 b) //= c'a c'b.
have Va : replaced V a (2%:R^-1 *: V a + 2%:R^-1 *: V b) a = 2%:R^-1 *: V a + 2%:R^-1 *: V b.
  by rewrite /replaced eqxx.
have V_i i : i != a -> replaced V a (2%:R^-1 *: V a + 2%:R^-1 *: V b) i = V i.
  by rewrite /replaced -val_eqE => /negbTE->.
rewrite Va V_i // [in RHS](eq_bigr (fun i => c i *: V i)); last first.
  by move=> i /andP[ia ib]; rewrite c'E ?V_i.
rewrite !addrA; congr (_ + _); rewrite scalerDr !scalerA scalerBl.
have -> : 2%:R * c a * 2%:R^-1 = c a by field.
by rewrite -addrA; congr (_ + _); rewrite addrC subrK.
Qed.

Theorem spanned_split m V D a b : (a < b)%N -> (b < m)%N -> spanned m V D ->
  let middle := 2%:R^-1 *: V a + 2%:R^-1 *: V b in
  spanned m (replaced V a middle) D \/ spanned m (replaced V b middle) D.
Proof.
move=> lt_ab lt_b [c c_convex ->] middle; have lt_a : (a < m)%N := ltn_trans lt_ab lt_b.
pose i := Ordinal lt_a; pose k := Ordinal lt_b; have ik : i != k by rewrite -val_eqE /= ltn_eqF.
case: (leP (c i) (c k)) => [le_c|/ltW le_c]; first by left; apply: (@spanned_towards m V i k).
by right; rewrite /middle addrC; apply: (@spanned_towards m V k i) => //; rewrite eq_sym.
Qed.

Lemma spanned_le m V D (E : 'I_n.+1 -> 'I_n.+1 -> R) k l :
  spanned m V D -> (forall i, (i < m)%N -> V i k l <= E k l) -> D k l <= E k l.
Proof.
move=> [c [c_ge0 c_sum] ->] le_E; rewrite summxE -[leRHS]mul1r -c_sum mulr_suml.
by apply: ler_sum => i _; rewrite mxE ler_wpmul2l ?le_E.
Qed.
End Parts.

(* ---- From the rationals to the field ---- *)

Section Rationals.
Variable R : archiFieldType.

Lemma rational_between (u v : R) : 0 <= u -> u < v -> exists q : rat, u < ratr q < v.
Proof.
move=> u_ge0 lt_uv; have gap : 0 < v - u by rewrite subr_gt0.
pose N := Num.bound (v - u)^-1; have N_big : 1 < N%:R * (v - u).
  by rewrite -ltr_pdivr_mulr // div1r; apply: archi_boundP; rewrite invr_ge0 ltW.
have N_gt0 : 0 < N%:R :> R.
  by rewrite ltr0n lt0n; apply: contraTneq N_big => ->; rewrite mul0r -leNgt ler01.
have above : exists p, N%:R * u < p%:R.
  by exists (Num.bound (N%:R * u)); apply: archi_boundP; rewrite mulr_ge0 ?ler0n.
case: (ex_minnP above) => p lt_p least; exists (p%:R / N%:R).
rewrite fmorph_div /= !ratr_nat ltr_pdivl_mulr // mulrC lt_p ltr_pdivr_mulr //.
case: p lt_p least => [|p] lt_p least; first by rewrite mulr_gt0 ?ler0n // (le_lt_trans u_ge0).
have le_p : p%:R <= N%:R * u by rewrite leNgt; apply/negP => /least; rewrite ltnn.
rewrite -addn1 natrD [v * _]mulrC; apply: le_lt_trans (ler_add le_p (lexx 1)) _.
by rewrite addrC -ltr_subr_addr -mulrBr.
Qed.

Lemma signal_ratr n (D : 'M[rat]_n.+1) (s j : 'I_n.+1) t :
  signal_from (map_mx ratr D) s t j = ratr (signal_from D s t j) :> R.
Proof. by rewrite /signal_from -(rmorphX [rmorphism of map_mx (@ratr R)]) mxE. Qed.

(* A supremum of rational signals is approached over the field as well. *)
Lemma supremum_approached n (D : 'M[rat]_n.+1) (s j : 'I_n.+1) first phi (u : R) :
  nonnegative D -> supremum first (fun t => signal_from D s t j) phi -> u < ratr phi ->
  exists2 t, (first <= t)%N & u < signal_from (map_mx ratr D) s t j.
Proof.
move=> D_ge0 [_ approach] lt_u; have [u_ge0|u_lt0] := leP 0 u; last first.
  by exists first => //; rewrite signal_ratr (lt_le_trans u_lt0) // ler0q signal_ge0.
have [q /andP[lt_uq]] := rational_between u_ge0 lt_u.
rewrite ltr_rat => /approach[t le_t lt_q]; exists t => //.
by rewrite signal_ratr (lt_trans lt_uq) // ltr_rat.
Qed.
End Rationals.
