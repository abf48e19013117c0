(* The checks of certificates, over integers with a common denominator.

   These are the finitely many conditions of src/certificate/FORMAT.md, section 4, as boolean functions that compute:
   that they prove what they say is the subject of integer_soundness.v and integer_theorems.v. Nodes count from 0.

   Glossary
     matrix          a square matrix: entry i j is rows_ij / denominator
     states          the rows x_t of integers with e_s M^t = x_t / d^t, each with d^t: there is no gcd in the loop
     reached         the nodes with a path of positive entries from the sink s: the signal of the others is 0
     common, numerators   a list of rationals as integers over the least common denominator
     check_phi       phi is the supremum of the signal of j over t >= first, attained or not
     check_t_mix     T is the mixing time for the threshold eps, absorption being certain *)
From Coq Require Import Bool Arith ZArith QArith List.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import ListNotations.
Local Open Scope Z_scope.

Record matrix := Matrix { denominator : positive; rows : list (list Z) }.

Inductive proof :=
| Superharmonic (time horizon : nat) (h : list Q)
| Absorbing (y : list Q)
| Contraction (time horizon : nat) (laws : list (list Q))
| Recurrence (horizon : nat) (roots : list Q).

Definition scale (m : matrix) : Z := Zpos (denominator m).
Definition size_of (m : matrix) : nat := length (rows m).
Definition well_formed (m : matrix) : bool :=
  forallb (fun row => (length row =? size_of m)%nat && forallb (Z.leb 0) row) (rows m).

(* ---- Vectors ---- *)

Definition entry (x : list Z) (k : nat) : Z := nth k x 0.
Definition one_at (n s : nat) : list Z := map (fun k => if (k =? s)%nat then 1 else 0) (seq 0 n).

Fixpoint zip_with {A B C : Type} (f : A -> B -> C) (x : list A) (y : list B) : list C :=
  match x, y with
  | a :: x', b :: y' => f a b :: zip_with f x' y'
  | _, _ => []
  end.

Fixpoint sum (x : list Z) : Z :=
  match x with
  | [] => 0
  | a :: x' => a + sum x'
  end.

Fixpoint dot (x y : list Z) : Z :=
  match x, y with
  | a :: x', b :: y' => if a =? 0 then dot x' y' else a * b + dot x' y'
  | _, _ => 0
  end.

(* The row x A, and the column A y. *)
Fixpoint row_times (n : nat) (x : list Z) (a : list (list Z)) : list Z :=
  match x, a with
  | c :: x', row :: a' =>
      let rest := row_times n x' a' in
      if c =? 0 then rest else zip_with (fun u v => c * u + v) row rest
  | _, _ => repeat 0 n
  end.
Definition times_column (a : list (list Z)) (y : list Z) : list Z := map (fun row => dot row y) a.

Definition marked (seen : list bool) (k : nat) : bool := nth k seen false.
Definition row (m : matrix) (k : nat) : list Z := nth k (rows m) [].
Definition each (m : matrix) (condition : nat -> bool) : bool := forallb condition (seq 0 (size_of m)).

(* The least common denominator, and the numerators over it. *)
Definition common (v : list Q) : Z := fold_right (fun q l => Z.lcm (Zpos (Qden q)) l) 1 v.
Definition numerators (l : Z) (v : list Q) : list Z := map (fun q => Qnum q * (l / Zpos (Qden q))) v.

(* y / e against phi. *)
Definition against (y e : Z) (phi : Q) : comparison := y * Zpos (Qden phi) ?= Qnum phi * e.

(* ---- Powers, one row at a time ---- *)

Definition state := (list Z * Z)%type.
Definition start (m : matrix) (s : nat) : state := (one_at (size_of m) s, 1).
Definition step (m : matrix) (x : state) : state := (row_times (size_of m) (fst x) (rows m), snd x * scale m).
Fixpoint states (m : matrix) (x : state) (steps : nat) : list state :=
  x :: match steps with
       | O => []
       | S k => states m (step m x) k
       end.
Fixpoint state_after (m : matrix) (x : state) (steps : nat) : state :=
  match steps with
  | O => x
  | S k => state_after m (step m x) k
  end.

(* ---- Paths of positive entries ---- *)

(* `seen`, and all that the nodes of `from` lead to in one step. *)
Fixpoint spread (a : list (list Z)) (from seen : list bool) : list bool :=
  match a, from with
  | row :: a', b :: from' =>
      let rest := spread a' from' seen in
      if b then zip_with (fun u c => (0 <? u) || c) row rest else rest
  | _, _ => seen
  end.
Fixpoint grow (rounds : nat) (a : list (list Z)) (seen : list bool) : list bool :=
  match rounds with
  | O => seen
  | S k => grow k a (spread a seen seen)
  end.
Definition only (n s : nat) : list bool := map (fun k => (k =? s)%nat) (seq 0 n).
Definition reached (m : matrix) (s : nat) : list bool := grow (size_of m) (rows m) (only (size_of m) s).

(* The nodes of `seen` are s and others, and no positive entry leads out of them. *)
Definition closed (m : matrix) (s : nat) (seen : list bool) : bool :=
  marked seen s && each m (fun k => negb (marked seen k) ||
    let row := row m k in each m (fun l => marked seen l || (entry row l <=? 0))).

(* The nodes that lead to a node of `seen`. *)
Definition spread_back (a : list (list Z)) (seen : list bool) : list bool :=
  zip_with (fun row (b : bool) => b || existsb (fun c => c) (zip_with (fun u c => (0 <? u) && c) row seen)) a seen.
Fixpoint grow_back (rounds : nat) (a : list (list Z)) (seen : list bool) : list bool :=
  match rounds with
  | O => seen
  | S k => grow_back k a (spread_back a seen)
  end.
Definition leading_to (m : matrix) (j : nat) : list bool :=
  grow_back (size_of m) (rows m) (only (size_of m) j).

(* ---- The supremum of a signal ---- *)

(* From the step r on: below phi before the time, equal at it, not above phi after it; nothing before `first`. *)
Fixpoint peaks (first time r : nat) (j : nat) (phi : Q) (l : list state) : bool :=
  match l with
  | [] => true
  | x :: l' =>
      ((r <? first)%nat ||
       match (r ?= time)%nat, against (entry (fst x) j) (snd x) phi with
       | Lt, Lt | Eq, Eq | Gt, Lt | Gt, Eq => true
       | _, _ => false
       end) && peaks first time (S r) j phi l'
  end.

Definition check_superharmonic first (D : matrix) s j phi (time horizon : nat) (h : list Q) : bool :=
  let trace := states D (start D s) horizon in
  let last := nth horizon trace (start D s) in
  let l := common h in
  let z := numerators l h in
  let dz := times_column (rows D) z in
  let seen := reached D s in
  (first <=? time)%nat && (time <=? horizon)%nat && peaks first time 0 j phi trace &&
  closed D s seen && (length h =? size_of D)%nat && forallb (Z.leb 0) z && (l <=? entry z j) &&
  each D (fun k => negb (marked seen k) || (entry dz k <=? scale D * entry z k)) &&
  (dot (fst last) z * Zpos (Qden phi) <=? Qnum phi * (l * snd last)).

Definition check_absorbing (D : matrix) s j phi (attained : bool) (y : list Q) : bool :=
  let l := common y in
  let z := numerators l y in
  let dz := times_column (rows D) z in
  let seen := reached D s in
  let leading := leading_to D j in
  let last := fst (state_after D (start D s) (size_of D)) in
  let left := negb (each D (fun k => (k =? j)%nat || (entry z k <=? 0) || (entry last k <=? 0))) in
  closed D s seen && (length y =? size_of D)%nat && forallb (Z.leb 0) z &&
  (entry (row D j) j =? scale D) && (entry z j =? l) &&
  each D (fun k => negb (marked seen k) ||
    (entry dz k =? scale D * entry z k) && ((entry z k <=? 0) || marked leading k)) &&
  match against (entry z s) l phi with Eq => eqb attained (negb left) | _ => false end.

(* The rows of visited nodes sum to 1. *)
Definition keeps_mass (D : matrix) (seen : list bool) : bool :=
  each D (fun k => negb (marked seen k) || (sum (row D k) =? scale D)).

Definition check_contraction first (D : matrix) s j phi (time horizon : nat) (laws : list (list Q)) : bool :=
  let trace := states D (start D s) horizon in
  let last := nth horizon trace (start D s) in
  let l := common (concat laws) in
  let zs := map (numerators l) laws in
  let period := length laws in
  let law r := nth (r mod period)%nat zs [] in
  let seen := reached D s in
  let distance := sum (zip_with (fun u v => Z.abs (u * l - v * snd last)) (fst last) (law horizon)) in
  (first <=? time)%nat && (time <=? horizon)%nat && peaks first time 0 j phi trace &&
  closed D s seen && keeps_mass D seen && (0 <? period)%nat &&
  forallb (fun r =>
    let z := law r in
    let zd := row_times (size_of D) z (rows D) in
    let next := law (S r) in
    (length z =? size_of D)%nat && forallb (Z.leb 0) z && (sum z =? l) &&
    each D (fun k => (marked seen k || (entry z k =? 0)) && (entry zd k =? scale D * entry next k)) &&
    ((2 * entry z j * snd last + distance) * Zpos (Qden phi) <=? 2 * Qnum phi * (l * snd last))) (seq 0 period).

(* b_t = q_phi d^t (phi - s_j(t)), and v b_{t+1} - u d b_t for a root u / v. *)
Definition deficits (phi : Q) (j : nat) (l : list state) : list Z :=
  map (fun x => Qnum phi * snd x - Zpos (Qden phi) * entry (fst x) j) l.
Definition reduce (d : Z) (root : Q) (b : list Z) : list Z :=
  zip_with (fun now next => Zpos (Qden root) * next - Qnum root * d * now) b (tl b).
Fixpoint vanishes (d : Z) (roots : list Q) (b : list Z) : bool :=
  match roots with
  | [] => forallb (Z.eqb 0) b
  | root :: roots' =>
      (0 <=? hd 0 b) && (0 <? Qnum root) && (Qnum root <? Zpos (Qden root)) && vanishes d roots' (reduce d root b)
  end.

Definition check_recurrence first (D : matrix) s j phi (horizon : nat) (roots : list Q) : bool :=
  let trace := states D (start D s) horizon in
  let later := states D (nth horizon trace (start D s)) (size_of D + length roots) in
  let seen := reached D s in
  (first <=? horizon)%nat && closed D s seen && keeps_mass D seen && peaks first (S horizon) 0 j phi trace &&
  vanishes (scale D) roots (deficits phi j later).

Definition check_phi (first : nat) (D : matrix) (s j : nat) (phi : Q) (attained : bool) (p : proof) : bool :=
  well_formed D && (s <? size_of D)%nat && (j <? size_of D)%nat &&
  match p with
  | Superharmonic time horizon h => attained && check_superharmonic first D s j phi time horizon h
  | Absorbing y => check_absorbing D s j phi attained y
  | Contraction time horizon laws => attained && check_contraction first D s j phi time horizon laws
  | Recurrence horizon roots => negb attained && check_recurrence first D s j phi horizon roots
  end.

(* ---- Mixing times ---- *)

Definition absorbing_chain (W : matrix) (s : nat) : bool :=
  well_formed W && (s <? size_of W)%nat && (entry (row W s) s =? scale W) &&
  forallb (Z.eqb (scale W)) (row_times (size_of W) (repeat 1 (size_of W)) (rows W)) &&
  each W (marked (reached W s)).

(* A probability y / e of being absorbed leaves a distance within eps. *)
Definition small (l1 : bool) (eps : Q) (y e : Z) : bool :=
  if l1 then 2 * (e - y) * Zpos (Qden eps) <? Qnum eps * e else (e - y) * Zpos (Qden eps) <=? Qnum eps * e.
Definition mixed_by (average l1 : bool) (eps : Q) (x : state) : bool :=
  if average then small l1 eps (sum (fst x)) (Z.of_nat (length (fst x)) * snd x)
  else forallb (fun y => small l1 eps y (snd x)) (fst x).

Definition check_t_mix (average l1 : bool) (W : matrix) (s : nat) (T : nat) (eps : Q) : bool :=
  absorbing_chain W s && (0 <? Qnum eps) &&
  match T with
  | O => mixed_by average l1 eps (start W s)
  | S before =>
      let x := state_after W (start W s) before in
      negb (mixed_by average l1 eps x) && mixed_by average l1 eps (step W x)
  end.
