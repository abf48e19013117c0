(* Certificates of weights, crosshead.region/1 (src/certificate/REGION.md, sections 1 and 4):
  their claims, what the heads
   are alone, and the weights for which they hold.

   Definitions that compute. The layout of the file is the subject of region_to_coq.py; region_theorems.v proves what
   acceptance means. The bounds of signals are arguments at first, as in region_check.v.

   Glossary
     own_value           the minimax fidelity of one head alone, with its proofs
     statement_of        what the claim asks of a weight
     own_values_hold     what the claim says of the heads alone is proved
     end_of_weights, interval
                         sets of weights as the certificate writes them
     runs                neighbouring cells with the answer true, joined
     check_region        whether the certificate is accepted, with these bounds of signals;
       accepted_region: with those of
                         region_bounds.v *)
From Coq Require Import ZArith QArith List Bool Arith.
From crosshead Require Import integer_checks certificate_numbers certificate_systems.
From crosshead Require Import region_polynomials region_documents region_check region_bounds.
Import ListNotations.
Local Open Scope Z_scope.

Record own_value := Own_value { own_minimax : Q; own_above : list lower; own_below : upper }.
Inductive region_claim :=
| Claim_compared (s : statement)   (* minimax, node, nodes *)
| Claim_amplifies (one other : own_value)
| Claim_attenuates (one other : own_value)
| Claim_t_mix (epsilon : Q) (at_most : bool) (steps : nat)
| Claim_mixes_faster (epsilon : Q) (time_one node_one time_other node_other : nat).

Inductive end_of_weights := Number_end (q : Q) | Root_end (p : polynomial) (l r : Q).
Record interval := Interval { left_of : end_of_weights; left_closed : bool; right_of : end_of_weights;
  right_closed : bool }.

Record region_document := Region {
  heads_of_region : two_heads; are_walks : bool; region_first : nat; sink_counted : bool;
  region_claimed : region_claim; holds_on : list interval; region_pieces : list piece }.

Definition counted_nodes (d : region_document) : list nat :=
  let n := given_size (heads_of_region d) in
  if are_walks d || sink_counted d then seq 0 n
  else filter (fun k => negb (k =? given_sink (heads_of_region d))%nat) (seq 0 n).

(* ---- The claim ---- *)

Definition statement_of (c : region_claim) : statement :=
  let mixing := fun epsilon relation steps => Statement (Absorption steps) relation (minus full_weight epsilon) in
  match c with
  | Claim_compared s => s
  | Claim_amplifies x y => Statement Minimax Is_more (larger (own_minimax x) (own_minimax y))
  | Claim_attenuates x y => Statement Minimax Is_less (smaller (own_minimax x) (own_minimax y))
  | Claim_t_mix epsilon at_most steps => mixing epsilon (if at_most then Is_at_least else Is_less) steps
  | Claim_mixes_faster epsilon t _ t' _ => mixing epsilon Is_at_least (Nat.pred (Nat.min t t'))
  end.

Section Check.
Variable lower_value : scene -> nat -> lower -> option quotient.
Variable upper_values : scene -> (polynomial -> option comparison) -> nat -> option Q -> upper ->
  option (list quotient).

(* At one weight. *)
Definition alone (h : two_heads) (b : Q) (steps : nat) : place_of_proof := Place b b (point_scene h b steps) false sign.
Definition has_minimax (h : two_heads) (first : nat) (counted : list nat) (b : Q) (x : own_value) : bool :=
  let p := alone h b (Nat.max (list_max (map lower_steps (own_above x))) (upper_steps (own_below x))) in
  check_above lower_value first p false (own_minimax x) counted (own_above x) &&
  member (upper_node (own_below x)) counted && check_below upper_values first p true (own_minimax x) (own_below x).
Definition has_mixing_time (h : two_heads) (b : Q) (epsilon : Q) (t node : nat) : bool :=
  let p := alone h b t in
  (1 <=? t)%nat && (node <? given_size h)%nat &&
  forallb (fun j => says_true (absorbs p false (minus full_weight epsilon) t j)) (seq 0 (given_size h)) &&
  says_false (absorbs p false (minus full_weight epsilon) (t - 1) node).
Definition own_values_hold (d : region_document) : bool :=
  let h := heads_of_region d in
  let minimax := has_minimax h (region_first d) (counted_nodes d) in
  match region_claimed d with
  | Claim_compared (Statement (Nodes i j) _ _) => negb (i =? j)%nat
  | Claim_compared _ => true
  | Claim_amplifies x y | Claim_attenuates x y => minimax full_weight x && minimax no_weight y
  | Claim_t_mix epsilon _ _ => 0 <? Qnum epsilon
  | Claim_mixes_faster epsilon t k t' k' =>
      (0 <? Qnum epsilon) && has_mixing_time h full_weight epsilon t k && has_mixing_time h no_weight epsilon t' k'
  end.
(* Walks come with claims about mixing, and are absorbed at the sink for certain; others are about fidelities. *)
Definition fits (d : region_document) : bool :=
  let certain rows := absorbing_chain (of_fractions rows) (given_sink (heads_of_region d)) in
  match region_claimed d with
  | Claim_t_mix _ _ _ | Claim_mixes_faster _ _ _ _ _ =>
      are_walks d && (region_first d =? 0)%nat && certain (first_rows (heads_of_region d)) &&
      certain (second_rows (heads_of_region d))
  | Claim_compared (Statement (Absorption _) _ _) => false
  | _ => negb (are_walks d) && (region_first d <=? 1)%nat
  end.

(* ---- The weights ---- *)

Definition left_end_of (c : cell) : end_of_weights :=
  match part_of c with
  | On_side At | On_side After => Root_end (root_in_b c) (from c) (to c)
  | _ => Number_end (from c)
  end.
Definition right_end_of (c : cell) : end_of_weights :=
  match part_of c with
  | On_side Before | On_side At => Root_end (root_in_b c) (from c) (to c)
  | _ => Number_end (to c)
  end.
Definition is_single (c : cell) : bool :=
  match part_of c with On_side At => true | On_side _ => false | Everything => equal_fractions (from c) (to c) end.
Definition equal_ends (x y : end_of_weights) : bool :=
  match x, y with
  | Number_end q, Number_end q' => equal_fractions q q'
  | Root_end p l r, Root_end p' l' r' =>
      (length p =? length p')%nat && forallb (fun x => x) (zip Z.eqb p p') && equal_fractions l l' &&
        equal_fractions r r'
  | _, _ => false
  end.
Definition equal_intervals (x y : interval) : bool :=
  equal_ends (left_of x) (left_of y) && Bool.eqb (left_closed x) (left_closed y) &&
  equal_ends (right_of x) (right_of y) && Bool.eqb (right_closed x) (right_closed y).

Definition cell_interval (c : cell) : interval := Interval (left_end_of c) (is_single c) (right_end_of c) (is_single c).
Definition join_cell (c : cell) (joined : bool) (l : list interval) : list interval :=
  match joined, l with
  | true, i :: l => Interval (left_end_of c) (is_single c) (right_of i) (right_closed i) :: l
  | _, _ => cell_interval c :: l
  end.
Definition begins_true (l : list cell) : bool := match l with c :: _ => answer c | [] => false end.
Fixpoint runs (l : list cell) : list interval :=
  match l with
  | [] => []
  | c :: l => if answer c then join_cell c (begins_true l) (runs l) else runs l
  end.

(* Neighbours share an end, which belongs to one of them; a cell has room. Accepted pieces give nothing else. *)
Definition has_room (c : cell) : bool :=
  match part_of c with
  | Everything => is_single c || below (from c) (to c)
  | On_side _ => below (from c) (to c) && match root_between (from c) (to c) (root_in_b c) with Some _ => true | None
    => false end
  end.
Fixpoint chained (l : list cell) : bool :=
  match l with
  | [] => true
  | c :: l =>
      has_room c && chained l &&
      match l with
      | [] => true
      | d :: _ => equal_ends (right_end_of c) (left_end_of d) && Bool.eqb (is_single d) (negb (is_single c))
      end
  end.

Definition check_region (d : region_document) : bool :=
  let h := heads_of_region d in
  good_heads h && fits d && own_values_hold d &&
  match region_cells lower_value upper_values (region_first d) (counted_nodes d) h (region_pieces d)
          (statement_of (region_claimed d)) with
  | Some cells =>
      chained cells && (length (runs cells) =? length (holds_on d))%nat &&
      forallb (fun x => x) (zip equal_intervals (runs cells) (holds_on d))
  | None => false
  end.
End Check.

Definition accepted_region (d : region_document) : bool := check_region lower_value upper_values d.
