(* Theorem 2.8 in the form that is true: T_mix(eps) <= 2N/p for all heads, weights and N, whenever eps >= e^-2.

   sharpness.v shows that no smaller eps will do. N = n here, the number of nodes before the sink.

   Glossary
     forward_probability W p   p is the least probability of a forward move of a node before the sink
     effective w p             the weighted mean of the heads' forward probabilities: (12) of the paper
     at_least_exp_minus_2      eps >= e^-2, without exponentials: exp_minus_2.v
     archiFieldType            a field without infinitesimals, in which 2N/p can be rounded down to a time *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices inequalities walk exp_minus_2 binomial_tail forward_moves.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Heads.
Variable R : realFieldType.
Variables n H : nat.
Variables (w : 'I_H -> R) (W : 'I_H -> 'M[R]_n.+1) (p : 'I_H -> R).
Implicit Types (g h : 'I_H) (i j : 'I_n.+1) (t : nat).
Local Notation sink := (sink n).
Hypothesis convex_w : convex w.

(* (12): the weighted mean of the heads' forward probabilities. *)
Definition effective : R := \sum_h w h * p h.

(* A weighted mean of numbers lies between bounds of those with positive weight. *)
Lemma weighted_mean_le (x y : 'I_H -> R) : (forall h, 0 < w h -> x h <= y h) ->
  \sum_h w h * x h <= \sum_h w h * y h.
Proof.
move=> xy; apply: ler_sum => h _; have [->|wh] := weight0_or_pos convex_w h; first by rewrite !mul0r.
by apply: ler_wpmul2l; [apply: ltW|apply: xy].
Qed.

Lemma weighted_constant (c : R) : \sum_h w h * c = c.
Proof. by rewrite -mulr_suml (weight_sum convex_w) mul1r. Qed.

(* T2.8-eq13: with g the head of least and h the head of largest forward probability. *)
Theorem effective_forward_probability_between g h :
  (forall k, p g <= p k) -> (forall k, p k <= p h) -> p g <= effective <= p h.
Proof.
move=> least largest; apply/andP; split.
  by rewrite -[X in X <= _](weighted_constant (p g)); apply: weighted_mean_le.
by rewrite -[X in _ <= X](weighted_constant (p h)); apply: weighted_mean_le.
Qed.

(* A weighted mean is the largest value exactly when no weight is elsewhere. *)
Lemma effective_is_largest h : (forall k, p k <= p h) ->
  effective = p h <-> forall k, w k = 0 \/ p k = p h.
Proof.
move=> largest; split=> [mean_largest k|all].
  have gap0 g : xpredT g -> 0 <= w g * (p h - p g) by rewrite mulr_ge0 ?weight_ge0 ?subr_ge0.
  have sum0 : \sum_g w g * (p h - p g) = 0.
    under eq_bigr do rewrite mulrBr.
    by rewrite sumrB weighted_constant -/effective mean_largest subrr.
  have /eqP := psumr_eq0P gap0 sum0 (isT : xpredT k).
  by rewrite mulf_eq0 subr_eq0 => /orP [/eqP ->|/eqP ->]; [left|right].
rewrite -[RHS]weighted_constant; apply: eq_bigr => k _.
by have [->|->] := all k; rewrite ?mul0r.
Qed.

(* T2.8-eq4: with h the head of largest forward probability, and when the two bounds are equal. *)
Theorem bound_no_better_than_best_head h : 0 < effective -> (forall k, p k <= p h) ->
  (2 * n)%:R / p h <= (2 * n)%:R / effective /\
  ((0 < n)%N -> (2 * n)%:R / effective = (2 * n)%:R / p h <-> forall k, w k = 0 \/ p k = p h).
Proof.
move=> eff0 largest; have le_best : effective <= p h.
  by rewrite -[X in _ <= X](weighted_constant (p h)); apply: weighted_mean_le.
have best0 := lt_le_trans eff0 le_best.
split=> [|n0]; first by rewrite ler_wpmul2l ?ler0n // lef_pinv.
rewrite -effective_is_largest //; split=> [|->] //.
have N0 : (2 * n)%:R != 0 :> R by rewrite pnatr_eq0 muln_eq0 -lt0n n0.
by move/(mulfI N0)/invr_inj.
Qed.

Hypothesis walks : forall h, 0 < w h -> column_stochastic (W h).
Hypothesis forwards : forall h, 0 < w h -> feedforward (W h).
Hypothesis probabilities : forall h, 0 < w h -> forward_probability (W h) (p h).

(* T2.8-eq13: every node of the mean moves forward with at least the weighted mean. *)
Theorem mean_forward_at_least : forward_at_least (mean w W) effective.
Proof.
move=> j j_sink; rewrite mean_forward_move; apply: weighted_mean_le => h wh.
by have [least _] := probabilities wh; apply: least.
Qed.

(* T2.8-eq13: the forward probability of the mean is at least the weighted mean of those of the heads. *)
Theorem mean_forward_probability_at_least q : forward_probability (mean w W) q -> effective <= q.
Proof. by move=> [_ [j j_sink <-]]; apply: mean_forward_at_least. Qed.

(* T2.8-eq13: and equal to it when one node is slowest in every head of positive weight. *)
Theorem mean_forward_probability_of_common_slowest j : j != sink ->
  (forall h, 0 < w h -> forward_move (W h) j = p h) -> forward_probability (mean w W) effective.
Proof.
move=> j_sink slowest; split; first exact: mean_forward_at_least.
exists j => //; rewrite mean_forward_move; apply: eq_bigr => h _.
by have [->|/slowest ->] := weight0_or_pos convex_w h; rewrite ?mul0r.
Qed.

Lemma effective_ge0 : 0 <= effective.
Proof.
rewrite -(weighted_constant 0); apply: weighted_mean_le => h wh.
have [_ [j _ <-]] := probabilities wh; rewrite sumr_ge0 // => i _; by case: (walks wh) => W0 _; apply: W0.
Qed.

(* T2.8-bound: t + 1 > 2N/p, in particular t = 2N/p rounded down, for p the weighted mean. *)
Theorem mean_mixed_at_2N_over_p eps t : at_least_exp_minus_2 eps -> (2 * n)%:R <= effective * t.+1%:R ->
  mixed (mean w W) eps t.
Proof.
apply: mixed_at_2N_over_p; [exact: mean_column_stochastic|exact: mean_feedforward|exact: effective_ge0|].
exact: mean_forward_at_least.
Qed.

(* T2.8-binomial: the distance of the mean, for p the weighted mean. *)
Theorem mean_distance_at_most_binomial_tail t j :
  total_variation (law (mean w W) t j) (at_sink R (n:=n)) <= binomial_tail effective t n.
Proof.
apply: distance_at_most_binomial_tail; [exact: mean_column_stochastic|exact: mean_feedforward|exact: effective_ge0|].
exact: mean_forward_at_least.
Qed.

(* T2.8-bound: the potential bound of the mean. *)
Theorem mean_remaining_at_most_potential t j : j != sink ->
  1 - absorbed (mean w W) t j <= 2%:R ^+ n.-1 * (1 - effective / 2%:R) ^+ t.
Proof.
move=> j_sink; apply: remaining_at_most_potential => //;
  [exact: mean_column_stochastic|exact: mean_feedforward|exact: effective_ge0|exact: mean_forward_at_least].
Qed.

(* T2.8-hoeffding: the exponent of (9) at t p = 2N is p N. *)
Theorem hoeffding_exponent (q t : R) : q != 0 -> t * q = 2%:R * n%:R -> 2%:R * (t * q - n%:R) ^+ 2 / t = q * n%:R.
Proof.
move=> q0 tq; have tE : t = 2%:R * n%:R / q by rewrite -tq mulfK.
rewrite {}tq tE; have [->|nR] := eqVneq (n%:R : R) 0; first by rewrite !mulr0 subrr expr0n /= mulr0 mul0r.
by field; rewrite q0 nR.
Qed.

End Heads.

Section WorstHead.
Variable R : realFieldType.
Variables n H : nat.
Variables (w : 'I_H -> R) (p : 'I_H -> R).

(* T2.8-worse for the bounds: with g the head of least forward probability, and when the two bounds are equal. *)
Theorem bound_no_worse_than_worst_head g : convex w -> 0 < p g -> (forall k, p g <= p k) ->
  (2 * n)%:R / effective w p <= (2 * n)%:R / p g /\
  ((0 < n)%N -> (2 * n)%:R / effective w p = (2 * n)%:R / p g <-> forall k, w k = 0 \/ p k = p g).
Proof.
move=> wc p0 least; have le_mean : p g <= effective w p.
  by rewrite -[X in X <= _](weighted_constant wc (p g)); apply: weighted_mean_le.
have eff0 := lt_le_trans p0 le_mean.
split=> [|n0]; first by rewrite ler_wpmul2l ?ler0n // lef_pinv.
have N0 : (2 * n)%:R != 0 :> R by rewrite pnatr_eq0 muln_eq0 -lt0n n0.
have negated : effective w (fun k => - p k) = - effective w p.
  by rewrite /effective -sumrN; apply: eq_bigr => k _; rewrite mulrN.
have largest k : - p k <= - p g by rewrite ler_opp2.
have := effective_is_largest wc (p := fun k => - p k) largest; rewrite negated => least_iff.
split=> [/(mulfI N0)/invr_inj same|all].
  have /least_iff all : - effective w p = - p g by rewrite same.
  by move=> k; have [->|/oppr_inj ->] := all k; [left|right].
congr (_ / _); apply: oppr_inj; apply/least_iff => k.
by have [->|->] := all k; [left|right].
Qed.

End WorstHead.

Section Times.
Variable R : archiFieldType.

(* In a field without infinitesimals a nonnegative number can be rounded down. *)
Lemma rounded_down (x : R) : 0 <= x -> exists2 t, t%:R <= x & x < t.+1%:R.
Proof.
move=> x0; have ex : exists t, x < t.+1%:R.
  by exists (Num.bound x); apply: lt_trans (archi_boundP x0) _; rewrite ltr_nat.
case: (ex_minnP ex) => t t_gt least; exists t => //; case: t least {t_gt} => [//|t] least.
by rewrite leNgt; apply/negP => /least; rewrite ltnn.
Qed.

Lemma mixing_time_at_most_quotient n (W : 'M[R]_n.+1) (p eps : R) : 0 < p ->
  (forall t, (2 * n)%:R <= p * t.+1%:R -> mixed W eps t) ->
  exists2 T, mixing_time W eps T & T%:R <= (2 * n)%:R / p.
Proof.
move=> p0 mix; have [|t t_le t_gt] := @rounded_down ((2 * n)%:R / p); first by rewrite divr_ge0 ?ler0n // ltW.
have [|T T_mix Tt] := @mixing_time_of_mixed _ _ W eps t.
  by apply: mix; rewrite mulrC -ler_pdivr_mulr // ltW.
by exists T => //; apply: le_trans t_le; rewrite ler_nat.
Qed.

(* T2.8-bound: for eps = 2^-k, however small: at most 7 (N - 1 + k) / (5 p) rounded up. *)
Theorem mixing_time_at_most_explicit n H (w : 'I_H -> R) (W : 'I_H -> 'M[R]_n.+1) (p : 'I_H -> R) k :
  convex w -> (forall h, 0 < w h -> column_stochastic (W h)) -> (forall h, 0 < w h -> feedforward (W h)) ->
  (forall h, 0 < w h -> forward_probability (W h) (p h)) -> 0 < effective w p ->
  exists2 T, mixing_time (mean w W) (2%:R ^- k) T & T%:R < (7 * (n.-1 + k))%:R / (5%:R * effective w p) + 1.
Proof.
move=> wc Ws Wf Wp eff0; set x := _ / _; have five : 0 < 5%:R * effective w p by rewrite mulr_gt0 ?ltr0n.
have x0 : 0 <= x by rewrite divr_ge0 ?ler0n // ltW.
have ex : exists t, x <= t%:R by exists (Num.bound x); apply/ltW/archi_boundP.
case: (ex_minnP ex) => t x_le least; have [|T T_mix Tt] := @mixing_time_of_mixed _ _ (mean w W) (2%:R ^- k) t.
  apply: (@mixed_at_explicit_time _ _ _ (effective w p)).
  - exact: mean_column_stochastic.
  - exact: mean_feedforward.
  - exact: ltW.
  - exact: mean_forward_at_least.
  by rewrite mulrC -ler_pdivr_mulr.
exists T => //; apply: (@le_lt_trans _ _ t%:R); first by rewrite ler_nat.
case: t {Tt x_le} least => [|t] least; first by rewrite ltr_spaddr ?ltr01.
by rewrite mulrSr ltr_add2r ltNge; apply/negP => /least; rewrite ltnn.
Qed.

(* T2.8-bound *)
Theorem mixing_time_at_most_2N_over_p n H (w : 'I_H -> R) (W : 'I_H -> 'M[R]_n.+1) (p : 'I_H -> R) (eps : R) :
  convex w -> (forall h, 0 < w h -> column_stochastic (W h)) -> (forall h, 0 < w h -> feedforward (W h)) ->
  (forall h, 0 < w h -> forward_probability (W h) (p h)) -> 0 < effective w p -> at_least_exp_minus_2 eps ->
  exists2 T, mixing_time (mean w W) eps T & T%:R <= (2 * n)%:R / effective w p.
Proof.
move=> wc Ws Wf Wp eff0 eps_ge; apply: mixing_time_at_most_quotient => // t.
exact: mean_mixed_at_2N_over_p.
Qed.

(* T2.8-bound with the threshold 1/4 of Definition 2.7. *)
Theorem quarter_mixing_time_at_most_2N_over_p n H (w : 'I_H -> R) (W : 'I_H -> 'M[R]_n.+1) (p : 'I_H -> R) :
  convex w -> (forall h, 0 < w h -> column_stochastic (W h)) -> (forall h, 0 < w h -> feedforward (W h)) ->
  (forall h, 0 < w h -> forward_probability (W h) (p h)) -> 0 < effective w p ->
  exists2 T, mixing_time (mean w W) 4%:R^-1 T & T%:R <= (2 * n)%:R / effective w p.
Proof.
by move=> *; apply: mixing_time_at_most_2N_over_p => //; apply: quarter_at_least_exp_minus_2.
Qed.

(* T2.8-bound with the walk's own forward probability, which for a mean is at least the weighted one. *)
Theorem mixing_time_at_most_2N_over_own_p n (W : 'M[R]_n.+1) (p eps : R) :
  column_stochastic W -> feedforward W -> forward_probability W p -> 0 < p -> at_least_exp_minus_2 eps ->
  exists2 T, mixing_time W eps T & T%:R <= (2 * n)%:R / p.
Proof.
move=> Ws Wf [Wp _] p0 eps_ge; apply: mixing_time_at_most_quotient => // t.
exact: mixed_at_2N_over_p (ltW p0) Wp _.
Qed.

(* T2.8-eq20, the upper half, and with it what is true of "better than the worse head": the bound of the worst head. *)
Theorem mixing_time_at_most_2N_over_least_p n H (w : 'I_H -> R) (W : 'I_H -> 'M[R]_n.+1) (p : 'I_H -> R) (eps q : R) :
  convex w -> (forall h, 0 < w h -> column_stochastic (W h)) -> (forall h, 0 < w h -> feedforward (W h)) ->
  (forall h, 0 < w h -> forward_probability (W h) (p h)) -> 0 < q -> (forall h, 0 < w h -> q <= p h) ->
  at_least_exp_minus_2 eps -> exists2 T, mixing_time (mean w W) eps T & T%:R <= (2 * n)%:R / q.
Proof.
move=> wc Ws Wf Wp q0 q_le eps_ge.
have q_eff : q <= effective w p by rewrite -[X in X <= _](weighted_constant wc q); apply: weighted_mean_le.
have [T T_mix T_le] := mixing_time_at_most_2N_over_p wc Ws Wf Wp (lt_le_trans q0 q_eff) eps_ge.
exists T => //; apply: le_trans T_le _.
by rewrite ler_wpmul2l ?ler0n // lef_pinv ?posrE // (lt_le_trans q0).
Qed.

End Times.
