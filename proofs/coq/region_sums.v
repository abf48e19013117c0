(* Sums of quotients, and products with polynomials and rationals, of region_bounds.v at z.

   Glossary
     defined z q     the denominator of q is positive at z *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_polynomials region_documents region_values.
From crosshead Require Import region_reach region_bounds region_settled.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Sums.
Variable R : realFieldType.
Variable z : R.
Local Notation V := (value z).
Implicit Types (a b q : quotient) (p : polynomial) (x : Q) (u : list quotient).

Definition defined q : bool := 0 < V (under q).

Lemma ratio_gt0 q : defined q -> (0 < ratio_at z q) = (0 < V (over q)).
Proof. by move=> q_gt0; have := @ratio_sign R z q Gt q_gt0 => /= ->. Qed.

Lemma ratio_ge0 q : defined q -> (0 <= ratio_at z q) = (0 <= V (over q)).
Proof. by move=> q_gt0; rewrite !leNgt; have := @ratio_sign R z q Lt q_gt0 => /= ->. Qed.

Lemma ratio_le0 q : defined q -> (ratio_at z q <= 0) = (V (over q) <= 0).
Proof. by move=> q_gt0; rewrite !leNgt ratio_gt0. Qed.

Lemma ratio_poly_zero q : poly_zero (over q) -> ratio_at z q = 0.
Proof. by move=> zero; rewrite /ratio_at (value_zero z zero) mul0r. Qed.

Lemma defined_times_poly q p : defined q -> defined (times_poly q p).
Proof. by []. Qed.
Lemma ratio_times_poly q p : ratio_at z (times_poly q p) = ratio_at z q * V p.
Proof. by rewrite /ratio_at /= value_times mulrAC. Qed.

Lemma defined_over_positive q p : defined q -> 0 < V p -> defined (over_positive q p).
Proof. by move=> q_gt0 p_gt0; rewrite /defined /= value_times mulr_gt0. Qed.
Lemma ratio_over_positive q p : ratio_at z (over_positive q p) = ratio_at z q / V p.
Proof. by rewrite /ratio_at /= value_times invfM mulrA. Qed.

Lemma defined_times_rational q x : defined q -> defined (times_rational q x).
Proof. by move=> q_gt0; rewrite /defined /= value_scale mulr_gt0 // real_gt0. Qed.
Lemma ratio_times_rational q x : ratio_at z (times_rational q x) = ratio_at z q * real_of R x.
Proof. by rewrite /ratio_at /= !value_scale -mulf_div mulrC. Qed.

(* Both at once. *)
Lemma times_poly_spec q p : defined q -> defined (times_poly q p) /\ ratio_at z (times_poly q p) = ratio_at z q * V p.
Proof. by move=> q_gt0; split; last exact: ratio_times_poly. Qed.

Lemma over_positive_spec q p : defined q -> 0 < V p ->
  defined (over_positive q p) /\ ratio_at z (over_positive q p) = ratio_at z q / V p.
Proof. by move=> q_gt0 p_gt0; split; [apply: defined_over_positive | apply: ratio_over_positive]. Qed.

Lemma times_rational_spec q x : defined q ->
  defined (times_rational q x) /\ ratio_at z (times_rational q x) = ratio_at z q * real_of R x.
Proof. by move=> q_gt0; split; [apply: defined_times_rational | apply: ratio_times_rational]. Qed.

Lemma plus_spec q r : defined q -> defined r ->
  defined (quotient_plus q r) /\ ratio_at z (quotient_plus q r) = ratio_at z q + ratio_at z r.
Proof. by move=> q_gt0 r_gt0; split; [apply: under_plus_gt0 | apply: ratio_plus]. Qed.

Lemma minus_spec q r : defined q -> defined r ->
  defined (quotient_minus q r) /\ ratio_at z (quotient_minus q r) = ratio_at z q - ratio_at z r.
Proof. by move=> q_gt0 r_gt0; split; [apply: under_minus_gt0 | apply: ratio_minus]. Qed.

Lemma times_spec q r : defined q -> defined r ->
  defined (quotient_times q r) /\ ratio_at z (quotient_times q r) = ratio_at z q * ratio_at z r.
Proof. by move=> q_gt0 r_gt0; split; [apply: under_times_gt0 | apply: ratio_times]. Qed.

Lemma whole_spec p : defined (whole_poly p) /\ ratio_at z (whole_poly p) = V p.
Proof. by split; [apply: under_whole_gt0 | apply: ratio_whole]. Qed.

Lemma defined_zero : defined zero_quotient.
Proof. exact: under_whole_gt0. Qed.
Lemma zero_spec : defined zero_quotient /\ ratio_at z zero_quotient = 0.
Proof. by split; [apply: defined_zero | apply: ratio_zero]. Qed.

Lemma rational_spec x : defined (quotient_of x) /\ ratio_at z (quotient_of x) = real_of R x.
Proof. by split; [apply: under_of_gt0 | apply: ratio_of]. Qed.

Lemma quotient_sum_spec (nodes : seq nat) (f : nat -> quotient) : (forall k, k \in nodes -> defined (f k)) ->
  defined (quotient_sum nodes f) /\ ratio_at z (quotient_sum nodes f) = \sum_(k <- nodes) ratio_at z (f k).
Proof.
rewrite /quotient_sum; have start := defined_zero; have <- :
  ratio_at z zero_quotient + \sum_(k <- nodes) ratio_at z (f k) =
  \sum_(k <- nodes) ratio_at z (f k) by rewrite ratio_zero add0r.
elim: nodes (zero_quotient) start => [|k nodes IH] q q_gt0 f_gt0 /=; first by rewrite big_nil addr0.
have f_k : defined (f k) by apply: f_gt0; rewrite mem_head.
have f_nodes i : i \in nodes -> defined (f i) by move=> i_in; apply: f_gt0; rewrite in_cons i_in orbT.
have [defined_sum ->] := IH _ (under_plus_gt0 q_gt0 f_k) f_nodes.
by split=> //; rewrite ratio_plus // big_cons addrA.
Qed.

(* Over all nodes. *)
Lemma node_sum_spec N (f : nat -> quotient) : (forall k : 'I_N, defined (f k)) ->
  defined (quotient_sum (List.seq 0 N) f) /\ ratio_at z (quotient_sum (List.seq 0 N) f) = \sum_(k < N) ratio_at z (f k).
Proof.
move=> f_gt0; rewrite list_seqE; have [|defined_sum ->] := @quotient_sum_spec (iota 0 N) f.
  by move=> k; rewrite mem_iota add0n => /andP[_ lt_k]; apply: (f_gt0 (Ordinal lt_k)).
by split=> //; rewrite -(big_mkord xpredT (fun k => ratio_at z (f k))) /index_iota subn0.
Qed.
End Sums.

(* Sums over nodes of a scene. *)
Section Weigh.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.

Lemma signal_spec t (k : 'I_n.+1) : defined z (signal S t k) /\ ratio_at z (signal S t k) = signal_from D s t k.
Proof. by have [state_gt0 state_at] := right_state shown t; split. Qed.

Lemma weigh_spec t h (but : seq nat) : 0 < value z (divisor h) ->
  defined z (weigh S t h but) /\
  ratio_at z (weigh S t h but) =
    \sum_(k : 'I_n.+1 | (k : nat) \notin but) signal_from D s t k * ratio_at z (reached_at h k).
Proof.
move=> h_gt0; have [state_gt0 state_at] := right_state shown t.
split; first by rewrite /defined /= value_times mulr_gt0.
rewrite /ratio_at /weigh [over _]/= [under _]/= (right_size shown) value_sum value_times mulr_suml [RHS]big_mkcond.
apply: eq_bigr => k _; rewrite is_inE; case: ifP => _; first by rewrite mul0r.
by rewrite value_times -state_at /ratio_at /= [value z (divisor h) * _]mulrC mulf_div.
Qed.
End Weigh.
