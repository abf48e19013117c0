(* Gates and levels: what gate_sums_of, gate_values and level_values of region_bounds.v compute.

   Glossary
     later k          k stands after j
     gate_facts       g, and the sums of what passes the gates and of what is underway, as region_gates.v has them
     level_bound, level_stays   what is asked of one level, and of a level and the next *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_tails region_gates region_levels.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_sums region_flow.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.
Local Notation leave := region_documents.leave.
Local Notation onto := region_gates.onto.

Section Gates.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Implicit Types (j k l m : 'I_n.+1).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.
Let D_ge0 := no_negative shown.

Lemma gated_reach gates j h : partner S j = None -> reach S gates j = Some h -> ~~ is_in gates j ->
  gated D (fun k : 'I_n.+1 => is_in gates k) j (fun k => chance z h k).
Proof.
move=> alone reach_h j_out; split.
- by move=> k; apply: (chance_ge0 shown reach_h).
- exact: (chance_j shown reach_h).
- by move=> m gate_m; apply: (chance_gate shown reach_h) => //; apply: contraNneq j_out => <-.
- by rewrite /region_gates.onto (chance_onto_j shown reach_h alone).
- by move=> k _ not_gate; apply: (chance_super shown reach_h).
Qed.

Variable j : 'I_n.+1.
Hypothesis alone : partner S j = None.
Local Notation later := (fun k : 'I_n.+1 => (k : nat) \in after S j).

(* Nothing passes a gate in a pair. *)
Lemma onto_other_pair gates (m : 'I_n.+1) w g : reach S gates j = Some g -> is_in gates m -> ~~ is_in gates j ->
  partner S m = Some w -> onto D (fun k : 'I_n.+1 => chance z g k) m = 0.
Proof.
move=> reach_g gate_m j_out pair; have [v e] := partner_node shown pair; rewrite {}e in pair.
have m_j : m != j by apply: contraNneq j_out => <-.
have [pair' m_v] := partner_sym shown pair; rewrite /region_gates.onto big1 // => l _.
have [->|D_ml] := eqVneq (D m l) 0; first by rewrite mul0r.
have [->|l_m] := eqVneq l m; first by rewrite (chance_gate shown reach_g) ?mulr0.
case: (hears shown D_ml l_m) => [|[]]; rewrite pair // => - [] /val_inj <-.
have v_j : v != j by apply/eqP => e; move: alone; rewrite -e pair'.
have [gate_v|v_gate] := boolP (is_in gates v); first by rewrite (chance_gate shown reach_g) ?mulr0.
have [v_in|v_out] := boolP ((v : nat) \in after S j); last by rewrite (chance_outside shown reach_g) ?mulr0 ?alone.
by rewrite (chance_other_pair shown reach_g _ pair') ?mulr0 // mem_filter v_gate.
Qed.

Record gate_facts (t : nat) (gates : seq nat) (sums : gate_sums) : Prop := GateFacts {
  divisor_pos : 0 < V (divisor (chances sums));
  facts_gated : gated D (fun k : 'I_n.+1 => is_in gates k) j (fun k => chance z (chances sums) k);
  facts_leave : 0 < leaving D j;
  facts_reach : reach S gates j = Some (chances sums);
  facts_out : ~~ is_in gates j;
  facts_bounds : exists U : 'I_n.+1 -> R,
    [/\ gate_bounds D s t (fun k : 'I_n.+1 => is_in gates k) later j (fun k => chance z (chances sums) k) U,
        defined z (through sums) /\ ratio_at z (through sums) = V (one S) * V (divisor (chances sums)) *
          region_gates.through D (fun k : 'I_n.+1 => is_in gates k) later (fun k => chance z (chances sums) k) U &
        defined z (underway sums) /\ ratio_at z (underway sums) = V (divisor (chances sums)) *
          region_gates.underway (fun k : 'I_n.+1 => is_in gates k) later j (fun k => chance z (chances sums) k) U] }.

Lemma sum_later (p : nat -> bool) (F : nat -> R) :
  \sum_(k <- List.filter p (List.rev (after S j))) F k = \sum_(k : 'I_n.+1 | ((k : nat) \in after S j) && p k) F k.
Proof.
rewrite list_filterE list_revE (@sum_nodes _ n.+1).
- by apply: eq_bigl => k; rewrite mem_filter mem_rev andbC.
- by rewrite filter_uniq // rev_uniq (after_uniq shown).
- by move=> k; rewrite mem_filter mem_rev => /andP[_]; apply: (after_lt shown).
Qed.

Lemma gate_sums_spec t gates inflow_nodes sums : gate_sums_of S t gates inflow_nodes j = Some sums ->
  gate_facts t gates sums.
Proof.
rewrite /gate_sums_of; case: ifP => // /andP[j_out /(leave_positive shown) leave_j].
case reach_g: reach => [g|] //; case flow: flow_bounds => [u|] // [<-] /=.
rewrite list_revE (right_size shown) in flow; have flows := flow_spec shown alone flow.
have g_gt0 := divisor_gt0 shown reach_g; have j_gated := gated_reach alone reach_g j_out.
split=> //=; exists (fun k => bound_at z u k).
have good_terms p (f : nat -> region_polynomials.polynomial) (k : nat) : k \in List.filter p (List.rev (after S j)) ->
    defined z (times_poly (quotient_at u k) (f k)).
  rewrite list_filterE list_revE mem_filter mem_rev => /andP[_ k_in]; have lt_k := after_lt shown k_in.
  by have [good_k _] := flows (Ordinal lt_k) k_in; have [] := times_poly_spec (f k) good_k.
split.
- split.
  + by move=> k k_j k_out; apply: (chance_outside shown reach_g) => //; apply: (alone_not alone).
  + move=> m gate_m m_out; have m_j : m != j by apply: contraNneq j_out => <-.
    rewrite /region_gates.onto big1 // => l _; have [->|D_ml] := eqVneq (D m l) 0; first by rewrite mul0r.
    have [->|l_m] := eqVneq l m; first by rewrite (chance_gate shown reach_g) ?mulr0.
    have [l_out l_j l_p] := not_after_hears shown m_out m_j (alone_not alone m) D_ml l_m.
    by rewrite (chance_outside shown reach_g) ?mulr0.
  + move=> k k_in not_gate _ /lt0r_neq0 g_k; have [_] := flows k k_in; apply; case pair: partner => [w|] //.
    have [v e_v] := partner_node shown pair; rewrite {}e_v in pair.
    by rewrite (chance_other_pair shown reach_g _ pair) ?eqxx ?mem_filter ?not_gate in g_k.
  + move=> m m_in gate_m passes; have [_] := flows m m_in; apply; case pair: partner => [w|] //.
    by rewrite (onto_other_pair reach_g gate_m j_out pair) ltxx in passes.
- have [good_sum ->] := quotient_sum_spec (good_terms (is_in gates) (passed S g)); split=> //.
  rewrite sum_later /region_gates.through mulr_sumr; apply: eq_bigr => m /andP[m_in _].
  have [good_m _] := flows m m_in; have [_ ->] := times_poly_spec (passed S g m) good_m.
  by rewrite (passed_at shown) // /bound_at; ring.
- have [good_sum ->] := quotient_sum_spec (good_terms (fun k : nat => ~~ is_in gates k) (at_node (numbers g))).
  split=> //.
  rewrite sum_later /region_gates.underway mulr_sumr.
  rewrite [RHS](eq_bigl (fun k : 'I_n.+1 => ((k : nat) \in after S j) && ~~ is_in gates k)); last first.
    move=> k; rewrite andbA andbC; case: eqVneq => //= ->; by rewrite (afterP shown) ltnn.
  apply: eq_bigr => k /andP[k_in _]; have [good_k _] := flows k k_in.
  have [_ ->] := times_poly_spec (at_node (numbers g) k) good_k.
  by rewrite chanceE /number_at /bound_at mulrCA [V (divisor g) * _]mulrC divfK ?gt_eqF.
Qed.

Theorem gate_values_sound t gates inflow_nodes values B : gate_values S t gates inflow_nodes j = Some values ->
  (forall q, List.In q values -> defined z q) /\
  ((forall q, List.In q values -> ratio_at z q <= B) -> bounded D s t j B).
Proof.
rewrite /gate_values; case sums_j: gate_sums_of => [sums|] //= [<-].
have [g_gt0 j_gated leave_j _ _ [U [U_bounds [good_t t_at] [good_u u_at]]]] := gate_sums_spec sums_j.
have [good_w w_at] := weigh_all shown t g_gt0.
have [good_ul ul_at] := times_poly_spec (leave S j) good_u.
have [good_sum sum_at] := plus_spec good_t good_ul.
have below_gt0 : 0 < V (poly_times (leave S j) (divisor (chances sums))).
  by rewrite value_times (value_leave shown) !mulr_gt0.
have [good_o o_at] := over_positive_spec good_sum below_gt0.
split=> [q [<-|[<-|[]]]|bounds] //; apply: (below_gates D_ge0 j_gated U_bounds leave_j).
  by rewrite -w_at; apply: bounds; left.
have := bounds _ (or_intror (or_introl erefl)); rewrite o_at sum_at ul_at t_at u_at value_times (value_leave shown).
move: (region_gates.through _ _ _ _ _) (region_gates.underway _ _ _ _ _) => T G.
have -> : (V (one S) * V (divisor (chances sums)) * T + V (divisor (chances sums)) * G * (V (one S) * leaving D j)) /
    (V (one S) * leaving D j * V (divisor (chances sums))) = T / leaving D j + G; last by [].
move: leave_j g_gt0 one_gt0; move: (leaving D j) (V (divisor _)) (V (one S)) => L d o L_gt0 d_gt0 o_gt0.
by field; rewrite !gt_eqF.
Qed.

(* ---- Levels ---- *)

Lemma real_nat (k : nat) : real R (Z.of_nat k) = k%:R.
Proof. by rewrite /real; have -> : int_of_Z (Z.of_nat k) = k%:Z by lia. Qed.

Lemma real_share i p : (0 < p)%N -> real_of R (Qmake (Z.of_nat i) (Pos.of_nat p)) = i%:R / p%:R.
Proof.
move=> p_gt0; rewrite /real_of [Qnum _]/= [Qden _]/= real_nat; congr (_ / _); rewrite -real_nat; congr real.
by rewrite -positive_nat_Z Nat2Pos.id //; lia.
Qed.

Lemma real_of_minus x y : real_of R (Qminus x y) = real_of R x - real_of R y.
Proof.
rewrite /real_of [Qnum _]/=; have -> : Zpos (Qden (Qminus x y)) = Z.mul (Zpos (Qden x)) (Zpos (Qden y)) by [].
by rewrite exponential_bounds.realD !exponential_bounds.realM exponential_bounds.realN -mulNr addf_div ?real_neq0.
Qed.

Definition level_bound (v w : R) p i (e : R) : Prop := v + i%:R / p%:R * w - e <= 0.
Definition level_stays (m : 'I_n.+1) (G : R) p i (e e' : R) : Prop :=
  let beta := V (one S) * ((p - i)%:R * leaving D m + i%:R * leaving D j) in
  beta * (e' - e) - V (one S) * leaving D j * e + G * (V (one S) * leaving D j) <= 0 /\
  V (one S) * leaving D j + beta - V (one S) <= 0.

Lemma level_conditions_spec v w rest m p i e : defined z v -> defined z w -> defined z rest -> (0 < p)%N ->
  (forall q, List.In q (level_conditions S v w rest j m p i e) -> defined z q) /\
  ((forall q, List.In q (level_conditions S v w rest j m p i e) -> ratio_at z q <= 0) ->
   forall a, (a < size e)%N ->
     level_bound (ratio_at z v) (ratio_at z w) p (i + a) (real_of R (nth (Qmake 0 1) e a)) /\
     ((a.+1 < size e)%N -> level_stays m (ratio_at z rest) p (i + a)
        (real_of R (nth (Qmake 0 1) e a)) (real_of R (nth (Qmake 0 1) e a.+1)))).
Proof.
move=> good_v good_w good_r p_gt0; elim: e i => [|e0 e IH] i //.
have [good_w' w_at] := times_rational_spec (Qmake (Z.of_nat i) (Pos.of_nat p)) good_w.
have [good_vw vw_at] := plus_spec good_v good_w'.
have [good_e0 e0_at] := rational_spec z e0; have [good_1 at_1] := minus_spec good_vw good_e0.
have bound_1 :
    ratio_at z (quotient_minus (quotient_plus v (times_rational w (Qmake (Z.of_nat i) (Pos.of_nat p))))
      (quotient_of e0)) <= 0 ->
    level_bound (ratio_at z v) (ratio_at z w) p i (real_of R e0).
  by rewrite at_1 vw_at w_at e0_at real_share // /level_bound [_ * ratio_at z w]mulrC.
case: e IH => [|e1 e] IH /=.
  by split=> [q [<-|[]] | bounds [|a]] //= _; rewrite addn0; split=> //; apply/bound_1/bounds; left.
have [good_m m_at] := whole_spec z (poly_scale (Z.of_nat (p - i)) (leave S m)).
have [good_j j_at] := whole_spec z (poly_scale (Z.of_nat i) (leave S j)).
have [good_b b_at] := plus_spec good_m good_j.
have [good_be be_at] := times_rational_spec (Qminus e1 e0) good_b.
have [good_l l_at] := whole_spec z (leave S j).
have [good_le le_at] := times_rational_spec e0 good_l.
have [good_d d_at] := minus_spec good_be good_le.
have [good_rl rl_at] := times_poly_spec (leave S j) good_r.
have [good_2 at_2] := plus_spec good_d good_rl.
have [good_o o_at] := whole_spec z (one S).
have [good_lb lb_at] := plus_spec good_l good_b.
have [good_3 at_3] := minus_spec good_lb good_o.
have [good_more more] := IH (i + 1)%N.
split=> [q [<-|[<-|[<-|]]] // | bounds [|a] /=]; first exact: good_more.
  rewrite addn0 => _; split; first by apply/bound_1/bounds; left.
  move=> _; have := bounds _ (or_intror (or_introl erefl)); have := bounds _ (or_intror (or_intror (or_introl erefl))).
  rewrite at_3 at_2 lb_at o_at d_at rl_at be_at le_at b_at m_at j_at l_at.
  rewrite !value_scale !(value_leave shown) !real_nat real_of_minus.
  rewrite /level_stays => le_3 le_2; split; [congr (_ <= 0): le_2 | congr (_ <= 0): le_3]; ring.
rewrite -[(i + a.+1)%N]/(i + (1 + a))%N addnA ltnS; apply: more => q q_in; apply: bounds; by right; right; right.
Qed.

Theorem level_values_sound t (m : 'I_n.+1) inflow_nodes e conditions : (1 < size e)%N ->
    level_values S t m inflow_nodes e j = Some conditions ->
  (forall q, List.In q conditions -> defined z q) /\
  ((forall q, List.In q conditions -> ratio_at z q <= 0) -> bounded D s t j (real_of R (nth (Qmake 0 1) e 0))).
Proof.
move=> size_e; rewrite /level_values; case sums_j: gate_sums_of => [sums|] //; case reach_m: reach => [h|] //.
case: ifP => // /(leave_positive shown) leave_m.
have [g_gt0 j_gated leave_j reach_g j_out [U [U_bounds _ [good_u u_at]]]] := gate_sums_spec sums_j.
have h_gt0 := divisor_gt0 shown reach_m.
have [good_v v_at] := weigh_all shown t g_gt0; have [good_h h_at] := weigh_all shown t h_gt0.
have [good_r r_at] := over_positive_spec good_u g_gt0.
set g := fun k : 'I_n.+1 => chance z (chances sums) k in j_gated U_bounds u_at v_at *.
set share := Quotient (passed S (chances sums) m) (poly_times (leave S m) (divisor (chances sums))).
have good_s : defined z share by rewrite /defined /= value_times (value_leave shown) !mulr_gt0.
have s_at : ratio_at z share = passing_share D m g.
  rewrite /ratio_at /= (passed_at shown) // value_times (value_leave shown) /passing_share -/g.
  move: leave_m g_gt0 one_gt0; move: (leaving D m) (V (divisor _)) (V (one S)) (onto D g m).
  move=> L d o x L_gt0 d_gt0 o_gt0.
  by field; rewrite !gt_eqF.
have [good_w w_at] := times_spec good_h good_s.
move=> [<-]; rewrite -[(length e - 1)%coq_nat]/(size e - 1)%N; set p := (size e - 1)%N.
have p_gt0 : (0 < p)%N by rewrite subn_gt0.
have [good_c conditions_at] := level_conditions_spec m 0 e good_v good_w good_r p_gt0.
split=> // bounds; have {}conditions_at := conditions_at bounds.
have e_size i : (i <= p)%N = (i < size e)%N by rewrite /p subn1 -ltnS prednK // ltnW.
have only_m (k : 'I_n.+1) : is_in [:: m : nat] k = (k == m) by rewrite is_inE mem_seq1.
have m_gated : gated D (pred1 m) j g.
  case: j_gated => ge0 node gate_0 keeps super; split=> // k; first by move=> /= k_m; apply: gate_0; rewrite only_m.
  by move=> k_j /= k_m; apply: super; rewrite ?only_m.
have m_bounds : gate_bounds D s t (pred1 m) later j g U.
  case: U_bounds => none closed under_ through_.
  split=> // k; [move=> k_m|move=> k_in k_m|move=> k_in k_m]; rewrite /= in k_m.
  - by apply: closed; rewrite only_m.
  - by apply: under_; rewrite ?only_m.
  - by apply: through_; rewrite ?only_m.
have G_at : ratio_at z (over_positive (underway sums) (divisor (chances sums))) =
    region_gates.underway (pred1 m) later j g U.
  rewrite r_at u_at mulrC mulKf ?gt_eqF //; apply: eq_bigl => k; by rewrite only_m.
apply: (@below_levels _ _ D s j m t p later g (fun k => chance z h k) U
  (fun i => real_of R (nth (Qmake 0 1) e i))) => //.
- move=> passes; apply: (gated_reach _ reach_m) => //; case pair: partner => [w|] //.
  by rewrite (onto_other_pair reach_g _ j_out pair) ?only_m ?eqxx // ltxx in passes.
- move=> i; rewrite e_size => /conditions_at[+ _]; rewrite /level_bound add0n v_at w_at h_at s_at subr_le0.
  by rewrite mulrA [_ * passing_share _ _ _]mulrAC mulrA.
- move=> i lt_i; have lt_e : (i.+1 < size e)%N by rewrite -e_size.
  have [stays _] := (conditions_at i (ltnW lt_e)).2 lt_e; rewrite add0n G_at in stays.
  rewrite -(pmulr_rle0 _ one_gt0); congr (_ <= 0): stays; rewrite /rate_of; ring.
- move=> i lt_i; have lt_e : (i.+1 < size e)%N by rewrite -e_size.
  have [_ slow] := (conditions_at i (ltnW lt_e)).2 lt_e; rewrite add0n in slow.
  rewrite -(pmulr_rle0 _ one_gt0); congr (_ <= 0): slow; rewrite /rate_of; ring.
Qed.
End Gates.
