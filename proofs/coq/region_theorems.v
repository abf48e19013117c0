(* Accepted certificates of weights are true (src/certificate/REGION.md), over every Archimedean field that has square
   roots, among them the real numbers. Square roots are needed for averages whose rate is the root of a weight. *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import region_polynomials region_documents region_check region_meaning region_sides
  region_bounds.
From crosshead Require Import region_soundness region_certificates region_intervals region_claims region_lower
  region_upper.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Lemma lower_values_sound (R : archiFieldType) : sound_lower R lower_value.
Proof. by move=> n D s z S first l q j show found node; exact:
  (@lower_value_sound R n D s z S show first l q j found node). Qed.

Lemma upper_bounds_sound (R : archiFieldType) : sound_upper R upper_values.
Proof.
move=> n D s z S signs first c u qs j show sound found node.
exact: (@upper_values_sound R n D s z S signs show sound first c u qs j found node).
Qed.

(* The weights that the certificate lists are those for which its claim is true. *)
Definition true_region (d : region_document) := forall R : archiFieldType, has_square_roots R ->
  forall b : R, 0 <= b <= 1 -> in_intervals (holds_on d) b <-> region_true (given_size (heads_of_region d)).-1 d b.

Theorem accepted_region_is_true (d : region_document) : accepted_region d = true -> true_region d.
Proof.
move=> accepted R roots; apply: check_region_right roots accepted;
  [exact: lower_values_sound | exact: upper_bounds_sound].
Qed.
