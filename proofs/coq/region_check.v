(* The check of pieces of weights (src/certificate/REGION.md, sections 1 to 4), up to the bounds of signals, which are
   arguments here: region_bounds.v has them.

   Definitions that compute. region_soundness.v proves what acceptance means.

   Glossary
     good_heads          sizes, no negative entries, an order of all nodes that the entries keep to
     point_scene, interval_scene
                         the pair of heads at a point, and between two weights, with so many states
     square_scene        the same in the square root of the weight that vanishes at an end, and that root's width
     in_z l r p          the polynomial p of b as one of z, where b = (l + r z) / (1 + z), up to a positive factor
     settled             what an argument says of the statement on a side of a piece, if it is right
     region_cells        the answers on [0, 1] from left to right, if all arguments are right *)
From Coq Require Import ZArith QArith List Bool Arith.
From crosshead Require Import certificate_numbers region_polynomials region_documents.
Import ListNotations.
Local Open Scope Z_scope.

Definition no_weight : Q := 0 # 1.
Definition full_weight : Q := 1 # 1.
Definition nonnegative_number (q : Q) : bool := 0 <=? Qnum q.
Definition number_at (m : list (list Q)) (i j : nat) : Q := nth j (nth i m []) no_weight.
Definition square_rows (n : nat) (m : list (list Q)) : bool :=
  (length m =? n)%nat && forallb (fun row => (length row =? n)%nat && forallb nonnegative_number row) m.
Definition is_zero (q : Q) : bool := Qnum q =? 0.
Definition member (k : nat) (l : list nat) : bool := existsb (Nat.eqb k) l.
Fixpoint distinct_nodes (l : list nat) : bool :=
  match l with [] => true | k :: l => negb (member k l) && distinct_nodes l end.

(* Pairs stand first. *)
Fixpoint pairs_first (l : list item) : bool :=
  match l with
  | [] => true
  | Pair _ _ :: l => pairs_first l
  | Single _ :: l => forallb (fun i => match i with Single _ => true | Pair _ _ => false end) l
  end.
(* Whether i may hear j. *)
Definition may_hear (l : list item) (i j : nat) : bool :=
  (i =? j)%nat || match partner_in l i with Some v => (v =? j)%nat | None => member i (after_in l j) end.
Definition good_heads (h : two_heads) : bool :=
  let n := given_size h in
  let nodes := flat_map nodes_of (given_items h) in
  (given_sink h <? n)%nat && square_rows n (first_rows h) && square_rows n (second_rows h) &&
    pairs_first (given_items h) &&
  (length nodes =? n)%nat && forallb (fun k => (k <? n)%nat) nodes && distinct_nodes nodes &&
  forallb (fun i => forallb (fun j =>
    is_zero (number_at (first_rows h) i j) && is_zero (number_at (second_rows h) i j) || may_hear (given_items h) i j)
    (seq 0 n)) (seq 0 n).

(* ---- Scenes ---- *)

Fixpoint zip {A B C : Type} (f : A -> B -> C) (x : list A) (y : list B) : list C :=
  match x, y with
  | a :: x', b :: y' => f a b :: zip f x' y'
  | _, _ => []
  end.
Definition mixed_entry (b x y : Q) : Q := plus (times b x) (times (minus full_weight b) y).
Definition mixed_rows (h : two_heads) (b : Q) : list (list Q) :=
  zip (zip (mixed_entry b)) (first_rows h) (second_rows h).
Definition common_denominator (l : list Q) : Z := fold_right (fun q d => Z.lcm (Zpos (Qden q)) d) 1 l.
Definition over_common (d : Z) (q : Q) : Z := Qnum q * (d / Zpos (Qden q)).
Definition linear (a b : Z) : polynomial := onto a (constant b).

(* Where one of a pair does not hear the other, they are two nodes, the one that is heard first. *)
Definition split_pair (e : list (list polynomial)) (i : item) : list item :=
  match i with
  | Single _ => [i]
  | Pair u v =>
      let a := Nat.min u v in
      let b := Nat.max u v in
      if poly_zero (nth b (nth a e []) []) then [Single a; Single b]
      else if poly_zero (nth a (nth b e []) []) then [Single b; Single a]
      else [i]
  end.
Definition scene_of (h : two_heads) (point : bool) (one weight : polynomial) (e : list (list polynomial)) (steps :
  nat) :=
  Scene (given_size h) (given_sink h) (flat_map (split_pair e) (given_items h)) point one weight e
    (states_from (given_size h) one e steps (first_state (given_size h) (given_sink h))).
Definition point_scene (h : two_heads) (b : Q) (steps : nat) : scene :=
  let m := mixed_rows h b in
  let d := common_denominator (b :: concat m) in
  scene_of h true (constant d) (constant (over_common d b)) (map (map (fun x => constant (over_common d x))) m) steps.
Definition interval_scene (h : two_heads) (l r : Q) (steps : nat) : scene :=
  let m := mixed_rows h l in
  let m' := mixed_rows h r in
  let d := common_denominator (l :: r :: concat m ++ concat m') in
  let between x y := linear (over_common d x) (over_common d y) in
  scene_of h false (linear d d) (between l r) (zip (zip between) m m') steps.

Definition square_root (q : Q) : option Q :=
  let s := Z.sqrt (Qnum q) # Z.to_pos (Z.sqrt (Zpos (Qden q))) in
  if equal_fractions (times s s) q && (0 <? Qnum s) then Some s else None.
Definition square_scene (s : scene) (l r : Q) (right : bool) (steps : nat) : option (scene * Q) :=
  let squared p :=
    let c := nth 0 p 0 in
    let d := nth 1 p 0 in
    if right then trimmed [d; 2 * d; c] else trimmed [c; 2 * c; d] in
  let e := map (map squared) (entries s) in
  let one' := poly_times (one s) [1; 1] in
  if negb (is_point s) && (if right then equal_fractions r full_weight else equal_fractions l no_weight) then
    option_map (fun side =>
      (Scene (size s) (sink s) (items s) false one' (poly_times (one s) [0; 1]) e
         (states_from (size s) one' e steps (first_state (size s) (sink s))), side))
      (square_root (minus r l))
  else None.

(* sum p_i weight^i one^(m - i), from the last coefficient down. *)
Fixpoint homogeneous (weight one : polynomial) (p : list Z) : polynomial * polynomial :=
  match p with
  | [] => ([], [1])
  | a :: p' =>
      let '(sum, power) := homogeneous weight one p' in
      (poly_plus (poly_times sum weight) (poly_scale a power), poly_times power one)
  end.
Definition in_z (l r : Q) (p : polynomial) : polynomial :=
  let d := common_denominator [l; r] in
  fst (homogeneous (linear (over_common d l) (over_common d r)) (linear d d) p).
Definition root_between (l r : Q) (p : polynomial) : option root :=
  if (1 <? length p)%nat && negb (last p 0 =? 0) then root_of (in_z l r p) else None.

(* ---- Arguments ---- *)

Section Check.
Variable lower_value : scene -> nat -> lower -> option quotient.
Variable upper_values : scene -> (polynomial -> option comparison) -> nat -> option Q -> upper ->
  option (list quotient).
Variable first : nat.
Variable counted : list nat.

(* What a piece is proved with: its ends, its scene, and the signs on a side. *)
Record place_of_proof := Place { left_end : Q; right_end : Q; shown : scene; rooted : bool;
                                 signs : polynomial -> option comparison }.

Definition from_below (p : place_of_proof) (against_number : bool) (l : lower) : option quotient :=
  match l with
  | Mean_over j t stages rate of_right true =>
      if against_number && negb (rooted p) then
        match square_scene (shown p) (left_end p) (right_end p) of_right t with
        | Some (s, side) => lower_value s first (Mean_over j t stages (times rate side) false false)
        | None => None
        end
      else None
  | _ => lower_value (shown p) first l
  end.

(* Whether x - y is positive, or not negative where `strict` is false; none where the sign is not told. *)
Definition above_bar (p : place_of_proof) (strict : bool) (x y : quotient) : option bool :=
  match signs p (over (quotient_minus x y)) with
  | Some Gt => Some true
  | Some Eq => Some (negb strict)
  | Some Lt => Some false
  | None => None
  end.
Definition says_true (b : option bool) : bool := match b with Some true => true | _ => false end.
Definition says_false (b : option bool) : bool := match b with Some false => true | _ => false end.

Definition check_above (p : place_of_proof) (strict : bool) (c : Q) (nodes : list nat) (l : list lower) : bool :=
  match nodes with [] => false | _ => true end && (length l =? length nodes)%nat &&
  forallb (fun x => x) (zip (fun j item => (lower_node item =? j)%nat &&
    match from_below p true item with Some q => says_true (above_bar p strict q (quotient_of c)) | None => false end)
      nodes l).
Definition check_below (p : place_of_proof) (strict : bool) (c : Q) (u : upper) : bool :=
  match upper_values (shown p) (signs p) first (Some c) u with
  | Some bounds => forallb (fun q => says_false (above_bar p strict q (quotient_of c))) bounds
  | None => false
  end.
(* The bound from below of the larger node against all bounds of the smaller one. *)
Definition check_compared (p : place_of_proof) (strict : bool) (i j : nat) (l : list lower) (u : upper) : bool :=
  match l with
  | [item] =>
      (lower_node item =? i)%nat && (upper_node u =? j)%nat &&
      match from_below p false item, upper_values (shown p) (signs p) first None u with
      | Some q, Some bounds => forallb (fun bound => says_true (above_bar p strict q bound)) bounds
      | _, _ => false
      end
  | _ => false
  end.
Definition absorbs (p : place_of_proof) (strict : bool) (c : Q) (steps j : nat) : option bool :=
  above_bar p strict (signal (shown p) steps j) (quotient_of c).

Definition strict_relation (r : relation) : bool := match r with Is_more | Is_at_most => true | _ => false end.
Definition negative_relation (r : relation) : bool := match r with Is_less | Is_at_most => true | _ => false end.

(* Whether the fidelities exceed, or as much is absorbed; none where the argument does not show it. *)
Definition exceeding (p : place_of_proof) (s : statement) (a : argument) : option bool :=
  let strict := strict_relation (relation_of s) in
  let when (b answer : bool) := if b then Some answer else None in
  match subject_of s, a with
  | Minimax, Above l => when (check_above p strict (threshold s) counted l) true
  | Minimax, Below u => when (member (upper_node u) counted && check_below p strict (threshold s) u) false
  | Node_alone j, Above l => when (check_above p strict (threshold s) [j] l) true
  | Node_alone j, Below u => when ((upper_node u =? j)%nat && check_below p strict (threshold s) u) false
  | Nodes i j, Compared true l u => when (check_compared p strict i j l u) true
  | Nodes i j, Compared false l u => when (check_compared p (negb strict) j i l u) false
  | Absorption steps, Mixed =>
      when (forallb (fun j => says_true (absorbs p strict (threshold s) steps j)) (seq 0 (size (shown p)))) true
  | Absorption steps, Unmixed j =>
      when ((j <? size (shown p))%nat && says_false (absorbs p strict (threshold s) steps j)) false
  | _, _ => None
  end.
Definition settled (p : place_of_proof) (s : statement) (a : argument) : option bool :=
  option_map (xorb (negative_relation (relation_of s))) (exceeding p s a).

(* The most steps that an argument speaks of. *)
Definition lower_steps (l : lower) : nat := match l with Limit _ => 0 | At_time _ t | Mean_over _ t _ _ _ _ => t end.
Definition upper_steps (u : upper) : nat :=
  match u with Tail _ t | Gates _ t _ _ | Levels _ t _ _ _ | Slow _ t _ _ => t end.
Definition steps_of (s : statement) (a : argument) : nat :=
  match a with
  | Above l => list_max (map lower_steps l)
  | Below u => upper_steps u
  | Compared _ l u => Nat.max (list_max (map lower_steps l)) (upper_steps u)
  | Mixed | Unmixed _ => match subject_of s with Absorption steps => steps | _ => 0 end
  end%nat.

(* ---- Pieces ---- *)

Definition piece_cells (h : two_heads) (s : statement) (x : piece) : option (list cell) :=
  match x with
  | At_point b a =>
      let p := Place b b (point_scene h b (steps_of s a)) false sign in
      option_map (fun answer => [Cell b b Everything [] answer]) (settled p s a)
  | Between l r a =>
      let p := Place l r (interval_scene h l r (steps_of s a)) false sign in
      option_map (fun answer => [Cell l r Everything [] answer]) (settled p s a)
  | Divided_at l r f before at_root after =>
      match root_between l r f with
      | Some g =>
          let scene := interval_scene h l r
            (Nat.max (steps_of s before) (Nat.max (steps_of s at_root) (steps_of s after))) in
          let on side a := option_map (Cell l r (On_side side) f) (settled (Place l r scene true (sign_at g side)) s
            a) in
          match on Before before, on At at_root, on After after with
          | Some c, Some d, Some e => Some [c; d; e]
          | _, _, _ => None
          end
      | None => None
      end
  end.
Definition begins (x : piece) : Q := match x with At_point b _ => b | Between l _ _ | Divided_at l _ _ _ _ _ => l end.
Definition ends (x : piece) : Q := match x with At_point b _ => b | Between _ r _ | Divided_at _ r _ _ _ _ => r end.
Definition is_point_piece (x : piece) : bool := match x with At_point _ _ => true | _ => false end.

(* Points and intervals alternate, from a weight to 1, without gaps; a point is next or not. *)
Fixpoint joined (point : bool) (last : Q) (l : list piece) : bool :=
  match l with
  | [] => negb point && equal_fractions last full_weight
  | x :: l =>
      Bool.eqb point (is_point_piece x) && equal_fractions (begins x) last &&
      (point || below last (ends x)) && at_most (ends x) full_weight && joined (negb point) (ends x) l
  end.
Fixpoint all_cells (h : two_heads) (s : statement) (l : list piece) : option (list cell) :=
  match l with
  | [] => Some []
  | x :: l =>
      match piece_cells h s x, all_cells h s l with
      | Some c, Some d => Some (c ++ d)
      | _, _ => None
      end
  end.
(* The nodes that the statement speaks of are nodes. *)
Definition has_nodes (n : nat) (s : statement) : bool :=
  match subject_of s with
  | Minimax => forallb (fun j => (j <? n)%nat) counted
  | Node_alone j => (j <? n)%nat
  | Nodes i j => (i <? n)%nat && (j <? n)%nat
  | Absorption _ => true
  end.
Definition region_cells (h : two_heads) (l : list piece) (s : statement) : option (list cell) :=
  if good_heads h && has_nodes (given_size h) s && joined true no_weight l then all_cells h s l else None.
End Check.
