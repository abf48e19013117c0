(* What certificates of weights state (src/certificate/REGION.md, sections 3 and 4), for weights b of any real field.

   The fidelity of a node is the supremum of its signals. Statements compare it by region_signals.v's `exceeds` (>),
   `reaches` (>=) and `stays_within` (<=), so that it need not exist.

   Glossary
     mixture h b          D(b) = b D_1 + (1 - b) D_2
     exceeding_at D s     what the statement compares exceeds, strictly or not
     satisfies h b        the statement is true at the weight b
     in_cell c b          the weight b is in the cell; sides of a root by the sign of its polynomial *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems facts region_signals.
From crosshead Require Import region_polynomials region_documents region_values region_check.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Fidelities.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (first : nat).

(* For the relations > and >=; the statements with <= and < are their negations. *)
Definition exceeding_at (counted : list nat) (strict : bool) (what : subject) (c : R) : Prop :=
  let phi (j : 'I_n.+1) t := signal_from D s t j in
  let more j := if strict then exceeds first (phi j) c else reaches first (phi j) c in
  match what with
  | Minimax => forall j : 'I_n.+1, List.In (nat_of_ord j) counted -> more j
  | Node_alone k => forall j : 'I_n.+1, nat_of_ord j = k -> more j
  | Nodes k l => forall i j : 'I_n.+1, nat_of_ord i = k -> nat_of_ord j = l ->
      if strict then exists2 v, stays_within first (phi j) v & exceeds first (phi i) v
      else forall t, (first <= t)%N -> reaches first (phi i) (phi j t)
  | Absorption steps => forall j : 'I_n.+1, if strict then c < phi j steps else c <= phi j steps
  end.
End Fidelities.

Section Statements.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (h : two_heads) (b : R) (c : cell).

Definition matrix_of (rows : list (list Q)) : 'M[R]_n.+1 := \matrix_(i, j) real_of R (number_at rows i j).
Definition mixture h b : 'M[R]_n.+1 := b *: matrix_of (first_rows h) + (1 - b) *: matrix_of (second_rows h).
Definition sink_node h : 'I_n.+1 := inord (given_sink h).

Definition satisfies (first : nat) (counted : list nat) h b (st : statement) : Prop :=
  let holds := exceeding_at (mixture h b) (sink_node h) first counted (strict_relation (relation_of st))
                 (subject_of st) (real_of R (threshold st)) in
  if negative_relation (relation_of st) then ~ holds else holds.
End Statements.

Section Cells.
Variable R : realFieldType.

Definition in_cell (c : cell) (b : R) : Prop :=
  let l := real_of R (from c) in
  let r := real_of R (to c) in
  match part_of c with
  | Everything => if l == r then b = l else l < b < r
  | On_side side =>
      l < b < r /\
      match root_between (from c) (to c) (root_in_b c) with
      | Some g => has_sign (value b (root_in_b c)) (root_sign g side)
      | None => False
      end
  end.
End Cells.
