(* What bounds a fidelity from below: lower_value of region_bounds.v is at most every bound of the later signals.

   Here R is Archimedean: limits and means need long times. *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails region_signals region_averages region_pairs.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_means.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.
Local Notation leave := region_documents.leave.

Section Lower.
Variable R : archiFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Local Notation signals j := (fun t => signal_from D s t j).
Implicit Types (j k l v : 'I_n.+1).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.
Let D_ge0 := no_negative shown.

Lemma signal_shown t j : 0 < V (under (signal S t j)) /\ ratio_at z (signal S t j) = signal_from D s t j.
Proof. by have [pos eqs] := right_state shown t. Qed.

Lemma limit_sound first j q : limit S j = Some q ->
  0 < V (under q) /\ reaches first (signals j) (ratio_at z q).
Proof.
rewrite /limit; case reach_h: reach => [h|] //; have not_gate k : ~~ is_in [::] (k : nat) by [].
have reached_s : ratio_at z (reached_at h (sink S)) = chance z h s by rewrite (right_sink shown).
case pair: partner => [w|]; last first.
  case: ifP => // /(value_zero z); rewrite (value_leave shown) => /eqP.
  rewrite mulf_eq0 gt_eqF //= subr_eq0 eq_sym => /eqP D_jj [<-]; split; first exact: (divisor_gt0 shown reach_h).
  rewrite reached_s; apply: supremum_reaches; apply: (@absorbing_limit _ _ D s j (fun k => chance z h k) place) => //.
  - by move=> k; apply: (chance_ge0 shown reach_h).
  - exact: (chance_j shown reach_h).
  - move=> k; have [->|k_j] := eqVneq k j; last by rewrite (chance_harmonic shown reach_h) ?pair.
    by rewrite (chance_onto_j shown reach_h pair) D_jj (chance_j shown reach_h).
  - by move=> k k_j /lt0r_neq0; apply: (chance_leave shown reach_h); rewrite ?pair.
  - by move=> k l k_j l_j /lt0r_neq0 h_k _ l_k /lt0r_neq0 D_kl; apply: (chance_place shown reach_h); rewrite ?pair.
have [v e] := partner_node shown pair; rewrite {}e in pair *.
have [pair' j_v] := partner_sym shown pair; have [D_jj D_vv none] := pair_keeps shown reach_h pair.
case: ifP => // /(positive_value z_gt0) both_gt0 [<-].
have both : V (poly_plus (entry S v j) (entry S j v)) = V (one S) * (D v j + D j v).
  by rewrite value_plus !(right_entry shown) mulrDr.
have sum_gt0 : 0 < D j v + D v j by move: both_gt0; rewrite both pmulr_rgt0 // addrC.
split; first by rewrite value_times mulr_gt0 // (divisor_gt0 shown reach_h).
rewrite ratio_times reached_s {1}/ratio_at both (right_entry shown) -mulf_div divff ?gt_eqF // mul1r [D v j + _]addrC.
have not_v k : k != v -> partner S j != Some (k : nat).
  by move=> k_v; rewrite pair; apply: contra k_v => /eqP[] /val_inj->.
have [to_j to_v] := chance_onto_pair shown reach_h pair.
apply: (@pair_limit_reaches _ _ D s j v (fun k => chance z h k) place) => //.
- by move=> k; apply: (chance_ge0 shown reach_h).
- exact: (chance_j shown reach_h).
- exact: (chance_partner shown reach_h).
- move=> k; have [->|k_j] := eqVneq k j; first by rewrite to_j (chance_j shown reach_h).
  have [->|k_v] := eqVneq k v; first by rewrite to_v (chance_partner shown reach_h).
  by rewrite (chance_harmonic shown reach_h) ?not_v.
- by move=> k k_j k_v /lt0r_neq0; apply: (chance_leave shown reach_h); rewrite ?not_v.
- move=> k l k_j k_v _ _ /lt0r_neq0 h_k _ l_k /lt0r_neq0 D_kl.
  by apply: (chance_place shown reach_h); rewrite ?not_v.
Qed.

Lemma mean_sound first j t m rate at_one q : (first <= t)%N -> (0 < m)%N -> mean S j t m rate at_one = Some q ->
  0 < V (under q) /\ reaches first (signals j) (ratio_at z q).
Proof.
move=> le_t m_gt0; rewrite /mean; case: ifP => // /andP[rate_gt0 not_point].
have vanishing_gt0 : 0 < V (if at_one then poly_minus (one S) (weight S) else weight S).
  case: (right_weight shown) => [point|/andP[weight_gt0 weight_lt]]; first by rewrite point in not_point.
  by case: at_one; rewrite ?value_minus ?subr_gt0.
have num_gt0 : 0 < real R (Qnum rate) by rewrite -[X in X < _](exponential_bounds.real0 R) real_lt.
set rho := poly_scale _ _; case settled: settle_stages => [y|] //= [<-].
have [t_gt0 rows] := right_state shown t.
have [Y [pos lefts start last steps]] := stages_sound shown settled t_gt0.
have rho_gt0 : 0 < rate_at z S (Qden rate) rho.
  by rewrite /rate_at /rho value_scale divr_gt0 // mulr_gt0 // real_gt0.
split=> //; rewrite {1}/ratio_at /= -/(row_at z y j) -last.
apply: (@mean_reaches _ _ D s j place (rate_at z S (Qden rate) rho) t m first Y) => //.
- exact: (place_inj shown).
- exact: lefts.
- by move=> l; rewrite start -rows.
- by move=> i l lt_i; apply: steps.
Qed.

Theorem lower_value_sound first item q j : lower_value S first item = Some q -> lower_node item = j ->
  0 < V (under q) /\ reaches first (signals j) (ratio_at z q).
Proof.
rewrite /lower_value; case: ifP => // _; case: item => [i|i t|i t m rate at_one sq] /= found e; rewrite {i}e in found.
- exact: limit_sound.
- move: found; case: Nat.leb_spec0 => // /ssrnat.leP le_t [<-]; have [pos ->] := signal_shown t j; split=> //.
  exact: time_reaches.
- by move: found; case: Nat.leb_spec0 => // /ssrnat.leP le_t; case: m => // m; apply: mean_sound.
Qed.
End Lower.
