(* The formulas of certificates (src/certificate/FORMAT.md, section 2): trees as they stand in the file, and what
   evaluates them.

   Glossary
     tree              an integer, a name, or an operation applied to parts; `Other` for anything else in the file
     program A         an evaluation: it returns, meets something malformed, or asks for a supremum or a mixing time and
                       goes on with the answer; certificate_soundness.v says which answers are true
     variable          what a name is bound to
     context           the current system and the bound names, latest first
     tally             what the instances of a quantifier or an aggregate have left so far: whether every domain had a
                       value, whether there was an instance, the result, and the context of the one that decided
     elements          the elements of a domain, as contexts in which they are bound; none if the domain has no value
     visit_binder      visits the elements for which the condition is true, until one decides *)
From Coq Require Import ZArith QArith List Bool String.
From crosshead Require Import integer_checks certificate_numbers certificate_systems certificate_families.
Import ListNotations.
Local Open Scope Z_scope.

Inductive tree := Integer (z : Z) | Text (x : string) | Array (parts : list tree) | Other.

(* Evaluations. Systems are asked about as they stand; chains and nodes count from 0, the mean is chain 0. *)
Inductive program (A : Type) :=
| Return (a : A)
| Malformed
| Ask_supremum (first : nat) (s : system) (k j : nat) (next : Q -> bool -> program A)
| Ask_mixing (average l1 : bool) (s : system) (k : nat) (epsilon : Q) (next : nat -> program A).
Arguments Return {A} a.
Arguments Malformed {A}.
Arguments Ask_supremum {A} first s k j next.
Arguments Ask_mixing {A} average l1 s k epsilon next.

Fixpoint bind {A B} (p : program A) (f : A -> program B) : program B :=
  match p with
  | Return a => f a
  | Malformed => Malformed
  | Ask_supremum first s k j next => Ask_supremum first s k j (fun phi attained => bind (next phi attained) f)
  | Ask_mixing average l1 s k epsilon next => Ask_mixing average l1 s k epsilon (fun t => bind (next t) f)
  end.
Notation "'let*' x := p 'in' q" := (bind p (fun x => q)) (at level 200, x binder, right associativity).

Inductive variable := Bound_number (v : value) | Bound_word (letters : list Z) | Bound_system.
Record context := Context { current : option prepared; bound : list (string * variable) }.
Definition bind_name (c : context) (x : string) (v : variable) : context := Context (current c) ((x, v) :: bound c).
Definition bind_system (c : context) (x : string) (p : prepared) : context :=
  Context (Some p) ((x, Bound_system) :: bound c).
Fixpoint found {A} (x : string) (l : list (string * A)) : option A :=
  match l with (y, a) :: l => if (x =? y)%string then Some a else found x l | [] => None end.

Definition current_system (c : context) : program prepared :=
  match current c with Some p => Return p | None => Malformed end.

(* The numbers that a source prints; none for one that is not a canonical rational. *)
Inductive printed := Printed_number (q : option Q) | Printed_rows (rows : list (list (option Q))).

(* Quantifiers and aggregates. *)
Inductive quantifier := Forall | Exists | Sum | Min_over | Max_over.
Record tally := Tally { every_domain : bool; any_instance : bool; result : value; decision : option context }.
Record outcome := Outcome { value_of : value; left_tally : option tally }.

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

