(* Head systems of a certificate and their chains (src/certificate/FORMAT.md, section 3). Nodes and heads count from 0
   here; head k is chain k + 1, the mean is chain 0.

   Glossary
     head              edges j -> i, or matrices of one's own
     system            nodes, sink, heads and their weights; is_system: all that the format asks of it
     matrix            integers over a common denominator (integer_checks.v); entry (i, j) for the edge j -> i
     divided_rows m    every row divided by its sum; none if a sum is 0
     chain             graph, walk and diffusion matrix of a head or of the mean; none where undefined
     prepared          a system with all its chains
     row_power m x t   x M^t: numerators and denominator
     nodes_reached m i the nodes with a path of positive entries m_ij, m_jl, ... from i *)
From Coq Require Import ZArith QArith List Bool.
From crosshead Require Import integer_checks certificate_numbers.
Import ListNotations.
Local Open Scope Z_scope.

Inductive head :=
| Edges (edges : list (nat * nat))
| Matrices (diffusion_rows walk_rows : option (list (list Q))).
Record system := System { nodes : nat; sink_node : nat; heads : list head; weights : list Q }.

Fixpoint equal_lists {A} (equal : A -> A -> bool) (x y : list A) : bool :=
  match x, y with
  | [], [] => true
  | a :: x, b :: y => equal a b && equal_lists equal x y
  | _, _ => false
  end.
Definition equal_options {A} (equal : A -> A -> bool) (x y : option A) : bool :=
  match x, y with
  | None, None => true
  | Some a, Some b => equal a b
  | _, _ => false
  end.
Definition equal_edges (x y : nat * nat) : bool := (fst x =? fst y)%nat && (snd x =? snd y)%nat.
Definition equal_rows : list (list Q) -> list (list Q) -> bool := equal_lists (equal_lists equal_fractions).
Definition equal_heads (x y : head) : bool :=
  match x, y with
  | Edges x, Edges y => equal_lists equal_edges x y
  | Matrices d w, Matrices d' w' => equal_options equal_rows d d' && equal_options equal_rows w w'
  | _, _ => false
  end.
Definition equal_systems (x y : system) : bool :=
  (nodes x =? nodes y)%nat && (sink_node x =? sink_node y)%nat && equal_lists equal_heads (heads x) (heads y)
  && equal_lists equal_fractions (weights x) (weights y).

(* What the format asks of a system. *)
Fixpoint ascending (n : nat) (edges : list (nat * nat)) : bool :=
  match edges with
  | (j, i) :: rest =>
      (j <? n)%nat && (i <? n)%nat && ascending n rest
      && match rest with (j', i') :: _ => (j <? j')%nat || ((j =? j')%nat && (i <? i')%nat) | [] => true end
  | [] => true
  end.
Definition nonnegative_fraction (q : Q) : bool := (0 <=? Qnum q) && canonical q.
Definition square (n : nat) (rows : list (list Q)) : bool :=
  (length rows =? n)%nat && forallb (fun row => (length row =? n)%nat && forallb nonnegative_fraction row) rows.
Definition is_head (n : nat) (h : head) : bool :=
  match h with
  | Edges edges => ascending n edges
  | Matrices None None => false
  | Matrices d w => forallb (fun m => match m with Some rows => square n rows | None => true end) [d; w]
  end.
Definition is_system (s : system) : bool :=
  (1 <=? nodes s)%nat && (nodes s <=? 1000)%nat && (sink_node s <? nodes s)%nat && forallb (is_head (nodes s)) (heads s)
  && (length (weights s) =? length (heads s))%nat && forallb nonnegative_fraction (weights s)
  && equal_fractions (fold_right plus (0 # 1) (weights s)) (1 # 1).

(* Matrices. *)
Definition least_multiple (x y : Z) : Z := x / Z.gcd x y * y.
Definition indices (n : nat) : list nat := seq 0 n.
Definition tabulate {A} (n : nat) (f : nat -> nat -> A) : list (list A) :=
  map (fun i => map (f i) (indices n)) (indices n).
Definition entry_at (m : matrix) (i j : nat) : Z := nth j (row m i) 0.
Definition entry_value (m : matrix) (i j : nat) : Q := reduced (entry_at m i j) (denominator m).
Definition transposed (n : nat) (x : list (list Z)) : list (list Z) :=
  map (fun j => map (fun row => nth j row 0) x) (indices n).
Definition of_fractions (x : list (list Q)) : matrix :=
  let d := common (concat x) in Matrix (Z.to_pos d) (map (numerators d) x).
Definition divided_rows (x : list (list Z)) : option matrix :=
  let sums := map sum x in
  if existsb (Z.eqb 0) sums then None
  else
    let d := fold_left least_multiple sums 1 in
    Some (Matrix (Z.to_pos d) (map (fun row => let factor := d / sum row in map (Z.mul factor) row) x)).
Definition divided_columns (n : nat) (x : list (list Z)) : option matrix :=
  match divided_rows (transposed n x) with
  | Some m => Some (Matrix (denominator m) (transposed n (rows m)))
  | None => None
  end.

Definition added : list Z -> list Z -> list Z := zip_with Z.add.
(* The numerators of x M^t, and the denominator. *)
Definition row_power (m : matrix) (x : list Z) (t : Z) : list Z * Z := Z.iter t (step m) (x, 1).

Definition nodes_reached (m : matrix) (i : nat) : list bool := grow (size_of m) (rows m) (only (size_of m) i).

(* Chains. *)
Record chain := Chain { graph : matrix; walk : option matrix; diffusion : option matrix; own_walk : bool }.

Definition of_bits (n : nat) (f : nat -> nat -> bool) : matrix :=
  Matrix 1 (tabulate n (fun i j => if f i j then 1 else 0)).
Definition positive_entry (x : option (list (list Q))) (i j : nat) : bool :=
  match x with Some rows => 0 <? Qnum (nth j (nth i rows []) (0 # 1)) | None => false end.
Definition head_chain (n : nat) (h : head) : chain :=
  match h with
  | Edges edges =>
      let links := of_bits n (fun i j => existsb (equal_edges (j, i)) edges) in
      Chain links (divided_columns n (rows links)) (divided_rows (rows links)) true
  | Matrices d w =>
      let diffusion := option_map of_fractions d in
      let links := of_bits n (fun i j => positive_entry d i j || positive_entry w i j) in
      match w, diffusion with
      | Some w, _ => Chain links (Some (of_fractions w)) diffusion true
      | None, Some m => Chain links (divided_columns n (rows m)) diffusion false
      | None, None => Chain links None None false
      end
  end.

(* The weighted sum of matrices, none if one of them is undefined. *)
Fixpoint all_defined_parts (parts : list (Q * option matrix)) : option (list (Q * matrix)) :=
  match parts with
  | [] => Some []
  | (w, Some m) :: parts => option_map (cons (w, m)) (all_defined_parts parts)
  | (_, None) :: _ => None
  end.
Definition own_denominator (part : Q * matrix) : Z := Zpos (Qden (fst part)) * scale (snd part).
Definition scaled_rows (d : Z) (part : Q * matrix) : list (list Z) :=
  map (map (Z.mul (Qnum (fst part) * (d / own_denominator part)))) (rows (snd part)).
Definition added_rows : list (list Z) -> list (list Z) -> list (list Z) := zip_with added.
Definition weighted_sum (n : nat) (parts : list (Q * option matrix)) : option matrix :=
  match all_defined_parts parts with
  | None => None
  | Some all =>
      let d := fold_left least_multiple (map own_denominator all) 1 in
      Some (Matrix (Z.to_pos d)
             (fold_right (fun part sum => added_rows (scaled_rows d part) sum) (repeat (repeat 0 n) n) all))
  end.

Definition mean_chain (n : nat) (weights : list Q) (chains : list chain) : chain :=
  let parts := filter (fun part => 0 <? Qnum (fst part)) (combine weights chains) in
  let sum_of (f : chain -> option matrix) := weighted_sum n (map (fun part => (fst part, f (snd part))) parts) in
  let d := sum_of diffusion in
  let w :=
    if forallb (fun part => own_walk (snd part)) parts then sum_of walk
    else match d with Some m => divided_columns n (rows m) | None => None end in
  Chain (of_bits n (fun i j => existsb (fun part => 0 <? entry_at (graph (snd part)) i j) parts)) w d true.

Record prepared := Prepared { base : system; mean_of : chain; head_chains : list chain }.
Definition prepare (s : system) : prepared :=
  let chains := map (head_chain (nodes s)) (heads s) in Prepared s (mean_chain (nodes s) (weights s) chains) chains.
Definition with_weights (p : prepared) (w : list Q) : prepared :=
  let s := base p in
  Prepared (System (nodes s) (sink_node s) (heads s) w) (mean_chain (nodes s) w (head_chains p)) (head_chains p).
Definition chain_of (p : prepared) (k : nat) : option chain :=
  match k with O => Some (mean_of p) | S k => nth_error (head_chains p) k end.

Definition diffusion_of (s : system) (k : nat) : option matrix :=
  match chain_of (prepare s) k with Some c => diffusion c | None => None end.
Definition walk_of (s : system) (k : nat) : option matrix :=
  match chain_of (prepare s) k with Some c => walk c | None => None end.

(* What formulas ask of a chain with sink s. *)
Definition least (x : list Z) (otherwise : Z) : Z := match x with a :: x => fold_left Z.min x a | [] => otherwise end.
Definition distance (average : bool) (w : matrix) (s : nat) (t : Z) : Q :=
  let n := size_of w in
  let (absorbed, d) := row_power w (one_at n s) t in
  if average then minus (1 # 1) (reduced (sum absorbed) (Z.to_pos (d * Z.of_nat n)))
  else reduced (d - least absorbed 0) (Z.to_pos d).

(* The probability of so many moves within t steps, by their number, from each node: over denominator^t. *)
Definition moves_step (w : matrix) (counts : list (list Z)) : list (list Z) :=
  let n := size_of w in
  let stay := map (fun j => entry_at w j j) (indices n) in
  let leave := tabulate n (fun i j => if (i =? j)%nat then 0 else entry_at w i j) in
  let next (fewer same : list Z) := added (row_times n fewer leave) (zip_with Z.mul stay same) in
  zip_with next (repeat 0 n :: counts) counts.
Definition moves (w : matrix) (j : nat) (t k : Z) : Q :=
  if (k <? 0) || (t <? k) then 0 # 1
  else
    let n := size_of w in
    let counts := repeat 1 n :: repeat (repeat 0 n) (Z.to_nat k) in
    reduced (nth j (last (Z.iter t (moves_step w) counts) []) 0) (Z.to_pos (scale w ^ t)).
