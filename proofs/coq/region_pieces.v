(* Points and intervals of weights as pairs of heads (src/certificate/REGION.md, section 2).

   Glossary
     point_shows, interval_shows   the scene of a piece shows D(b), for its point b, for each b inside *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_signals certificate_numbers number_enclosures.
From crosshead Require Import region_polynomials region_documents region_values region_check region_meaning
  region_scenes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation length := List.length.

(* ---- Numbers over a common denominator ---- *)

Lemma common_denominator_gt0 v : Z.lt 0 (common_denominator v).
Proof.
elim: v => //= q v IH; have := Z.lcm_nonneg (Zpos (Qden q)) (common_denominator v).
have : Z.lcm (Zpos (Qden q)) (common_denominator v) <> Z0; last by lia.
by move/Z.lcm_eq_0; lia.
Qed.

Lemma common_denominator_divides v q : List.In q v -> Z.divide (Zpos (Qden q)) (common_denominator v).
Proof.
elim: v => //= p v IH [->|/IH q_v]; first exact: Z.divide_lcm_l.
exact: Z.divide_trans q_v (Z.divide_lcm_r _ _).
Qed.

Section Numbers.
Variable R : realFieldType.
Implicit Types (b z : R) (q l r : Q).

Lemma common_denominator_pos v : 0 < real R (common_denominator v).
Proof. by have := common_denominator_gt0 v; case: common_denominator => // d _; apply: real_gt0. Qed.

Lemma over_commonE v q : List.In q v ->
  real R (over_common (common_denominator v) q) = real R (common_denominator v) * real_of R q.
Proof.
move=> /common_denominator_divides[k e_k]; rewrite /over_common e_k Z.div_mul // /real_of !exponential_bounds.realM.
by rewrite -[RHS]mulrA [_ * (_ / _)]mulrC divfK ?gt_eqF ?real_gt0 // mulrC.
Qed.

Lemma value_linear z (c d : Z) : value z (linear c d) = real R c + z * real R d.
Proof. by rewrite value_onto value_constant. Qed.

Lemma real_of_full : real_of R full_weight = 1.
Proof. exact: divr1. Qed.
Lemma real_of_none : real_of R no_weight = 0.
Proof. exact: mul0r. Qed.

Lemma real_of_mixed q x y : real_of R (mixed_entry q x y) = real_of R q * real_of R x + (1 - real_of R q) * real_of R y.
Proof. by rewrite /mixed_entry real_of_plus !real_of_times real_of_minus real_of_full. Qed.

(* The weight b between two others, as a positive number. *)
Definition position b l r := (b - real_of R l) / (real_of R r - b).
Lemma position_gt0 b l r : real_of R l < b < real_of R r -> 0 < position b l r.
Proof. by case/andP=> lb br; rewrite /position divr_gt0 ?subr_gt0. Qed.
Lemma position_weight b l r : real_of R l < b < real_of R r ->
  real_of R l + position b l r * real_of R r = (1 + position b l r) * b.
Proof.
by case/andP=> lb br; rewrite /position; field; rewrite subr_eq0 gt_eqF.
Qed.

Lemma between_entries (d z b c e x y : R) : c + z * e = (1 + z) * b ->
  d * (c * x + (1 - c) * y) + z * (d * (e * x + (1 - e) * y)) = d * (1 + z) * (b * x + (1 - b) * y).
Proof.
move=> weight_b.
have -> : d * (1 + z) * (b * x + (1 - b) * y) = d * (((1 + z) * b) * x + ((1 + z) - (1 + z) * b) * y) by ring.
by rewrite -weight_b; ring.
Qed.
End Numbers.

(* ---- Rows of numbers ---- *)

Lemma zip_length A B C (f : A -> B -> C) x y : length x = length y -> length (zip f x y) = length x.
Proof. by elim: x y => [|a x IH] [|b y] //= [/IH->]. Qed.

Lemma zip_at A B C (f : A -> B -> C) x y k a b c : (k < length x)%N -> length x = length y ->
  List.nth k (zip f x y) c = f (List.nth k x a) (List.nth k y b).
Proof. by elim: x y k => [|d x IH] [|e y] [|k] //= lt_k [eq_len]; apply: IH. Qed.

Definition is_table (A : Type) n (m : list (list A)) := length m = n /\ forall r, List.In r m -> length r = n.

Lemma square_rows_table n m : square_rows n m -> is_table n m.
Proof.
case/andP=> /Nat.eqb_spec len /List.forallb_forall rows; split=> // r /rows/andP[/Nat.eqb_spec-> //].
Qed.

Lemma table_row A n (m : list (list A)) k : is_table n m -> (k < n)%N ->
  List.In (List.nth k m [::]) m /\ length (List.nth k m [::]) = n.
Proof.
move=> [len rows] lt_k; have in_m : List.In (List.nth k m [::]) m by apply: List.nth_In; lia.
by split=> //; apply: rows.
Qed.

Lemma zip_table A B C (f : A -> B -> C) n x y : is_table n x -> is_table n y -> is_table n (zip (zip f) x y).
Proof.
move=> [len_x rows_x] [len_y rows_y]; split; first by rewrite zip_length ?len_x.
elim: x y {len_x len_y} rows_x rows_y => [|a x IH] [|b y] //= rows_x rows_y r [<-|].
  by rewrite zip_length rows_x ?rows_y //; left.
by apply: IH => // r' in_r'; [apply: rows_x | apply: rows_y]; right.
Qed.

Lemma zip_table_at A B C (f : A -> B -> C) n x y i j a b c : is_table n x -> is_table n y -> (i < n)%N -> (j < n)%N ->
  List.nth j (List.nth i (zip (zip f) x y) [::]) c = f (List.nth j (List.nth i x [::]) a) (List.nth j (List.nth i y
    [::]) b).
Proof.
move=> tx ty lt_i lt_j; have [_ len_x] := table_row tx lt_i; have [_ len_y] := table_row ty lt_i.
case: tx ty => [lx _] [ly _].
by rewrite (zip_at _ [::] [::]) ?lx ?ly // (zip_at _ a b) ?len_x ?len_y.
Qed.

Lemma map_table A B (f : A -> B) n x : is_table n x -> is_table n (List.map (List.map f) x).
Proof.
move=> [len rows]; split; first by rewrite List.map_length.
by move=> r /List.in_map_iff[r' [<- /rows]]; rewrite List.map_length.
Qed.

Lemma map_table_at A B (f : A -> B) n x i j a b : is_table n x -> (i < n)%N -> (j < n)%N ->
  List.nth j (List.nth i (List.map (List.map f) x) [::]) b = f (List.nth j (List.nth i x [::]) a).
Proof.
move=> tx lt_i lt_j; have [_ len_x] := table_row tx lt_i; case: tx => [lx _].
by rewrite (@list_map_at _ _ _ _ _ [::]) ?lx // (@list_map_at _ _ _ _ _ a) ?len_x.
Qed.

Lemma table_in A n (x : list (list A)) i j a : is_table n x -> (i < n)%N -> (j < n)%N ->
  List.In (List.nth j (List.nth i x [::]) a) (List.concat x).
Proof.
move=> tx lt_i lt_j; have [in_x len_x] := table_row tx lt_i.
by apply/List.in_concat; exists (List.nth i x [::]); split=> //; apply: List.nth_In; lia.
Qed.

(* ---- Points and intervals ---- *)

Section Pieces.
Variable R : realFieldType.
Variable n : nat.
Variable h : two_heads.
Implicit Types (b z : R) (q l r : Q).
Hypotheses (good : good_heads h) (size_h : given_size h = n.+1).
Local Notation D := (mixture n h).
Local Notation s := (sink_node n h).

Let tables : is_table n.+1 (first_rows h) /\ is_table n.+1 (second_rows h).
Proof. by have [? ?] := good_heads_square good size_h; split; apply: square_rows_table. Qed.

Lemma sink_nodeE : given_sink h = s.
Proof. by have [lt_s _ _ _] := good_headsP good size_h; rewrite /sink_node inordK. Qed.

Lemma number_at_ge0 m (i j : 'I_n.+1) : square_rows n.+1 m -> 0 <= real_of R (number_at m i j).
Proof.
move=> sq; have tx := square_rows_table sq.
have [in_m len] := table_row tx (ltn_ord i).
have /andP[_ /List.forallb_forall rows] := sq; have /andP[_ /List.forallb_forall nums] := rows _ in_m.
have in_r : List.In (number_at m i j) (List.nth i m [::]) by apply: List.nth_In; have := ltn_ord j; lia.
have /Z.leb_spec0 := nums _ in_r; move: (number_at m i j) => q q_ge0.
apply: divr_ge0; last exact: ltW (real_gt0 _ _).
by rewrite -[0]/(real R Z0) exponential_bounds.real_le; apply/Z.leb_spec0.
Qed.

Lemma mixtureE b (i j : 'I_n.+1) :
  D b i j = b * real_of R (number_at (first_rows h) i j) + (1 - b) * real_of R (number_at (second_rows h) i j).
Proof. by rewrite !mxE. Qed.

Lemma mixture_ge0 b : 0 <= b <= 1 -> nonnegative (D b).
Proof.
have [sq1 sq2] := good_heads_square good size_h.
by case/andP=> b0 b1 i j; rewrite mixtureE addr_ge0 // mulr_ge0 ?subr_ge0 ?number_at_ge0.
Qed.

Lemma mixture_zero b (i j : 'I_n.+1) :
  is_zero (number_at (first_rows h) i j) && is_zero (number_at (second_rows h) i j) -> D b i j = 0.
Proof.
have zero q : is_zero q -> real_of R q = 0 by move=> /Z.eqb_spec e; rewrite /real_of e mul0r.
by case/andP=> /zero e1 /zero e2; rewrite mixtureE e1 e2 !mulr0 addr0.
Qed.

Lemma mixed_table q : is_table n.+1 (mixed_rows h q).
Proof. by case: tables => t1 t2; apply: zip_table. Qed.

Lemma mixed_at q (i j : 'I_n.+1) : real_of R (List.nth j (List.nth i (mixed_rows h q) [::]) no_weight) = D (real_of R
  q) i j.
Proof.
case: tables => t1 t2; rewrite (zip_table_at _ no_weight no_weight _ t1 t2) ?ltn_ord //.
by rewrite real_of_mixed mixtureE.
Qed.

Theorem point_shows q z steps : 0 < z -> 0 <= real_of R q <= 1 -> shows (D (real_of R q)) s z (point_scene h q steps).
Proof.
move=> z_gt0 q_in; rewrite /point_scene; set d := common_denominator _.
have tm := mixed_table q; have [len_m rows_m] := map_table (fun x => constant (over_common d x)) tm.
apply: (shows_scene _ good size_h sink_nodeE (mixture_ge0 q_in) z_gt0) => //.
- by rewrite value_constant common_denominator_pos.
- move=> i j; rewrite (map_table_at _ no_weight _ tm) ?ltn_ord // !value_constant over_commonE ?mixed_at //.
  by right; apply: (table_in _ tm); rewrite ltn_ord.
- by left.
by move=> i j; apply: mixture_zero.
Qed.

Theorem interval_shows l r b steps : 0 <= real_of R l -> real_of R r <= 1 -> real_of R l < b < real_of R r ->
  shows (D b) s (position b l r) (interval_scene h l r steps).
Proof.
move=> l_ge0 r_le1 b_in; have z_gt0 := position_gt0 b_in; have weight_b := position_weight b_in.
set z := position b l r in z_gt0 weight_b *; case/andP: (b_in) => lb br.
have b01 : 0 <= b <= 1 by rewrite (le_trans l_ge0 (ltW lb)) (le_trans (ltW br) r_le1).
have b01' : 0 < b < 1 by rewrite (le_lt_trans l_ge0 lb) (lt_le_trans br r_le1).
rewrite /interval_scene; set m := mixed_rows h l; set m' := mixed_rows h r; set d := common_denominator _.
have tm : is_table n.+1 m := mixed_table l; have tm' : is_table n.+1 m' := mixed_table r.
have one_z : value z (linear d d) = real R d * (1 + z) by rewrite value_linear; ring.
have d_gt0 : 0 < real R d := common_denominator_pos R _.
have one_gt0 : 0 < real R d * (1 + z) by rewrite mulr_gt0 // ltr_paddr ?ltr01 ?ltW.
set f := fun x y => linear (over_common d x) (over_common d y).
have [len_m rows_m] := zip_table f tm tm'.
apply: (shows_scene _ good size_h sink_nodeE (mixture_ge0 b01) z_gt0) => //.
- by rewrite one_z.
- move=> i j; rewrite one_z (zip_table_at _ no_weight no_weight _ tm tm') ?ltn_ord // /f value_linear.
  rewrite !over_commonE.
  + by rewrite !mixed_at !mixtureE; apply: between_entries.
  + by do 2 right; apply/List.in_or_app; right; apply: (table_in _ tm'); rewrite ltn_ord.
  + by do 2 right; apply/List.in_or_app; left; apply: (table_in _ tm); rewrite ltn_ord.
- right; rewrite one_z value_linear !over_commonE; [|by right; left|by left].
  have -> : real R d * real_of R l + z * (real R d * real_of R r) = real R d * (1 + z) * b.
    by rewrite -mulrA -weight_b; ring.
  by case/andP: b01' => b_gt0 b_lt1; rewrite mulr_gt0 //= gtr_pmulr.
by move=> i j; apply: mixture_zero.
Qed.
End Pieces.
