(* The verified checker as an OCaml program: certificate_check.check, with Z and positive as arbitrary-precision
   integers of zarith, nat as int, and strings as OCaml's. What is written in quotes here, and check_certificates.ml,
   which reads certificates, is trusted by those who run the program; the theorems about `check` do not depend on it. *)
From Coq Require Import ZArith QArith.
From Coq Require Import Extraction ExtrOcamlBasic ExtrOcamlNatInt ExtrOcamlZBigInt ExtrOcamlNativeString.
From crosshead Require Import certificate_check best_weights_check region_certificates.

Extract Constant Z.gcd => "Big_int_Z.gcd_big_int".
Extract Constant Z.of_nat => "Big_int_Z.big_int_of_int".
Extract Constant Z.to_nat => "(fun z -> if Big_int_Z.sign_big_int z <= 0 then 0 else Big_int_Z.int_of_big_int z)".
Extract Constant Z.pow =>
  "(fun x k -> if Big_int_Z.sign_big_int k < 0 then Big_int_Z.zero_big_int
               else Big_int_Z.power_big_int_positive_int x (Big_int_Z.int_of_big_int k))".
Extract Constant Z.leb => "Big_int_Z.le_big_int".
Extract Constant Z.ltb => "Big_int_Z.lt_big_int".
Extract Constant Pos.eqb => "Big_int_Z.eq_big_int".

Extraction "certified_checker.ml" check check_best accepted_region.
