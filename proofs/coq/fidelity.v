(* Fidelities in graphs: where maxima are taken, when the minimax fidelity is positive, and the node before the sink.

   Glossary (systems.v, suprema.v and absorption.v have the definitions of the notions)
     union w Es j i     some head of positive weight has the edge j -> i
     last_node          the node before the sink, number n - 1 in the paper's count
     source             a node whose self-loop is its only in-edge: in-degree 1, an absorbing node of the diffusion *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Lemma diffusion_matrix_edge (R : realFieldType) n (E : rel 'I_n.+1) i j : hears (diffusion_matrix R E) i j = E j i.
Proof. by rewrite /hears lt0r diffusion_matrix_eq0 negbK diffusion_matrix_nonnegative andbT. Qed.

Section Graphs.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (E : rel 'I_n.+2) (i j k : 'I_n.+2) (t : nat).
Notation D E := (diffusion_matrix R E).

Lemma diffusion_matrix_loop_eq1 E j : self_loops E -> (D E j j == 1) = (in_degree E j == 1)%N.
Proof.
move=> loops; rewrite diffusion_matrixE loops /= mul1r invr_eq1.
by rewrite -[1]/(1%:R) eqr_nat.
Qed.

Lemma in_degree_above_one E j : self_loops E -> (1 < in_degree E j)%N = (D E j j != 1).
Proof.
move=> loops; rewrite diffusion_matrix_loop_eq1 //.
by move: (self_loops_in_degree j loops); case: (in_degree E j) => [|[]].
Qed.

Lemma graph_row_stochastic E : self_loops E -> row_stochastic (D E).
Proof. by move=> loops; apply/diffusion_matrix_row_stochastic => i; apply: self_loops_in_degree. Qed.

(* In a feedforward graph with a unique sink every node has a path to it: each edge to another node goes on. *)
Lemma unique_sink_reaches E j : feedforward_graph E -> unique_sink_graph E -> connect E j (sink n.+1).
Proof.
move=> ffE uniq; have [m] := ubnP (n.+2 - j)%N; elim: m j => // m IH j lt_m.
have [->|js] := eqVneq j (sink n.+1); first exact: connect0.
move: (uniq j); rewrite (negbTE js) => /esym/forallPn[i]; rewrite negb_imply => /andP[Eji ij].
apply: connect_trans (connect1 Eji) (IH i _).
have lt_ji : (j < i)%N by rewrite ltn_neqAle eq_sym val_eqE ij ffE.
by rewrite -ltnS; apply: leq_trans lt_m; rewrite ltnS ltn_sub2l.
Qed.

Lemma unique_sink_reached E j :
  feedforward_graph E -> self_loops E -> unique_sink_graph E -> reached (D E) j.
Proof.
move=> ffE loops uniq; apply/existsP; exists (sink n.+1).
rewrite -[0 < _]/(hears _ _ _) diffusion_matrix_edge loops /=.
rewrite (eq_connect (diffusion_matrix_edge R E)).
by have := connect_rev E (sink n.+1) j => /= ->; apply: unique_sink_reaches.
Qed.

(* The node before the sink. *)
Definition last_node : 'I_n.+2 := Ordinal (leqnSn n.+1).

Lemma last_node_neq_sink : last_node != sink n.+1.
Proof. by rewrite -val_eqE /= neq_ltn ltnSn. Qed.

Lemma from_last_node i : (last_node <= i)%N -> (i == last_node) || (i == sink n.+1).
Proof.
rewrite leq_eqVlt -!val_eqE /= eq_sym => /orP[->//|lt_i].
by rewrite [X in _ || X]eqn_leq lt_i -ltnS ltn_ord orbT.
Qed.

Lemma unique_sink_last_edge E : feedforward_graph E -> unique_sink_graph E -> E last_node (sink n.+1).
Proof.
move=> ffE uniq; move: (uniq last_node); rewrite (negbTE last_node_neq_sink) => /esym/forallPn[i].
rewrite negb_imply => /andP[Ei /negbTE i_last]; move: (from_last_node (ffE _ _ Ei)).
by rewrite i_last /= => /eqP <-.
Qed.

Lemma sink_hears_others E : self_loops E -> E last_node (sink n.+1) -> (1 < in_degree E (sink n.+1))%N.
Proof.
move=> loops edge; rewrite in_degree_above_one //; apply: contraTneq edge => keeps.
rewrite -(diffusion_matrix_eq0 R) (row_stochastic_absorbing (graph_row_stochastic loops) keeps) //.
exact: last_node_neq_sink.
Qed.

(* D3.3: the maximum exists exactly at the nodes with another in-edge than their self-loop. *)
Theorem maximum_attained_iff_indegree_above_one E j :
  feedforward_graph E -> self_loops E -> unique_sink_graph E ->
  (exists2 v, fidelity (D E) j v & attained 1 (fun t => signal (D E) t j) v) <-> (1 < in_degree E j)%N.
Proof.
move=> ffE loops uniq; rewrite in_degree_above_one //.
apply: maximum_attained_iff_transient; first exact: graph_row_stochastic.
- exact: diffusion_matrix_feedforward.
- have keeps := sink_hears_others loops (unique_sink_last_edge ffE uniq).
  rewrite in_degree_above_one // in keeps.
  rewrite -[X in X && _]/(hears _ _ _) diffusion_matrix_edge loops /=.
  by rewrite lt_neqAle keeps row_stochastic_entry_le1 //; apply: graph_row_stochastic.
- exact: unique_sink_reached.
Qed.

(* D3.3: at the others the signal rises to a limit that it never reaches. *)
Theorem signal_of_source_rises_to_limit E j :
  feedforward_graph E -> self_loops E -> unique_sink_graph E -> in_degree E j = 1%N ->
  exists v, [/\ fidelity (D E) j v, forall t, signal (D E) t j <= signal (D E) t.+1 j,
                forall t, signal (D E) t j < v & vanishes (fun t => v - signal (D E) t j)].
Proof.
move=> ffE loops uniq /eqP; rewrite -diffusion_matrix_loop_eq1 // => /eqP Djj.
have stoD := graph_row_stochastic loops; have ffD := diffusion_matrix_feedforward R ffE.
have [y [yj y_absorbing harmonic]] := harmonic_exists stoD ffD Djj.
have fid := absorbing_node_fidelity stoD ffD Djj yj y_absorbing harmonic.
exists (y (sink n.+1)); split=> // [t|t|]; first by apply: absorbing_signal_never_decreases; case: stoD.
  apply: absorbing_signal_below_fidelity fid => //; first by case: stoD.
  - by rewrite -[0 < _]/(hears _ _ _) diffusion_matrix_edge.
  - apply: contraTneq (sink_hears_others loops (unique_sink_last_edge ffE uniq)) => <-.
    by rewrite in_degree_above_one // Djj eqxx.
  - exact: unique_sink_reached.
exact: absorbing_node_limit harmonic.
Qed.
End Graphs.

Section Union.
Variable R : realFieldType.
Variables n H : nat.
Variables (w : 'I_H -> R) (Es : 'I_H -> rel 'I_n.+1).
Notation merged := (mean w (fun h => diffusion_matrix R (Es h))).

Definition union : rel 'I_n.+1 := fun j i => [exists h, (0 < w h) && Es h j i].

Hypothesis w0 : forall h, 0 <= w h.

Lemma merged_nonnegative : nonnegative merged.
Proof. by apply: nonnegative_mean => // h; apply: diffusion_matrix_nonnegative. Qed.

Lemma hears_merged i j : hears merged i j = union j i.
Proof.
have term0 h : 0 <= w h * diffusion_matrix R (Es h) i j by rewrite mulr_ge0 ?diffusion_matrix_nonnegative.
rewrite /hears meanE; apply/idP/existsP => [/(positive_sum term0)[h]|[h /andP[wh edge]]].
  have [wh|wh0] := ltP 0 (w h); last by rewrite (le_anti (_ : w h <= 0 <= w h)) ?wh0 ?w0 // mul0r ltxx.
  by rewrite pmulr_rgt0 // -/(hears _ i j) => positive; exists h; rewrite wh -(diffusion_matrix_edge R).
apply: lt_le_trans (sum_at_least h term0); rewrite mulr_gt0 //.
by rewrite -/(hears _ i j) diffusion_matrix_edge.
Qed.

(* S3-zero, node by node. *)
Theorem signal_positive_iff_union_reaches j :
  union (sink n) (sink n) -> (exists2 t, (1 <= t)%N & 0 < signal merged t j) <-> connect union j (sink n).
Proof.
move=> loop; have reach : reached merged j = connect union j (sink n).
  have := connect_rev union (sink n) j => /= <-.
  rewrite -(eq_connect hears_merged); apply/existsP/idP => [[k /andP[sk]]|conn].
    by apply: connect_trans; apply: connect1.
  by exists (sink n); rewrite conn andbT -/(hears _ _ _) hears_merged.
by rewrite -reach; split=> /(reachedP _ merged_nonnegative).
Qed.

(* S3-zero *)
Theorem minimax_positive_iff_union_reaches v :
  union (sink n) (sink n) -> minimax merged v -> 0 < v <-> forall j, connect union j (sink n).
Proof.
move=> loop /minimax_above ->.
by split=> all_j j; [apply/signal_positive_iff_union_reaches | apply/signal_positive_iff_union_reaches; rewrite //].
Qed.
End Union.

(* The minimax fidelity exists if the heads of positive weight are feedforward and have diffusion matrices. *)
Theorem merged_minimax_exists (R : archiFieldType) n H (w : 'I_H -> R) (Es : 'I_H -> rel 'I_n.+1) :
  convex w -> (forall h, 0 < w h -> feedforward_graph (Es h)) ->
  (forall h, 0 < w h -> forall i, (0 < in_degree (Es h) i)%N) ->
  exists v, minimax (mean w (fun h => diffusion_matrix R (Es h))) v.
Proof.
move=> [w0 w1] ffE degrees.
pose M h : 'M[R]_n.+1 := if 0 < w h then diffusion_matrix R (Es h) else 1.
have -> : mean w (fun h => diffusion_matrix R (Es h)) = mean w M.
  rewrite /mean; apply: eq_bigr => h _; rewrite /M; have [//|wh0] := ltP 0 (w h).
  by rewrite (le_anti (_ : w h <= 0 <= w h)) ?wh0 ?w0 // !scale0r.
apply: minimax_exists.
  apply: row_stochastic_mean => // h; rewrite /M; case: ltP => [wh|_]; last exact: row_stochastic_identity.
  by apply/diffusion_matrix_row_stochastic/degrees.
apply: feedforward_mean => h; rewrite /M; case: ltP => [wh|_]; last exact: feedforward_identity.
by apply: diffusion_matrix_feedforward; apply: ffE.
Qed.

Section LastNode.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (M : 'M[R]_n.+2) (E : rel 'I_n.+2) (t : nat).
Notation last := (@last_node n).
Notation tau := (sink n.+1).

Lemma signal_next_of_last_node M t :
  feedforward M -> signal M t.+1 last = signal M t tau * M tau last + signal M t last * M last last.
Proof.
move=> ffM; rewrite signal_next (bigD1 tau) //= (bigD1 last) ?last_node_neq_sink //=.
rewrite big1 ?addr0 // => k /andP[k_tau k_last].
have [lt_k|/from_last_node] := ltnP k last; first by rewrite ffM ?mulr0.
by rewrite (negbTE k_tau) (negbTE k_last).
Qed.

(* What the sink hears of the last node at t left it at some step and stayed at the sink for the rest. *)
Lemma signal_of_last_node M t :
  feedforward M ->
  signal M t.+1 last = M tau last * \sum_(k < t.+1) M last last ^+ k * M tau tau ^+ (t - k).
Proof.
move=> ffM; elim: t => [|t IH].
  by rewrite signal_one_step big_ord_recl big_ord0 !expr0 mulr1 addr0 mulr1.
rewrite signal_next_of_last_node // IH [in RHS]big_ord_recl /= expr0 mul1r subn0 signal_of_sink // mulrDr.
rewrite [M tau last * M tau tau ^+ _]mulrC; congr (_ + _); rewrite -mulrA; congr (_ * _).
rewrite mulr_suml; apply: eq_bigr => k _.
by rewrite /bump leq0n add1n subSS exprS mulrAC [_ * M last last]mulrC.
Qed.

(* With any self-loops, as long as neither node gives itself more than a half. *)
Theorem signal_of_last_node_at_most M t :
  nonnegative M -> feedforward M -> M tau tau <= 2%:R^-1 -> M last last <= 2%:R^-1 ->
  signal M t.+1 last <= M tau last * t.+1%:R / 2%:R ^+ t.
Proof.
move=> M0 ffM loop_tau loop_last; rewrite signal_of_last_node // -mulrA ler_wpmul2l //.
apply: le_trans (_ : \sum_(k < t.+1) 2%:R^-1 ^+ t <= _); last first.
  by rewrite sumr_const card_ord exprVn -mulr_natl.
apply: ler_sum => k _; rewrite -[in X in _ <= X](subnKC (ltnSE (ltn_ord k))) exprD.
by rewrite ler_pmul ?exprn_ge0 ?ler_expn2r ?nnegrE ?invr_ge0 ?ler0n.
Qed.

Section Graph.
Variable E : rel 'I_n.+2.
Hypotheses (ffE : feedforward_graph E) (loops : self_loops E) (edge : E last tau).
Let a : R := (in_degree E tau)%:R.
Let b : R := (in_degree E last)%:R.
Let s t : R := signal (diffusion_matrix R E) t last.

Let loop_tau : diffusion_matrix R E tau tau = a^-1.
Proof. by rewrite diffusion_matrixE loops mul1r. Qed.

Let loop_last : diffusion_matrix R E last last = b^-1.
Proof. by rewrite diffusion_matrixE loops mul1r. Qed.

Let edge_weight : diffusion_matrix R E tau last = a^-1.
Proof. by rewrite diffusion_matrixE edge mul1r. Qed.

Let a2 : 2%:R <= a.
Proof. by rewrite ler_nat sink_hears_others. Qed.

Let a0 : 0 < a.
Proof. by apply: lt_le_trans a2; rewrite ltr0n. Qed.

Let b0 : 0 < b.
Proof. by rewrite ltr0n self_loops_in_degree. Qed.

Lemma closed_form t : s t = \sum_(k < t) b^-1 ^+ k * a^-1 ^+ (t - k).
Proof.
case: t => [|t]; first by rewrite /s signal_start (negbTE (last_node_neq_sink n)) big_ord0.
rewrite /s signal_of_last_node ?loop_tau ?loop_last ?edge_weight; last exact: diffusion_matrix_feedforward.
rewrite mulr_sumr; apply: eq_bigr => k _; rewrite mulrCA; congr (_ * _).
by rewrite -exprS subSn // ltnSE.
Qed.

Lemma next_signal t : s t.+1 = a^-1 ^+ t.+1 + s t / b.
Proof.
rewrite /s signal_next_of_last_node; last exact: diffusion_matrix_feedforward.
rewrite signal_of_sink ?loop_tau ?loop_last ?edge_weight -?exprSr //; exact: diffusion_matrix_feedforward.
Qed.

(* X-P5.1 *)
Theorem signal_of_last_node_vanishes :
  (1 < in_degree E last)%N ->
  [/\ forall t, s t = \sum_(k < t) b^-1 ^+ k * a^-1 ^+ (t - k),
      forall t, s t <= t%:R / 2%:R ^+ t, vanishes s, forall t, (1 <= t)%N -> 0 < s t &
      forall t, (2 <= t)%N -> s t.+1 < s t].
Proof.
move=> keeps_less; have b2 : 2%:R <= b by rewrite ler_nat.
have half c : 2%:R <= c -> c^-1 <= 2%:R^-1 :> R.
  by move=> c2; rewrite lef_pinv // posrE ?ltr0n //; apply: lt_le_trans c2; rewrite ltr0n.
have above t : a^-1 ^+ t.+1 <= s t.+1.
  by rewrite next_signal ler_addl divr_ge0 ?(ltW b0) ?signal_ge0 //; apply: diffusion_matrix_nonnegative.
have power0 t : 0 < a^-1 ^+ t by rewrite exprn_gt0 ?invr_gt0.
have positive t : (1 <= t)%N -> 0 < s t by case: t => // t _; apply: lt_le_trans (above t).
split=> //; first exact: closed_form.
- case=> [|t]; first by rewrite closed_form big_ord0 mul0r.
  apply: le_trans (signal_of_last_node_at_most _ _ _ _ _) _; rewrite ?loop_tau ?loop_last ?edge_weight ?half //.
  + exact: diffusion_matrix_nonnegative.
  + exact: diffusion_matrix_feedforward.
  rewrite exprS invfM mulrA ler_wpmul2r ?invr_ge0 ?exprn_ge0 ?ler0n //.
  by rewrite mulrC ler_wpmul2l ?ler0n ?half.
- apply: transient_signal_vanishes; [exact: graph_row_stochastic|exact: diffusion_matrix_feedforward|].
  by rewrite -in_degree_above_one.
case=> [|[|t]] // _.
(* a^-(t+1) is at most half of a^-t, which is less than s_t; and s_t / b is at most half of s_t *)
have strict : a^-1 ^+ t.+2 < s t.+2.
  by rewrite next_signal ltr_addl divr_gt0 ?positive.
rewrite next_signal -[X in _ < X]mulr1.
have -> : 1 = 2%:R^-1 + 2%:R^-1 :> R by field.
rewrite mulrDr ltr_le_add //; last by rewrite ler_wpmul2l ?half // ltW ?positive.
rewrite exprSr; apply: le_lt_trans (_ : a^-1 ^+ t.+2 / 2%:R < _).
  by rewrite ler_wpmul2l ?half // ltW.
by rewrite ltr_pmul2r ?invr_gt0 ?ltr0n.
Qed.

(* X-P5.1: a last node that hears no other never loses its signal. *)
Theorem signal_of_last_node_without_other_in_edge :
  in_degree E last = 1%N ->
  [/\ forall t, s t = (1 - a^-1 ^+ t) / (a - 1), forall t, s t < s t.+1,
      fidelity (diffusion_matrix R E) last (a - 1)^-1 & forall t, s t < (a - 1)^-1].
Proof.
move=> degree; have b1 : b = 1 by rewrite /b degree.
have a1 : 0 < a - 1 by rewrite subr_gt0; apply: lt_le_trans a2; rewrite ltr1n.
have power0 t : 0 < a^-1 ^+ t by rewrite exprn_gt0 ?invr_gt0.
have form t : s t = (1 - a^-1 ^+ t) / (a - 1).
  elim: t => [|t IH]; first by rewrite closed_form big_ord0 expr0 subrr mul0r.
  rewrite next_signal IH b1 divr1 exprS; move: (a^-1 ^+ t) => x; field.
  by rewrite (gt_eqF a0) (gt_eqF a1).
have below t : s t < (a - 1)^-1.
  by rewrite form -[X in _ < X]mul1r ltr_pmul2r ?invr_gt0 // ltr_subl_addr ltr_addl.
split=> // [t|]; first by rewrite next_signal b1 divr1 ltr_addr.
apply: supremum_of_limit => [t _|]; first exact/ltW/below.
apply: vanishes_below (@geometric_vanishes R (a - 1)^-1 a^-1 _ _) => [t||].
- rewrite -/(s t) form ger0_norm.
    by rewrite -{1}[_^-1]mul1r -mulrBl opprB addrCA subrr addr0 mulrC.
  by rewrite subr_ge0 ltW // -form.
- by rewrite invr_ge0 ltW.
- by rewrite invf_lt1 // -subr_gt0.
Qed.
End Graph.
End LastNode.
