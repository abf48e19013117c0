(* Systems of a few nodes, written down by their edges or their rows.

   Glossary
     looped edges       the graph with the listed edges (j, i) and all self-loops; nodes are numbers from 0
     pair x y           the head 0 has x, the head 1 has y
     matrix_of_rows     the matrix with the listed entries
     signals M t        the signals of all nodes at time t, as a list
     ofN a              a binary integer in the field: comparisons of large numbers compute *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition looped n (edges : seq (nat * nat)) : rel 'I_n.+1 :=
  fun j i => (j == i) || ((j : nat, i : nat) \in edges).

Lemma looped_self_loops n edges : self_loops (@looped n edges).
Proof. by move=> j; rewrite /looped eqxx. Qed.

Lemma looped_feedforward n edges : all (fun e => e.1 <= e.2)%N edges -> feedforward_graph (@looped n edges).
Proof. by move=> /allP ordered j i /orP[/eqP ->//|/ordered]. Qed.

(* Whether the last node is the only sink, from the list of edges. *)
Definition only_sink_last n (edges : seq (nat * nat)) :=
  all (fun j => (j == n) == ~~ has (fun e => [&& e.1 == j, e.2 != j & e.2 <= n]%N) edges) (iota 0 n.+1).

Lemma looped_unique_sink n edges : unique_sink_graph (@looped n edges) <-> only_sink_last n edges.
Proof.
have local (j : 'I_n.+1) : [forall i, looped edges j i ==> (i == j)] =
    ~~ has (fun e => [&& e.1 == j :> nat, e.2 != j :> nat & e.2 <= n]%N) edges.
  apply/forallP/hasPn => [stays [a c] ac|none i]; last first.
    apply/implyP => /orP[/eqP->//|/none]; rewrite /= eqxx /= -ltnS ltn_ord andbT negbK; by move=> /eqP/val_inj ->.
  apply/negP => /and3P[/= /eqP eq_aj cj le_cn]; rewrite eq_aj in ac.
  move: (stays (Ordinal (le_cn : c < n.+1)%N)).
  by rewrite /looped /= ac orbT -val_eqE /= (negbTE cj).
split=> [uniq|/allP uniq j]; last first.
  by move: (uniq j); rewrite mem_iota ltn_ord local => /(_ isT) /eqP <-.
apply/allP => j; rewrite mem_iota => lt_j; move: (uniq (Ordinal lt_j)); rewrite local /= => <-.
by rewrite -val_eqE.
Qed.

Lemma in_degree_looped n edges (i : 'I_n.+1) :
  in_degree (looped edges) i = count (fun j => (j == i :> nat) || ((j, i : nat) \in edges)) (iota 0 n.+1).
Proof.
rewrite /in_degree -sum1_card -sum1_count -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord.
by apply: eq_bigl => j; rewrite inE.
Qed.

Definition matrix_of_rows (R : realFieldType) n (rows : seq (seq R)) : 'M[R]_n.+1 :=
  \matrix_(i, j) nth 0 (nth [::] rows i) j.

Definition pair T (x y : T) : 'I_2 -> T := fun h => if h == ord0 then x else y.

Lemma mean_pair (R : realFieldType) n (a b : R) (A B : 'M[R]_n.+1) : mean (pair a b) (pair A B) = a *: A + b *: B.
Proof. by rewrite /mean big_ord_recl big_ord1. Qed.

Lemma convex_pair (R : realFieldType) (b : R) : 0 <= b <= 1 -> convex (pair b (1 - b)).
Proof.
move=> /andP[b0 b1]; split=> [h|]; first by rewrite /pair; case: ifP; rewrite ?subr_ge0.
by rewrite big_ord_recl big_ord1 /= addrC subrK.
Qed.

Section Numerals.
Variable R : realFieldType.
Implicit Types (a b : N).

Definition ofN a : R := (N.to_nat a)%:R.

Lemma ofN_add a b : ofN (a + b)%num = ofN a + ofN b.
Proof. by rewrite /ofN Nnat.N2Nat.inj_add plusE natrD. Qed.

Lemma ofN_mul a b : ofN (a * b)%num = ofN a * ofN b.
Proof. by rewrite /ofN Nnat.N2Nat.inj_mul multE natrM. Qed.

Lemma ofN_exp a t : ofN (a ^ N.of_nat t)%num = ofN a ^+ t.
Proof.
elim: t => [|t IH]; first by rewrite expr0.
by rewrite Nnat.Nat2N.inj_succ N.pow_succ_r' ofN_mul IH exprS.
Qed.

Lemma ofN_sum (s : seq N) : ofN (foldr N.add 0%num s) = \sum_(a <- s) ofN a.
Proof. by elim: s => [|a s IH]; rewrite ?big_nil ?big_cons //= ofN_add IH. Qed.

Lemma ofN_le a b : (a <=? b)%num -> ofN a <= ofN b.
Proof. by move=> /N.leb_le le_ab; rewrite ler_nat; apply/ssrnat.leP; lia. Qed.

(* Two fractions compared by cross-multiplying. *)
Lemma ratio_lt p q r s : (0 <? q)%num -> (0 <? s)%num -> (p * s <? r * q)%num -> ofN p / ofN q < ofN r / ofN s.
Proof.
move=> /N.ltb_lt q0 /N.ltb_lt s0 /N.ltb_lt lt_cross.
rewrite ltr_pdivr_mulr ?ltr0n; last by apply/ssrnat.ltP; lia.
rewrite mulrAC ltr_pdivl_mulr ?ltr0n -?ofN_mul ?ltr_nat; by apply/ssrnat.ltP; lia.
Qed.

Lemma ofN_ge0 a : 0 <= ofN a.
Proof. exact: ler0n. Qed.

Lemma ofN_gt0 a : (0 <? a)%num -> 0 < ofN a.
Proof. by move=> /N.ltb_lt lt_a; rewrite ltr0n; apply/ssrnat.ltP; lia. Qed.
End Numerals.

(* The signals of all nodes at one time, and the next ones, for a matrix of rows. *)
Section Rows.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (rows : seq (seq R)).

Definition signals D t : seq R := mkseq (fun j => signal D t (inord j)) n.+1.

Lemma signal_of_signals D t j : signal D t j = nth 0 (signals D t) j.
Proof. by rewrite nth_mkseq ?ltn_ord // inord_val. Qed.

Lemma signals_start D : signals D 0 = mkseq (fun j => if j == n then 1 else 0) n.+1.
Proof.
apply: (@eq_from_nth _ 0) => [|j]; rewrite !size_mkseq // => lt_j.
by rewrite !nth_mkseq // signal_start -val_eqE /= inordK //; case: eqP.
Qed.

Lemma signals_next rows t (D := @matrix_of_rows R n rows) :
  signals D t.+1 =
  mkseq (fun j => foldr +%R 0 (mkseq (fun k => nth 0 (signals D t) k * nth 0 (nth [::] rows k) j) n.+1)) n.+1.
Proof.
apply: (@eq_from_nth _ 0) => [|j]; rewrite !size_mkseq // => lt_j.
rewrite !nth_mkseq // signal_next foldrE /mkseq big_map -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord.
by apply: eq_bigr => k _; rewrite -signal_of_signals mxE inordK.
Qed.

End Rows.

(* Computes the entries of a matrix of a few nodes; what is left are equations between numbers. *)
Ltac entries :=
  let i := fresh "i" in let j := fresh "j" in let lt_i := fresh "lt_i" in let lt_j := fresh "lt_j" in
  apply/matrixP => -[i lt_i] [j lt_j]; rewrite ?mean_pair !mxE ?in_degree_looped;
  case: i lt_i => [|[|[|[|i]]]] // lt_i; case: j lt_j => [|[|[|[|j]]]] // lt_j;
  rewrite /looped /ofN /= /Pos.to_nat /=; by field.
