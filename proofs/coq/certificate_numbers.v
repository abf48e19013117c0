(* Numbers of a certificate's formulas (src/certificate/FORMAT.md, section 2).

   Glossary
     number            a rational, or what is known of a real number: rational bounds with low <= high
     value             a number, or none where a formula is undefined; truth values are the numbers 1 and 0
     reduced n d       the fraction n / d in lowest terms; all fractions here are kept so
     image f x y       bounds of f over the boxes of both numbers, for + - * min max
     less, equal       comparisons; undefined unless the bounds separate the sides
     exponential_low, exponential_high
                       bounds of exp: (1 + x/N)^N <= exp x <= 1 / (1 - x/N)^N with N = 2^64 by 64 squarings, rounded
                       to multiples of 2^-144; exponential_bounds.v proves them *)
From Coq Require Import ZArith QArith List Bool.
Import ListNotations.
Local Open Scope Z_scope.

Definition reduced (n : Z) (d : positive) : Q :=
  let g := Z.gcd n (Zpos d) in if g =? 1 then n # d else (n / g) # Z.to_pos (Zpos d / g).
Definition canonical (q : Q) : bool := Z.gcd (Qnum q) (Zpos (Qden q)) =? 1.
Definition equal_fractions (x y : Q) : bool := (Qnum x =? Qnum y) && (Qden x =? Qden y)%positive.
Definition whole (z : Z) : Q := z # 1.

Definition plus (x y : Q) : Q := reduced (Qnum x * Zpos (Qden y) + Qnum y * Zpos (Qden x)) (Qden x * Qden y).
Definition minus (x y : Q) : Q := reduced (Qnum x * Zpos (Qden y) - Qnum y * Zpos (Qden x)) (Qden x * Qden y).
Definition times (x y : Q) : Q := reduced (Qnum x * Qnum y) (Qden x * Qden y).
Definition inverse (x : Q) : Q :=
  match Qnum x with Z0 => 0 # 1 | Zpos p => Zpos (Qden x) # p | Zneg p => Zneg (Qden x) # p end.
Definition over (x y : Q) : Q := times x (inverse y).
Definition below (x y : Q) : bool := Qnum x * Zpos (Qden y) <? Qnum y * Zpos (Qden x).
Definition at_most (x y : Q) : bool := Qnum x * Zpos (Qden y) <=? Qnum y * Zpos (Qden x).
Definition smaller (x y : Q) : Q := if below y x then y else x.
Definition larger (x y : Q) : Q := if below x y then y else x.
Definition floor (x : Q) : Z := Qnum x / Zpos (Qden x).

Record number := Number { low : Q; high : Q }.
Definition value := option number.

Definition is_exact (x : number) : bool := equal_fractions (low x) (high x).
Definition exact (q : Q) : number := Number q q.
Definition integer (z : Z) : value := Some (exact (whole z)).
Definition truth (b : bool) : value := integer (if b then 1 else 0).

(* The integer that an exact number is, if it is one. *)
Definition integer_of (v : value) : option Z :=
  match v with
  | Some x => if is_exact x && (Qden (low x) =? 1)%positive then Some (Qnum (low x)) else None
  | None => None
  end.

Definition hull (a b c d : Q) : number :=
  Number (smaller (smaller a b) (smaller c d)) (larger (larger a b) (larger c d)).
Definition image (f : Q -> Q -> Q) (x y : number) : number :=
  if is_exact x && is_exact y then exact (f (low x) (low y))
  else hull (f (low x) (low y)) (f (low x) (high y)) (f (high x) (low y)) (f (high x) (high y)).
Definition contains_zero (x : number) : bool := at_most (low x) (0 # 1) && at_most (0 # 1) (high x).
Definition divide (x y : number) : value := if contains_zero y then None else Some (image over x y).

Definition raise_exact (x : Q) (k : Z) : Q := Qnum x ^ k # Z.to_pos (Zpos (Qden x) ^ k).
Definition raise_natural (x : number) (k : Z) : number :=
  if is_exact x then exact (raise_exact (low x) k) else Z.iter k (fun power => image times power x) (exact (1 # 1)).
Definition raise (x y : number) : value :=
  match integer_of (Some y) with
  | Some k => if k <? 0 then divide (exact (1 # 1)) (raise_natural x (- k)) else Some (raise_natural x k)
  | None => None
  end.

Definition less (x y : number) : value :=
  if below (high x) (low y) then truth true else if at_most (high y) (low x) then truth false else None.
Definition negation (v : value) : value :=
  match v with Some x => Some (image minus (exact (1 # 1)) x) | None => None end.
Definition equal (x y : number) : value :=
  match less x y, less y x with
  | Some a, Some b => negation (Some (image larger a b))
  | _, _ => None
  end.

(* In multiples of 2^-144. *)
Definition unit_of_precision : Z := 2 ^ 144.
Definition divided_up (x y : Z) : Z := - ((- x) / y).
Definition squarings : nat := 64.
Definition parts : Z := 2 ^ 64.
Definition squared_down (x : Z) : Z := x * x / unit_of_precision.
Definition squared_up (x : Z) : Z := divided_up (x * x) unit_of_precision.
Fixpoint repeated (f : Z -> Z) (k : nat) (x : Z) : Z := match k with O => x | S k => repeated f k (f x) end.

(* For x >= 0, the bound from above for x < 2^64. *)
Definition exponential_of_positive_low (x : Q) : Z :=
  repeated squared_down squarings (unit_of_precision + Qnum x * unit_of_precision / (Zpos (Qden x) * parts)).
Definition exponential_of_positive_high (x : Q) : Z :=
  let n := Zpos (Qden x) * parts in
  repeated squared_up squarings (divided_up (n * unit_of_precision) (n - Qnum x)).
Definition of_multiple (z : Z) : Q := reduced z (Z.to_pos unit_of_precision).
Definition opposite (x : Q) : Q := - Qnum x # Qden x.
Definition exponential_low (x : Q) : Q :=
  match Qnum x with
  | Z0 => 1 # 1
  | Zpos _ => of_multiple (exponential_of_positive_low x)
  | Zneg _ => inverse (of_multiple (exponential_of_positive_high (opposite x)))
  end.
Definition exponential_high (x : Q) : Q :=
  match Qnum x with
  | Z0 => 1 # 1
  | Zpos _ => of_multiple (exponential_of_positive_high x)
  | Zneg _ => inverse (of_multiple (exponential_of_positive_low (opposite x)))
  end.
(* The checker takes exponentials of numbers from -1000 to 1000 only. *)
Definition within_exponential_range (x : number) : bool := at_most (-1000 # 1) (low x) && at_most (high x) (1000 # 1).
Definition exponential (x : number) : number := Number (exponential_low (low x)) (exponential_high (high x)).
