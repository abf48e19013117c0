(* Slow nodes: what slow_steps of region_bounds.v computes, one node after the other.

   Glossary
     part_at y k        u_k
     feed_at y m        kappa_m, in units in which `one` is not 1
     chance_at y m k    w_m(k)
     state_facts done y what holds when the nodes of `done` have been gone through *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_tails region_slow.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_flow.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.
Local Notation leave := region_documents.leave.
Local Notation heard := region_bounds.heard.

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

Definition part_at y k : R := bound_at z (parts_of y) k.
Definition feed_at y k : R := bound_at z (feeds y) k.
Definition chance_at y m k : R := chance z (chance_of y m) k.
Definition sum_heard y k : R := \sum_(l : 'I_n.+1 | l != k) D k l * part_at y l.
Definition sum_fed y k : R := \sum_(m : 'I_n.+1) feed_at y m * chance_at y m k.

Record state_facts (done : seq nat) y : Prop := StateFacts {
  done_alone : forall k, (k : nat) \in done -> partner S k = None;
  state_size : [/\ size (parts_of y) = n.+1, size (feeds y) = n.+1 & size (reaching y) = n.+1];
  parts_good : forall k : 'I_n.+1, good z (quotient_at (parts_of y) k);
  feeds_good : forall k : 'I_n.+1, good z (quotient_at (feeds y) k);
  chances_good : forall k : 'I_n.+1, 0 < V (divisor (chance_of y k));
  part_j : part_at y j = 1;
  part_none : forall k, (k : nat) \notin done -> k != j -> part_at y k = 0;
  feed_none : forall k, (k : nat) \notin done -> feed_at y k = 0;
  feed_ge0 : forall k, 0 <= feed_at y k;
  chance_at_ge0 : forall m k, 0 <= chance_at y m k;
  chance_at_super : forall m, feed_at y m != 0 -> superharmonic D (chance_at y m);
  part_step : forall k, (k : nat) \in done ->
    V (one S) * sum_heard y k <= V (one S) * (leaving D k - leaving D j) * part_at y k + sum_fed y k }.

Lemma heard_spec u k but : (forall l : 'I_n.+1, good z (quotient_at u l)) -> good z (heard S u k but) /\
  ratio_at z (heard S u k but) = V (one S) * \sum_(l : 'I_n.+1 | (l != k) && ~~ is_in but l) D k l * bound_at z u l.
Proof.
move=> good_u; rewrite /heard (right_size shown).
have good_terms (l : 'I_n.+1) : good z (if (l =? k)%N || is_in but l then zero_quotient else times_poly (quotient_at u l) (entry S k l)).
  by case: ifP => _; [have [] := zero_spec z | have [] := times_poly_spec (entry S k l) (good_u l)].
have [good_sum ->] := sum_over_nodes (f := fun l : nat => if (l =? k)%N || is_in but l then zero_quotient
  else times_poly (quotient_at u l) (entry S k l)) good_terms.
split=> //; rewrite mulr_sumr [RHS]big_mkcond; apply: eq_bigr => l _.
have -> : (l =? k)%N = (l == k) by case: Nat.eqb_spec => [/val_inj->|e]; rewrite ?eqxx //; apply/esym/eqP => e'; apply: e; rewrite e'.
case: eqVneq => _ /=; first by have [_ ->] := zero_spec z.
case: is_in => /=; first by have [_ ->] := zero_spec z.
by have [_ ->] := times_poly_spec (entry S k l) (good_u l); rewrite (right_entry shown) mulrC mulrA.
Qed.

Lemma less_feeds_spec done y k rest : state_facts done y -> good z rest -> good z (less_feeds S y k rest) /\
  ratio_at z (less_feeds S y k rest) = ratio_at z rest - sum_fed y k.
Proof.
move=> facts good_r; rewrite /less_feeds (right_size shown) list_seqE.
have fold (l : seq nat) a : (forall m : nat, m \in l -> (m < n.+1)%N) -> good z a ->
    let total := List.fold_left (fun rest (m : nat) => quotient_minus rest
      (quotient_times (quotient_at (feeds y) m) (reached_at (chance_of y m) k))) l a in
    good z total /\ ratio_at z total = ratio_at z a - \sum_(m <- l : seq nat) bound_at z (feeds y) m * chance z (chance_of y m) k.
  elim: l a => [|m l IH] a lt_l good_a; first by rewrite big_nil subr0.
  have lt_m : (m < n.+1)%N by apply: lt_l; rewrite mem_head.
  have good_c : good z (reached_at (chance_of y m) k) by apply: (chances_good facts (Ordinal lt_m)).
  have [good_t t_at] := times_spec (feeds_good facts (Ordinal lt_m)) good_c.
  have [good_m m_at] := minus_spec good_a good_t.
  rewrite big_cons opprD addrA; move: m_at; rewrite t_at => <-.
  by apply: IH => // i i_l; apply: lt_l; rewrite in_cons i_l orbT.
have [|good_t ->] := fold (iota 0 n.+1) rest _ good_r; first by move=> m; rewrite mem_iota.
split=> //; congr (_ - _).
by rewrite /sum_fed /feed_at /chance_at -(big_mkord xpredT (fun m : nat => bound_at z (feeds y) m * chance z (chance_of y m) k)) /index_iota subn0.
Qed.

Lemma lag_at k : V (lag S j k) = V (one S) * (leaving D k - leaving D j).
Proof. by rewrite /lag value_minus !(value_leave shown) -mulrBr. Qed.

Lemma later_unheard done (a : 'I_n.+1) nodes k : after S j = done ++ (a : nat) :: nodes -> partner S k = None ->
  ((k : nat) \in done) || (k == a) -> forall l, (l : nat) \in nodes \/ (l == a /\ k != a) -> D k l = 0.
Proof.
move=> e alone_k k_in l l_in; apply/eqP; apply: contraTT (leqnn 0) => D_kl.
have trans : transitive (fun a b => place a < place b)%N by move=> y x t; apply: ltn_trans.
have sorted_after : sorted (fun a b => place a < place b)%N (done ++ (a : nat) :: nodes).
  have [before e'] := after_ordered shown j.
  by have := order_sorted (order_once shown); rewrite [X in sorted _ X]e' => /cat_sorted2[_]; rewrite e.
have uniq_after : uniq (done ++ (a : nat) :: nodes) by rewrite -e (after_uniq shown).
suff lt_kl : (place k < place l)%N.
  have l_k : l != k by apply: contraTneq lt_kl => ->; rewrite ltnn.
  case: (hears shown D_kl l_k) => [|[_]]; first by rewrite alone_k.
  by move/(ltn_trans lt_kl); rewrite ltnn.
move: sorted_after; rewrite (sorted_pairwise trans) pairwise_cat /= => /and3P[across _ /andP[/allP a_first _]].
case/orP: k_in => [k_done|/eqP e_k]; last first.
  by case: l_in => [/a_first|[_]]; rewrite e_k // eqxx.
move/allrelP: across => across; apply: across => //; rewrite in_cons.
by case: l_in => [->|[/eqP-> _]]; rewrite ?orbT ?eqxx.
Qed.

(* One more node a: x is its part, q its feed. *)
Lemma extend_facts done (a : 'I_n.+1) nodes y y' x q : after S j = done ++ (a : nat) :: nodes -> partner S a = None ->
    state_facts done y -> [/\ size (parts_of y') = n.+1, size (feeds y') = n.+1 & size (reaching y') = n.+1] ->
    (forall k : 'I_n.+1, good z (quotient_at (parts_of y') k)) -> (forall k : 'I_n.+1, good z (quotient_at (feeds y') k)) ->
    (forall k : 'I_n.+1, 0 < V (divisor (chance_of y' k))) ->
    (forall k, part_at y' k = if k == a then x else part_at y k) ->
    (forall k, feed_at y' k = if k == a then q else feed_at y k) -> 0 <= q ->
    (forall m k, m != a -> chance_at y' m k = chance_at y m k) -> (forall k, 0 <= chance_at y' a k) ->
    (q != 0 -> superharmonic D (chance_at y' a)) ->
    V (one S) * sum_heard y a <= V (one S) * (leaving D a - leaving D j) * x + sum_fed y a + q * chance_at y' a a ->
  state_facts (rcons done (a : nat)) y'.
Proof.
move=> e alone_a facts sizes good_p good_f good_c parts_y' feeds_y' q_ge0 chances_y' chance_ge0 super step.
have a_done : (a : nat) \notin done.
  have : uniq (after S j) by apply: (after_uniq shown).
  by rewrite e cat_uniq /= negb_or => /and3P[_ /andP[]].
have a_after : (a : nat) \in after S j by rewrite e mem_cat mem_head orbT.
have a_j : a != j by apply: contraTneq a_after => ->; rewrite (afterP shown) ltnn.
have fed_y' k : sum_fed y' k = sum_fed y k + q * chance_at y' a k.
  rewrite /sum_fed (bigD1 a) //= [in RHS](bigD1 a) //= (feed_none facts a_done) mul0r add0r feeds_y' eqxx addrC.
  by congr (_ + _); apply: eq_bigr => m m_a; rewrite feeds_y' (negbTE m_a) chances_y'.
have in_done k : (k : nat) \in rcons done (a : nat) -> k = a \/ [/\ (k : nat) \in done & k != a].
  rewrite mem_rcons in_cons => /orP[/eqP/val_inj->|k_done]; [by left | right].
  by split=> //; apply: contraTneq k_done => ->.
split=> //.
- by move=> k /in_done[->|[k_done _]] //; apply: (done_alone facts).
- by rewrite parts_y' eq_sym (negbTE a_j) (part_j facts).
- by move=> k; rewrite mem_rcons in_cons negb_or val_eqE parts_y' => /andP[/negbTE-> k_done] k_j; apply: (part_none facts).
- by move=> k; rewrite mem_rcons in_cons negb_or val_eqE feeds_y' => /andP[/negbTE-> k_done]; apply: (feed_none facts).
- by move=> k; rewrite feeds_y'; case: eqP => // _; apply: (feed_ge0 facts).
- by move=> m k; have [->|m_a] := eqVneq m a; [exact: chance_ge0 | rewrite chances_y' //; apply: (chance_at_ge0 facts)].
- move=> m; rewrite feeds_y'; have [->|m_a] := eqVneq m a => // feed_m k.
  by under eq_bigr do rewrite chances_y' //; rewrite chances_y' //; apply: (chance_at_super facts).
- move=> k /in_done[->|[k_done k_a]].
    rewrite fed_y' addrA parts_y' eqxx; congr (_ <= _): step; congr (_ * _).
    by apply: eq_bigr => l l_a; rewrite parts_y' (negbTE l_a).
  have -> : sum_heard y' k = sum_heard y k.
    apply: eq_bigr => l l_k; rewrite parts_y'; case: eqP => // e_l.
    rewrite (@later_unheard done a nodes k e) ?mul0r //; first exact: (done_alone facts).
      by rewrite k_done.
    by right; rewrite e_l eqxx.
  rewrite parts_y' (negbTE k_a) fed_y'; apply: le_trans (part_step facts k_done) _.
  by rewrite addrA ler_addl mulr_ge0.
Qed.

Lemma fast_step_facts done (a : 'I_n.+1) nodes y y' : after S j = done ++ (a : nat) :: nodes -> partner S a = None ->
  state_facts done y -> fast_step S j a y = Some y' -> state_facts (rcons done (a : nat)) y'.
Proof.
move=> e alone_a facts; have [good_h h_at] := heard_spec a [::] (parts_good facts).
have [good_r r_at] := less_feeds_spec a facts good_h.
have a_done : (a : nat) \notin done.
  have : uniq (after S j) by apply: (after_uniq shown).
  by rewrite e cat_uniq /= negb_or => /and3P[_ /andP[]].
have a_after : (a : nat) \in after S j by rewrite e mem_cat mem_head orbT.
have a_j : a != j by apply: contraTneq a_after => ->; rewrite (afterP shown) ltnn.
have rest_at : ratio_at z (less_feeds S y a (heard S (parts_of y) a [::])) = V (one S) * sum_heard y a - sum_fed y a.
  by rewrite r_at h_at; congr (_ * _ - _); apply: eq_bigl => l; rewrite andbT.
have [size_p size_f size_r] := state_size facts.
rewrite /fast_step; case sign_r: sign => [c|] //; have := sign_sound z_gt0 sign_r; rewrite ratio_sign // rest_at.
have unchanged : V (one S) * sum_heard y a - sum_fed y a <= 0 -> state_facts (rcons done (a : nat)) y.
  move=> small; apply: (@extend_facts done a nodes y y 0 0) => //; try by case: facts.
  - by move=> k; case: eqP => // ->; rewrite (part_none facts).
  - by move=> k; case: eqP => // ->; rewrite (feed_none facts).
  - by rewrite eqxx.
  - by rewrite mulr0 add0r mul0r addr0 -subr_le0.
case: c sign_r => _ /=; [move=> /eqP zero [<-]|move=> neg [<-]|]; try by apply: unchanged; rewrite ?zero ?lexx ?ltW.
move=> pos; case: ifP => // /(positive_value z_gt0) lag_gt0 [<-].
have [good_o o_at] := over_positive_spec good_r lag_gt0.
apply: (@extend_facts done a nodes y _ (ratio_at z (over_positive (less_feeds S y a (heard S (parts_of y) a [::])) (lag S j a))) 0) => //=.
- by rewrite size_set.
- by move=> k; rewrite bound_at_set ?size_p //; case: eqP => // _; apply: (parts_good facts).
- exact: (feeds_good facts).
- exact: (chances_good facts).
- by move=> k; rewrite /part_at /bound_at /= bound_at_set ?size_p // val_eqE; case: eqP.
- by move=> k; case: eqP => // ->; rewrite [LHS](feed_none facts).
- by move=> k; apply: (chance_at_ge0 facts).
- by rewrite eqxx.
- by rewrite mul0r addr0 -lag_at o_at mulrCA divff ?gt_eqF // mulr1 rest_at subrK.
Qed.

Lemma slow_step_facts rate done (a : 'I_n.+1) nodes y y' : after S j = done ++ (a : nat) :: nodes -> partner S a = None ->
  state_facts done y -> slow_step S rate j a y = Some y' -> state_facts (rcons done (a : nat)) y'.
Proof.
move=> e alone_a facts; have [good_h h_at] := heard_spec a [::] (parts_good facts).
have [size_p size_f size_r] := state_size facts.
have a_done : (a : nat) \notin done.
  have : uniq (after S j) by apply: (after_uniq shown).
  by rewrite e cat_uniq /= negb_or => /and3P[_ /andP[]].
rewrite /slow_step; case part_a: slow_part => [q|] //.
have good_q : good z q.
  move: part_a; rewrite /slow_part; case: ifP => _; first by move=> [<-]; have [] := zero_spec z.
  case: ifP => // /(positive_value z_gt0) kept_gt0 [<-].
  have [good_o _] := heard_spec a [:: j : nat] (parts_good facts).
  have [good_m _] := times_rational_spec (Qmake (Zneg xH) xH) good_o.
  by rewrite /good /= value_times mulr_gt0.
have [good_t t_at] := times_poly_spec (lag S j a) good_q.
have [good_d d_at] := minus_spec good_h good_t.
have [good_r r_at] := less_feeds_spec a facts good_d.
set rest := less_feeds S y a _ in good_r r_at *.
have rest_at : ratio_at z rest = V (one S) * sum_heard y a - ratio_at z q * V (lag S j a) - sum_fed y a.
  by rewrite r_at d_at h_at t_at; congr (_ * _ - _ - _); apply: eq_bigl => l; rewrite andbT.
case sign_r: sign => [c|] //; have := sign_sound z_gt0 sign_r; rewrite ratio_sign //.
have parts_y' (f : seq quotient) (r : seq reached) k :
    part_at (Slow_state (set_at a q (parts_of y)) f r) k = if k == a then ratio_at z q else part_at y k.
  by rewrite /part_at /bound_at /= bound_at_set ?size_p // val_eqE; case: eqP.
have good_parts (f : seq quotient) (r : seq reached) (k : 'I_n.+1) :
    good z (quotient_at (parts_of (Slow_state (set_at a q (parts_of y)) f r)) k).
  by rewrite /= bound_at_set ?size_p //; case: eqP => // _; apply: (parts_good facts).
have no_feed : ratio_at z rest <= 0 ->
    state_facts (rcons done (a : nat)) (Slow_state (set_at a q (parts_of y)) (feeds y) (reaching y)).
  rewrite rest_at => small; apply: (@extend_facts done a nodes y _ (ratio_at z q) 0) => //=.
  - by rewrite size_set.
  - exact: (good_parts [::] [::]).
  - exact: (feeds_good facts).
  - exact: (chances_good facts).
  - by move=> k; case: eqP => // ->; rewrite [LHS](feed_none facts).
  - by move=> k; apply: (chance_at_ge0 facts).
  - by rewrite eqxx.
  - rewrite mul0r addr0 -lag_at -subr_ge0; rewrite -oppr_ge0 in small; congr (0 <= _): small; ring.
case: c sign_r => _ /=; [move=> /eqP zero [<-]|move=> neg [<-]|]; try by apply: no_feed; rewrite ?zero ?lexx ?ltW.
move=> pos; case reach_a: reach => [h|] //= [<-].
have feeds_y' k : quotient_at (set_at a rest (feeds y)) k = if k == a then rest else quotient_at (feeds y) k.
  by rewrite bound_at_set ?size_f // val_eqE.
have chances_y' k : List.nth k (set_at a h (reaching y)) (Reached [::] [:: Zpos xH]) =
    if k == a then h else chance_of y k.
  by rewrite list_nthE nth_set ?size_r // val_eqE /chance_of list_nthE.
apply: (@extend_facts done a nodes y _ (ratio_at z q) (ratio_at z rest)) => //=.
- by rewrite !size_set.
- exact: (good_parts [::] [::]).
- by move=> k; rewrite feeds_y'; case: eqP => // _; apply: (feeds_good facts).
- move=> k; rewrite /chance_of /= chances_y'; case: eqP => _; last exact: (chances_good facts).
  exact: (divisor_gt0 shown reach_a).
- by move=> k; rewrite /feed_at /bound_at /= feeds_y'; case: eqP.
- exact: ltW.
- by move=> m k /negbTE m_a; rewrite /chance_at /chance_of /= chances_y' m_a.
- by move=> k; rewrite /chance_at /chance_of /= chances_y' eqxx; apply: (chance_ge0 shown reach_a).
- move=> _ k; rewrite /chance_at /chance_of /= chances_y' eqxx; exact: (chance_super shown reach_a).
- rewrite /chance_at /chance_of /= chances_y' eqxx (chance_j shown reach_a) mulr1 rest_at -lag_at.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; ring.
Qed.

Lemma steps_facts slow rate done nodes y y' : after S j = done ++ nodes -> state_facts done y ->
  slow_steps S slow rate j nodes y = Some y' -> state_facts (after S j) y'.
Proof.
elim: nodes done y => [|a nodes IH] done y e facts /=; first by rewrite cats0 in e; rewrite e => - [<-].
have a_after : a \in after S j by rewrite e mem_cat mem_head orbT.
pose l := Ordinal (after_lt shown a_after); rewrite -[a]/(nat_of_ord l) in e *.
case alone_l: partner => [w|] //; case step: (if _ then _ else _) => [y1|] // more.
apply: (IH (rcons done (l : nat)) y1) => //; first by rewrite cat_rcons.
by move: step; case: ifP => _; [apply: slow_step_facts e alone_l facts | apply: fast_step_facts e alone_l facts].
Qed.

Lemma start_facts : state_facts [::] (slow_start S j).
Proof.
rewrite /slow_start (right_size shown).
have parts_at k : quotient_at (parts_of (Slow_state (set_at j (whole_poly [:: Zpos xH]) (table n.+1 (fun _ => zero_quotient)))
    (table n.+1 (fun _ => zero_quotient)) (table n.+1 (fun _ => Reached [::] [:: Zpos xH])))) k =
    if k == j then whole_poly [:: Zpos xH] else zero_quotient.
  by rewrite /= bound_at_set ?length_table // bound_at_table.
have chances_at (k : 'I_n.+1) : chance_of (Slow_state (set_at j (whole_poly [:: Zpos xH]) (table n.+1 (fun _ => zero_quotient)))
    (table n.+1 (fun _ => zero_quotient)) (table n.+1 (fun _ => Reached [::] [:: Zpos xH]))) k = Reached [::] [:: Zpos xH].
  by rewrite /chance_of list_nthE nth_table.
have no_feed k : bound_at z (table n.+1 (fun _ => zero_quotient)) (k : 'I_n.+1) = 0.
  by rewrite /bound_at bound_at_table //; have [] := zero_spec z.
split=> //=.
- split; first by rewrite size_set length_table.
    exact: (length_table n.+1 (fun=> zero_quotient)).
  exact: (length_table n.+1 (fun=> Reached [::] [:: Zpos xH])).
- by move=> k; rewrite parts_at; case: eqP => _; [have [] := whole_spec z [:: Zpos xH] | have [] := zero_spec z].
- by move=> k; rewrite bound_at_table //; have [] := zero_spec z.
- by move=> k; rewrite chances_at /divisor value_1 ltr01.
- by rewrite /part_at /bound_at parts_at eqxx; have [_ ->] := whole_spec z [:: Zpos xH]; rewrite value_1.
- by move=> k _ /negbTE k_j; rewrite /part_at /bound_at parts_at k_j; have [] := zero_spec z.
- by move=> k; rewrite /feed_at no_feed.
- by move=> k; rewrite /feed_at no_feed.
- move=> m k; rewrite /chance_at chances_at chanceE /number_at /at_node /divisor value_1 divr1.
  by case: (k : nat).
- by move=> m; rewrite /feed_at no_feed eqxx.
Qed.

End Slow.
