(* The mean against its heads on two nodes, where it lies between them, and on three, where it need not.

   Glossary
     stays W              W_{00} on two nodes: the walk has not left after t steps with probability stays^t
     quick_0, quick_1     on three nodes: node 0 (node 1) goes to the sink at once, the other node stays with 1/2 *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices walk binomial_tail forward_moves mixing sharpness.
From crosshead Require Import concrete small_walks star_graph refutations_bounds.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section TwoNodes.
Variable R : realFieldType.
Implicit Types (W : 'M[R]_2) (eps : R) (t : nat).

Definition stays W : R := W ord0 ord0.

Lemma two_node_mixed W eps t : column_stochastic W -> feedforward W ->
  mixed W eps t <-> 0 <= eps /\ stays W ^+ t <= eps.
Proof.
move=> Ws Wf; have at_sink s : 1 - absorbed W s (sink 1) = 0 by rewrite absorbed_sink ?subrr ?sink_keeps_all.
have first s : 1 - absorbed W s ord0 = stays W ^+ s.
  elim: s => [|s IH]; first by rewrite absorbed0 subr0 expr0.
  rewrite remainingS // (bigD1 ord0) //= IH exprSr big1 ?addr0 // => k k0.
  by have -> : k = sink 1; [case: k k0 => [[|[|//]] ?] // _; apply: val_inj|rewrite at_sink mul0r].
rewrite mixedE //; split=> [mix|[eps0 le_eps] j].
  by split; [rewrite -(at_sink t)|rewrite -first]; apply: mix.
have [->|j_sink] := eqVneq j (sink 1); first by rewrite at_sink.
by have -> : j = ord0; [case: j j_sink => [[|[|//]] ?] // _; apply: val_inj|rewrite first].
Qed.

Section Heads.
Variable H : nat.
Variables (w : 'I_H -> R) (W : 'I_H -> 'M[R]_2).
Hypothesis convex_w : convex w.
Hypothesis walks : forall h, 0 < w h -> column_stochastic (W h).
Hypothesis forwards : forall h, 0 < w h -> feedforward (W h).

(* Some value of positive weight is at most the weighted mean, and some is at least. *)
Lemma some_at_most_mean (x : 'I_H -> R) : exists2 h, 0 < w h & x h <= \sum_g w g * x g.
Proof.
have [/existsP [h /andP [wh xh]]|/existsPn none] := boolP [exists h, (0 < w h) && (x h <= \sum_g w g * x g)].
  by exists h.
set m := \sum_g w g * x g in none *; have [h wh] := some_positive_weight convex_w.
have above g : 0 < w g -> m < x g by move=> wg; have := none g; rewrite wg /= -ltNge.
have: m < m.
  rewrite -{1}(weighted_constant convex_w m) [X in _ < X](bigD1 h) // [X in X < _](bigD1 h) //=.
  apply: ltr_le_add; first by rewrite ltr_pmul2l // above.
  apply: ler_sum => g _; have [->|wg] := weight0_or_pos convex_w g; first by rewrite !mul0r.
  by rewrite ler_pmul2l // ltW // above.
by rewrite ltxx.
Qed.

(* T2.8-fastest, T2.8-worse on two nodes: some head mixes no later than the mean at every threshold, some no earlier. *)
Theorem two_node_mean_lies_between_heads :
  (exists2 g, 0 < w g & forall eps t, mixed (mean w W) eps t -> mixed (W g) eps t) /\
  (exists2 h, 0 < w h & forall eps t, mixed (W h) eps t -> mixed (mean w W) eps t).
Proof.
have Ms := mean_column_stochastic convex_w walks; have Mf := mean_feedforward convex_w forwards.
have staysE : stays (mean w W) = \sum_h w h * stays (W h) by apply: meanE.
have stays_ge0 V : column_stochastic V -> 0 <= stays V by case=> V0 _; apply: V0.
split.
  have [g wg le_mean] := some_at_most_mean (fun h => stays (W h)); exists g => // eps t.
  have {}le_mean : stays (W g) <= stays (mean w W) by rewrite staysE.
  case/(two_node_mixed _ _ Ms Mf) => eps0 le_eps; apply/two_node_mixed; [exact: walks|exact: forwards|split=> //].
  by apply: le_trans le_eps; apply: ler_expn2r; rewrite ?nnegrE ?stays_ge0 //; apply: walks.
have [h wh ge_mean] := some_at_most_mean (fun h => - stays (W h)); exists h => // eps t.
have {}ge_mean : stays (mean w W) <= stays (W h).
  by rewrite -ler_opp2 (le_trans ge_mean) // staysE -sumrN; apply: ler_sum => g _; rewrite mulrN.
case/(two_node_mixed _ _ (walks wh) (forwards wh)) => eps0 le_eps.
apply/two_node_mixed => //; split=> //; apply: le_trans le_eps.
by apply: ler_expn2r; rewrite ?nnegrE ?stays_ge0 //; apply: walks.
Qed.

End Heads.
End TwoNodes.

Section ThreeNodes.
Variable R : realFieldType.
Notation half := (2%:R^-1 : R).

Definition quick_0 : 'M[R]_3 := matrix_of_rows 2 [:: [:: 0; 0; 0]; [:: 0; half; 0]; [:: 1; half; 1]].
Definition quick_1 : 'M[R]_3 := matrix_of_rows 2 [:: [:: half; 0; 0]; [:: 0; 0; 0]; [:: half; 1; 1]].
Definition quick_mean : 'M[R]_3 :=
  matrix_of_rows 2 [:: [:: 4%:R^-1; 0; 0]; [:: 0; 4%:R^-1; 0]; [:: 3%:R / 4%:R; 3%:R / 4%:R; 1]].

Lemma half01 : 0 <= half <= 1.
Proof. by apply/andP; split; [at_most 1%N 2%N|at_most 1%N 2%N]. Qed.

Lemma quick_column_stochastic : column_stochastic quick_0 /\ column_stochastic quick_1.
Proof.
by split; split=> [i j|j]; rewrite ?(big_ord_recl, big_ord0) !mxE;
  case: j => [[|[|[|//]]] ?]; try (case: i => [[|[|[|//]]] ?]); rewrite /= ?ler01 ?invr_ge0 ?ler0n //; field.
Qed.

Lemma quick_feedforward : feedforward quick_0 /\ feedforward quick_1.
Proof. by split=> -[[|[|[|//]]] ?] [[|[|[|//]]] ?] //; rewrite mxE. Qed.

Lemma quick_meanE : mean (pair half (1 - half)) (pair quick_0 quick_1) = quick_mean.
Proof.
apply/matrixP => i j; rewrite mean_pair !mxE.
by case: i => [[|[|[|//]]] ?]; case: j => [[|[|[|//]]] ?]; rewrite /=; field.
Qed.

(* T2.8-fastest: chains on three nodes, 1 step for the mean with equal weights against 2 for each head. *)
Theorem mean_of_chains_mixes_before_every_head :
  mixing_time (mean (pair half (1 - half)) (pair quick_0 quick_1)) 4%:R^-1 1 /\
  mixing_time quick_0 4%:R^-1 2 /\ mixing_time quick_1 4%:R^-1 2.
Proof.
have [s0 s1] := quick_column_stochastic; have [f0 f1] := quick_feedforward.
have sm : column_stochastic quick_mean.
  by rewrite -quick_meanE; apply: mean_column_stochastic (convex_pair half01) _ => h _; rewrite /pair; case: ifP.
have fm : feedforward quick_mean.
  by rewrite -quick_meanE; apply: mean_feedforward (convex_pair half01) _ => h _; rewrite /pair; case: ifP.
rewrite quick_meanE; split; [|split]; apply: mixing_timeP => //; try exact: sink_keeps_all;
  rewrite mixed_signals // ?signals_next ?signals_start /mkseq /=.
- by apply/and4P; split=> //; [at_most 0%N 1%N|at_most 0%N 1%N|at_most 1%N 4%N].
- by apply/negP; rewrite negb_and -ltNge; apply/orP; left; below 3%N 4%N.
- by apply/and4P; split=> //; [at_most 1%N 4%N|at_most 0%N 1%N|at_most 1%N 4%N].
- by apply/negP; rewrite !negb_and -!ltNge; apply/orP; right; apply/orP; left; below 1%N 4%N.
- by apply/and4P; split=> //; [at_most 0%N 1%N|at_most 1%N 4%N|at_most 1%N 4%N].
by apply/negP; rewrite negb_and -ltNge; apply/orP; left; below 1%N 4%N.
Qed.

(* T2.8-worse: chains on three nodes, 3 steps for the uniform mean of 0 -> 1 -> 2 and the star, 2 for each. *)
Theorem mean_of_chains_mixes_after_every_head :
  mixing_time (mean (pair half (1 - half)) (pair (lazy_line 2 1) (walk_matrix R (@star_graph 2)))) 4%:R^-1 3 /\
  mixing_time (lazy_line 2 (1 : R)) 4%:R^-1 2 /\ mixing_time (walk_matrix R (@star_graph 2)) 4%:R^-1 2.
Proof.
have one01 : 0 <= (1 : R) <= 1 by rewrite ler01 lexx.
have s0 := lazy_line_column_stochastic 2 one01; have f0 := @lazy_line_feedforward R 2 1.
have s1 := star_walk_column_stochastic R 2; have f1 := @star_walk_feedforward R 2.
have lineE : lazy_line 2 (1 : R) = matrix_of_rows 2 [:: [:: 0; 0; 0]; [:: 1; 0; 0]; [:: 0; 1; 1]].
  apply/matrixP => i j; rewrite !mxE -!val_eqE.
  by case: j => [[|[|[|//]]] ?]; case: i => [[|[|[|//]]] ?]; rewrite /= ?inordK //=; ring.
pose heads := pair (lazy_line 2 1) (walk_matrix R (@star_graph 2)).
have sm : column_stochastic (mean (pair half (1 - half)) heads).
  by apply: mean_column_stochastic (convex_pair half01) _ => h _; rewrite /heads /pair; case: ifP.
have fm : feedforward (mean (pair half (1 - half)) heads).
  by apply: mean_feedforward (convex_pair half01) _ => h _; rewrite /heads /pair; case: ifP.
have meanE : mean (pair half (1 - half)) heads =
    matrix_of_rows 2 [:: [:: 4%:R^-1; 0; 0]; [:: half; 4%:R^-1; 0]; [:: 4%:R^-1; 3%:R / 4%:R; 1]].
  rewrite /heads lineE; apply/matrixP => i j; rewrite mean_pair !mxE star_out_degree /star_graph -!val_eqE.
  by case: i => [[|[|[|//]]] ?]; case: j => [[|[|[|//]]] ?]; rewrite /=; field.
split; [|split]; last exact: star_mixing_time_at_quarter.
  apply: mixing_timeP => //; first exact: sink_keeps_all;
    rewrite mixed_signals // meanE !signals_next signals_start /mkseq /=.
    by apply/and4P; split=> //; [at_most 9%N 64%N|at_most 15%N 64%N|at_most 1%N 4%N].
  by apply/negP; rewrite negb_and -ltNge; apply/orP; left; below 1%N 16%N.
apply: mixing_timeP => //; first exact: sink_keeps_all;
  rewrite mixed_signals // lineE !signals_next signals_start /mkseq /=.
  by apply/and4P; split=> //; [at_most 1%N 4%N|at_most 1%N 4%N|at_most 1%N 4%N].
by apply/negP; rewrite negb_and -ltNge; apply/orP; left; below 3%N 4%N.
Qed.

End ThreeNodes.
