(* Quantifiers over all weights (b, 1 - b) of two heads, by the cells of a fact (src/certificate/FORMAT.md, sections 2
   and 4).

   Glossary
     cell              a point, an interval of weights b, or the part of an interval on one side of a root, with the
                       truth value there of what the fact compares (region_documents.v)
     weights_cells     the cells of a fact, left to right, if it proves what it says
     heavier_in        whether the weight of a head is above a number at every weight of a cell, or at none
     run_at            an evaluation at a weight; none if it is malformed or an answer is missing
     over_cells        what a quantifier finds on these cells; none if it comes to one that it cannot evaluate *)
From Coq Require Import ZArith QArith List Bool.
From crosshead Require Import region_polynomials region_documents region_check region_bounds.
From crosshead Require Import integer_checks certificate_numbers certificate_systems simplex_comparisons
  certificate_programs.
Import ListNotations.
Local Open Scope Z_scope.

(* ---- The fact ---- *)

Definition statement_of (q : mean_comparison) : statement :=
  Statement
    match subject_in q with
    | All_nodes | All_but_sink => Minimax
    | One_node j => Node_alone j
    | Two_nodes j i => Nodes j i
    | Absorbed_after t => Absorption (Z.to_nat t)
    end (if strictly q then Is_more else Is_at_least) (bar q).
Definition counted_nodes (q : mean_comparison) (s : system) : list nat :=
  filter (fun k => match subject_in q with All_but_sink => negb (k =? sink_node s)%nat | _ => true end)
    (indices (nodes s)).
Definition fraction_rows (m : matrix) : list (list Q) :=
  map (map (fun a => reduced a (denominator m))) (rows m).
Definition weights_cells (first : nat) (p : prepared) (q : mean_comparison) (order : list item) (pieces : list piece) :
  option (list cell) :=
  let n := nodes (base p) in
  if defined_for p q && canonical (bar q) then
    match two_matrices (subject_in q) p with
    | Some (m, w) =>
        region_cells lower_value upper_values first (counted_nodes q (base p))
          (Two_heads n (sink_node (base p)) order (fraction_rows m) (fraction_rows w)) pieces (statement_of q)
    | None => None
    end
  else None.

(* ---- A quantifier on cells ---- *)

Definition heavier_in (c : cell) (head : nat) (x : Q) (strict : bool) : option bool :=
  let (least, most) :=
    match head with O => (from c, to c) | S _ => (minus (1 # 1) (to c), minus (1 # 1) (from c)) end in
  if at_most most least then Some (if strict then below x least else at_most x least)
  else if at_most x least then Some true
  else if at_most most x then Some false
  else None.

Section Run.
Variable supremum_known : nat -> system -> nat -> nat -> option (Q * bool).
Variable mixing_known : bool -> bool -> system -> nat -> Q -> option nat.
Variable heavier_known : nat -> Q -> bool -> option bool.

Fixpoint run_at {A} (p : program A) : option A :=
  match p with
  | Return a => Some a
  | Malformed | Ask_weights _ _ _ _ _ _ => None
  | Ask_supremum first s k j next =>
      match supremum_known first s k j with Some (phi, attained) => run_at (next phi attained) | None => None end
  | Ask_mixing average l1 s k epsilon next =>
      match mixing_known average l1 s k epsilon with Some t => run_at (next t) | None => None end
  | Ask_weight head x strict next =>
      match heavier_known head x strict with Some b => run_at (next b) | None => None end
  end.
End Run.

(* Without a value; no instance; an instance without truth value; one with this truth value. *)
Definition found_at := option (option (option bool)).
Fixpoint over_cells (at_cell : cell -> found_at) (stop : bool) (cells : list cell) (any missing : bool) :
  option over_weights :=
  match cells with
  | [] => Some (Undecided any missing)
  | c :: cells =>
      match at_cell c with
      | None => None
      | Some None => over_cells at_cell stop cells any missing
      | Some (Some None) => over_cells at_cell stop cells true true
      | Some (Some (Some t)) =>
          if Bool.eqb t stop then Some Decided else over_cells at_cell stop cells true missing
      end
  end.
Definition decides (at_cell : cell -> found_at) (stop : bool) (c : cell) : bool :=
  match at_cell c with Some (Some (Some t)) => Bool.eqb t stop | _ => false end.

Definition equal_parts (x y : part) : bool :=
  match x, y with
  | Everything, Everything => true
  | On_side Before, On_side Before | On_side At, On_side At | On_side After, On_side After => true
  | _, _ => false
  end.
