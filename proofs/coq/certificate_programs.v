(* The formulas of certificates (src/certificate/FORMAT.md, section 2): trees as they stand in the file, and what
   evaluates them.

   Glossary
     tree              an integer, a name, or an operation applied to parts; `Other` for anything else in the file
     program A         an evaluation: it returns, meets something malformed, or asks and goes on with the answer: for a
                       supremum, for a mixing time, whether the weight of a head is above a number where weights
                       (b, 1 - b) are looked at, and for all weights of two heads at once. certificate_truth.v says
                       which answers are true
     over_weights      what a quantifier finds over all weights: one decides, or none does, and then whether there is an
                       instance at all and whether one has no truth value
     question          what a program asks about all weights: the truth value that decides, and what to evaluate at each
                       weight, given the truth of the comparison there. No condition: None; no truth value: Some None
     variable          what a name is bound to
     position          outside of a quantifier over the weights; where its comparison is looked for; at a weight, where
                       the comparison has a truth value
     context           the current system, the bound names, latest first, and the position
     tally             what the instances of a quantifier or an aggregate have left so far: whether every domain had a
                       value, whether there was an instance, the result, and the context of the one that decided
     elements          the elements of a domain, as contexts in which they are bound; none if the domain has no value
     visit_binder      visits the elements for which the condition is true, until one decides *)
From Coq Require Import ZArith QArith List Bool String.
From crosshead Require Import integer_checks certificate_numbers certificate_systems certificate_families.
From crosshead Require Import simplex_comparisons.
Import ListNotations.
Local Open Scope Z_scope.

Inductive tree := Integer (z : Z) | Text (x : string) | Array (parts : list tree) | Other.

(* Evaluations. Systems are asked about as they stand; chains and nodes count from 0, the mean is chain 0. *)
Inductive over_weights := Decided | Undecided (any missing : bool).
Inductive program (A : Type) :=
| Return (a : A)
| Malformed
| Ask_supremum (first : nat) (s : system) (k j : nat) (next : Q -> bool -> program A)
| Ask_mixing (average l1 : bool) (s : system) (k : nat) (epsilon : Q) (next : nat -> program A)
| Ask_weight (head : nat) (x : Q) (strict : bool) (next : bool -> program A)
| Ask_weights (first : nat) (s : system) (q : mean_comparison) (stop : bool)
    (at_weight : bool -> program (option (option bool))) (next : over_weights -> program A).
Arguments Return {A} a.
Arguments Malformed {A}.
Arguments Ask_supremum {A} first s k j next.
Arguments Ask_mixing {A} average l1 s k epsilon next.
Arguments Ask_weight {A} head x strict next.
Arguments Ask_weights {A} first s q stop at_weight next.
Record question := Question {
  asked_from : nat; asked_system : system; asked_comparison : mean_comparison; asked_stop : bool;
  asked_at : bool -> program (option (option bool)) }.

Fixpoint bind {A B} (p : program A) (f : A -> program B) : program B :=
  match p with
  | Return a => f a
  | Malformed => Malformed
  | Ask_supremum first s k j next => Ask_supremum first s k j (fun phi attained => bind (next phi attained) f)
  | Ask_mixing average l1 s k epsilon next => Ask_mixing average l1 s k epsilon (fun t => bind (next t) f)
  | Ask_weight head x strict next => Ask_weight head x strict (fun b => bind (next b) f)
  | Ask_weights first s q stop at_weight next => Ask_weights first s q stop at_weight (fun v => bind (next v) f)
  end.
Notation "'let*' x := p 'in' q" := (bind p (fun x => q)) (at level 200, x binder, right associativity).

Inductive variable :=
| Bound_number (v : value) | Bound_word (letters : list Z) | Bound_system | Bound_weights (z : question).
Inductive position := Outside | Looking | At_weight (q : mean_comparison) (holds : bool).
Record context := Context { current : option prepared; bound : list (string * variable); position_of : position }.
Definition outside (c : context) : bool := match position_of c with Outside => true | _ => false end.
Definition bind_name (c : context) (x : string) (v : variable) : context :=
  Context (current c) ((x, v) :: bound c) (position_of c).
Definition bind_system (c : context) (x : string) (p : prepared) : context :=
  Context (Some p) ((x, Bound_system) :: bound c) (position_of c).
Definition move_to (c : context) (p : position) : context := Context (current c) (bound c) p.
Fixpoint found {A} (x : string) (l : list (string * A)) : option A :=
  match l with (y, a) :: l => if (x =? y)%string then Some a else found x l | [] => None end.

Definition current_system (c : context) : program prepared :=
  match current c with Some p => Return p | None => Malformed end.

(* The numbers that a source prints; none for one that is not a canonical rational. *)
Inductive printed := Printed_number (q : option Q) | Printed_rows (rows : list (list (option Q))).

(* Quantifiers and aggregates. *)
Inductive quantifier := Forall | Exists | Sum | Min_over | Max_over.
Record tally := Tally { every_domain : bool; any_instance : bool; result : value; decision : option context }.
(* Where a comparison is looked for, its outcome says which it is, and has no value. *)
Record outcome := Outcome { value_of : value; left_tally : option tally; looked_for : option mean_comparison }.

Definition truth_of (v : value) : program value :=
  match v with
  | None => Return None
  | Some x =>
      if equal_fractions (low x) (0 # 1) || equal_fractions (low x) (1 # 1)
      then Return (if is_exact x then v else None) else Malformed
  end.
Definition is_truth (b : bool) (v : value) : bool :=
  match v with Some x => is_exact x && equal_fractions (low x) (whole (if b then 1 else 0)) | None => false end.
Definition in_both (f : number -> number -> value) (v w : value) : value :=
  match v, w with Some x, Some y => f x y | _, _ => None end.
Definition image_of (f : Q -> Q -> Q) : value -> value -> value := in_both (fun x y => Some (image f x y)).

Definition is_quantifier (q : quantifier) : bool := match q with Forall | Exists => true | _ => false end.
Definition begun (q : quantifier) : tally :=
  Tally true false (match q with Forall => truth true | Exists | Sum => truth false | _ => None end) None.
Definition visit_with (q : quantifier) (c : context) (s : tally) (v : value) : tally :=
  match q with
  | Forall => if is_truth false v then Tally (every_domain s) true v (Some c)
              else Tally (every_domain s) true (image_of smaller (result s) v) None
  | Exists => if is_truth true v then Tally (every_domain s) true v (Some c)
              else Tally (every_domain s) true (image_of larger (result s) v) None
  | Sum => Tally (every_domain s) true (image_of plus (result s) v) None
  | Min_over => Tally (every_domain s) true (if any_instance s then image_of smaller (result s) v else v) None
  | Max_over => Tally (every_domain s) true (if any_instance s then image_of larger (result s) v else v) None
  end.
Definition finished (s : tally) : value :=
  match decision s with Some _ => result s | None => if every_domain s then result s else None end.

Definition visitor := context -> tally -> program tally.
Definition elements := option (list (lazy (list (lazy context)))).

Fixpoint visit_all (condition : context -> program value) (next : visitor) (l : list (lazy context)) (s : tally) :
  program tally :=
  match l with
  | [] => Return s
  | element :: l =>
      let c := element tt in
      let* holds := condition c in
      let* s := (if is_truth true holds then next c s else Return s) in
      match decision s with Some _ => Return s | None => visit_all condition next l s end
  end.
Fixpoint visit_groups (condition : context -> program value) (next : visitor) (l : list (lazy (list (lazy context))))
  (s : tally) : program tally :=
  match l with
  | [] => Return s
  | group :: l =>
      let* s := visit_all condition next (group tt) s in
      match decision s with Some _ => Return s | None => visit_groups condition next l s end
  end.
Definition visit_binder (domain : context -> program elements) (condition : context -> program value) (next : visitor) :
  visitor :=
  fun c s =>
    let* all := domain c in
    match all with
    | Some groups => visit_groups condition next groups s
    | None => Return (Tally false (any_instance s) (result s) (decision s))
    end.

(* The last binder of a quantifier, over all weights. A comparison that has no arguments leaves no elements. *)
Definition truth_value (v : value) : option bool :=
  if is_truth true v then Some true else if is_truth false v then Some false else None.
Definition visit_weights (first : nat) (q : quantifier) (x : string) (compared : context -> program outcome)
  (condition body : context -> program value) : visitor :=
  fun c s =>
    let* p := current_system c in
    if outside c && (x =? "weights")%string && (List.length (heads (base p)) =? 2)%nat
       && match found x (bound c) with Some _ => false | None => true end
    then
      let inside position := move_to (bind_name c x Bound_system) position in
      let* o := compared (inside Looking) in
      match looked_for o with
      | None => Return (Tally false (any_instance s) (result s) (decision s))
      | Some asked =>
          let stop := match q with Exists => true | _ => false end in
          let at_weight holds :=
            let c := inside (At_weight asked holds) in
            let* holds := condition c in
            if is_truth true holds then let* v := body c in Return (Some (truth_value v)) else Return None in
          let z := Question first (base p) asked stop at_weight in
          Ask_weights first (base p) asked stop at_weight (fun found =>
            Return
              match found with
              | Decided => Tally (every_domain s) true (truth stop) (Some (bind_name c x (Bound_weights z)))
              | Undecided any missing =>
                  Tally (every_domain s) (any_instance s || any) (if missing then None else result s) (decision s)
              end)
      end
    else Malformed.
