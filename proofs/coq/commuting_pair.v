(* Two different heads that commute, although both have self-loops everywhere and the last node as their unique sink.

   Glossary (five nodes counted from 0)
     over_two      0 -> 1 -> 3 and 0 -> 2, with 2 -> 4 and 3 -> 4
     over_three    the same with the nodes 2 and 3 exchanged *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section CommutingPair.
Variable R : realFieldType.
Notation half := (2%:R^-1 : R).
Notation third := (3%:R^-1 : R).

Definition over_two := @looped 4 [:: (0, 1); (0, 2); (1, 3); (2, 4); (3, 4)]%N.
Definition over_three := @looped 4 [:: (0, 1); (0, 3); (1, 2); (2, 4); (3, 4)]%N.

Lemma over_two_rows : diffusion_matrix R over_two = matrix_of_rows 4
  [:: [:: 1; 0; 0; 0; 0]; [:: half; half; 0; 0; 0]; [:: half; 0; half; 0; 0]; [:: 0; half; 0; half; 0];
      [:: 0; 0; third; third; third]].
Proof.
apply/matrixP => -[i lt_i] [j lt_j]; rewrite !mxE !in_degree_looped.
by case: i lt_i => [|[|[|[|[|i]]]]] // lt_i; case: j lt_j => [|[|[|[|[|j]]]]] // lt_j; rewrite /looped /=; field.
Qed.

Lemma over_three_rows : diffusion_matrix R over_three = matrix_of_rows 4
  [:: [:: 1; 0; 0; 0; 0]; [:: half; half; 0; 0; 0]; [:: 0; half; half; 0; 0]; [:: half; 0; 0; half; 0];
      [:: 0; 0; third; third; third]].
Proof.
apply/matrixP => -[i lt_i] [j lt_j]; rewrite !mxE !in_degree_looped.
by case: i lt_i => [|[|[|[|[|i]]]]] // lt_i; case: j lt_j => [|[|[|[|[|j]]]]] // lt_j; rewrite /looped /=; field.
Qed.

(* R3.7: heads that differ by exchanging two nodes. *)
Theorem different_heads_can_commute :
  [/\ unique_sink_graph over_two, unique_sink_graph over_three,
      diffusion_matrix R over_two * diffusion_matrix R over_three =
      diffusion_matrix R over_three * diffusion_matrix R over_two &
      diffusion_matrix R over_two != diffusion_matrix R over_three].
Proof.
split; [exact/looped_unique_sink | exact/looped_unique_sink | |].
  rewrite over_two_rows over_three_rows; apply/matrixP => -[i lt_i] [j lt_j].
  rewrite !productE !big_ord_recl !big_ord0 !mxE /=.
  by case: i lt_i => [|[|[|[|[|i]]]]] // lt_i; case: j lt_j => [|[|[|[|[|j]]]]] // lt_j; rewrite /=; field.
apply/eqP => /matrixP/(_ (@Ordinal 5 2 isT) (@Ordinal 5 0 isT)) /eqP.
by rewrite over_two_rows over_three_rows !mxE /= invr_eq0 pnatr_eq0.
Qed.
End CommutingPair.
