(* Products of matrices as sums over routes: which nodes a word leads the signal through.

   Glossary
     route              t.+1 nodes, read from the sink backwards: t.+1.-tuple 'I_n.+1
     leaves p s         node s of the route p, from which step s starts
     enters p s         node s + 1 of the route p, which step s hears
     route_weight M p   the product of the entries that p uses, one of each matrix M s *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion expansion.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Routes.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (i j k : 'I_n.+1).

Definition leaves t (p : t.+1.-tuple 'I_n.+1) (s : 'I_t) : 'I_n.+1 := tnth p (widen_ord (leqnSn t) s).
Definition enters t (p : t.+1.-tuple 'I_n.+1) (s : 'I_t) : 'I_n.+1 := tnth p (lift ord0 s).
Definition route_weight t (M : 'I_t -> 'M[R]_n.+1) (p : t.+1.-tuple 'I_n.+1) : R :=
  \prod_(s < t) M s (leaves p s) (enters p s).
Definition from_to t i j (p : t.+1.-tuple 'I_n.+1) := (tnth p ord0 == i) && (tnth p ord_max == j).

Lemma route_weight_cons t (M : 'I_t.+1 -> 'M[R]_n.+1) i (p : t.+1.-tuple 'I_n.+1) :
  route_weight M [tuple of i :: p] = M ord0 i (tnth p ord0) * route_weight (fun s => M (lift ord0 s)) p.
Proof.
rewrite /route_weight big_ord_recl /leaves /enters tnthS.
have -> : widen_ord (leqnSn t.+1) ord0 = ord0 by apply: val_inj.
rewrite tnth0; congr (_ * _); apply: eq_bigr => s _; rewrite tnthS.
have -> : widen_ord (leqnSn t.+1) (lift ord0 s) = lift ord0 (widen_ord (leqnSn t) s) by apply: val_inj.
by rewrite tnthS.
Qed.

Lemma from_to_cons t i j k (p : t.+1.-tuple 'I_n.+1) :
  from_to i j [tuple of k :: p] = (k == i) && (tnth p ord_max == j).
Proof.
rewrite /from_to tnth0; congr (_ && (_ == j)).
have -> : ord_max = lift ord0 (ord_max : 'I_t.+1) by apply: val_inj.
by rewrite tnthS.
Qed.

Theorem product_is_sum_over_routes t (M : 'I_t -> 'M[R]_n.+1) i j :
  (\prod_(s < t) M s) i j = \sum_(p : t.+1.-tuple 'I_n.+1 | from_to i j p) route_weight M p.
Proof.
elim: t M i => [|t IH] M i; rewrite [RHS]big_mkcond sum_over_longer_words.
  rewrite big_ord0 identityE (bigD1 i) //= sum_over_empty_word big1 ?addr0 => [|k ki]; last first.
    by rewrite sum_over_empty_word /from_to tnth0 (negbTE ki).
  by rewrite /from_to /route_weight big_ord0 !(tnth_nth i) /= eqxx; case: eqP.
rewrite big_ord_recl productE [RHS](bigD1 i) //= [X in _ = _ + X]big1 ?addr0 => [|k ki]; last first.
  by rewrite big1 // => p _; rewrite from_to_cons (negbTE ki).
rewrite [RHS](partition_big (fun p => tnth p ord0) predT) //=; apply: eq_bigr => k _.
rewrite IH mulr_sumr big_mkcond [RHS]big_mkcond; apply: eq_bigr => p _.
rewrite from_to_cons eqxx route_weight_cons /from_to; case: (tnth p ord0 =P k) => [->|_] /=; last by [].
by case: ifP.
Qed.
End Routes.

Section Words.
Variable R : realFieldType.
Variables n H : nat.
Implicit Types (w : 'I_H -> R) (D : 'I_H -> 'M[R]_n.+1) (E : 'I_H -> rel 'I_n.+1) (i j : 'I_n.+1) (t : nat).

(* Each word opens into routes from the sink back to j. *)
Theorem word_product_is_sum_over_routes t D (u : t.-tuple 'I_H) i j :
  word_product D u i j = \sum_(p | from_to i j p) \prod_(s < t) D (tnth u s) (leaves p s) (enters p s).
Proof. exact: product_is_sum_over_routes. Qed.

Theorem signal_of_mean_is_sum_over_words_and_routes t w D j :
  signal (mean w D) t j =
  \sum_(u : t.-tuple 'I_H) \sum_(p | from_to (sink n) j p)
    \prod_(s < t) (w (tnth u s) * D (tnth u s) (leaves p s) (enters p s)).
Proof.
rewrite signal_of_mean_is_sum_over_words; apply: eq_bigr => u _.
by rewrite word_product_is_sum_over_routes mulr_sumr; apply: eq_bigr => p _; rewrite big_split.
Qed.

(* A word of graph heads carries signal exactly along the routes whose steps are edges of its letters. *)
Theorem word_carries_signal_iff_route t E (u : t.-tuple 'I_H) i j :
  reflect (exists2 p : t.+1.-tuple 'I_n.+1, from_to i j p & forall s, E (tnth u s) (enters p s) (leaves p s))
    (0 < word_product (fun h => diffusion_matrix R (E h)) u i j).
Proof.
have term0 p : 0 <= \prod_(s < t) diffusion_matrix R (E (tnth u s)) (leaves p s) (enters p s).
  by apply: prodr_ge0 => s _; apply: diffusion_matrix_nonnegative.
rewrite word_product_is_sum_over_routes lt0r sumr_ge0 // andbT psumr_eq0 //.
apply: (iffP allPn) => [[p _]|[p ends edges]]; last first.
  exists p; first exact: mem_index_enum.
  rewrite negb_imply ends; apply/prodf_neq0 => s _.
  by rewrite diffusion_matrix_eq0 negbK.
rewrite negb_imply => /andP[ends /prodf_neq0 edges]; exists p => // s.
by move: (edges s isT); rewrite diffusion_matrix_eq0 negbK.
Qed.
End Words.
