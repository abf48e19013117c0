(* The parts of a certificate of the best weights (best_weights_check.v): on each of them some node's fidelity is at
   most what is said, for all real weights of the part.

   Glossary
     matrix_at R n vertices i   the mean matrix at a vertex
     bounded_above_sound        parts that are accepted bound the minimax fidelity from above *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
From crosshead Require Import systems facts integer_checks integer_numbers integer_semantics.
From crosshead Require Import certificate_numbers certificate_systems certificate_edges exponential_bounds.
From crosshead Require Import number_enclosures best_weights_check best_weights_bounds best_weights_matrices.
Local Open Scope ring_scope.

Local Notation length := List.length.

(* The two powers of two under other names: to unfold them is to write 2^100 in unary. *)
Fact powers : {p : Z * Z | p = (unit_mass, grid)}.
Proof. by exists (unit_mass, grid). Qed.
Definition mass : Z := (sval powers).1.
Definition fine : Z := (sval powers).2.
Lemma massE : unit_mass = mass. Proof. by rewrite /mass (svalP powers). Qed.
Lemma fineE : grid = fine. Proof. by rewrite /fine (svalP powers). Qed.
Lemma mass_gt0 : Z.ltb 0 mass. Proof. by rewrite -massE. Qed.
Lemma fine_gt0 : Z.ltb 0 fine. Proof. by rewrite -fineE. Qed.

Lemma upE k x : Z.le 0 k -> up k x = divided_up x (Z.pow 2 k).
Proof. by move=> k_ge0; rewrite /up Z.shiftr_div_pow2. Qed.
Lemma up_fine x : up 40 x = divided_up x fine. Proof. by rewrite -fineE upE. Qed.
Lemma up_mass x : up 100 x = divided_up x mass. Proof. by rewrite -massE upE. Qed.
Local Opaque unit_mass grid up mass fine.

(* Signals are looked at, and moved on, one time after the other. *)
Lemma low_untilP n e h j first most steps t x : low_until n e h j first most steps t x ->
  (forall r, (r < steps)%N -> (first <= t + r)%N -> Z.leb (entry (iter r (advance n e) x) j) most) /\
  Z.leb (up 100 (dot (iter steps (advance n e) x) h)) most.
Proof.
elim: steps t x => [|steps IH] t x //=; case: ifP => // here /IH[later at_end].
split=> [[|r] lt_r le_first|]; last by rewrite -iterS iterSr.
  by move: here; rewrite addn0 in le_first; case: Nat.ltb_spec0 => //=; lia.
by rewrite iterSr; apply: later => //; rewrite addSnnS.
Qed.

Section Parts.
Variable R : realFieldType.
Variable n : nat.
Local Notation N := n.+1.
Local Notation real := (real R).
Local Notation over_field := (over_field R n).
Implicit Types (v w : vertex) (vertices : list vertex) (c : best_weights).

Local Notation U := (real mass).
Local Notation G := (real fine).
Let U_pos : 0 < U. Proof. by rewrite -(real0 R) real_lt mass_gt0. Qed.
Let G_pos : 0 < G. Proof. by rewrite -(real0 R) real_lt fine_gt0. Qed.
Let U_neq0 : U != 0. Proof. exact: lt0r_neq0. Qed.
Let G_neq0 : G != 0. Proof. exact: lt0r_neq0. Qed.
Let up_grid_le a : real a / G <= real (up 40 a).
Proof. by rewrite up_fine; apply: real_div_up fine_gt0. Qed.
Let up_unit_le a : real a / U <= real (up 100 a).
Proof. by rewrite up_mass; apply: real_div_up mass_gt0. Qed.

Definition good v := is_square n (rows v.1) /\ v = vertex_of v.1.
Definition nowhere : vertex := vertex_of (Matrix 1 [::]).
Definition matrix_at vertices i : 'M[R]_N := over_field (List.nth i vertices nowhere).1.

Lemma rounded_above v (i j : 'I_N) : good v ->
  is_square n v.2 /\ over_field v.1 i j <= real (at_place v.2 i j) / G.
Proof.
move=> [sq_v ->]; rewrite /vertex_of /= /rounded fineE.
pose f x := if Z.eqb x 0 then Z0 else divided_up (Z.mul x fine) (scale v.1).
have [sq_f at_f] := map_square f sq_v; split=> //; rewrite at_f over_fieldE ler_pdivl_mulr // mulrAC -realM /f.
case: Z.eqb_spec => [->|_]; first by rewrite Z.mul_0_l real0 mul0r.
exact: real_div_up.
Qed.

Section Bounded.
Variables (e : list (list Z)) (h x0 : list Z).
Hypothesis sq_e : is_square n e.
Hypothesis len_h : length h = N.
Hypothesis len_x0 : length x0 = N.
Let row_at t := iter t (advance N e) x0.
Let E (k l : 'I_N) := real (at_place e k l) / G.
Let x t (k : 'I_N) := real (entry (row_at t) k) / U.
Let chance_of (k : 'I_N) := real (entry h k) / U.

Lemma advance_length y : length (advance N e y) = N.
Proof. by rewrite List.map_length row_times_length //; case: sq_e. Qed.

Lemma advance_entry y (k : 'I_N) :
  entry (advance N e y) k = Z.min mass (up 40 (entry (row_times N y e) k)).
Proof.
by rewrite /advance massE /entry; apply: nth_list_map; rewrite row_times_length //; case: sq_e.
Qed.

Lemma row_length t : length (row_at t) = N.
Proof. by case: t => //= t; rewrite advance_length. Qed.

Lemma row_steps t k : 1 <= x t.+1 k \/ \sum_l x t l * E l k <= x t.+1 k.
Proof.
have [len_e rows_e] := sq_e; pose a := entry (row_times N (row_at t) e) k.
have -> : x t.+1 k = real (Z.min mass (up 40 a)) / U.
  by rewrite /x /row_at iterS advance_entry.
case: (Z.min_spec mass (up 40 a)) => -[_ ->]; [left | right]; first by rewrite divff.
rewrite ler_pdivl_mulr // mulr_suml.
have -> : \sum_l x t l * E l k * U = real a / G.
  rewrite /a (real_row_times R rows_e) ?row_length // mulr_suml; apply: eq_bigr => l _.
  by rewrite /x /E mulrAC divfK // mulrA.
exact: up_grid_le.
Qed.

Lemma chances_rangeP j : never_grows e h j -> (j < N)%N ->
  [/\ forall k, 0 <= chance_of k <= 1, forall k : 'I_N, k = j :> nat -> chance_of k = 1 &
      forall k, chance_of k = 1 \/ \sum_l E k l * chance_of l <= chance_of k].
Proof.
have [len_e rows_e] := sq_e; rewrite /never_grows massE fineE => /andP[/Z.eqb_spec h_j all_k] lt_j.
have at_k (k : 'I_N) : [/\ Z.leb 0 (entry h k), Z.leb (entry h k) mass &
    entry h k = mass \/ Z.leb (dot (List.nth k e [::]) h) (Z.mul fine (entry h k))].
  have := all_zip [::] Z0 all_k (k := k); rewrite len_e len_h => /(_ (ltn_ord k) (ltn_ord k)).
  by case/andP=> /andP[-> ->] /orP[/Z.eqb_spec|]; split=> //; [left | right].
split=> [k|k kj|k].
- have [ge0 le1 _] := at_k k; rewrite /chance_of ler_pdivr_mulr // mul1r real_le le1 andbT.
  by rewrite divr_ge0 ?(ltW U_pos) // -(real0 R) real_le.
- by rewrite /chance_of kj h_j divff.
have [_ _ [kj|le_h]] := at_k k; [left | right]; first by rewrite /chance_of kj divff.
rewrite /chance_of ler_pdivl_mulr // mulr_suml.
have -> : \sum_l E k l * (real (entry h l) / U) * U = real (dot (List.nth k e [::]) h) / G.
  have [_ len_k] := square_in k sq_e; rewrite (real_dot R len_k) // mulr_suml; apply: eq_bigr => l _.
  by rewrite mulrA divfK // /E /at_place mulrAC.
by rewrite ler_pdivr_mulr // mulrC -realM real_le.
Qed.
End Bounded.

Lemma low_on_sound c vertices j horizon D :
    best_nodes c = N -> (best_sink c < N)%N -> (forall v, List.In v vertices -> good v) -> row_stochastic D ->
    spanned (length vertices) (matrix_at vertices) D -> low_on c vertices j horizon ->
  minimax_at_most (best_first c) (counts c) D (inord (best_sink c)) (real_of R (best_upper c)).
Proof.
move=> nodes_c lt_sink good_v stochastic spanned_D; rewrite /low_on nodes_c massE.
set e := largest N vertices; set h := chances _ _ _ _; set x0 := List.map _ _; set most := floor _.
move=> /andP[/andP[/andP[/andP[/andP[counts_j _] _] /Nat.eqb_spec len_h] never] /low_untilP[early late]].
have lt_j : (j < N)%N by move: counts_j => /andP[/Nat.ltb_spec0]; rewrite nodes_c; lia.
have squares v : List.In v vertices -> is_square n v.2 by move=> /good_v/(rounded_above ord0 ord0)[].
have [sq_e le_e] := largestP squares.
have len_x0 : length x0 = N by rewrite !List.map_length List.seq_length.
have most_le : real most / U <= real_of R (best_upper c).
  rewrite ler_pdivr_mulr //; pose q := times (best_upper c) (whole mass).
  apply: le_trans (_ : real_of R q <= _); last by rewrite real_of_times {2}/real_of /= real1 divr1.
  exact: (@real_div_down R (Qnum q) (Zpos (Qden q)) isT).
have [range h_j h_le] := chances_rangeP sq_e len_h never lt_j.
exists (Ordinal lt_j) => // t; apply: (signal_bounded stochastic
  (E := fun k l => real (at_place e k l) / G) (T := horizon) (h := fun k => real (entry h k) / U)
  (x := fun t k => real (entry (iter t (advance N e) x0) k) / U)) => //.
- move=> k l; pose F (k l : 'I_N) := real (at_place e k l) / G.
  apply: (spanned_le (E := F) spanned_D) => i lt_i; set v := List.nth i vertices nowhere.
  have in_v : List.In v vertices by apply: List.nth_In; apply/ssrnat.ltP.
  rewrite /matrix_at -/v; apply: le_trans (proj2 (rounded_above k l (good_v _ in_v))) _.
  by rewrite ler_pmul2r ?invr_gt0 // real_le; apply/Z.leb_spec0/le_e.
- move=> k /=; rewrite /entry (@nth_list_map _ _ _ _ _ _ Z0) ?List.map_length ?List.seq_length //.
  rewrite -/(entry _ _) entry_one_at // -val_eqE /= inordK // eq_sym realM mulrAC divff // mul1r.
  by case: ifP.
- by move=> r k lt_r; apply: row_steps.
- by apply: h_j.
- move=> r /andP[le_r lt_r]; apply: le_trans most_le; rewrite ler_pmul2r ?invr_gt0 // real_le.
  by apply: early; rewrite ?add0n.
apply: le_trans most_le; rewrite ler_pdivl_mulr // mulr_suml.
apply: le_trans (_ : real (up 100 (dot (iter horizon (advance N e) x0) h)) <= _); last by rewrite real_le.
apply: le_trans (up_unit_le _).
rewrite (@real_dot R n) ?row_length // mulr_suml; apply: ler_sum => k _.
by rewrite mulrA divfK // mulrAC.
Qed.

(* ---- Splitting ---- *)

Lemma middle_sound v w m : good v -> good w -> middle N v w = Some m ->
  good m /\ over_field m.1 = 2%:R^-1 *: over_field v.1 + 2%:R^-1 *: over_field w.1.
Proof.
move=> [sq_v _] [sq_w _]; rewrite /middle.
case e: weighted_sum => [M|] // [<-].
have [|sq_M ME] := @weighted_sumE R n [:: (1 # 2, v.1); (1 # 2, w.1)] M _ e.
  by move=> p [<-|[<-|[]]].
split=> //=; rewrite ME !big_cons big_nil addr0 /=.
by have -> : real_of R (1 # 2) = 2%:R^-1 by rewrite /real_of real1 mul1r.
Qed.

Lemma matrix_at_set vertices a m : (a < length vertices)%N ->
  matrix_at (set_at vertices a m) =1 replaced (matrix_at vertices) a (over_field m.1).
Proof. by move=> lt_a i; rewrite /matrix_at /replaced nth_set_at //; case: eqP. Qed.

Theorem bounded_above_sound c p vertices D :
    best_nodes c = N -> (best_sink c < N)%N -> (forall v, List.In v vertices -> good v) -> row_stochastic D ->
    spanned (length vertices) (matrix_at vertices) D -> bounded_above c p vertices ->
  minimax_at_most (best_first c) (counts c) D (inord (best_sink c)) (real_of R (best_upper c)).
Proof.
move=> nodes_c lt_sink + stochastic.
elim: p vertices => [j horizon|a b p IHp q IHq] vertices good_v spanned_D; first exact: low_on_sound.
cbn [bounded_above]; rewrite nodes_c.
case at_a: (List.nth_error vertices a) => [v|] //; case at_b: (List.nth_error vertices b) => [w|] //.
case is_m: middle => [m|] //; case: ifP => // /andP[/Nat.ltb_spec0 lt_ab first_half] second_half.
have lt_b : (b < length vertices)%N by apply/ssrnat.ltP/List.nth_error_Some; rewrite at_b.
have lt_a : (a < length vertices)%N by lia.
have v_at := List.nth_error_nth _ _ nowhere at_a; have w_at := List.nth_error_nth _ _ nowhere at_b.
have [good_m mE] := middle_sound (good_v _ (List.nth_error_In _ _ at_a)) (good_v _ (List.nth_error_In _ _ at_b)) is_m.
have replaced_spanned k : (k < length vertices)%N ->
    spanned (length vertices) (replaced (matrix_at vertices) k (over_field m.1)) D ->
    spanned (length (set_at vertices k m)) (matrix_at (set_at vertices k m)) D.
  move=> lt_k [d convex_d DE]; rewrite set_at_length; exists d => //; rewrite DE.
  by apply: eq_bigr => i _; rewrite matrix_at_set.
have good_half k v' : List.In v' (set_at vertices k m) -> good v'.
  by move=> in_half; have [->|/good_v] := in_set_at in_half.
case: (@spanned_split _ _ _ _ _ a b _ lt_b spanned_D); first by lia.
  rewrite /matrix_at v_at w_at -mE => /replaced_spanned half.
  by apply: IHp (half lt_a) first_half; apply: good_half.
rewrite /matrix_at v_at w_at -mE => /replaced_spanned half.
by apply: IHq (half lt_b) second_half; apply: good_half.
Qed.
End Parts.
