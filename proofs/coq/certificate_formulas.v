(* The evaluation of formulas (src/certificate/FORMAT.md, sections 2 and 5): from left to right.

   Glossary
     meaning           the value of a part in a context
     argument          what an argument of a function adds to the arguments before it
    constant          arithmetic on integers; it has the same value in every context (certificate_constants.v)
    once              a meaning that does not depend on the context, evaluated once
     evaluate          the value of a tree in a context; for a quantifier or aggregate also the tally of its instances.
                       This is the definition of what formulas mean, but for the answers that programs ask for *)
From Coq Require Import ZArith QArith List Bool String.
From crosshead Require Import integer_checks certificate_numbers certificate_systems certificate_families
  certificate_programs certificate_domains certificate_functions simplex_comparisons.
Import ListNotations.
Local Open Scope Z_scope.

Section Evaluation.
Variable first : nat.
Variable average : bool.
Variable printed_numbers : list (string * printed).

Definition meaning := context -> program value.
Fixpoint values_of (parts : list meaning) (c : context) : program (list value) :=
  match parts with
  | [] => Return []
  | part :: parts => let* v := part c in let* rest := values_of parts c in Return (v :: rest)
  end.
Fixpoint connective (stop : bool) (parts : list meaning) (result : value) (c : context) : program value :=
  match parts with
  | [] => Return result
  | part :: parts =>
      let* v := part c in
      let* v := truth_of v in
      if is_truth stop v then Return v else connective stop parts (if is_some v then result else None) c
  end.
Definition argument := context -> arguments -> program arguments.
Fixpoint arguments_of (parts : list argument) (a : arguments) (c : context) : program arguments :=
  match parts with
  | [] => Return a
  | part :: parts => let* a := part c a in arguments_of parts a c
  end.
(* A number stands for the range of itself alone. *)
Fixpoint pairs_of (parts : list (meaning * option meaning)) (c : context) : program (list (value * value)) :=
  match parts with
  | [] => Return []
  | (low, high) :: parts =>
      let* v := low c in
      let* w := match high with Some high => high c | None => Return v end in
      let* rest := pairs_of parts c in
      Return ((v, w) :: rest)
  end.
Definition malformed {A B} (_ : A) : program B := Malformed.
Definition by_letter (l : letter) (part : meaning) : argument := fun c a => let* v := part c in add_value l c a v.
Definition bound_word (x : string) : argument :=
  fun c a =>
    let* p := current_system c in
    match found x (bound c) with Some (Bound_word w) => Return (add_word a p w) | _ => Malformed end.
Definition listed_word (letters : list meaning) : argument :=
  fun c a =>
    let* p := current_system c in
    let* all := values_of letters c in
    Return (add_word a p (map (fun v => match integer_of v with Some k => k | None => 0 end) all)).
Definition mean_argument : argument :=
  fun c a => let* _ := current_system c in if outside c then Return (add_integer a true 0) else Malformed.
Definition apt_name (x : string) (k : domain_kind) : bool :=
  begins_with_letter x && Bool.eqb (x =? "system")%string (binds_system k)
  && Bool.eqb (x =? "weights")%string (binds_weights k).
Definition domain_of (x : string) (k : domain_kind) (arguments : list (meaning * option meaning)) (c : context) :
  program elements :=
  match found x (bound c) with
  | Some _ => Malformed
  | None =>
      if apt_name x k && right_number k (List.length arguments) && (outside c || negb (binds_system k))
      then let* all := pairs_of arguments c in elements_of k x all c
      else Malformed
  end.
Definition no_condition : meaning := fun _ => Return (truth true).

(* Exponentials and powers would be evaluated anew for every instance of a quantifier. *)
Definition is_arithmetic (f : function) : bool :=
  match f with Plus | Minus | Times | Divided | Power | Exp => true | _ => false end.
Fixpoint constant (t : tree) : bool :=
  match t with
  | Integer _ => true
  | Array (Text op :: parts) =>
      match found op operations with
      | Some (Function f _) => is_arithmetic f && forallb constant parts
      | _ => false
      end
  | _ => false
  end.
Definition nowhere : context := Context None [] Outside.
Definition once (m : meaning) : meaning := match m nowhere with Return v => fun _ => Return v | _ => m end.

Fixpoint evaluate (t : tree) : context -> program outcome :=
  let value_in (t : tree) : meaning :=
    let m := evaluate t in
    fun c => let* o := m c in match looked_for o with Some _ => Malformed | None => Return (value_of o) end in
  let just (m : meaning) : context -> program outcome := fun c => let* v := m c in Return (Outcome v None None) in
  let truth_in (t : tree) : meaning := let m := value_in t in fun c => let* v := m c in truth_of v in
  match t with
  | Integer z => just (fun _ => Return (integer z))
  | Text x => just (name_value x)
  | Array (Text op :: parts) =>
      match found op operations with
      | Some If =>
          match parts with
          | [a; x; y] =>
              let a := truth_in a in let x := value_in x in let y := value_in y in
              just (fun c => let* v := a c in
                             if is_truth true v then x c else if is_truth false v then y c else Return None)
          | _ => malformed
          end
      | Some (Connective stop) =>
          match parts with
          | [] => malformed
          | _ => let parts := map value_in parts in just (connective stop parts (truth (negb stop)))
          end
      | Some Printed =>
          match parts with
          | Text x :: parts =>
              let parts := map value_in parts in
              just (fun c => let* v := values_of parts c in printed_value printed_numbers x v)
          | _ => malformed
          end
      | Some (Function f letters) =>
          let arguments :=
            (fix all (parts : list tree) (letters : list letter) : option (list argument) :=
               match parts, letters with
               | [], [] => Some []
               | part :: parts, l :: letters =>
                   let this : argument :=
                     match l with
                     | C_chain =>
                         match part with
                         | Text x => if (x =? "mean")%string then mean_argument else fun _ => malformed
                         | Array [Text x; h] =>
                             if (x =? "head")%string then by_letter C_chain (value_in h) else fun _ => malformed
                         | _ => fun _ => malformed
                         end
                     | W_word =>
                         match part with
                         | Text x => bound_word x
                         | Array (Text x :: letters) =>
                             if (x =? "word")%string then listed_word (map value_in letters) else fun _ => malformed
                         | _ => fun _ => malformed
                         end
                     | l => by_letter l (value_in part)
                     end in
                   option_map (cons this) (all parts letters)
               | _, _ => None
               end) parts letters in
          match arguments with
          | Some arguments =>
              let all := arguments_of arguments no_arguments in
              let m : meaning := fun c => let* a := all c in apply first average f c a in
              if is_arithmetic f && forallb constant parts then just (once m)
              else match f with Of_mean f strict => fun c => let* a := all c in compare f strict c a | _ => just m end
          | None => malformed
          end
      | Some (Over q) =>
          let binder (b : tree) (next : visitor) : visitor :=
            match b with
            | Array (Text x :: Array (Text kind :: arguments) :: condition) =>
                match found kind domain_kinds with
                | Some k =>
                    let arguments :=
                      (fix all (ranges : nat) (parts : list tree) : list (meaning * option meaning) :=
                         match parts with
                         | [] => []
                         | part :: parts =>
                             let this :=
                               match ranges, part with
                               | S _, Array [Text dots; k; l] =>
                                   if (dots =? "..")%string then (value_in k, Some (value_in l))
                                   else (value_in part, None)
                               | _, _ => (value_in part, None)
                               end in
                             this :: all (pred ranges) parts
                         end) (ranges k) arguments in
                    match condition with
                    | [] => visit_binder (domain_of x k arguments) no_condition next
                    | [condition] => visit_binder (domain_of x k arguments) (truth_in condition) next
                    | _ => fun _ => malformed
                    end
                | None => fun _ => malformed
                end
            | _ => fun _ => malformed
            end in
          (* The first comparison of the mean in the order of the text. *)
          let comparison_in : tree -> option (context -> program outcome) :=
            fix search (t : tree) : option (context -> program outcome) :=
              match t with
              | Array parts =>
                  if match parts with Text op :: _ => is_comparison op | _ => false end then Some (evaluate t)
                  else
                    (fix any (parts : list tree) : option (context -> program outcome) :=
                       match parts with
                       | [] => None
                       | part :: parts => match search part with Some m => Some m | None => any parts end
                       end) parts
              | _ => None
              end in
          let over_weights (x : string) (condition : list tree) (body : tree) : visitor :=
            match condition, (fix first (l : list tree) : option (context -> program outcome) :=
                     match l with
                     | [] => comparison_in body
                     | t :: l => match comparison_in t with Some m => Some m | None => first l end
                     end) condition with
            | [], Some compared => visit_weights first q x compared no_condition (truth_in body)
            | [condition], Some compared => visit_weights first q x compared (truth_in condition) (truth_in body)
            | _, _ => fun _ => malformed
            end in
          let whole : option visitor :=
            match parts with
            | [] | [_] => None
            | _ =>
              (fix go (parts : list tree) : option visitor :=
               match parts with
               | [] => None
               | [body] =>
                   let body := if is_quantifier q then truth_in body else value_in body in
                   Some (fun c s => let* v := body c in Return (visit_with q c s v))
               | [Array (Text x :: Array [Text "simplex"] :: condition); body] =>
                   Some (if is_quantifier q then over_weights x condition body else fun _ => malformed)
               | b :: parts =>
                   match go parts with Some next => Some (binder b next) | None => None end
               end) parts
            end in
          match whole with
          | Some whole => fun c => let* s := whole c (begun q) in Return (Outcome (finished s) (Some s) None)
          | None => malformed
          end
      | None => malformed
      end
  | _ => malformed
  end.
End Evaluation.
