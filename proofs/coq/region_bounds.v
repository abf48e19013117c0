(* What bounds a fidelity on a piece, as quotients that are compared: src/checker/region_scene.hpp and region.hpp
   (src/certificate/REGION.md, section 3).

   Definitions that compute; region_upper.v and region_lower.v have what they mean. Sums and products have the
   denominators that they have in the other checker.

   Glossary
     lower_value       what the fidelity of a node is at least
     upper_values      the fidelity is at most what all of these are at most, among them the signals before the horizon
     flow_bounds       U_k for the nodes after j
     gate_sums         g, and what goes with it
     slow_state        u, and kappa and w of the slow nodes *)
From Coq Require Import ZArith QArith List Bool.
From crosshead Require Import region_polynomials region_documents region_reach.
Import ListNotations.
Local Open Scope Z_scope.

Definition over_positive (a : quotient) (p : polynomial) : quotient := Quotient (over a) (poly_times (under a) p).
Definition times_poly (a : quotient) (p : polynomial) : quotient := Quotient (poly_times (over a) p) (under a).
Definition times_rational (a : quotient) (x : Q) : quotient :=
  Quotient (poly_scale (Qnum x) (over a)) (poly_scale (Zpos (Qden x)) (under a)).
Definition quotient_sum (nodes : list nat) (f : nat -> quotient) : quotient :=
  fold_left (fun sum k => quotient_plus sum (f k)) nodes zero_quotient.
Definition quotient_at (u : list quotient) (k : nat) : quotient := nth k u zero_quotient.

(* Strictly ascending nodes. *)
Fixpoint ascending (n least : nat) (nodes : list nat) : bool :=
  match nodes with [] => true | k :: nodes => (least <=? k)%nat && (k <? n)%nat && ascending n (S k) nodes end.

Section Bounds.
Variable S : scene.
Local Notation n := (size S).

(* ---- Gates ---- *)

Definition flow_bound (t : nat) (inflow : list nat) (u : list quotient) (l : nat) : option quotient :=
  if is_in inflow l
  then if positive_poly (leave S l)
       then Some (quotient_plus
              (over_positive (quotient_sum (seq 0 n) (fun k => times_poly (quotient_at u k) (entry S k l))) (leave S l))
              (signal S t l))
       else None
  else option_map (fun h => weigh S t h []) (reach S [] l).
(* The last node first. *)
Fixpoint flow_bounds (t : nat) (inflow nodes : list nat) (u : list quotient) : option (list quotient) :=
  match nodes with
  | [] => Some u
  | l :: nodes =>
      match flow_bound t inflow u l with Some next => flow_bounds t inflow nodes (set_at l next u) | None => None end
  end.

(* The sum of U_m (E g)_m over the gates m, and that of U_k g_k over the others, times the denominator of g. *)
Record gate_sums := Gate_sums { chances : reached; through : quotient; underway : quotient }.
Definition gate_sums_of (t : nat) (gates inflow : list nat) (j : nat) : option gate_sums :=
  let later := rev (after S j) in
  if negb (is_in gates j) && positive_poly (leave S j) then
    match reach S gates j, flow_bounds t inflow later (table n (fun _ => zero_quotient)) with
    | Some g, Some u =>
        Some (Gate_sums g
          (quotient_sum (filter (is_in gates) later) (fun k => times_poly (quotient_at u k) (passed S g k)))
          (quotient_sum (filter (fun k => negb (is_in gates k)) later)
            (fun k => times_poly (quotient_at u k) (at_node (numbers g) k))))
    | _, _ => None
    end
  else None.

Definition gate_values (t : nat) (gates inflow : list nat) (j : nat) : option (list quotient) :=
  option_map (fun s => [weigh S t (chances s) [];
    over_positive (quotient_plus (through s) (times_poly (underway s) (leave S j)))
      (poly_times (leave S j) (divisor (chances s)))]) (gate_sums_of t gates inflow j).

(* ---- Levels ---- *)

(* What must not be positive, for the levels from e_i on. *)
Fixpoint level_conditions (v w rest : quotient) (j m p i : nat) (e : list Q) : list quotient :=
  match e with
  | [] => []
  | e0 :: more =>
      quotient_minus (quotient_plus v (times_rational w (Z.of_nat i # Pos.of_nat p))) (quotient_of e0) ::
      match more with
      | [] => []
      | e1 :: _ =>
          let beta := quotient_plus (whole_poly (poly_scale (Z.of_nat (p - i)) (leave S m)))
                        (whole_poly (poly_scale (Z.of_nat i) (leave S j))) in
          quotient_plus
            (quotient_minus (times_rational beta (Qminus e1 e0)) (times_rational (whole_poly (leave S j)) e0))
            (times_poly rest (leave S j)) ::
          quotient_minus (quotient_plus (whole_poly (leave S j)) beta) (whole_poly (one S)) ::
          level_conditions v w rest j m p (i + 1) more
      end
  end.
Definition level_values (t m : nat) (inflow : list nat) (e : list Q) (j : nat) : option (list quotient) :=
  match gate_sums_of t [m] inflow j, reach S [] m with
  | Some s, Some h =>
      if positive_poly (leave S m) then
        let g := chances s in
        let w := quotient_times (weigh S t h []) (Quotient (passed S g m) (poly_times (leave S m) (divisor g))) in
        Some (level_conditions (weigh S t g []) w (over_positive (underway s) (divisor g)) j m (length e - 1) 0 e)
      else None
  | _, _ => None
  end.

(* ---- Slow nodes ---- *)

Record slow_state := Slow_state { parts_of : list quotient; feeds : list quotient; reaching : list reached }.
Definition chance_of (y : slow_state) (m : nat) : reached := nth m (reaching y) (Reached [] [1]).
Definition heard (u : list quotient) (k : nat) (but : list nat) : quotient :=
  quotient_sum (seq 0 n) (fun l => if (l =? k)%nat || is_in but l then zero_quotient
                                   else times_poly (quotient_at u l) (entry S k l)).
Definition less_feeds (y : slow_state) (k : nat) (rest : quotient) : quotient :=
  fold_left (fun rest m => quotient_minus rest
    (quotient_times (quotient_at (feeds y) m) (reached_at (chance_of y m) k))) (seq 0 n) rest.
Definition kept (rate : Q) (k : nat) : quotient :=
  quotient_minus (whole_poly (entry S k k)) (times_rational (whole_poly (one S)) rate).
Definition lag (j k : nat) : polynomial := poly_minus (leave S k) (leave S j).

Definition fast_step (j k : nat) (y : slow_state) : option slow_state :=
  let rest := less_feeds y k (heard (parts_of y) k []) in
  match sign (over rest) with
  | Some Gt =>
      if positive_poly (lag j k)
      then Some (Slow_state (set_at k (over_positive rest (lag j k)) (parts_of y)) (feeds y) (reaching y)) else None
  | Some _ => Some y
  | None => None
  end.
Definition slow_part (rate : Q) (j k : nat) (y : slow_state) : option quotient :=
  let others := times_rational (heard (parts_of y) k [j]) (-1 # 1) in
  if poly_zero (over others) then Some zero_quotient
  else if positive_poly (over (kept rate k))
       then Some (quotient_times others (Quotient (under (kept rate k)) (over (kept rate k)))) else None.
Definition slow_step (rate : Q) (j k : nat) (y : slow_state) : option slow_state :=
  match slow_part rate j k y with
  | None => None
  | Some u_k =>
      let rest := less_feeds y k (quotient_minus (heard (parts_of y) k []) (times_poly u_k (lag j k))) in
      let u := set_at k u_k (parts_of y) in
      match sign (over rest) with
      | Some Gt => option_map (fun h => Slow_state u (set_at k rest (feeds y)) (set_at k h (reaching y))) (reach S [] k)
      | Some _ => Some (Slow_state u (feeds y) (reaching y))
      | None => None
      end
  end.
Fixpoint slow_steps (slow : list nat) (rate : Q) (j : nat) (nodes : list nat) (y : slow_state) : option slow_state :=
  match nodes with
  | [] => Some y
  | k :: nodes =>
      match (if is_in slow k then slow_step rate j k y else fast_step j k y) with
      | Some y => slow_steps slow rate j nodes y
      | None => None
      end
  end.
Definition grown (rate : Q) (j : nat) (u : list quotient) (k : nat) : quotient :=
  quotient_minus (quotient_plus (heard u k [j]) (times_poly (quotient_at u k) (entry S k k)))
    (times_rational (times_poly (quotient_at u k) (one S)) rate).
Definition slow_start (j : nat) : slow_state :=
  Slow_state (set_at j (whole_poly [1]) (table n (fun _ => zero_quotient))) (table n (fun _ => zero_quotient))
    (table n (fun _ => Reached [] [1])).
(* What must not be negative, and two bounds. *)
Definition slow_values (t : nat) (slow : list nat) (rate : Q) (j : nat) : option (quotient * list quotient) :=
  match slow_steps slow rate j (after S j) (slow_start j) with
  | Some y =>
      let u := parts_of y in
      if positive_poly (leave S j) &&
         forallb (fun k => (k =? j)%nat || nonnegative_poly (over (grown rate j u k))) (seq 0 n) then
        let potential := quotient_sum (seq 0 n) (fun k => quotient_times (quotient_at u k) (signal S t k)) in
        let fed := quotient_sum (seq 0 n) (fun k =>
                     if poly_zero (over (quotient_at (feeds y) k)) then zero_quotient
                     else quotient_times (quotient_at (feeds y) k) (weigh S t (chance_of y k) [])) in
        Some (quotient_minus potential (signal S t j), [potential; over_positive fed (leave S j)])
      else None
  | None => None
  end.

(* ---- Pairs ---- *)

Definition pair_values (t j v : nat) : option (list quotient) :=
  let (p, q) := (entry S j v, entry S v j) in
  match limit S j, reach S [] j with
  | Some l, Some h =>
      if nonnegative_poly (poly_minus (poly_minus (one S) p) q) && positive_poly (poly_plus p q) then
        let settled := quotient_plus l (weigh S t h [j; v]) in
        let excess := quotient_minus (times_poly (signal S t j) p) (times_poly (signal S t v) q) in
        Some [settled; quotient_plus settled (over_positive excess (poly_plus p q))]
      else None
  | _, _ => None
  end.

(* ---- Items ---- *)

Definition lower_value (first : nat) (item : lower) : option quotient :=
  if (lower_node item <? n)%nat then
    match item with
    | Limit j => limit S j
    | At_time j t => if (first <=? t)%nat then Some (signal S t j) else None
    | Mean_over j t m rate at_one _ =>
        if (first <=? t)%nat && (1 <=? m)%nat then mean S j t m rate at_one else None
    end
  else None.

Definition horizon_of (u : upper) : nat :=
  match u with Tail _ t | Gates _ t _ _ | Levels _ t _ _ _ | Slow _ t _ _ => t end.
Definition sign_within (signs : polynomial -> option comparison) (c : comparison) (q : quotient) : bool :=
  match signs (over q), c with Some Eq, _ | Some Lt, Lt | Some Gt, Gt => true | _, _ => false end.
Definition later_values (signs : polynomial -> option comparison) (threshold : option Q) (u : upper) :
  option (list quotient) :=
  match u, partner S (upper_node u) with
  | Tail j t, Some v => pair_values t j v
  | _, Some _ => None
  | Tail j t, None => option_map (fun h => [weigh S t h []]) (reach S [] j)
  | Gates j t gates inflow, None =>
      if ascending n 0 gates && ascending n 0 inflow then gate_values t gates inflow j else None
  | Levels j t m inflow e, None =>
      match e, threshold with
      | e0 :: _ :: _, Some bar =>
          if (m <? n)%nat && ascending n 0 inflow && negb (Qle_bool bar e0) then
            match level_values t m inflow e j with
            | Some conditions => if forallb (sign_within signs Lt) conditions then Some [quotient_of e0] else None
            | None => None
            end
          else None
      | _, _ => None
      end
  | Slow j t slow rate, None =>
      match slow, threshold with
      | _ :: _, Some _ =>
          if ascending n 0 slow && negb (is_in slow j) && (0 <=? Qnum rate) then
            match slow_values t slow rate j with
            | Some (rest, values) => if sign_within signs Gt rest then Some values else None
            | None => None
            end
          else None
      | _, _ => None
      end
  end.
Definition upper_values (signs : polynomial -> option comparison) (first : nat) (threshold : option Q) (u : upper) :
  option (list quotient) :=
  let t := horizon_of u in
  let j := upper_node u in
  if (j <? n)%nat && (first <=? t)%nat
  then option_map (app (map (fun r => signal S r j) (seq first (t - first)))) (later_values signs threshold u)
  else None.
End Bounds.
