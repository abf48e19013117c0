(* Bounds from above at a node of a pair: what pair_values of region_bounds.v computes (src/certificate/REGION.md,
   section 3), and that region_pairs.v applies to it.

   Glossary
     settled, excess   pi h_tau + A and d_T of section 3, at z *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails region_signals region_pairs.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_sums.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Pairs.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Variables j v : 'I_n.+1.
Hypothesis pair : partner S j = Some (v : nat).
Local Notation V := (value z).
Implicit Types (k l : 'I_n.+1) (t : nat) (h : reached).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.

Lemma pair_shown h : reach S [::] j = Some h -> pair_of D j v.
Proof.
move=> reach_h; have [D_jj D_vv none] := pair_keeps shown reach_h pair.
by have [_ j_v] := partner_sym shown pair; split.
Qed.

Lemma both_at a b : V (poly_plus (entry S j v) (entry S v j)) = a -> V (poly_plus (entry S v j) (entry S j v)) = b ->
  a = V (one S) * (D j v + D v j) /\ b = V (one S) * (D j v + D v j).
Proof.
by move=> <- <-; rewrite !value_plus !(right_entry shown) -!mulrDr; split; rewrite 1?[D v j + _]addrC.
Qed.

Lemma limit_at (l : quotient) h : limit S j = Some l -> reach S [::] j = Some h ->
  0 < V (under l) /\ ratio_at z l = D v j / (D j v + D v j) * chance z h s.
Proof.
move=> + reach_h; rewrite /limit reach_h pair; case: ifP => // /(positive_value z_gt0) both_gt0 [<-].
have [_ both] := both_at erefl erefl; rewrite both in both_gt0.
split; first by rewrite value_times both mulr_gt0 ?(divisor_gt0 shown reach_h).
rewrite ratio_times /chance (right_sink shown) {1}/ratio_at both (right_entry shown) -mulf_div divff ?gt_eqF //.
by rewrite mul1r.
Qed.

Theorem pair_values_sound t values : pair_values S t j v = Some values ->
  (forall q, List.In q values -> 0 < V (under q)) /\
  forall B, (forall q, List.In q values -> ratio_at z q <= B) -> forall r, (t <= r)%N -> signal_from D s r j <= B.
Proof.
rewrite /pair_values; case limit_l: limit => [l|//]; case reach_h: reach => [h|//].
have [l_gt0 l_at] := limit_at limit_l reach_h.
case: ifP => // /andP[/(nonnegative_value z_gt0) slow /(positive_value z_gt0) both_gt0].
have [both _] := both_at erefl erefl; rewrite both in both_gt0; have pq_gt0 : 0 < D j v + D v j.
  by rewrite -(pmulr_rgt0 _ one_gt0).
have h_gt0 := divisor_gt0 shown reach_h.
have [tail_gt0 tail_at] := weigh_spec shown t [:: j : nat; v : nat] h_gt0.
have [j_gt0 j_at] := signal_spec shown t j; have [v_gt0 v_at] := signal_spec shown t v.
set settled := quotient_plus l _; set excess := quotient_minus _ _ => -[<-].
have settled_gt0 : 0 < V (under settled) by apply: under_plus_gt0.
have excess_gt0 : 0 < V (under excess) by apply: under_minus_gt0.
have last_gt0 : 0 < V (under (over_positive excess (poly_plus (entry S j v) (entry S v j)))).
  by apply: defined_over_positive => //; rewrite both.
split=> [q /= [<-//|[<-|[]]]|B bound r le_r]; first exact: under_plus_gt0.
have settled_at : ratio_at z settled = D v j / (D j v + D v j) * chance z h s +
    \sum_(k | (k != j) && (k != v)) signal_from D s t k * chance z h k.
  rewrite ratio_plus // l_at tail_at; congr (_ + _).
  by apply: eq_bigl => k; rewrite !inE negb_or.
have excess_at : ratio_at z (over_positive excess (poly_plus (entry S j v) (entry S v j))) =
    (D j v * signal_from D s t j - D v j * signal_from D s t v) / (D j v + D v j).
  rewrite ratio_over_positive both ratio_minus // !ratio_times_poly j_at v_at !(right_entry shown).
  by field; rewrite !gt_eqF.
have [to_j to_v] := chance_onto_pair shown reach_h pair.
apply: (@pair_bound R n D s j v (fun k => chance z h k) t B) => //.
- exact: (no_negative shown).
- exact: (pair_shown reach_h).
- by move: slow; rewrite !value_minus !(right_entry shown) -[X in X - _ - _]mulr1 -!mulrBr pmulr_rge0.
- by move=> k; apply: (chance_ge0 shown reach_h).
- exact: (chance_j shown reach_h).
- exact: (chance_partner shown reach_h).
- by move=> k; apply: (chance_super shown reach_h).
- by rewrite -settled_at; apply: bound; left.
by rewrite -settled_at -excess_at -ratio_plus //; apply: bound; right; left.
Qed.
End Pairs.
