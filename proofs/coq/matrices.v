(* Column-stochastic matrices are closed under products and powers, and the mean of walks is a walk.

   W i j is the probability of the move j -> i. In a mean the weight of a head may be zero, and then nothing at all is
   asked of that head. What holds for rows as well (nonnegative and feedforward matrices) is in diffusion.v.

   Glossary
     column_stochastic_exp  the powers of a walk are walks
     sink_keeps_all         in a feedforward walk the sink keeps everything, for want of a later node
     absorbedS, absorbedSl  one more step, split off at the start or at the end of the walk
     remainingS             the same for the probability of not having reached the sink yet
     absorbed_nondecreasing what has reached the sink stays there
     absorbed_reached       in a feedforward walk with a unique sink every node reaches it with positive probability
     mean_entry_gt0         the mean moves exactly where some head of positive weight does: along the union *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section ColumnStochastic.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (M W : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat).
Local Notation sink := (sink n).

Lemma column_stochastic1 : column_stochastic (1 : 'M[R]_n.+1).
Proof.
split=> [|j]; first exact: nonnegative_identity.
rewrite (bigD1 j) //= mxE eqxx big1 ?addr0 // => i /negbTE ij; by rewrite mxE ij.
Qed.

Lemma column_stochastic_mul W W' : column_stochastic W -> column_stochastic W' -> column_stochastic (W * W').
Proof.
move=> [W0 W1] [W0' W1']; split=> [|j]; first exact: nonnegative_product.
under eq_bigr do rewrite mxE.
rewrite exchange_big /= -(W1' j); apply: eq_bigr => k _.
by rewrite -mulr_suml W1 mul1r.
Qed.

Lemma column_stochastic_exp W t : column_stochastic W -> column_stochastic (W ^+ t).
Proof.
move=> Ws; elim: t => [|t IH]; first by rewrite expr0; apply: column_stochastic1.
by rewrite exprS; apply: column_stochastic_mul.
Qed.

Lemma column_stochastic_le1 W i j : column_stochastic W -> W i j <= 1.
Proof.
by move=> [W0 W1]; rewrite -(W1 j) (bigD1 i) //= ler_addl sumr_ge0.
Qed.

(* A column of probabilities with one entry 1 has no other entry. *)
Lemma column_of_point W j i : column_stochastic W -> W j j = 1 -> W i j = (i == j)%:R.
Proof.
move=> [W0 W1] Wjj; have [->|ij] := eqVneq i j; first by rewrite Wjj.
have := W1 j; rewrite (bigD1 j) //= Wjj => /(canRL (addKr _)); rewrite addNr.
by move/(psumr_eq0P (fun k _ => W0 k j))/(_ i ij).
Qed.

Lemma sink_keeps_all W : column_stochastic W -> feedforward W -> W sink sink = 1.
Proof.
move=> [_ W1] Wf; rewrite -(W1 sink) (bigD1 sink) //= big1 ?addr0 // => i i_sink.
by apply: Wf; rewrite ltn_neqAle i_sink -ltnS ltn_ord.
Qed.

Lemma before_sink j : (j != sink) = (j < n)%N.
Proof. by rewrite -val_eqE /= ltn_neqAle -ltnS ltn_ord andbT. Qed.

(* What does not stay moves forward. *)
Lemma forward_moveE W j : column_stochastic W -> feedforward W -> forward_move W j = 1 - W j j.
Proof.
move=> [_ W1] Wf; apply/eqP; rewrite -(W1 j) eq_sym subr_eq addrC; apply/eqP.
rewrite (bigID (fun i : 'I_n.+1 => (j < i)%N)) /= addrC; congr (_ + _).
rewrite (bigD1 j) ?ltnn //= big1 ?addr0 // => i /andP [ij ij']; apply: Wf.
by rewrite ltn_neqAle ij' leqNgt.
Qed.

Lemma absorbed0 W j : absorbed W 0 j = (j == sink)%:R.
Proof. by rewrite /absorbed expr0 mxE eq_sym. Qed.

Lemma absorbedS W t j : absorbed W t.+1 j = \sum_k absorbed W t k * W k j.
Proof. by rewrite /absorbed exprSr mxE. Qed.

Lemma absorbedSl W t j : absorbed W t.+1 j = \sum_k W sink k * (W ^+ t) k j.
Proof. by rewrite /absorbed exprS mxE. Qed.

Lemma absorbedD W s t j : absorbed W (s + t) j = \sum_k absorbed W s k * (W ^+ t) k j.
Proof. by rewrite /absorbed exprD mxE. Qed.

Lemma absorbed_ge0 W t j : column_stochastic W -> 0 <= absorbed W t j.
Proof. by move=> /(column_stochastic_exp t) [W0 _]; apply: W0. Qed.

Lemma absorbed_le1 W t j : column_stochastic W -> absorbed W t j <= 1.
Proof. by move=> /(column_stochastic_exp t); apply: column_stochastic_le1. Qed.

Lemma absorbed_sink W t : column_stochastic W -> W sink sink = 1 -> absorbed W t sink = 1.
Proof.
move=> Ws W1; elim: t => [|t IH]; first by rewrite absorbed0 eqxx.
rewrite absorbedS (bigD1 sink) //= IH W1 mulr1 big1 ?addr0 // => k /negbTE k_sink.
by rewrite (column_of_point _ Ws W1) k_sink mulr0.
Qed.

Lemma absorbed_nondecreasing W j : column_stochastic W -> W sink sink = 1 ->
  {homo (fun t => absorbed W t j) : s t / (s <= t)%N >-> s <= t}.
Proof.
move=> Ws W1; apply: homo_leq => [x|y x z|t]; [exact: lexx|exact: le_trans|].
rewrite absorbedSl (bigD1 sink) //= W1 mul1r ler_addl sumr_ge0 // => k _.
by apply: mulr_ge0; [case: Ws|case: (column_stochastic_exp t Ws)].
Qed.

(* The probability of not having reached the sink yet: one more step at the start of the walk. *)
Lemma remainingS W t j : column_stochastic W ->
  1 - absorbed W t.+1 j = \sum_k (1 - absorbed W t k) * W k j.
Proof.
move=> [_ W1]; rewrite absorbedS -{1}(W1 j) -sumrB.
by apply: eq_bigr => k _; rewrite mulrBl mul1r.
Qed.

(* Moves that always lower some rank lead to the sink: no order of the nodes is needed. *)
Lemma absorbed_reached_by_rank W (rank : 'I_n.+1 -> nat) : nonnegative W ->
  (forall j, j != sink -> exists2 i, 0 < W i j & (rank i < rank j)%N) -> forall j, exists t, 0 < absorbed W t j.
Proof.
move=> W0 lower j; have [m] := ubnP (rank j); elim: m => // m IH in j *; rewrite ltnS => jm.
have [->|/lower [k Wk kj]] := eqVneq j sink; first by exists 0%N; rewrite absorbed0 eqxx ltr01.
have [t t_pos] := IH k (leq_trans kj jm).
exists t.+1; rewrite absorbedS (bigD1 k) //= ltr_paddr ?mulr_gt0 // sumr_ge0 // => l _.
by apply: mulr_ge0 => //; apply: nonnegative_power.
Qed.

Lemma absorbed_reached W : column_stochastic W -> feedforward W -> unique_sink W ->
  forall j, exists t, 0 < absorbed W t j.
Proof.
move=> Ws Wf [_ Wu]; have [W0 W1] := Ws.
apply: (@absorbed_reached_by_rank _ (fun j => n - j)%N) => // j j_sink.
have: 0 < forward_move W j by rewrite forward_moveE // subr_gt0 Wu.
have [/existsP [k /andP [jk Wk]] _|] := boolP [exists k : 'I_n.+1, (j < k)%N && (0 < W k j)].
  by exists k => //; rewrite ltn_sub2l // -before_sink.
rewrite negb_exists => /forallP none; rewrite /forward_move big1 ?ltxx // => k jk.
by apply/eqP; rewrite eq_le W0 andbT leNgt; have := none k; rewrite jk.
Qed.

End ColumnStochastic.

Section Means.
Variable R : realFieldType.
Variables n H : nat.
Variables (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1).
Hypothesis convex_w : convex w.

Lemma weight_ge0 h : 0 <= w h. Proof. by case: convex_w. Qed.

Lemma weight_sum : \sum_h w h = 1. Proof. by case: convex_w. Qed.

(* A head has weight zero or positive weight. *)
Lemma weight0_or_pos h : w h = 0 \/ 0 < w h.
Proof. by move: (weight_ge0 h); rewrite le_eqVlt => /orP [/eqP <-|]; [left|right]. Qed.

Lemma some_positive_weight : exists h, 0 < w h.
Proof.
have [/existsP //|/existsPn none] := boolP [exists h, 0 < w h].
have := weight_sum; rewrite big1 => [/esym/eqP|h _]; first by rewrite oner_eq0.
by have [//|] := weight0_or_pos h; rewrite (negbTE (none h)).
Qed.

Lemma mean_nonnegative : (forall h, 0 < w h -> nonnegative (M h)) -> nonnegative (mean w M).
Proof.
move=> M0 i j; rewrite meanE sumr_ge0 // => h _.
by have [->|wh] := weight0_or_pos h; rewrite ?mul0r // mulr_ge0 ?weight_ge0 // M0.
Qed.

Lemma mean_feedforward : (forall h, 0 < w h -> feedforward (M h)) -> feedforward (mean w M).
Proof.
move=> Mf i j ij; rewrite meanE big1 // => h _.
by have [->|wh] := weight0_or_pos h; rewrite ?mul0r // (Mf h wh) ?mulr0.
Qed.

Lemma mean_column_stochastic : (forall h, 0 < w h -> column_stochastic (M h)) -> column_stochastic (mean w M).
Proof.
move=> Ms; split=> [|j]; first by apply: mean_nonnegative => h /Ms [].
under eq_bigr do rewrite meanE.
rewrite exchange_big /= -weight_sum; apply: eq_bigr => h _; rewrite -mulr_sumr.
by have [->|/Ms [_ ->]] := weight0_or_pos h; rewrite ?mul0r ?mulr1.
Qed.

(* A positive entry of one head of positive weight is a positive entry of the mean: the mean walks on the union. *)
Lemma mean_entry_gt0 i j : (forall h, 0 < w h -> nonnegative (M h)) ->
  0 < mean w M i j <-> exists h, 0 < w h /\ 0 < M h i j.
Proof.
move=> M0; split=> [|[h [wh Mh]]].
  have [/existsP [h /andP [wh Mh]] _|/existsPn none] := boolP [exists h, (0 < w h) && (0 < M h i j)].
    by exists h.
  rewrite meanE big1 ?ltxx // => h _; have [->|wh] := weight0_or_pos h; first by rewrite mul0r.
  apply/eqP; rewrite mulf_eq0 (gt_eqF wh) /= eq_le M0 // andbT leNgt.
  by have := none h; rewrite wh.
rewrite meanE (bigD1 h) //= ltr_paddr ?mulr_gt0 // sumr_ge0 // => g _.
by have [->|wg] := weight0_or_pos g; rewrite ?mul0r // mulr_ge0 ?weight_ge0 // M0.
Qed.

Lemma mean_forward_move j : forward_move (mean w M) j = \sum_h w h * forward_move (M h) j.
Proof.
rewrite /forward_move (eq_bigr _ (fun i _ => meanE w M i j)) exchange_big.
by apply: eq_bigr => h _; rewrite mulr_sumr.
Qed.

End Means.
