(* What accepted pieces say about weights is true (src/certificate/REGION.md, sections 2 to 4).

   That bounds of fidelities are bounds (region_lower.v, region_upper.v) is a hypothesis here, `sound_lower` and
   `sound_upper`; region_theorems.v puts everything together.

   Glossary
     sound_lower, sound_upper   a scene's bounds from below and from above bound the fidelities of what it shows
     proves_at p z D            p is where a proof about D at z takes place
     cells_cover, cells_true    a weight is in a cell, and the cell's answer is right for it *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_signals certificate_numbers number_enclosures.
From crosshead Require Import region_polynomials region_documents region_values region_check region_meaning
  region_scenes.
From crosshead Require Import region_pieces region_sides.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation length := List.length.

Definition sound_lower (R : realFieldType) (lower_value : scene -> nat -> lower -> option quotient) :=
  forall n (D : 'M[R]_n.+1) s z S first l q (j : 'I_n.+1),
  shows D s z S -> lower_value S first l = Some q -> lower_node l = j ->
  0 < value z (under q) /\ reaches first (fun t => signal_from D s t j) (ratio_at z q).
Definition sound_upper (R : realFieldType)
    (upper_values : scene -> (polynomial -> option comparison) -> nat -> option Q -> upper -> option (list quotient)) :=
  forall n (D : 'M[R]_n.+1) s z S signs first c u qs (j : 'I_n.+1),
  shows D s z S -> sound_signs z signs -> upper_values S signs first c u = Some qs -> upper_node u = j ->
  (forall q, List.In q qs -> 0 < value z (under q)) /\
  forall v, (forall q, List.In q qs -> ratio_at z q <= v) -> stays_within first (fun t => signal_from D s t j) v.

Section Soundness.
Variable R : realFieldType.
Variables (lower_value : scene -> nat -> lower -> option quotient)
          (upper_values : scene -> (polynomial -> option comparison) -> nat -> option Q -> upper ->
            option (list quotient)).
Hypotheses (lower_sound : sound_lower R lower_value) (upper_sound : sound_upper R upper_values).
Variables (first : nat) (counted : list nat).

Section Proofs.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (p : place_of_proof) (z : R).
Implicit Types (x : R) (c : Q) (l : lower) (u : upper) (i j : 'I_n.+1).
Local Notation phi j := (fun t => signal_from D s t j).

Record proves_at := Proves_at {
  proves_shows : shows D s z (shown p);
  proves_signs : sound_signs z (signs p);
  proves_square : forall right steps S' side, rooted p = false ->
    square_scene (shown p) (left_end p) (right_end p) right steps = Some (S', side) ->
    exists2 w, shows D s w S' & sound_signs w (signs p) }.
Hypothesis here : proves_at.

Lemma above_barP x strict q q' : sound_signs x (signs p) -> 0 < value x (under q) -> 0 < value x (under q') ->
  (above_bar p strict q q' = Some true -> if strict then ratio_at x q' < ratio_at x q else ratio_at x q' <= ratio_at x
    q) /\
  (above_bar p strict q q' = Some false -> if strict then ratio_at x q <= ratio_at x q' else ratio_at x q < ratio_at x
    q').
Proof.
move=> sound q_gt0 q'_gt0; rewrite /above_bar; case e: signs => [c|] //.
have := sound _ _ e; rewrite (ratio_sign _ (under_minus_gt0 q_gt0 q'_gt0)) ratio_minus //.
case: c {e} => /=; rewrite ?subr_eq0 ?subr_lt0 ?subr_gt0 => cmp; split=> //; case: (strict) => // _;
  rewrite ?(eqP cmp) //;
  by rewrite ltW.
Qed.

Lemma from_below_sound number l q j : from_below lower_value first p number l = Some q -> lower_node l = j ->
  exists x, [/\ number = false -> x = z, sound_signs x (signs p), 0 < value x (under q) &
                reaches first (phi j) (ratio_at x q)].
Proof.
have plain : lower_value (shown p) first l = Some q -> lower_node l = j ->
    exists x, [/\ number = false -> x = z, sound_signs x (signs p), 0 < value x (under q) &
                  reaches first (phi j) (ratio_at x q)].
  move=> found node; have [q_gt0 reach] := lower_sound (proves_shows here) found node.
  by exists z; split=> //; apply: proves_signs here.
case: l plain => [k|k t|k t m rate right [|]] //= _.
case: ifP => // /andP[is_number not_rooted]; case e: square_scene => [[S' side]|] // found node.
have [w show signs_w] := proves_square here (negbTE not_rooted) e.
have [q_gt0 reach] := lower_sound (j := j) show found node.
by exists w; split=> //; rewrite is_number.
Qed.

Lemma check_above_sound strict c nodes (l : list lower) (j : 'I_n.+1) :
  check_above lower_value first p strict c nodes l ->
  List.In (nat_of_ord j) nodes -> if strict then exceeds first (phi j) (real_of R c) else reaches first (phi j)
    (real_of R c).
Proof.
case/andP=> /andP[_ /Nat.eqb_spec]; elim: nodes l => [|k nodes IH] [|item l] //= [len] /andP[/andP[/Nat.eqb_spec node
  item_ok] rest].
case=> [e|]; last exact: IH len rest.
case found: from_below item_ok => [q|] //; case e': above_bar => [[]|] // _.
have [x [_ signs_x q_gt0 reach]] := from_below_sound found (etrans node e).
have [/(_ e') + _] := above_barP strict signs_x q_gt0 (under_of_gt0 x c).
by case: (strict); rewrite ratio_of => lt; [apply: reaches_exceeds lt | apply: reaches_le lt].
Qed.

(* Finitely many bounds are within one of them. *)
Lemma largest_bound qs (v : R) : (forall q, List.In q qs -> ratio_at z q < v) ->
  exists2 w, w < v & forall q, List.In q qs -> ratio_at z q <= w.
Proof.
elim: qs => [|q qs IH] low; first by exists (v - 1) => //; rewrite ltr_subl_addr ltr_addl ltr01.
have [|w lt_w bound] := IH; first by move=> q' in_q'; apply: low; right.
exists (Num.max (ratio_at z q) w) => [|q' [<-|/bound]]; first by rewrite lt_maxl lt_w andbT; apply: low; left.
  by rewrite le_maxr lexx.
by rewrite le_maxr => ->; rewrite orbT.
Qed.

Lemma check_below_sound strict c u j : check_below upper_values first p strict c u -> upper_node u = j ->
  if strict then stays_within first (phi j) (real_of R c) else stays_below first (phi j) (real_of R c).
Proof.
rewrite /check_below; case e: upper_values => [qs|] // /List.forallb_forall low node.
have [qs_gt0 bound] := upper_sound (proves_shows here) (proves_signs here) e node.
have lows q : List.In q qs -> if strict then ratio_at z q <= real_of R c else ratio_at z q < real_of R c.
  move=> in_q; have := low _ in_q; case e': above_bar => [[]|] // _.
  have [_ /(_ e')] := above_barP strict (proves_signs here) (qs_gt0 _ in_q) (under_of_gt0 z c).
  by rewrite ratio_of.
case: (strict) lows => lows; first exact: bound.
by have [w lt_w /bound] := largest_bound lows; exists w.
Qed.

Lemma check_compared_sound strict i j (l : list lower) u : check_compared lower_value upper_values first p strict i j
  l u ->
  exists2 v, reaches first (phi i) v & if strict then stays_below first (phi j) v else stays_within first (phi j) v.
Proof.
case: l => [|item [|//]] //= /andP[/andP[/Nat.eqb_spec node_i /Nat.eqb_spec node_j]].
case e: from_below => [q|] //; case e': upper_values => [qs|] // /List.forallb_forall high.
have [x [/(_ erefl) -> _ q_gt0 reach]] := from_below_sound e node_i.
have [qs_gt0 bound] := upper_sound (proves_shows here) (proves_signs here) e' node_j.
exists (ratio_at z q) => //.
have lows q' : List.In q' qs -> if strict then ratio_at z q' < ratio_at z q else ratio_at z q' <= ratio_at z q.
  move=> in_q; have := high _ in_q; case e'': above_bar => [[]|] // _.
  by have [/(_ e'')] := above_barP strict (proves_signs here) q_gt0 (qs_gt0 _ in_q).
case: (strict) lows => lows; last exact: bound.
by have [w lt_w /bound] := largest_bound lows; exists w.
Qed.

Lemma absorbs_sound strict c steps j :
  (absorbs p strict c steps j = Some true ->
     if strict then real_of R c < signal_from D s steps j else real_of R c <= signal_from D s steps j) /\
  (absorbs p strict c steps j = Some false ->
     if strict then signal_from D s steps j <= real_of R c else signal_from D s steps j < real_of R c).
Proof.
have [unit_gt0 right_signal] := right_state (proves_shows here) steps.
have := @above_barP z strict (signal (shown p) steps j) (quotient_of c) (proves_signs here) unit_gt0 (under_of_gt0 z c).
by rewrite right_signal ratio_of.
Qed.

Lemma exceeding_sound st a answer : has_nodes counted n.+1 st ->
  exceeding lower_value upper_values first counted p st a = Some answer ->
  let holds := exceeding_at D s first counted (strict_relation (relation_of st)) (subject_of st) (real_of R (threshold
    st)) in
  if answer then holds else ~ holds.
Proof.
rewrite /exceeding /has_nodes /exceeding_at; set strict := strict_relation _; set c := threshold st.
case: subject_of => [|k|k m|steps]; case: a => [l|u|b l u||k'] //=.
- by move=> _; case: ifP => // ok [<-] j in_j; apply: check_above_sound ok in_j.
- move=> /List.forallb_forall nodes; case: ifP => // /andP[];
  rewrite /member => /List.existsb_exists[k [in_k /Nat.eqb_spec node]] ok [<-] all.
  have lt_k : (k < n.+1)%N by apply/ssrnat.ltP/Nat.ltb_spec0/nodes.
  have := check_below_sound (j := Ordinal lt_k) ok node; have := all (Ordinal lt_k) in_k.
  by case: (strict) => more less; [apply: stays_within_exceeds less more | apply: stays_below_reaches less more].
- by move=> _; case: ifP => // ok [<-] j node; apply: check_above_sound ok _; left.
- move=> /Nat.ltb_spec0/ssrnat.ltP lt_k; case: ifP => // /andP[/Nat.eqb_spec node ok] [<-] all.
  have := check_below_sound (j := Ordinal lt_k) ok node; have := all (Ordinal lt_k) erefl.
  by case: (strict) => more less; [apply: stays_within_exceeds less more | apply: stays_below_reaches less more].
- move=> /andP[/Nat.ltb_spec0/ssrnat.ltP lt_k /Nat.ltb_spec0/ssrnat.ltP lt_m].
  case: b; case: ifP => // ok [<-].
    move=> i j e_i e_j; rewrite -e_i -e_j in ok; have [v reach stay] := check_compared_sound ok.
    case: (strict) stay => stay.
      by have [w lt_w within] := stay; exists w => //; apply: reaches_exceeds lt_w.
    by move=> t le_t; apply: reaches_le reach _; apply: stay.
  have [v reach stay] := check_compared_sound (i := Ordinal lt_m) (j := Ordinal lt_k) ok.
  case: (strict) stay => stay /(_ (Ordinal lt_k) (Ordinal lt_m) erefl erefl).
    move=> [w within]; apply: stays_within_exceeds.
    by apply: stays_within_le stay _; apply: reaches_bound within.
  have [w lt_w within] := stay; have [t le_t gt_t] := reach _ lt_w.
  by move=> /(_ t le_t)/(_ _ gt_t)[t' le_t']; rewrite ltNge within.
- move=> _; case: ifP => // /List.forallb_forall ok [<-] j.
  have in_j : List.In (nat_of_ord j) (List.seq 0 (size (shown p))).
    by apply/List.in_seq; rewrite (right_size (proves_shows here)); have := ltn_ord j; lia.
  have [+ _] := absorbs_sound strict c steps j; have := ok _ in_j.
  by case: absorbs => [[]|] // _; apply.
- move=> _; case: ifP => // /andP[/Nat.ltb_spec0/ssrnat.ltP lt_k ok] [<-] all.
  rewrite (right_size (proves_shows here)) in lt_k.
  have [_] := absorbs_sound strict c steps (Ordinal lt_k); rewrite /=.
  case: absorbs ok => [[]|] // _ /(_ erefl); have := all (Ordinal lt_k).
  by case: (strict) => /= more less; [have := lt_le_trans more less | have := le_lt_trans more less]; rewrite ltxx.
Qed.
End Proofs.
End Soundness.
