(* Forward moves of one walk: the distance to the sink is at most P(X < N) for X binomial.

   From a node j before the sink n - j forward moves are enough, whichever they are; each step makes one with
   probability at least p. So the walk is no farther from the sink than the lazy line with the same p. N = n here.

   Glossary
     forward_move W j       probability of a forward move from j, the sum of the entries W i j with i > j
     forward_at_least W p   each node before the sink moves forward with probability p or more *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems diffusion matrices inequalities walk exp_minus_2 binomial_tail twice_the_mean.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section OneWalk.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (p eps : R) (i j k : 'I_n.+1) (t : nat).
Local Notation sink := (sink n).

Definition forward_at_least W p := forall j, j != sink -> p <= forward_move W j.

Lemma forward_move_le1 W j : column_stochastic W -> feedforward W -> forward_move W j <= 1.
Proof. by move=> Ws Wf; rewrite forward_moveE // ler_subl_addr ler_addl; case: Ws. Qed.

Lemma forward_at_least_le1 W p j : column_stochastic W -> feedforward W -> forward_at_least W p -> j != sink -> p <= 1.
Proof. by move=> Ws Wf Wp /Wp /le_trans -> //; apply: forward_move_le1. Qed.

(* T2.8-binomial: what is true of the number of forward moves. From j at most n - j of them lead to the sink. *)
Theorem remaining_at_most_binomial_tail W p t j : column_stochastic W -> feedforward W -> 0 <= p ->
  forward_at_least W p -> 1 - absorbed W t j <= binomial_tail p t (n - j).
Proof.
move=> Ws Wf p0 Wp; have [W0 W1] := Ws.
have [->|j_sink] := eqVneq j sink.
  by rewrite absorbed_sink ?subrr ?subnn ?binomial_tail0 // sink_keeps_all.
have p01 : 0 <= p <= 1 by rewrite p0 (forward_at_least_le1 Ws Wf Wp j_sink).
elim: t => [|t IH] in j j_sink *.
  have -> : (n - j = (n - j).-1.+1)%N by rewrite prednK // subn_gt0 -before_sink.
  by rewrite binomial_tail_start ler_subl_addr ler_addl absorbed0 ler0n.
have -> : (n - j = (n - j.+1).+1)%N by rewrite subnSK // -before_sink.
apply: le_trans (binomial_tail_step t _ p01 (Wp j j_sink)).
have {}IH k : 1 - absorbed W t k <= binomial_tail p t (n - k).
  have [->|/IH //] := eqVneq k sink.
  by rewrite absorbed_sink ?subrr ?subnn ?binomial_tail0 // sink_keeps_all.
rewrite remainingS // (bigID (fun k : 'I_n.+1 => (j < k)%N)) /= addrC; apply: ler_add.
  rewrite (bigD1 j) ?ltnn //= big1 ?addr0 => [|k /andP [jk kj]]; last first.
    by rewrite Wf ?mulr0 // ltn_neqAle kj leqNgt.
  rewrite forward_moveE // subKr mulrC; apply: ler_wpmul2l => //.
  by rewrite subnSK ?IH // -before_sink.
rewrite /forward_move mulr_suml; apply: ler_sum => k jk; rewrite mulrC; apply: ler_wpmul2l => //.
by apply: le_trans (IH k) _; apply: binomial_tail_le => //; rewrite leq_sub2l.
Qed.

(* T2.8-binomial: the distance after t steps is at most P(X < N). *)
Theorem distance_at_most_binomial_tail W p t j : column_stochastic W -> feedforward W -> 0 <= p ->
  forward_at_least W p -> total_variation (law W t j) (at_sink R (n:=n)) <= binomial_tail p t n.
Proof.
move=> Ws Wf p0 Wp; rewrite total_variation_to_sink //.
apply: le_trans (remaining_at_most_binomial_tail t j Ws Wf p0 Wp) _.
have [->|j_sink] := eqVneq j sink; last first.
  by apply: binomial_tail_le; rewrite ?leq_subr // p0 (forward_at_least_le1 Ws Wf Wp j_sink).
rewrite subnn binomial_tail0; case: (posnP n) => [->|n0]; first by rewrite binomial_tail0.
have first_node : (ord0 : 'I_n.+1) != sink by rewrite before_sink.
by apply: binomial_tail_ge0; rewrite p0 (forward_at_least_le1 Ws Wf Wp first_node).
Qed.

(* T2.8-bound: the potential argument, 2^(N - 1) (1 - p/2)^t. *)
Theorem remaining_at_most_potential W p t j : column_stochastic W -> feedforward W -> 0 <= p ->
  forward_at_least W p -> j != sink -> 1 - absorbed W t j <= 2%:R ^+ n.-1 * (1 - p / 2%:R) ^+ t.
Proof.
move=> Ws Wf p0 Wp j_sink; have p01 : 0 <= p <= 1 by rewrite p0 (forward_at_least_le1 Ws Wf Wp j_sink).
have n0 : (0 < n)%N by move: j_sink; rewrite before_sink; apply: leq_trans.
have half : 0 <= (2%:R^-1 : R) <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
have := chernoff t n.-1 half p01; rewrite prednK //.
have -> : 1 - 2%:R^-1 = 2%:R^-1 :> R by field.
rewrite exprVn ler_pdivr_mull ?exprn_gt0 ?ltr0n //; apply: le_trans.
rewrite -total_variation_to_sink //; exact: distance_at_most_binomial_tail.
Qed.

Lemma seventh_power : (11%:R / 80%:R) ^+ 7 <= ((1%:R / 2%:R) ^+ 10 * (1%:R / 1%:R)) ^+ 2 :> R.
Proof.
have in_naturals : (11 ^ 7 * (2 ^ 20 * 1 ^ 2) <= 1 ^ 20 * 1 ^ 2 * 80 ^ 7)%N by lia.
exact: (@fractions_le R 11 80 1 2 1 1 7 10 isT isT isT in_naturals).
Qed.

Lemma inverse_powers (x : R) m : (x ^- m) ^+ 20 = (((1 / x) ^+ 10 * (1 / 1)) ^+ 2) ^+ m.
Proof. by rewrite div1r divr1 mulr1 !exprVn -!exprM; congr ((_ ^+ _)^-1); lia. Qed.

(* T2.8-bound: for eps = 2^-r the time 7 (N - 1 + r) / (5 p) is enough; 7/5 is a little more than 2 ln 2. *)
Theorem mixed_at_explicit_time W p (r t : nat) : column_stochastic W -> feedforward W -> 0 <= p ->
  forward_at_least W p -> (7 * (n.-1 + r))%:R <= 5%:R * p * t%:R -> mixed W (2%:R ^- r) t.
Proof.
move=> Ws Wf p0 Wp large; apply/mixedE => // j.
have inv0 m : 0 <= (2%:R : R) ^- m by rewrite invr_ge0 exprn_ge0 ?ler0n.
have [->|j_sink] := eqVneq j sink; first by rewrite absorbed_sink ?sink_keeps_all // subrr.
have p1 := forward_at_least_le1 Ws Wf Wp j_sink.
set M := (n.-1 + r)%N in large.
case: (posnP M) => [/eqP|M0].
  rewrite addn_eq0 => /andP [_ /eqP ->]; rewrite expr0 invr1 ler_subl_addr ler_addl; exact: absorbed_ge0.
have t0 : (0 < t)%N.
  by rewrite lt0n; apply/eqP => t0; move: large; rewrite t0 mulr0 lern0 muln_eq0 /= eqn0Ngt M0.
apply: le_trans (remaining_at_most_potential t Ws Wf p0 Wp j_sink) _.
rewrite -ler_pdivl_mull ?exprn_gt0 ?ltr0n // -invfM -exprD -/M.
pose S := (20 * t)%N; have S0 : 0 < S%:R :> R by rewrite ltr0n muln_gt0.
have base : 0 <= 1 - p / 2%:R by rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mul1r (le_trans p1) ?ler1n.
have small : (14 * M)%:R / S%:R <= p / 2%:R.
  rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr ?ltr0n //.
  have -> : (14 * M)%:R * 2%:R = 4%:R * (7 * M)%:R :> R by rewrite !natrM; ring.
  have -> : p * S%:R = 4%:R * (5%:R * p * t%:R) by rewrite natrM; ring.
  by rewrite ler_wpmul2l ?ler0n.
rewrite -(@ler_pexpn2r _ 20) ?nnegrE ?exprn_ge0 // -exprM [(t * 20)%N]mulnC -/S.
apply: (@le_trans _ _ ((1 - (14 * M)%:R / S%:R) ^+ S)).
  have le14 : (14 * M)%:R / S%:R <= 1 :> R.
    by apply: le_trans small _; rewrite ler_pdivr_mulr ?ltr0n // mul1r (le_trans p1) ?ler1n.
  by apply: ler_expn2r; rewrite ?nnegrE // ?subr_ge0 // ler_add2l ler_opp2.
have ratio : (1 - S%:R^-1) ^+ 2 <= (S%:R - 1) / (S%:R + 1) :> R.
  have -> : 1 - S%:R^-1 = (S%:R - 1) / S%:R :> R by rewrite mulrBl divff ?mul1r // gt_eqF.
  rewrite expr_div_n ler_pdivr_mulr ?exprn_gt0 // mulrAC ler_pdivl_mulr ?natr_succ_gt0 //.
  rewrite -subr_ge0 [X in _ <= X](_ : _ = S%:R - 1); last by ring.
  by rewrite subr_ge0 ler1n -(ltr_nat R).
have inv1 : S%:R^-1 <= 1 :> R by rewrite invf_le1 // ler1n -(ltr_nat R).
have step : 1 - (14 * M)%:R / S%:R <= ((S%:R - 1) / (S%:R + 1)) ^+ (7 * M) :> R.
  apply: (@le_trans _ _ ((1 - S%:R^-1) ^+ (14 * M))).
    by rewrite -mulrN; apply: bernoulli; rewrite ler_opp2.
  have -> : (14 * M = 2 * (7 * M))%N by rewrite mulnA.
  rewrite exprM; apply: ler_expn2r; rewrite ?nnegrE ?sqr_ge0 //.
  by apply: below_ratio_ge0; rewrite -(ltr_nat R).
have S1 : (0 < S)%N by rewrite -(ltr_nat R).
apply: (@le_trans _ _ ((((S%:R - 1) / (S%:R + 1)) ^+ (7 * M)) ^+ S)).
  apply: ler_expn2r => //; rewrite nnegrE ?exprn_ge0 ?below_ratio_ge0 //.
  rewrite subr_ge0 (le_trans small) // ler_pdivr_mulr ?ltr0n // mul1r (le_trans p1) // ler1n //.
rewrite exprAC -/(below_exp_minus_2 R S).
apply: (@le_trans _ _ ((11%:R / 80%:R) ^+ (7 * M))).
  by apply: ler_expn2r; rewrite ?nnegrE ?below_exp_minus_2_ge0 ?divr_ge0 ?ler0n ?below_exp_minus_2_le.
rewrite exprM inverse_powers; apply: ler_expn2r; rewrite ?nnegrE ?sqr_ge0 ?seventh_power //.
by apply: exprn_ge0; rewrite divr_ge0 ?ler0n.
Qed.

(* T2.8-bound for one walk, as a statement about times: t + 1 > 2N/p, in particular t = 2N/p rounded down. *)
Theorem mixed_at_2N_over_p W p eps t : column_stochastic W -> feedforward W -> 0 <= p -> forward_at_least W p ->
  at_least_exp_minus_2 eps -> (2 * n)%:R <= p * t.+1%:R -> mixed W eps t.
Proof.
move=> Ws Wf p0 Wp eps_ge large j; have [->|j_sink] := eqVneq j sink.
  rewrite total_variation_to_sink // absorbed_sink ?sink_keeps_all // subrr.
  by apply: le_trans (at_least_exp_minus_2_ge eps_ge); rewrite divr_ge0 ?ler0n.
apply: le_trans (distance_at_most_binomial_tail t j Ws Wf p0 Wp) _.
apply: binomial_tail_at_twice_the_mean => //; first by rewrite p0 (forward_at_least_le1 Ws Wf Wp j_sink).
by move: j_sink; rewrite before_sink; apply: leq_trans.
Qed.

End OneWalk.
