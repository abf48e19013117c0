(* Slow nodes: what slow_values of region_bounds.v computes bounds a fidelity from above. *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_tails region_slow.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_flow region_slow_states.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.
Local Notation leave := region_documents.leave.
Local Notation heard := region_bounds.heard.

Lemma In_nodes (l : seq nat) k : List.In k l <-> k \in l.
Proof.
elim: l => //= a l [to from]; rewrite in_cons; split=> [[->|/to->]|/orP[/eqP->|/from]]; rewrite ?eqxx ?orbT //; by [left | right].
Qed.

Section Slow.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Implicit Types (j k l m : 'I_n.+1) (y : slow_state).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.
Let D_ge0 := no_negative shown.

Variable j : 'I_n.+1.
Hypothesis alone : partner S j = None.
Local Notation part_at := (region_slow_states.part_at z).
Local Notation feed_at := (region_slow_states.feed_at z).
Local Notation chance_at := (region_slow_states.chance_at z).
Local Notation sum_heard := (region_slow_states.sum_heard D z).
Local Notation sum_fed := (region_slow_states.sum_fed z).

Lemma heard_but_j u k : (forall l : 'I_n.+1, good z (quotient_at u l)) -> good z (heard S u k [:: j : nat]) /\
  ratio_at z (heard S u k [:: j : nat]) = V (one S) * others D j (bound_at z u) k.
Proof.
move=> good_u; have [good_h ->] := heard_spec shown k [:: j : nat] good_u; split=> //; congr (_ * _).
by apply: eq_bigl => l; rewrite is_inE mem_seq1 val_eqE.
Qed.

Theorem slow_values_sound t slow rate rest values : 0 <= real_of R rate ->
    slow_values S t slow rate j = Some (rest, values) ->
  [/\ good z rest, forall q, List.In q values -> good z q &
      forall B, 0 <= ratio_at z rest -> (forall q, List.In q values -> ratio_at z q <= B) -> bounded D s t j B].
Proof.
move=> rate_ge0; rewrite /slow_values; case steps: slow_steps => [y|] //.
have facts := steps_facts shown (erefl : after S j = [::] ++ after S j) (start_facts shown j) steps.
case: ifP => // /andP[/(leave_positive shown) leave_j]; rewrite (right_size shown) list_seqE => grows.
have good_p := parts_good facts; have good_f := feeds_good facts.
have good_terms (k : 'I_n.+1) : good z (quotient_times (quotient_at (parts_of y) k) (signal S t k)).
  by have [good_x _] := signal_good shown t k; have [] := times_spec (good_p k) good_x.
have [good_v v_at] := sum_over_nodes (f := fun k : nat => quotient_times (quotient_at (parts_of y) k) (signal S t k)) good_terms.
have feed_spec (k : 'I_n.+1) : good z (if poly_zero (over (quotient_at (feeds y) k)) then zero_quotient
      else quotient_times (quotient_at (feeds y) k) (weigh S t (chance_of y k) [::])) /\
    ratio_at z (if poly_zero (over (quotient_at (feeds y) k)) then zero_quotient
      else quotient_times (quotient_at (feeds y) k) (weigh S t (chance_of y k) [::])) =
    feed_at y k * weighed D s t (chance_at y k).
  case: ifP => [/(value_zero z) zero|_].
    by rewrite /region_slow_states.feed_at /bound_at {2}/ratio_at zero !mul0r; have [] := zero_spec z.
  have [good_w w_at] := weigh_all shown t (chances_good facts k).
  by have [good_q ->] := times_spec (good_f k) good_w; rewrite w_at.
have [good_fed fed_at] := sum_over_nodes (f := fun k : nat => if poly_zero (over (quotient_at (feeds y) k)) then zero_quotient
      else quotient_times (quotient_at (feeds y) k) (weigh S t (chance_of y k) [::])) (fun k => (feed_spec k).1).
have left_gt0 : 0 < V (leave S j) by rewrite (value_leave shown) mulr_gt0.
have [good_o o_at] := over_positive_spec good_fed left_gt0.
have [good_x x_at] := signal_good shown t j; have [good_r r_at] := minus_spec good_v good_x.
rewrite list_seqE in good_v v_at good_fed fed_at good_o o_at good_r r_at.
move=> [<- <-]; split=> // [q [<-|[<-|[]]] //|B rest_ge0 bounds].
have potential : weighed D s t (part_at y) = ratio_at z (quotient_sum (iota 0 n.+1)
    (fun k : nat => quotient_times (quotient_at (parts_of y) k) (signal S t k))).
  rewrite v_at; apply: eq_bigr => k _; have [good_xk xk_at] := signal_good shown t k.
  by have [_ ->] := times_spec (good_p k) good_xk; rewrite xk_at mulrC.
have part_before k : (k : nat) \notin after S j -> k != j -> part_at y k = 0 by apply: (part_none facts).
have unheard k l : (k : nat) \notin after S j -> D k l != 0 -> l != k -> part_at y l = 0.
  move=> k_out D_kl l_k; have [e|k_j] := eqVneq k j; last first.
    have [l_out l_j _] := not_after_hears shown k_out k_j (alone_not alone k) D_kl l_k.
    exact: part_before.
  rewrite e in D_kl l_k; case: (hears shown D_kl l_k) => [|[_ lt_lj]]; first by rewrite alone.
  by apply: part_before => //; rewrite (afterP shown) negb_and -leqNgt ltnW.
have fed_ge0 k : 0 <= sum_fed y k.
  by rewrite sumr_ge0 // => m _; rewrite mulr_ge0 ?(feed_ge0 facts) ?(chance_at_ge0 facts).
have fed_E k : fed xpredT (fun m => feed_at y m / V (one S)) (chance_at y) k = sum_fed y k / V (one S).
  by rewrite /fed mulr_suml; apply: eq_bigr => m _; rewrite mulrAC.
apply: (@below_slow _ _ D s j t xpredT (real_of R rate) (part_at y) (fun m => feed_at y m / V (one S)) (chance_at y)) => //.
- exact: (part_j facts).
- by move=> m _; rewrite divr_ge0 ?(feed_ge0 facts) // ltW.
- move=> m _; rewrite mulf_eq0 negb_or => /andP[feed_m _]; exact: (chance_at_super facts).
- rewrite big1 // => l l_j; have [->|D_jl] := eqVneq (D j l) 0; first by rewrite mul0r.
  by rewrite (unheard j l) ?mulr0 // (afterP shown) ltnn.
- move=> k k_j; rewrite (but_node _ _ k_j).
  have k_in : (k : nat) \in iota 0 n.+1 by rewrite mem_iota leq0n ltn_ord.
  have : nonnegative_poly (over (grown S rate j (parts_of y) k)).
    have := proj1 (List.forallb_forall _ _) grows k (proj2 (In_nodes _ _) k_in).
    by case: Nat.eqb_spec => [/val_inj e|_ //]; rewrite e eqxx in k_j.
  move/(nonnegative_value z_gt0).
  have [good_h h_at] := heard_but_j k good_p.
  have [good_1 at_1] := times_poly_spec (entry S k k) (good_p k).
  have [good_2 at_2] := plus_spec good_h good_1.
  have [good_3 at_3] := times_poly_spec (one S) (good_p k).
  have [good_4 at_4] := times_rational_spec rate good_3.
  have [good_g g_at] := minus_spec good_2 good_4.
  rewrite -[value z _](divfK (lt0r_neq0 good_g)) -/(ratio_at z (grown S rate j (parts_of y) k)) pmulr_lge0 //.
  rewrite g_at at_2 h_at at_1 at_4 at_3 (right_entry shown) => ge0.
  rewrite -[others _ _ _ _]/(others D j (part_at y) k) -[ratio_at z (quotient_at _ k)]/(part_at y k) in ge0.
  rewrite -subr_ge0 -(pmulr_rge0 _ one_gt0); congr (0 <= _): ge0.
  by move: (others _ _ _ _) (part_at y k) (real_of R rate) => o p r; ring.
- move=> k; apply: heard_step; rewrite fed_E -subr_ge0 -(pmulr_rge0 _ one_gt0).
  have [k_in|k_out] := boolP ((k : nat) \in after S j).
    have := part_step facts k_in; rewrite -subr_ge0; congr (0 <= _); rewrite -[region_slow.heard _ _ _]/(sum_heard y k).
    have := one_gt0; move: (sum_heard y k) (part_at y k) (sum_fed y k) (V (one S)) (leaving D k) (leaving D j).
    by move=> h p f o a b o_gt0; field; rewrite gt_eqF.
  have -> : region_slow.heard D (part_at y) k = 0.
    rewrite /region_slow.heard big1 // => l l_k; have [->|D_kl] := eqVneq (D k l) 0; first by rewrite mul0r.
    by rewrite (unheard k l) ?mulr0.
  rewrite subr0 mulr_ge0 ?(ltW one_gt0) //; have [->|k_j] := eqVneq k j.
    by rewrite subrr mul0r add0r divr_ge0 // ltW.
  by rewrite part_before // mulr0 add0r divr_ge0 // ltW.
- by rewrite potential -x_at -r_at.
- by rewrite potential; apply: bounds; left.
- have := bounds _ (or_intror (or_introl erefl)); rewrite o_at fed_at (value_leave shown); congr (_ <= _).
  rewrite invfM mulrA; congr (_ / _); rewrite mulr_suml; apply: eq_bigr => m _.
  by rewrite (feed_spec m).2 mulrAC.
Qed.
End Slow.
