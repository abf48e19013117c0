(* The domains of binders (src/certificate/FORMAT.md, section 2).

   Glossary
     domain_kind       what a domain is, by its first word; right_number, ranges: what arguments it takes
     elements_of       its elements, for the values of its arguments: pairs, of the ends of a range or twice a number *)
From Coq Require Import ZArith QArith List Bool String Ascii.
From crosshead Require Import integer_checks certificate_numbers certificate_systems certificate_families
  certificate_programs.
Import ListNotations.
Local Open Scope Z_scope.

(* Domains. *)
Definition begins_with_letter (x : string) : bool :=
  match x with
  | String a _ => let k := N_of_ascii a in ((65 <=? k) && (k <=? 90) || (97 <=? k) && (k <=? 122))%N
  | EmptyString => false
  end.
Definition now {A} (l : list (lazy A)) : option (list (lazy (list (lazy A)))) := Some [fun _ => l].
Definition one_by_one {A B} (f : A -> B) (l : list A) : list (lazy B) := map (fun a (_ : unit) => f a) l.

Inductive domain_kind :=
| Range_domain | List_domain | Words_domain | Grid_domain (inner : bool)
| Set_domain (f : set_family) | Single_domain (f : single_family) | Lazy_line_domain.
Definition domain_kinds : list (string * domain_kind) :=
  [(".."%string, Range_domain); ("list"%string, List_domain); ("words"%string, Words_domain);
   ("grid"%string, Grid_domain false); ("inner_grid"%string, Grid_domain true);
   ("unique_sink"%string, Set_domain Unique_sink); ("feedforward"%string, Set_domain Feedforward);
   ("optional_loops"%string, Set_domain Optional_loops); ("digraphs"%string, Set_domain Digraphs);
   ("chains"%string, Set_domain Chains); ("diffusions"%string, Set_domain Diffusions);
   ("line"%string, Single_domain Line); ("star"%string, Single_domain Star); ("full"%string, Single_domain Full);
   ("local"%string, Single_domain Local); ("lazy_line"%string, Lazy_line_domain)].

(* Whether so many arguments are right, and how many of them may be ranges. *)
Definition right_number (k : domain_kind) (arguments : nat) : bool :=
  match k with
  | Range_domain => arguments =? 2
  | List_domain => 1 <=? arguments
  | Words_domain | Grid_domain _ => arguments =? 1
  | Set_domain f => arguments =? (if is_matrix_family f then 3 else 2)
  | Single_domain Local => arguments =? 2
  | Single_domain _ => arguments =? 1
  | Lazy_line_domain => 2 <=? arguments
  end%nat.
Definition ranges (k : domain_kind) : nat :=
  match k with Set_domain _ => 2 | Single_domain _ | Lazy_line_domain => 1 | _ => 0 end%nat.
Definition binds_system (k : domain_kind) : bool :=
  match k with Set_domain _ | Single_domain _ | Lazy_line_domain => true | _ => false end.
Definition binds_weights (k : domain_kind) : bool := match k with Grid_domain _ => true | _ => false end.

Definition at_least_one (v : value) : option Z :=
  match integer_of v with Some k => if 1 <=? k then Some k else None | None => None end.
Definition size_range (argument : value * value) : option (Z * Z) :=
  match at_least_one (fst argument), integer_of (snd argument) with Some k, Some l => Some (k, l) | _, _ => None end.
Definition probability (v : value) : option Q :=
  match v with
  | Some x => if is_exact x && at_most (0 # 1) (low x) && at_most (low x) (1 # 1) then Some (low x) else None
  | None => None
  end.
Fixpoint all_some {A} (l : list (option A)) : option (list A) :=
  match l with
  | [] => Some []
  | Some a :: l => option_map (cons a) (all_some l)
  | None :: _ => None
  end.
(* The systems of a family, by their numbers of nodes. *)
Definition by_nodes (k l : Z) (systems : nat -> list (lazy prepared)) (c : context) (x : string) : elements :=
  Some (map (fun n (_ : unit) => map (fun p (_ : unit) => bind_system c x (p tt)) (systems (Z.to_nat n))) (range k l)).

Definition elements_of (k : domain_kind) (x : string) (arguments : list (value * value)) (c : context) :
  program elements :=
  match k, arguments with
  | Range_domain, [(k, _); (l, _)] =>
      Return
        match integer_of k, integer_of l with
        | Some k, Some l => now (one_by_one (fun z => bind_name c x (Bound_number (integer z))) (range k l))
        | _, _ => None
        end
  | List_domain, _ => Return (now (one_by_one (fun v => bind_name c x (Bound_number (fst v))) arguments))
  | Words_domain, [(t, _)] =>
      let* p := current_system c in
      Return
        match integer_of t with
        | Some t =>
            if t <? 0 then None
            else
              let letters := range 1 (Z.of_nat (List.length (heads (base p)))) in
              now (one_by_one (fun w => bind_name c x (Bound_word w)) (all_lists letters (Z.to_nat t)))
        | None => None
        end
  | Grid_domain inner, [(d, _)] =>
      let* p := current_system c in
      Return
        match at_least_one d with
        | Some d =>
            let all := compositions (if inner then 1 else 0) (List.length (heads (base p))) d in
            now (one_by_one (fun w => bind_system c x (with_weights p (map (fun k => reduced k (Z.to_pos d)) w))) all)
        | None => None
        end
  | Set_domain f, n :: h :: rest =>
      let d := match rest with [(d, _)] => at_least_one d | _ => Some 1 end in
      Return
        match size_range n, size_range h, d with
        | Some (k, l), Some (few, many), Some d => by_nodes k l (fun n => sets f n few many d) c x
        | _, _, _ => None
        end
  | Single_domain f, n :: rest =>
      let width := match rest with [(w, _)] => integer_of w | _ => Some 0 end in
      Return
        match size_range n, width with
        | Some (k, l), Some w => if w <? 0 then None else by_nodes k l (fun n => [fun _ => single f n w]) c x
        | _, _ => None
        end
  | Lazy_line_domain, n :: steps =>
      Return
        match size_range n, all_some (map (fun p => probability (fst p)) steps) with
        | Some (k, l), Some steps => by_nodes k l (fun n => [fun _ => lazy_line n steps]) c x
        | _, _ => None
        end
  | _, _ => Malformed
  end.

