(* Facts of certificates, checked by computation and turned into theorems about rational matrices.

   Glossary
     pair_walk, pair_diffusion   the system of src/certificate/FORMAT.md, section 6
     merged                      the mean of the two heads of E3.13, on the nodes u, v, w, tau
     drained                     a cycle of two nodes, one of which leads to the sink
     swap                        two nodes with an edge each way, without self-loops *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems facts mixing_facts.
From crosshead Require Import integer_checks integer_numbers integer_semantics integer_theorems.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import ListNotations.
Local Open Scope Z_scope.
Local Notation zero := (Qmake 0 1).
Local Notation one := (Qmake 1 1).
Local Notation half := (Qmake 1 2).

Definition pair_walk := Matrix 2 [[1; 0]; [1; 2]].
Definition pair_diffusion := Matrix 2 [[2; 0]; [1; 1]].
Definition merged := Matrix 4 [[3; 1; 0; 0]; [1; 3; 0; 0]; [1; 1; 2; 0]; [0; 0; 2; 2]].
Definition drained := Matrix 6 [[3; 3; 0]; [3; 3; 0]; [0; 3; 3]].
Definition swap := Matrix 1 [[0; 1]; [1; 0]].

(* ---- Theorems ---- *)

Theorem pair_mixing_time :
  mixing_time_at false false (to_mx 1 pair_walk) (sink 1) (to_rat (1 # 4)) 2.
Proof. by have [] := @check_t_mix_sound 1 pair_walk (sink 1) erefl false false 2 (1 # 4) erefl. Qed.

Theorem pair_supremum :
  decided 1 (fun t => signal_from (to_mx 1 pair_diffusion) (sink 1) t ord0) (to_rat 1) false.
Proof.
exact: (@check_phi_sound 1 1 pair_diffusion (sink 1) ord0 1 erefl false (Absorbing [one; one]) erefl).
Qed.

Theorem pair_supremum_at_sink :
  decided 1 (fun t => signal_from (to_mx 1 pair_diffusion) (sink 1) t (sink 1)) (to_rat (1 # 2)) true.
Proof.
exact: (@check_phi_sound 1 1 pair_diffusion (sink 1) (sink 1) (1 # 2) erefl true (Superharmonic 1 1 [zero; one]) erefl).
Qed.

(* E3.13: the merged system's signals of u and v have the supremum 1/2 and do not attain it. *)
Theorem merged_supremum (j : 'I_4) : (j < 2)%N ->
  decided 1 (fun t => signal_from (to_mx 3 merged) (sink 3) t j) (to_rat (1 # 2)) false.
Proof.
move=> j_lt2; apply: (@check_phi_sound 3 1 merged (sink 3) j (1 # 2) erefl false (Recurrence 1 [half; half])).
by case: j j_lt2 => [[|[|j]] lt_j] //= _; vm_compute.
Qed.

(* ---- Computations ---- *)

Example recurrence_of_merged : check_phi 0 merged 3 0 (1 # 2) false (Recurrence 0 [half; half]) = true.
Proof. by vm_compute. Qed.
Example one_root_is_not_enough : check_phi 0 merged 3 0 (1 # 2) false (Recurrence 0 [half]) = false.
Proof. by vm_compute. Qed.
Example attained_at_w : check_phi 1 merged 3 2 (1 # 2) true (Superharmonic 1 3 [zero; zero; one; one]) = true.
Proof. by vm_compute. Qed.
Example recurrence_of_drained : check_phi 1 drained 2 0 (1 # 2) false (Recurrence 1 [half]) = true.
Proof. by vm_compute. Qed.
Example wrong_supremum : check_phi 1 drained 2 0 (2 # 3) false (Recurrence 1 [half]) = false.
Proof. by vm_compute. Qed.
Example not_as_stated : check_phi 1 pair_diffusion 1 0 1 true (Absorbing [one; one]) = false.
Proof. by vm_compute. Qed.
Example absorbed_at_once : check_phi 1 swap 1 1 1 true (Absorbing [zero; one]) = false.
Proof. by vm_compute. Qed.
Example periodic : check_phi 1 swap 1 0 1 true (Contraction 1 1 [[zero; one]; [one; zero]]) = true.
Proof. by vm_compute. Qed.
Example out_of_phase : check_phi 1 swap 1 0 1 true (Contraction 1 1 [[one; zero]; [zero; one]]) = false.
Proof. by vm_compute. Qed.
Example too_late : check_t_mix false false pair_walk 1 3 (1 # 4) = false.
Proof. by vm_compute. Qed.
Example strict_criterion : check_t_mix false true pair_walk 1 3 (1 # 2) = true.
Proof. by vm_compute. Qed.
Example mean_over_starts : check_t_mix true false pair_walk 1 1 (1 # 4) = true.
Proof. by vm_compute. Qed.
