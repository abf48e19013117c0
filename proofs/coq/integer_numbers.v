(* Integers as rational numbers, and lists of integers as sums: what integer_checks.v computes with.

   Glossary
     of_Z z, to_rat q   the rational number
     ratio a b          a / b for integers a and b > 0
     entry, marked      elements of lists; entries of sums, products and maps of lists *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import integer_checks.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* ---- Numbers ---- *)

Definition of_Z (z : Z) : rat := (int_of_Z z)%:~R.
Definition ratio (a b : Z) : rat := of_Z a / of_Z b.
Definition to_rat (q : Q) : rat := ratio (Qnum q) (Zpos (Qden q)).

Lemma of_Z0 : of_Z 0 = 0.
Proof. by []. Qed.

Lemma of_Z1 : of_Z 1 = 1.
Proof. by []. Qed.

Lemma of_ZD a b : of_Z (a + b) = of_Z a + of_Z b.
Proof. by rewrite /of_Z -intrD; congr _%:~R; lia. Qed.

Lemma of_ZB a b : of_Z (a - b) = of_Z a - of_Z b.
Proof. by rewrite /of_Z -rmorphB; congr _%:~R; lia. Qed.

Lemma of_ZM a b : of_Z (a * b) = of_Z a * of_Z b.
Proof. by rewrite /of_Z -intrM; congr _%:~R; exact: (rmorphM [rmorphism of int_of_Z]). Qed.

Lemma of_Z_abs a : of_Z (Z.abs a) = `|of_Z a|.
Proof. by rewrite /of_Z -intr_norm; congr _%:~R; lia. Qed.

Lemma of_Z_nat k : of_Z (Z.of_nat k) = k%:R.
Proof. by rewrite /of_Z; have -> : int_of_Z (Z.of_nat k) = k%:Z by lia. Qed.

Lemma of_Z_le a b : (of_Z a <= of_Z b) = Z.leb a b.
Proof. by rewrite ler_int; lia. Qed.

Lemma of_Z_lt a b : (of_Z a < of_Z b) = Z.ltb a b.
Proof. by rewrite ltr_int; lia. Qed.

Lemma of_Z_eq a b : (of_Z a == of_Z b) = Z.eqb a b.
Proof. by rewrite eqr_int; lia. Qed.

Definition of_Z_simpl := (of_Z0, of_Z1, of_ZD, of_ZB, of_ZM).

Lemma of_Z_gt0 b : Z.ltb 0 b -> 0 < of_Z b.
Proof. by rewrite -of_Z0 of_Z_lt. Qed.

Lemma of_Z_neq0 b : Z.ltb 0 b -> of_Z b != 0.
Proof. by move=> /of_Z_gt0/lt0r_neq0. Qed.

Lemma ratio0 b : ratio 0 b = 0.
Proof. by rewrite /ratio of_Z0 mul0r. Qed.

Section Ratios.
Variables (b d : Z) (b_gt0 : Z.ltb 0 b) (d_gt0 : Z.ltb 0 d).

Lemma ratio_le a c : (ratio a b <= ratio c d) = Z.leb (a * d) (c * b).
Proof.
by rewrite /ratio ler_pdivr_mulr ?of_Z_gt0 // mulrAC ler_pdivl_mulr ?of_Z_gt0 // -!of_ZM of_Z_le.
Qed.

Lemma ratio_lt a c : (ratio a b < ratio c d) = Z.ltb (a * d) (c * b).
Proof.
by rewrite /ratio ltr_pdivr_mulr ?of_Z_gt0 // mulrAC ltr_pdivl_mulr ?of_Z_gt0 // -!of_ZM of_Z_lt.
Qed.

Lemma ratio_eq a c : (ratio a b == ratio c d) = Z.eqb (a * d) (c * b).
Proof. by rewrite /ratio eqr_div ?of_Z_neq0 // -!of_ZM of_Z_eq. Qed.

Lemma ratioM a c : ratio a b * ratio c d = ratio (a * c) (b * d).
Proof. by rewrite /ratio mulf_div !of_ZM. Qed.

Lemma ratioB a c : ratio a b - ratio c d = ratio (a * d - c * b) (b * d).
Proof. by rewrite /ratio -mulNr addf_div ?of_Z_neq0 // of_Z_simpl !of_ZM mulNr. Qed.

Lemma ratioD a c : ratio a b + ratio c b = ratio (a + c) b.
Proof. by rewrite /ratio -mulrDl of_ZD. Qed.

Lemma ratio_same_le a c : (ratio a b <= ratio c b) = Z.leb a c.
Proof. by rewrite /ratio ler_pmul2r ?of_Z_le // invr_gt0 of_Z_gt0. Qed.

Lemma ratio_is1 a : (ratio a b == 1) = Z.eqb a b.
Proof. by rewrite /ratio -(inj_eq (mulIf (of_Z_neq0 b_gt0))) mulfVK ?of_Z_neq0 // mul1r of_Z_eq. Qed.

Lemma ratio_cancel a c : ratio (d * a) (d * c) = ratio a c.
Proof. by rewrite /ratio !of_ZM -mulf_div divff ?mul1r ?of_Z_neq0. Qed.

Lemma ratio_ge0 a : (0 <= ratio a b) = Z.leb 0 a.
Proof. by rewrite -[RHS]of_Z_le of_Z0 /ratio pmulr_lge0 ?invr_gt0 ?of_Z_gt0. Qed.

Lemma ratio_self : ratio b b = 1.
Proof. by rewrite /ratio divff ?of_Z_neq0. Qed.

Lemma ratio_gt0 a : (0 < ratio a b) = Z.ltb 0 a.
Proof. by rewrite -[RHS]of_Z_lt of_Z0 /ratio pmulr_lgt0 // invr_gt0 of_Z_gt0. Qed.

Lemma ratio_abs a : `|ratio a b| = ratio (Z.abs a) b.
Proof. by rewrite /ratio normrM normfV of_Z_abs (gtr0_norm (of_Z_gt0 b_gt0)). Qed.
End Ratios.

Lemma ratio_sum I (r : seq I) (F : I -> Z) b : \sum_(i <- r) ratio (F i) b = (\sum_(i <- r) of_Z (F i)) / of_Z b.
Proof. by rewrite mulr_suml. Qed.

(* ---- Lists ---- *)

Notation length := List.length.

Lemma entry_nil k : entry [::] k = Z0.
Proof. by case: k. Qed.

Lemma nth_zip A B C (f : A -> B -> C) x y k d e z : (k < length x)%N -> length x = length y ->
  List.nth k (zip_with f x y) z = f (List.nth k x d) (List.nth k y e).
Proof. by elim: x y k => [|a x IH] [|b y] [|k] //= lt_k [eq_len]; apply: IH. Qed.

Lemma entry_zip f x y k : (k < length x)%N -> length x = length y ->
  entry (zip_with f x y) k = f (entry x k) (entry y k).
Proof. exact: nth_zip. Qed.

Lemma length_zip A B C (f : A -> B -> C) x y : length x = length y -> length (zip_with f x y) = length x.
Proof. by elim: x y => [|a x IH] [|b y] //= [/IH->]. Qed.

Lemma entry_ge0 x : List.forallb (Z.leb 0) x -> forall k, Z.leb 0 (entry x k).
Proof.
move=> /List.forallb_forall ge0 k; rewrite /entry.
by have [/ge0 //|->] := List.nth_in_or_default k x Z0; apply: Z.leb_refl.
Qed.

Lemma sum_entries x : of_Z (sum x) = \sum_(i < length x) of_Z (entry x i).
Proof. by elim: x => [|a x IH]; rewrite ?big_ord0 // big_ord_recl /= of_ZD IH. Qed.

Lemma dot_entries x y : length x = length y ->
  of_Z (dot x y) = \sum_(i < length x) of_Z (entry x i) * of_Z (entry y i).
Proof.
elim: x y => [|a x IH] [|b y] //=; first by rewrite big_ord0.
case=> eq_len; rewrite big_ord_recl /= -IH //; case: Z.eqb_spec => [->|_]; last by rewrite of_ZD of_ZM.
by rewrite of_Z0 mul0r add0r.
Qed.

Lemma nth_list_map (A B : Type) (f : A -> B) l k d e : (k < length l)%N ->
  List.nth k (List.map f l) d = f (List.nth k l e).
Proof. by elim: l k => [|a l IH] [|k] //=; apply: IH. Qed.

Lemma nth_seq_map (A : Type) (f : nat -> A) m n k z :
  (k < n)%N -> List.nth k (List.map f (List.seq m n)) z = f (m + k)%N.
Proof.
elim: n m k => [|n IH] m [|k] //= lt_k; first by rewrite addn0.
by rewrite IH // addnS.
Qed.

Lemma entry_one_at n s k : (k < n)%N -> entry (one_at n s) k = if k == s then Zpos xH else Z0.
Proof. by move=> lt_k; rewrite /entry nth_seq_map //; case: Nat.eqb_spec => [->|/eqP/negbTE->]; rewrite ?eqxx. Qed.

Lemma nth_repeat_zero n k : entry (List.repeat Z0 n) k = Z0.
Proof. by rewrite /entry; elim: n k => [|n IH] [|k] //=. Qed.

Lemma entry_repeat z n k : (k < n)%N -> entry (List.repeat z n) k = z.
Proof. by rewrite /entry; elim: n k => [|n IH] [|k] //=; apply: IH. Qed.

Lemma row_times_length n x a : (forall r, List.In r a -> length r = n) -> length (row_times n x a) = n.
Proof.
elim: x a => [|c x IH] [|r a] rows_n /=; rewrite ?List.repeat_length //.
have lengths : length (row_times n x a) = n by apply: IH => r' in_a; apply: rows_n; right.
by case: Z.eqb => //; rewrite length_zip rows_n //; left.
Qed.

Lemma row_times_entries n x a k : (forall r, List.In r a -> length r = n) -> length x = length a -> (k < n)%N ->
  of_Z (entry (row_times n x a) k) = \sum_(i < length a) of_Z (entry x i) * of_Z (entry (List.nth i a [::]) k).
Proof.
move=> + + lt_k; elim: x a => [|c x IH] [|r a] rows_n //=.
  by move=> _; rewrite big_ord0 nth_repeat_zero.
have rows' r' : List.In r' a -> length r' = n by move=> in_a; apply: rows_n; right.
have len_r : length r = n by apply: rows_n; left.
case=> eq_len; rewrite big_ord_recl -(IH a rows' eq_len).
case: Z.eqb_spec => [->|_]; first by rewrite of_Z0 mul0r add0r.
by rewrite entry_zip ?row_times_length ?len_r // of_ZD of_ZM.
Qed.

Lemma forallb_seq n (f : nat -> bool) : reflect (forall k, (k < n)%N -> f k) (List.forallb f (List.seq 0 n)).
Proof.
apply: (iffP idP) => [/List.forallb_forall all_f k lt_k|all_f].
  by apply: all_f; apply/List.in_seq; lia.
by apply/List.forallb_forall => k /List.in_seq in_k; apply: all_f; lia.
Qed.

(* ---- Marks ---- *)

Lemma marked_zip (A B : Type) (f : A -> B -> bool) x y d e k :
  marked (zip_with f x y) k -> f (List.nth k x d) (List.nth k y e).
Proof. by rewrite /marked; elim: x y k => [|a x IH] [|b y] [|k] //=; apply: IH. Qed.

Lemma only_marked m s k : marked (only m s) k -> k = s.
Proof.
rewrite /marked; have [lt_k|le_k] := ltnP k m.
  by rewrite nth_seq_map //; apply/Nat.eqb_spec.
by rewrite List.nth_overflow // List.map_length List.seq_length; lia.
Qed.



Lemma spread_marked a from seen l : marked (spread a from seen) l ->
  marked seen l \/ exists k, [/\ (k < length a)%N, marked from k & Z.ltb 0 (entry (List.nth k a [::]) l)].
Proof.
elim: a from => [|r a IH] [|b from] /=; try by left.
have later : marked (spread a from seen) l -> marked seen l \/
    exists k, [/\ (k < (length a).+1)%N, marked (b :: from) k & Z.ltb 0 (entry (List.nth k (r :: a) [::]) l)].
  by move=> /IH[|[k [lt_k from_k pos]]]; [left | right; exists k.+1].
case: b later => // later /(@marked_zip _ _ _ _ _ Z0 false)/orP[pos|]; last exact: later.
by right; exists 0%N.
Qed.

Lemma spread_length a from seen : (forall v, List.In v a -> length v = length seen) ->
  length (spread a from seen) = length seen.
Proof.
elim: a from => [|v a IH] [|b from] //= lengths.
have later : length (spread a from seen) = length seen by apply: IH => u in_u; apply: lengths; right.
by case: b; rewrite ?length_zip ?later // lengths //; left.
Qed.

(* A node is marked that was, or that a marked node leads to. *)
Lemma spread_marks a from seen l : (forall v, List.In v a -> length v = length seen) -> (l < length seen)%N ->
    (marked seen l \/ exists k, [/\ (k < length a)%N, marked from k & Z.ltb 0 (entry (List.nth k a [::]) l)]) ->
  marked (spread a from seen) l.
Proof.
move=> + lt_l; elim: a from => [|v a IH] [|b from] lengths /=; try by case=> // -[[|k] []].
have lengths' u : List.In u a -> length u = length seen by move=> in_u; apply: lengths; right.
have len_v : length v = length seen by apply: lengths; left.
have later := IH from lengths'; case=> [seen_l|[[|k] [lt_k from_k pos]]].
- case: b; last by apply: later; left.
  by rewrite /marked (nth_zip _ Z0 false) ?spread_length ?len_v // -/(marked _ l) later ?orbT //; left.
- by move: from_k; rewrite /marked /= => ->; rewrite (nth_zip _ Z0 false) ?spread_length ?len_v // -/(entry v l) pos.
have next : marked (spread a from seen) l by apply: later; right; exists k.
by case: ifP => // _; rewrite /marked (nth_zip _ Z0 false) ?spread_length ?len_v // -/(marked _ l) next orbT.
Qed.

Lemma spread_back_marked a seen k : marked (spread_back a seen) k ->
  marked seen k \/ exists l, Z.ltb 0 (entry (List.nth k a [::]) l) /\ marked seen l.
Proof.
move=> /(@marked_zip _ _ _ _ _ [::] false)/orP[|/List.existsb_exists[b [in_b b_true]]]; first by left.
have [l [_ e]] := List.In_nth _ _ false in_b; right; exists l.
by move: e b_true => <- /(@marked_zip _ _ _ _ _ Z0 false)/andP.
Qed.
