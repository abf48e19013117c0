(* The matrices of a certificate of the best weights (best_weights_check.v) over any field.

   Glossary
     over_field R n m        the matrix over the field
     head_matrix R n x       the matrix of these rows
     real_row_times, real_dot, real_sum   what is computed with lists of integers, as sums of elements of the field *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
From crosshead Require Import systems integer_checks integer_numbers integer_semantics.
From crosshead Require Import certificate_numbers certificate_systems certificate_edges certificate_meaning.
From crosshead Require Import exponential_bounds best_weights_check.
Local Open Scope ring_scope.

Local Notation length := List.length.

(* ---- Lists ---- *)

Lemma all_zip (A B : Type) (f : A -> B -> bool) x y d e k :
  List.forallb (fun ok : bool => ok) (zip_with f x y) -> (k < length x)%N -> (k < length y)%N ->
  f (List.nth k x d) (List.nth k y e).
Proof. by elim: x y k => [|a x IH] [|b y] [|k] //= /andP[] // ok later; apply: IH. Qed.

Lemma set_at_length A (x : list A) k a : length (set_at x k a) = length x.
Proof. by elim: x k => [|b x IH] [|k] //=; rewrite IH. Qed.

Lemma nth_set_at A (x : list A) k a i d : (k < length x)%N ->
  List.nth i (set_at x k a) d = if i == k then a else List.nth i x d.
Proof. by elim: x k i => [|b x IH] [|k] [|i] //= lt_k; apply: IH. Qed.

Lemma in_set_at A (x : list A) k a b : List.In b (set_at x k a) -> b = a \/ List.In b x.
Proof.
elim: x k => [|c x IH] [|k] //= [->|]; [by left | by right; right | by right; left | ].
by case/IH; [left | right; right].
Qed.

Lemma list_nth A (x : seq A) k d : List.nth k x d = nth d x k.
Proof. by elim: x k => [|a x IH] [|k] /=. Qed.

Section Squares.
Variable n : nat.
Local Notation N := n.+1.
Implicit Types (x y : list (list Z)) (i j : 'I_N).

Lemma zip_square f x y : is_square n x -> is_square n y -> is_square n (zip_with (zip_with f) x y) /\
  forall i j, at_place (zip_with (zip_with f) x y) i j = f (at_place x i j) (at_place y i j).
Proof.
move=> sq_x sq_y; have [len_x rows_x] := sq_x; have [len_y rows_y] := sq_y.
have same : length x = length y by rewrite len_x len_y.
split=> [|i j].
  split=> [|r]; first by rewrite length_zip.
  elim: x y {sq_x sq_y len_x len_y} rows_x rows_y same => [|a x IH] [|b y] //= rows_x rows_y [same] [<-|].
    have len_a : length a = N by apply: rows_x; left.
    have len_b : length b = N by apply: rows_y; left.
    by rewrite length_zip len_a.
  by apply: IH => // r' in_r'; [apply: rows_x | apply: rows_y]; right.
have [_ len_i] := square_in i sq_x; have [_ len_i'] := square_in i sq_y.
rewrite /at_place (nth_zip _ [::] [::]) ?len_x //.
by rewrite /entry (nth_zip _ Z0 Z0) ?len_i ?len_i'.
Qed.

Lemma map_square f x : is_square n x -> is_square n (List.map (List.map f) x) /\
  forall i j, at_place (List.map (List.map f) x) i j = f (at_place x i j).
Proof.
move=> sq_x; have [len_x rows_x] := sq_x; split=> [|i j].
  split=> [|r]; first by rewrite List.map_length.
  by move=> /List.in_map_iff[r' [<- /rows_x len]]; rewrite List.map_length.
have [_ len_i] := square_in i sq_x; rewrite /at_place (@nth_list_map _ _ _ _ _ _ [::]) ?len_x //.
by rewrite /entry (@nth_list_map _ _ _ _ _ _ Z0) ?len_i.
Qed.

Lemma zero_square : is_square n (List.repeat (List.repeat Z0 N) N).
Proof.
split=> [|r in_r]; first by rewrite List.repeat_length.
by rewrite (List.repeat_spec _ _ _ in_r) List.repeat_length.
Qed.

Lemma largestP vertices : (forall v : vertex, List.In v vertices -> is_square n v.2) ->
  is_square n (largest N vertices) /\
  forall v : vertex, List.In v vertices -> forall i j, Z.le (at_place v.2 i j) (at_place (largest N vertices) i j).
Proof.
elim: vertices => [_|v vs IH squares]; first by split=> //; apply: zero_square.
have [sq_vs le_vs] := IH (fun w in_w => squares w (or_intror in_w)).
have [sq_v at_v] := zip_square Z.max (squares v (or_introl erefl)) sq_vs.
split=> [//|w /= [<-|/le_vs le_w] i j]; rewrite at_v; first exact: Z.le_max_l.
exact: Z.le_trans (le_w i j) (Z.le_max_r _ _).
Qed.
End Squares.

(* ---- Rationals over a field ---- *)

Section Field.
Variable R : realFieldType.
Variable n : nat.
Local Notation N := n.+1.
Local Notation real := (real R).

Definition over_field (m : matrix) : 'M[R]_N := map_mx ratr (to_mx n m).
Definition head_matrix (x : list (list Q)) : 'M[R]_N :=
  \matrix_(i, j) real_of R (List.nth j (List.nth i x [::]) (0 # 1)).

Lemma realE z : real z = ratr (of_Z z).
Proof. by rewrite /of_Z ratr_int. Qed.

Lemma real_ofE q : real_of R q = ratr (to_rat q).
Proof. by rewrite /real_of /to_rat /ratio fmorph_div /= -!realE. Qed.

Lemma over_fieldE m i j : over_field m i j = real (at_place (rows m) i j) / real (scale m).
Proof. by rewrite mxE to_mx_at /ratio fmorph_div /= -!realE. Qed.

Lemma real_row_times x a k : (forall r, List.In r a -> length r = N) -> length x = N -> length a = N -> (k < N)%N ->
  real (entry (row_times N x a) k) = \sum_(i < N) real (entry x i) * real (at_place a i k).
Proof.
move=> rows_a len_x len_a lt_k; rewrite realE row_times_entries ?len_a // rmorph_sum.
by apply: eq_bigr => i _; rewrite !realE rmorphM.
Qed.

Lemma real_dot x y : length x = N -> length y = N ->
  real (dot x y) = \sum_(i < N) real (entry x i) * real (entry y i).
Proof.
move=> len_x len_y; rewrite realE dot_entries ?len_x // rmorph_sum.
by apply: eq_bigr => i _; rewrite !realE rmorphM.
Qed.

Lemma real_sum x : length x = N -> real (sum x) = \sum_(i < N) real (entry x i).
Proof. by move=> len_x; rewrite realE sum_entries len_x rmorph_sum; apply: eq_bigr => i _; rewrite realE. Qed.

(* The matrices of heads, and weighted sums of matrices. *)
Lemma square_rows x : square N x -> length x = N /\ forall r, List.In r x -> length r = N.
Proof.
case/andP=> /Nat.eqb_spec len_x /List.forallb_forall rows_x.
by split=> // r /rows_x /andP[/Nat.eqb_spec].
Qed.

Lemma of_fractions_square x : square N x -> is_square n (rows (of_fractions x)).
Proof.
case/square_rows=> len_x rows_x; split=> [|r]; first by rewrite List.map_length.
by move=> /List.in_map_iff[r' [<- /rows_x len]]; rewrite List.map_length.
Qed.

Lemma head_matrixE x : square N x -> head_matrix x = over_field (of_fractions x).
Proof.
by case/square_rows=> len_x rows_x; apply/matrixP => i j; rewrite mxE [RHS]mxE given_matrix // -real_ofE.
Qed.

Lemma head_stochastic x : is_stochastic N x -> row_stochastic (head_matrix x).
Proof.
case/andP=> sq_x; set m := of_fractions x => sums; split=> [i j|i].
  move: sq_x => /andP[/Nat.eqb_spec len_x /List.forallb_forall rows_x]; rewrite mxE /real_of.
  have in_x : List.In (List.nth i x [::]) x by apply: List.nth_In; rewrite len_x; apply/ssrnat.ltP.
  have /andP[/Nat.eqb_spec len_r /List.forallb_forall/(_ (List.nth j (List.nth i x [::]) (0 # 1)))] := rows_x _ in_x.
  have in_r : List.In (List.nth j (List.nth i x [::]) (0 # 1)) (List.nth i x [::]).
    by apply: List.nth_In; rewrite len_r; apply/ssrnat.ltP.
  move=> /(_ in_r)/andP[ge0 _]; apply: divr_ge0; last exact: ltW (real_pos _ _).
  by rewrite -(real0 R) real_le.
have sq_m := of_fractions_square sq_x; have [in_m len_i] := square_in i sq_m.
rewrite head_matrixE //; under eq_bigr do rewrite over_fieldE -/m.
move: sums => /List.forallb_forall/(_ _ in_m)/Z.eqb_spec sum_i.
by rewrite -mulr_suml -(real_sum len_i) sum_i divff // real_neq0.
Qed.

Lemma weighted_sumE (parts : list (Q * matrix)) m :
  (forall p, List.In p parts -> is_square n (rows p.2)) ->
  weighted_sum N (List.map (fun p => (p.1, Some p.2)) parts) = Some m ->
  is_square n (rows m) /\ over_field m = \sum_(p <- parts) real_of R p.1 *: over_field p.2.
Proof.
move=> squares /mean_matrix[|sq_m mE].
  by move=> w M /List.in_map_iff[p [[_ <-]]]; apply: squares.
split=> //; apply/matrixP => i j; rewrite summxE [LHS]mxE mE summxE rmorph_sum big_map.
by apply: eq_bigr => p _; rewrite !mxE rmorphM /= -real_ofE.
Qed.
End Field.
