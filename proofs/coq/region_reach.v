(* What is settled node by node on a piece: reaching a node, and geometric times (src/checker/region_scene.hpp;
   src/certificate/REGION.md, sections 2 and 3).

   Definitions that compute; region_reach_meaning.v has what they mean. Denominators are those of the other checker.

   Glossary
     reached         numbers over one denominator, which `solve` settles one after the other
     reach           the probabilities of reaching a node, or a pair, before a gate
     passed          (E h)_k, over the denominator of h
     weigh           the sum of x_t(k) h_k, but for some nodes
     settle_stages   rows y after so many geometric times of rate rho *)
From Coq Require Import ZArith QArith List Bool.
From crosshead Require Import region_polynomials region_documents.
Import ListNotations.
Local Open Scope Z_scope.

Fixpoint set_at {A : Type} (k : nat) (x : A) (l : list A) : list A :=
  match l, k with
  | [], _ => []
  | _ :: l, O => x :: l
  | a :: l, S k => a :: set_at k x l
  end.
Definition is_in (l : list nat) (k : nat) : bool := existsb (Nat.eqb k) l.
Definition is_partner (S : scene) (j k : nat) : bool :=
  match partner S j with Some v => (k =? v)%nat | None => false end.
Definition table {A : Type} (n : nat) (f : nat -> A) : list A := map f (seq 0 n).
Definition poly_sum (n : nat) (f : nat -> polynomial) : polynomial :=
  fold_right (fun k sum => poly_plus (f k) sum) [] (seq 0 n).

Record reached := Reached { numbers : list polynomial; divisor : polynomial }.
Definition reached_at (h : reached) (k : nat) : quotient := Quotient (at_node (numbers h) k) (divisor h).

(* left_k h_k = source_k + the sum of coefficient_kl h_l, for these nodes in this order. Where that sum is zero, `lazy`
   leaves out the factor left_k. *)
Fixpoint solve (n : nat) (lazy : bool) (source : nat -> polynomial) (coefficient : nat -> nat -> polynomial)
    (left : nat -> polynomial) (nodes : list nat) (h : reached) : option reached :=
  match nodes with
  | [] => Some h
  | k :: nodes =>
      let total := poly_plus (poly_times (source k) (divisor h))
        (poly_sum n (fun l => poly_times (coefficient k l) (at_node (numbers h) l))) in
      if lazy && poly_zero total then solve n lazy source coefficient left nodes h
      else
        let factor := left k in
        if positive_poly factor
        then solve n lazy source coefficient left nodes
               (Reached (set_at k total (map (poly_times factor) (numbers h))) (poly_times factor (divisor h)))
        else None
  end.

Section Scene.
Variable S : scene.
Local Notation n := (size S).

(* Without gates or a partner, or with both at once, which is rejected. *)
Definition keeps_all (gates : list nat) (j : nat) : bool :=
  match partner S j, gates with
  | None, _ => true
  | Some v, [] => poly_equal (leave S j) (entry S j v) && poly_equal (leave S v) (entry S v j)
  | Some _, _ => false
  end.
Definition reach (gates : list nat) (j : nat) : option reached :=
  if keeps_all gates j && nonnegative_poly (leave S j)
  then solve n true (fun _ => []) (entry S) (leave S) (filter (fun k => negb (is_in gates k)) (after S j))
         (Reached (table n (fun k => if (k =? j)%nat || is_partner S j k then [1] else [])) [1])
  else None.

Definition passed (h : reached) (k : nat) : polynomial :=
  poly_sum n (fun l => poly_times (entry S k l) (at_node (numbers h) l)).
Definition weigh (t : nat) (h : reached) (but : list nat) : quotient :=
  let x := state S t in
  Quotient (poly_sum n (fun k => if is_in but k then [] else poly_times (at_node (fst x) k) (at_node (numbers h) k)))
    (poly_times (divisor h) (snd x)).

(* What the signal of an absorbing node, or the average of that of a node in a pair, tends to. *)
Definition limit (j : nat) : option quotient :=
  match reach [] j, partner S j with
  | Some h, None => if poly_zero (leave S j) then Some (reached_at h (sink S)) else None
  | Some h, Some v =>
      let both := poly_plus (entry S v j) (entry S j v) in
      if positive_poly both
      then Some (quotient_times (Quotient (entry S v j) both) (reached_at h (sink S))) else None
  | None, _ => None
  end.

(* One stage, against the order: left_l y'_l = rho y_l + the sum of y'_k E_kl. All is multiplied by d. *)
Definition settle_stage (d : Z) (rho : polynomial) (y : list polynomial * polynomial) :
  option (list polynomial * polynomial) :=
  match solve n false (fun l => poly_times (at_node (fst y) l) rho) (fun l k => poly_scale d (entry S k l))
          (fun l => poly_plus (poly_scale d (leave S l)) rho) (rev (order S)) (Reached (table n (fun _ => [])) [1]) with
  | Some h => Some (numbers h, poly_times (snd y) (divisor h))
  | None => None
  end.
Fixpoint settle_stages (m : nat) (d : Z) (rho : polynomial) (y : list polynomial * polynomial) :
  option (list polynomial * polynomial) :=
  match m with
  | O => Some y
  | Datatypes.S m => match settle_stage d rho y with Some y => settle_stages m d rho y | None => None end
  end.
Definition mean (j t m : nat) (rate : Q) (at_one : bool) : option quotient :=
  let vanishing := if at_one then poly_minus (one S) (weight S) else weight S in
  if (0 <? Qnum rate) && negb (is_point S)
  then option_map (fun y => Quotient (at_node (fst y) j) (snd y))
         (settle_stages m (Zpos (Qden rate)) (poly_scale (Qnum rate) vanishing) (state S t))
  else None.
End Scene.
