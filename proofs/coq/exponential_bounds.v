(* The bounds of exp in certificates (certificate_numbers.v) enclose every function with e (x + y) = e x * e y and
   1 + x <= e x: among real functions this is exp alone. Any ordered field will do.

   Glossary
     real z, real_of q    integers and rationals as elements of the field
     exponential_bounds   exponential_low q <= e q <= exponential_high q for -1000 <= q <= 1000 *)
From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import certificate_numbers.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Reals.
Variable R : realFieldType.

Definition real (z : Z) : R := (int_of_Z z)%:~R.
Definition real_of (q : Q) : R := real (Qnum q) / real (Zpos (Qden q)).

Lemma real0 : real 0 = 0. Proof. by []. Qed.
Lemma real1 : real 1 = 1. Proof. by []. Qed.
Lemma realD a b : real (Z.add a b) = real a + real b.
Proof. by rewrite /real -intrD; congr _%:~R; lia. Qed.
Lemma realN a : real (Z.opp a) = - real a.
Proof. by rewrite /real -rmorphN; congr _%:~R; lia. Qed.
Lemma realB a b : real (Z.sub a b) = real a - real b.
Proof. by rewrite -realN -realD; congr real; lia. Qed.
Lemma realM a b : real (Z.mul a b) = real a * real b.
Proof. by rewrite /real -intrM; congr _%:~R; exact: (rmorphM [rmorphism of int_of_Z]). Qed.
Lemma real_le a b : (real a <= real b) = Z.leb a b.
Proof. by rewrite ler_int; lia. Qed.
Lemma real_lt a b : (real a < real b) = Z.ltb a b.
Proof. by rewrite ltr_int; lia. Qed.
Lemma real_pos p : 0 < real (Zpos p).
Proof. by rewrite -[0]/(real 0) real_lt. Qed.
Lemma real_neq0 p : real (Zpos p) != 0.
Proof. exact: lt0r_neq0 (real_pos p). Qed.

Lemma real_div_down a b : Z.ltb 0 b -> real (Z.div a b) <= real a / real b.
Proof.
move=> b_gt0; have b_pos : 0 < real b by rewrite -[0]/(real 0) real_lt.
by rewrite ler_pdivl_mulr // -realM real_le; have := Z.mul_div_le a b; lia.
Qed.
Lemma real_div_up a b : Z.ltb 0 b -> real a / real b <= real (divided_up a b).
Proof.
by move=> /real_div_down down; rewrite /divided_up realN ler_oppr -mulNr -realN down.
Qed.

Lemma real_of_reduced n d : real_of (reduced n d) = real n / real (Zpos d).
Proof.
rewrite /reduced; case: Z.eqb_spec => // _; rewrite /real_of /=; set g := Z.gcd n (Zpos d).
have [a n_g] : Z.divide g n by apply: Z.gcd_divide_l.
have [b d_g] : Z.divide g (Zpos d) by apply: Z.gcd_divide_r.
have g_ge0 : Z.le 0 g by apply: Z.gcd_nonneg.
have g_neq : g <> Z0 by move=> g_0; move: d_g; rewrite g_0 Z.mul_0_r.
have g_gt0 : Z.lt 0 g by lia.
have b_gt0 : Z.lt 0 b by apply/(Z.mul_pos_cancel_r b g g_gt0); rewrite -d_g.
have -> : Z.div n g = a by symmetry; apply: Z.div_unique_exact => //; rewrite Z.mul_comm.
have -> : Z.div (Zpos d) g = b by symmetry; apply: Z.div_unique_exact => //; rewrite Z.mul_comm.
have -> : Zpos (Z.to_pos b) = b by apply: Z2Pos.id; lia.
have g_neq0 : real g != 0 by rewrite lt0r_neq0 // -[0]/(real 0) real_lt; lia.
by rewrite n_g d_g !realM -mulf_div divff // mulr1.
Qed.

Lemma real_of_inverse q : real_of (inverse q) = (real_of q)^-1.
Proof.
case: q => [[|p|p] d]; rewrite /inverse /real_of /=.
- by rewrite -[real 0]/0 !mul0r invr0.
- by rewrite invf_div.
- by rewrite -[Zneg d]/(Z.opp (Zpos d)) -[Zneg p]/(Z.opp (Zpos p)) !realN !mulNr invrN invf_div.
Qed.

Section Exponential.
Local Opaque real.
Variable e : R -> R.
Hypothesis e_sum : forall x y, e (x + y) = e x * e y.
Hypothesis e_above : forall x, 1 + x <= e x.

Lemma e_ge0 x : 0 <= e x.
Proof. by rewrite -(addrNK (x / 2%:R) x) {1}[x in x - _]splitr addrK e_sum -expr2 sqr_ge0. Qed.

Lemma e0 : e 0 = 1.
Proof.
have ge1 : 1 <= e 0 by have := e_above 0; rewrite addr0.
have := e_sum 0 0; rewrite addr0 -{1}[e 0]mulr1 => /(mulfI (lt0r_neq0 (lt_le_trans ltr01 ge1))) ->.
by [].
Qed.

Lemma e_opp x : e x * e (- x) = 1.
Proof. by rewrite -e_sum subrr e0. Qed.

Lemma e_gt0 x : 0 < e x.
Proof.
rewrite lt0r e_ge0 andbT; apply/eqP => ex0.
by have := e_opp x; rewrite ex0 mul0r => /eqP; rewrite eq_sym oner_eq0.
Qed.

Lemma e_inv x : e (- x) = (e x)^-1.
Proof. by rewrite -[LHS]mul1r -(mulVf (lt0r_neq0 (e_gt0 x))) -mulrA e_opp mulr1. Qed.

Local Notation U := unit_of_precision.
Lemma U_gt0 : Z.ltb 0 U. Proof. by []. Qed.
Lemma U_to_pos : Zpos (Z.to_pos U) = U. Proof. by []. Qed.
Local Opaque unit_of_precision.
Lemma realU : 0 < real U. Proof. by rewrite -real0 real_lt U_gt0. Qed.

Lemma squared_down_below b y : Z.leb 0 b -> real b / real U <= e y ->
  Z.leb 0 (squared_down b) /\ real (squared_down b) / real U <= e (y + y).
Proof.
move=> b_ge0 below_y; split.
  by apply/Z.leb_spec0/Z.div_pos => //; apply: Z.mul_nonneg_nonneg; apply/Z.leb_spec0.
have b_real : 0 <= real b by rewrite -real0 real_le.
rewrite e_sum; apply: le_trans (_ : (real b / real U) * (real b / real U) <= _); last first.
  by rewrite ler_pmul // divr_ge0 // ltW // realU.
have := real_div_down (Z.mul b b) U_gt0; rewrite realM -[Z.div _ _]/(squared_down b) mulrAC => down.
by rewrite [leRHS]mulrA; apply: ler_wpmul2r down; rewrite invr_ge0 ltW ?realU.
Qed.

Lemma squared_up_above b y : e y <= real b / real U -> e (y + y) <= real (squared_up b) / real U.
Proof.
move=> above_y; rewrite e_sum; apply: (@le_trans _ _ ((real b / real U) * (real b / real U))).
  by rewrite ler_pmul // e_ge0.
have := real_div_up (Z.mul b b) U_gt0; rewrite realM -[divided_up _ _]/(squared_up b) mulrAC => up.
by rewrite [leLHS]mulrA; apply: ler_wpmul2r up; rewrite invr_ge0 ltW ?realU.
Qed.

Lemma repeated_below k b y : Z.leb 0 b -> real b / real U <= e y ->
  real (repeated squared_down k b) / real U <= e (2%:R ^+ k * y).
Proof.
elim: k b y => [|k IH] b y b_ge0 below_y /=; first by rewrite expr0 mul1r.
have [ge0 le] := squared_down_below b_ge0 below_y.
by rewrite exprSr -mulrA mulr_natl mulr2n; apply: IH.
Qed.

Lemma repeated_above k b y : e y <= real b / real U -> e (2%:R ^+ k * y) <= real (repeated squared_up k b) / real U.
Proof.
elim: k b y => [|k IH] b y above_y /=; first by rewrite expr0 mul1r.
by rewrite exprSr -mulrA mulr_natl mulr2n; apply/IH/squared_up_above.
Qed.

Lemma real_pow2 k : real (Z.pow 2 (Z.of_nat k)) = 2%:R ^+ k.
Proof.
elim: k => [|k IH]; first by rewrite expr0.
by rewrite Nat2Z.inj_succ (Z.pow_succ_r _ _ (Nat2Z.is_nonneg k)) realM IH exprS.
Qed.

Lemma real_parts : real parts = 2%:R ^+ squarings.
Proof. by rewrite -real_pow2. Qed.

Lemma parts_gt0 q : Z.lt 0 (Z.mul (Zpos (Qden q)) parts). Proof. exact: Z.mul_pos_pos. Qed.
Lemma parts_ltb q : Z.ltb 0 (Z.mul (Zpos (Qden q)) parts). Proof. by []. Qed.
Lemma parts_pos : 0 < real parts. Proof. exact: real_pos. Qed.
Lemma parts_large : Z.le 1001 parts. Proof. by []. Qed.
Local Opaque parts squarings.

Lemma below_parts p d : Z.le (Zpos p) (Z.mul 1000 (Zpos d)) -> Z.ltb (Zpos p) (Z.mul (Zpos d) parts).
Proof. by move=> le_p; apply/Z.ltb_spec0; have := parts_large; move: parts => c; nia. Qed.

Lemma scaled_back x : 2%:R ^+ squarings * (x / real parts) = x.
Proof. by rewrite -real_parts mulrC divfK // lt0r_neq0 // parts_pos. Qed.

Lemma positive_low q : Z.ltb 0 (Qnum q) -> real_of (of_multiple (exponential_of_positive_low q)) <= e (real_of q).
Proof.
move=> q_gt0; rewrite /of_multiple real_of_reduced; rewrite U_to_pos -{1}(scaled_back (real_of q)).
apply: repeated_below; set small := Z.div _ _.
  have small_ge0 : Z.le 0 small.
    by apply: Z.div_pos (parts_gt0 q); apply: Z.mul_nonneg_nonneg; [lia | apply/Z.lt_le_incl/Z.ltb_spec0/U_gt0].
  by apply/Z.leb_spec0/Z.add_nonneg_nonneg => //; apply/Z.lt_le_incl/Z.ltb_spec0/U_gt0.
apply: le_trans (e_above _); rewrite realD mulrDl (divff (lt0r_neq0 realU)) ler_add2l.
have := real_div_down (Z.mul (Qnum q) U) (parts_ltb q).
rewrite -/small (ler_pdivr_mulr _ _ realU) => down; apply: le_trans down _.
rewrite (realM (Qnum q) U) (realM (Zpos (Qden q)) parts) /real_of.
move: (real (Qnum q)) (real U) (real (Zpos _)) (real parts) => a u d c.
by rewrite invfM mulrA [_ * u / _]mulrAC [_ * u / c]mulrAC.
Qed.

Lemma positive_high q : Z.ltb 0 (Qnum q) -> Z.ltb (Qnum q) (Z.mul (Zpos (Qden q)) parts) ->
  e (real_of q) <= real_of (of_multiple (exponential_of_positive_high q)).
Proof.
move=> q_gt0 q_small; rewrite /of_multiple real_of_reduced U_to_pos -{1}(scaled_back (real_of q)).
apply: repeated_above; set n := Z.mul (Zpos (Qden q)) parts; set x := real_of q / real parts.
have n_gt0 : 0 < real n by rewrite -real0 real_lt parts_ltb.
have left_pos : Z.ltb 0 (Z.sub n (Qnum q)) by apply/Z.ltb_spec0/Z.lt_0_sub/Z.ltb_spec0.
have left_gt0 : 0 < real (Z.sub n (Qnum q)) by rewrite -real0 real_lt.
have tangent : 1 - x = real (Z.sub n (Qnum q)) / real n.
  rewrite realB mulrBl (divff (lt0r_neq0 n_gt0)) /x /real_of /n (realM (Zpos (Qden q)) parts).
  by move: (real (Qnum q)) (real (Zpos _)) (real parts) => a d c; rewrite invfM mulrA.
rewrite (ler_pdivl_mulr _ _ realU); apply: (@le_trans _ _ (real (Z.mul n U) / real (Z.sub n (Qnum q)))); last first.
  exact: real_div_up.
have -> : e x = (e (- x))^-1 by rewrite e_inv invrK.
rewrite (realM n U) mulrAC (ler_pmul2r realU) -invf_div -tangent lef_pinv ?posrE ?e_gt0 //.
by rewrite tangent divr_gt0.
Qed.

Lemma squared_down_ge b : Z.le U b -> Z.le U (squared_down b).
Proof. by move=> le_b; apply: Z.div_le_lower_bound => //; apply: Z.mul_le_mono_nonneg. Qed.

Lemma positive_low_gt0 q : Z.ltb 0 (Qnum q) -> 0 < real_of (of_multiple (exponential_of_positive_low q)).
Proof.
move=> q_gt0; rewrite /of_multiple real_of_reduced divr_gt0 ?real_pos //.
have : Z.le U (exponential_of_positive_low q).
  rewrite /exponential_of_positive_low; set small := Z.div _ _.
  have : Z.le 0 small.
    by apply: Z.div_pos (parts_gt0 q); apply: Z.mul_nonneg_nonneg; [lia | apply/Z.lt_le_incl/Z.ltb_spec0/U_gt0].
  move: small => small small_ge0; have : Z.le U (Z.add U small) by lia.
  by elim: squarings (Z.add U small) => [|k IH] b //= /squared_down_ge; apply: IH.
have : Z.lt 0 U by apply/Z.ltb_spec0/U_gt0; move: U (exponential_of_positive_low q) => u v u_gt0 le_v.
by rewrite -real0 real_lt; lia.
Qed.

Lemma inverses (u v : R) : 0 < u -> u <= v -> v^-1 <= u^-1.
Proof. by move=> u_gt0 le_uv; rewrite lef_pinv ?posrE ?(lt_le_trans u_gt0). Qed.

Theorem exponential_bounds q : at_most (-1000 # 1) q -> at_most q (1000 # 1) ->
  real_of (exponential_low q) <= e (real_of q) <= real_of (exponential_high q).
Proof.
case: q => [[|p|p] d]; rewrite /at_most /exponential_low /exponential_high => /= /Z.leb_spec0 low /Z.leb_spec0 high.
- by rewrite /real_of /= real0 mul0r e0 divr1 lexx.
- by rewrite positive_low // positive_high //=; apply: below_parts; lia.
- pose q := Zpos p # d; have -> : real_of (Zneg p # d) = - real_of q by rewrite /real_of -mulNr -realN.
  rewrite e_inv !real_of_inverse -[opposite _]/q.
  have low_q : real_of (of_multiple (exponential_of_positive_low q)) <= e (real_of q) by exact: positive_low.
  have high_q : e (real_of q) <= real_of (of_multiple (exponential_of_positive_high q)).
    by apply: positive_high => //=; apply: below_parts; lia.
  apply/andP; split; first exact: inverses (e_gt0 _) high_q.
  apply: inverses low_q; exact: positive_low_gt0.
Qed.
End Exponential.
End Reals.
