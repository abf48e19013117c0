(* What stages of a mean are at a weight: what settle_stages of region_reach.v computes.

   Glossary
     row_at z y l       the entry of a row over its denominator, at z
     rate_at z S d rho  rho over one, where rho is multiplied by d
     stage_of           one stage turns the row y into y' *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.
Local Notation leave := region_documents.leave.

Lemma index_rev (l : seq nat) a : uniq l -> a \in l -> index a (rev l) = (size l - (index a l).+1)%N.
Proof.
move=> uniq_l a_in; have lt_a : (index a l < size l)%N by rewrite index_mem.
have lt_rev : (size l - (index a l).+1 < size l)%N by rewrite ltn_subrL /= (leq_ltn_trans _ lt_a).
have <- : nth 0%N (rev l) (size l - (index a l).+1) = a by rewrite nth_rev // subnSK // subKn ?nth_index // ltnW.
by rewrite index_uniq ?rev_uniq ?size_rev // nth_rev // subnSK // subKn ?nth_index // ltnW.
Qed.

Lemma index_rev_lt (l : seq nat) a b : uniq l -> a \in l -> b \in l ->
  (index a (rev l) < index b (rev l))%N = (index b l < index a l)%N.
Proof.
move=> uniq_l a_in b_in; rewrite !index_rev //; move: a_in b_in; rewrite -!index_mem.
move: (index a l) (index b l) (size l) => i k N; lia.
Qed.

Local Notation moment := (seq region_polynomials.polynomial * region_polynomials.polynomial)%type.

Section Means.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Implicit Types (j k l v : 'I_n.+1).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.
Let D_ge0 := no_negative shown.

Definition row_at (y : moment) (l : 'I_n.+1) : R :=
  V (at_node y.1 l) / V y.2.

Section Stages.
Variables (d : positive) (rho : region_polynomials.polynomial).
Definition rate_at : R := V rho / (V (one S) * real R (Zpos d)).
Let d_gt0 : 0 < real R (Zpos d) := real_gt0 R d.
Let scale_gt0 : 0 < V (one S) * real R (Zpos d) := mulr_gt0 one_gt0 d_gt0.

Definition stage_of (y y' : 'I_n.+1 -> R) := forall l,
  (1 + rate_at - D l l) * y' l = rate_at * y l + \sum_(k : 'I_n.+1 | (place l < place k)%N) y' k * D k l.

Lemma rate_atE : V rho = V (one S) * real R (Zpos d) * rate_at.
Proof. by rewrite /rate_at mulrCA divff ?mulr1 // gt_eqF. Qed.

Lemma value_left l :
  V (poly_plus (poly_scale (Zpos d) (leave S l)) rho) = V (one S) * real R (Zpos d) * (1 + rate_at - D l l).
Proof.
rewrite value_plus value_scale (value_leave shown) /region_tails.leave rate_atE.
by move: rate_at (real R _) => r e; ring.
Qed.

Lemma stage_sound y y' : settle_stage S (Zpos d) rho y = Some y' -> 0 < V y.2 ->
  [/\ 0 < V y'.2, forall k, 0 < 1 + rate_at - D k k & stage_of (row_at y) (row_at y')].
Proof.
rewrite /settle_stage list_revE (right_size shown); case solved: solve => [h|] // [<-] y_gt0.
have in_rev k : (k : nat) \in rev (order S) by rewrite mem_rev (order_whole shown).
case: (solve_spec z_gt0 solved).
  - by rewrite rev_uniq (order_once shown).
  - by move=> k; rewrite mem_rev (order_whole shown).
  - exact: length_table.
  - by rewrite /divisor value_1 ltr01.
  - move=> k; rewrite mem_rev (order_whole shown) => lt_k.
    by rewrite /number_at /at_node list_nthE nth_table.
move=> _ div_gt0 _ eqs lefts; split=> /=; first by rewrite value_times mulr_gt0.
  by move=> k; have := lefts k (in_rev k) isT; rewrite value_left pmulr_rgt0.
move=> l; have := eqs l (in_rev l); rewrite value_left value_times /row_at /= value_times.
have -> : \sum_(k < n.+1 | settled_before (rev (order S)) l k) V (poly_scale (Zpos d) (entry S k l)) * number_at z h k =
    V (one S) * real R (Zpos d) * V y.2 * V (divisor h) *
    \sum_(k : 'I_n.+1 | (place l < place k)%N) V (at_node (numbers h) k) / (V y.2 * V (divisor h)) * D k l.
  rewrite mulr_sumr; apply: eq_big => k.
    by rewrite /settled_before in_rev index_rev_lt ?(order_once shown) ?(in_order shown).
  move=> _; rewrite value_scale (right_entry shown) /number_at; set num := V (at_node _ k).
  transitivity (V (one S) * real R (Zpos d) * (D k l * (num * ((V y.2 * V (divisor h)) / (V y.2 * V (divisor h)))))).
    by rewrite divff ?mulf_neq0 ?gt_eqF // mulr1; move: (real R _) => e; ring.
  by move: (real R _) => e; ring.
set total := \sum_(k | _) _; set num := V (at_node (numbers h) l); set y_l := V (at_node y.1 l) => eq_l.
have below : V y.2 * V (divisor h) != 0 by rewrite mulf_neq0 ?gt_eqF.
have scale : V (one S) * real R (Zpos d) != 0 by rewrite gt_eqF.
apply: (mulfI (mulf_neq0 scale below)).
transitivity (V (one S) * real R (Zpos d) * (1 + rate_at - D l l) * num *
  (V y.2 * V (divisor h) / (V y.2 * V (divisor h)))).
  by ring.
rewrite divff // mulr1 eq_l rate_atE.
transitivity (y_l * (V (one S) * real R (Zpos d) * rate_at) * V (divisor h) * (V y.2 / V y.2) +
  V (one S) * real R (Zpos d) * V y.2 * V (divisor h) * total); last by ring.
by rewrite divff ?gt_eqF // mulr1.
Qed.

Lemma stages_sound m y y' : settle_stages S m (Zpos d) rho y = Some y' -> 0 < V y.2 ->
  exists Y : nat -> 'I_n.+1 -> R, [/\ 0 < V y'.2, (0 < m)%N -> forall k, 0 < 1 + rate_at - D k k,
    Y 0%N = row_at y, Y m = row_at y' & forall i, (i < m)%N -> stage_of (Y i) (Y i.+1)].
Proof.
elim: m y => [|m IH] y /=; first by move=> [->] pos; exists (fun _ => row_at y').
case one_stage: settle_stage => [y1|] // more /(stage_sound one_stage)[pos1 lefts step].
have [Y [pos' _ start last steps]] := IH _ more pos1.
exists (fun i => if i is i'.+1 then Y i' else row_at y); split=> // -[|i] /=; last by rewrite ltnS; apply: steps.
by rewrite start.
Qed.
End Stages.

End Means.
