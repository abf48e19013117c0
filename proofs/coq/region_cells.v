(* The cells of accepted pieces cover all weights, and their answers are right (src/certificate/REGION.md).

   Glossary
     covered cells b      the weight b is in one of the cells
     answers_right        the answer of each cell is right at each weight in it *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_signals certificate_numbers number_enclosures.
From crosshead Require Import region_polynomials region_documents region_values region_check region_meaning
  region_scenes.
From crosshead Require Import region_pieces region_sides region_soundness.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation length := List.length.

Section Numbers.
Variable R : realFieldType.
Implicit Types (x y : Q).

Lemma real_of_equal x y : equal_fractions x y -> real_of R x = real_of R y.
Proof. by case/andP=> /Z.eqb_spec e /Pos.eqb_spec e'; rewrite /real_of e e'. Qed.

Lemma real_of_below x y : below x y -> real_of R x < real_of R y.
Proof. by rewrite (belowE R). Qed.

Lemma real_of_at_most x y : certificate_numbers.at_most x y -> real_of R x <= real_of R y.
Proof. by rewrite (at_mostE R). Qed.

Lemma linear_short (c d : Z) : (length (linear c d) <= 2)%N.
Proof. by case: c; case: d. Qed.
End Numbers.

Section Cells.
Variable R : realFieldType.
Variables (lower_value : scene -> nat -> lower -> option quotient)
          (upper_values : scene -> (polynomial -> option comparison) -> nat -> option Q -> upper ->
            option (list quotient)).
Hypotheses (lower_sound : sound_lower R lower_value) (upper_sound : sound_upper R upper_values).
Hypothesis roots : has_square_roots R.
Variables (first : nat) (counted : list nat) (n : nat) (h : two_heads) (st : statement).
Hypotheses (good : good_heads h) (size_h : given_size h = n.+1) (nodes_st : has_nodes counted n.+1 st).
Implicit Types (b : R) (l r : Q) (a : argument) (c : cell) (cells : list cell).

Definition covered cells b := exists2 c, List.In c cells & in_cell c b.
Definition answers_right cells := forall c b, List.In c cells -> in_cell c b ->
  if answer c then satisfies n first counted h b st else ~ satisfies n first counted h b st.

Lemma settled_sound b z p a answer : proves_at (mixture n h b) (sink_node n h) p z ->
    settled lower_value upper_values first counted p st a = Some answer ->
  if answer then satisfies n first counted h b st else ~ satisfies n first counted h b st.
Proof.
rewrite /settled => here; case e: exceeding => [x|] //= [<-].
have := exceeding_sound lower_sound upper_sound here nodes_st e; rewrite /satisfies.
by case: negative_relation; case: x {e} => //= holds contra; apply: contra.
Qed.

Lemma point_proves q steps : 0 <= real_of R q <= 1 ->
  proves_at (mixture n h (real_of R q)) (sink_node n h) (Place q q (point_scene h q steps) false sign) 1.
Proof.
move=> q_in; split=> /=; first exact: (point_shows good size_h steps ltr01 q_in).
  exact: (sign_sound ltr01).
by move=> right t S' side _; rewrite /square_scene.
Qed.

Lemma interval_short l r steps (i j : 'I_n.+1) :
  is_table n.+1 (entries (interval_scene h l r steps)) /\
  (length (entry (interval_scene h l r steps) i j) <= 2)%N.
Proof.
have tm := mixed_table good size_h l; have tm' := mixed_table good size_h r.
rewrite /interval_scene /entry /=; set d := common_denominator _; set f := fun x y => linear _ _.
split; first exact: zip_table.
rewrite (zip_table_at _ no_weight no_weight _ tm tm') ?ltn_ord //; apply: linear_short.
Qed.

Lemma interval_proves l r b steps rooted (signs : polynomial -> option comparison) :
    0 <= real_of R l -> real_of R r <= 1 -> real_of R l < b < real_of R r ->
    sound_signs (position b l r) signs -> (rooted = false -> signs = sign) ->
  proves_at (mixture n h b) (sink_node n h) (Place l r (interval_scene h l r steps) rooted signs) (position b l r).
Proof.
move=> l_ge0 r_le1 b_in sound plain; split=> //=; first exact: interval_shows.
move=> right t S' side /plain->; have show := interval_shows good size_h steps l_ge0 r_le1 b_in.
rewrite /square_scene; case: ifP => // at_end_b; case e: square_root => [x|] // made_S'.
have at_end : if right then real_of R r = 1 else real_of R l = 0.
  by case: (right) at_end_b => /=; [rewrite -(real_of_full R) | rewrite -(real_of_none R)]; apply: real_of_equal.
have [w w_gt0 z_w] := square_position_exists roots b_in at_end.
exists w; last exact: sign_sound.
have short i j := (interval_short l r steps i j).
apply: (square_shows (l := l) (r := r) (steps := t) (side :=
  side) show (short ord0 ord0).1 (fun i j => (short i j).2) _ w_gt0 z_w).
  by [].
by rewrite /square_scene at_end_b e.
Qed.

Lemma piece_cells_sound x cells : 0 <= real_of R (begins x) -> real_of R (ends x) <= 1 ->
    (is_point_piece x \/ real_of R (begins x) < real_of R (ends x)) ->
    piece_cells lower_value upper_values first counted h st x = Some cells ->
  answers_right cells /\
  forall b, (if is_point_piece x then b = real_of R (begins x) else real_of R (begins x) < b < real_of R (ends x)) ->
    covered cells b.
Proof.
case: x => [q a|l r a|l r f before at_root after] /= l_ge0 r_le1.
- move=> _; case e: settled => [answer|] //= [<-]; split=> [c b [<-|//]|b ->].
    rewrite /in_cell /= eqxx => ->; apply: settled_sound e; apply: point_proves.
    by rewrite l_ge0.
  by exists (Cell q q Everything [::] answer); [left | rewrite /in_cell /= eqxx].
- case=> // lt_lr; case e: settled => [answer|] //= [<-]; have ne :
  (real_of R l == real_of R r) = false by rewrite lt_eqF.
  split=> [c b [<-|//]|b b_in].
    rewrite /in_cell /= ne => b_in; apply: settled_sound e; apply: interval_proves => //.
    exact: sign_sound (position_gt0 b_in).
  by exists (Cell l r Everything [::] answer); [left | rewrite /in_cell /= ne].
case=> // lt_lr; case root: root_between => [g|] //; set scene := interval_scene _ _ _ _.
pose on side a := option_map (Cell l r (On_side side) f)
  (settled lower_value upper_values first counted (Place l r scene true (sign_at g side)) st a).
rewrite -/(on Before before) -/(on At at_root) -/(on After after).
have on_sound side a c : on side a = Some c -> answers_right [:: c] /\
    forall b, real_of R l < b < real_of R r -> has_sign (value b f) (root_sign g side) -> in_cell c b.
  rewrite /on; case e: settled => [answer|] //= [<-]; split=> [c' b [<-|//]|b b_in here].
    rewrite /in_cell /= root => -[b_in here]; apply: settled_sound e; apply: interval_proves => //.
    exact: side_signs root b_in here.
  by rewrite /in_cell /= root.
case e1: on => [c1|] //; case e2: on => [c2|] //; case e3: on => [c3|] // [<-].
have [right1 in1] := on_sound _ _ _ e1; have [right2 in2] := on_sound _ _ _ e2; have [right3 in3] := on_sound _ _ _ e3.
split=> [c b [<-|[<-|[<-|//]]]|b b_in].
- by apply: right1; left.
- by apply: right2; left.
- by apply: right3; left.
have [side here] := three_sides root b_in; case: side here => here.
- by exists c1; [left | apply: in1].
- by exists c2; [right; left | apply: in2].
by exists c3; [do 2 right; left | apply: in3].
Qed.

Lemma all_cells_sound (point : bool) last (l : list piece) cells : joined point last l -> 0 <= real_of R last ->
    all_cells lower_value upper_values first counted h st l = Some cells ->
  answers_right cells /\
  forall b, (if point then real_of R last <= b else real_of R last < b) -> b <= 1 -> covered cells b.
Proof.
elim: l point last cells => [|x l IH] point last cells /=.
  case/andP=> /negbTE-> /(real_of_equal R)->; rewrite real_of_full => _ [<-]; split=> // b b_gt1.
  by rewrite leNgt b_gt1.
case/andP=> /andP[/andP[/andP[/Bool.eqb_prop same /(real_of_equal R) begin_x] lt_x] /(real_of_at_most R)];
  rewrite real_of_full.
move=> end_le1 rest last_ge0; case e: piece_cells => [c|] //; case e': all_cells => [d|] // [<-].
have begin_ge0 : 0 <= real_of R (begins x) by rewrite begin_x.
have order_x : is_point_piece x \/ real_of R (begins x) < real_of R (ends x).
  rewrite -same begin_x; case: (point) lt_x => [|/= /(real_of_below R)]; by [left | right].
have end_ge0 : 0 <= real_of R (ends x).
  by case: order_x => [|lt]; [case: (x) begin_ge0 | apply: le_trans begin_ge0 (ltW lt)].
have [right_c cover_c] := piece_cells_sound begin_ge0 end_le1 order_x e.
have [right_d cover_d] := IH _ _ _ rest end_ge0 e'.
split=> [k b in_cd|b last_b b_le1].
  by case: (List.in_app_or _ _ _ in_cd) => [in_c|in_d]; [apply: right_c | apply: right_d].
have [in_x|after_x] : (if is_point_piece x then b = real_of R (begins x) else real_of R (begins x) < b < real_of R
  (ends x))
    \/ (if ~~ point then real_of R (ends x) <= b else real_of R (ends x) < b).
  rewrite -same begin_x; case: (point) same last_b => /= same last_b.
    have -> : real_of R (ends x) = real_of R last by rewrite -begin_x; case: (x) same.
    by move: last_b; rewrite le_eqVlt => /orP[/eqP->|]; [left | right].
  by rewrite last_b /=; case: (ltP b) => [|]; [left | right].
- by have [k in_k in_b] := cover_c _ in_x; exists k => //; apply/List.in_or_app; left.
by have [k in_k in_b] := cover_d _ after_x b_le1; exists k => //; apply/List.in_or_app; right.
Qed.
End Cells.

Theorem region_cells_right (R : realFieldType) lower_value upper_values first counted n h l st cells :
    sound_lower R lower_value -> sound_upper R upper_values -> has_square_roots R -> given_size h = n.+1 ->
    region_cells lower_value upper_values first counted h l st = Some cells ->
  (forall b : R, 0 <= b <= 1 -> exists2 c, List.In c cells & in_cell c b) /\
  (forall c (b : R), List.In c cells -> in_cell c b ->
     if answer c then satisfies n first counted h b st else ~ satisfies n first counted h b st).
Proof.
move=> lower_sound upper_sound roots size_h; rewrite /region_cells;
  case: ifP => // /andP[/andP[good nodes] join] cells_l.
rewrite size_h in nodes; have none_ge0 : 0 <= real_of R no_weight by rewrite real_of_none.
have [right cover] := all_cells_sound lower_sound upper_sound roots good size_h nodes join none_ge0 cells_l.
split=> // b /andP[b_ge0 b_le1]; apply: cover => //; by rewrite real_of_none.
Qed.
