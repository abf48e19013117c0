(* Polynomials in one variable with integer coefficients, and quotients of them (src/certificate/REGION.md, section 2).

   Definitions that compute; region_values.v has what they mean. Operations keep the last coefficient other than 0,
     which
   agreement with other replayers needs, and no proof.

   Glossary
     polynomial        its coefficients, the constant first
     quotient          over / under, the latter positive; nothing is cancelled
     sign p            the sign that all coefficients but zeros share, if they do
     signs             what tells signs of polynomials: on a whole piece (`sign`), or on a side of its root (`sign_at`)
     divided p g       p / g with integer coefficients, if it is a polynomial
     side              before, at or after the root of a piece *)
From Coq Require Import ZArith QArith List Bool.
Import ListNotations.
Local Open Scope Z_scope.

Definition polynomial := list Z.

Definition onto (a : Z) (p : polynomial) : polynomial :=
  match p, a with
  | [], Z0 => []
  | _, _ => a :: p
  end.
Definition constant (a : Z) : polynomial := onto a [].
Fixpoint trimmed (p : polynomial) : polynomial :=
  match p with [] => [] | a :: p => onto a (trimmed p) end.

Fixpoint poly_plus (p q : polynomial) : polynomial :=
  match p, q with
  | [], _ => q
  | _, [] => p
  | a :: p', b :: q' => onto (a + b) (poly_plus p' q')
  end.
Definition poly_scale (a : Z) (p : polynomial) : polynomial := if a =? 0 then [] else map (Z.mul a) p.
Definition poly_minus (p q : polynomial) : polynomial := poly_plus p (map Z.opp q).
Fixpoint poly_times (p q : polynomial) : polynomial :=
  match p with
  | [] => []
  | a :: p' => poly_plus (poly_scale a q) (onto 0 (poly_times p' q))
  end.
Definition poly_equal (p q : polynomial) : bool :=
  match poly_minus p q with [] => true | _ => false end.
Definition poly_zero (p : polynomial) : bool := match p with [] => true | _ => false end.

(* ---- Signs ---- *)

Fixpoint sign (p : polynomial) : option comparison :=
  match p with
  | [] => Some Eq
  | a :: p' =>
      match sign p', a ?= 0 with
      | None, _ => None
      | s, Eq => s
      | Some Eq, c => Some c
      | Some Lt, Lt => Some Lt
      | Some Gt, Gt => Some Gt
      | _, _ => None
      end
  end.
Definition positive_poly (p : polynomial) : bool := match sign p with Some Gt => true | _ => false end.
Definition nonnegative_poly (p : polynomial) : bool :=
  match sign p with Some Gt | Some Eq => true | _ => false end.

(* ---- Quotients ---- *)

Record quotient := Quotient { over : polynomial; under : polynomial }.
Definition whole_poly (p : polynomial) : quotient := Quotient p [1].
Definition quotient_of (q : Q) : quotient := Quotient (constant (Qnum q)) [Zpos (Qden q)].
Definition zero_quotient : quotient := whole_poly [].
Definition quotient_times (a b : quotient) : quotient :=
  Quotient (poly_times (over a) (over b)) (poly_times (under a) (under b)).
Definition quotient_plus (a b : quotient) : quotient :=
  if poly_zero (over b) then a
  else Quotient (poly_plus (poly_times (over a) (under b)) (poly_times (over b) (under a)))
                (poly_times (under a) (under b)).
Definition quotient_minus (a b : quotient) : quotient :=
  quotient_plus a (Quotient (map Z.opp (over b)) (under b)).

(* ---- Division ---- *)

(* The coefficients from the last one down: those of `rest` less a multiple of g's. *)
Fixpoint less_multiple (a : Z) (g rest : list Z) : list Z :=
  match g, rest with
  | b :: g', c :: rest' => c - a * b :: less_multiple a g' rest'
  | _, _ => rest
  end.
Fixpoint divided_from (steps : nat) (first : Z) (g rest quotient : list Z) : option polynomial :=
  match steps, rest with
  | O, _ => if forallb (Z.eqb 0) rest then Some quotient else None
  | S steps', c :: rest' =>
      let a := c / first in
      if a * first =? c then divided_from steps' first g (less_multiple a g rest') (a :: quotient) else None
  | S _, [] => None
  end.
Definition divided (p g : polynomial) : option polynomial :=
  match rev g with
  | [] => None
  | first :: g' =>
      match divided_from (S (length p) - length g) first g' (rev p) [] with
      | Some q => if poly_equal (poly_times q g) p then Some q else None
      | None => None
      end
  end.

(* ---- Signs on the sides of a root ---- *)

Inductive side := Before | At | After.

(* The polynomial has one root among the positive numbers, with these signs before and after it. *)
Record root := Root { modulus : polynomial; sign_before : comparison; sign_after : comparison }.

Definition times_sign (c d : comparison) : comparison :=
  match c, d with
  | Eq, _ | _, Eq => Eq
  | Gt, d => d
  | Lt, d => CompOpp d
  end.
Definition root_sign (g : root) (s : side) : comparison :=
  match s with Before => sign_before g | At => Eq | After => sign_after g end.

(* The sign of p there: divide by the modulus as often as it goes. *)
Fixpoint sign_divided (steps : nat) (g : root) (s : side) (p : polynomial) : option comparison :=
  match steps with
  | O => sign p
  | S steps' =>
      match divided p (modulus g) with
      | Some q => option_map (times_sign (root_sign g s)) (sign_divided steps' g s q)
      | None => sign p
      end
  end.
Definition sign_at (g : root) (s : side) (p : polynomial) : option comparison :=
  match sign p with
  | Some c => Some c
  | None => sign_divided (length p) g s p
  end.

(* The signs of the coefficients in their order, without zeros and repetitions. *)
Fixpoint sign_changes (p : polynomial) : list comparison :=
  match p with
  | [] => []
  | a :: p' =>
      match a ?= 0, sign_changes p' with
      | Eq, l => l
      | c, [] => [c]
      | Lt, Lt :: l => Lt :: l
      | Gt, Gt :: l => Gt :: l
      | c, l => c :: l
      end
  end.
Definition without_content (p : polynomial) : polynomial :=
  let c := fold_right Z.gcd 0 p in map (fun a => a / c) p.
Definition root_of (p : polynomial) : option root :=
  let p := without_content p in
  match sign_changes p with
  | [before; after] => Some (Root p before after)
  | _ => None
  end.
