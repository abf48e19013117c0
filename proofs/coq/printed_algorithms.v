(* Algorithms 1 and 2 as printed, for causal attention: what they sample from, and which entry they read.

   A is the weighted mean of the heads' attention matrices: row-stochastic and feedforward, A i j is the weight that the
   position i gives to j. Both algorithms use its transpose. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions.
From crosshead Require Import refutations_fidelity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Printed.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (A M : 'M[R]_n.+1) (i j : 'I_n.+1) (m : nat).

Lemma transposed_power M m : M^T ^+ m = (M ^+ m)^T.
Proof.
elim: m => [|m IH]; first by rewrite !expr0 trmx1.
by rewrite exprSr exprS IH -!mulmxE trmx_mul.
Qed.

(* A2-printed: row tau of a power of the transpose is what the others hear of the sink, which is nothing. *)
Theorem printed_algorithm_2_reads_zero A m j :
  feedforward A -> j != sink n -> (A^T ^+ m) (sink n) j = 0.
Proof.
move=> ffA js; rewrite transposed_power mxE; apply: feedforward_power => //.
by rewrite ltn_neqAle val_eqE js -ltnS ltn_ord.
Qed.

(* A1-printed: row j of the transpose is no distribution: the sink's row sums to less than 1, another one's to more. *)
Theorem printed_algorithm_1_samples_from_no_distribution A :
  row_stochastic A -> feedforward A -> A (sink n) (sink n) < 1 ->
  \sum_i A^T (sink n) i < 1 /\ exists2 j, j != sink n & 1 < \sum_i A^T j i.
Proof.
move=> [A0 A1] ffA keeps_less; have sink_row : \sum_i A^T (sink n) i = A (sink n) (sink n).
  rewrite (bigD1 (sink n)) //= mxE big1 ?addr0 // => i i_tau; rewrite mxE ffA //.
  by rewrite ltn_neqAle val_eqE i_tau -ltnS ltn_ord.
split; first by rewrite sink_row.
case: (pickP (fun j => (j != sink n) && (1 < \sum_i A^T j i))) => [j /andP[j_tau large]|none]; first by exists j.
(* The rows sum to n + 1 in all, but none of the others to more than 1 and the sink's to less. *)
have total : \sum_j \sum_i A^T j i = n.+1%:R.
  rewrite exchange_big /=; under eq_bigr => i _ do under eq_bigr do rewrite mxE.
  by under eq_bigr do rewrite A1; rewrite sumr_const card_ord.
suff : \sum_j \sum_i A^T j i < n.+1%:R by rewrite total ltxx.
have -> : n.+1%:R = \sum_(j < n.+1) 1 :> R by rewrite sumr_const card_ord.
rewrite (bigD1 (sink n)) //= [X in _ < X](bigD1 (sink n)) //= ltr_le_add //; first by rewrite sink_row.
by apply: ler_sum => j j_tau; move: (none j); rewrite j_tau /= => /negbT; rewrite -leNgt.
Qed.

(* A1-published: the first position gives all weight to itself, so that the program's walk never leaves it. *)
Theorem first_position_is_never_left A : row_stochastic A -> feedforward A -> A ord0 ord0 = 1.
Proof.
move=> [_ A1] ffA; rewrite -(A1 ord0) (bigD1 ord0) //= big1 ?addr0 // => j j0.
by rewrite ffA // lt0n.
Qed.
End Printed.

Section Examples.
Variable R : archiFieldType.

(* A2-printed: on two nodes 0 is read where the fidelity is 1. *)
Theorem printed_algorithm_2_misses_the_fidelity :
  let A := diffusion_matrix R line_of_two in
  fidelity A (inord 0) 1 /\ forall m, (A^T ^+ m) (sink 1) (inord 0) = 0.
Proof.
split=> [|m]; first by case: (maximum_need_not_exist R).
apply: printed_algorithm_2_reads_zero; last by rewrite -val_eqE /= inordK.
exact/diffusion_matrix_feedforward/looped_feedforward.
Qed.

Let keeping_sink : seq (seq N) := [:: [:: 100; 0]; [:: 1; 99]]%num.

(* A2-published: 100 steps are not all. A sink that keeps 99/100 has the least fidelity, 99/100; but after 100 steps
   less than 64/100 of the source has arrived. *)
Theorem hundred_steps_are_not_all (A := scaled 1 100 keeping_sink R) :
  minimax A (99%:R / 100%:R) /\ forall t, (t <= 100)%N -> signal A t (inord 0) < 64%:R / 100%:R.
Proof.
have checks : decisions_check 1 100 keeping_sink [:: Absorption [:: 1; 1] 1; Maximum 1 [:: 1]%N 1 99 100]%num.
  by vm_compute.
split; first by apply: (@least_check_sound _ _ _ R _ 1 checks) => //; vm_compute.
move=> t le_t; case/and3P: checks => stochastic _ _.
have [A0 _] := scaled_row_stochastic R stochastic.
have absorbing : A (inord 0) (inord 0) = 1 by rewrite mxE inordK // /entry /= divff ?gt_eqF // ofN_gt0.
apply: le_lt_trans (absorbing_signal_monotone A0 absorbing le_t) _.
apply: le_lt_trans (signal_at_most_sound R stochastic (p := 635) (q := 1000) _ _ _) _; [by []..| by vm_compute |].
exact: (@ratio_lt R 635 1000 64 100).
Qed.
End Examples.
