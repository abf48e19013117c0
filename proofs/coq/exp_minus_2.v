(* The number e^-2 without exponentials: approximations from below and from above, and what they do to powers.

   Glossary
     below_exp_minus_2 t    ((t - 1) / (t + 1))^t, which increases to e^-2
     above_exp_minus_2 t    (t / (t + 1))^(2 t), which decreases to e^-2
     at_least_exp_minus_2   eps is an upper bound of the approximations from below: that is eps >= e^-2 *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import inequalities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section ExpMinus2.
Variable R : realFieldType.
Implicit Types (x y eps : R) (s t c k : nat).

Definition below_exp_minus_2 t : R := ((t%:R - 1) / (t%:R + 1)) ^+ t.
Definition above_exp_minus_2 t : R := (t%:R / (t%:R + 1)) ^+ (2 * t).
Definition at_least_exp_minus_2 eps := forall t, (0 < t)%N -> below_exp_minus_2 t <= eps.

Lemma natr_succ_gt0 t : 0 < t%:R + 1 :> R.
Proof. by rewrite -mulrSr ltr0Sn. Qed.

Lemma below_ratio_ge0 t : (0 < t)%N -> 0 <= (t%:R - 1) / (t%:R + 1) :> R.
Proof. by move=> t0; rewrite divr_ge0 ?subr_ge0 ?ler1n // ltW // natr_succ_gt0. Qed.

Lemma below_exp_minus_2_ge0 t : (0 < t)%N -> 0 <= below_exp_minus_2 t.
Proof. by move=> t0; rewrite exprn_ge0 // below_ratio_ge0. Qed.

(* The k-th power of (1 - y) / (1 + y) is at least the same fraction for k y, cleared of denominators. *)
Lemma fraction_power y k : 0 <= y -> k%:R * y <= 1 -> (1 - k%:R * y) * (1 + y) ^+ k <= (1 + k%:R * y) * (1 - y) ^+ k.
Proof.
move=> y0; have [->|y_neq0] := eqVneq y 0; first by rewrite !mulr0 subr0 !addr0.
have ypos : 0 < y by rewrite lt_neqAle eq_sym y_neq0.
elim: k => [|k IH]; first by rewrite mul0r subr0 addr0 !expr0.
rewrite mulrSr mulrDl mul1r => k1.
have ky1 : k%:R * y < 1 by apply: lt_le_trans k1; rewrite ltr_addl.
have {}IH := IH (ltW ky1).
have y1 : y <= 1 by apply: le_trans k1; rewrite ler_addr mulr_ge0 ?ler0n.
rewrite -(ler_pmul2l (_ : 0 < 1 - k%:R * y)) ?subr_gt0 // !exprS.
set a := (1 + y) ^+ k in IH *; set b := (1 - y) ^+ k in IH *; set x := k%:R * y in IH k1 ky1 *.
have x0 : 0 <= x by rewrite mulr_ge0 ?ler0n.
have b0 : 0 <= b by rewrite exprn_ge0 // subr_ge0.
apply: (@le_trans _ _ ((1 - (x + y)) * (1 + y) * ((1 + x) * b))).
  rewrite [X in X <= _](_ : _ = (1 - (x + y)) * (1 + y) * ((1 - x) * a)); last by ring.
  by apply: ler_wpmul2l IH; rewrite mulr_ge0 ?subr_ge0 // addr_ge0 ?ler01.
rewrite -subr_ge0 [X in _ <= X](_ : _ = 2%:R * x * y * (x + y) * b); last by ring.
by rewrite !mulr_ge0 ?ler0n ?addr_ge0.
Qed.

Lemma below_ratioE t : (0 < t)%N -> (t%:R - 1) / (t%:R + 1) = (1 - t%:R^-1) / (1 + t%:R^-1) :> R.
Proof.
by move=> t0; field; rewrite pnatr_eq0 -lt0n t0 -mulrSr pnatr_eq0.
Qed.

Lemma below_le_below_multiple s k : (0 < s)%N -> (0 < k)%N -> below_exp_minus_2 s <= below_exp_minus_2 (s * k).
Proof.
move=> s0 k0; have ks0 : (0 < k * s)%N by rewrite muln_gt0 k0.
rewrite /below_exp_minus_2 mulnC exprM.
apply: ler_expn2r; rewrite ?nnegrE ?exprn_ge0 ?below_ratio_ge0 //.
have inv0 t : 0 < 1 + t%:R^-1 :> R by rewrite ltr_paddr ?ltr01 ?invr_ge0 ?ler0n.
rewrite !below_ratioE // expr_div_n ler_pdivr_mulr // mulrAC ler_pdivl_mulr ?exprn_gt0 //.
have := @fraction_power ((k * s)%:R)^-1 k; rewrite invr_ge0 ler0n => /(_ isT).
have -> : k%:R / (k * s)%:R = s%:R^-1 :> R by rewrite natrM invfM mulrA divff ?mul1r // pnatr_eq0 -lt0n.
by rewrite invf_le1 ?ltr0n // ler1n => /(_ s0); rewrite [X in _ <= X]mulrC.
Qed.

Lemma above_multiple_le_above t k : (0 < t)%N -> (0 < k)%N -> above_exp_minus_2 (t * k) <= above_exp_minus_2 t.
Proof.
move=> t0 k0; rewrite /above_exp_minus_2 (_ : 2 * (t * k) = k * (2 * t))%N; last by rewrite mulnA mulnC.
rewrite exprM; have tR : 0 < t%:R :> R by rewrite ltr0n.
have tkR : 0 < (t * k)%:R :> R by rewrite ltr0n muln_gt0 t0.
have t1 := natr_succ_gt0 t; have tk1 := natr_succ_gt0 (t * k).
apply: ler_expn2r; rewrite ?nnegrE ?exprn_ge0 ?divr_ge0 ?ler0n ?(ltW t1) ?(ltW tk1) //.
rewrite expr_div_n ler_pdivr_mulr ?exprn_gt0 // mulrAC ler_pdivl_mulr //.
have := @bernoulli R ((t * k)%:R)^-1 k.
rewrite (le_trans _ (ltW (_ : 0 < _))) ?invr_gt0 ?lerN10 // => /(_ isT).
have -> : k%:R / (t * k)%:R = t%:R^-1 :> R.
  by rewrite natrM invfM mulrCA divff ?mulr1 // pnatr_eq0 -lt0n.
have -> : 1 + ((t * k)%:R)^-1 = ((t * k)%:R + 1) / (t * k)%:R :> R by rewrite mulrDl mul1r divff // gt_eqF.
have -> : 1 + t%:R^-1 = (t%:R + 1) / t%:R :> R by rewrite mulrDl mul1r divff // gt_eqF.
by rewrite expr_div_n ler_pdivl_mulr ?exprn_gt0 // mulrAC ler_pdivr_mulr // mulrC [X in _ <= X]mulrC.
Qed.

Lemma below_le_above_same t : (0 < t)%N -> below_exp_minus_2 t <= above_exp_minus_2 t.
Proof.
move=> t0; rewrite /above_exp_minus_2 exprM; apply: ler_expn2r; rewrite ?nnegrE ?below_ratio_ge0 //.
  by rewrite exprn_ge0 // divr_ge0 ?ler0n // ltW // natr_succ_gt0.
have t1 := natr_succ_gt0 t; rewrite expr_div_n ler_pdivr_mulr // mulrAC ler_pdivl_mulr ?exprn_gt0 //.
rewrite -subr_ge0 [X in _ <= X](_ : _ = t%:R + 1) ?ltW //; ring.
Qed.

(* T2.8-bound: no approximation from below exceeds one from above. *)
Theorem below_le_above s t : (0 < s)%N -> (0 < t)%N -> below_exp_minus_2 s <= above_exp_minus_2 t.
Proof.
move=> s0 t0; apply: le_trans (below_le_below_multiple s0 t0) _.
apply: le_trans (below_le_above_same _) _; first by rewrite muln_gt0 s0.
by rewrite mulnC above_multiple_le_above.
Qed.

(* T2.8-bound: the two kinds of approximations meet, so that there is one number between them. *)
Theorem approximations_meet t : (0 < t)%N -> above_exp_minus_2 t - below_exp_minus_2 t <= t%:R^-1.
Proof.
move=> t0; have tR : 0 < t%:R :> R by rewrite ltr0n.
have t1 := natr_succ_gt0 t; set a := above_exp_minus_2 t.
have a0 : 0 <= a by rewrite exprn_ge0 ?divr_ge0 ?ler0n ?ltW.
have a1 : a <= 1.
  by rewrite exprn_ile1 ?divr_ge0 ?ler0n ?(ltW t1) // ler_pdivr_mulr // mul1r ler_addl ler01.
have belowE : below_exp_minus_2 t = a * (1 - t%:R^-1 ^+ 2) ^+ t.
  rewrite /a /above_exp_minus_2 exprM -exprMn /below_exp_minus_2; congr (_ ^+ t).
  by field; rewrite !gt_eqF.
have := @bernoulli R (- t%:R^-1 ^+ 2) t; rewrite ler_opp2 exprn_ile1 ?invr_ge0 ?ler0n ?invf_le1 ?ler1n // => /(_ isT).
have -> : t%:R * - t%:R^-1 ^+ 2 = - t%:R^-1 :> R by field; rewrite gt_eqF.
rewrite belowE => enough; rewrite ler_subl_addr -ler_subl_addl.
apply: (@le_trans _ _ (a * (1 - t%:R^-1))); last by apply: ler_wpmul2l.
by rewrite mulrBr mulr1 ler_add2l ler_opp2 ler_pimull ?invr_ge0 ?ler0n.
Qed.

(* 0.134 <= e^-2 <= 0.1375, which is close enough for everything but the sharp case. *)
Lemma below_exp_minus_2_le t : (0 < t)%N -> below_exp_minus_2 t <= 11%:R / 80%:R.
Proof.
move=> t0; apply: le_trans (below_le_above t0 (isT : 0 < 70)%N) _.
rewrite /above_exp_minus_2 -[70%:R + 1]mulrSr expr_div_n ler_pdivr_mulr ?exprn_gt0 ?ltr0n //.
rewrite mulrAC ler_pdivl_mulr ?ltr0n // -!natrX -!natrM ler_nat.
by lia.
Qed.

Lemma at_least_exp_minus_2_ge eps : at_least_exp_minus_2 eps -> 67%:R / 500%:R <= eps.
Proof.
move=> /(_ 10%N isT); apply: le_trans; rewrite /below_exp_minus_2 -mulrSr -(natrB R (isT : 1 <= 10)%N).
rewrite expr_div_n ler_pdivr_mulr ?ltr0n // mulrAC ler_pdivl_mulr ?exprn_gt0 ?ltr0n // -!natrX -!natrM ler_nat.
by lia.
Qed.

Lemma quarter_at_least_exp_minus_2 : at_least_exp_minus_2 (4%:R^-1).
Proof.
move=> t /below_exp_minus_2_le /le_trans -> //.
by rewrite ler_pdivr_mulr ?ltr0n // mulrC ler_pdivl_mulr ?ltr0n // -natrM ler_nat.
Qed.

(* (1 - c/s)^2 <= (1 - 2/s)^c, cleared of denominators. *)
Lemma square_below_power c s : (2 <= c <= s)%N ->
  (1 - c%:R / s%:R) ^+ 2 <= (1 - 2%:R / s%:R) ^+ c :> R.
Proof.
case/andP; case: c => [|[|c]] // _; elim: c => [//|c IH] cs.
have s0 : 0 < s%:R :> R by rewrite ltr0n (leq_trans _ cs).
rewrite [X in _ <= X]exprSr; apply: (le_trans _ (ler_wpmul2r _ (IH (ltnW cs)))); last first.
  by rewrite subr_ge0 ler_pdivr_mulr // mul1r ler_nat (leq_trans _ cs).
pose u : R := (s - c.+3)%:R; have u0 : 0 <= u by apply: ler0n.
have sE : s%:R = u + c%:R + 3%:R by rewrite -!natrD -addnA addn3 subnK.
rewrite -subr_ge0 [X in _ <= X](_ : _ = (((2%:R * c%:R + 3%:R) * u + c%:R + 1) / s%:R ^+ 3)); last first.
  move/lt0r_neq0: s0; rewrite sE => s0; rewrite !mulrSr; field => //.
by rewrite divr_ge0 ?exprn_ge0 ?addr_ge0 ?mulr_ge0 ?addr_ge0 ?mulr_ge0 ?ler0n ?ler01 // ltW.
Qed.

(* The same to the power t = s - 1, where the right side is a power of an approximation of e^-2. *)
Lemma square_below_exp c t : (2 <= c <= t.+1)%N ->
  ((1 - c%:R / t.+1%:R) ^+ t) ^+ 2 <= below_exp_minus_2 t ^+ c.
Proof.
move=> c_t; have t1 : 0 < t.+1%:R :> R by rewrite ltr0n.
rewrite exprAC /below_exp_minus_2 [X in _ <= X]exprAC.
have -> : (t%:R - 1) / (t%:R + 1) = 1 - 2%:R / t.+1%:R :> R.
  by rewrite [t.+1%:R]mulrSr; field; rewrite gt_eqF ?natr_succ_gt0.
apply: ler_expn2r; rewrite ?nnegrE ?sqr_ge0 ?square_below_power // exprn_ge0 // subr_ge0.
rewrite ler_pdivr_mulr // mul1r ler_nat.
by case/andP: c_t; apply: leq_trans.
Qed.

End ExpMinus2.
