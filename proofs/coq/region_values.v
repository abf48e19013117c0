(* What polynomials, quotients and scenes of certificates of weights mean.

   Glossary
     value z p, ratio_at z q the polynomial, the quotient at z
     sound_signs z f         f tells signs of polynomials at z
     shows D s z S           the scene S at z > 0 is the matrix D, whose row s gives the signals *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_polynomials region_documents.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
From crosshead Require Export exponential_bounds.
Local Open Scope ring_scope.

Section Values.
Variable R : realFieldType.
Implicit Types (a b : Z) (p q : polynomial) (z : R).

Lemma real_eq a b : (real R a == real R b) = Z.eqb a b.
Proof. by rewrite eqr_int; lia. Qed.
Lemma real_gt0 (a : positive) : 0 < real R (Zpos a).
Proof. exact: real_pos. Qed.

Fixpoint value z p : R := if p is a :: p' then real R a + z * value z p' else 0.
Definition ratio_at z (q : quotient) : R := value z (over q) / value z (under q).

Lemma value_onto z a p : value z (onto a p) = real R a + z * value z p.
Proof. by case: p => [|b p] //; case: a => //=; rewrite mulr0 addr0. Qed.
Lemma value_constant z a : value z (constant a) = real R a.
Proof. by rewrite value_onto mulr0 addr0. Qed.
Lemma value_trimmed z p : value z (trimmed p) = value z p.
Proof. by elim: p => //= a p IH; rewrite value_onto IH. Qed.
Lemma value_plus z p q : value z (poly_plus p q) = value z p + value z q.
Proof.
elim: p q => [|a p IH] [|b q]; rewrite ?add0r ?addr0 //.
by rewrite [poly_plus _ _]/= value_onto IH realD /=; ring.
Qed.
Lemma value_opp z p : value z (map Z.opp p) = - value z p.
Proof. by elim: p => [|a p IH] /=; rewrite ?oppr0 // realN IH; ring. Qed.
Lemma value_scale z a p : value z (poly_scale a p) = real R a * value z p.
Proof.
rewrite /poly_scale; case: Z.eqb_spec => [->|_]; first by rewrite real0 mul0r.
by elim: p => [|b p IH]; rewrite ?mulr0 //= realM IH; ring.
Qed.
Lemma value_minus z p q : value z (poly_minus p q) = value z p - value z q.
Proof. by rewrite value_plus value_opp. Qed.
Lemma value_times z p q : value z (poly_times p q) = value z p * value z q.
Proof.
elim: p => [|a p IH]; first by rewrite mul0r.
by rewrite [poly_times _ _]/= value_plus value_scale value_onto real0 add0r IH /=; ring.
Qed.
Lemma value_zero z p : poly_zero p -> value z p = 0.
Proof. by case: p. Qed.
Lemma value_equal z p q : poly_equal p q -> value z p = value z q.
Proof.
rewrite /poly_equal; case e: poly_minus => [|//] _; apply/eqP.
by rewrite -subr_eq0 -value_minus e.
Qed.
Definition value_simpl := (value_constant, value_plus, value_minus, value_opp, value_scale, value_times).

(* ---- Signs ---- *)

Definition has_sign (x : R) (c : comparison) : bool :=
  match c with Lt => x < 0 | Eq => x == 0 | Gt => 0 < x end.
Definition sound_signs z (f : polynomial -> option comparison) :=
  forall p c, f p = Some c -> has_sign (value z p) c.

Lemma real_sign a : has_sign (real R a) (Z.compare a 0).
Proof. by case: a => [|a|a] //=; rewrite -real0 real_lt. Qed.

Lemma sign_sound z : 0 < z -> sound_signs z sign.
Proof.
move=> z_gt0; elim=> [|a p IH] c /=; first by case=> <- /=.
case sp: (sign p) IH => [d|] // /(_ _ erefl) pos; have := real_sign a.
case ca: (Z.compare a 0) => /= sa; case: d pos sp => //= pos sp [<-] //=.
- by rewrite (eqP sa) add0r (eqP pos) mulr0.
- by rewrite (eqP sa) add0r pmulr_rlt0.
- by rewrite (eqP sa) add0r pmulr_rgt0.
- by rewrite (eqP pos) mulr0 addr0.
- by rewrite ltr_naddl ?ltW // pmulr_rlt0.
- by rewrite (eqP pos) mulr0 addr0.
- by rewrite ltr_paddl ?ltW // pmulr_rgt0.
Qed.

Lemma positive_value z p : 0 < z -> positive_poly p -> 0 < value z p.
Proof. by move=> z_gt0; rewrite /positive_poly; case e: sign => [[]|] // _; apply: (sign_sound z_gt0 e). Qed.
Lemma nonnegative_value z p : 0 < z -> nonnegative_poly p -> 0 <= value z p.
Proof.
move=> z_gt0; rewrite /nonnegative_poly; case e: sign => [[]|] // _; move: (sign_sound z_gt0 e) => /=.
  by move=> /eqP->.
exact: ltW.
Qed.

(* ---- Quotients ---- *)

Lemma ratio_whole z p : ratio_at z (whole_poly p) = value z p.
Proof. by rewrite /ratio_at /= real1 mulr0 addr0 divr1. Qed.
Lemma ratio_zero z : ratio_at z zero_quotient = 0.
Proof. exact: ratio_whole. Qed.
Lemma ratio_of z (q : Q) : ratio_at z (quotient_of q) = real_of R q.
Proof. by rewrite /ratio_at value_constant /= mulr0 addr0. Qed.
Lemma under_of_gt0 z (q : Q) : 0 < value z (under (quotient_of q)).
Proof. by rewrite /= mulr0 addr0 real_gt0. Qed.
Lemma under_whole_gt0 z p : 0 < value z (under (whole_poly p)).
Proof. by rewrite /= mulr0 addr0 real1 ltr01. Qed.
Lemma under_times_gt0 z (a b : quotient) : 0 < value z (under a) -> 0 < value z (under b) ->
  0 < value z (under (quotient_times a b)).
Proof. by move=> *; rewrite value_times mulr_gt0. Qed.
Lemma under_plus_gt0 z (a b : quotient) : 0 < value z (under a) -> 0 < value z (under b) ->
  0 < value z (under (quotient_plus a b)).
Proof. by move=> *; rewrite /quotient_plus; case: poly_zero; rewrite ?value_times ?mulr_gt0. Qed.
Lemma under_minus_gt0 z (a b : quotient) : 0 < value z (under a) -> 0 < value z (under b) ->
  0 < value z (under (quotient_minus a b)).
Proof. by move=> *; apply: under_plus_gt0. Qed.
Lemma ratio_times z (a b : quotient) : ratio_at z (quotient_times a b) = ratio_at z a * ratio_at z b.
Proof. by rewrite /ratio_at /= !value_times mulf_div. Qed.
Lemma ratio_plus z (a b : quotient) : 0 < value z (under a) -> 0 < value z (under b) ->
  ratio_at z (quotient_plus a b) = ratio_at z a + ratio_at z b.
Proof.
move=> a_gt0 b_gt0; rewrite /quotient_plus; case: ifP => [zero|_].
  by rewrite /ratio_at (value_zero _ zero) mul0r addr0.
by rewrite /ratio_at /= value_plus !value_times addf_div ?gt_eqF.
Qed.
Lemma ratio_minus z (a b : quotient) : 0 < value z (under a) -> 0 < value z (under b) ->
  ratio_at z (quotient_minus a b) = ratio_at z a - ratio_at z b.
Proof. by move=> a_gt0 b_gt0; rewrite ratio_plus // /ratio_at /= value_opp mulNr. Qed.
(* The sign of the numerator is that of the quotient. *)
Lemma ratio_sign z (q : quotient) c : 0 < value z (under q) ->
  has_sign (value z (over q)) c = has_sign (ratio_at z q) c.
Proof.
by move=> q_gt0; rewrite /ratio_at; case: c; rewrite /= ?mulf_eq0 ?invr_eq0 ?(gt_eqF q_gt0) ?orbF
  ?pmulr_llt0 ?pmulr_lgt0 ?invr_gt0.
Qed.
End Values.

(* ---- Scenes ---- *)

(* Where a node stands. *)
Definition place (S : scene) (k : nat) : nat := seq.index k (order S).

Record shows (R : realFieldType) n (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene) := Shows {
  at_positive : 0 < z;
  right_size : size S = n.+1;
  right_sink : sink S = s :> nat;
  no_negative : nonnegative D;
  one_positive : 0 < value z (one S);
  right_entry : forall i j : 'I_n.+1, value z (entry S i j) = value z (one S) * D i j;
  right_weight : is_point S \/ 0 < value z (weight S) < value z (one S);
  right_state : forall t, 0 < value z (state S t).2 /\
    forall k : 'I_n.+1, ratio_at z (signal S t k) = signal_from D s t k;
  order_once : uniq (order S);
  order_whole : forall k, (k \in order S) = (k < n.+1)%N;
  right_order : forall i j : 'I_n.+1, D i j != 0 ->
    [\/ i = j, partner S i = Some (nat_of_ord j) | partner S i = None /\ (place S j < place S i)%N];
  right_partner : forall i j, partner S i = Some j -> [/\ partner S j = Some i, i <> j & (j < n.+1)%N];
  right_after : forall j k : 'I_n.+1,
    ((nat_of_ord k) \in after S j) = (place S j < place S k)%N && (partner S j != Some (nat_of_ord k));
  after_ordered : forall j : 'I_n.+1, exists before, order S = before ++ after S j }.
