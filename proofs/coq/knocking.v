(* Mixing the heads by one shared map before they are merged (Knocking-Heads).

   Glossary
     map K                 an H x H matrix, row h says what the new head h takes from the old ones
     knocked K M h         the new head h: sum_k K h k M k
     weights_through K w   the weights of the old heads in the mean of the new ones *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Knocking.
Variable R : realFieldType.
Variables n H : nat.
Implicit Types (K : 'M[R]_H) (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) (h k : 'I_H).

Definition knocked K M h : 'M[R]_n.+1 := \sum_k K h k *: M k.
Definition weights_through K w k : R := \sum_h w h * K h k.

(* X-knock: initialised as the identity, the map changes no head, and so nothing at all. *)
Theorem identity_map_changes_nothing M : knocked 1%:M M =1 M.
Proof.
move=> h; rewrite /knocked (bigD1 h) //= mxE eqxx scale1r big1 ?addr0 // => k kh.
by rewrite mxE eq_sym (negbTE kh) scale0r.
Qed.

Corollary identity_map_changes_no_mean w M : mean w (knocked 1%:M M) = mean w M.
Proof. by apply: eq_bigr => h _; rewrite identity_map_changes_nothing. Qed.

(* X-knock: any other diagonal map only scales each head by its entry. *)
Theorem diagonal_map_scales_heads (d : 'rV[R]_H) M h : knocked (diag_mx d) M h = d 0 h *: M h.
Proof.
rewrite /knocked (bigD1 h) //= mxE eqxx mulr1n big1 ?addr0 // => k kh.
by rewrite mxE eq_sym (negbTE kh) mulr0n scale0r.
Qed.

(* X-knock: the mean of the new heads is a mean of the old ones with other weights. *)
Theorem mean_of_knocked_heads K w M : mean w (knocked K M) = mean (weights_through K w) M.
Proof.
rewrite /mean /knocked /weights_through; under eq_bigr do rewrite scaler_sumr.
rewrite exchange_big; apply: eq_bigr => k _ /=; rewrite scaler_suml.
by apply: eq_bigr => h _; rewrite scalerA.
Qed.

(* X-knock: rows of K that are convex keep heads row-stochastic and weights convex. *)
Theorem convex_map_keeps_row_stochastic K M h :
  convex (K h) -> (forall k, row_stochastic (M k)) -> row_stochastic (knocked K M h).
Proof. exact: row_stochastic_mean. Qed.

Theorem convex_map_keeps_convex_weights K w :
  (forall h, convex (K h)) -> convex w -> convex (weights_through K w).
Proof.
move=> Kc [w0 w1]; split=> [k|].
  by apply: sumr_ge0 => h _; rewrite mulr_ge0 //; case: (Kc h).
rewrite /weights_through exchange_big -[RHS]w1; apply: eq_bigr => h _ /=.
by rewrite -mulr_sumr (Kc h).2 mulr1.
Qed.
End Knocking.
