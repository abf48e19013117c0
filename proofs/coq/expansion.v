(* Powers of the mean as sums over words: Remark 3.7, equation (27).

   Glossary (H heads; nothing here needs a graph, nor stochastic matrices unless it is said)
     word              t letters, each a head: t.-tuple 'I_H; the leftmost letter is the step next to the sink
     word_weight w u   the product of the weights of the letters of u
     word_product D u  the product of the matrices of the letters of u, in their order
     letter_counts u   how often each head occurs in u
     monomial w c      the product of the weights, each to the power given by c
     coefficient D c j the sum over the words with counts c of what they carry from j to the sink
     pure word         a word with one letter only; all others are cross-head words
     signal_polynomial D t j   for two heads: the signal as a polynomial in the weight b of the first *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Distribution.
Variables (A : ringType) (T : finType).

(* A word of t.+1 letters is a first letter and a word of t letters. *)
Lemma sum_over_longer_words t (F : t.+1.-tuple T -> A) :
  \sum_u F u = \sum_h \sum_(u : t.-tuple T) F [tuple of h :: u].
Proof.
rewrite pair_big /= (reindex (fun p : T * t.-tuple T => [tuple of p.1 :: p.2])) //=.
exists (fun u => (thead u, [tuple of behead u])) => [[h u] _|u _] /=.
  by congr (_, _); apply: val_inj.
by rewrite -tuple_eta.
Qed.

Lemma sum_over_empty_word (F : 0.-tuple T -> A) : \sum_u F u = F [tuple].
Proof. by rewrite (big_pred1 [tuple]) // => u; apply/esym/eqP; apply: tuple0. Qed.

(* Distributivity without commutativity: the factors stay in their order. *)
Lemma product_of_sums t (a : 'I_t -> T -> A) :
  \prod_(s < t) (\sum_h a s h) = \sum_(u : t.-tuple T) \prod_(s < t) a s (tnth u s).
Proof.
elim: t a => [|t IH] a; first by rewrite sum_over_empty_word !big_ord0.
rewrite big_ord_recl IH sum_over_longer_words big_distrl; apply: eq_bigr => h _ /=.
rewrite big_distrr; apply: eq_bigr => u _; rewrite big_ord_recl tnth0 /=.
by congr (_ * _); apply: eq_bigr => s _; rewrite tnthS.
Qed.
End Distribution.

Section Words.
Variable R : realFieldType.
Variables n H : nat.
Implicit Types (w : 'I_H -> R) (D : 'I_H -> 'M[R]_n.+1) (t : nat) (j : 'I_n.+1) (h : 'I_H).

Definition word_weight t w (u : t.-tuple 'I_H) : R := \prod_(s < t) w (tnth u s).
Definition word_product t D (u : t.-tuple 'I_H) : 'M[R]_n.+1 := \prod_(s < t) D (tnth u s).

Lemma word_weight_cons t w h (u : t.-tuple 'I_H) : word_weight w [tuple of h :: u] = w h * word_weight w u.
Proof. by rewrite /word_weight big_ord_recl tnth0; congr (_ * _); apply: eq_bigr => s _; rewrite tnthS. Qed.

(* The leftmost letter acts last, next to the sink. *)
Lemma word_product_cons t D h (u : t.-tuple 'I_H) : word_product D [tuple of h :: u] = D h * word_product D u.
Proof. by rewrite /word_product big_ord_recl tnth0; congr (_ * _); apply: eq_bigr => s _; rewrite tnthS. Qed.

(* R3.7: equation (27) for all matrices, weights and t. *)
Theorem power_of_mean_is_sum_over_words t w D :
  mean w D ^+ t = \sum_(u : t.-tuple 'I_H) word_weight w u *: word_product D u.
Proof.
rewrite -[X in _ ^+ X]card_ord -prodr_const product_of_sums; apply: eq_bigr => u _.
exact: scaler_prod.
Qed.

Corollary signal_of_mean_is_sum_over_words t w D j :
  signal (mean w D) t j = \sum_(u : t.-tuple 'I_H) word_weight w u * word_product D u (sink n) j.
Proof.
rewrite /signal power_of_mean_is_sum_over_words summxE.
by apply: eq_bigr => u _; rewrite mxE.
Qed.

(* The commutative image: the words are grouped by how often each head occurs in them. *)
Definition letter_counts t (u : t.-tuple 'I_H) : {ffun 'I_H -> 'I_t.+1} := [ffun h => inord (count_mem h u)].
Definition monomial t w (c : {ffun 'I_H -> 'I_t.+1}) : R := \prod_h w h ^+ c h.
Definition coefficient t D (c : {ffun 'I_H -> 'I_t.+1}) j : R :=
  \sum_(u : t.-tuple 'I_H | letter_counts u == c) word_product D u (sink n) j.

Lemma letter_countsE t (u : t.-tuple 'I_H) h : letter_counts u h = count_mem h u :> nat.
Proof. by rewrite ffunE inordK // ltnS -[X in (_ <= X)%N](size_tuple u) count_size. Qed.

Lemma word_weight_by_counts t w (u : t.-tuple 'I_H) : word_weight w u = monomial w (letter_counts u).
Proof.
rewrite /word_weight -(big_tuple _ _ u predT w) /monomial.
under [RHS]eq_bigr do rewrite letter_countsE.
elim: (tval u) => [|h v IH] /=; first by rewrite big_nil big1 // => h _; rewrite expr0.
rewrite big_cons IH (bigD1 h) //= [RHS](bigD1 h) //= eqxx exprS mulrA; congr (_ * _).
by apply: eq_bigr => k kh; rewrite eq_sym (negbTE kh).
Qed.

(* R3.7: the signal is a polynomial in the weights, with the words' sums as coefficients. *)
Theorem signal_of_mean_is_polynomial t w D j :
  signal (mean w D) t j = \sum_(c : {ffun 'I_H -> 'I_t.+1}) coefficient D c j * monomial w c.
Proof.
rewrite signal_of_mean_is_sum_over_words (partition_big (@letter_counts t) predT) //=.
apply: eq_bigr => c _; rewrite /coefficient mulr_suml; apply: eq_bigr => u /eqP <-.
by rewrite word_weight_by_counts mulrC.
Qed.

(* Only counts with sum t occur, so that the polynomial is homogeneous of degree t. *)
Lemma coefficient_is_homogeneous t D (c : {ffun 'I_H -> 'I_t.+1}) j :
  (\sum_h c h != t)%N -> coefficient D c j = 0.
Proof.
move=> not_t; rewrite /coefficient big_pred0 // => u; apply/negbTE; apply: contraNneq not_t => <-.
under eq_bigr do rewrite letter_countsE.
rewrite -[X in _ == X](size_tuple u); apply/eqP; elim: (tval u) => [|h v IH] /=; first by rewrite big1.
by rewrite big_split /= IH (bigD1 h) //= eqxx big1 // => k kh; rewrite eq_sym (negbTE kh).
Qed.

(* Words of nonnegative matrices and weights carry a nonnegative part each. *)
Lemma word_product_nonnegative t D (u : t.-tuple 'I_H) :
  (forall h, nonnegative (D h)) -> nonnegative (word_product D u).
Proof.
move=> D0; rewrite /word_product; elim/big_ind: _ => [|A B|s _]; first exact: nonnegative_identity.
  exact: nonnegative_product.
exact: D0.
Qed.

Lemma word_weight_ge0 t w (u : t.-tuple 'I_H) : (forall h, 0 <= w h) -> 0 <= word_weight w u.
Proof. by move=> w0; rewrite /word_weight prodr_ge0. Qed.

Lemma word_weights_sum t w : convex w -> \sum_(u : t.-tuple 'I_H) word_weight w u = 1.
Proof. by move=> [_ w1]; rewrite -(product_of_sums (fun=> w)) prodr_const w1 expr1n. Qed.

(* Pure words use one head; what the others carry is owed to several heads together. *)
Definition pure_part w D t j : R := \sum_(u : t.-tuple 'I_H | constant u) word_weight w u * word_product D u (sink n) j.
Definition cross_head_part w D t j : R :=
  \sum_(u : t.-tuple 'I_H | ~~ constant u) word_weight w u * word_product D u (sink n) j.
Definition cross_head_share w D t j : R := 1 - pure_part w D t j / signal (mean w D) t j.

Lemma signal_splits w D t j : signal (mean w D) t j = pure_part w D t j + cross_head_part w D t j.
Proof. by rewrite signal_of_mean_is_sum_over_words (bigID (fun u : t.-tuple 'I_H => constant u)). Qed.

Lemma sum_over_pure_words t (F : t.+1.-tuple 'I_H -> R) :
  \sum_(u : t.+1.-tuple 'I_H | constant u) F u = \sum_h F (nseq_tuple t.+1 h).
Proof.
rewrite (reindex_onto (fun h => nseq_tuple t.+1 h) (fun u => thead u)) => [|u] /=.
  apply: eq_bigl => h; rewrite [nseq_tuple _ _]tuple_eta theadE eqxx andbT /=.
  by rewrite all_nseq /= eqxx orbT.
case/tupleP: u => h u /=; rewrite theadE => /all_pred1P eq_u.
by apply: val_inj => /=; rewrite [in RHS]eq_u size_tuple.
Qed.

(* The pure words of head h make up its own signal, times its weight to the power t. *)
Theorem pure_part_is_sum_over_heads w D t j :
  pure_part w D t.+1 j = \sum_h w h ^+ t.+1 * signal (D h) t.+1 j.
Proof.
rewrite /pure_part sum_over_pure_words; apply: eq_bigr => h _; congr (_ * _).
  rewrite /word_weight -[X in _ ^+ X]card_ord -prodr_const.
  by apply: eq_bigr => s _; rewrite tnth_nseq.
rewrite /signal /word_product -[X in _ ^+ X]card_ord -prodr_const.
by congr (_ _ _ _); apply: eq_bigr => s _; rewrite tnth_nseq.
Qed.

Theorem cross_head_share_bounds w D t j :
  convex w -> (forall h, row_stochastic (D h)) -> signal (mean w D) t j != 0 ->
  cross_head_share w D t j = cross_head_part w D t j / signal (mean w D) t j /\ 0 <= cross_head_share w D t j <= 1.
Proof.
move=> [w0 _] stoD signal_neq0; have D0 h : nonnegative (D h) by case: (stoD h).
have share : cross_head_share w D t j = cross_head_part w D t j / signal (mean w D) t j.
  by rewrite /cross_head_share -[X in X - _](divff signal_neq0) -mulrBl signal_splits addrC addKr.
have part_ge0 (P : pred (t.-tuple 'I_H)) : 0 <= \sum_(u | P u) word_weight w u * word_product D u (sink n) j.
  by apply: sumr_ge0 => u _; apply: mulr_ge0; [apply: word_weight_ge0|apply: word_product_nonnegative].
have signal_pos : 0 <= signal (mean w D) t j by rewrite signal_of_mean_is_sum_over_words (part_ge0 xpredT).
split=> //; apply/andP; split; first by rewrite share; apply: divr_ge0 (part_ge0 _) signal_pos.
by rewrite /cross_head_share ger_addl oppr_le0; apply: divr_ge0 (part_ge0 _) signal_pos.
Qed.
End Words.

Section TwoHeads.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'I_2 -> 'M[R]_n.+1) (b : R) (t : nat) (j : 'I_n.+1).

Definition two_weights b : 'I_2 -> R := fun h => if h == 0 then b else 1 - b.
Definition two_weight_polynomials : 'I_2 -> {poly R} := fun h => if h == 0 then 'X else 1 - 'X.
Definition signal_polynomial D t j : {poly R} :=
  \sum_(u : t.-tuple 'I_2) word_product D u (sink n) j *: \prod_(s < t) two_weight_polynomials (tnth u s).

Lemma two_weights_convex b : 0 <= b <= 1 -> convex (two_weights b).
Proof.
move=> /andP[b0 b1]; split=> [h|]; first by rewrite /two_weights; case: ifP => _ //; rewrite subr_ge0.
by rewrite !big_ord_recl big_ord0 addr0 /two_weights /= addrC subrK.
Qed.

(* R3.7 for symbolic weights (b, 1 - b). *)
Theorem signal_of_two_heads_is_polynomial D t j b :
  (signal_polynomial D t j).[b] = signal (mean (two_weights b) D) t j.
Proof.
rewrite signal_of_mean_is_sum_over_words horner_sum; apply: eq_bigr => u _.
rewrite hornerZ mulrC horner_prod; congr (_ * _); apply: eq_bigr => s _.
by rewrite /two_weight_polynomials /two_weights; case: ifP => _; rewrite !hornerE.
Qed.

Theorem size_signal_polynomial D t j : (size (signal_polynomial D t j) <= t.+1)%N.
Proof.
apply: (leq_trans (size_sum _ _ _)); apply/bigmax_leqP => u _.
apply: (leq_trans (size_scale_leq _ _)); apply: (leq_trans (size_prod_leq _ _)).
have factor s : (size (two_weight_polynomials (tnth u s)) <= 2)%N.
  rewrite /two_weight_polynomials; case: ifP => _; first by rewrite size_polyX.
  by rewrite -opprB size_opp size_XsubC.
rewrite card_ord leq_subLR addnS ltnS.
apply: (@leq_trans (\sum_(s < t) 2)); first by apply: leq_sum => s _; apply: factor.
by rewrite sum_nat_const card_ord muln2 addnn.
Qed.

(* No other polynomial of this size has the signals as its values, so that its coefficients are meaningful. *)
Theorem signal_polynomial_unique D t j (p : {poly R}) : (size p <= t.+1)%N ->
  (forall b, 0 <= b <= 1 -> p.[b] = signal (mean (two_weights b) D) t j) -> p = signal_polynomial D t j.
Proof.
move=> size_p values; apply/eqP; rewrite -subr_eq0; apply/eqP.
pose points : seq R := [seq k%:R / t.+1%:R | k <- iota 0 t.+1].
apply: (@roots_geq_poly_eq0 _ _ points).
- apply/allP => b /mapP[k]; rewrite mem_iota add0n => /andP[_ lt_kt] ->.
  rewrite rootE hornerD hornerN values ?signal_of_two_heads_is_polynomial ?subrr //.
  by rewrite divr_ge0 ?ler0n // ler_pdivr_mulr ?ltr0Sn // mul1r ler_nat ltnW.
- rewrite map_inj_uniq ?iota_uniq // => k l /(mulIf _) kl; apply/eqP.
  by rewrite -(eqr_nat R) kl // invr_eq0 pnatr_eq0.
rewrite size_map size_iota (leq_trans (size_add _ _)) // size_opp geq_max size_p.
exact: size_signal_polynomial.
Qed.
End TwoHeads.

(* Heads with self-loops do not commute in general; the smallest pair has three nodes. *)
Section Commutation.
Variable R : realFieldType.

Definition edge_from_first : rel 'I_3 := fun j i => (j == i) || (j == 0%N :> nat) && (i == 1%N :> nat).
Definition edge_into_sink : rel 'I_3 := fun j i => (j == i) || (j == 1%N :> nat) && (i == 2%N :> nat).

Let from_first : 'M[R]_3 := diffusion_matrix R edge_from_first.
Let into_sink : 'M[R]_3 := diffusion_matrix R edge_into_sink.

(* The path from the first node over the middle one to the sink exists in one order of the heads only. *)
Theorem path_in_one_order_only :
  0 < (into_sink * from_first) (sink 2) ord0 /\ (from_first * into_sink) (sink 2) ord0 = 0.
Proof.
pose middle : 'I_3 := lift ord0 ord0; rewrite !productE; split.
  rewrite (bigD1 middle) //= ltr_spaddl //.
    by rewrite lt0r mulf_eq0 !diffusion_matrix_eq0 /= mulr_ge0 // diffusion_matrix_nonnegative.
  by apply: sumr_ge0 => k _; rewrite mulr_ge0 // diffusion_matrix_nonnegative.
apply: big1 => k _; apply/eqP; rewrite mulf_eq0 !diffusion_matrix_eq0.
by case: k => [[|[|[|]]]].
Qed.

Theorem heads_need_not_commute :
  [/\ feedforward_graph edge_from_first, feedforward_graph edge_into_sink,
      self_loops edge_from_first, self_loops edge_into_sink &
      into_sink * from_first != from_first * into_sink].
Proof.
split; try by move=> j; rewrite /edge_from_first /edge_into_sink eqxx.
- by move=> j i /orP[/eqP->//|/andP[/eqP-> /eqP->]].
- by move=> j i /orP[/eqP->//|/andP[/eqP-> /eqP->]].
apply/eqP => commute; have [] := path_in_one_order_only.
by rewrite commute => /lt0r_neq0/eqP.
Qed.

(* Two nodes are too few: feedforward row-stochastic matrices commute there. *)
Theorem two_node_heads_commute (A B : 'M[R]_2) :
  row_stochastic A -> row_stochastic B -> feedforward A -> feedforward B -> A * B = B * A.
Proof.
move=> stoA stoB ffA ffB.
have [_ AB1] := row_stochastic_product stoA stoB; have [_ BA1] := row_stochastic_product stoB stoA.
have diagonal i : (A * B) i i = (B * A) i i by rewrite !feedforward_diagonal_product // mulrC.
apply/matrixP => i j; case: (ltngtP i j) => [lt_ij|lt_ji|/val_inj -> //].
  by rewrite !feedforward_product.
(* What is left of a row is determined by its diagonal. *)
have rest (M : 'M[R]_2) : \sum_k M i k = 1 -> M i j = 1 - M i i.
  rewrite (bigD1 i) //= (bigD1 j) /= ?neq_ltn ?lt_ji // big_pred0 => [<-|k]; first by rewrite addr0 addrC addKr.
  by move: i j k lt_ji => [[|[|//]] ?] [[|[|//]] ?] [[|[|//]] ?].
by rewrite !rest ?diagonal.
Qed.
End Commutation.
