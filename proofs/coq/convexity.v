(* What a convex combination of heads does to their numbers: entries lie between, signals after two steps need not.

   Glossary (nodes count from 0; all graphs have self-loops and the last node as their unique sink)
     line_past_two       0 -> 1, 1 -> 3, 2 -> 3
     into_two            0 -> 2, 1 -> 2, 2 -> 3
     line_of_four        0 -> 1 -> 2 -> 3
     into_sink           0 -> 3, 1 -> 3, 2 -> 3 *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Between.
Variable R : realFieldType.
Variables n H : nat.
Implicit Types (w x : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) (i j : 'I_n.+1).

(* Some head of positive weight is at most the average. *)
Lemma some_at_most_average w x : convex w -> exists2 h, 0 < w h & x h <= \sum_k w k * x k.
Proof.
move=> [w0 w1].
case: (pickP (fun h => (0 < w h) && (x h <= \sum_k w k * x k))) => [h /andP[]|none]; first by exists h.
have above h : w h * (\sum_k w k * x k) <= w h * x h.
  have := none h; case: (ltrgt0P (w h)) (w0 h) => // [wh _ /=|-> _ _]; last by rewrite !mul0r.
  by move=> /negbT; rewrite -ltNge ler_pmul2l // => /ltW.
have [h wh] : exists h, 0 < w h.
  apply/existsP; apply: contraT; rewrite negb_exists => /forallP all0.
  have : \sum_h w h <= 0 by rewrite -oppr_ge0 -sumrN sumr_ge0 // => h _; rewrite oppr_ge0 leNgt.
  by rewrite w1 ler10.
have : \sum_k w k * (\sum_k w k * x k) < \sum_k w k * x k.
  rewrite (bigD1 h) //= [X in _ < X](bigD1 h) //= ltr_le_add ?ler_sum // ltr_pmul2l //.
  by have := none h; rewrite wh /= => /negbT; rewrite -ltNge.
by rewrite -mulr_suml w1 mul1r ltxx.
Qed.

Lemma some_at_least_average w x : convex w -> exists2 h, 0 < w h & \sum_k w k * x k <= x h.
Proof.
move=> wc; have [h wh] := @some_at_most_average w (fun k => - x k) wc.
under eq_bigr do rewrite mulrN; rewrite sumrN ler_opp2 => at_least.
by exists h.
Qed.

(* REV-convex: every entry of the mean lies between entries of heads of positive weight, walk or diffusion; *)
Theorem entry_of_mean_lies_between w M i j : convex w ->
  (exists2 h, 0 < w h & M h i j <= mean w M i j) /\ exists2 h, 0 < w h & mean w M i j <= M h i j.
Proof. by move=> wc; rewrite meanE; split; [apply: some_at_most_average | apply: some_at_least_average]. Qed.

(* REV-convex: and so do the signals after one step. *)
Theorem one_step_signal_of_mean_lies_between w M j : convex w ->
  (exists2 h, 0 < w h & signal (M h) 1 j <= signal (mean w M) 1 j) /\
  exists2 h, 0 < w h & signal (mean w M) 1 j <= signal (M h) 1 j.
Proof.
move=> wc; have [[h wh low] [k wk high]] := entry_of_mean_lies_between M (sink n) j wc.
by split; [exists h | exists k]; rewrite // !signal_one_step.
Qed.
End Between.

Section TwoSteps.
Variable R : realFieldType.
Notation D := (diffusion_matrix R).
Notation half := (2%:R^-1 : R).
Notation node1 := (@Ordinal 4 1 isT).
Notation node2 := (@Ordinal 4 2 isT).

Definition line_past_two := @looped 3 [:: (0, 1); (1, 3); (2, 3)]%N.
Definition into_two   := @looped 3 [:: (0, 2); (1, 2); (2, 3)]%N.
Definition line_of_four := @looped 3 [:: (0, 1); (1, 2); (2, 3)]%N.
Definition into_sink   := @looped 3 [:: (0, 3); (1, 3); (2, 3)]%N.

Lemma two_step_signal n (M : 'M[R]_n.+1) j : signal M 2 j = \sum_k M (sink n) k * M k j.
Proof. by rewrite signal_next; apply: eq_bigr => k _; rewrite signal_one_step. Qed.

(* REV-convex: after two steps the mean can be above both heads: 64/144 and 60/144 against 65/144, *)
Theorem two_step_signal_of_mean_above_heads :
  [/\ signal (D line_past_two) 2 node2 = 64%:R / 144%:R, signal (D into_two) 2 node2 = 60%:R / 144%:R &
      signal (mean (pair half half) (pair (D line_past_two) (D into_two))) 2 node2 = 65%:R / 144%:R].
Proof.
by split; rewrite two_step_signal ?mean_pair !big_ord_recl big_ord0 !mxE !in_degree_looped /looped /=; field.
Qed.

(* REV-convex: and below both: 16/64 and 20/64 against 15/64. *)
Theorem two_step_signal_of_mean_below_heads :
  [/\ signal (D line_of_four) 2 node1 = 16%:R / 64%:R, signal (D into_sink) 2 node1 = 20%:R / 64%:R &
      signal (mean (pair half half) (pair (D line_of_four) (D into_sink))) 2 node1 = 15%:R / 64%:R].
Proof.
by split; rewrite two_step_signal ?mean_pair !big_ord_recl big_ord0 !mxE !in_degree_looped /looped /=; field.
Qed.

Lemma two_step_heads_have_unique_sinks :
  [/\ unique_sink_graph line_past_two, unique_sink_graph into_two, unique_sink_graph line_of_four &
      unique_sink_graph into_sink].
Proof. by split; apply/looped_unique_sink. Qed.
End TwoSteps.
