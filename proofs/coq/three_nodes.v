(* On two and three nodes merging neither amplifies nor attenuates: the sink decides every minimax fidelity, which is
   then linear in the weights. Four nodes are the least number for either.

   Glossary
     ordinary E      feedforward, with all self-loops and the last node as its only sink *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition ordinary n (E : rel 'I_n.+1) := [/\ feedforward_graph E, self_loops E & unique_sink_graph E].

Section Merging.
Variable R : realFieldType.
Variables n H : nat.
Variables (w : 'I_H -> R) (D : 'I_H -> 'M[R]_n.+1).
Hypothesis weights : convex w.

(* A convex mean is at most some head's value, and at least some other one's. *)
Lemma some_value_at_least_mean (f : 'I_H -> R) : exists h, \sum_i w i * f i <= f h.
Proof.
have [w0 w1] := weights; set m := \sum_i _.
case: (pickP (fun h => m <= f h)) => [h le_h|none]; first by exists h.
have below h : f h < m by rewrite ltNge none.
have [h wh] : exists h, 0 < w h by apply: positive_sum => //; rewrite w1 ltr01.
suff : m < m by rewrite ltxx.
rewrite -[X in _ < X]mul1r -w1 mulr_suml {1}/m (bigD1 h) //= [X in _ < X](bigD1 h) //=.
apply: ltr_le_add; first by rewrite ltr_pmul2l.
by apply: ler_sum => i _; rewrite ler_wpmul2l // ltW.
Qed.

(* S3-surpass: where the minimax fidelity is linear in the weights nothing amplifies. *)
Theorem linear_minimax_does_not_amplify (f : 'I_H -> R) :
  (forall h, minimax (D h) (f h)) -> minimax (mean w D) (\sum_h w h * f h) -> ~ amplifies w D.
Proof.
move=> min_h min_mean [v min_v larger]; have [h le_h] := some_value_at_least_mean f.
have [u min_u lt_u] := larger h; move: lt_u.
by rewrite (minimax_unique min_u (min_h h)) (minimax_unique min_v min_mean) ltNge le_h.
Qed.
End Merging.

(* Nor does it attenuate: some head has no more. *)
Lemma some_value_at_most_mean (R : realFieldType) H (w f : 'I_H -> R) :
  convex w -> exists h, f h <= \sum_i w i * f i.
Proof.
move=> weights; have [h] := some_value_at_least_mean weights (fun h => - f h).
by under eq_bigr do rewrite mulrN; rewrite sumrN ler_opp2; exists h.
Qed.

Section ThreeNodes.
Variable R : archiFieldType.
Variable H : nat.
Variables (w : 'I_H -> R) (Es : 'I_H -> rel 'I_3).
Notation D h := (diffusion_matrix R (Es h)).
Notation merged := (mean w (fun h => D h)).
Notation tau := (sink 2).
Hypothesis weights : convex w.
Hypothesis graphs : forall h, ordinary (Es h).

Let middle : 'I_3 := last_node 1.

Let merged_stochastic : row_stochastic merged.
Proof. by apply: row_stochastic_mean => // h; have [_ loops _] := graphs h; apply: graph_row_stochastic. Qed.

Let merged_feedforward : feedforward merged.
Proof. by apply: feedforward_mean => h; have [ffE _ _] := graphs h; apply: diffusion_matrix_feedforward. Qed.

Let three_nodes (j : 'I_3) : [\/ j = ord0, j = middle | j = tau].
Proof. by case: j => -[|[|[|//]]] lt_j; [constructor 1 | constructor 2 | constructor 3]; apply/val_inj. Qed.

(* A node with an edge to the sink in every head is heard as much as the sink hears itself. *)
Let direct_edge j : (forall h, 0 < w h -> Es h j tau) -> merged tau j = merged tau tau.
Proof.
move=> edge; rewrite !meanE; apply: eq_bigr => h _; have [wh|wh] := ltP 0 (w h); last first.
  by rewrite (le_anti (_ : w h <= 0 <= w h)) ?wh ?(proj1 weights) // !mul0r.
by have [_ loops _] := graphs h; rewrite !diffusion_matrixE edge // loops.
Qed.

(* S3-surpass and S3-bounded: on three nodes the minimax fidelity of the mean is the mean of the heads'. *)
Theorem sink_decides_on_three_nodes : minimax merged (merged tau tau).
Proof.
split; first by exists tau; apply: fidelity_of_sink.
move=> j; have [u fid_u] := node_fidelity_exists j merged_stochastic merged_feedforward; exists u => //.
have after_one_step : merged tau j = merged tau tau -> merged tau tau <= u.
  by move=> <-; rewrite -signal_one_step; have [bound _] := fid_u; apply: bound.
case: (three_nodes j) => eq_j; last by apply: after_one_step; rewrite eq_j.
  case: (pickP (fun h => (0 < w h) && Es h ord0 middle)) => [h /andP[wh to_middle]|none]; last first.
    apply: after_one_step; apply: direct_edge => h wh; rewrite eq_j.
    have [_ _ uniq] := graphs h; move: (uniq ord0) => /esym/forallPn[i]; rewrite negb_imply => /andP[edge i0].
    case: (three_nodes i) => eq_i; [by rewrite eq_i in i0 | | by rewrite -eq_i].
    by move: (none h); rewrite wh -eq_i edge.
  (* The middle node gives something away, so that everything ends at the first. *)
  have absorbing : merged ord0 ord0 = 1.
    rewrite -(proj2 merged_stochastic ord0) (bigD1 ord0) //= big1 ?addr0 // => k k0.
    by rewrite merged_feedforward // lt0n.
  have transient k : k != ord0 -> merged k k != 1.
    move=> k0; apply/eqP => keeps; have others := row_stochastic_absorbing merged_stochastic keeps.
    case: (three_nodes k) => eq_k; first by rewrite eq_k in k0.
      have := others ord0; rewrite eq_k => /(_ isT) /eqP; apply/negP; rewrite gt_eqF //.
      rewrite meanE; apply: lt_le_trans (sum_at_least h _) => [|i].
        rewrite mulr_gt0 // -[0 < _]/(hears _ _ _) diffusion_matrix_edge //.
      by rewrite mulr_ge0 ?(proj1 weights) ?diffusion_matrix_nonnegative.
    have := others middle; rewrite eq_k => /(_ isT) /eqP; apply/negP; rewrite gt_eqF //.
    rewrite meanE; apply: lt_le_trans (sum_at_least h _) => [|i].
      rewrite mulr_gt0 // -[0 < _]/(hears _ _ _) diffusion_matrix_edge.
      by have [ffE _ uniq] := graphs h; apply: unique_sink_last_edge.
    by rewrite mulr_ge0 ?(proj1 weights) ?diffusion_matrix_nonnegative.
  have fid_1 := only_absorbing_node_fidelity merged_stochastic merged_feedforward absorbing transient.
  rewrite eq_j in fid_u; rewrite (supremum_unique fid_u fid_1); exact: row_stochastic_entry_le1.
apply: after_one_step; apply: direct_edge => h _; rewrite eq_j.
by have [ffE _ uniq] := graphs h; apply: unique_sink_last_edge.
Qed.
End ThreeNodes.

Section Linear.
Variable R : archiFieldType.
Variable H : nat.
Variables (w : 'I_H -> R) (Es : 'I_H -> rel 'I_3).
Notation heads := (fun h => diffusion_matrix R (Es h)).
Hypothesis weights : convex w.
Hypothesis graphs : forall h, ordinary (Es h).

Lemma head_minimax_on_three_nodes h : minimax (heads h) (heads h (sink 2) (sink 2)).
Proof.
pose one (i : 'I_1) : R := 1; have convex_one : convex one by split=> [i|]; rewrite ?ler01 // big_ord1.
have := @sink_decides_on_three_nodes R 1 one (fun _ => Es h) convex_one (fun _ => graphs h).
have -> : mean one (fun _ => diffusion_matrix R (Es h)) = diffusion_matrix R (Es h); last exact.
by rewrite /mean big_ord1 scale1r.
Qed.

(* S3-surpass, S3-bounded: any number of heads, any weights. *)
Theorem minimax_is_linear_on_three_nodes :
  minimax (mean w heads) (\sum_h w h * heads h (sink 2) (sink 2)).
Proof. by rewrite -meanE; apply: sink_decides_on_three_nodes. Qed.

(* S3-surpass *)
Theorem no_amplification_on_three_nodes : ~ amplifies w heads.
Proof.
apply: (linear_minimax_does_not_amplify (f := fun h => heads h (sink 2) (sink 2)) weights).
  exact: head_minimax_on_three_nodes.
exact: minimax_is_linear_on_three_nodes.
Qed.

(* S3-bounded *)
Theorem no_attenuation_on_three_nodes v :
  minimax (mean w heads) v -> exists h, exists2 u, minimax (heads h) u & u <= v.
Proof.
move=> /minimax_unique /(_ minimax_is_linear_on_three_nodes) ->.
have [h le_h] := some_value_at_most_mean (fun h => heads h (sink 2) (sink 2)) weights.
by exists h, (heads h (sink 2) (sink 2)) => //; apply: head_minimax_on_three_nodes.
Qed.
End Linear.

(* S3-surpass: on two nodes there is only one such graph, so that all heads and their mean agree. *)
Theorem no_amplification_on_two_nodes (R : archiFieldType) H (w : 'I_H -> R) (Es : 'I_H -> rel 'I_2) :
  convex w -> (forall h, ordinary (Es h)) -> ~ amplifies w (fun h => diffusion_matrix R (Es h)).
Proof.
move=> weights graphs; have two (j : 'I_2) : j = last_node 0 \/ j = sink 1.
  by case: j => -[|[|//]] lt_j; [left | right]; apply/val_inj.
have same h k : diffusion_matrix R (Es h) = diffusion_matrix R (Es k).
  have edges_agree i j : Es h j i = Es k j i.
    have [[ffh loops_h uniq_h] [ffk loops_k uniq_k]] := (graphs h, graphs k).
    have := (unique_sink_last_edge ffh uniq_h, unique_sink_last_edge ffk uniq_k).
    have no_edge_back E : feedforward_graph E -> E (sink 1) (last_node 0) = false.
      by move=> ffE; apply/negP => /ffE.
    move=> [edge_h edge_k]; case: (two i) (two j) => -> [] ->; rewrite ?loops_h ?loops_k ?edge_h ?edge_k //.
    by rewrite !no_edge_back.
  apply/matrixP => i j; rewrite !diffusion_matrixE edges_agree; congr (_ / _%:R).
  by apply: eq_card => l; rewrite !inE edges_agree.
move=> [v min_v larger]; have [h wh] : exists h, 0 < w h.
  by apply: positive_sum; [case: weights | case: weights => _ ->; apply: ltr01].
have [u min_u lt_u] := larger h.
have eq_mean : mean w (fun h => diffusion_matrix R (Es h)) = diffusion_matrix R (Es h).
  rewrite /mean (eq_bigr (fun k => w k *: diffusion_matrix R (Es h))) => [|k _]; last by rewrite (same k h).
  by rewrite -scaler_suml (proj2 weights) scale1r.
by rewrite eq_mean in min_v; rewrite (minimax_unique min_u min_v) ltxx in lt_u.
Qed.
