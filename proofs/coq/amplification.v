(* Merging heads can raise the minimax fidelity above the best head's and lower it below the worst head's.

   Glossary (nodes count from 0; every graph here has all self-loops)
     line_of_four      0 -> 1 -> 2 -> 3, head 2 of the smallest amplifying pair
     jumping_head      0 -> 3, 1 -> 2, 2 -> 3, its head 1
     detouring_head    0 -> 1, 1 -> 3, 2 -> 3: with jumping_head it attenuates
     star_of_three, line_of_three   0 -> 2, 1 -> 2 and 0 -> 1 -> 2 *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax concrete decisions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition line_of_four := @looped 3 [:: (0, 1); (1, 2); (2, 3)]%N.
Definition jumping_head := @looped 3 [:: (0, 3); (1, 2); (2, 3)]%N.
Definition detouring_head := @looped 3 [:: (0, 1); (1, 3); (2, 3)]%N.

Section Amplification.
Variable R : archiFieldType.
Notation half := (2%:R^-1 : R).
Notation D := (diffusion_matrix R).

Lemma line_of_four_minimax : minimax (D line_of_four) (3%:R / 8%:R).
Proof.
have -> : D line_of_four = scaled 3 2 [:: [:: 2; 0; 0; 0]; [:: 1; 1; 0; 0]; [:: 0; 1; 1; 0]; [:: 0; 0; 1; 1]]%num R.
  by scaled_entries.
apply: (@least_check_sound _ _ _ _ [:: Absorption [:: 1; 1; 1; 1] 1; Maximum 3 [:: 1; 2; 3]%N 6 3 8;
  Maximum 1 [:: 2; 3]%N 3 1 2; Maximum 1 [:: 3]%N 1 1 2]%num 1); by vm_compute.
Qed.

Lemma jumping_head_minimax : minimax (D jumping_head) (1%:R / 3%:R).
Proof.
have -> : D jumping_head = scaled 3 6 [:: [:: 6; 0; 0; 0]; [:: 0; 6; 0; 0]; [:: 0; 3; 3; 0]; [:: 2; 0; 2; 2]]%num R.
  by scaled_entries.
apply: (@least_check_sound _ _ _ _ [:: Absorption [:: 2; 0; 0; 1] 2; Absorption [:: 0; 2; 2; 1] 2;
  Maximum 1 [:: 2; 3]%N 3 1 3; Maximum 1 [:: 3]%N 1 1 3]%num 3); by vm_compute.
Qed.

(* S3-surpass, with uniform weights: 1355/3456 against 1/3 and 3/8. *)
Theorem merged_minimax_surpasses_best_head :
  let heads := pair (D jumping_head) (D line_of_four) in
  minimax (mean (pair half half) heads) (1355%:R / 3456%:R) /\ amplifies (pair half half) heads.
Proof.
have mean_minimax : minimax (mean (pair half half) (pair (D jumping_head) (D line_of_four))) (1355%:R / 3456%:R).
  have -> : mean (pair half half) (pair (D jumping_head) (D line_of_four)) =
      scaled 3 12 [:: [:: 12; 0; 0; 0]; [:: 3; 9; 0; 0]; [:: 0; 6; 6; 0]; [:: 2; 0; 5; 5]]%num R by scaled_entries.
  apply: (@least_check_sound _ _ _ _ [:: Absorption [:: 1; 1; 1; 1] 1; Maximum 4 [:: 1; 2; 3]%N 6 1355 3456;
    Maximum 1 [:: 2; 3]%N 3 5 12; Maximum 1 [:: 3]%N 1 5 12]%num 1); by vm_compute.
split=> //; exists (1355%:R / 3456%:R) => // h; rewrite /pair; case: ifP => _.
  by exists (1%:R / 3%:R); [exact: jumping_head_minimax | apply: (@ratio_lt R 1 3 1355 3456)].
by exists (3%:R / 8%:R); [exact: line_of_four_minimax | apply: (@ratio_lt R 3 8 1355 3456)].
Qed.

(* S3-bounded, with uniform weights: 3247/10368 = 0.313... against 1/3 in both heads. *)
Theorem merged_minimax_below_worst_head :
  [/\ minimax (D jumping_head) (1%:R / 3%:R), minimax (D detouring_head) (1%:R / 3%:R),
      minimax (mean (pair half half) (pair (D jumping_head) (D detouring_head))) (3247%:R / (2%:R ^+ 7 * 3%:R ^+ 4)) &
      (3247%:R / (2%:R ^+ 7 * 3%:R ^+ 4) : R) < 1%:R / 3%:R].
Proof.
have <- : ofN R 10368 = 2%:R ^+ 7 * 3%:R ^+ 4.
  by rewrite -[10368%num]/(2 ^ N.of_nat 7 * 3 ^ N.of_nat 4)%num ofN_mul !ofN_exp.
split; [exact: jumping_head_minimax | | | exact: (@ratio_lt R 3247 10368 1 3)].
  have -> : D detouring_head =
    scaled 3 6 [:: [:: 6; 0; 0; 0]; [:: 3; 3; 0; 0]; [:: 0; 0; 6; 0]; [:: 0; 2; 2; 2]]%num R by scaled_entries.
  apply: (@least_check_sound _ _ _ _ [:: Absorption [:: 2; 2; 0; 1] 2; Maximum 1 [:: 1; 3]%N 3 1 3;
    Absorption [:: 0; 0; 2; 1] 2; Maximum 1 [:: 3]%N 1 1 3]%num 1); by vm_compute.
have -> : mean (pair half half) (pair (D jumping_head) (D detouring_head)) =
  scaled 3 12 [:: [:: 12; 0; 0; 0]; [:: 3; 9; 0; 0]; [:: 0; 3; 9; 0]; [:: 2; 2; 4; 4]]%num R by scaled_entries.
apply: (@least_check_sound _ _ _ _ [:: Absorption [:: 1; 1; 1; 1] 1; Maximum 4 [:: 1; 2; 3]%N 8 3247 10368;
  Maximum 2 [:: 2; 3]%N 3 13 36; Maximum 1 [:: 3]%N 1 1 3]%num 1); by vm_compute.
Qed.
End Amplification.
