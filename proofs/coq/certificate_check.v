(* A checker of certificates that computes (src/certificate/FORMAT.md, sections 1, 4 and 5). The layout of the file, its
   hashes and the spelling of its numbers are the subject of certificate_to_coq.py. certificate_soundness.v proves what
   acceptance means.

   Glossary
     fact              a supremum with its proof, or a mixing time, of chain k of a system (0 the mean, k the k-th
                       head), or a comparison of the mean over all weights with its proof
     listing           a system and its facts
     regions           the cells of all facts over the weights, by the numbers of their systems
     answers           what is known of suprema, mixing times, and quantifiers over the weights
     run               an evaluation with these answers; none if it is malformed or an answer is missing
     reading           a formula with its convention, what it is evaluated for, and what is listed for it
     check             whether the certificate is accepted *)
From Coq Require Import ZArith QArith List Bool String FMapPositive.
From crosshead Require Import region_documents simplex_comparisons simplex_check.
From crosshead Require Import integer_checks certificate_numbers certificate_systems certificate_families
  certificate_programs certificate_domains certificate_functions certificate_formulas.
Import ListNotations.
Local Open Scope Z_scope.

Inductive fact :=
| Supremum_fact (k j : nat) (phi : Q) (attained : bool) (p : proof)
| Mixing_fact (k : nat) (l1 : bool) (t : nat) (epsilon : Q)
| Weights_fact (q : mean_comparison) (order : list item) (pieces : list piece).
Definition listing := (system * list fact)%type.

Inductive instance :=
| Instance_value (q : Q)
| Instance_word (letters : list Z)
| Instance_system (s : system)
| Instance_weights (w : list Q)
| Instance_between (from to : Q) (side : part).
Definition witness := list (string * instance).

Inductive role := Is_stated | Is_hypothesis | Is_fact.
Inductive verdict := Verified | Refuted | Holds_if | Ambiguous | Not_a_claim.
Record reading := Reading {
  role_of : role; formula : tree; first_step : nat; average_start : bool; printed_of : list (string * printed);
  given : option system; stated_truth : bool; witness_of : option witness; listings : list listing }.
Record certificate := Certificate { stated_verdict : verdict; is_definition : bool; readings : list reading }.

(* ---- Facts ---- *)

(* Facts over the weights are the subject of regions_of. *)
Definition verify (first : nat) (average : bool) (p : prepared) (f : fact) : bool :=
  let s := sink_node (base p) in
  match f with
  | Supremum_fact k j phi attained pr =>
      match chain_of p k with
      | Some c => match diffusion c with
                  | Some d => canonical phi && check_phi first d s j phi attained pr
                  | None => false
                  end
      | None => false
      end
  | Mixing_fact k l1 t epsilon =>
      match chain_of p k with
      | Some c => match walk c with
                  | Some w => canonical epsilon && check_t_mix average l1 w s t epsilon
                  | None => false
                  end
      | None => false
      end
  | Weights_fact _ _ _ => true
  end.
Definition same_subject (f g : fact) : bool :=
  match f, g with
  | Supremum_fact k j _ _ _, Supremum_fact k' j' _ _ _ => (k =? k')%nat && (j =? j')%nat
  | Mixing_fact k l1 _ e, Mixing_fact k' l1' _ e' => (k =? k')%nat && Bool.eqb l1 l1' && equal_fractions e e'
  | Weights_fact q _ _, Weights_fact q' _ _ => equal_comparisons q q'
  | _, _ => false
  end.
Fixpoint distinct (facts : list fact) : bool :=
  match facts with [] => true | f :: facts => negb (existsb (same_subject f) facts) && distinct facts end.
Definition verify_listing (first : nat) (average : bool) (l : listing) : bool :=
  let p := prepare (fst l) in is_system (fst l) && distinct (snd l) && forallb (verify first average p) (snd l).

(* Listings by a number that their systems give; a system that is listed twice is refused. *)
Definition mixed_in (h x : Z) : Z := (h * 31 + x + 7) mod 1000003.
Definition mixed_row (h : Z) (row : list Q) : Z :=
  fold_left (fun h q => mixed_in (mixed_in h (Qnum q)) (Zpos (Qden q))) row h.
Definition mixed_head (h : Z) (x : head) : Z :=
  match x with
  | Edges edges => fold_left (fun h e => mixed_in h (Z.of_nat (fst e) * 37 + Z.of_nat (snd e))) edges (mixed_in h 1)
  | Matrices d w =>
      let rows_in h m := match m with Some rows => fold_left mixed_row rows (mixed_in h 2) | None => mixed_in h 3 end in
      rows_in (rows_in h d) w
  end.
Definition number_of (s : system) : positive :=
  Z.to_pos (1 + mixed_row (fold_left mixed_head (heads s) (Z.of_nat (nodes s))) (weights s)).
Definition index := PositiveMap.t (list listing).
Definition same_number (t : index) (s : system) : list listing :=
  match PositiveMap.find (number_of s) t with Some l => l | None => [] end.
Definition about (s : system) (l : listing) : bool := equal_systems s (fst l).
Fixpoint index_of (l : list listing) : option index :=
  match l with
  | [] => Some (PositiveMap.empty _)
  | a :: l =>
      match index_of l with
      | Some t =>
          let others := same_number t (fst a) in
          if existsb (about (fst a)) others then None
          else Some (PositiveMap.add (number_of (fst a)) (a :: others) t)
      | None => None
      end
  end.
Definition facts_of (t : index) (s : system) : list fact :=
  match find (about s) (same_number t s) with Some l => snd l | None => [] end.

(* Cells are computed once for each fact. *)
Definition cells_of_facts (first : nat) (l : listing) : option (list (mean_comparison * list cell)) :=
  match filter (fun f => match f with Weights_fact _ _ _ => true | _ => false end) (snd l) with
  | [] => Some []
  | facts =>
      let p := prepare (fst l) in
      all_some (map (fun f =>
        match f with
        | Weights_fact q order pieces => option_map (pair q) (weights_cells first p q order pieces)
        | _ => None
        end) facts)
  end.
Definition regions := PositiveMap.t (list (system * list (mean_comparison * list cell))).
Definition same_regions (t : regions) (s : system) : list (system * list (mean_comparison * list cell)) :=
  match PositiveMap.find (number_of s) t with Some l => l | None => [] end.
Fixpoint regions_of (first : nat) (l : list listing) : option regions :=
  match l with
  | [] => Some (PositiveMap.empty _)
  | a :: l =>
      match regions_of first l, cells_of_facts first a with
      | Some t, Some [] => Some t
      | Some t, Some found =>
          let s := fst a in Some (PositiveMap.add (number_of s) ((s, found) :: same_regions t s) t)
      | _, _ => None
      end
  end.
Definition listed_cells (t : regions) (s : system) (q : mean_comparison) : option (list cell) :=
  match find (fun l => equal_systems s (fst l)) (same_regions t s) with
  | Some l => option_map snd (find (fun x => equal_comparisons q (fst x)) (snd l))
  | None => None
  end.

(* ---- Evaluation with answers ---- *)

Record answers := Answers {
  supremum_answer : nat -> system -> nat -> nat -> option (Q * bool);  (* first step, system, chain, node *)
  mixing_answer : bool -> bool -> system -> nat -> Q -> option nat;    (* average, l1, system, chain, threshold *)
  weights_answer : question -> option over_weights }.

Fixpoint run {A} (known : answers) (p : program A) : option A :=
  match p with
  | Return a => Some a
  | Malformed => None
  | Ask_supremum first s k j next =>
      match supremum_answer known first s k j with
      | Some (phi, attained) => run known (next phi attained)
      | None => None
      end
  | Ask_mixing average l1 s k epsilon next =>
      match mixing_answer known average l1 s k epsilon with Some t => run known (next t) | None => None end
  | Ask_weight _ _ _ _ => None
  | Ask_weights first s q stop at_weight next =>
      match weights_answer known (Question first s q stop at_weight) with
      | Some found => run known (next found)
      | None => None
      end
  end.

Definition listed_supremum (first : nat) (t : index) (first' : nat) (s : system) (k j : nat) : option (Q * bool) :=
  if (first =? first')%nat then
    match find (same_subject (Supremum_fact k j (0 # 1) true (Absorbing []))) (facts_of t s) with
    | Some (Supremum_fact _ _ phi attained _) => Some (phi, attained)
    | _ => None
    end
  else None.
Definition listed_mixing (average : bool) (t : index) (average' l1 : bool) (s : system) (k : nat) (epsilon : Q) :
  option nat :=
  if Bool.eqb average average' then
    match find (same_subject (Mixing_fact k l1 0 epsilon)) (facts_of t s) with
    | Some (Mixing_fact _ _ t _) => Some t
    | _ => None
    end
  else None.

Section Listed.
Variables (first : nat) (average : bool) (t : index) (r : regions).

Definition at_cell (z : question) (c : cell) : found_at :=
  run_at (listed_supremum first t) (listed_mixing average t) (heavier_in c) (asked_at z (answer c)).
Definition cells_for (z : question) : option (list cell) :=
  if (first =? asked_from z)%nat then listed_cells r (asked_system z) (asked_comparison z) else None.
Definition listed_weights (z : question) : option over_weights :=
  match cells_for z with
  | Some cells => over_cells (at_cell z) (asked_stop z) cells false false
  | None => None
  end.
Definition deciding_cell (z : question) : option cell :=
  match cells_for z with Some cells => find (decides (at_cell z) (asked_stop z)) cells | None => None end.
Definition listed : answers := Answers (listed_supremum first t) (listed_mixing average t) listed_weights.
End Listed.

(* ---- Readings ---- *)

Definition formula_outcome (r : reading) : program outcome :=
  let* o := evaluate (first_step r) (average_start r) (printed_of r) (formula r)
              (Context (option_map prepare (given r)) [] Outside) in
  let* v := truth_of (value_of o) in
  Return (Outcome v (left_tally o) None).

Definition begins_with_quantifier (t : tree) : bool :=
  match t with
  | Array (Text op :: _) => match found op operations with Some (Over q) => is_quantifier q | _ => false end
  | _ => false
  end.
Definition instance_of (between : question -> option cell) (c : context) (b : string * variable) :
  option (string * instance) :=
  match snd b, current c with
  | Bound_number (Some x), _ => if is_exact x then Some (fst b, Instance_value (low x)) else None
  | Bound_word w, _ => Some (fst b, Instance_word w)
  | Bound_weights z, _ =>
      match between z with
      | Some c => Some (fst b, Instance_between (from c) (to c) (part_of c))
      | None => None
      end
  | Bound_system, Some p =>
      Some (fst b, if (fst b =? "system")%string then Instance_system (base p) else Instance_weights (weights (base p)))
  | _, _ => None
  end.
Definition equal_instances (x y : string * instance) : bool :=
  (fst x =? fst y)%string &&
  match snd x, snd y with
  | Instance_value a, Instance_value b => equal_fractions a b
  | Instance_word a, Instance_word b => equal_lists Z.eqb a b
  | Instance_system a, Instance_system b => equal_systems a b
  | Instance_weights a, Instance_weights b => equal_lists equal_fractions a b
  | Instance_between l r p, Instance_between l' r' p' =>
      equal_fractions l l' && equal_fractions r r' && equal_parts p p'
  | _, _ => false
  end.
Definition right_witness (between : question -> option cell) (r : reading) (o : outcome) : bool :=
  match (if begins_with_quantifier (formula r) then left_tally o else None) with
  | None => negb (is_some (witness_of r))
  | Some t =>
      any_instance t &&
      match decision t, witness_of r with
      | None, None => true
      | Some c, Some w =>
          match all_some (map (instance_of between c) (rev (bound c))) with
          | Some found => equal_lists equal_instances found w
          | None => false
          end
      | _, _ => false
      end
  end.

Definition check_reading (r : reading) : bool :=
  (first_step r <=? 1)%nat
  && match given r with Some s => is_system s | None => true end
  && forallb (verify_listing (first_step r) (average_start r)) (listings r)
  && match index_of (listings r), regions_of (first_step r) (listings r) with
     | Some t, Some cells =>
         match run (listed (first_step r) (average_start r) t cells) (formula_outcome r) with
         | Some o =>
             is_truth (stated_truth r) (value_of o)
             && right_witness (deciding_cell (first_step r) (average_start r) t cells) r o
         | None => false
         end
     | _, _ => false
     end.

(* ---- The verdict ---- *)

Definition is_role (x : role) (r : reading) : bool :=
  match x, role_of r with
  | Is_stated, Is_stated | Is_hypothesis, Is_hypothesis | Is_fact, Is_fact => true
  | _, _ => false
  end.
Definition verdict_of (definition : bool) (all : list reading) : verdict :=
  let truths x := map stated_truth (filter (is_role x) all) in
  let no_hypothesis := match truths Is_hypothesis with [] => true | _ => false end in
  if definition then Not_a_claim
  else if forallb (fun b => b) (truths Is_stated) then Verified
  else if existsb (fun b => b) (truths Is_stated) then Ambiguous
  else if negb no_hypothesis && forallb (fun b => b) (truths Is_hypothesis) then Holds_if
  else Refuted.
Definition equal_verdicts (x y : verdict) : bool :=
  match x, y with
  | Verified, Verified | Refuted, Refuted | Holds_if, Holds_if | Ambiguous, Ambiguous | Not_a_claim, Not_a_claim => true
  | _, _ => false
  end.

Definition check (c : certificate) : bool :=
  existsb (is_role Is_stated) (readings c)
  && equal_verdicts (stated_verdict c) (verdict_of (is_definition c) (readings c))
  && forallb check_reading (readings c).
