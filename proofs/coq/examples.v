(* Example 3.8: two heads that only carry a signal to the sink together.

   Glossary (nodes u, v, tau are 0, 1, 2; both graphs have all self-loops)
     head_to_v       the edge u -> v
     head_to_sink    the edge v -> tau *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition head_to_v := @looped 2 [:: (0, 1)]%N.
Definition head_to_sink := @looped 2 [:: (1, 2)]%N.
Notation u := (inord 0 : 'I_3).
Notation tau := (sink 2).

(* E3.8-hypotheses: both heads are feedforward, but only their union has tau as its unique sink. *)
Theorem heads_have_other_sinks :
  [/\ feedforward_graph head_to_v /\ feedforward_graph head_to_sink, ~ unique_sink_graph head_to_v,
      ~ unique_sink_graph head_to_sink & unique_sink_graph (@looped 2 [:: (0, 1); (1, 2)]%N)].
Proof. by split; [split; apply: looped_feedforward| | |]; rewrite ?looped_unique_sink. Qed.

Section Signals.
Variable R : realFieldType.
Notation D := (diffusion_matrix R).
Notation heads := (pair (D head_to_v) (D head_to_sink)).
Notation half := (2%:R^-1 : R).

(* E3.8-matrices *)
Theorem printed_matrices :
  D head_to_v = matrix_of_rows 2 [:: [:: 1; 0; 0]; [:: half; half; 0]; [:: 0; 0; 1]] /\
  D head_to_sink = matrix_of_rows 2 [:: [:: 1; 0; 0]; [:: 0; 1; 0]; [:: 0; half; half]].
Proof. by split; entries. Qed.

(* E3.8-singles: not after two steps, nor ever. *)
Theorem no_head_carries_the_signal h t : signal (heads h) t u = 0.
Proof.
have [eq_1 eq_2] := printed_matrices; rewrite signal_of_signals inordK //.
suff: signals (heads h) t = [:: 0; 0; 1] \/ signals (heads h) t = [:: 0; 1 - half ^+ t; half ^+ t] by case=> ->.
rewrite /pair; case: ifP => _; [rewrite eq_1; left | rewrite eq_2; right].
  elim: t => [|t IH]; first by rewrite signals_start.
  by rewrite signals_next IH /mkseq /=; congr [:: _; _; _]; ring.
elim: t => [|t IH]; first by rewrite signals_start expr0 subrr.
by rewrite signals_next IH exprS /mkseq /=; move: (half ^+ t) => y; congr [:: _; _; _]; field.
Qed.

(* E3.8-cross: head 2 next to the sink; the other order carries nothing. *)
Theorem cross_head_product :
  (D head_to_sink * D head_to_v) tau u = 4%:R^-1 /\ (D head_to_v * D head_to_sink) tau u = 0.
Proof.
have [-> ->] := printed_matrices.
by split; rewrite productE !big_ord_recl big_ord0 !mxE !inordK //=; field.
Qed.

(* E3.8-sum: for all weights, convex or not. *)
Theorem two_step_signal a b : signal (mean (pair a b) heads) 2 u = a * b / 4%:R.
Proof.
have -> : mean (pair a b) heads =
    matrix_of_rows 2 [:: [:: a + b; 0; 0]; [:: a * half; a * half + b; 0]; [:: 0; b * half; a + b * half]] by entries.
by rewrite signal_of_signals inordK // !signals_next signals_start /mkseq /=; field.
Qed.
End Signals.

Section Fidelity.
Variable R : archiFieldType.
Notation D := (diffusion_matrix R).
Notation heads := (pair (D head_to_v) (D head_to_sink)).
Variable b : R.
Notation merged := (mean (pair b (1 - b)) heads).

Let merged_rows : merged = matrix_of_rows 2
  [:: [:: 1; 0; 0]; [:: b / 2%:R; 1 - b / 2%:R; 0]; [:: 0; (1 - b) / 2%:R; (1 + b) / 2%:R]].
Proof. entries. Qed.

(* E3.8-fidelity: in either head u has fidelity 0; *)
Theorem no_head_has_fidelity h : fidelity (heads h) u 0.
Proof.
apply: (@supremum_of_maximum _ _ _ _ 1%N) => // [|t _]; first exact: no_head_carries_the_signal.
by rewrite no_head_carries_the_signal.
Qed.

(* E3.8-fidelity: merged with any positive weights it has the fidelity 1, approached and not attained, *)
Theorem merged_fidelity_is_one : 0 < b < 1 -> fidelity merged u 1 /\ forall t, signal merged t u < 1.
Proof.
move=> /andP[b0 b1]; have weight : 0 <= b <= 1 by rewrite !ltW.
have stochastic : row_stochastic merged.
  apply: row_stochastic_mean (convex_pair weight) _ => h.
  by rewrite /pair; case: ifP => _; apply/graph_row_stochastic/looped_self_loops.
have feedforward_merged : feedforward merged.
  apply: feedforward_mean => h; rewrite /pair.
  by case: ifP => _; exact/diffusion_matrix_feedforward/looped_feedforward.
have absorbing : merged u u = 1 by rewrite merged_rows mxE inordK.
have fid : fidelity merged u 1.
  apply: only_absorbing_node_fidelity => // k; rewrite -val_eqE /= inordK // merged_rows mxE.
  case: k => -[|[|[|//]]] //= _ _; rewrite -subr_eq0.
    by rewrite addrAC subrr add0r oppr_eq0 mulf_neq0 ?invr_eq0 ?pnatr_eq0 // gt_eqF.
  have -> : (1 + b) / 2%:R - 1 = (b - 1) / 2%:R by field.
  by rewrite mulf_neq0 ?invr_eq0 ?pnatr_eq0 // subr_eq0 lt_eqF.
split=> // t; apply: absorbing_signal_below_fidelity fid => //; first by case: stochastic.
- by rewrite merged_rows mxE /= divr_gt0 ?ltr0n // addr_gt0 ?ltr01.
- by rewrite -val_eqE /= inordK.
apply/reachedP; first by case: stochastic.
exists 2%N => //; rewrite two_step_signal divr_gt0 ?ltr0n // mulr_gt0 // subr_gt0 //.
Qed.

(* E3.8-fidelity: and so not the two-step value of the paper. *)
Theorem merged_fidelity_is_not_two_step_signal : 0 < b < 1 -> ~ fidelity merged u (b * (1 - b) / 4%:R).
Proof.
move=> weight; have [fid _] := merged_fidelity_is_one weight; case/andP: weight => b0 b1.
move=> /(supremum_unique fid) /eqP; apply/negP; rewrite gt_eqF // ltr_pdivr_mulr ?ltr0n // mul1r.
apply: lt_trans (_ : 1 < _); last by rewrite ltr1n.
by rewrite mulr_ilt1 ?subr_ge0 ?ltW // ltr_subl_addr ltr_addl.
Qed.

(* E3.8-fidelity: the minimax fidelity is positive exactly for positive weights. *)
Theorem merged_minimax_positive_iff v : 0 <= b <= 1 -> minimax merged v -> 0 < v <-> 0 < b < 1.
Proof.
move=> /andP[b0 b1] /minimax_above ->; split=> [all_j|/andP[b_gt0 b_lt1] j].
  have [t _] := all_j u; apply: contraTT; rewrite negb_and -!leNgt => ends.
  have -> : signal merged t u = 0; last exact: lexx.
  have [eq_b|eq_b] : b = 0 \/ b = 1.
    by case/orP: ends => ?; [left | right]; apply/le_anti/andP.
  - rewrite mean_pair eq_b scale0r add0r subr0 scale1r.
    by have := @no_head_carries_the_signal R (inord 1) t; rewrite /pair -val_eqE /= inordK.
  - rewrite mean_pair eq_b scale1r subrr scale0r addr0.
    by have := @no_head_carries_the_signal R ord0 t; rewrite /pair eqxx.
have half0 : 0 < (1 - b) / 2%:R by rewrite divr_gt0 ?ltr0n // subr_gt0.
have one_step : signals merged 1 = [:: 0; (1 - b) / 2%:R; (1 + b) / 2%:R].
  by rewrite merged_rows signals_next signals_start /mkseq /=; congr [:: _; _; _]; ring.
have [->|ju] := eqVneq j u.
  exists 2%N => //; rewrite two_step_signal divr_gt0 ?ltr0n // mulr_gt0 // subr_gt0 //.
exists 1%N => //; rewrite signal_of_signals one_step.
case: j ju => -[|[|[|//]]] //= lt_j; first by rewrite -val_eqE /= inordK.
by rewrite divr_gt0 ?ltr0n // addr_gt0 ?ltr01.
Qed.

(* S3-zero: merging lifts the minimax fidelity from zero in both heads. *)
Theorem merging_lifts_minimax_from_zero :
  0 < b < 1 -> (forall h, minimax (heads h) 0) /\ exists2 v, minimax merged v & 0 < v.
Proof.
move=> weight; have weight_le : 0 <= b <= 1 by case/andP: weight => b0 b1; rewrite !ltW.
have stochastic h : row_stochastic (heads h).
  by rewrite /pair; case: ifP => _; apply/graph_row_stochastic/looped_self_loops.
have feedforward_heads h : feedforward (heads h).
  by rewrite /pair; case: ifP => _; exact/diffusion_matrix_feedforward/looped_feedforward.
split=> [h|]; last first.
  have [||v min_v] := @minimax_exists _ _ merged.
  - exact: row_stochastic_mean (convex_pair weight_le) stochastic.
  - exact: feedforward_mean.
  by exists v => //; apply/(merged_minimax_positive_iff weight_le min_v).
split=> [|j]; first by exists u; apply: no_head_has_fidelity.
have [x fid] := node_fidelity_exists j (stochastic h) (feedforward_heads h); exists x => //.
have [D0 _] := stochastic h; exact: le_trans (signal_ge0 1 j D0) (supremum_at_least fid (isT : 1 <= 1)%N).
Qed.
End Fidelity.
