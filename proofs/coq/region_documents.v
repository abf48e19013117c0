(* Certificates of weights (src/certificate/REGION.md): what a document says,
  and the pairs of heads it is replayed with.

   Definitions that compute. Nodes count from 0. Whatever is proved about them is in region_values.v and after it.

   Glossary
     heads             two matrices and the order of their nodes, in items: a node, or a pair of nodes
     lower, upper      bounds of a fidelity from below, and from above (section 3)
     piece             a point or an open interval of weights b with what is proved there
     statement         what is asked of a weight b
     cell              a point, an interval, or the part of an interval on one side of a root, with one answer
     scene             a pair of heads D(b) over one piece: entries E, one; D(b) = E / one for each z > 0 (section 2)
     state t           x_t over one^t
     after j           the nodes that stand after j, and after its partner *)
From Coq Require Import ZArith QArith List Bool Arith.
From crosshead Require Import certificate_numbers region_polynomials.
Import ListNotations.
Local Open Scope Z_scope.

Inductive item := Single (k : nat) | Pair (u v : nat).
Record two_heads := Two_heads { given_size : nat; given_sink : nat; given_items : list item; first_rows : list (list Q);
                        second_rows : list (list Q) }.

(* `right`: the rate is that of 1 - b. *)
Inductive lower :=
| Limit (j : nat)
| At_time (j t : nat)
| Mean_over (j t stages : nat) (rate : Q) (right square_root : bool).
(* `Tail` at a node of a pair is the bound for pairs. *)
Inductive upper :=
| Tail (j horizon : nat)
| Gates (j horizon : nat) (gates inflow : list nat)
| Levels (j horizon feeder : nat) (inflow : list nat) (levels : list Q)
| Slow (j horizon : nat) (slow : list nat) (rate : Q).
Definition lower_node (l : lower) : nat := match l with Limit j | At_time j _ | Mean_over j _ _ _ _ _ => j end.
Definition upper_node (u : upper) : nat :=
  match u with Tail j _ | Gates j _ _ _ | Levels j _ _ _ _ | Slow j _ _ _ => j end.

Inductive argument :=
| Above (l : list lower)
| Below (u : upper)
| Compared (holds : bool) (l : list lower) (u : upper)
| Mixed
| Unmixed (j : nat).
Inductive piece :=
| At_point (b : Q) (a : argument)
| Between (l r : Q) (a : argument)
| Divided_at (l r : Q) (p : polynomial) (before at_root after : argument).

Inductive relation := Is_more | Is_at_least | Is_less | Is_at_most.
Inductive subject := Minimax | Node_alone (j : nat) | Nodes (i j : nat) | Absorption (steps : nat).
Record statement := Statement { subject_of : subject; relation_of : relation; threshold : Q }.

Inductive part := Everything | On_side (s : side).
Record cell := Cell { from : Q; to : Q; part_of : part; root_in_b : polynomial; answer : bool }.

(* ---- Scenes ---- *)

Record scene := Scene {
  size : nat; sink : nat; items : list item; is_point : bool;
  one : polynomial; weight : polynomial; entries : list (list polynomial);
  states : list (list polynomial * polynomial) }.

Definition nodes_of (i : item) : list nat := match i with Single k => [k] | Pair u v => [u; v] end.
Definition order (s : scene) : list nat := flat_map nodes_of (items s).
Fixpoint partner_in (l : list item) (k : nat) : option nat :=
  match l with
  | [] => None
  | Single _ :: l => partner_in l k
  | Pair u v :: l => if (k =? u)%nat then Some v else if (k =? v)%nat then Some u else partner_in l k
  end.
Definition partner (s : scene) (k : nat) : option nat := partner_in (items s) k.
Fixpoint after_in (l : list item) (j : nat) : list nat :=
  match l with
  | [] => []
  | i :: l => if existsb (Nat.eqb j) (nodes_of i) then flat_map nodes_of l else after_in l j
  end.
Definition after (s : scene) (j : nat) : list nat := after_in (items s) j.

Definition entry (s : scene) (i j : nat) : polynomial := nth j (nth i (entries s) []) [].
Definition leave (s : scene) (k : nat) : polynomial := poly_minus (one s) (entry s k k).

Definition at_node (x : list polynomial) (k : nat) : polynomial := nth k x [].
Definition unit_row (n s : nat) : list polynomial := map (fun k => if (k =? s)%nat then [1] else []) (seq 0 n).
Fixpoint add_rows (x y : list polynomial) : list polynomial :=
  match x, y with
  | a :: x', b :: y' => poly_plus a b :: add_rows x' y'
  | _, _ => x
  end.
(* The row x E. *)
Fixpoint row_times (n : nat) (x : list polynomial) (e : list (list polynomial)) : list polynomial :=
  match x, e with
  | c :: x', row :: e' =>
      if poly_zero c then row_times n x' e' else add_rows (map (poly_times c) row) (row_times n x' e')
  | _, _ => repeat [] n
  end.
Definition next_state (n : nat) (one : polynomial) (e : list (list polynomial)) (x : list polynomial * polynomial) :=
  (row_times n (fst x) e, poly_times (snd x) one).
Definition first_state (n s : nat) : list polynomial * polynomial := (unit_row n s, [1]).
Fixpoint states_from (n : nat) (one : polynomial) (e : list (list polynomial)) (steps : nat)
    (x : list polynomial * polynomial) : list (list polynomial * polynomial) :=
  x :: match steps with
       | O => []
       | S steps' => states_from n one e steps' (next_state n one e x)
       end.
(* What is not among the states is computed. *)
Definition state (s : scene) (t : nat) : list polynomial * polynomial :=
  match nth_error (states s) t with
  | Some x => x
  | None => Nat.iter t (next_state (size s) (one s) (entries s)) (first_state (size s) (sink s))
  end.
Definition signal (s : scene) (t j : nat) : quotient := let x := state s t in Quotient (at_node (fst x) j) (snd x).
