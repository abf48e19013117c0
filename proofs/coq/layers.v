(* Products across layers, and attention rollout.

   Glossary (L layers counted from 0 at the input; every layer has H heads, some perhaps of weight 0)
     from_top l         the layer of the l-th factor: the last layer comes first, next to the sink
     layers_product M   the product of the layers' matrices, M 0 rightmost
     word               one head from each layer: L.-tuple 'I_H, its leftmost letter a head of the last layer
     rollout M          the product of the layers' (I + M l)/2
     kept layers        a set S of layers; the others are skipped over the residual connection *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion expansion.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Layers.
Variable R : realFieldType.
Variables n H L : nat.
Implicit Types (w : 'I_L -> 'I_H -> R) (D : 'I_L -> 'I_H -> 'M[R]_n.+1) (M : 'I_L -> 'M[R]_n.+1).

Definition from_top (l : 'I_L) : 'I_L := rev_ord l.
Definition layers_product M : 'M[R]_n.+1 := \prod_(l < L) M (from_top l).
Definition layer_weight w (u : L.-tuple 'I_H) : R := \prod_(l < L) w (from_top l) (tnth u l).
Definition layer_word D (u : L.-tuple 'I_H) : 'M[R]_n.+1 := \prod_(l < L) D (from_top l) (tnth u l).

(* X-layers: the product of the layers' means is the sum over the words with one head from each layer. *)
Theorem product_of_means_is_sum_over_words w D :
  layers_product (fun l => mean (w l) (D l)) = \sum_(u : L.-tuple 'I_H) layer_weight w u *: layer_word D u.
Proof.
rewrite /layers_product product_of_sums; apply: eq_bigr => u _.
exact: scaler_prod.
Qed.

Lemma layers_product_row_stochastic M : (forall l, row_stochastic (M l)) -> row_stochastic (layers_product M).
Proof.
move=> stoM; rewrite /layers_product; elim/big_ind: _ => [|A B|l _]; first exact: row_stochastic_identity.
  exact: row_stochastic_product.
exact: stoM.
Qed.

Lemma layers_product_feedforward M : (forall l, feedforward (M l)) -> feedforward (layers_product M).
Proof.
move=> ffM; rewrite /layers_product; elim/big_ind: _ => [|A B|l _]; first exact: feedforward_identity.
  exact: feedforward_product.
exact: ffM.
Qed.

(* Rollout: half of every node's signal passes by each layer. *)
Definition with_residual (A : 'M[R]_n.+1) : 'M[R]_n.+1 := 2%:R^-1 *: (1 + A).
Definition rollout M : 'M[R]_n.+1 := layers_product (fun l => with_residual (M l)).

Lemma with_residual_row_stochastic A : row_stochastic A -> row_stochastic (with_residual A).
Proof.
move=> [A0 A1]; have [I0 I1] := @row_stochastic_identity R n; split=> [i j|i].
  by rewrite !mxE mulr_ge0 ?invr_ge0 ?ler0n // addr_ge0 ?A0 ?ler0n.
under eq_bigr do rewrite mxE mxE; rewrite -mulr_sumr big_split /= A1 I1.
by rewrite mulVf // pnatr_eq0.
Qed.

Lemma rollout_row_stochastic M : (forall l, row_stochastic (M l)) -> row_stochastic (rollout M).
Proof. by move=> stoM; apply: layers_product_row_stochastic => l; apply: with_residual_row_stochastic. Qed.

(* X-layers: rollout is the even mixture, over all sets of kept layers, of the products of the kept ones. *)
Theorem rollout_is_mean_over_kept_layers M :
  rollout M = (2%:R ^+ L)^-1 *: \sum_(S : {set 'I_L}) \prod_(l < L | from_top l \in S) M (from_top l).
Proof.
pose kept (S : {set 'I_L}) : L.-tuple bool := [tuple from_top l \in S | l < L].
pose factor l (b : bool) : 'M[R]_n.+1 := if b then M (from_top l) else 1.
have step l : with_residual (M (from_top l)) = 2%:R^-1 *: \sum_b factor l b.
  by rewrite big_bool /= addrC.
rewrite /rollout /layers_product; under eq_bigr do rewrite step.
rewrite scaler_prod prodr_const card_ord exprVn; congr (_ *: _).
rewrite product_of_sums (reindex kept) /=.
  by apply: eq_bigr => S _; rewrite [RHS]big_mkcond; apply: eq_bigr => l _; rewrite tnth_mktuple.
exists (fun u => [set l | tnth u (from_top l)]) => [S _|u _].
  by apply/setP => l; rewrite inE tnth_mktuple /from_top rev_ordK.
by apply: eq_from_tnth => l; rewrite tnth_mktuple inE /from_top rev_ordK.
Qed.

(* The same with the heads in view: in each layer a word takes a head or skips the layer. *)
Definition skip_or_head w l (x : option 'I_H) : R := if x is Some h then 2%:R^-1 * w l h else 2%:R^-1.
Definition skipping_matrix D l (x : option 'I_H) : 'M[R]_n.+1 := if x is Some h then D l h else 1.

Theorem rollout_is_sum_over_words_with_skips w D :
  rollout (fun l => mean (w l) (D l)) =
  \sum_(u : L.-tuple (option 'I_H))
    (\prod_(l < L) skip_or_head w (from_top l) (tnth u l)) *:
    (\prod_(l < L) skipping_matrix D (from_top l) (tnth u l)).
Proof.
have step l : with_residual (mean (w l) (D l)) = \sum_x skip_or_head w l x *: skipping_matrix D l x.
  rewrite (bigD1 None) //= /with_residual scalerDr; congr (_ + _); rewrite scaler_sumr.
  rewrite (reindex_omap Some id) => [|[h|]] //=.
  apply: eq_big => [h|h _]; first by rewrite eqxx.
  by rewrite scalerA.
rewrite /rollout /layers_product; under eq_bigr do rewrite step.
rewrite product_of_sums; apply: eq_bigr => u _.
exact: scaler_prod.
Qed.
End Layers.

Section EqualLayers.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (t : nat) (j : 'I_n.+1).

(* X-layers: for equal layers the rollout signal is the binomial mixture of the signals at 0, ..., t. *)
Theorem rollout_of_equal_layers D t j :
  rollout (fun _ : 'I_t => D) (sink n) j = (2%:R ^+ t)^-1 * \sum_(k < t.+1) 'C(t, k)%:R * signal D k j.
Proof.
rewrite /rollout /layers_product prodr_const card_ord /with_residual exprZn exprVn mxE; congr (_ * _).
rewrite addrC exprDn_comm; last exact: commr1.
rewrite (reindex_inj rev_ord_inj) summxE; apply: eq_bigr => k _ /=.
rewrite subSS subKn -1?ltnS // expr1n mulr1 bin_sub -1?ltnS //.
by rewrite /signal mulmxnE mulr_natl.
Qed.

Theorem rollout_of_equal_layers_at_most_fidelity D t j v :
  nonnegative D -> j != sink n -> fidelity D j v -> rollout (fun _ : 'I_t => D) (sink n) j <= v.
Proof.
move=> D0 j_sink [bound _]; rewrite rollout_of_equal_layers.
have all_times k : signal D k j <= v.
  case: k => [|k]; last exact: bound.
  by rewrite signal_start (negbTE j_sink) (le_trans (signal_ge0 1 j D0)) // bound.
rewrite mulrC ler_pdivr_mulr ?exprn_gt0 ?ltr0Sn // -natrX.
have -> : (2 ^ t)%N%:R = \sum_(k < t.+1) 'C(t, k)%:R :> R.
  by rewrite -natr_sum -[2%N]/(1 + 1)%N expnDn; congr _%:R; apply: eq_bigr => k _; rewrite !exp1n !muln1.
rewrite mulrC mulr_suml; apply: ler_sum => k _.
by rewrite ler_wpmul2l ?ler0n.
Qed.

(* One layer shows half of each signal besides the sink's own. *)
Theorem rollout_of_one_layer_halves D j :
  j != sink n -> rollout (fun _ : 'I_1 => D) (sink n) j = signal D 1 j / 2%:R.
Proof.
move=> j_sink; rewrite rollout_of_equal_layers !big_ord_recl big_ord0 !bin0 binn.
by rewrite signal_start (negbTE j_sink) mulr0 add0r addr0 mul1r expr1 mulrC.
Qed.
End EqualLayers.
