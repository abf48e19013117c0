(* Heads as an ensemble of kernel estimators: bias, variance and covariance of their weighted mean.

   Glossary (a finite probability space: outcomes x of probability P x)
     expectation f            the mean of f over the outcomes
     bias f y                 expectation of f minus the true value y
     covariance f g, variance f
     mean_squared_error f y   expectation of (f - y)^2
     estimate D Y i           what node i makes of the values Y j of the nodes: their mean with the weights D i j
     unit_noise m Y           the values Y j have the means m j, variance 1, and are uncorrelated
     overlap A B i            the inner product of the rows of i in A and in B
     row_variance M i         the overlap of a row with itself: the variance of its estimate under unit noise
     spread w D i             the weighted mean of the squared distances of the heads' rows from the mean's row *)
From mathcomp Require Import all_ssreflect all_algebra ring.
From crosshead Require Import systems diffusion concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Expectation.
Variable R : realFieldType.
Variable Omega : finType.
Variable P : Omega -> R.
Implicit Types (f g : Omega -> R) (y c : R).

Definition distribution := (forall x, 0 <= P x) /\ \sum_x P x = 1.
Definition expectation f : R := \sum_x P x * f x.
Definition bias f y : R := expectation f - y.
Definition covariance f g : R := expectation (fun x => (f x - expectation f) * (g x - expectation g)).
Definition variance f : R := covariance f f.
Definition mean_squared_error f y : R := expectation (fun x => (f x - y) ^+ 2).

Lemma expectation_ext f g : f =1 g -> expectation f = expectation g.
Proof. by move=> fg; apply: eq_bigr => x _; rewrite fg. Qed.

Lemma expectationD f g : expectation (fun x => f x + g x) = expectation f + expectation g.
Proof. by rewrite /expectation -big_split; apply: eq_bigr => x _; rewrite mulrDr. Qed.

Lemma expectationZ c f : expectation (fun x => c * f x) = c * expectation f.
Proof. by rewrite /expectation mulr_sumr; apply: eq_bigr => x _; rewrite mulrCA. Qed.

Lemma expectation_const c : distribution -> expectation (fun=> c) = c.
Proof. by move=> [_ P1]; rewrite /expectation -mulr_suml P1 mul1r. Qed.

Lemma expectation_sum (I : finType) (F : I -> Omega -> R) :
  expectation (fun x => \sum_i F i x) = \sum_i expectation (F i).
Proof. by rewrite /expectation exchange_big /=; apply: eq_bigr => x _; rewrite mulr_sumr. Qed.

Lemma covariance_of_sums (I J : finType) (a : I -> R) (b : J -> R) (F : I -> Omega -> R) (G : J -> Omega -> R) :
  covariance (fun x => \sum_i a i * F i x) (fun x => \sum_j b j * G j x) =
  \sum_i \sum_j a i * b j * covariance (F i) (G j).
Proof.
have centre (K : finType) (c : K -> R) (E : K -> Omega -> R) x :
    \sum_i c i * E i x - expectation (fun z => \sum_i c i * E i z) = \sum_i c i * (E i x - expectation (E i)).
  by rewrite expectation_sum -sumrB; apply: eq_bigr => i _; rewrite expectationZ mulrBr.
rewrite /covariance; under expectation_ext => x do rewrite !centre big_distrlr /=.
rewrite expectation_sum; apply: eq_bigr => i _; rewrite expectation_sum; apply: eq_bigr => j _.
by rewrite -expectationZ; apply: expectation_ext => x; rewrite mulrACA.
Qed.

Lemma mean_squared_error_splits f y : distribution -> mean_squared_error f y = bias f y ^+ 2 + variance f.
Proof.
move=> dist; rewrite /mean_squared_error /variance /covariance /bias; set m := expectation f.
have centred : expectation (fun x => f x - m) = 0.
  by rewrite expectationD expectation_const // subrr.
under expectation_ext => x.
  rewrite (_ : _ ^+ 2 = (m - y) ^+ 2 + (2%:R * (m - y) * (f x - m) + (f x - m) * (f x - m))); last by ring.
  over.
by rewrite !expectationD expectationZ centred mulr0 add0r expectation_const.
Qed.

(* X-NW: the error of a weighted mean of estimators is its squared bias, its variances and its covariances. *)
Theorem bias_variance_covariance H (w : 'I_H -> R) (f : 'I_H -> Omega -> R) y :
  distribution -> \sum_h w h = 1 ->
  mean_squared_error (fun x => \sum_h w h * f h x) y =
  (\sum_h w h * bias (f h) y) ^+ 2 + \sum_h w h ^+ 2 * variance (f h)
  + \sum_h \sum_(k | k != h) w h * w k * covariance (f h) (f k).
Proof.
move=> dist w1; rewrite mean_squared_error_splits // -addrA; congr (_ ^+ 2 + _).
  rewrite /bias expectation_sum; under [RHS]eq_bigr do rewrite mulrBr.
  by rewrite sumrB -mulr_suml w1 mul1r; congr (_ - _); apply: eq_bigr => h _; rewrite expectationZ.
rewrite /variance covariance_of_sums -big_split; apply: eq_bigr => h _ /=.
by rewrite (bigD1 h) //= -expr2.
Qed.
End Expectation.

Definition overlap (R : realFieldType) n (A B : 'M[R]_n.+1) i : R := \sum_j A i j * B i j.

Section KernelEstimators.
Variable R : realFieldType.
Variables n H : nat.
Variable Omega : finType.
Variable P : Omega -> R.
Hypothesis dist : distribution P.
Implicit Types (A B M : 'M[R]_n.+1) (i j : 'I_n.+1) (m : 'I_n.+1 -> R) (Y : 'I_n.+1 -> Omega -> R) (y : R).
Implicit Types (w : 'I_H -> R) (D : 'I_H -> 'M[R]_n.+1).

Definition estimate M Y i : Omega -> R := fun x => \sum_j M i j * Y j x.
Definition unit_noise m Y :=
  (forall j, expectation P (Y j) = m j) /\ forall j k, covariance P (Y j) (Y k) = (j == k)%:R.

Lemma estimate_of_mean w D Y i x : estimate (mean w D) Y i x = \sum_h w h * estimate (D h) Y i x.
Proof.
rewrite /estimate; under eq_bigr do rewrite meanE mulr_suml.
rewrite exchange_big; apply: eq_bigr => h _ /=; rewrite mulr_sumr.
by apply: eq_bigr => j _; rewrite mulrA.
Qed.

Lemma covariance_of_estimates m Y A B i :
  unit_noise m Y -> covariance P (estimate A Y i) (estimate B Y i) = overlap A B i.
Proof.
move=> [_ cov]; rewrite covariance_of_sums; apply: eq_bigr => j _.
rewrite (bigD1 j) //= cov eqxx mulr1 big1 ?addr0 // => k kj.
by rewrite cov eq_sym (negbTE kj) mulr0.
Qed.

Lemma bias_of_estimate m Y A i y : unit_noise m Y -> bias P (estimate A Y i) y = \sum_j A i j * m j - y.
Proof.
move=> [expect _]; rewrite /bias expectation_sum; congr (_ - _).
by apply: eq_bigr => j _; rewrite expectationZ expect.
Qed.

(* X-NW for attention heads: a double sum of products of biases and of overlaps of the rows. *)
Theorem error_of_mean_of_heads w D m Y i y :
  unit_noise m Y -> \sum_h w h = 1 ->
  mean_squared_error P (estimate (mean w D) Y i) y =
  \sum_h \sum_k w h * w k *
    ((\sum_j D h i j * m j - y) * (\sum_j D k i j * m j - y) + overlap (D h) (D k) i).
Proof.
move=> noise w1; rewrite /mean_squared_error.
under expectation_ext => x do rewrite estimate_of_mean.
rewrite -/(mean_squared_error P (fun x => \sum_h w h * estimate (D h) Y i x) y).
rewrite bias_variance_covariance // -addrA expr2 big_distrlr -!big_split; apply: eq_bigr => h _ /=.
under [RHS]eq_bigr do rewrite mulrDr; rewrite big_split /=; congr (_ + _).
  by apply: eq_bigr => k _; rewrite !(bias_of_estimate _ _ _ noise) mulrACA.
rewrite [RHS](bigD1 h) //= /variance (covariance_of_estimates _ _ _ noise) expr2; congr (_ + _).
by apply: eq_bigr => k _; rewrite (covariance_of_estimates _ _ _ noise).
Qed.
End KernelEstimators.

(* Such values exist for all means: add independent signs. *)
Section Signs.
Variable R : realFieldType.
Variable n : nat.
Notation signs := {ffun 'I_n.+1 -> bool}.

Definition uniform : signs -> R := fun=> #|{: signs}|%:R^-1.
Definition signed_values (m : 'I_n.+1 -> R) : 'I_n.+1 -> signs -> R := fun j x => m j + (-1) ^+ x j.

Lemma uniform_distribution : distribution uniform.
Proof.
split=> [x|]; first by rewrite invr_ge0 ler0n.
rewrite sumr_const -[LHS]mulr_natr mulVf // pnatr_eq0 -lt0n; apply/card_gt0P.
by exists [ffun=> true].
Qed.

(* A sign that occurs an odd number of times averages out: flip it. *)
Lemma sign_averages_out (f : signs -> R) j :
  (forall x : signs, f [ffun k => if k == j then ~~ x k else x k] = - f x) -> expectation uniform f = 0.
Proof.
move=> odd_f; pose flip (x : signs) : signs := [ffun k => if k == j then ~~ x k else x k].
have flipK : involutive flip by move=> x; apply/ffunP => k; rewrite !ffunE; case: (k == j); rewrite ?negbK.
have opposite : expectation uniform f = - expectation uniform f.
  rewrite {1}/expectation (reindex_inj (inv_inj flipK)) -sumrN; apply: eq_bigr => x _.
  by rewrite odd_f mulrN.
have /eqP : expectation uniform f *+ 2 = 0 by rewrite mulr2n {1}opposite addNr.
by rewrite mulrn_eq0 => /eqP.
Qed.

Theorem unit_noise_exists m : unit_noise uniform m (signed_values m).
Proof.
have sign_mean j : expectation uniform (fun x => (-1) ^+ x j) = 0.
  by apply: (sign_averages_out (j := j)) => x; rewrite ffunE eqxx signrN.
have means j : expectation uniform (signed_values m j) = m j.
  by rewrite /signed_values expectationD sign_mean addr0 expectation_const //; apply: uniform_distribution.
split=> // j k.
have -> : covariance uniform (signed_values m j) (signed_values m k) =
    expectation uniform (fun x => (-1) ^+ x j * (-1) ^+ x k).
  by apply: expectation_ext => x; rewrite !means /signed_values ![m _ + _]addrC !addrK.
case: (altP (j =P k)) => [<-|jk]; last first.
  apply: (sign_averages_out (j := j)) => x.
  by rewrite !ffunE eqxx [k == j]eq_sym (negbTE jk) signrN mulNr.
under expectation_ext => x do rewrite -expr2 sqrr_sign.
exact/expectation_const/uniform_distribution.
Qed.
End Signs.

(* The part of the error that is due to noise: how it compares with the heads' own. *)
Section NoiseVariance.
Variable R : realFieldType.
Variables n H : nat.
Implicit Types (w : 'I_H -> R) (D : 'I_H -> 'M[R]_n.+1) (M : 'M[R]_n.+1) (i j : 'I_n.+1) (h : 'I_H).

Definition row_variance M i : R := overlap M M i.
Definition spread w D i : R := \sum_h w h * \sum_j (D h i j - mean w D i j) ^+ 2.

Theorem variance_of_mean_is_sum_of_overlaps w D i :
  row_variance (mean w D) i = \sum_h \sum_k w h * w k * overlap (D h) (D k) i.
Proof.
rewrite /row_variance /overlap; under eq_bigr do rewrite !meanE big_distrlr /=.
rewrite exchange_big; apply: eq_bigr => h _ /=; rewrite exchange_big; apply: eq_bigr => k _ /=.
by rewrite mulr_sumr; apply: eq_bigr => j _; rewrite mulrACA.
Qed.

Theorem variance_of_mean_is_average_less_spread w D i : \sum_h w h = 1 ->
  row_variance (mean w D) i = \sum_h w h * row_variance (D h) i - spread w D i.
Proof.
move=> w1; rewrite /spread -sumrB.
under [RHS]eq_bigr do rewrite -mulrBr -sumrB mulr_sumr.
rewrite exchange_big; apply: eq_bigr => j _ /=; rewrite -expr2.
set x : R := mean w D i j; transitivity (2%:R * x * (\sum_h w h * D h i j) - x ^+ 2 * (\sum_h w h)).
  by rewrite w1 -meanE -/x; ring.
by rewrite !mulr_sumr -sumrB; apply: eq_bigr => h _; ring.
Qed.

Lemma spread_ge0 w D i : (forall h, 0 <= w h) -> 0 <= spread w D i.
Proof. by move=> w0; apply: sumr_ge0 => h _; rewrite mulr_ge0 // sumr_ge0 // => j _; rewrite sqr_ge0. Qed.

Theorem variance_of_mean_at_most_average w D i : convex w ->
  row_variance (mean w D) i <= \sum_h w h * row_variance (D h) i.
Proof. by move=> [w0 w1]; rewrite variance_of_mean_is_average_less_spread // ger_addl oppr_le0 spread_ge0. Qed.

(* Nothing is gained exactly where all heads that count have the same row. *)
Theorem variance_of_mean_is_average_iff_equal_rows w D i : convex w ->
  row_variance (mean w D) i = \sum_h w h * row_variance (D h) i <->
  forall h k j, 0 < w h -> 0 < w k -> D h i j = D k i j.
Proof.
move=> [w0 w1]; rewrite variance_of_mean_is_average_less_spread //; split=> [no_spread h k j wh wk|equal_rows].
  move: no_spread => /(canRL (addKr _)); rewrite addNr => /eqP; rewrite oppr_eq0 => /eqP spread0.
  suff same l : 0 < w l -> D l i j = mean w D i j by rewrite !same.
  move=> wl; move/eqP: spread0; rewrite psumr_eq0 => [/allP/(_ l (mem_index_enum _))|g _]; last first.
    by rewrite mulr_ge0 // sumr_ge0 // => s _; rewrite sqr_ge0.
  rewrite /= mulf_eq0 (gt_eqF wl) psumr_eq0 => [/allP/(_ j (mem_index_enum _))|s _]; last exact: sqr_ge0.
  by rewrite /= sqrf_eq0 subr_eq0 => /eqP.
rewrite -[RHS]subr0; congr (_ - _); apply: big1 => h _.
case: (ltrgt0P (w h)) (w0 h) => // [wh _|-> _]; last by rewrite mul0r.
rewrite big1 ?mulr0 // => j _; apply/eqP; rewrite sqrf_eq0 subr_eq0 meanE; apply/eqP.
rewrite -[LHS]mul1r -w1 mulr_suml; apply: eq_bigr => k _.
case: (ltrgt0P (w k)) (w0 k) => // [wk _|-> _]; last by rewrite !mul0r.
by rewrite (equal_rows h k).
Qed.
End NoiseVariance.

(* The mean need not be less noisy than its best head; it can be. Uniform weights, the row of the sink. *)
Section AgainstBestHead.
Variable R : realFieldType.
Notation D := (diffusion_matrix R).
Notation half := (2%:R^-1 : R).

Definition star_of_three := @looped 2 [:: (0, 2); (1, 2)]%N.
Definition line_of_three := @looped 2 [:: (0, 1); (1, 2)]%N.
Definition from_first_node := @looped 3 [:: (0, 3); (1, 2); (2, 3)]%N.
Definition from_second_node := @looped 3 [:: (0, 1); (1, 3); (2, 3)]%N.

Theorem variance_of_mean_above_best_head :
  [/\ row_variance (D star_of_three) (sink 2) = 1 / 3%:R, row_variance (D line_of_three) (sink 2) = 1 / 2%:R &
      row_variance (mean (pair half half) (pair (D star_of_three) (D line_of_three))) (sink 2) = 3%:R / 8%:R].
Proof.
by split; rewrite /row_variance /overlap ?mean_pair !big_ord_recl big_ord0 !mxE !in_degree_looped /looped /=; field.
Qed.

Theorem variance_of_mean_below_best_head :
  [/\ row_variance (D from_first_node) (sink 3) = 1 / 3%:R, row_variance (D from_second_node) (sink 3) = 1 / 3%:R &
      row_variance (mean (pair half half) (pair (D from_first_node) (D from_second_node))) (sink 3) = 5%:R / 18%:R].
Proof.
by split; rewrite /row_variance /overlap ?mean_pair !big_ord_recl big_ord0 !mxE !in_degree_looped /looped /=; field.
Qed.

(* All four heads have self-loops and the sink as their unique sink. *)
Lemma compared_heads_have_unique_sinks :
  [/\ unique_sink_graph star_of_three, unique_sink_graph line_of_three, unique_sink_graph from_first_node &
      unique_sink_graph from_second_node].
Proof. by split; apply/looped_unique_sink. Qed.
End AgainstBestHead.
