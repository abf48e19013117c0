(* Why a constant in a formula may be evaluated once (certificate_formulas.v): it makes no difference where.

   Glossary
     name_of f         how f is written in formulas
     binary f          the operation f takes two numbers; the exponential takes one
     settled p         the evaluation p asks for nothing
     stays m c         the meaning m asks for nothing, and is the same in the context c as nowhere *)
From Coq Require Import ZArith QArith List Bool String.
From mathcomp Require Import all_ssreflect.
From crosshead Require Import certificate_programs certificate_functions certificate_formulas.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.

Definition name_of (f : function) : string :=
  match f with Plus => "+" | Minus => "-" | Times => "*" | Divided => "/" | Power => "^" | _ => "exp" end.
Definition binary (f : function) : bool := match f with Plus | Minus | Times | Divided | Power => true | _ => false end.
Definition settled A (p : program A) : bool := match p with Return _ | Malformed => true | _ => false end.

Lemma found_in A (x : string) (l : list (string * A)) a : found x l = Some a -> List.In (x, a) l.
Proof.
elim: l => [|[y b] l IH] //=; case: String.eqb_spec => [<-|_] e; last by right; apply: IH.
by left; case: e => ->.
Qed.

Lemma arithmetic_operation op f letters :
  found op operations = Some (Function f letters) -> is_arithmetic f -> op = name_of f.
Proof.
have : List.forallb (fun o => match o.2 with
    | Function f _ => implb (is_arithmetic f) (o.1 =? name_of f)%string
    | _ => true end) operations by [].
move=> all_o found_op; have in_l := found_in found_op; have /= := proj1 (List.forallb_forall _ _) all_o _ in_l.
by case: is_arithmetic => // /String.eqb_spec.
Qed.

Definition stays A (m : context -> program A) c : Prop := settled (m nowhere) /\ m c = m nowhere.

Lemma bind_stays A B (m : context -> program A) (f : A -> program B) c : (forall a, settled (f a)) -> stays m c ->
  stays (fun c => let* a := m c in f a) c.
Proof. by move=> settled_f [settled_m]; rewrite /stays => ->; case: (m nowhere) settled_m => //= a; split. Qed.

Definition as_number (m : context -> program outcome) : meaning :=
  fun c => let* o := m c in match looked_for o with Some _ => Malformed | None => Return (value_of o) end.
Definition as_outcome (m : meaning) : context -> program outcome :=
  fun c => let* v := m c in Return (Outcome v None None).

Lemma number_stays (m : context -> program outcome) c : stays m c -> stays (as_number m) c.
Proof. by apply: bind_stays => -[v t []]. Qed.

Lemma outcome_stays (m : meaning) c : stays m c -> stays (as_outcome m) c.
Proof. exact: bind_stays. Qed.

(* To evaluate it once changes nothing. *)
Lemma once_stays (m : meaning) c : stays m c -> once m c = m c /\ stays (once m) c.
Proof.
have here c' : m c' = m nowhere -> once m c' = m c'.
  by move=> same; rewrite /once; case e: (m nowhere) => //=; rewrite same e.
by case=> settled_m same; rewrite /stays !here.
Qed.

Section Constants.
Variables (first : nat) (average : bool) (printed_numbers : list (string * printed)).
Local Notation value_at := (evaluate first average printed_numbers).
Local Notation number t := (by_letter V_number (as_number (value_at t))).

Definition applied (f : function) (parts : list argument) : meaning :=
  fun c => let* a := arguments_of parts no_arguments c in apply first average f c a.

Lemma exponential_stays a c : stays (value_at a) c -> stays (applied Exp [:: number a]) c.
Proof.
move=> /number_stays[+ same_a]; rewrite /stays /applied /by_letter /= same_a.
by case: (as_number _ nowhere) => //= -[x|] _ //=; case: ifP.
Qed.

Lemma binary_stays f a b c : binary f -> stays (value_at a) c -> stays (value_at b) c ->
  stays (applied f [:: number a; number b]) c.
Proof.
move=> two /number_stays[+ same_a] /number_stays[+ same_b]; rewrite /stays /applied /by_letter /= same_a same_b.
case: (as_number _ nowhere) => //= v _; case: (as_number _ nowhere) => //= w _.
by case: f two => //= _; case: ifP.
Qed.

Lemma evaluate_exponential a : value_at (Array [:: Text "exp"; a]) =
  if constant a && true then as_outcome (once (applied Exp [:: number a])) else as_outcome (applied Exp [:: number a]).
Proof. reflexivity. Qed.

Lemma evaluate_binary f a b : binary f -> value_at (Array [:: Text (name_of f); a; b]) =
  if [&& constant a, constant b & true] then as_outcome (once (applied f [:: number a; number b]))
  else as_outcome (applied f [:: number a; number b]).
Proof. move=> two; destruct f; try discriminate two; reflexivity. Qed.

Lemma wrong_number f parts c : is_arithmetic f -> size parts != (if binary f then 2 else 1)%N ->
  value_at (Array (Text (name_of f) :: parts)) c = Malformed.
Proof.
move=> arithmetic wrong; destruct f; try discriminate arithmetic;
  destruct parts as [|a [|b [|d parts]]]; try discriminate wrong; reflexivity.
Qed.

Lemma constant_parts op parts : constant (Array (Text op :: parts)) ->
  exists f letters, [/\ found op operations = Some (Function f letters), is_arithmetic f & forallb constant parts].
Proof.
Local Opaque operations.
by rewrite /=; case: (found op operations) => [[| | | |f letters]|] // /andP[]; exists f, letters.
Local Transparent operations.
Qed.

(* Arithmetic on integers asks for nothing, and has the same value in every context. *)
Theorem constant_everywhere t c : constant t -> stays (value_at t) c.
Proof.
move: t; fix IH 1 => -[z|x|[|[z|op|l|] parts]|] t_constant; try discriminate t_constant; first by split.
have [f [letters [found_op arithmetic all_constant]]] := constant_parts t_constant.
rewrite (arithmetic_operation found_op arithmetic) {t_constant found_op letters op}.
have [wrong|right] := boolP (size parts != (if binary f then 2 else 1)%N).
  by rewrite /stays !(wrong_number _ arithmetic wrong).
have [two|one] := boolP (binary f).
  case: parts all_constant right => [|a [|b [|d parts]]]; rewrite ?two //.
  move=> /and3P[a_constant b_constant _] _; rewrite (evaluate_binary a b two) a_constant b_constant.
  by have [_] := once_stays (binary_stays two (IH a a_constant) (IH b b_constant)); apply: outcome_stays.
have e : f = Exp by case: f arithmetic one {right}.
case: parts all_constant right => [|a [|b parts]]; rewrite ?(negbTE one) // e.
move=> /andP[a_constant _] _; rewrite evaluate_exponential a_constant.
by have [_] := once_stays (exponential_stays (IH a a_constant)); apply: outcome_stays.
Qed.
End Constants.
