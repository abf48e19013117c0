(* Formulas as a certificate file writes them, but for the brackets: <[ "=" ; "n" ; 2 ]> is ["=", "n", 2]. Only the
   files that certificate_to_coq.py writes use these notations. *)
From Coq Require Import ZArith String List.
From crosshead Require Import certificate_programs.

Coercion Integer : Z >-> tree.
Coercion Text : string >-> tree.
Notation "<[ ]>" := (Array (@nil tree)).
Notation "<[ x ; .. ; y ]>" := (Array (@cons tree x .. (@cons tree y (@nil tree)) ..)).
