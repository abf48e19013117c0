(* Figure 3: the graph of its published script, whose second head is not the printed one.

   Glossary (nodes u, v, w, tau are 0, 1, 2, 3; both graphs have all self-loops)
     line_of_four    the first head, u -> v -> w -> tau
     script_head     the script's second head, u -> w, v -> w, v -> tau, w -> tau
     b               the weight of the first head, 1 - b that of the second; the script has b = 1/2
   The script leaves the sink out of the minimum and stops at t = 20. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions amplification.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition script_head := @looped 3 [:: (0, 2); (1, 2); (1, 3); (2, 3)]%N.

Section Script.
Variable R : archiFieldType.
Notation D := (diffusion_matrix R).
Notation half := (2%:R^-1 : R).
Notation heads := (pair (D line_of_four) (D script_head)).

Let line_numerators := [:: [:: 2; 0; 0; 0]; [:: 1; 1; 0; 0]; [:: 0; 1; 1; 0]; [:: 0; 0; 1; 1]]%num.
Let script_numerators := [:: [:: 3; 0; 0; 0]; [:: 0; 3; 0; 0]; [:: 1; 1; 1; 0]; [:: 0; 1; 1; 1]]%num.
Let mean_numerators := [:: [:: 12; 0; 0; 0]; [:: 3; 9; 0; 0]; [:: 2; 5; 5; 0]; [:: 0; 2; 5; 5]]%num.
Let line_decisions := [:: Absorption [:: 1; 1; 1; 1] 1; Maximum 3 [:: 1; 2; 3]%N 6 3 8;
  Maximum 1 [:: 2; 3]%N 3 1 2; Maximum 1 [:: 3]%N 1 1 2]%num.
Let script_decisions := [:: Absorption [:: 4; 0; 2; 1] 4; Absorption [:: 0; 4; 2; 3] 4;
  Maximum 1 [:: 2; 3]%N 2 1 3; Maximum 1 [:: 3]%N 1 1 3]%num.
Let mean_decisions := [:: Absorption [:: 1; 1; 1; 1] 1; Maximum 3 [:: 1; 2; 3]%N 6 259 576;
  Maximum 1 [:: 2; 3]%N 3 5 12; Maximum 1 [:: 3]%N 1 5 12]%num.

(* A decided least fidelity at a node before the sink is the least of all nodes and of the others. *)
Lemma least_of_all_and_others d A fs i (M := scaled 3 d A R) :
  decisions_check 3 d A fs -> (i < 3)%N -> least_check 3 fs i ->
  minimax M (value 3 R (nth no_decision fs i)) /\ minimax_of_others M (value 3 R (nth no_decision fs i)).
Proof.
move=> checks lt_i least; have min_M := least_check_sound R checks (leqW lt_i) least; split=> //; split.
  have := decisions_check_sound R checks (Ordinal (leqW lt_i)) => fid; exists (Ordinal (leqW lt_i)) => //.
  by rewrite -val_eqE /= ltn_eqF.
by move=> j _; apply: min_M.2.
Qed.

(* E3.13-figure3: what the three minimax fidelities are, with the sink counted or left out. *)
Theorem minimax_values_of_script :
  [/\ minimax (D line_of_four) (3%:R / 8%:R) /\ minimax_of_others (D line_of_four) (3%:R / 8%:R),
      minimax (D script_head) (1%:R / 4%:R) /\ minimax_of_others (D script_head) (1%:R / 4%:R) &
      minimax (mean (pair half half) heads) (5%:R / 12%:R) /\
      minimax_of_others (mean (pair half half) heads) (5%:R / 12%:R)].
Proof.
split.
- have -> : D line_of_four = scaled 3 2 line_numerators R by scaled_entries.
  by apply: (@least_of_all_and_others _ _ line_decisions 1); vm_compute.
- have -> : D script_head = scaled 3 3 script_numerators R by scaled_entries.
  by apply: (@least_of_all_and_others _ _ script_decisions 0); vm_compute.
have -> : mean (pair half half) heads = scaled 3 12 mean_numerators R by scaled_entries.
by apply: (@least_of_all_and_others _ _ mean_decisions 2); vm_compute.
Qed.

(* E3.13-figure3: they are not the printed 0.375 and 0.5, for no horizon: one node stays below at all times. *)
Theorem script_stays_below_the_printed_values t :
  (1 <= t)%N -> signal (D script_head) t (inord 0) <= 1%:R / 4%:R /\
                signal (mean (pair half half) heads) t (inord 2) <= 5%:R / 12%:R.
Proof.
move=> le_t; split.
  have -> : D script_head = scaled 3 3 script_numerators R by scaled_entries.
  have checks : decisions_check 3 3 script_numerators script_decisions by vm_compute.
  by have [bound _] := decisions_check_sound R checks (inord 0); move: (bound t le_t); rewrite inordK.
have -> : mean (pair half half) heads = scaled 3 12 mean_numerators R by scaled_entries.
have checks : decisions_check 3 12 mean_numerators mean_decisions by vm_compute.
by have [bound _] := decisions_check_sound R checks (inord 2); move: (bound t le_t); rewrite inordK.
Qed.

Section Weights.
Variable b : R.
Hypothesis weight : 0 <= b <= 1.
Notation merged := (mean (pair b (1 - b)) heads).

Let p : R := (b + 2%:R) / 6%:R.

Let merged_rows : merged = matrix_of_rows 3
  [:: [:: 1; 0; 0; 0]; [:: b / 2%:R; 1 - b / 2%:R; 0; 0]; [:: (1 - b) / 3%:R; p; p; 0];
      [:: 0; (1 - b) / 3%:R; p; p]].
Proof. rewrite /p; entries. Qed.

Let x1 : signals merged 1 = [:: 0; (1 - b) / 3%:R; p; p].
Proof. by rewrite merged_rows signals_next signals_start /mkseq /=; congr [:: _; _; _; _]; ring. Qed.

Let x2 : signals merged 2 =
  [:: (1 - b) * (2%:R * b + 1) / 9%:R; (5%:R * b ^+ 2 - 16%:R * b + 20%:R) / 36%:R; 2%:R * p ^+ 2; p ^+ 2].
Proof. by rewrite merged_rows signals_next -merged_rows x1 /mkseq /= /p; congr [:: _; _; _; _]; field. Qed.

Let third_signal : signal merged 3 (inord 1) =
  3%:R / 8%:R + (1 - b) * (3%:R + 5%:R * (1 - b) ^+ 2 + 13%:R * (1 - b)) / 72%:R.
Proof. by rewrite signal_of_signals inordK // merged_rows signals_next -merged_rows x2 /mkseq /= /p; field. Qed.

(* The signal of w is t p^t. *)
Let signal_of_w t : signal merged t (inord 2) = t%:R * p ^+ t.
Proof.
suff [a [c form]] : exists a c, signals merged t = [:: a; c; t%:R * p ^+ t; p ^+ t].
  by rewrite signal_of_signals form inordK.
rewrite merged_rows; elim: t => [|t [a [c IH]]].
  by exists 0, 0; rewrite signals_start /mkseq /= mul0r expr0.
exists (a + b / 2%:R * c + (1 - b) / 3%:R * (t%:R * p ^+ t)).
exists ((1 - b / 2%:R) * c + p * (t%:R * p ^+ t) + (1 - b) / 3%:R * p ^+ t).
rewrite signals_next IH exprS -[t.+1]addn1 natrD /mkseq /=; move: (p ^+ t) => y.
by congr [:: _; _; _; _]; ring.
Qed.

Let p_ge0 : 0 <= p.
Proof. by have /andP[b0 _] := weight; rewrite /p divr_ge0 ?ler0n // addr_ge0 ?ler0n. Qed.

(* t p^t is largest at t = 1, as p is at most 1/2. *)
Let signal_of_w_at_most t : (1 <= t)%N -> signal merged t (inord 2) <= p.
Proof.
have /andP[_ b1] := weight; have p_half : p <= half.
  rewrite -subr_ge0; have -> : half - p = (1 - b) / 6%:R by rewrite /p; field.
  by rewrite divr_ge0 ?subr_ge0 ?ler0n.
case: t => // t _; rewrite signal_of_w exprS mulrCA ler_pimulr //.
apply: le_trans (_ : t.+1%:R * half ^+ t <= _).
  rewrite ler_wpmul2l ?ler0n //; apply: ler_expn2r => //.
  by rewrite nnegrE invr_ge0 ler0n.
by rewrite exprVn ler_pdivr_mulr ?exprn_gt0 ?ltr0n // mul1r -natrX ler_nat ltn_expl.
Qed.

Let merged_stochastic : row_stochastic merged.
Proof.
apply: row_stochastic_mean (convex_pair weight) _ => h.
by rewrite /pair; case: ifP => _; apply/graph_row_stochastic/looped_self_loops.
Qed.

Let merged_feedforward : feedforward merged.
Proof.
apply: feedforward_mean => h; rewrite /pair.
by case: ifP => _; exact/diffusion_matrix_feedforward/looped_feedforward.
Qed.

(* E3.13-figure3: with the sink left out the mean exceeds both heads exactly for 1/4 < b < 1. *)
Theorem script_exceeds_both_heads_iff x :
  minimax_of_others merged x -> 3%:R / 8%:R < x <-> 4%:R^-1 < b < 1.
Proof.
move=> min_x; have /andP[b0 b1] := weight.
have w_above : (3%:R / 8%:R < p) = (4%:R^-1 < b).
  rewrite -subr_gt0 -[RHS]subr_gt0; have -> : p - 3%:R / 8%:R = (b - 4%:R^-1) / 6%:R by rewrite /p; field.
  by rewrite pmulr_lgt0 ?invr_gt0 ?ltr0n.
split=> [lt_x|/andP[lower_b upper_b]].
  have above := (minimax_of_others_above _ min_x).1 lt_x; apply/andP; split.
    have [|t le_t lt_t] := above (inord 2); first by rewrite -val_eqE /= inordK.
    by rewrite -w_above; apply: lt_le_trans lt_t (signal_of_w_at_most le_t).
  rewrite lt_neqAle b1 andbT; apply: contraTneq lt_x => eq_b; rewrite -leNgt.
  have eq_mean : merged = D line_of_four by rewrite mean_pair eq_b subrr scale0r addr0 scale1r.
  rewrite eq_mean in min_x; have [[_ [[i i_other fid] _]] _ _] := minimax_values_of_script.
  have [y fid_y le_xy] := min_x.2 i i_other; by rewrite (supremum_unique fid fid_y).
apply/(minimax_of_others_above _ min_x) => j j_other; have [-> | j0] := eqVneq j (inord 0).
  have absorbing : merged (inord 0) (inord 0) = 1 by rewrite merged_rows mxE inordK.
  have only k : k != inord 0 -> merged k k != 1.
    have p_half : p < 1.
      rewrite -subr_gt0; have -> : 1 - p = (3%:R + (1 - b)) / 6%:R by rewrite /p; field.
      by rewrite divr_gt0 ?ltr0n // ltr_paddr ?subr_ge0 ?ltr0n.
    rewrite -val_eqE /= inordK // merged_rows mxE; case: k => -[|[|[|[|//]]]] //= _ _; try by rewrite lt_eqF.
    rewrite -subr_eq0 addrAC subrr add0r oppr_eq0 mulf_neq0 ?invr_eq0 ?pnatr_eq0 // gt_eqF //.
    by apply: lt_trans lower_b; rewrite invr_gt0 ltr0n.
  have [_ approach] := only_absorbing_node_fidelity merged_stochastic merged_feedforward absorbing only.
  by apply: approach; rewrite ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat.
have [-> | j1] := eqVneq j (inord 1).
  exists 3%N => //; rewrite third_signal ltr_addl divr_gt0 ?ltr0n // mulr_gt0 ?subr_gt0 //.
  by rewrite ltr_paddr ?mulr_ge0 ?ler0n ?subr_ge0 // ltr_paddr ?mulr_ge0 ?ler0n ?exprn_ge0 ?subr_ge0 ?ltr0n.
exists 1%N => //; rewrite signal_of_signals x1.
case: j j0 j1 j_other => -[|[|[|[|//]]]] //= lt_j; rewrite -!val_eqE /= !inordK // => _ _ _.
by rewrite w_above.
Qed.

(* E3.13-figure3 *)
Theorem script_minimax_of_others_exists : exists x, minimax_of_others merged x.
Proof. exact: minimax_of_others_exists. Qed.
End Weights.
End Script.
