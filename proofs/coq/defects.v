(* Matrices whose rows do not sum to 1 exactly, as stored attention, and matrices with entries left out.

   Glossary
     row_sum D i          what row i sums to
     defect_at_most e D   D is nonnegative and every row sums to between 1 - e and 1 + e
     normalised D         each row divided by its sum: the other reading of stored attention
     keeps_share d D A    A is D with entries lowered or left out, and every row of A keeps at least 1 - d *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion inequalities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Comparison.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (A D M : 'M[R]_n.+1) (i j k : 'I_n.+1) (s t : nat) (a b : R).

(* Entrywise bounds by a multiple pass to powers, for diffusion and for walks alike. *)
Lemma power_at_most_multiple A M b t : nonnegative A -> nonnegative M -> 0 <= b ->
  (forall i j, A i j <= b * M i j) -> forall i j, (A ^+ t) i j <= b ^+ t * (M ^+ t) i j.
Proof.
move=> A0 M0 b0 AM; elim: t => [|t IH] i j; first by rewrite !expr0 mul1r.
rewrite !powerSE exprS mulr_sumr; apply: ler_sum => k _.
by rewrite mulrACA ler_pmul ?A0 ?nonnegative_power.
Qed.

Lemma power_at_least_multiple A M a t : nonnegative M -> 0 <= a ->
  (forall i j, a * M i j <= A i j) -> forall i j, a ^+ t * (M ^+ t) i j <= (A ^+ t) i j.
Proof.
move=> M0 a0 MA; elim: t => [|t IH] i j; first by rewrite !expr0 mul1r.
rewrite !powerSE exprS mulr_sumr; apply: ler_sum => k _.
rewrite mulrACA; have Mt0 := nonnegative_power t M0.
by apply: ler_pmul => //; apply: mulr_ge0; rewrite ?exprn_ge0.
Qed.
End Comparison.

Section Defects.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (A D : 'M[R]_n.+1) (i j k : 'I_n.+1) (s t : nat) (d e : R) (S : {pred 'I_n.+1}).

Definition row_sum D i : R := \sum_j D i j.
Definition defect_at_most e D := nonnegative D /\ forall i, 1 - e <= row_sum D i <= 1 + e.
Definition normalised D : 'M[R]_n.+1 := \matrix_(i, j) (D i j / row_sum D i).

Lemma row_sum_gt0 e D i : e < 1 -> defect_at_most e D -> 0 < row_sum D i.
Proof. by move=> e1 [_ /(_ i)/andP[low _]]; apply: lt_le_trans low; rewrite subr_gt0. Qed.

Lemma normalised_row_stochastic D : nonnegative D -> (forall i, 0 < row_sum D i) -> row_stochastic (normalised D).
Proof.
move=> D0 pos; split=> [i j|i]; first by rewrite mxE; apply: divr_ge0; [apply: D0 | apply: ltW].
by under eq_bigr do rewrite mxE; rewrite -mulr_suml -/(row_sum D i) divff // gt_eqF.
Qed.

(* The two readings of stored attention differ by a factor of at most (1 +- e)^t. *)
Theorem stored_signal_near_normalised D e t j : 0 <= e < 1 -> defect_at_most e D ->
  (1 - e) ^+ t * signal (normalised D) t j <= signal D t j <= (1 + e) ^+ t * signal (normalised D) t j.
Proof.
move=> /andP[e0 e1] defect; have [D0 sums] := defect; have pos i := row_sum_gt0 i e1 defect.
have [N0 _] := normalised_row_stochastic D0 pos.
have entry i k : D i k = row_sum D i * normalised D i k by rewrite mxE mulrC divfK // gt_eqF.
apply/andP; split.
  apply: power_at_least_multiple => // [|i k]; first by rewrite subr_ge0 ltW.
  by rewrite entry ler_wpmul2r ?N0 //; case/andP: (sums i).
apply: power_at_most_multiple => // [|i k]; first by rewrite addr_ge0 ?ler01.
by rewrite entry ler_wpmul2r ?N0 //; case/andP: (sums i).
Qed.

(* As stored, the whole signal stays between (1 - e)^t and (1 + e)^t. *)
Theorem stored_signal_sum D e t : 0 <= e <= 1 -> defect_at_most e D ->
  (1 - e) ^+ t <= \sum_j signal D t j <= (1 + e) ^+ t.
Proof.
move=> /andP[e0 e1] [D0 sums]; elim: t => [|t /andP[low high]].
  rewrite !expr0 (bigD1 (sink n)) //= signal_start eqxx big1 ?addr0 ?lexx // => j /negbTE j_sink.
  by rewrite signal_start j_sink.
have -> : \sum_j signal D t.+1 j = \sum_k signal D t k * row_sum D k.
  under eq_bigr do rewrite signal_next; rewrite exchange_big; apply: eq_bigr => k _ /=.
  by rewrite -mulr_sumr.
have sums_at k : signal D t k * (1 - e) <= signal D t k * row_sum D k <= signal D t k * (1 + e).
  by case/andP: (sums k) => ? ?; rewrite !ler_wpmul2l ?signal_ge0.
rewrite !exprSr; apply/andP; split.
  apply: (@le_trans _ _ ((\sum_j signal D t j) * (1 - e))); first by rewrite ler_wpmul2r ?subr_ge0.
  by rewrite mulr_suml; apply: ler_sum => k _; case/andP: (sums_at k).
apply: (@le_trans _ _ ((\sum_j signal D t j) * (1 + e))); last by rewrite ler_wpmul2r ?addr_ge0 ?ler01.
by rewrite mulr_suml; apply: ler_sum => k _; case/andP: (sums_at k).
Qed.

(* As stored, the mass on a set that is not refilled grows by at most a factor of 1 + e in each step. *)
Theorem stored_mass_grows_at_most D e S t :
  defect_at_most e D -> closed_off D S -> mass D S t.+1 <= (1 + e) * mass D S t.
Proof.
move=> [D0 sums] off; rewrite /mass; under eq_bigr do rewrite signal_next.
rewrite exchange_big /= (bigID (mem S)) /= [X in _ + X]big1 ?addr0 => [|i iS]; last first.
  by rewrite big1 // => j jS; rewrite off ?mulr0.
rewrite mulr_sumr; apply: ler_sum => i _; rewrite -mulr_sumr mulrC ler_wpmul2r ?signal_ge0 //.
have /andP[_ high] := sums i; apply: le_trans high.
by rewrite /row_sum [X in _ <= X](bigID (mem S)) /= ler_addl sumr_ge0.
Qed.

Theorem later_stored_signal_at_most_mass D e S s t j : 0 <= e -> defect_at_most e D -> closed_off D S ->
  j \in S -> (s <= t)%N -> signal D t j <= (1 + e) ^+ (t - s) * mass D S s.
Proof.
move=> e0 defect off jS le_st; have [D0 _] := defect.
apply: (@le_trans _ _ (mass D S t)).
  by rewrite /mass (bigD1 j) //= ler_addl sumr_ge0 // => k _; apply: signal_ge0.
rewrite -{1}(subnKC le_st); elim: (t - s)%N => [|k IH]; first by rewrite addn0 expr0 mul1r.
rewrite addnS exprS -mulrA; apply: le_trans (stored_mass_grows_at_most _ defect off) _.
by rewrite ler_wpmul2l ?addr_ge0 ?ler01.
Qed.

(* Sparse attention. *)
Definition keeps_share d D A :=
  [/\ nonnegative A, forall i j, A i j <= D i j & forall i, 1 - d <= row_sum A i].

(* X-sparse: leaving entries out lowers every signal, and all of them together by at most 1 - (1 - d)^t, which is at
   most d t. *)
Theorem sparse_signals D A d t : row_stochastic D -> keeps_share d D A -> 0 <= d <= 1 ->
  [/\ forall j, signal A t j <= signal D t j,
      \sum_j (signal D t j - signal A t j) <= 1 - (1 - d) ^+ t & 1 - (1 - d) ^+ t <= d * t%:R].
Proof.
move=> stoD [A0 AD sums] /andP[d0 d1]; have [D0 D1] := stoD; split=> [j||].
- by rewrite -[signal D t j]mul1r -(expr1n _ t); apply: power_at_most_multiple => // [|i k]; rewrite ?mul1r ?ler01.
- rewrite sumrB signal_sum // ler_add2l ler_opp2.
  have defect : defect_at_most d A.
    split=> // i; rewrite sums /=; apply: le_trans (_ : 1 <= _); last by rewrite ler_addl.
    by rewrite -(D1 i); apply: ler_sum.
  have d01 : 0 <= d <= 1 by rewrite d0.
  by case/andP: (stored_signal_sum t d01 defect).
have := @bernoulli R (- d) t; rewrite ler_opp2 d1 mulrN => /(_ isT) low.
by rewrite ler_subl_addr addrC -ler_subl_addr mulrC.
Qed.
End Defects.
