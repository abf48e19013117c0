(* The matrices of certificates that are given, the mean's, and the powers of all of them are what they should be.

   Glossary
     given_matrix          a matrix of one's own has the entries that are given
     mean_matrix           the mean's matrix is the weighted sum of the matrices of the heads
     signal_value          the operations `signal` and `absorbed` give the entries of the powers *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts integer_checks integer_numbers integer_semantics integer_soundness.
From crosshead Require Import certificate_numbers certificate_systems certificate_edges exponential_bounds.
From crosshead Require Import certificate_programs certificate_domains certificate_functions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Local Notation length := List.length.

(* ---- Given matrices, and the mean ---- *)

Section Given.
Variable n : nat.
Local Notation N := n.+1.

Lemma common_divides v q : List.In q v -> Z.divide (Zpos (Qden q)) (common v).
Proof.
elim: v => //= p v IH [->|/IH q_v]; first exact: Z.divide_lcm_l.
exact: Z.divide_trans q_v (Z.divide_lcm_r _ _).
Qed.

(* A matrix of one's own has the entries that are given. *)
Theorem given_matrix (x : list (list Q)) (i j : 'I_N) :
  length x = N -> (forall r, List.In r x -> length r = N) ->
  to_mx n (of_fractions x) i j = to_rat (List.nth j (List.nth i x [::]) (0 # 1)).
Proof.
move=> len_x rows_x; set r := List.nth i x [::].
have r_x : List.In r x by apply: List.nth_In; rewrite len_x; apply/ssrnat.ltP.
have j_r : (j < length r)%N by rewrite rows_x.
set q := List.nth j r _; have q_r : List.In q r by apply: List.nth_In; apply/ssrnat.ltP.
have := common_gt0 (List.concat x); set d := common _ => /Z.ltb_spec0 d_gt0.
have q_d : Z.divide (Zpos (Qden q)) d by apply: common_divides; apply/List.in_concat; exists r.
rewrite to_mx_at /scale /= Z2Pos.id // /at_place (@nth_list_map _ _ _ _ _ _ [::]) ?len_x // -/r.
by rewrite /entry (@nth_list_map _ _ _ _ _ _ (0 # 1)) // -/q Z.mul_comm; apply: ratio_over_common.
Qed.

Lemma at_added (x y : list (list Z)) (i j : 'I_N) : is_square n x -> is_square n y ->
  is_square n (added_rows x y) /\ at_place (added_rows x y) i j = Z.add (at_place x i j) (at_place y i j).
Proof.
move=> sq_x sq_y; have [len_x rows_x] := sq_x; have [len_y rows_y] := sq_y.
have same : length x = length y by rewrite len_x len_y.
have nth_zip (A B C : Type) (f : A -> B -> C) u v k a b c : length u = length v -> (k < length u)%N ->
    List.nth k (zip_with f u v) c = f (List.nth k u a) (List.nth k v b).
  by elim: u v k => [|a' u IH] [|b' v] [|k] //= [e]; apply: IH.
split.
  split=> [|r]; first by rewrite length_zip.
  elim: x y {sq_x sq_y len_x len_y} rows_x rows_y same => [|a x IH] [|b y] //= rows_x rows_y [same] [<-|].
    have len_a : length a = N by apply: rows_x; left.
    have len_b : length b = N by apply: rows_y; left.
    by rewrite /added length_zip len_a.
  by apply: IH => // r' in_r'; [apply: rows_x | apply: rows_y]; right.
rewrite /at_place /added_rows (nth_zip _ _ _ _ _ _ _ [::] [::]) ?len_x //.
have [_ len_i] := square_in i sq_x; have [_ len_i'] := square_in i sq_y.
by rewrite /entry (nth_zip _ _ _ _ _ _ _ Z0 Z0) ?len_i ?len_i'.
Qed.

Lemma scaled_rowsP d (p : Q * matrix) (i j : 'I_N) : is_square n (rows p.2) ->
  Z.lt 0 d -> Z.divide (own_denominator p) d ->
  is_square n (scaled_rows d p) /\ of_Z (at_place (scaled_rows d p) i j) / of_Z d = to_rat p.1 * to_mx n p.2 i j.
Proof.
case: p => w m /= sq_m d_gt0 own_d; have [len_m rows_m] := sq_m.
split.
  split=> [|r]; first by rewrite List.map_length.
  by move=> /List.in_map_iff[r' [<- /rows_m len]]; rewrite List.map_length.
have [_ len_i] := square_in i sq_m.
rewrite to_mx_at /at_place (@nth_list_map _ _ _ _ _ _ [::]) ?len_m //.
rewrite {1}/entry (@nth_list_map _ _ _ _ _ _ Z0) ?len_i // -/(entry _ _) -/(ratio _ _).
have -> a b c : Z.mul (Z.mul a b) c = Z.mul b (Z.mul a c) by lia.
by rewrite ratio_over_common // /to_rat ratioM.
Qed.

(* The mean's matrix is the weighted sum of the matrices of the heads. *)
Theorem mean_matrix (parts : list (Q * option matrix)) m :
  (forall w M, List.In (w, Some M) parts -> is_square n (rows M)) -> weighted_sum N parts = Some m ->
  is_square n (rows m) /\
  to_mx n m = \sum_(p <- parts) to_rat p.1 *: (if p.2 is Some M then to_mx n M else 0).
Proof.
move=> squares; rewrite /weighted_sum; case e: all_defined_parts => [all|] // -[<-].
have -> : parts = [seq (p.1, Some p.2) | p <- all].
  elim: parts all e {squares} => [|[w [M|]] parts IH] all /=; [by case=> <- | | by []].
  by case: all_defined_parts IH => [all'|] // IH [<-] /=; rewrite -(IH all').
have sq_all p : List.In p all -> is_square n (rows p.2).
  elim: parts all e squares => [|[w [M|]] parts IH] all /=; [by case=> <- | | by []].
  case: all_defined_parts IH => [all'|] // IH [<-] squares /= [<-|in_p]; first by apply: (squares w); left.
  by apply: IH in_p => // w' M' in_M'; apply: (squares w'); right.
have [||d_gt0 _ own_d] := @common_multiple (List.map own_denominator all) 1.
- by [].
- by move=> s /List.in_map_iff[p [<- _]]; apply: Z.mul_pos_pos.
set d := List.fold_left _ _ _ in d_gt0 own_d *.
have sum_all :
    let zero := List.repeat (List.repeat Z0 N) N in
    let x := List.fold_right (fun p sum => added_rows (scaled_rows d p) sum) zero all in
    is_square n x /\ forall i j : 'I_N, of_Z (at_place x i j) / of_Z d = \sum_(p <- all) to_rat p.1 * to_mx n p.2 i j.
  have : forall p, List.In p all -> is_square n (rows p.2) /\ Z.divide (own_denominator p) d.
    by move=> p in_p; split; [apply: sq_all | apply: own_d; apply: List.in_map].
  elim: (all) => [_|p l IH good]; cbn [List.fold_right].
    split.
      split=> [|r in_r]; first by rewrite List.repeat_length.
      by rewrite (List.repeat_spec _ _ _ in_r) List.repeat_length.
    move=> i j; rewrite big_nil /at_place.
    have [in_r|->] := List.nth_in_or_default i (List.repeat (List.repeat Z0 N) N) [::]; last by rewrite entry_nil mul0r.
    by rewrite (List.repeat_spec _ _ _ in_r) nth_repeat_zero mul0r.
  have [sq_l at_l] := IH (fun q in_q => good q (or_intror in_q)).
  have [sq_p own_p] := good p (or_introl erefl).
  have at_p i j := scaled_rowsP i j sq_p d_gt0 own_p.
  have at_sum i j := at_added i j (proj1 (at_p i j)) sq_l.
  split; first by have [] := at_sum ord0 ord0.
  move=> i j; rewrite big_cons -at_l -(proj2 (at_p i j)) -mulrDl -of_ZD.
  by have [_ ->] := at_sum i j.
have [sq_x at_x] := sum_all; split=> //; apply/matrixP => i j.
rewrite to_mx_at /scale /= Z2Pos.id // -/(ratio _ _) /ratio at_x summxE big_map.
by apply: eq_bigr => p _; rewrite !mxE.
Qed.
End Given.

(* ---- Powers ---- *)

Lemma to_rat_reduced a d : to_rat (reduced a d) = ratio a (Zpos d).
Proof. exact: (real_of_reduced rat_realFieldType). Qed.

Theorem signal_value n m (s j : 'I_n.+1) t : size_of m = n.+1 -> well_formed m ->
  exists2 q, power_entry (Some m) (one_at n.+1 s) j (Z.of_nat t) = rational q &
             to_rat q = signal_from (to_mx n m) s t j.
Proof.
move=> size_m well_m; have rep : represents m s t (row_power m (one_at n.+1 s) (Z.of_nat t)).
  rewrite /row_power (_ : (one_at n.+1 s, Zpos xH) = start m s); last by rewrite /start size_m.
  rewrite iter_nat_of_Z ?Zabs2Nat.id; last exact: Nat2Z.is_nonneg.
  by elim: t => [|t IH]; [apply: represents_start | apply: represents_step].
rewrite /power_entry; case: (row_power _ _ _) rep => x d [_ /Z.ltb_spec0 /= d_gt0 sig].
exists (reduced (List.nth j x Z0) (Z.to_pos d)) => //.
by rewrite to_rat_reduced Z2Pos.id // sig.
Qed.
