(* What the lists of integers of integer_checks.v mean: rational matrices, rows of powers, paths.

   Glossary
     of_Z z, to_rat q   the rational number
     ratio a b          a / b for integers a and b > 0
     to_mx n M          the matrix
     vector z l         the vector of the z_k / l
     represents M s t x x is the state after t steps: a row of integers and d^t, whose ratios are (M^t)_{s j} *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts integer_checks.
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

Lemma ratio_ge0 a : (0 <= ratio a b) = Z.leb 0 a.
Proof. by rewrite -[RHS]of_Z_le of_Z0 /ratio pmulr_lge0 ?invr_gt0 ?of_Z_gt0. Qed.

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

Lemma entry_zip f x y k : (k < length x)%N -> length x = length y ->
  entry (zip_with f x y) k = f (entry x k) (entry y k).
Proof. by elim: x y k => [|a x IH] [|b y] [|k] //= lt_k [eq_len]; apply: IH. Qed.

Lemma length_zip A B C (f : A -> B -> C) x y : length x = length y -> length (zip_with f x y) = length x.
Proof. by elim: x y => [|a x IH] [|b y] //= [/IH->]. Qed.

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

Lemma nth_seq_map (A : Type) (f : nat -> A) m n k z : (k < n)%N -> List.nth k (List.map f (List.seq m n)) z = f (m + k)%N.
Proof.
elim: n m k => [|n IH] m [|k] //= lt_k; first by rewrite addn0.
by rewrite IH // addnS.
Qed.

Lemma entry_one_at n s k : (k < n)%N -> entry (one_at n s) k = if k == s then Zpos xH else Z0.
Proof. by move=> lt_k; rewrite /entry nth_seq_map //; case: Nat.eqb_spec => [->|/eqP/negbTE->]; rewrite ?eqxx. Qed.

Lemma nth_repeat_zero n k : entry (List.repeat Z0 n) k = Z0.
Proof. by rewrite /entry; elim: n k => [|n IH] [|k] //=. Qed.

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

Lemma forallb_seq n (f : nat -> bool) : List.forallb f (List.seq 0 n) -> forall k, (k < n)%N -> f k.
Proof.
by move=> /List.forallb_forall all_f k lt_k; apply: all_f; apply/List.in_seq; lia.
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

Lemma spread_back_marked a seen k : marked (spread_back a seen) k ->
  marked seen k \/ exists l, Z.ltb 0 (entry (List.nth k a [::]) l) /\ marked seen l.
Proof.
move=> /(@marked_zip _ _ _ _ _ [::] false)/orP[|/List.existsb_exists[b [in_b b_true]]]; first by left.
have [l [_ e]] := List.In_nth _ _ false in_b; right; exists l.
by move: e b_true => <- /(@marked_zip _ _ _ _ _ Z0 false)/andP.
Qed.

(* ---- Matrices and the rows of their powers ---- *)

Definition to_mx (n : nat) (M : matrix) : 'M[rat]_n.+1 := \matrix_(i, j) ratio (entry (row M i) j) (scale M).
Definition vector (n : nat) (z : list Z) (l : Z) (k : 'I_n.+1) : rat := ratio (entry z k) l.
Definition represents (n : nat) M (s : 'I_n.+1) t (x : state) :=
  [/\ length (fst x) = n.+1, Z.ltb 0 (snd x) & signal_from (to_mx n M) s t =1 vector (fst x) (snd x)].

Lemma weigh_vectors n x z e l : length x = n.+1 -> length z = n.+1 ->
  \sum_k @vector n x e k * vector z l k = ratio (dot x z) (e * l).
Proof.
move=> len_x len_z; rewrite [RHS]/ratio dot_entries ?len_x // mulr_suml.
by apply: eq_bigr => k _; rewrite ratioM /ratio of_ZM.
Qed.

Section Matrices.
Variables (n : nat) (M : matrix).
Hypothesis size_M : size_of M = n.+1.
Hypothesis well_M : well_formed M.
Local Notation D := (to_mx n M).
Implicit Types (s j k : 'I_n.+1) (t r : nat) (x : state).

Lemma scale_gt0 : Z.ltb 0 (scale M).
Proof. by []. Qed.

Lemma well_formed_row v : List.In v (rows M) -> length v = n.+1 /\ forall k, Z.leb 0 (entry v k).
Proof.
move: well_M => /List.forallb_forall all_rows /all_rows /andP[/Nat.eqb_spec -> /List.forallb_forall ge0].
split=> // k; rewrite /entry; have [/ge0 //|->] := List.nth_in_or_default k v Z0; exact: Z.leb_refl.
Qed.

Lemma row_in k : List.In (row M k) (rows M).
Proof. by apply: List.nth_In; rewrite -/(size_of M) size_M; have := ltn_ord k; lia. Qed.

Lemma to_mx_ge0 : nonnegative D.
Proof. by move=> i j; rewrite mxE ratio_ge0 //; case: (well_formed_row (row_in i)). Qed.

Lemma weigh_row k z l : length z = n.+1 ->
  \sum_i D k i * vector z l i = ratio (entry (times_column (rows M) z) k) (scale M * l).
Proof.
move=> len_z; have [len_row _] := well_formed_row (row_in k).
have -> : entry (times_column (rows M) z) k = dot (row M k) z.
  by apply: nth_list_map; rewrite -/(size_of M) size_M.
by rewrite -(@weigh_vectors n) //; apply: eq_bigr => i _; rewrite mxE.
Qed.

Lemma represents_start s : represents M s 0 (start M s).
Proof.
split=> //=; first by rewrite /one_at List.map_length List.seq_length size_M.
by move=> k; rewrite signal_from0 /vector /start /= entry_one_at ?size_M // eq_sym val_eqE; case: eqP.
Qed.

Lemma represents_step s t x : represents M s t x -> represents M s t.+1 (step M x).
Proof.
case: x => y e [/= len_y e_gt0 sig]; have rows_n v : List.In v (rows M) -> length v = n.+1.
  by case/well_formed_row.
split=> [||k] /=; rewrite ?size_M ?row_times_length //; first by move: e_gt0 scale_gt0; nia.
rewrite signal_fromS /vector /ratio row_times_entries // -/(size_of M) ?size_M // mulr_suml.
by apply: eq_bigr => i _; rewrite sig mxE ratioM /ratio of_ZM.
Qed.

Lemma represents_states s t x r steps d :
  represents M s t x -> (r <= steps)%N -> represents M s (t + r) (List.nth r (states M x steps) d).
Proof.
elim: steps t x r => [|steps IH] t x [|r] //= rep le_r; rewrite ?addn0 //.
by rewrite addnS -addSn; apply: IH => //; apply: represents_step.
Qed.

Lemma represents_after s t x steps : represents M s t x -> represents M s (t + steps) (state_after M x steps).
Proof.
elim: steps t x => [|steps IH] t x rep /=; first by rewrite addn0.
by rewrite addnS -addSn; apply/IH/represents_step.
Qed.

Lemma states_length x steps : length (states M x steps) = steps.+1.
Proof. by elim: steps x => //= steps IH x; rewrite IH. Qed.

(* ---- Paths ---- *)

Lemma reached_leads s k : marked (reached M s) k -> leads D s k.
Proof.
rewrite /reached; have : forall k, marked (only (size_of M) s) k -> leads D s k.
  by move=> i /only_marked e; rewrite (_ : i = s) ?/leads ?connect0 //; apply: val_inj.
elim: (size_of M) (only _ _) k => [|rounds IH] seen k seen_leads /=; first exact: seen_leads.
apply: IH => i /spread_marked[/seen_leads //|[m [lt_m /= m_seen pos]]].
have lt_m' : (m < n.+1)%N by rewrite -size_M.
apply: (@connect_trans _ _ (Ordinal lt_m')); first exact: seen_leads.
by apply: connect1; rewrite mxE ratio_gt0.
Qed.

Lemma closed_visited s seen k : closed M s seen -> visited D s k -> marked seen k.
Proof.
case/andP=> seen_s /forallb_seq out /connectP[p + ->].
elim: p s seen_s => [//|i p IH] s' seen_s /= /andP[pos]; apply: IH.
have := out s'; rewrite size_M ltn_ord seen_s /= => /(_ isT)/forallb_seq/(_ i).
by rewrite size_M ltn_ord => /(_ isT)/orP[//|]; move: pos; rewrite mxE ratio_gt0 //; lia.
Qed.

Lemma leading_leads j k : marked (leading_to M j) k -> leads D k j.
Proof.
rewrite /leading_to; have : forall k, marked (only (size_of M) j) k -> leads D k j.
  by move=> i /only_marked e; rewrite (_ : i = j) ?/leads ?connect0 //; apply: val_inj.
elim: (size_of M) (only _ _) k => [|rounds IH] seen k seen_leads /=; first exact: seen_leads.
apply: IH => i /spread_back_marked[/seen_leads //|[l [pos seen_l]]].
have lt_l : (l < n.+1)%N.
  rewrite ltnNge; apply: contraL pos => le_l.
  by rewrite /entry List.nth_overflow //; case: (well_formed_row (row_in i)) => -> _; lia.
apply: (@connect_trans _ _ (Ordinal lt_l)); last exact: seen_leads.
by apply: connect1; rewrite mxE ratio_gt0.
Qed.

End Matrices.
