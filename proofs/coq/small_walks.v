(* Walks of a few nodes, written down by their edges: matrices, absorbed shares, mixing times.

   Glossary (concrete.v has looped, pair, matrix_of_rows)
     signals W t        the list of the absorbed shares of all nodes after t steps: (W^t)_{sink j} for each j
     walk_entries       computes the entries of a walk matrix; what is left are equations between numbers
     at_most p q        proves x <= y by y - x = p / q, by computation in the field; below p q does so for x < y *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices walk concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Lemma out_degree_looped n edges (j : 'I_n.+1) :
  out_degree (looped edges) j = count (fun i => (j == i :> nat) || ((j : nat, i) \in edges)) (iota 0 n.+1).
Proof.
rewrite /out_degree -sum1_card -sum1_count -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord.
by apply: eq_bigl => i; rewrite inE.
Qed.

Ltac walk_entries :=
  let i := fresh "i" in let j := fresh "j" in let lt_i := fresh "lt_i" in let lt_j := fresh "lt_j" in
  apply/matrixP => -[i lt_i] [j lt_j]; rewrite ?mean_pair !mxE ?out_degree_looped;
  case: i lt_i => [|[|[|[|i]]]] // lt_i; case: j lt_j => [|[|[|[|j]]]] // lt_j; rewrite /looped /=; by field.

Lemma at_most_by (R : realFieldType) (x y : R) (p q : nat) : y - x = p%:R / q%:R -> x <= y.
Proof. by rewrite -subr_ge0 => ->; rewrite divr_ge0 ?ler0n. Qed.

Lemma below_by (R : realFieldType) (x y : R) (p q : nat) : (0 < p)%N -> (0 < q)%N -> y - x = p%:R / q%:R -> x < y.
Proof. by move=> p0 q0; rewrite -subr_gt0 => ->; rewrite divr_gt0 ?ltr0n. Qed.

Ltac at_most p q := apply: (@at_most_by _ _ _ p q); by field.
Ltac below p q := apply: (@below_by _ _ _ p q isT isT); by field.

Section SmallWalks.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (edges : seq (nat * nat)) (t : nat).

Lemma looped_column_stochastic edges : column_stochastic (walk_matrix R (@looped n edges)).
Proof. by apply/walk_matrix_column_stochastic => j; apply: (edge_out_degree (looped_self_loops edges j)). Qed.

Lemma looped_walk_feedforward edges : all (fun e => e.1 <= e.2)%N edges ->
  feedforward (walk_matrix R (@looped n edges)).
Proof. by move/looped_feedforward => ordered; apply/walk_matrix_feedforward/ordered. Qed.

Lemma absorbed_signals W t j : absorbed W t j = nth 0 (signals W t) j.
Proof. exact: signal_of_signals. Qed.

(* The distances of all starts, from the list. *)
Lemma mixed_signals W eps t : column_stochastic W -> mixed W eps t <-> all (fun x => 1 - x <= eps) (signals W t).
Proof.
move=> Ws; rewrite mixedE //; split=> [mix|/allP mix j].
  by apply/allP => x /mapP [j]; rewrite mem_iota => /andP [_ lt_j] ->; apply: mix.
apply: mix; rewrite absorbed_signals; apply: mem_nth; by rewrite size_mkseq.
Qed.

End SmallWalks.
