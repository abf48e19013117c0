(* Head systems: the objects that every other file speaks of.

   Glossary (the paper's names, arXiv 2507.02944; nodes are counted from 0 here, from 1 in the paper)
     n.+1            number of nodes; N = n is the number of nodes before the sink
     sink            the last node, tau
     feedforward M   no entry above the diagonal: an edge j -> i needs j <= i
     walk W          column-stochastic, W i j is the probability of the move j -> i (Def. 2.3)
     diffusion D     row-stochastic, D i j is the weight that i gives to j (Def. 3.1)
     convex w        the weights of the heads are nonnegative with sum 1
     mean w M        the weighted mean of the heads' matrices
     absorbed W t j  (W^t)_{tau j}: probability of having reached the sink from j after t steps
     signal D t j    (D^t)_{tau j}: equation (22)
     fidelity D j v  v is the supremum over t >= 1 of the signal of node j: Definition 3.3
     minimax D v     v is the least fidelity of a node, the sink counted: Definition 3.5
     mixed, mixing_time   Definition 2.7 in total variation, threshold <= eps, worst start
     forward_probability  the least probability of a forward move of a node before the sink *)
From mathcomp Require Import all_ssreflect all_algebra.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Systems.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (M W D : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat).

Definition sink : 'I_n.+1 := ord_max.

Definition nonnegative M := forall i j, 0 <= M i j.
Definition column_stochastic W := nonnegative W /\ forall j, \sum_i W i j = 1.
Definition row_stochastic D := nonnegative D /\ forall i, \sum_j D i j = 1.
Definition feedforward M := forall i j, (i < j)%N -> M i j = 0.

(* The sink keeps everything; every other node sends something on to another node. *)
Definition unique_sink W := W sink sink = 1 /\ forall j, j != sink -> W j j < 1.

Definition absorbed W t j : R := (W ^+ t) sink j.
Definition signal D t j : R := (D ^+ t) sink j.

(* Half the sum of absolute differences of two columns of probabilities. *)
Definition total_variation (p q : 'I_n.+1 -> R) : R := 2%:R^-1 * \sum_i `|p i - q i|.
Definition law W t j : 'I_n.+1 -> R := fun i => (W ^+ t) i j.
Definition at_sink : 'I_n.+1 -> R := fun i => (i == sink)%:R.
Definition mixed W (eps : R) t := forall j, total_variation (law W t j) at_sink <= eps.
Definition mixing_time W (eps : R) t := mixed W eps t /\ forall s, (s < t)%N -> ~ mixed W eps s.

(* A law that the walk keeps. *)
Definition stationary W (p : 'cV[R]_n.+1) :=
  [/\ forall i, 0 <= p i 0, \sum_i p i 0 = 1 & W *m p = p].

Definition forward_move W j : R := \sum_(i < n.+1 | (j < i)%N) W i j.
Definition forward_probability W (p : R) :=
  (forall j, j != sink -> p <= forward_move W j) /\ exists2 j, j != sink & forward_move W j = p.

(* Suprema over the times from `first` on; the readings of (23) start at 1 or at 0. *)
Definition supremum (first : nat) (f : nat -> R) (v : R) :=
  (forall t, (first <= t)%N -> f t <= v) /\ forall u, u < v -> exists2 t, (first <= t)%N & u < f t.
Definition attained (first : nat) (f : nat -> R) (v : R) := exists2 t, (first <= t)%N & f t = v.
Definition fidelity D j (v : R) := supremum 1 (fun t => signal D t j) v.
Definition minimax D (v : R) :=
  (exists j, fidelity D j v) /\ forall j, exists2 u, fidelity D j u & v <= u.

End Systems.

Section Heads.
Variable R : realFieldType.
Variables n H : nat.

Definition convex (w : 'I_H -> R) := (forall h, 0 <= w h) /\ \sum_h w h = 1.
Definition mean (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) : 'M[R]_n.+1 := \sum_h w h *: M h.

(* The signal of the mean is larger than that of every head, for the minimax fidelity. *)
Definition amplifies (w : 'I_H -> R) (D : 'I_H -> 'M[R]_n.+1) :=
  exists2 v, minimax (mean w D) v & forall h, exists2 u, minimax (D h) u & u < v.
End Heads.

Section Graphs.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (E : rel 'I_n.+1).

(* E j i: there is an edge j -> i. *)
Definition out_degree E (j : 'I_n.+1) : nat := #|[pred i | E j i]|.
Definition in_degree E (i : 'I_n.+1) : nat := #|[pred j | E j i]|.
Definition walk_matrix E : 'M[R]_n.+1 := \matrix_(i, j) ((E j i)%:R / (out_degree E j)%:R).
Definition diffusion_matrix E : 'M[R]_n.+1 := \matrix_(i, j) ((E j i)%:R / (in_degree E i)%:R).
Definition feedforward_graph E := forall j i, E j i -> (j <= i)%N.
Definition self_loops E := forall j, E j j.
(* Definition 2.2, with or without a self-loop at the sink: the sink is the only node with no edge to another node. *)
Definition unique_sink_graph E := forall j, (j == sink n) = [forall i, E j i ==> (i == j)].
End Graphs.
