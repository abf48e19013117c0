(* Comparisons of the mean over all weights (b, 1 - b) of a system's two heads (src/certificate/FORMAT.md, section 2).
   What they mean is the subject of simplex_meaning.v.

   Glossary
     comparator        the operation without > or >=
     mean_comparison   what is compared with the bar, from a formula or a fact; nodes count from 0; times may be large
                       where a formula asks for them, so that they are integers
     defined_for p q   the matrices that q asks for are defined for both heads of p
     heavier           whether the weight of a head is above a number where the weight of head 0 is b *)
From Coq Require Import ZArith QArith List Bool String Ascii.
From crosshead Require Import integer_checks certificate_numbers certificate_systems.
Import ListNotations.
Local Open Scope Z_scope.

Inductive comparator := Of_minimax | Of_others | Of_node | Of_nodes | Of_absorbed.
Inductive mean_subject :=
| All_nodes                (* the fidelity of every node *)
| All_but_sink             (* of every node but the sink *)
| One_node (j : nat)       (* of a node *)
| Two_nodes (j i : nat)    (* of node j against that of node i *)
| Absorbed_after (t : Z).  (* what has been absorbed after t steps, from every node *)
Record mean_comparison := Comparison { subject_in : mean_subject; strictly : bool; bar : Q }.

(* From the values of the arguments: nodes from 0, or a time; an exact number. *)
Definition comparison_of (f : comparator) (strict : bool) (integers : list Z) (numbers : list value) :
  option mean_comparison :=
  match f, integers, numbers with
  | Of_minimax, [], [Some x] => Some (Comparison All_nodes strict (low x))
  | Of_others, [], [Some x] => Some (Comparison All_but_sink strict (low x))
  | Of_node, [j], [Some x] => Some (Comparison (One_node (Z.to_nat j)) strict (low x))
  | Of_nodes, [j; i], [] => Some (Comparison (Two_nodes (Z.to_nat j) (Z.to_nat i)) strict (0 # 1))
  | Of_absorbed, [t], [Some x] => Some (Comparison (Absorbed_after t) strict (low x))
  | _, _, _ => None
  end.

Definition equal_subjects (x y : mean_subject) : bool :=
  match x, y with
  | All_nodes, All_nodes | All_but_sink, All_but_sink => true
  | One_node j, One_node j' => (j =? j')%nat
  | Two_nodes j i, Two_nodes j' i' => (j =? j')%nat && (i =? i')%nat
  | Absorbed_after t, Absorbed_after t' => t =? t'
  | _, _ => false
  end.
Definition equal_comparisons (x y : mean_comparison) : bool :=
  equal_subjects (subject_in x) (subject_in y) && Bool.eqb (strictly x) (strictly y) && equal_fractions (bar x) (bar y).

(* The nodes are there; no node is compared with itself. *)
Definition right_nodes (n : nat) (x : mean_subject) : bool :=
  match x with
  | One_node j => (j <? n)%nat
  | Two_nodes j i => (j <? n)%nat && (i <? n)%nat && negb (j =? i)%nat
  | Absorbed_after t => 0 <=? t
  | All_nodes | All_but_sink => true
  end.
(* The matrices of both heads that a comparison is about: their own walk matrices, or their diffusion matrices. *)
Definition matrix_for (x : mean_subject) (c : chain) : option matrix :=
  match x with
  | Absorbed_after _ => if own_walk c then walk c else None
  | _ => diffusion c
  end.
Definition two_matrices (x : mean_subject) (p : prepared) : option (matrix * matrix) :=
  match head_chains p with
  | [c; d] => match matrix_for x c, matrix_for x d with Some m, Some w => Some (m, w) | _, _ => None end
  | _ => None
  end.
Definition defined_for (p : prepared) (q : mean_comparison) : bool :=
  right_nodes (nodes (base p)) (subject_in q) &&
  match two_matrices (subject_in q) p, subject_in q with
  | Some (m, w), Absorbed_after _ =>
      below (bar q) (1 # 1) && absorbing_chain m (sink_node (base p)) && absorbing_chain w (sink_node (base p))
  | Some _, _ => true
  | None, _ => false
  end.

(* On a single weight. *)
Definition heavier (b : Q) (head : nat) (x : Q) (strict : bool) : bool :=
  let weight := match head with O => b | S _ => minus (1 # 1) b end in
  if strict then below x weight else at_most x weight.

(* The names of comparisons, as they are looked for in a formula: > somewhere, and not weight at the beginning. *)
Fixpoint contains (a : ascii) (x : string) : bool :=
  match x with String b x => Ascii.eqb a b || contains a x | EmptyString => false end.
Definition is_comparison (op : string) : bool := contains ">" op && negb (prefix "weight" op).
