(* Certificates of the best weights of several heads (src/certificate/REGION.md, section 6) as a check that computes.
   What an accepted one means is the subject of best_weights_soundness.v. Nodes, heads and vertices count from 0.

   Glossary
     best_weights      a certificate: some weights with a bound from below of the minimax fidelity there, and parts of
                       all weights, on each of which some node's fidelity is bounded from above
     up k x            x / 2^k, rounded up
     unit_mass, grid   1 as a multiple of 2^-100 and of 2^-40
     rounded m         the entries of m, rounded up to multiples of 2^-40
     vertex            the mean matrix at a vertex of a part, and what it is rounded to
     chances e j       multiples of 2^-100 at least the chances to reach j, where the matrices are at most e
     advance e x       the row x e in multiples of 2^-100, at most 1, rounded up
     low_until         no signal from `first` on exceeds the bound before a time, nor can one do so later *)
From Coq Require Import ZArith QArith List Bool.
From crosshead Require Import integer_checks certificate_numbers certificate_systems.
Import ListNotations.
Local Open Scope Z_scope.

Inductive lower_bound := Shown_at (node time : nat) | Shown_in_the_limit (node : nat).
Inductive part := Bounded (node horizon : nat) | Split (a b : nat) (with_middle_for_a with_middle_for_b : part).
Record best_weights := Best_weights {
  best_nodes : nat;
  best_sink : nat;
  best_order : list nat;
  best_heads : list (list (list Q));
  best_first : nat;
  best_sink_counts : bool;
  best_at : list Q;
  best_lower : Q;
  best_above : list lower_bound;
  best_upper : Q;
  best_parts : part }.

(* ---- What the format asks of the heads, their order and the weights ---- *)

Definition counted (c : best_weights) : list nat :=
  filter (fun k => best_sink_counts c || negb (k =? best_sink c)%nat) (indices (best_nodes c)).
Definition counts (c : best_weights) (j : nat) : bool :=
  (j <? best_nodes c)%nat && (best_sink_counts c || negb (j =? best_sink c)%nat).

Fixpoint place (k : nat) (order : list nat) : nat :=
  match order with
  | [] => O
  | l :: order => if (k =? l)%nat then O else S (place k order)
  end.
Definition is_order (n : nat) (order : list nat) : bool :=
  (length order =? n)%nat && forallb (fun k => existsb (Nat.eqb k) order) (indices n).
(* Nodes hear only themselves and nodes that stand before them. *)
Definition follows (places : list nat) (x : list (list Q)) : bool :=
  forallb (fun ok : bool => ok)
    (zip_with (fun row k => forallb (fun ok : bool => ok)
      (zip_with (fun q l => (Qnum q =? 0) || (l <=? k)%nat) row places)) x places).
Definition is_stochastic (n : nat) (x : list (list Q)) : bool :=
  square n x && let m := of_fractions x in forallb (fun r => sum r =? scale m) (rows m).
Definition total (x : list Q) : Q := fold_right plus (0 # 1) x.

Definition is_best (c : best_weights) : bool :=
  let n := best_nodes c in
  let places := map (fun k => place k (best_order c)) (indices n) in
  (1 <=? n)%nat && (n <=? 1000)%nat && (best_sink c <? n)%nat && (best_first c <=? 1)%nat &&
  (2 <=? length (best_heads c))%nat && forallb (is_stochastic n) (best_heads c) &&
  is_order n (best_order c) && forallb (follows places) (best_heads c) &&
  (length (best_at c) =? length (best_heads c))%nat && forallb nonnegative_fraction (best_at c) &&
  equal_fractions (total (best_at c)) (1 # 1).

Fixpoint after (j : nat) (order : list nat) : list nat :=
  match order with
  | [] => []
  | k :: order => if (k =? j)%nat then order else after j order
  end.
Fixpoint set_at {A} (x : list A) (k : nat) (a : A) : list A :=
  match x, k with
  | [], _ => []
  | _ :: x, O => a :: x
  | b :: x, S k => b :: set_at x k a
  end.

(* ---- The bound from below, at the stated weights ---- *)

Definition mean_at (c : best_weights) : option matrix :=
  weighted_sum (best_nodes c) (combine (best_at c) (map (fun x => Some (of_fractions x)) (best_heads c))).

(* The chances to reach an absorbing node, exact. *)
Definition exact_chance (m : matrix) (h : list Q) (k : nat) : Q :=
  let part a q := if a =? 0 then 0 # 1 else times (whole a) q in
  let heard := fold_right plus (0 # 1) (zip_with part (row m k) h) in
  over heard (whole (scale m - entry (row m k) k)).
Definition exact_chances (m : matrix) (order : list nat) (j : nat) : list Q :=
  fold_left (fun h k => set_at h k (exact_chance m h k)) (after j order)
    (set_at (repeat (0 # 1) (size_of m)) j (1 # 1)).

(* The items prove the bound from below for these nodes, one for each. *)
Definition shows (c : best_weights) (m : matrix) (j : nat) (item : lower_bound) : bool :=
  let s := best_sink c in
  match item with
  | Shown_at i t =>
      (i =? j)%nat && (best_first c <=? t)%nat &&
      let x := state_after m (start m s) t in
      match against (entry (fst x) j) (snd x) (best_lower c) with Lt => false | _ => true end
  | Shown_in_the_limit i =>
      (i =? j)%nat &&
      let h := exact_chances m (best_order c) j in
      let value := nth s h (0 # 1) in
      at_most (best_lower c) value &&
      existsb (fun attained => check_phi (best_first c) m s j value attained (Absorbing h)) [true; false]
  end.
Definition bounded_below (c : best_weights) : bool :=
  match mean_at c with
  | None => false
  | Some m =>
      (size_of m =? best_nodes c)%nat && well_formed m && (length (best_above c) =? length (counted c))%nat &&
      (1 <=? length (counted c))%nat && forallb (fun ok : bool => ok) (zip_with (shows c m) (counted c) (best_above c))
  end.

(* ---- The bound from above, for all weights ---- *)

Definition up (k : Z) (x : Z) : Z := - Z.shiftr (- x) k.
Definition unit_mass : Z := 2 ^ 100.
Definition grid : Z := 2 ^ 40.

Definition vertex := (matrix * list (list Z))%type.
Definition rounded (m : matrix) : list (list Z) :=
  map (map (fun x => if x =? 0 then 0 else divided_up (x * grid) (scale m))) (rows m).
Definition vertex_of (m : matrix) : vertex := (m, rounded m).
Definition largest (n : nat) (vertices : list vertex) : list (list Z) :=
  fold_right (fun v e => zip_with (zip_with Z.max) (snd v) e) (repeat (repeat 0 n) n) vertices.

Definition chance (row h : list Z) (k : nat) : Z :=
  let heard := dot row h in
  if heard =? 0 then 0
  else
    let leave := grid - entry row k in
    if leave <=? 0 then unit_mass else Z.min unit_mass (divided_up heard leave).
Definition chances (n : nat) (e : list (list Z)) (order : list nat) (j : nat) : list Z :=
  fold_left (fun h k => set_at h k (chance (nth k e []) h k)) (after j order) (set_at (repeat 0 n) j unit_mass).

(* That these are no less than the chances: a step of the chain makes them no larger. It is so by the way they are made
   and by the order of the nodes; to look again is quicker than to prove it. *)
Definition never_grows (e : list (list Z)) (h : list Z) (j : nat) : bool :=
  (entry h j =? unit_mass) &&
  forallb (fun ok : bool => ok)
    (zip_with (fun row a => (0 <=? a) && (a <=? unit_mass) && ((a =? unit_mass) || (dot row h <=? grid * a))) e h).

Definition advance (n : nat) (e : list (list Z)) (x : list Z) : list Z :=
  map (fun a => Z.min unit_mass (up 40 a)) (row_times n x e).
Fixpoint low_until (n : nat) (e : list (list Z)) (h : list Z) (j first : nat) (most : Z) (steps t : nat) (x : list Z) :
    bool :=
  match steps with
  | O => up 100 (dot x h) <=? most
  | S steps =>
      if (t <? first)%nat || (entry x j <=? most) then low_until n e h j first most steps (S t) (advance n e x)
      else false
  end.
Definition low_on (c : best_weights) (vertices : list vertex) (j horizon : nat) : bool :=
  let n := best_nodes c in
  let e := largest n vertices in
  let h := chances n e (best_order c) j in
  counts c j && (best_first c <=? horizon)%nat && (length e =? n)%nat && (length h =? n)%nat && never_grows e h j &&
  low_until n e h j (best_first c) (floor (times (best_upper c) (whole unit_mass))) horizon 0
    (map (Z.mul unit_mass) (one_at n (best_sink c))).

Definition middle (n : nat) (v w : vertex) : option vertex :=
  option_map vertex_of (weighted_sum n [(1 # 2, Some (fst v)); (1 # 2, Some (fst w))]).
Fixpoint bounded_above (c : best_weights) (p : part) (vertices : list vertex) : bool :=
  match p with
  | Bounded j horizon => low_on c vertices j horizon
  | Split a b p q =>
      match nth_error vertices a, nth_error vertices b with
      | Some v, Some w =>
          match middle (best_nodes c) v w with
          | Some m =>
              if (a <? b)%nat && bounded_above c p (set_at vertices a m) then bounded_above c q (set_at vertices b m)
              else false
          | None => false
          end
      | _, _ => false
      end
  end.

Definition check_best (c : best_weights) : bool :=
  is_best c && bounded_below c &&
  bounded_above c (best_parts c) (map (fun x => vertex_of (of_fractions x)) (best_heads c)).
