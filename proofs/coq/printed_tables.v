(* Tables 1 to 4 as printed: what the sentences of Section 4 about trends say of these numbers.

   Rows are head counts, 1, 4, 8 and 16, columns are layers, both counted from 0 here. A claim is stated twice where the paper
   leaves open what is compared: every count with the next one, or the last count with the first. Nothing here is about how
   the numbers came about.

   Glossary
     copy_fidelity, cycle_fidelity   Tables 3 and 4, in hundredths
     copy_mixing, cycle_mixing       Tables 1 and 2, in ten-thousandths
     fidelity_at, mixing_at T r c    the number printed in row r, column c of T *)
From Coq Require Import ZArith.
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import integer_numbers.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition table := seq (seq Z).

Section Tables.
Local Open Scope Z_scope.

Definition copy_fidelity : table :=
  [:: [:: 30; 0; 0; 0]; [:: 45; 28; 18; 1]; [:: 50; 35; 19; 16]; [:: 58; 49; 34; 25]].
Definition cycle_fidelity : table :=
  [:: [:: 0; 0; 0; 0]; [:: 53; 48; 0; 0]; [:: 54; 63; 53; 0]; [:: 65; 60; 52; 0]].
Definition copy_mixing : table :=
  [:: [:: 38344; 779281; 786635; 735020]; [:: 37370; 37155; 38895; 78050]; [:: 36793; 36821; 37952; 37467];
      [:: 36328; 36513; 36391; 36594]].
Definition cycle_mixing : table :=
  [:: [:: 270384; 478151; 472291; 430723]; [:: 36369; 39092; 457709; 312925]; [:: 36426; 37756; 46735; 475304];
      [:: 35859; 37820; 43759; 419292]].

End Tables.

Definition printed_at (T : table) (r c : nat) : Z := nth Z0 (nth [::] T r) c.
Definition fidelity_at (T : table) (r c : nat) : rat := ratio (printed_at T r c) 100.
Definition mixing_at (T : table) (r c : nat) : rat := ratio (printed_at T r c) 10000.

Lemma ratio_same_lt a b c : Z.ltb 0 b -> (ratio a b < ratio c b) = Z.ltb a c.
Proof. by move=> b_gt0; rewrite /ratio ltr_pmul2r ?of_Z_lt // invr_gt0 of_Z_gt0. Qed.

Lemma fidelity_lt T S r c q d : (fidelity_at T r c < fidelity_at S q d) = Z.ltb (printed_at T r c) (printed_at S q d).
Proof. exact: ratio_same_lt. Qed.

Lemma fidelity_le T S r c q d : (fidelity_at T r c <= fidelity_at S q d) = Z.leb (printed_at T r c) (printed_at S q d).
Proof. exact: ratio_same_le. Qed.

Lemma mixing_lt T S r c q d : (mixing_at T r c < mixing_at S q d) = Z.ltb (printed_at T r c) (printed_at S q d).
Proof. exact: ratio_same_lt. Qed.

(* S4-trend-fid: fidelity does not go up with the number of heads: not at every step in every layer, strictly or not, nor
   from 1 head to 16 in every layer. At every step of the copy task it does; from 1 head to 16 in the layers 1 to 3 of the
   cycle task, and not in layer 4. *)
Theorem printed_fidelity_does_not_go_up :
  [/\ ~ (forall r c, (r < 3)%N -> (c < 4)%N -> fidelity_at copy_fidelity r c < fidelity_at copy_fidelity r.+1 c /\
                                               fidelity_at cycle_fidelity r c < fidelity_at cycle_fidelity r.+1 c),
      ~ (forall r c, (r < 3)%N -> (c < 4)%N -> fidelity_at copy_fidelity r c <= fidelity_at copy_fidelity r.+1 c /\
                                               fidelity_at cycle_fidelity r c <= fidelity_at cycle_fidelity r.+1 c),
      ~ (forall c, (c < 4)%N -> fidelity_at copy_fidelity 0 c < fidelity_at copy_fidelity 3 c /\
                                fidelity_at cycle_fidelity 0 c < fidelity_at cycle_fidelity 3 c),
      forall r c, (r < 3)%N -> (c < 4)%N -> fidelity_at copy_fidelity r c < fidelity_at copy_fidelity r.+1 c &
      forall c, (c < 4)%N -> (fidelity_at cycle_fidelity 0 c < fidelity_at cycle_fidelity 3 c) = (c < 3)%N].
Proof.
split=> [up|up|up|r c lt_r lt_c|c lt_c].
- by have [_] := up 2%N 1%N isT isT; rewrite fidelity_lt.
- by have [_] := up 2%N 1%N isT isT; rewrite fidelity_le.
- by have [_] := up 3%N isT; rewrite fidelity_lt.
- by rewrite fidelity_lt; move: r c lt_r lt_c => [|[|[|//]]] [|[|[|[|//]]]].
- by rewrite fidelity_lt; move: c lt_c => [|[|[|[|//]]]].
Qed.

(* S4-trend-mix: adding heads leads to faster mixing from 1 head to 16, in every layer of both tables, and at every step of the
   copy task; not at every step of the cycle task but in layer 3, whose layer 4 mixes more slowly with 8 heads than with one. *)
Theorem printed_mixing_times_fall_in_one_of_two_readings :
  [/\ ~ (forall r c, (r < 3)%N -> (c < 4)%N -> mixing_at copy_mixing r.+1 c < mixing_at copy_mixing r c /\
                                               mixing_at cycle_mixing r.+1 c < mixing_at cycle_mixing r c),
      forall c, (c < 4)%N -> mixing_at copy_mixing 3 c < mixing_at copy_mixing 0 c /\
                             mixing_at cycle_mixing 3 c < mixing_at cycle_mixing 0 c,
      forall r c, (r < 3)%N -> (c < 4)%N -> mixing_at copy_mixing r.+1 c < mixing_at copy_mixing r c,
      forall c, (c < 4)%N -> (forall r, (r < 3)%N -> mixing_at cycle_mixing r.+1 c < mixing_at cycle_mixing r c) <-> c = 2%N &
      mixing_at cycle_mixing 0 3 < mixing_at cycle_mixing 2 3].
Proof.
split=> [falls|c lt_c|r c lt_r lt_c|c lt_c|]; last by rewrite mixing_lt.
- by have [_] := falls 1%N 0%N isT isT; rewrite mixing_lt.
- by rewrite !mixing_lt; move: c lt_c => [|[|[|[|//]]]].
- by rewrite mixing_lt; move: r c lt_r lt_c => [|[|[|//]]] [|[|[|[|//]]]].
split=> [falls|-> r lt_r]; last by rewrite mixing_lt; move: r lt_r => [|[|[|//]]].
have := falls 1%N isT; have := falls 2%N isT; rewrite !mixing_lt.
by move: c lt_c {falls} => [|[|[|[|//]]]].
Qed.
