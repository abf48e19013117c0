(* The bounds of what passes gates: what flow_bounds and gate_sums_of of region_bounds.v compute.

   Glossary
     bound_at z u k   the k-th of a list of quotients, at z
     later j          the nodes after j *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails region_gates.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_sums.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.
Local Notation leave := region_documents.leave.
Local Notation onto := region_gates.onto.

Lemma sum_nodes (R : realFieldType) N (l : seq nat) (F : nat -> R) : uniq l -> (forall k, k \in l -> (k < N)%N) ->
  \sum_(k <- l) F k = \sum_(k < N | (k : nat) \in l) F k.
Proof.
move=> uniq_l lt_N; rewrite -(big_mkord (fun k => k \in l) F) -[RHS]big_filter.
suff p : perm_eq l [seq k <- index_iota 0 N | k \in l] by rewrite (perm_big _ p).
apply: uniq_perm => [//||k]; first by rewrite filter_uniq ?iota_uniq.
by rewrite mem_filter mem_index_iota /=; case: (boolP (k \in l)) => //= /lt_N->.
Qed.

Section Bounds.
Variable R : realFieldType.
Variable z : R.

Definition bound_at (u : seq quotient) (k : nat) : R := ratio_at z (quotient_at u k).

Lemma bound_at_set u k q i : (k < size u)%N -> quotient_at (set_at k q u) i = if i == k then q else quotient_at u i.
Proof. by move=> lt_k; rewrite /quotient_at !list_nthE nth_set. Qed.

Lemma bound_at_table N f k : (k < N)%N -> quotient_at (table N f) k = f k.
Proof. by move=> lt_k; rewrite /quotient_at list_nthE nth_table. Qed.
End Bounds.

Section Flow.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Implicit Types (j k l m : 'I_n.+1).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.
Let D_ge0 := no_negative shown.

Lemma weigh_all t h : 0 < V (divisor h) -> defined z (weigh S t h [::]) /\
  ratio_at z (weigh S t h [::]) = weighed D s t (fun k => chance z h k).
Proof. by move=> /(weigh_spec shown t [::]). Qed.

Lemma passed_at h k : 0 < V (divisor h) ->
  V (passed S h k) = V (one S) * V (divisor h) * onto D (fun l => chance z h l) k.
Proof.
move=> h_gt0; rewrite /passed value_sum (right_size shown) /onto mulr_sumr; apply: eq_bigr => l _.
rewrite value_times (right_entry shown); rewrite [chance z h l]chanceE /number_at.
transitivity (V (one S) * (D k l * V (at_node (numbers h) l)) * (V (divisor h) / V (divisor h))); last by ring.
by rewrite divff ?gt_eqF // mulr1 mulrA.
Qed.

Variable j : 'I_n.+1.
Hypothesis alone : partner S j = None.
Local Notation later := (after S j).

Lemma alone_not k : partner S j != Some (k : nat).
Proof. by rewrite alone. Qed.

Lemma reach_super k h : reach S [::] k = Some h -> superharmonic D (fun l => chance z h l).
Proof. by move=> reach_h l; apply: (chance_super shown reach_h). Qed.

Lemma reach_bounds t k h : reach S [::] k = Some h -> bounded D s t k (weighed D s t (fun l => chance z h l)).
Proof.
move=> reach_h; apply: below_tail => //; last exact: reach_super reach_h.
  by move=> l; apply: (chance_ge0 shown reach_h).
by rewrite (chance_j shown reach_h).
Qed.

Lemma later_heard k l (rest : seq nat) done : rev later = done ++ (l : nat) :: rest -> partner S l = None ->
  D k l != 0 -> k != l -> (k : nat) \in done.
Proof.
move=> e alone_l D_kl k_l; have l_after : (l : nat) \in later by rewrite -mem_rev e mem_cat mem_head orbT.
rewrite eq_sym in k_l; case: (hears shown D_kl k_l) => [/(partner_sym shown)[]|[_ lt_lk]]; first by rewrite alone_l.
have k_after : (k : nat) \in later.
  rewrite (afterP shown) alone andbT; move: l_after; rewrite (afterP shown) => /andP[lt_jl _]; exact: ltn_trans lt_lk.
have : (k : nat) \in done ++ (l : nat) :: rest by rewrite -e mem_rev.
rewrite mem_cat in_cons val_eqE [k == l]eq_sym (negbTE k_l) /= => /orP[] // k_rest.
have trans : transitive (fun a b => place b < place a)%N by move=> y x t lt_yx lt_ty; apply: ltn_trans lt_yx.
have : sorted (fun a b => place b < place a)%N (rev later).
  rewrite rev_sorted; have [before e'] := after_ordered shown j.
  by have := order_sorted (order_once shown); rewrite [X in sorted _ X]e' => /cat_sorted2[].
rewrite e => /cat_sorted2[_ /(order_path_min trans)/allP/(_ _ k_rest)] /(ltn_trans lt_lk).
by rewrite ltnn.
Qed.

Lemma flow_spec t inflow_nodes u :
    flow_bounds S t inflow_nodes (rev later) (table n.+1 (fun _ => zero_quotient)) = Some u ->
  forall k, (k : nat) \in later ->
  defined z (quotient_at u k) /\ (partner S k = None -> bounded D s t k (bound_at z u k)).
Proof.
have steps nodes done v : rev later = done ++ nodes -> flow_bounds S t inflow_nodes nodes v = Some u -> size v = n.+1 ->
    (forall k, if (k : nat) \in done
               then defined z (quotient_at v k) /\ (partner S k = None -> bounded D s t k (bound_at z v k))
               else quotient_at v k = zero_quotient) ->
    forall k, (k : nat) \in later ->
      defined z (quotient_at u k) /\ (partner S k = None -> bounded D s t k (bound_at z u k)).
  elim: nodes done v => [|a nodes IH] done v.
    by rewrite cats0 => <- [->] _ ok k k_in; have := ok k; rewrite mem_rev k_in.
  move=> e /=; case bound_a: flow_bound => [next|] // more size_v ok.
  have a_after : a \in later by rewrite -mem_rev e mem_cat mem_head orbT.
  have lt_a : (a < n.+1)%N by apply: (after_lt shown a_after).
  pose l := Ordinal lt_a; rewrite -[a]/(nat_of_ord l) in e a_after bound_a more.
  have l_done : (l : nat) \notin done.
    have : uniq (rev later) by rewrite rev_uniq (after_uniq shown).
    by rewrite e cat_uniq /= negb_or => /and3P[_ /andP[]].
  have good_v k : defined z (quotient_at v k).
    have := ok k; case: ifP => [_ [] //|_ ->]; by have [] := zero_spec z.
  have {}bound_a : defined z next /\ (partner S l = None -> bounded D s t l (ratio_at z next)).
    move: bound_a; rewrite /flow_bound; case: ifP => _; last first.
      case reach_h: reach => [h|] //= [<-]; have div_gt0 := divisor_gt0 shown reach_h.
      by have [good_w ->] := weigh_all t div_gt0; split=> // _; apply: reach_bounds.
    case: ifP => // /(leave_positive shown) leave_l [<-].
    have [good_x x_at] := signal_spec shown t l.
    have good_terms (k : 'I_n.+1) : defined z (times_poly (quotient_at v k) (entry S k l)).
      by have [] := times_poly_spec (entry S k l) (good_v k).
    rewrite (right_size shown).
    have [good_sum sum_at] :=
      node_sum_spec (f := fun k : nat => times_poly (quotient_at v k) (entry S k l)) good_terms.
    have left_gt0 : 0 < V (leave S l) by rewrite (value_leave shown) mulr_gt0.
    have [good_over over_at] := over_positive_spec good_sum left_gt0.
    have [good_next ->] := plus_spec good_over good_x; split=> // alone_l.
    rewrite over_at sum_at x_at (value_leave shown) addrC.
    have -> : (\sum_(k < n.+1) ratio_at z (times_poly (quotient_at v k) (entry S k l))) / (V (one S) * leaving D l) =
        inflow D (fun k => (k : nat) \in done) (bound_at z v) l / leaving D l.
      rewrite invfM mulrA mulr_suml /inflow; congr (_ / _); rewrite [RHS]big_mkcond; apply: eq_bigr => k _ /=.
      have [_ ->] := times_poly_spec (entry S k l) (good_v k); rewrite (right_entry shown).
      have := ok k; case: ifP => [k_done _ | _ ->] /=; last by have [_ ->] := zero_spec z; rewrite !mul0r.
      have -> : k != l by apply: contraNneq l_done => <-.
      by rewrite [V (one S) * _]mulrC mulrA mulfK ?gt_eqF.
    apply: below_inflow => // k k_l /lt0r_neq0 D_kl; have k_done := later_heard e alone_l D_kl k_l.
    split=> [//|]; have := ok k; rewrite k_done => - [_]; apply; case pair: partner => [w|] //.
    rewrite eq_sym in k_l; case: (hears shown D_kl k_l) => [/(partner_sym shown)[]|[]]; by rewrite ?alone_l ?pair.
  apply: (IH (rcons done (l : nat))) more _ _; rewrite ?size_set //; first by rewrite cat_rcons.
  move=> k; rewrite mem_rcons in_cons /bound_at bound_at_set ?size_v //.
  by case: eqVneq => [e'|_] /=; [rewrite (val_inj e') | apply: ok].
move=> found; apply: (steps (rev later) [::]) found _ _ => //; first exact: length_table.
by move=> k /=; rewrite bound_at_table.
Qed.
End Flow.
