(* More small systems: amplification by an idle head or by general matrices, and a node that gains by merging.

   Glossary (nodes count from 0)
     idle_head        two nodes with their self-loops and no edge
     thirds_1, thirds_2   diffusion matrices on three nodes with entries in thirds *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions amplification.
From crosshead Require Import refutations_fidelity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition idle_head := @looped 1 [::].
Definition thirds_1 := [:: [:: 3; 0; 0]; [:: 3; 0; 0]; [:: 0; 1; 2]]%num.
Definition thirds_2 := [:: [:: 3; 0; 0]; [:: 3; 0; 0]; [:: 0; 2; 1]]%num.

Section SmallSystems.
Variable R : archiFieldType.
Notation D := (diffusion_matrix R).
Notation half := (2%:R^-1 : R).

(* S3-surpass: where a head need not lead to the sink, two nodes suffice: the idle head raises the sink's self-loop. *)
Theorem idle_head_amplifies_on_two_nodes :
  [/\ minimax (D idle_head) 0, minimax (D line_of_two) half,
      minimax (mean (pair half half) (pair (D idle_head) (D line_of_two))) (3%:R / 4%:R) &
      amplifies (pair half half) (pair (D idle_head) (D line_of_two))].
Proof.
have min_idle : minimax (D idle_head) 0.
  have -> : D idle_head = scaled 1 1 [:: [:: 1; 0]; [:: 0; 1]]%num R by scaled_entries.
  have -> : 0 = value 1 R (Absorption [:: 1; 0] 1)%num by rewrite /value /= /ofN mul0r.
  by apply: (@least_check_sound 1 1 _ R [:: Absorption [:: 1; 0] 1; Absorption [:: 0; 1] 1]%num 0); vm_compute.
have [min_line _] := sink_alone_decides R.
have min_mean : minimax (mean (pair half half) (pair (D idle_head) (D line_of_two))) (3%:R / 4%:R).
  have -> : mean (pair half half) (pair (D idle_head) (D line_of_two)) = scaled 1 4 [:: [:: 4; 0]; [:: 1; 3]]%num R.
    by scaled_entries.
  by apply: (@least_check_sound 1 4 _ R [:: Absorption [:: 1; 1] 1; Maximum 1 [:: 1]%N 1 3 4]%num 1); vm_compute.
split=> //; exists (3%:R / 4%:R) => // h; rewrite /pair; case: ifP => _.
  by exists 0 => //; rewrite divr_gt0 ?ltr0n.
by exists half => //; rewrite -[half]mul1r; apply: (@ratio_lt R 1 2 3 4).
Qed.

(* S3-surpass: general diffusion matrices amplify on three nodes already. *)
Theorem thirds_amplify_on_three_nodes :
  let heads := pair (scaled 2 3 thirds_1 R) (scaled 2 3 thirds_2 R) in
  [/\ minimax (scaled 2 3 thirds_1 R) (1%:R / 3%:R), minimax (scaled 2 3 thirds_2 R) (1%:R / 3%:R),
      minimax (mean (pair half half) heads) (1%:R / 2%:R) & amplifies (pair half half) heads].
Proof.
move=> heads; have min_1 : minimax (scaled 2 3 thirds_1 R) (1%:R / 3%:R).
  by apply: (@least_check_sound 2 3 _ R
    [:: Absorption [:: 1; 1; 1] 1; Maximum 1 [:: 1; 2]%N 4 1 3; Maximum 1 [:: 2]%N 1 2 3]%num 1); vm_compute.
have min_2 : minimax (scaled 2 3 thirds_2 R) (1%:R / 3%:R).
  by apply: (@least_check_sound 2 3 _ R
    [:: Absorption [:: 1; 1; 1] 1; Maximum 1 [:: 1; 2]%N 2 2 3; Maximum 1 [:: 2]%N 1 1 3]%num 2); vm_compute.
have min_mean : minimax (mean (pair half half) heads) (1%:R / 2%:R).
  have -> : mean (pair half half) heads = scaled 2 2 [:: [:: 2; 0; 0]; [:: 2; 0; 0]; [:: 0; 1; 1]]%num R.
    by rewrite /heads /thirds_1 /thirds_2; scaled_entries.
  by apply: (@least_check_sound 2 2 _ R
    [:: Absorption [:: 1; 1; 1] 1; Maximum 1 [:: 1; 2]%N 2 1 2; Maximum 1 [:: 2]%N 1 1 2]%num 2); vm_compute.
split=> //; exists (1%:R / 2%:R) => // h; exists (1%:R / 3%:R); first by rewrite /heads /pair; case: ifP.
exact: (@ratio_lt R 1 3 1 2).
Qed.

(* S3-surpass: a node's fidelity can exceed its fidelity in every head. *)
Theorem node_fidelity_exceeds_every_head :
  let heads := pair (D (@looped 3 [:: (0, 3); (1, 3); (2, 3)]%N)) (D jumping_head) in
  [/\ fidelity (heads ord0) (inord 1) (1%:R / 3%:R), fidelity (heads (inord 1)) (inord 1) (1%:R / 2%:R) &
      fidelity (mean (pair half half) heads) (inord 1) (10%:R / 17%:R)].
Proof.
move=> heads; split.
- have -> : heads ord0 = scaled 3 4 [:: [:: 4; 0; 0; 0]; [:: 0; 4; 0; 0]; [:: 0; 0; 4; 0]; [:: 1; 1; 1; 1]]%num R.
    by rewrite /heads /pair eqxx; scaled_entries.
  by apply: (@absorbing_check_sound 3 4 _ R 1 [:: 0; 3; 0; 1]%num 3); vm_compute.
- have -> : heads (inord 1) =
      scaled 3 6 [:: [:: 6; 0; 0; 0]; [:: 0; 6; 0; 0]; [:: 0; 3; 3; 0]; [:: 2; 0; 2; 2]]%num R.
    by rewrite /heads /pair -val_eqE /= inordK //; scaled_entries.
  by apply: (@absorbing_check_sound 3 6 _ R 1 [:: 0; 2; 2; 1]%num 2); vm_compute.
have -> : mean (pair half half) heads =
    scaled 3 24 [:: [:: 24; 0; 0; 0]; [:: 0; 24; 0; 0]; [:: 0; 6; 18; 0]; [:: 7; 3; 7; 7]]%num R.
  by rewrite /heads; scaled_entries.
by apply: (@absorbing_check_sound 3 24 _ R 1 [:: 0; 17; 17; 10]%num 17); vm_compute.
Qed.
End SmallSystems.
