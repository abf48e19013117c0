(* Example 3.13 with all weights: the pair amplifies exactly between one third and two thirds.

   Glossary
     shared c t      the signal of u in the mean when the first head has the weight c, that of v when it has 1 - c:
                     c + (c' t(t-1)/2 - c (t+1)) / 2^t with c' = 1 - 2c, so the limit is c
   The two heads exchange u and v, so every statement about u has its counterpart with the weights exchanged. *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions amplification.
From crosshead Require Import cyclic_example.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Notation u := (inord 0 : 'I_4).
Notation v := (inord 1 : 'I_4).
Notation w := (inord 2 : 'I_4).
Notation tau := (sink 3).

(* The two bounds that give 3/8, with equality at t = 3, 4 and t = 5, 6. *)
Lemma squares_below_powers t : (4 * (t * t) <= 3 * 2 ^ t + 4 * t)%N /\ (4 * (t * t) <= 2 ^ t + 12 * t + 8)%N.
Proof.
suff late s : [/\ 8 * (s + 5) <= 2 ^ (s + 5) + 8, 4 * ((s + 5) * (s + 5)) <= 3 * 2 ^ (s + 5) + 4 * (s + 5) &
    4 * ((s + 5) * (s + 5)) <= 2 ^ (s + 5) + 12 * (s + 5) + 8]%N.
  by case: t => [|[|[|[|[|t]]]]] //; have [_] := late t; rewrite !addnS addn0.
elim: s => [//|s [base first second]]; rewrite addSn expnS.
have ge5 : (5 <= s + 5)%N by rewrite leq_addl.
move: (s + 5)%N ge5 base first second => r ge5.
have -> : (r.+1 * r.+1 = r * r + 2 * r + 1)%N by lia.
by move: (2 ^ r)%N (r * r)%N => p q base first second; split; lia.
Qed.

Section Shared.
Variable R : realFieldType.
Notation half := (2%:R^-1 : R).
Implicit Types (c : R) (t : nat).

Lemma half_power_ge0 t : 0 <= half ^+ t.
Proof. by rewrite exprn_ge0 ?invr_ge0 ?ler0n. Qed.

Lemma half_power_cancels t : 2%:R ^+ t * half ^+ t = 1.
Proof. by rewrite -exprMn divff ?expr1n ?pnatr_eq0. Qed.

Lemma shared_at_most c t : 0 <= c -> c <= 3%:R^-1 -> shared c t <= 3%:R / 8%:R.
Proof.
move=> c0 c3; have [first second] := squares_below_powers t.
have {}first : 4%:R * (t%:R * t%:R) * half ^+ t <= 3%:R + 4%:R * t%:R * half ^+ t.
  have -> : 3%:R = 3%:R * 2%:R ^+ t * half ^+ t :> R by rewrite -mulrA half_power_cancels mulr1.
  by rewrite -mulrDl ler_wpmul2r ?half_power_ge0 // -natrX -!natrM -natrD ler_nat.
have {}second : 4%:R * (t%:R * t%:R) * half ^+ t <= 1 + (12%:R * t%:R + 8%:R) * half ^+ t.
  rewrite -[X in _ <= X + _](half_power_cancels t) -mulrDl ler_wpmul2r ?half_power_ge0 //.
  by rewrite -natrX -!natrM -!natrD ler_nat addnA.
rewrite /shared; move: (t%:R) (half ^+ t) first second => T y first second; rewrite -subr_ge0.
have -> : 3%:R / 8%:R - (c * (1 - (T + 1) * y) + (1 - 2%:R * c) * (T * (T - 1) * y / 2%:R)) =
  (1 - 3%:R * c) / 8%:R * (3%:R + 4%:R * T * y - 4%:R * (T * T) * y) +
  c / 8%:R * (1 + (12%:R * T + 8%:R) * y - 4%:R * (T * T) * y) by field.
rewrite addr_ge0 // mulr_ge0 ?divr_ge0 ?ler0n ?subr_ge0 //.
by rewrite -ler_pdivl_mull ?ltr0n // mulr1.
Qed.

Lemma shared_above c : 3%:R^-1 < c -> 3%:R / 8%:R < shared c 5.
Proof.
move=> c3; rewrite -subr_gt0.
have -> : shared c 5 - 3%:R / 8%:R = (c - 3%:R^-1) * (3%:R / 16%:R) by rewrite /shared; field.
by rewrite mulr_gt0 ?subr_gt0 // divr_gt0 ?ltr0n.
Qed.

Lemma pairs_natr t : t%:R * (t%:R - 1) = (t * t.-1)%:R :> R.
Proof. by case: t => [|t]; rewrite ?mul0r ?mul0n // natrM -[t.+1]addn1 natrD addrK addn1. Qed.

Lemma shared_minus_limit c t :
  shared c t - c = ((1 - 2%:R * c) * ((t * t.-1)%:R / 2%:R) - c * (t%:R + 1)) * half ^+ t.
Proof. by rewrite /shared -pairs_natr; move: (half ^+ t) => y; field. Qed.

Lemma times_half_power t : (1 <= t)%N -> t%:R * half ^+ t <= half.
Proof.
case: t => // t _; rewrite exprS mulrCA ler_pimulr ?invr_ge0 ?ler0n //.
by rewrite exprVn ler_pdivr_mulr ?exprn_gt0 ?ltr0n // mul1r -natrX ler_nat ltn_expl.
Qed.
End Shared.

Section Weights.
Variable R : archiFieldType.
Notation D := (diffusion_matrix R).
Notation heads := (pair (D line_of_four) (D exchanged_line)).
Notation half := (2%:R^-1 : R).
Implicit Types (c : R) (t : nat).

Lemma shared_has_limit c : 0 <= c <= 1 -> vanishes (fun t => shared c t - c).
Proof.
move=> /andP[c0 c1]; apply: vanishes_below (@halved_squares_vanish R) => t.
rewrite shared_minus_limit normrM [X in _ * X]ger0_norm ?half_power_ge0 //.
rewrite ler_wpmul2r ?half_power_ge0 //; apply: le_trans (ler_norm_sub _ _) _; rewrite (normrM (1 - _)) (normrM c).
have pairs0 : 0 <= (t * t.-1)%:R / 2%:R :> R by rewrite divr_ge0 ?ler0n.
have t0 : 0 <= t%:R + 1 :> R by rewrite addr_ge0 ?ler0n ?ler01.
rewrite (ger0_norm pairs0) (ger0_norm t0) (ger0_norm c0).
apply: le_trans (_ : (t * t.-1)%:R / 2%:R + (t%:R + 1) <= _).
  rewrite ler_add //; last by rewrite ler_pimull.
  rewrite ler_pimull // ler_norml; apply/andP; split.
    rewrite -subr_ge0; have -> : 1 - 2%:R * c - -1 = 2%:R * (1 - c) by ring.
    by rewrite mulr_ge0 ?ler0n ?subr_ge0.
  by rewrite ler_subl_addr ler_addl mulr_ge0 ?ler0n.
rewrite -pairs_natr -subr_ge0; move: (ler0n R t); move: (t%:R) => T T0.
have -> : (T + 1) ^+ 2 - (T * (T - 1) / 2%:R + (T + 1)) = (T ^+ 2 + 3%:R * T) / 2%:R by field.
by rewrite divr_ge0 ?ler0n // addr_ge0 ?exprn_ge0 // mulr_ge0 ?ler0n.
Qed.

(* A maximum for c < 1/2, where the signal comes down to its limit in the end; otherwise the limit. *)
Lemma shared_supremum c : 0 <= c <= 1 -> exists x, supremum 1 (shared c) x.
Proof.
move=> weight; have [c0 c1] := andP weight; have van := shared_has_limit weight.
have [large|small] := leP half c.
  exists c; apply: supremum_of_limit => [t _|]; last exact: vanishes_flip.
  rewrite -subr_le0 shared_minus_limit mulr_le0_ge0 ?half_power_ge0 //.
  rewrite subr_le0; apply: le_trans (_ : 0 <= _); last by rewrite mulr_ge0 ?addr_ge0 ?ler0n ?ler01.
  by rewrite mulr_le0_ge0 ?divr_ge0 ?ler0n // subr_le0 -ler_pdivr_mull ?ltr0n // mulr1.
have gap : 0 < 1 - 2%:R * c by rewrite subr_gt0 -ltr_pdivl_mull ?ltr0n // mulr1.
pose N := Num.bound (4%:R / (1 - 2%:R * c)).
have above : 4%:R < (1 - 2%:R * c) * N%:R.
  rewrite mulrC -ltr_pdivr_mulr //; apply: archi_boundP; by rewrite divr_ge0 ?ler0n ?ltW.
have N1 : (1 <= N)%N.
  by rewrite lt0n; apply: contraTneq above => ->; rewrite mulr0 -leNgt ler0n.
have positive : 0 < shared c N.+1 - c.
  rewrite shared_minus_limit mulr_gt0 ?exprn_gt0 ?invr_gt0 ?ltr0n // subr_gt0 /= natrM.
  have -> : (1 - 2%:R * c) * (N.+1%:R * N%:R / 2%:R) = (1 - 2%:R * c) * N%:R * N.+1%:R / 2%:R by ring.
  apply: lt_le_trans (_ : 4%:R * N.+1%:R / 2%:R <= _); last first.
    by rewrite ler_pmul2r ?invr_gt0 ?ltr0n // ler_pmul2r ?ltr0n // ltW.
  rewrite -[N.+1]addn1 natrD; move: (ler0n R N); move: (N%:R) => T T0.
  rewrite -subr_gt0; have -> : 4%:R * (T + 1) / 2%:R - c * (T + 1 + 1) = (2%:R - c) * T + 2%:R * (1 - c) by field.
  have c_below_one : c < 1 by apply: lt_trans small _; rewrite invf_lt1 ?ltr0n ?ltr1n.
  have c_below_two : c <= 2%:R by apply: le_trans c1 _; rewrite ler1n.
  apply: ltr_paddl; first by rewrite mulr_ge0 ?subr_ge0.
  by rewrite mulr_gt0 ?ltr0n ?subr_gt0.
have [x [sup _ _]] := maximum_of_vanishing van (ltn0Sn N) positive.
by exists (x + c); apply: supremum_shift.
Qed.

Variable b : R.
Hypothesis weight : 0 <= b <= 1.
Notation merged := (mean (pair b (1 - b)) heads).

Let signal_form t (j : 'I_4) :
  signal merged t j = nth 0 [:: shared b t; shared (1 - b) t; t%:R * half ^+ t; half ^+ t] j.
Proof. by rewrite signal_of_signals merged_signals. Qed.

Let other_weight : 0 <= 1 - b <= 1.
Proof. by have /andP[b0 b1] := weight; rewrite subr_ge0 b1 ler_subl_addr ler_addl. Qed.

Let signal_of_tau t : (1 <= t)%N -> half ^+ t <= half.
Proof.
move=> le_t; apply: le_trans (times_half_power R le_t); rewrite ler_pmull ?exprn_gt0 ?invr_gt0 ?ltr0n //.
by rewrite ler1n.
Qed.

(* E3.13-values: for all weights the minimax fidelity exists, although the graph has a cycle; *)
Theorem cyclic_minimax_exists : exists x, minimax merged x.
Proof.
apply: minimax_of_suprema; apply: four_nodes.
- have [x sup] := shared_supremum weight; exists x; apply: supremum_ext sup => t.
  by rewrite signal_form inordK.
- have [x sup] := shared_supremum other_weight; exists x; apply: supremum_ext sup => t.
  by rewrite signal_form inordK.
- exists half; apply: (@supremum_of_maximum _ _ _ _ 1%N) => // [|t le_t]; rewrite signal_form inordK //=.
    by rewrite mul1r.
  exact: times_half_power.
exists half; apply: (@supremum_of_maximum _ _ _ _ 1%N) => // [|t le_t]; rewrite signal_form //=.
exact: signal_of_tau.
Qed.

(* E3.13-values: no weights give more than 1/2, *)
Theorem cyclic_minimax_at_most_half x : minimax merged x -> x <= half.
Proof.
move=> min_x; rewrite leNgt; apply/negP => /(minimax_above _ min_x).1 /(_ w) [t le_t].
by rewrite signal_form inordK // ltNge times_half_power.
Qed.

(* E3.13-values: and the pair amplifies exactly for the weights between 1/3 and 2/3. *)
Theorem cyclic_pair_amplifies_iff :
  amplifies (pair b (1 - b)) heads <-> 3%:R^-1 < b < 2%:R / 3%:R.
Proof.
have [min_line min_exchanged _ _] := minimax_values_of_cyclic_example R.
have [/andP[b0 b1] /andP[b0' b1']] := (weight, other_weight).
have upper : (3%:R^-1 < 1 - b) = (b < 2%:R / 3%:R).
  by rewrite ltr_subr_addr -ltr_subr_addl; congr (_ < _); field.
rewrite -upper; split=> [[x min_x larger]|/andP[lower_b upper_b]].
  have above : 3%:R / 8%:R < x.
    by have [y min_y lt_yx] := larger ord0; rewrite /pair eqxx in min_y; rewrite (minimax_unique min_line min_y).
  have all_above := (minimax_above _ min_x).1 above; apply/andP; split; rewrite ltNge; apply/negP => small.
    have [t _] := all_above u; rewrite signal_form inordK //= ltNge => /negP; apply.
    exact: shared_at_most.
  have [t _] := all_above v; rewrite signal_form inordK //= ltNge => /negP; apply.
  exact: shared_at_most.
have [x min_x] := cyclic_minimax_exists; exists x => // h; exists (3%:R / 8%:R); first by rewrite /pair; case: ifP.
have half_above : 3%:R / 8%:R < half by rewrite -[half]mul1r; apply: (@ratio_lt R 3 8 1 2).
apply/(minimax_above _ min_x); apply: four_nodes.
- by exists 5%N => //; rewrite signal_form inordK //; apply: shared_above.
- by exists 5%N => //; rewrite signal_form inordK //; apply: shared_above.
- by exists 1%N => //; rewrite signal_form inordK //= mul1r.
by exists 1%N => //; rewrite signal_form.
Qed.
End Weights.

