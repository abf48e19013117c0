(* The probabilities of reaching a node, or a pair, before a gate: what `reach` of region_reach.v computes.

   Glossary
     chance z h k     the probability of reaching from k, as h has it
     settled          the nodes after j but the gates *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_settled.
From crosshead Require Export region_places.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Local Notation leave := region_documents.leave.
Local Notation size := seq.size.

Section Shown.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Implicit Types (j k l m v : 'I_n.+1).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.

Definition chance (h : reached) (k : nat) : R := ratio_at z (reached_at h k).

Lemma chanceE h k : chance h k = number_at z h k / V (divisor h).
Proof. by []. Qed.

Section Reach.
Variables (gates : seq nat) (j : 'I_n.+1) (h : reached).
Hypothesis reach_h : reach S gates j = Some h.
Local Notation settled := (filter (fun k : nat => ~~ is_in gates k) (after S j)).
Local Notation chance := (chance h).
Local Notation gate := (is_in gates).

Lemma reached_by_solve : [/\ keeps_all S gates j, nonnegative_poly (leave S j) &
  solve n.+1 true (fun _ => [::]) (entry S) (leave S) settled
    (Reached (table n.+1 (fun k : nat => if (k == j) || is_partner S j k then [:: Zpos xH] else [::]))
      [:: Zpos xH]) = Some h].
Proof.
move: reach_h; rewrite /reach (right_size shown) list_filterE; case: ifP => // /andP[all_kept leave_ge0] e.
split=> //; rewrite -e; congr (solve _ _ _ _ _ _ (Reached _ _)).
Qed.

Lemma is_partnerE (k : nat) : is_partner S j k = (partner S j == Some k).
Proof.
rewrite /is_partner; case: partner => // v; case: Nat.eqb_spec => [->|e]; first by rewrite eqxx.
by apply/esym/eqP => - [] /esym.
Qed.

Lemma leave_j_ge0 : 0 <= leaving D j.
Proof.
have [_ ge0 _] := reached_by_solve; move/(nonnegative_value z_gt0): ge0.
by rewrite (value_leave shown) pmulr_rge0.
Qed.

Lemma after_lt (k : nat) : k \in after S j -> (k < n.+1)%N.
Proof. by have [before e] := after_ordered shown j; rewrite -(order_whole shown) e mem_cat => ->; rewrite orbT. Qed.

Lemma after_uniq : uniq (after S j).
Proof. by have [before e] := after_ordered shown j; have := order_once shown; rewrite e cat_uniq => /and3P[]. Qed.

Let settled_spec : [/\ 0 < V (divisor h),
  forall k : 'I_n.+1, (k : nat) \notin settled -> chance k = ((k == j) || (partner S j == Some (k : nat)))%:R,
  forall k : 'I_n.+1, (k : nat) \in settled ->
    leaving D k * chance k = \sum_(l : 'I_n.+1 | settled_before settled k l) D k l * chance l &
  forall k : 'I_n.+1, (k : nat) \in settled -> chance k != 0 -> 0 < leaving D k].
Proof.
have [_ _ /(solve_spec z_gt0)[]] := reached_by_solve.
- by rewrite filter_uniq // after_uniq.
- by move=> k; rewrite mem_filter => /andP[_]; apply: after_lt.
- exact: length_table.
- by rewrite /divisor value_1 ltr01.
- move=> k; rewrite mem_filter => /andP[_ k_after]; have lt_k := after_lt k_after.
  rewrite /number_at /at_node list_nthE nth_table //.
  move: k_after; rewrite -[k]/(nat_of_ord (Ordinal lt_k)) (afterP shown) is_partnerE => /andP[lt_jk /negbTE->].
  by case: eqP => // e; move: lt_jk; rewrite e ltnn.
move=> _ div_gt0 [c div_c same] eqs lefts.
have c_div : c = V (divisor h) by rewrite div_c /divisor value_1 mulr1.
split=> // [k k_out|k k_in|k k_in].
- rewrite chanceE same // c_div mulrC mulKf ?(gt_eqF div_gt0) // /number_at /at_node list_nthE nth_table //.
  by rewrite is_partnerE; case: orP => // _; rewrite value_1.
- apply: (mulfI (lt0r_neq0 one_gt0)); rewrite mulrA -(value_leave shown) chanceE mulrA eqs // mul0r add0r.
  rewrite mulr_suml mulr_sumr.
  by apply: eq_bigr => l _; rewrite (right_entry shown) chanceE !mulrA.
- rewrite chanceE mulf_eq0 negb_or => /andP[k_neq0 _].
  by have := lefts k k_in; rewrite /= k_neq0 => /(_ isT); rewrite (value_leave shown) pmulr_rgt0.
Qed.

Lemma divisor_gt0 : 0 < V (divisor h).
Proof. by case: settled_spec. Qed.

Lemma chance_ge0 k : 0 <= chance k.
Proof.
have [_ _ /(solve_ge0 z_gt0) ge0] := reached_by_solve.
rewrite chanceE divr_ge0 ?(ltW divisor_gt0) //; apply: ge0 => //.
- move=> i l i_in; split=> // lt_l; move: i_in; rewrite mem_filter => /andP[_ /after_lt lt_i].
  by rewrite (right_entry shown (Ordinal lt_i) (Ordinal lt_l)) mulr_ge0 ?(ltW one_gt0) //; apply: (no_negative shown).
- by rewrite /divisor value_1 ltr01.
- move=> i; rewrite /number_at /at_node list_nthE; have [lt_i|le_i] := ltnP i n.+1; last by rewrite nth_table_out.
  by rewrite nth_table //; case: ifP => _ //; rewrite value_1 ler01.
Qed.

Lemma chance_j : chance j = 1.
Proof.
case: settled_spec => _ -> //; first by rewrite eqxx.
by rewrite mem_filter (afterP shown) ltnn andbF.
Qed.

Lemma chance_partner v : partner S j = Some (v : nat) -> chance v = 1.
Proof.
move=> pair; case: settled_spec => _ -> //; first by rewrite pair eqxx orbT.
by rewrite mem_filter (afterP shown) pair eqxx !andbF.
Qed.

Lemma chance_gate m : gate m -> m != j -> chance m = 0.
Proof.
move=> gate_m m_j; case: settled_spec => _ -> //; last by rewrite mem_filter gate_m.
rewrite (negbTE m_j); case: eqP => // pair; have [] := reached_by_solve.
by rewrite /keeps_all pair; move: gate_m; rewrite is_inE; case: gates.
Qed.

Lemma chance_outside k : (k : nat) \notin after S j -> k != j -> partner S j != Some (k : nat) -> chance k = 0.
Proof.
move=> k_after /negbTE k_j /negbTE k_p; case: settled_spec => _ -> //; first by rewrite k_j k_p.
by rewrite mem_filter (negbTE k_after) andbF.
Qed.

Lemma chance_leave k : k != j -> partner S j != Some (k : nat) -> chance k != 0 -> D k k < 1.
Proof.
move=> k_j k_p chance_k; have [_ _ _ lefts] := settled_spec; rewrite -subr_gt0; apply: lefts => //.
rewrite mem_filter andbC; apply/andP; split.
  by apply: contraNT chance_k => /chance_outside->.
by apply/negP => gate_k; case/eqP: chance_k; apply: chance_gate.
Qed.

(* A pair after j does not lead there. *)
Lemma chance_other_pair k v : (k : nat) \in settled -> partner S k = Some (v : nat) -> chance k = 0.
Proof.
have [_ _ eqs lefts] := settled_spec.
have first_zero (a b : 'I_n.+1) : (a : nat) \in settled -> partner S a = Some (b : nat) ->
    (settled_before settled a b -> chance b = 0) -> chance a = 0.
  move=> a_in pair b_zero; apply/eqP; apply: contraTT (eqxx (0 : R)) => a_neq0.
  have := eqs a a_in; rewrite big1 => [/eqP|l before_l].
    by rewrite mulf_eq0 (negbTE a_neq0) orbF gt_eqF // lefts.
  have [->|D_al] := eqVneq (D a l) 0; first by rewrite mul0r.
  have [e|l_a] := eqVneq l a; first by move: before_l; rewrite e /settled_before a_in ltnn.
  case: (hears shown D_al l_a) => [|[]]; rewrite pair // => - [] /val_inj e.
  by rewrite -e b_zero ?mulr0 // e.
move=> k_in pair; have [pair' k_v] := partner_sym shown pair.
apply: (first_zero k v) => // before_v.
have [v_in|v_out] := boolP ((v : nat) \in settled).
  apply: (first_zero v k) => //; rewrite /settled_before k_in /= => lt_kv.
  by move: before_v; rewrite /settled_before v_in /= ltnNge (ltnW lt_kv).
case: settled_spec => _ -> // _ _; case: eqP => [e|_] /=.
  by move: k_in; rewrite mem_filter (afterP shown) -e pair' eqxx !andbF.
case: eqP => // /(partner_sym shown)[]; rewrite pair' => - [] /val_inj e _.
by move: k_in; rewrite e mem_filter (afterP shown) ltnn andbF.
Qed.

Lemma chance_settled k : ~~ gate k -> k != j -> partner S j != Some (k : nat) ->
  leaving D k * chance k = \sum_(l | l != k) D k l * chance l.
Proof.
move=> not_gate k_j k_p; have [_ _ eqs _] := settled_spec.
have [k_after|k_out] := boolP ((k : nat) \in after S j); last first.
  rewrite chance_outside // mulr0 big1 // => l l_k; have [->|D_kl] := eqVneq (D k l) 0; first by rewrite mul0r.
  by have [l_out l_j l_p] := not_after_hears shown k_out k_j k_p D_kl l_k; rewrite chance_outside ?mulr0.
have k_in : (k : nat) \in settled by rewrite mem_filter not_gate.
rewrite eqs // (bigID (fun l => l != k)) /= [X in _ + X]big1 ?addr0 => [|l /andP[before /negPn/eqP e]]; last first.
  by move: before; rewrite e /settled_before k_in ltnn.
rewrite [RHS](bigID (fun l : 'I_n.+1 => settled_before settled k l)) /= [X in _ = _ + X]big1 ?addr0.
  by apply: eq_bigl => l; rewrite andbC.
move=> l /andP[l_k]; rewrite /settled_before negb_or negbK -leqNgt => /andP[l_in le_kl].
have [->|D_kl] := eqVneq (D k l) 0; first by rewrite mul0r.
case: (hears shown D_kl l_k) => [pair|[_ lt_lk]].
  by have [pair' _] := partner_sym shown pair; rewrite (@chance_other_pair l k) ?mulr0.
have sorted_part : sorted (fun a b => place a < place b)%N settled.
  have [before e] := after_ordered shown j; apply: sorted_filter; first by move=> y x t; apply: ltn_trans.
  by have := order_sorted (order_once shown); rewrite [X in sorted _ X]e => /cat_sorted2[].
by have := index_part (order_once shown) sorted_part l_in k_in lt_lk; rewrite ltnNge le_kl.
Qed.

Lemma chance_harmonic k : ~~ gate k -> k != j -> partner S j != Some (k : nat) ->
  \sum_l D k l * chance l = chance k.
Proof.
move=> not_gate k_j k_p; rewrite (bigD1 k) //= -chance_settled // /region_tails.leave; ring.
Qed.

(* A node alone (hears shown) nobody that leads to it. *)
Lemma chance_onto_j : partner S j = None -> \sum_l D j l * chance l = D j j.
Proof.
move=> alone; rewrite (bigD1 j) //= chance_j mulr1 big1 ?addr0 // => l l_j.
have [->|D_jl] := eqVneq (D j l) 0; first by rewrite mul0r.
case: (hears shown D_jl l_j) => [|[_ lt_lj]]; first by rewrite alone.
by rewrite chance_outside ?mulr0 ?alone // (afterP shown) negb_and -leqNgt ltnW.
Qed.

(* A pair keeps what it has. *)
Lemma pair_keeps v : partner S j = Some (v : nat) ->
  [/\ D j j = 1 - D j v, D v v = 1 - D v j & forall l, l != j -> l != v -> D j l = 0 /\ D v l = 0].
Proof.
move=> pair; have [pair' j_v] := partner_sym shown pair; have [+ _ _] := reached_by_solve.
rewrite /keeps_all pair; case: gates => // /andP[/(value_equal z) kept_j /(value_equal z) kept_v].
have kept (a b : 'I_n.+1) : V (leave S a) = V (entry S a b) -> D a a = 1 - D a b.
  rewrite (value_leave shown) (right_entry shown) => /(mulfI (lt0r_neq0 one_gt0)) <-.
  by rewrite /region_tails.leave subKr.
split=> [||l l_j l_v]; [exact: kept | exact: kept |].
split; apply/eqP; apply: contraTT (eqxx l) => D_l.
  by case: (hears shown D_l l_j) => [|[]]; rewrite pair // => - [] /val_inj e; rewrite e eqxx in l_v.
by case: (hears shown D_l l_v) => [|[]]; rewrite pair' // => - [] /val_inj e; rewrite e eqxx in l_j.
Qed.

Lemma chance_onto_pair v : partner S j = Some (v : nat) ->
  \sum_l D j l * chance l = 1 /\ \sum_l D v l * chance l = 1.
Proof.
move=> pair; have [pair' j_v] := partner_sym shown pair; have [D_j D_v none] := pair_keeps pair.
split; rewrite (bigD1 j) // (bigD1 v) 1?eq_sym //= chance_j (chance_partner pair) !mulr1 big1 ?addr0.
- by rewrite D_j subrK.
- by move=> l /andP[l_j l_v]; have [-> _] := none l l_j l_v; rewrite mul0r.
- by rewrite D_v addrC subrK.
- by move=> l /andP[l_j l_v]; have [_ ->] := none l l_j l_v; rewrite mul0r.
Qed.

Lemma chance_super k : ~~ gate k -> \sum_l D k l * chance l <= chance k.
Proof.
move=> not_gate; case pair: (partner S j) => [w|].
  have [v e] := partner_node shown pair; rewrite e in pair.
  have [to_j to_v] := chance_onto_pair pair.
  have [->|k_j] := eqVneq k j; first by rewrite to_j chance_j.
  have [->|k_v] := eqVneq k v; first by rewrite to_v (chance_partner pair).
  by rewrite chance_harmonic // pair; apply/eqP => - [] /val_inj e'; rewrite e' eqxx in k_v.
have [->|k_j] := eqVneq k j; last by rewrite chance_harmonic // pair.
by rewrite chance_onto_j // chance_j -subr_ge0 leave_j_ge0.
Qed.

Lemma chance_place k l : k != j -> partner S j != Some (k : nat) -> chance k != 0 -> D k l != 0 -> l != k ->
  (place l < place k)%N.
Proof.
move=> k_j k_p chance_k D_kl l_k; case: (hears shown D_kl l_k) => [pair|[]] //.
have k_in : (k : nat) \in settled.
  rewrite mem_filter andbC; apply/andP; split; first by apply: contraNT chance_k => /chance_outside->.
  by apply/negP => gate_k; case/eqP: chance_k; apply: chance_gate.
by rewrite (chance_other_pair k_in pair) eqxx in chance_k.
Qed.

End Reach.
End Shown.
