(* What bounds a fidelity from above: all later signals are at most what all of upper_values of region_bounds.v are.

   Glossary
     within first f v   f t <= v for all t >= first (stays_within of region_signals.v) *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_tails region_signals region_pairs.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_flow region_gate_values region_slow_values.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.
Local Notation leave := region_documents.leave.

Section Upper.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Implicit Types (j k l v : 'I_n.+1).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.
Let D_ge0 := no_negative shown.

Theorem pair_values_sound t j v values B : partner S j = Some (v : nat) -> pair_values S t j v = Some values ->
  (forall q, List.In q values -> good z q) /\
  ((forall q, List.In q values -> ratio_at z q <= B) -> bounded D s t j B).
Proof.
move=> pair; rewrite /pair_values /limit pair; case reach_h: reach => [h|] //.
case: ifP => // /(positive_value z_gt0); rewrite value_plus !(right_entry shown) -mulrDr => both_gt0.
case: ifP => // /andP[/(nonnegative_value z_gt0) keeps /(positive_value z_gt0) sum_gt0] [<-].
have h_gt0 := divisor_gt0 shown reach_h; have [pair' j_v] := partner_sym shown pair.
have [D_jj D_vv none] := pair_keeps shown reach_h pair.
have sum_at : V (poly_plus (entry S j v) (entry S v j)) = V (one S) * (D j v + D v j).
  by rewrite value_plus !(right_entry shown) mulrDr.
have sum_pos : 0 < D j v + D v j by move: sum_gt0; rewrite sum_at pmulr_rgt0.
have sum_at' : V (poly_plus (entry S v j) (entry S j v)) = V (one S) * (D j v + D v j).
  by rewrite value_plus !(right_entry shown) mulrDr addrC.
have good_q : good z (Quotient (entry S v j) (poly_plus (entry S v j) (entry S j v))).
  by rewrite /good /= sum_at' mulr_gt0.
have q_at : ratio_at z (Quotient (entry S v j) (poly_plus (entry S v j) (entry S j v))) = D v j / (D j v + D v j).
  by rewrite {1}/ratio_at /= sum_at' (right_entry shown) -mulf_div divff ?gt_eqF // mul1r.
have good_s : good z (reached_at h (sink S)) by [].
have s_at : ratio_at z (reached_at h (sink S)) = chance z h s by rewrite (right_sink shown).
have [good_l l_at] := times_spec good_q good_s.
have [good_w w_at] := weigh_spec shown t [:: j : nat; v : nat] h_gt0.
have [good_m m_at] := plus_spec good_l good_w.
have [good_j j_at] := signal_good shown t j; have [good_v v_at] := signal_good shown t v.
have [good_1 at_1] := times_poly_spec (entry S j v) good_j; have [good_2 at_2] := times_poly_spec (entry S v j) good_v.
have [good_e e_at] := minus_spec good_1 good_2; have [good_o o_at] := over_positive_spec good_e sum_gt0.
have [good_x x_at] := plus_spec good_m good_o.
split=> [q [<-|[<-|[]]] //|bounds].
have weigh_E : \sum_(k : 'I_n.+1 | ~~ is_in [:: j : nat; v : nat] k) signal_from D s t k * chance z h k =
    \sum_(k | (k != j) && (k != v)) signal_from D s t k * chance z h k.
  by apply: eq_bigl => k; rewrite is_inE !inE negb_or !val_eqE.
have settled_at : D v j / (D j v + D v j) * chance z h s + \sum_(k | (k != j) && (k != v)) signal_from D s t k * chance z h k <= B.
  by rewrite -weigh_E -w_at -s_at -q_at -l_at -m_at; apply: bounds; left.
apply: (@pair_bound _ _ D s j v (fun k => chance z h k) t B) => //.
- have : 0 <= V (one S) * (1 - D j v - D v j).
    by move: keeps; rewrite !value_minus !(right_entry shown) !mulrBr mulr1.
  by rewrite pmulr_rge0.
- by move=> k; apply: (chance_ge0 shown reach_h).
- exact: (chance_j shown reach_h).
- exact: (chance_partner shown reach_h).
- by move=> k; apply: (chance_super shown reach_h).
have := bounds _ (or_intror (or_introl erefl)); rewrite x_at m_at l_at q_at s_at w_at weigh_E o_at e_at at_1 at_2 sum_at.
rewrite !(right_entry shown) j_at v_at; congr (_ + _ <= _).
have -> : signal_from D s t j * (V (one S) * D j v) - signal_from D s t v * (V (one S) * D v j) =
    V (one S) * (D j v * signal_from D s t j - D v j * signal_from D s t v) by ring.
by rewrite -mulf_div divff ?gt_eqF // mul1r.
Qed.

Lemma sign_within_le signs q : sound_signs z signs -> good z q -> sign_within signs Lt q -> ratio_at z q <= 0.
Proof.
move=> sound good_q; rewrite /sign_within; case e: signs => [[]|] // _; have := sound _ _ e; rewrite ratio_sign //=.
  by move=> /eqP->.
exact: ltW.
Qed.

Lemma sign_within_ge signs q : sound_signs z signs -> good z q -> sign_within signs Gt q -> 0 <= ratio_at z q.
Proof.
move=> sound good_q; rewrite /sign_within; case e: signs => [[]|] // _; have := sound _ _ e; rewrite ratio_sign //=.
  by move=> /eqP->.
exact: ltW.
Qed.

Theorem later_values_sound signs threshold u values j : sound_signs z signs -> upper_node u = j ->
    later_values S signs threshold u = Some values ->
  (forall q, List.In q values -> good z q) /\
  forall B, (forall q, List.In q values -> ratio_at z q <= B) -> bounded D s (horizon_of u) j B.
Proof.
move=> sound; case: u => [i t|i t gates inflow|i t m inflow e|i t slow rate] /= e_j; rewrite {i}e_j; case pair: partner => [w|] //.
- have [v ev] := partner_node shown pair; rewrite {}ev in pair * => found.
  split=> [|B]; first by have [] := pair_values_sound 0 pair found.
  by have [] := pair_values_sound B pair found.
- case reach_h: reach => [h|] //= [<-]; have h_gt0 := divisor_gt0 shown reach_h.
  have [good_w w_at] := weigh_all shown t h_gt0.
  split=> [q [<-|[]] //|B bounds]; have := reach_bounds shown (t := t) reach_h.
  by move/bounded_weaken; apply; rewrite -w_at; apply: bounds; left.
- case: ifP => // _ found; split=> [|B]; first by have [] := gate_values_sound shown pair 0 found.
  by have [] := gate_values_sound shown pair B found.
- case: e => [|e0 [|e1 e]] //; case: threshold => // bar; case: ifP => // /andP[/andP[/Nat.ltb_spec0 lt_m _] _].
  have {}lt_m : (m < n.+1)%N by rewrite -(right_size shown); apply/ssrnat.ltP.
  case found: level_values => [conditions|] //; case: ifP => // all_signs [<-].
  have [good_c below] := @level_values_sound _ _ D s z S shown j pair t (Ordinal lt_m) inflow [:: e0, e1 & e] conditions isT found.
  have [good_e e_at] := rational_spec z e0.
  split=> [q [<-|[]] //|B bounds]; apply: (@bounded_weaken _ _ D s t j (real_of R e0)); last first.
    by rewrite -e_at; apply: bounds; left.
  apply: below => q q_in; apply: (sign_within_le sound); first exact: good_c.
  by have := proj1 (List.forallb_forall _ _) all_signs q q_in.
- case: slow => // a slow; case: threshold => // _; case: ifP => // /andP[_ rate_ge0].
  case found: slow_values => [[rest found_values]|] //; case: ifP => // rest_sign [<-].
  have rate_pos : 0 <= real_of R rate.
    by rewrite /real_of divr_ge0 ?(ltW (real_gt0 _ _)) // -[X in X <= _](exponential_bounds.real0 R) real_le.
  have [good_rest good_v below] := slow_values_sound shown pair rate_pos found.
  by split=> // B; apply: below; apply: (sign_within_ge sound).
Qed.

Theorem upper_values_sound signs first threshold u values j : sound_signs z signs ->
    upper_values S signs first threshold u = Some values -> upper_node u = j ->
  (forall q, List.In q values -> 0 < V (under q)) /\
  forall B, (forall q, List.In q values -> ratio_at z q <= B) -> stays_within first (fun t => signal_from D s t j) B.
Proof.
move=> sound; rewrite /upper_values => + e_j; rewrite e_j; case: ifP => // /andP[_ /Nat.leb_spec0/ssrnat.leP le_t].
case found: later_values => [later|] //= [<-]; have [good_l below] := later_values_sound sound e_j found.
have early q : List.In q (List.map (fun r => signal S r j) (List.seq first (horizon_of u - first)%coq_nat)) ->
    exists2 r, (first <= r < horizon_of u)%N & q = signal S r j.
  case/List.in_map_iff => r [<- /List.in_seq[le_r lt_r]]; exists r => //.
  by apply/andP; split; [apply/ssrnat.leP | apply/ssrnat.ltP]; lia.
split=> [q q_in|B bounds].
  case: (List.in_app_or _ _ _ q_in) => [/early[r _ ->]|q_later]; last exact: good_l.
  by have [] := signal_good shown r j.
apply: bounded_before (below B _) => [t /andP[le_first lt_T]|q q_in]; last first.
  by apply: bounds; apply: List.in_or_app; right.
have [_ <-] := signal_good shown t j; apply: bounds; apply: List.in_or_app; left.
by apply/List.in_map_iff; exists t; split=> //; apply/List.in_seq; lia.
Qed.
End Upper.
