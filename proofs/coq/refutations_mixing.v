(* Claims of Theorem 2.8 and its proof that fail, each for a concrete pair of heads. Heads are graphs where that is
   possible. Nodes count from 0; every graph here has all self-loops.

   Glossary
     faster_1, faster_2   0 -> 3, 1 -> 2, 2 -> 3 and 0 -> 2, 1 -> 3, 2 -> 3: together faster than each
     slower_1, slower_2   0 -> 2, 1 -> 2, 2 -> 3 and 0 -> 1, 1 -> 3, 2 -> 3: together slower than each
     half                 1/2
     moves W t j m        probability that the walk from j makes exactly m forward moves in t steps *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices walk binomial_tail forward_moves mixing sharpness.
From crosshead Require Import concrete small_walks star_graph.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition faster_1 := @looped 3 [:: (0, 3); (1, 2); (2, 3)]%N.
Definition faster_2 := @looped 3 [:: (0, 2); (1, 3); (2, 3)]%N.
Definition slower_1 := @looped 3 [:: (0, 2); (1, 2); (2, 3)]%N.
Definition slower_2 := @looped 3 [:: (0, 1); (1, 3); (2, 3)]%N.

(* What the theorems below presuppose: feedforward graphs with self-loops and a unique sink. *)
Lemma pairs_are_heads :
  [/\ unique_sink_graph faster_1, unique_sink_graph faster_2, unique_sink_graph slower_1 & unique_sink_graph slower_2]
  /\ [/\ feedforward_graph faster_1, feedforward_graph faster_2, feedforward_graph slower_1 &
         feedforward_graph slower_2].
Proof. by split; split; solve [exact/looped_unique_sink|exact: looped_feedforward]. Qed.

Section Pairs.
Variable R : realFieldType.
Implicit Types (a eps : R) (t : nat).
Notation W := (walk_matrix R).
Notation half := (2%:R^-1 : R).

Definition faster_heads : 'I_2 -> 'M[R]_4 := pair (W faster_1) (W faster_2).
Definition slower_heads : 'I_2 -> 'M[R]_4 := pair (W slower_1) (W slower_2).
Definition weights a : 'I_2 -> R := pair a (1 - a).

Lemma faster_mean_signals a t : signals (mean (weights a) faster_heads) t =
  [:: 1 - (1 + (1 - a) * t%:R) * half ^+ t; 1 - (1 + a * t%:R) * half ^+ t; 1 - half ^+ t; 1].
Proof.
have -> : mean (weights a) faster_heads = matrix_of_rows 3
    [:: [:: half; 0; 0; 0]; [:: 0; half; 0; 0]; [:: half * (1 - a); half * a; half; 0];
        [:: half * a; half * (1 - a); half; 1]].
  by rewrite /weights /faster_heads /faster_1 /faster_2; walk_entries.
elim: t => [|t IH]; first by rewrite signals_start expr0 /mkseq /=; congr [:: _; _; _; _]; ring.
rewrite signals_next IH exprS -[t.+1]addn1 natrD /mkseq /=; move: (half ^+ t) => y.
by congr [:: _; _; _; _]; field.
Qed.

Lemma mean_of_second (A B : 'M[R]_4) : mean (weights 0) (pair A B) = B.
Proof. by rewrite mean_pair subr0 scale1r scale0r add0r. Qed.

Lemma mean_at_one (A B : 'M[R]_4) : mean (weights 1) (pair A B) = A.
Proof. by rewrite mean_pair subrr scale1r scale0r addr0. Qed.

Lemma pair_column_stochastic (A B : 'M[R]_4) a : 0 <= a <= 1 -> column_stochastic A -> column_stochastic B ->
  column_stochastic (mean (weights a) (pair A B)).
Proof.
move=> a01 As Bs; apply: mean_column_stochastic (convex_pair a01) _ => h _.
by rewrite /pair; case: ifP.
Qed.

Lemma half_power_ge0 t : 0 <= half ^+ t.
Proof. by rewrite exprn_ge0 ?invr_ge0 ?ler0n. Qed.

Lemma faster_mean_mixed a eps t : 0 <= a <= 1 -> mixed (mean (weights a) faster_heads) eps t <->
  (1 + (1 - a) * t%:R) * half ^+ t <= eps /\ (1 + a * t%:R) * half ^+ t <= eps.
Proof.
move=> a01; have [a0 a1] := andP a01.
rewrite (mixed_signals _ _ (pair_column_stochastic a01 _ _)); try exact: looped_column_stochastic.
rewrite faster_mean_signals /= !subKr subrr andbT; split=> [/and4P [] //|[le0 le1]].
have h0 := half_power_ge0 t; rewrite le0 le1 /=; apply/andP; split.
  apply: le_trans le1; rewrite ler_pemull // ler_addl mulr_ge0 ?ler0n //.
by apply: le_trans le1; rewrite mulr_ge0 // addr_ge0 ?ler01 ?mulr_ge0 ?ler0n.
Qed.

Lemma faster_head_mixed h eps t : mixed (faster_heads h) eps t <-> (1 + t%:R) * half ^+ t <= eps.
Proof.
have one : 0 <= (1 : R) <= 1 by rewrite ler01 lexx.
have zero : 0 <= (0 : R) <= 1 by rewrite ler01 lexx.
have h0 := half_power_ge0 t.
have small : half ^+ t <= (1 + t%:R) * half ^+ t by rewrite ler_pemull // ler_addl ler0n.
rewrite /faster_heads /pair; case: ifP => _.
  rewrite -[W faster_1](mean_at_one _ (W faster_2)) -/faster_heads faster_mean_mixed // subrr mul0r addr0 !mul1r.
  by split=> [[]//|le_eps]; split=> //; apply: le_trans le_eps.
rewrite -[W faster_2](mean_of_second (W faster_1)) -/faster_heads faster_mean_mixed // subr0 mul0r addr0 !mul1r.
by split=> [[]//|le_eps]; split=> //; apply: le_trans le_eps.
Qed.

(* T2.8-fastest: the largest distance after t steps is (t + 2) / 2^(t + 1) for the mean with equal weights, and
   (t + 1) / 2^t for each head. *)
Theorem distances_of_the_faster_pair h eps t :
  (mixed (mean (weights half) faster_heads) eps t <-> t.+2%:R / 2%:R ^+ t.+1 <= eps) /\
  (mixed (faster_heads h) eps t <-> t.+1%:R / 2%:R ^+ t <= eps).
Proof.
have half01 : 0 <= half <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
rewrite -!exprVn faster_head_mixed faster_mean_mixed // exprS.
have -> : 1 - half = half by field.
have -> : (1 + half * t%:R) * half ^+ t = t.+2%:R * (half * half ^+ t).
  by rewrite mulrA -[t.+2]addn2 natrD; congr (_ * _); field.
have -> : (1 + t%:R) * half ^+ t = t.+1%:R * half ^+ t by rewrite -[t.+1]addn1 natrD addrC.
by split; split=> // -[].
Qed.

(* T2.8-fastest: the mean of the pair with equal weights is ahead of each head by one step, for every eps below 1. *)
Theorem mean_mixes_before_every_head eps h T : eps < 1 ->
  mixing_time (mean (weights half) faster_heads) eps T <-> mixing_time (faster_heads h) eps T.+1.
Proof.
move=> eps1; have half01 : 0 <= half <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
have step t : mixed (mean (weights half) faster_heads) eps t <-> mixed (faster_heads h) eps t.+1.
  rewrite faster_mean_mixed // faster_head_mixed exprS.
  have -> : 1 - half = half by field.
  have -> : (1 + t.+1%:R) * (half * half ^+ t) = (1 + half * t%:R) * half ^+ t.
    by rewrite mulrA -[t.+1]addn1 natrD; congr (_ * _); field.
  by split=> [[]|].
have not_at_start : ~ mixed (faster_heads h) eps 0.
  by move=> /faster_head_mixed; rewrite expr0 mulr1 addr0 leNgt eps1.
split=> -[mix least]; split; [exact: (step T).1| |exact: (step T).2|].
  by case=> [//|s]; rewrite ltnS => lt_s /(step s).2; apply: least.
by move=> s lt_s /(step s).1; apply: least.
Qed.

(* T2.8-adaptive: which weights of the pair are faster at 1/4 than the 5 steps of each head. No vertex is among them. *)
Theorem interior_weights_mix_before_every_head a : 0 <= a <= 1 ->
  mixing_time (mean (weights a) faster_heads) 4%:R^-1 (if 4%:R^-1 <= a <= 3%:R / 4%:R then 4%N else 5%N).
Proof.
move=> a01; have [a0 a1] := andP a01; have mixedE := faster_mean_mixed _ _ a01.
have Ms : column_stochastic (mean (weights a) faster_heads).
  by apply: pair_column_stochastic => //; apply: looped_column_stochastic.
have M1 : mean (weights a) faster_heads (sink 3) (sink 3) = 1.
  apply: sink_keeps_all Ms _; apply: mean_feedforward (convex_pair a01) _ => h _; rewrite /faster_heads /pair.
  by case: ifP => _; apply: looped_walk_feedforward.
have at_four : mixed (mean (weights a) faster_heads) 4%:R^-1 4 <-> 4%:R^-1 <= a <= 3%:R / 4%:R.
  rewrite mixedE; split=> [[low high]|/andP [low high]].
    apply/andP; split; rewrite -subr_ge0.
      move: low; rewrite -subr_ge0 => /(mulr_ge0 (ler0n R 4)).
      by have -> : 4%:R * (4%:R^-1 - (1 + (1 - a) * 4%:R) * half ^+ 4) = a - 4%:R^-1 by field.
    move: high; rewrite -subr_ge0 => /(mulr_ge0 (ler0n R 4)).
    by have -> : 4%:R * (4%:R^-1 - (1 + a * 4%:R) * half ^+ 4) = 3%:R / 4%:R - a by field.
  rewrite -subr_ge0 in low; rewrite -subr_ge0 in high; split; rewrite -subr_ge0.
    have -> : 4%:R^-1 - (1 + (1 - a) * 4%:R) * half ^+ 4 = (a - 4%:R^-1) / 4%:R by field.
    by rewrite divr_ge0 ?ler0n.
  have -> : 4%:R^-1 - (1 + a * 4%:R) * half ^+ 4 = (3%:R / 4%:R - a) / 4%:R by field.
  by rewrite divr_ge0 ?ler0n.
case: ifP => in_range; apply: mixing_timeP => //; first exact/at_four.
- rewrite mixedE => -[low high]; have := ler_add low high.
  by apply/negP; rewrite -ltNge; below 1%N 8%N.
- rewrite mixedE; split; rewrite -subr_ge0.
    have -> : 4%:R^-1 - (1 + (1 - a) * 5%:R) * half ^+ 5 = (5%:R * a + 2%:R) / 32%:R by field.
    by rewrite divr_ge0 ?ler0n // addr_ge0 ?mulr_ge0 ?ler0n.
  have -> : 4%:R^-1 - (1 + a * 5%:R) * half ^+ 5 = (5%:R * (1 - a) + 2%:R) / 32%:R by field.
  by rewrite divr_ge0 ?ler0n // addr_ge0 ?mulr_ge0 ?ler0n ?subr_ge0.
by move/at_four; rewrite in_range.
Qed.

(* T2.8-fastest, T2.8-adaptive at 1/4: 4 steps for the mean, 5 for each head. *)
Theorem mean_mixes_in_four_steps_and_heads_in_five :
  mixing_time (mean (weights half) faster_heads) 4%:R^-1 4 /\ forall h, mixing_time (faster_heads h) 4%:R^-1 5.
Proof.
have quarter1 : (4%:R^-1 : R) < 1 by rewrite invf_lt1 ?ltr0n // ltr1n.
have half01 : 0 <= half <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
have := interior_weights_mix_before_every_head half01; rewrite ifT => [four|].
  by split=> [|h]; [exact: four|exact: (mean_mixes_before_every_head h 4 quarter1).1 four].
by apply/andP; split; [at_most 1%N 4%N|at_most 1%N 4%N].
Qed.

Lemma slower_signals t : [/\
  signals (mean (weights half) slower_heads) t =
    [:: 1 - (t%:R ^+ 2 + 7%:R * t%:R + 8%:R) / 8%:R * half ^+ t; 1 - (t%:R + 2%:R) / 2%:R * half ^+ t;
        1 - half ^+ t; 1],
  signals (W slower_1) t = [:: 1 - (t%:R + 1) * half ^+ t; 1 - (t%:R + 1) * half ^+ t; 1 - half ^+ t; 1] &
  signals (W slower_2) t = [:: 1 - (t%:R + 1) * half ^+ t; 1 - half ^+ t; 1 - half ^+ t; 1]].
Proof.
have -> : mean (weights half) slower_heads = matrix_of_rows 3
    [:: [:: half; 0; 0; 0]; [:: half / 2%:R; half; 0; 0]; [:: half / 2%:R; half / 2%:R; half; 0];
        [:: 0; half / 2%:R; half; 1]].
  by rewrite /weights /slower_heads /slower_1 /slower_2; walk_entries.
have -> : W slower_1 = matrix_of_rows 3
    [:: [:: half; 0; 0; 0]; [:: 0; half; 0; 0]; [:: half; half; half; 0]; [:: 0; 0; half; 1]].
  by rewrite /slower_1; walk_entries.
have -> : W slower_2 = matrix_of_rows 3
    [:: [:: half; 0; 0; 0]; [:: half; half; 0; 0]; [:: 0; 0; half; 0]; [:: 0; half; half; 1]].
  by rewrite /slower_2; walk_entries.
elim: t => [|t [IH0 IH1 IH2]].
  by rewrite !signals_start expr0 /mkseq /=; split; congr [:: _; _; _; _]; field.
rewrite !signals_next IH0 IH1 IH2 [half ^+ t.+1]exprS -[t.+1]addn1 natrD /mkseq /=; move: (half ^+ t) => y.
by split; congr [:: _; _; _; _]; field.
Qed.

(* T2.8-worse: the mean of the other pair with equal weights needs 6 steps at 1/4, each head 5. *)
Theorem mean_mixes_after_every_head :
  mixing_time (mean (weights half) slower_heads) 4%:R^-1 6 /\ forall h, mixing_time (slower_heads h) 4%:R^-1 5.
Proof.
have half01 : 0 <= half <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
have ordered h : feedforward (slower_heads h).
  by rewrite /slower_heads /pair; case: ifP => _; apply: looped_walk_feedforward.
have walks h : column_stochastic (slower_heads h).
  by rewrite /slower_heads /pair; case: ifP => _; apply: looped_column_stochastic.
have Ms := mean_column_stochastic (convex_pair half01) (fun h _ => walks h).
have Mf := mean_feedforward (convex_pair half01) (fun h _ => ordered h).
split=> [|h]; apply: mixing_timeP => //; try (by apply: sink_keeps_all); rewrite mixed_signals //.
- have [-> _ _] := slower_signals 6; rewrite /= !subKr subrr andbT; apply/and4P; split.
  + by at_most 21%N 256%N.
  + by at_most 12%N 64%N.
  + by at_most 15%N 64%N.
  by rewrite invr_ge0 ler0n.
- have [-> _ _] := slower_signals 5; rewrite /= !subKr; apply/negP; rewrite negb_and -ltNge.
  by apply/orP; left; below 1%N 64%N.
- rewrite /slower_heads /pair; have [_ s1 s2] := slower_signals 5.
  have [six one] : (5%:R + 1) * half ^+ 5 <= 4%:R^-1 /\ half ^+ 5 <= 4%:R^-1.
    by split; [at_most 1%N 16%N|at_most 7%N 32%N].
  by case: ifP => _; rewrite ?s1 ?s2 /= !subKr subrr six one invr_ge0 ler0n.
rewrite /slower_heads /pair; have [_ s1 s2] := slower_signals 4.
by case: ifP => _; rewrite ?s1 ?s2 /= !subKr; apply/negP; rewrite negb_and -ltNge; apply/orP; left; below 1%N 16%N.
Qed.

End Pairs.
