(* For which weights a pair of heads amplifies: all real ones, not a grid.

   Glossary: the first head has the weight b, the second 1 - b; rows are those of their mean, linear in b.
   The minimax fidelity exceeds a number exactly if every node's signal does so at some time: one time for each node
   proves it for a whole interval of weights. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions amplification.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section SmallestPair.
Variable R : archiFieldType.
Variable b : R.
Hypothesis weight : 0 <= b <= 1.
Notation D := (diffusion_matrix R).
Notation heads := (pair (D jumping_head) (D line_of_four)).
Notation merged := (mean (pair b (1 - b)) heads).

Let rows : seq (seq R) :=
  [:: [:: 1; 0; 0; 0]; [:: (1 - b) / 2%:R; (1 + b) / 2%:R; 0; 0]; [:: 0; 1 / 2%:R; 1 / 2%:R; 0];
      [:: b / 3%:R; 0; 1 / 2%:R - b / 6%:R; 1 / 2%:R - b / 6%:R]].

Lemma merged_rows : merged = matrix_of_rows 3 rows.
Proof. entries. Qed.

Let x1 : signals merged 1 = [:: b / 3%:R; 0; 1 / 2%:R - b / 6%:R; 1 / 2%:R - b / 6%:R].
Proof. by rewrite merged_rows signals_next signals_start /mkseq /=; congr [:: _; _; _; _]; field. Qed.

Let x2 : signals merged 2 =
  [:: b / 2%:R - b ^+ 2 / 18%:R; 1 / 4%:R - b / 12%:R; 1 / 2%:R - b / 4%:R + b ^+ 2 / 36%:R;
      (1 / 2%:R - b / 6%:R) ^+ 2].
Proof. by rewrite merged_rows signals_next -merged_rows x1 /mkseq /=; congr [:: _; _; _; _]; field. Qed.

Let x3 : signals merged 3 =
  [:: 1 / 8%:R + 5%:R * b / 12%:R - 5%:R * b ^+ 2 / 72%:R + b ^+ 3 / 108%:R;
      3%:R / 8%:R - b / 24%:R - b ^+ 2 / 36%:R;
      3%:R / 8%:R - b / 4%:R + b ^+ 2 / 18%:R - b ^+ 3 / 216%:R; (1 / 2%:R - b / 6%:R) ^+ 3].
Proof. by rewrite merged_rows signals_next -merged_rows x2 /mkseq /=; congr [:: _; _; _; _]; field. Qed.

Let fourth_signal : signal merged 4 (inord 1) =
  3%:R / 8%:R + b * (18%:R - 3%:R * b - 7%:R * b ^+ 2) / 432%:R.
Proof. by rewrite signal_of_signals inordK // merged_rows signals_next -merged_rows x3 /mkseq /=; field. Qed.

Let merged_stochastic : row_stochastic merged.
Proof.
apply: row_stochastic_mean (convex_pair weight) _ => h.
by rewrite /pair; case: ifP => _; apply/graph_row_stochastic/looped_self_loops.
Qed.

Let merged_feedforward : feedforward merged.
Proof.
apply: feedforward_mean => h; rewrite /pair; case: ifP => _; exact/diffusion_matrix_feedforward/looped_feedforward.
Qed.

Let amplifies_iff_above : amplifies (pair b (1 - b)) heads <-> exists2 v, minimax merged v & 3%:R / 8%:R < v.
Proof.
split=> -[v min_v]; last first.
  move=> lt_v; exists v => // h; rewrite /pair; case: ifP => _.
    exists (1%:R / 3%:R); first exact: jumping_head_minimax.
    by apply: lt_trans lt_v; apply: (@ratio_lt R 1 3 3 8).
  by exists (3%:R / 8%:R) => //; apply: line_of_four_minimax.
move=> /(_ (inord 1)) [u]; rewrite /pair -val_eqE /= inordK // => min_u lt_u; exists v => //.
by rewrite -(minimax_unique min_u (line_of_four_minimax R)).
Qed.

(* S3-surpass: the smallest pair amplifies exactly for 0 < b < 3/4. *)
Theorem smallest_pair_amplifies_iff : amplifies (pair b (1 - b)) heads <-> 0 < b < 3%:R / 4%:R.
Proof.
have /andP[b0 b1] := weight.
have sink_entry : merged (sink 3) (sink 3) = 1 / 2%:R - b / 6%:R by rewrite merged_rows mxE.
have sink_above : (3%:R / 8%:R < 1 / 2%:R - b / 6%:R) = (b < 3%:R / 4%:R).
  rewrite -subr_gt0 -[RHS]subr_gt0; have -> : 1 / 2%:R - b / 6%:R - 3%:R / 8%:R = (3%:R / 4%:R - b) / 6%:R by field.
  by rewrite pmulr_lgt0 ?invr_gt0 ?ltr0n.
rewrite amplifies_iff_above; split=> [[v min_v lt_v]|/andP[b_gt0 b_lt]].
  apply/andP; split.
    rewrite lt_neqAle b0 andbT; apply: contraTneq lt_v => eq_b; rewrite -leNgt.
    have eq_mean : merged = D line_of_four by rewrite mean_pair -eq_b scale0r add0r subr0 scale1r.
    by rewrite eq_mean in min_v; rewrite (minimax_unique min_v (line_of_four_minimax R)).
  have [[//|t] _] := (minimax_above (3%:R / 8%:R) min_v).1 lt_v (sink 3).
  rewrite signal_of_sink // -sink_above -sink_entry => lt_p; apply: lt_le_trans lt_p _.
  by rewrite exprS ler_pimulr ?exprn_ile1 ?row_stochastic_entry_le1 //; case: merged_stochastic.
have [v min_v] := minimax_exists merged_stochastic merged_feedforward; exists v => //.
apply/(minimax_above _ min_v) => j; have [-> | j0] := eqVneq j (inord 0).
  have absorbing : merged (inord 0) (inord 0) = 1 by rewrite merged_rows mxE inordK.
  have only k : k != inord 0 -> merged k k != 1.
    rewrite -val_eqE /= inordK // merged_rows mxE; case: k => -[|[|[|[|//]]]] //= _ _.
    - rewrite -subr_eq0; have -> : (1 + b) / 2%:R - 1 = (b - 1) / 2%:R by field.
      rewrite mulf_eq0 invr_eq0 pnatr_eq0 orbF subr_eq0 lt_eqF // (lt_trans b_lt) //.
      by rewrite ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat.
    - by rewrite mul1r invr_eq1 pnatr_eq1.
    - rewrite lt_eqF //; apply: le_lt_trans (_ : 1 / 2%:R < _); first by rewrite ler_subl_addr ler_addl divr_ge0 ?ler0n.
      by rewrite ltr_pdivr_mulr ?ltr0n // mul1r ltr1n.
  have [_ approach] := only_absorbing_node_fidelity merged_stochastic merged_feedforward absorbing only.
  by apply: approach; rewrite ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat.
have lt_p : 3%:R / 8%:R < 1 / 2%:R - b / 6%:R by rewrite sink_above.
have [-> | j1] := eqVneq j (inord 1).
  exists 4%N => //; rewrite fourth_signal ltr_addl divr_gt0 ?ltr0n // mulr_gt0 //.
  have -> : 18%:R - 3%:R * b - 7%:R * b ^+ 2 = 8%:R + 3%:R * (1 - b) + 7%:R * (1 - b ^+ 2) by ring.
  rewrite ltr_paddr ?mulr_ge0 ?ler0n ?subr_ge0 ?exprn_ile1 // ltr_paddr ?ltr0n //.
  by rewrite mulr_ge0 ?ler0n ?subr_ge0.
exists 1%N => //; rewrite signal_of_signals x1.
by case: j j0 j1 => -[|[|[|[|//]]]] //= lt_j; rewrite -!val_eqE /= !inordK.
Qed.
End SmallestPair.
