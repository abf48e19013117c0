(* The signs on the sides of a root, and square roots of weights (src/certificate/REGION.md, sections 2 and 3).

   Glossary
     side_signs       what sign_at says on the side where b lies is right
     three_sides      a weight is before, at or after the root
     square_shows     the scene in the square root of the weight that vanishes at an end shows what that of the weight
       does *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_signals certificate_numbers number_enclosures.
From crosshead Require Import region_polynomials region_documents region_values region_check region_meaning
  region_scenes.
From crosshead Require Import region_pieces.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation length := List.length.

Section Sides.
Variable R : realFieldType.
Implicit Types (b x z : R) (c : comparison) (p q : polynomial) (l r : Q) (g : root).

(* ---- Signs ---- *)

Lemma has_sign_times x (y : R) c d : has_sign x c -> has_sign y d -> has_sign (x * y) (times_sign c d).
Proof.
case: c => /= [/eqP->|x_lt0|x_gt0]; first by rewrite mul0r eqxx.
  case: d => /= [/eqP->|y_lt0|y_gt0]; first by rewrite mulr0 eqxx.
    by rewrite nmulr_rgt0.
  by rewrite nmulr_rlt0.
case: d => /= [/eqP->|y_lt0|y_gt0]; first by rewrite mulr0 eqxx.
  by rewrite pmulr_rlt0.
by rewrite mulr_gt0.
Qed.

Lemma has_sign_pos (k : R) x c : 0 < k -> has_sign (k * x) c = has_sign x c.
Proof. by move=> k_gt0; case: c => /=; rewrite ?mulf_eq0 ?(gt_eqF k_gt0) ?(pmulr_rlt0 _ k_gt0) ?(pmulr_rgt0 _ k_gt0).
  Qed.

Lemma divided_value z p (g q : polynomial) : divided p g = Some q -> value z p = value z q * value z g.
Proof.
rewrite /divided; case: List.rev => // first g'; case: divided_from => // q'.
by case: ifP => // equal [<-]; rewrite -(value_equal z equal) value_times.
Qed.

Lemma sign_at_sound z g side : 0 < z -> has_sign (value z (modulus g)) (root_sign g side) ->
  sound_signs z (sign_at g side).
Proof.
move=> z_gt0 here p c; rewrite /sign_at; case e: (sign p) => [d|]; first by case=> <-; apply: (sign_sound z_gt0 e).
move: (length p) => k; elim: k p c {e} => [|k IH] p c /=; first exact: sign_sound.
case d: divided => [q|]; last exact: sign_sound.
case e: sign_divided => [a|//] [<-]; rewrite (divided_value z d) mulrC.
by apply: has_sign_times => //; apply: IH.
Qed.

(* ---- The root ---- *)

Lemma homogeneous_value z weight one p b : value z weight = b * value z one ->
  value z (homogeneous weight one p).1 * value z one = value z (homogeneous weight one p).2 * value b p.
Proof.
move=> weight_b; elim: p => [|a p IH]; first by rewrite /= !mul0r mulr0.
rewrite [homogeneous _ _ _]/=; case: homogeneous IH => sum power /= IH.
rewrite value_plus !value_times value_scale weight_b mulrDl.
have -> : value z sum * (b * value z one) * value z one = value z sum * value z one * (b * value z one) by ring.
by rewrite IH; ring.
Qed.

Lemma homogeneous_power z weight one p : 0 < value z one -> 0 < value z (homogeneous weight one p).2.
Proof.
move=> one_gt0; elim: p => [|a p IH]; first by rewrite value_one ltr01.
rewrite [homogeneous _ _ _]/=; case: homogeneous IH => sum power /= IH.
by rewrite value_times mulr_gt0.
Qed.

Lemma in_z_sign l r p b c : real_of R l < b < real_of R r ->
  has_sign (value (position b l r) (in_z l r p)) c = has_sign (value b p) c.
Proof.
move=> b_in; have z_gt0 := position_gt0 b_in; have weight_b := position_weight b_in.
rewrite /in_z; set z := position b l r in z_gt0 weight_b *; set d := common_denominator _.
have one_z : value z (linear d d) = real R d * (1 + z) by rewrite value_linear; ring.
have one_gt0 : 0 < value z (linear d d).
  by rewrite one_z mulr_gt0 ?common_denominator_pos // ltr_paddr ?ltr01 ?ltW.
set w := linear _ _; have w_b : value z w = b * value z (linear d d).
  rewrite /w value_linear !over_commonE; [|by right; left|by left].
  rewrite one_z -/d; have -> : b * (real R d * (1 + z)) = real R d * ((1 + z) * b) by ring.
  by rewrite -weight_b; ring.
have := homogeneous_value p w_b; have power_gt0 := homogeneous_power w p one_gt0.
by rewrite -(has_sign_pos _ c one_gt0) mulrC => ->; rewrite has_sign_pos.
Qed.

Fixpoint alternating (l : list comparison) : bool :=
  if l is c :: l' then
    ~~ (if c is Eq then true else false) &&
    (match c, l' with Lt, Lt :: _ | Gt, Gt :: _ => false | _, _ => true end) && alternating l'
  else true.
Lemma sign_changes_alternate p : alternating (sign_changes p).
Proof.
by elim: p => //= a p; case: Z.compare => //; case: sign_changes => [|[] [|[] l]] //=.
Qed.

Lemma content_value p : sign_changes (without_content p) <> [::] ->
  exists2 k : R, 0 < k & forall z, value z p = k * value z (without_content p).
Proof.
rewrite /without_content; set g := List.fold_right _ _ _; move=> some.
have g_ge0 : Z.le 0 g by rewrite /g; case: (p) => [|a q] //=; apply: Z.gcd_nonneg.
have g_neq0 : g <> Z0.
  move=> g0; apply: some; rewrite g0; elim: (p) => //= a q ->.
  by rewrite Zdiv.Zdiv_0_r.
exists (real R g) => [|z].
  by rewrite -[0]/(real R Z0) exponential_bounds.real_lt; apply/Z.ltb_spec0; lia.
have : forall a, List.In a p -> Z.divide g a.
  rewrite /g; elim: (p) => //= a q IH a' [<-|/IH]; first exact: Z.gcd_divide_l.
  exact: Z.divide_trans (Z.gcd_divide_r _ _).
elim: (p) => [|a q IH] divides /=; first by rewrite mulr0.
rewrite IH => [|a' in_q]; last by apply: divides; right.
by have [k ->] := divides a (or_introl erefl); rewrite Z.div_mul // exponential_bounds.realM; ring.
Qed.

Lemma root_of_sign p g z c : root_of p = Some g -> has_sign (value z p) c = has_sign (value z (modulus g)) c.
Proof.
rewrite /root_of; case e: sign_changes => [|before [|after [|//]]] // [<-] /=.
have [|k k_gt0 ->] := @content_value p; first by rewrite e.
exact: has_sign_pos.
Qed.

Lemma root_of_opposite p g : root_of p = Some g ->
  sign_before g = Lt /\ sign_after g = Gt \/ sign_before g = Gt /\ sign_after g = Lt.
Proof.
rewrite /root_of; have := sign_changes_alternate (without_content p).
by case e: sign_changes => [|[] [|[] [|//]]] // alt [<-]; [left | right].
Qed.

Lemma root_of_sides p g z : root_of p = Some g -> exists side, has_sign (value z p) (root_sign g side).
Proof.
move=> /root_of_opposite; have [lt0|gt0|e0] := ltrgtP (value z p) 0.
- by case=> -[e e']; [exists Before | exists After]; rewrite /= ?e ?e'.
- by case=> -[e e']; [exists After | exists Before]; rewrite /= ?e ?e'.
by exists At; rewrite /= e0.
Qed.

Lemma root_between_opposite l r p g : root_between l r p = Some g ->
  sign_before g = Lt /\ sign_after g = Gt \/ sign_before g = Gt /\ sign_after g = Lt.
Proof. by rewrite /root_between; case: ifP => // _ /root_of_opposite. Qed.

Lemma root_between_sign l r p g b c : root_between l r p = Some g -> real_of R l < b < real_of R r ->
  has_sign (value b p) c = has_sign (value (position b l r) (modulus g)) c.
Proof.
rewrite /root_between; case: ifP => // _ root b_in.
by rewrite -(root_of_sign _ _ root) in_z_sign.
Qed.

Theorem three_sides l r p g b : root_between l r p = Some g -> real_of R l < b < real_of R r ->
  exists side, has_sign (value b p) (root_sign g side).
Proof.
rewrite /root_between; case: ifP => // _ root b_in.
by have [side here] := root_of_sides (position b l r) root; exists side; rewrite -(in_z_sign _ _ b_in).
Qed.

Theorem side_signs l r p g b side : root_between l r p = Some g -> real_of R l < b < real_of R r ->
  has_sign (value b p) (root_sign g side) -> sound_signs (position b l r) (sign_at g side).
Proof.
rewrite /root_between; case: ifP => // _ root b_in here; apply: sign_at_sound; first exact: position_gt0.
by rewrite -(root_of_sign _ _ root) in_z_sign.
Qed.
End Sides.

(* ---- Square roots ---- *)

Definition has_square_roots (R : realFieldType) := forall x : R, 0 <= x -> exists2 y, 0 <= y & y ^+ 2 = x.

Section Squares.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1).
Implicit Types (S : scene) (z w b : R) (l r : Q).

Lemma linear_value z p : (length p <= 2)%N -> value z p = real R (List.nth 0 p Z0) + z * real R (List.nth 1 p Z0).
Proof. by case: p => [|a [|c [|//]]] _ /=; rewrite ?mulr0 ?addr0. Qed.

Lemma doubled_value w (a c : Z) :
  value w (trimmed [:: a; Z.mul 2 a; c]) = (1 + w *+ 2) * real R a + w ^+ 2 * real R c.
Proof.
have three x y t : value w [:: x; y; t] = real R x + w * real R y + w ^+ 2 * real R t by rewrite /=; ring.
rewrite value_trimmed three exponential_bounds.realM; have -> : real R 2 = 2%:R by [].
by ring.
Qed.

(* The weight of an end, as z and as w. *)
Definition square_position (right : bool) w : R := if right then (1 + w *+ 2) / w ^+ 2 else w ^+ 2 / (1 + w *+ 2).

Definition square_scale (right : bool) w : R := if right then w ^+ 2 else 1 + w *+ 2.
Lemma square_scale_gt0 right w : 0 < w -> 0 < square_scale right w.
Proof.
move=> w_gt0; case: right; first by rewrite exprn_gt0.
by rewrite ltr_paddr ?ltr01 // mulrn_wge0 // ltW.
Qed.
Lemma square_scaled right w : 0 < w -> square_scale right w * square_position right w = square_scale (~~ right) w.
Proof.
move=> w_gt0; rewrite mulrC; have := square_scale_gt0 right w_gt0.
by case: right => /= k_gt0; rewrite divfK // gt_eqF.
Qed.

Lemma square_shows S S' z w l r (right : bool) (steps : nat) side d :
    shows D s z S -> is_table n.+1 (entries S) -> (forall i j : 'I_n.+1, (length (entry S i j) <= 2)%N) ->
    one S = linear d d -> 0 < w -> z = square_position right w ->
    square_scene S l r right steps = Some (S', side) ->
  shows D s w S'.
Proof.
move=> show_S table short one_S w_gt0 z_w; rewrite /square_scene; case: ifP => // _.
set f := (F in List.map (List.map F) _); case: square_root => // found.
case: show_S => z_gt0 size_S sink_S D_ge0 one_gt0 entry_S weight_S state_S uniq_S mem_S order_S partner_S after_S
  suffix_S.
set e := List.map _ _; set o := poly_times (one S) [:: Zpos xH; Zpos xH]; case=> <- _.
have k_gt0 := square_scale_gt0 right w_gt0; have k_z := square_scaled right w_gt0; rewrite -z_w in k_z.
set k := square_scale right w in k_gt0 k_z.
have one_z x : value x (one S) = real R d * (1 + x) by rewrite one_S value_linear; ring.
have d_gt0 : 0 < real R d by move: one_gt0; rewrite one_z pmulr_lgt0 // ltr_paddr ?ltr01 ?ltW.
have k_one : k * value z (one S) = real R d * (1 + w) * (1 + w).
  have -> : k * value z (one S) = real R d * (k + k * z) by rewrite one_z; ring.
  by rewrite k_z /k /square_scale; case: (right) => /=; ring.
have value_o : value w o = k * value z (one S).
  have -> : value w o = value w (one S) * (1 + w) by rewrite value_times /= mulr0 addr0 mulr1.
  by rewrite k_one one_z.
have o_gt0 : 0 < value w o by rewrite value_o mulr_gt0.
have value_e (i j : 'I_n.+1) : value w (List.nth j (List.nth i e [::]) [::]) = value w o * D i j.
  rewrite /e (map_table_at _ [::] _ table) ?ltn_ord // value_o -mulrA -entry_S (linear_value z (short i j)).
  rewrite -/(entry S i j) /f; set a := List.nth 0 _ _; set c := List.nth 1 _ _.
  have -> : k * (real R a + z * real R c) = k * real R a + k * z * real R c by ring.
  by rewrite k_z /k /square_scale; case: (right); rewrite doubled_value //= addrC.
have [len_e rows_e] : is_table n.+1 e := map_table f table.
split=> //.
- right; have -> : value w (poly_times (one S) [:: Z0; Zpos xH]) = value w (one S) * w.
    by rewrite value_times /= mulr0 addr0 mulr1 add0r.
  have w1_gt0 : 0 < value w (one S) by rewrite one_z mulr_gt0 // ltr_paddr ?ltr01 ?ltW.
  rewrite value_o k_one -one_z mulr_gt0 //= ltr_pmul2l // ltr_addr; exact: ltr01.
- by have := @shows_states _ _ D s w false o (poly_times (one S) [:: Z0;
  Zpos xH]) e (items S) steps o_gt0 len_e rows_e value_e;
    rewrite size_S sink_S.
Qed.

(* Where there are square roots, every weight of the piece has such a w. *)
Lemma square_position_exists b l r (right : bool) : has_square_roots R ->
    real_of R l < b < real_of R r -> (if right then real_of R r = 1 else real_of R l = 0) ->
  exists2 w, 0 < w & position b l r = square_position right w.
Proof.
move=> roots /andP[lb br] at_end.
pose x := if right then (1 - b) / (1 - real_of R l) else b / real_of R r.
have x_in : 0 < x < 1.
  rewrite /x; case: (right) at_end => e.
    rewrite e in br; have lt : 0 < 1 - real_of R l by rewrite subr_gt0 (lt_trans lb br).
    apply/andP; split; first by rewrite divr_gt0 // subr_gt0.
    by rewrite ltr_pdivr_mulr // mul1r ltr_add2l ltr_opp2.
  rewrite e in lb; have r_gt0 := lt_trans lb br.
  by rewrite divr_gt0 //= ltr_pdivr_mulr // mul1r.
case/andP: x_in => x_gt0 x_lt1; have [v v_ge0 v_x] := roots x (ltW x_gt0).
have v_gt0 : 0 < v by rewrite lt_def v_ge0 andbT; apply: contraTneq x_gt0 => v0; rewrite -v_x v0 expr0n ltxx.
have v_lt1 : v < 1.
  rewrite ltNge; apply/negP => v_ge1; move: x_lt1; rewrite -v_x ltNge => /negP; apply.
  by rewrite expr_ge1.
have v1 : 0 < 1 - v by rewrite subr_gt0.
have v2 : 0 < 1 - v ^+ 2 by rewrite v_x subr_gt0.
exists (v / (1 - v)); first by rewrite divr_gt0.
have as_square right' : square_position right' (v / (1 - v)) = if right' then (1 - v ^+ 2) / v ^+ 2 else v ^+ 2 / (1 -
  v ^+ 2).
  have v3 : 0 < 1 - v + v * 2%:R by rewrite addr_gt0 // mulr_gt0 ?ltr0n.
  by rewrite /square_position; case: right'; field; rewrite ?gt_eqF.
rewrite as_square v_x /x /position; case: (right) at_end => e; rewrite e.
  rewrite e in br; have b1 : 0 < 1 - b by rewrite subr_gt0.
  have l1 : 0 < 1 - real_of R l by rewrite subr_gt0 (lt_trans lb br).
  by field; rewrite !gt_eqF.
rewrite e in lb; have r0 := lt_trans lb br; have rb : 0 < real_of R r - b by rewrite subr_gt0.
by field; rewrite !gt_eqF.
Qed.
End Squares.
