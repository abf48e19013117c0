(* Arithmetic on the numbers of certificates (certificate_numbers.v): exact for rationals, and on bounds it encloses.

   Glossary
     encloses x v          the real number v lies between the bounds of x
     less_decides          a comparison that has a truth value has the right one, whatever the bounds enclose *)
From Coq Require Import ZArith QArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
From crosshead Require Import certificate_numbers exponential_bounds.
Local Open Scope ring_scope.

Section Numbers.
Variable R : realFieldType.
Local Notation real := (real R).
Local Notation real_of := (real_of R).
Implicit Types (p q : Q) (x y : number) (v w : R).

Lemma real_den q : real (Zpos (Qden q)) != 0.
Proof. exact: real_neq0. Qed.

Lemma real_of_plus p q : real_of (plus p q) = real_of p + real_of q.
Proof. by rewrite real_of_reduced Pos2Z.inj_mul realD !realM /real_of addf_div ?real_den. Qed.

Lemma real_of_minus p q : real_of (minus p q) = real_of p - real_of q.
Proof. by rewrite real_of_reduced Pos2Z.inj_mul realB !realM /real_of -[- (_ / _)]mulNr addf_div ?real_den ?mulNr. Qed.

Lemma real_of_times p q : real_of (times p q) = real_of p * real_of q.
Proof. by rewrite real_of_reduced Pos2Z.inj_mul !realM /real_of mulf_div. Qed.

Lemma real_of_over p q : real_of (over p q) = real_of p / real_of q.
Proof. by rewrite real_of_times real_of_inverse. Qed.

Lemma at_mostE p q : at_most p q = (real_of p <= real_of q).
Proof.
by rewrite /real_of ler_pdivr_mulr ?real_pos // mulrAC ler_pdivl_mulr ?real_pos // -!realM real_le.
Qed.

Lemma belowE p q : below p q = (real_of p < real_of q).
Proof.
by rewrite /real_of ltr_pdivr_mulr ?real_pos // mulrAC ltr_pdivl_mulr ?real_pos // -!realM real_lt.
Qed.

Lemma real_of_smaller p q : real_of (smaller p q) = Num.min (real_of p) (real_of q).
Proof. by rewrite /smaller belowE minC /Order.min; case: ltP. Qed.

Lemma real_of_larger p q : real_of (larger p q) = Num.max (real_of p) (real_of q).
Proof. by rewrite /larger belowE /Order.max; case: ltP. Qed.

Definition encloses x v := real_of (low x) <= v <= real_of (high x).

Lemma exact_encloses x v : is_exact x -> encloses x v -> v = real_of (low x).
Proof.
case: x => [[a b] [c d]] /andP[/Z.eqb_spec /= -> /Pos.eqb_spec ->] /andP[le1 le2].
by apply/eqP; rewrite eq_le le1 le2.
Qed.

Theorem less_decides x y v w : encloses x v -> encloses y w ->
  (less x y = truth true -> v < w) /\ (less x y = truth false -> w <= v).
Proof.
move=> /andP[x_v v_x] /andP[y_w w_y]; rewrite /less belowE at_mostE.
case: ltP => [separate|_]; first by split=> // _; apply: le_lt_trans v_x (lt_le_trans separate y_w).
case: ifP => separate; last by split.
by split=> // _; apply: le_trans w_y (le_trans separate x_v).
Qed.

Lemma hull_encloses a b c d v :
  [|| real_of a <= v, real_of b <= v, real_of c <= v | real_of d <= v] ->
  [|| v <= real_of a, v <= real_of b, v <= real_of c | v <= real_of d] -> encloses (hull a b c d) v.
Proof.
move=> some_below some_above; rewrite /encloses /= !real_of_smaller !real_of_larger.
by rewrite !le_minl !le_maxr -!orbA some_below.
Qed.

Section Image.
Variables (f : Q -> Q -> Q) (F : R -> R -> R).
Hypothesis fF : forall p q, real_of (f p q) = F (real_of p) (real_of q).

Lemma image_encloses x y v w : encloses x v -> encloses y w ->
  (forall a b c d, a <= v <= b -> c <= w <= d ->
    [|| F a c <= F v w, F a d <= F v w, F b c <= F v w | F b d <= F v w] /\
    [|| F v w <= F a c, F v w <= F a d, F v w <= F b c | F v w <= F b d]) ->
  encloses (image f x y) (F v w).
Proof.
move=> x_v y_w corners; rewrite /image; case: ifP => [/andP[exact_x exact_y]|_].
  by rewrite (exact_encloses exact_x x_v) (exact_encloses exact_y y_w) /encloses /= fF lexx.
by have [below_F above_F] := corners _ _ _ _ x_v y_w; apply: hull_encloses; rewrite !fF.
Qed.
End Image.

Theorem plus_encloses x y v w : encloses x v -> encloses y w -> encloses (image plus x y) (v + w).
Proof.
move=> x_v y_w; apply: (image_encloses real_of_plus x_v y_w) => a b c d /andP[a_v v_b] /andP[c_w w_d].
by rewrite (ler_add a_v c_w) (ler_add v_b w_d) !orbT.
Qed.

Theorem minus_encloses x y v w : encloses x v -> encloses y w -> encloses (image minus x y) (v - w).
Proof.
move=> x_v y_w; apply: (image_encloses (F := fun a b => a - b) real_of_minus x_v y_w) => a b c d.
move=> /andP[a_v v_b] /andP[c_w w_d].
by rewrite (ler_sub a_v w_d) (ler_sub v_b c_w) !orbT.
Qed.

Lemma product_corners a b c d v w : a <= v <= b -> c <= w <= d ->
  [|| v * w <= a * c, v * w <= a * d, v * w <= b * c | v * w <= b * d].
Proof.
move=> /andP[a_v v_b] /andP[c_w w_d]; have [w_ge0|w_lt0] := leP 0 w.
  have step : v * w <= b * w by rewrite ler_wpmul2r.
  have [b_ge0|b_lt0] := leP 0 b.
    by rewrite (le_trans step (ler_wpmul2l b_ge0 w_d)) !orbT.
  by rewrite (le_trans step (ler_wnmul2l (ltW b_lt0) c_w)) !orbT.
have step : v * w <= a * w by rewrite ler_wnmul2r // ltW.
have [a_ge0|a_lt0] := leP 0 a.
  by rewrite (le_trans step (ler_wpmul2l a_ge0 w_d)) !orbT.
by rewrite (le_trans step (ler_wnmul2l (ltW a_lt0) c_w)).
Qed.

Theorem times_encloses x y v w : encloses x v -> encloses y w -> encloses (image times x y) (v * w).
Proof.
move=> x_v y_w; apply: (image_encloses real_of_times x_v y_w) => a b c d a_v_b c_w_d.
split; last exact: product_corners.
have neg : - b <= - v <= - a by rewrite !ler_opp2 andbC.
have := product_corners neg c_w_d; rewrite !mulNr !ler_opp2.
by case/or4P => ->; rewrite ?orbT.
Qed.

Theorem exponential_encloses (e : R -> R) x v :
  (forall a b, e (a + b) = e a * e b) -> (forall a, 1 + a <= e a) ->
  within_exponential_range x -> encloses x v -> encloses (exponential x) (e v).
Proof.
move=> e_sum e_above /andP[low_x high_x] /andP[x_v v_x].
have e_ge0 a : 0 <= e a by apply: e_ge0 e_sum _.
have rises a b : a <= b -> e a <= e b.
  move=> a_b; rewrite -[b](addrNK a) e_sum -[leLHS]mul1r ler_wpmul2r //.
  by apply: le_trans (e_above _); rewrite ler_addl subr_ge0.
have low_high : real_of (low x) <= real_of (high x) := le_trans x_v v_x.
have in_range : at_most (low x) (1000 # 1) /\ at_most (-1000 # 1) (high x).
  by move: low_x high_x; rewrite !at_mostE => low_x high_x; split; [apply: le_trans high_x | apply: le_trans low_x _].
have /andP[low_e _] := exponential_bounds e_sum e_above low_x in_range.1.
have /andP[_ high_e] := exponential_bounds e_sum e_above in_range.2 high_x.
by rewrite /encloses /= (le_trans low_e (rises _ _ x_v)) (le_trans (rises _ _ v_x) high_e).
Qed.
End Numbers.
