(* A binomial variable is below half of its mean with probability at most e^-2: P(X < N) <= eps for every eps >= e^-2
   as soon as t + 1 >= 2N/p, whatever N and p. For N = 1 this is the definition of at_least_exp_minus_2; larger N are
   far from sharp: Chernoff's bound from N = 4 on, and the terms themselves, few times by computation, for N = 2 and 3.

   Glossary
     tail_count u v t m     the tail with p = u / (u + v), as an integer over (u + v)^t
     tail_by_chernoff       the square of Chernoff's bound in terms of e^-2 <= 11/80 *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import inequalities exp_minus_2 binomial_tail.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Fixpoint tail_count (u v : N) (t m : nat) : N :=
  match t, m with
  | _, 0%N => 0%num
  | 0%N, _.+1 => 1%num
  | t'.+1, m'.+1 => N.add (N.mul v (tail_count u v t' m)) (N.mul u (tail_count u v t' m'))
  end.

(* The tail below N at p = 2N / (t + 1) is at most 67/500, by computation. *)
Definition small_tail (N t : nat) : bool :=
  let u := bin_of_nat (2 * N) in
  let v := bin_of_nat (t.+1 - 2 * N) in
  N.leb (N.mul (tail_count u v t N) 500) (N.mul 67 (N.pow (N.add u v) (bin_of_nat t))).

Section TwiceTheMean.
Variable R : realFieldType.
Implicit Types (a p eps : R) (t m c k : nat).
Local Notation below_exp := (below_exp_minus_2 R).

Lemma tail_countE (u v : N) t m : (0 < nat_of_bin u + nat_of_bin v)%N ->
  binomial_tail (u%:R / (u + v)%N%:R : R) t m * (u + v)%N%:R ^+ t = (tail_count u v t m)%:R.
Proof.
move=> uv0; have s0 : (u + v)%N%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
elim: t m => [|t IH] [|m] /=; rewrite ?binomial_tail0 ?binomial_tail_start ?mul0r ?mul1r ?expr0 //.
rewrite nat_of_add_bin !nat_of_mul_bin [in RHS]natrD [in RHS]natrM [X in _ = _ + X]natrM -!IH binomial_tailS exprS.
by rewrite !natrD in s0 *; field.
Qed.

Lemma small_tailP N t : (0 < N)%N -> (2 * N <= t.+1)%N -> small_tail N t ->
  binomial_tail ((2 * N)%:R / t.+1%:R : R) t N <= 67%:R / 500%:R.
Proof.
move=> N0 Nt; rewrite /small_tail; set u := bin_of_nat _; set v := bin_of_nat (_ - _) => /N.leb_spec0 check.
have uE : u = (2 * N)%N :> nat by rewrite bin_of_natK.
have uvE : (u + v)%N = t.+1 by rewrite uE bin_of_natK subnKC.
have := @tail_countE u v t N; rewrite uvE uE => /(_ isT) tailE.
rewrite -(ler_pmul2r (_ : 0 < t.+1%:R ^+ t)) ?exprn_gt0 ?ltr0n // tailE mulrAC ler_pdivl_mulr ?ltr0n //.
rewrite -natrX -!natrM ler_nat -uvE.
have -> : (u + v)%N = N.add u v by rewrite nat_of_add_bin.
have -> : (nat_of_bin (N.add u v) ^ t)%N = N.pow (N.add u v) (bin_of_nat t).
  by rewrite -[in LHS](bin_of_natK t); lia.
by lia.
Qed.

(* Chernoff's bound, squared, with p (1 - a) >= c / (t + 1). *)
Lemma tail_by_chernoff a p m c t : 0 <= a <= 1 -> 0 <= p <= 1 -> (2 <= c <= t.+1)%N -> (0 < t)%N ->
  c%:R / t.+1%:R <= p * (1 - a) -> (a ^+ m * binomial_tail p t m.+1) ^+ 2 <= (11%:R / 80%:R) ^+ c.
Proof.
move=> a01 p01 c_t t0 c_p; have [[a0 a1] [p0 p1]] := (andP a01, andP p01).
apply: (@le_trans _ _ (((1 - c%:R / t.+1%:R) ^+ t) ^+ 2)).
  apply: ler_expn2r; rewrite ?nnegrE ?mulr_ge0 ?exprn_ge0 ?binomial_tail_ge0 //.
    by rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mul1r ler_nat; case/andP: c_t.
  apply: le_trans (chernoff t m a01 p01) _; apply: ler_expn2r.
  - by rewrite nnegrE subr_ge0 mulr_ile1 // ?subr_ge0 // ler_subl_addr ler_addl.
  - by rewrite nnegrE subr_ge0 (le_trans c_p) // mulr_ile1 // ?subr_ge0 // ler_subl_addr ler_addl.
  by rewrite ler_add2l ler_opp2.
apply: le_trans (square_below_exp R c_t) _; apply: ler_expn2r; rewrite ?nnegrE ?below_exp_minus_2_ge0 //.
  by rewrite divr_ge0 ?ler0n.
exact: below_exp_minus_2_le.
Qed.

(* Comparing fractions of natural numbers is comparing natural numbers. *)
Lemma fractions_le (a b c d e f k l : nat) : (0 < b)%N -> (0 < d)%N -> (0 < f)%N ->
  (a ^ k * (d ^ (l * 2) * f ^ 2) <= c ^ (l * 2) * e ^ 2 * b ^ k)%N ->
  (a%:R / b%:R) ^+ k <= ((c%:R / d%:R) ^+ l * (e%:R / f%:R)) ^+ 2 :> R.
Proof.
move=> b0 d0 f0 nat_le; rewrite [X in _ <= X]exprMn -exprM !expr_div_n mulrACA -invfM.
rewrite ler_pdivr_mulr ?exprn_gt0 ?ltr0n //.
rewrite [_ / _ * _]mulrAC ler_pdivl_mulr; last by rewrite mulr_gt0 ?exprn_gt0 ?ltr0n.
by rewrite -!natrX -!natrM ler_nat.
Qed.

(* From N = 4 on Chernoff's bound is enough. *)
Lemma tail_from_four p N t : 0 <= p <= 1 -> (4 <= N)%N -> (2 * N)%:R <= p * t.+1%:R ->
  binomial_tail p t N <= 67%:R / 500%:R.
Proof.
move=> p01 N4 Np; have [p0 p1] := andP p01.
have Nt : (2 * N <= t.+1)%N.
  by rewrite -(ler_nat R) (le_trans Np) // ler_pimull ?ler0n.
have t1 : 0 < t.+1%:R :> R by rewrite ltr0n.
have t0 : (0 < t)%N by lia.
have conclude b (m c : nat) : N = m.+1 -> 0 < b -> (b * binomial_tail p t m.+1) ^+ 2 <= (11%:R / 80%:R) ^+ c ->
    (11%:R / 80%:R) ^+ c <= (b * (67%:R / 500%:R)) ^+ 2 -> binomial_tail p t N <= 67%:R / 500%:R.
  move=> -> b0 le1 le2; rewrite -(ler_pmul2l b0) -(@ler_pexpn2r _ 2) ?nnegrE //; first exact: le_trans le2.
    by rewrite mulr_ge0 ?binomial_tail_ge0 // ltW.
  by rewrite mulr_ge0 ?divr_ge0 ?ler0n // ltW.
have [N5|] := ltnP 4 N; last first.
  move=> N4'; have {N4 N4'} NE : N = 4%N by apply/eqP; rewrite eqn_leq N4'.
  apply: (conclude ((3%:R / 8%:R) ^+ 3) 3%N 5%N) => //; first by rewrite exprn_gt0 ?divr_gt0 ?ltr0n.
    apply: tail_by_chernoff; rewrite ?p01 //.
      by rewrite divr_ge0 ?ler0n // ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
      by rewrite NE in Nt; lia.
    rewrite ler_pdivr_mulr // mulrAC -ler_pdivr_mulr; last first.
      by rewrite subr_gt0 ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat.
    by apply: le_trans Np; rewrite NE -subr_ge0 [X in _ <= X](_ : _ = 0) //; field.
  by apply: fractions_le; [by []|by []|by []|lia].
have [k NE] : exists k, N = (k + 4).+1 by exists (N - 5)%N; lia.
apply: (conclude ((1%:R / 2%:R) ^+ (k + 4)) _ N NE); first by rewrite exprn_gt0 ?divr_gt0 ?ltr0n.
  apply: tail_by_chernoff => //; first by rewrite divr_ge0 ?ler0n // ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
    by apply/andP; split; lia.
  rewrite ler_pdivr_mulr // mulrAC -ler_pdivr_mulr; last first.
    by rewrite subr_gt0 ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat.
  by apply: le_trans Np; rewrite natrM -subr_ge0 [X in _ <= X](_ : _ = 0) //; field.
have split_left (x : R) : x ^+ N = x ^+ 5 * x ^+ k by rewrite -exprD NE addnC.
have split_right (x y : R) : (x ^+ (k + 4) * y) ^+ 2 = (x ^+ 4 * y) ^+ 2 * (x ^+ k) ^+ 2 by rewrite exprD; ring.
rewrite split_left split_right; apply: ler_pmul.
- by rewrite exprn_ge0 ?divr_ge0 ?ler0n.
- by rewrite exprn_ge0 ?divr_ge0 ?ler0n.
- by apply: fractions_le; [by []|by []|by []|lia].
rewrite exprAC; apply: ler_expn2r; rewrite ?nnegrE ?sqr_ge0 ?divr_ge0 ?ler0n //.
have := @fractions_le 11 80 1 2 1 1 1 1; rewrite divr1 mulr1 !expr1; apply; [by []|by []|by []|lia].
Qed.

(* N = 2 and N = 3: the terms themselves, at the least p that the hypothesis allows. *)
Lemma even_power_below d t : (1 <= d)%N -> (2 * d <= t.+1)%N -> (0 < t)%N ->
  (1 - (2 * d)%:R / t.+1%:R) ^+ t <= (11%:R / 80%:R) ^+ d :> R.
Proof.
move=> d1 dt t0; have K0 : 0 <= 11%:R / 80%:R :> R by rewrite divr_ge0 ?ler0n.
rewrite -(@ler_pexpn2r _ 2) ?nnegrE ?exprn_ge0 //; last first.
  by rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
apply: le_trans (square_below_exp R _) _; first by apply/andP; split=> //; lia.
rewrite -[X in _ <= X]exprM [X in _ <= _ ^+ X]mulnC; apply: ler_expn2r; rewrite ?nnegrE ?below_exp_minus_2_ge0 //.
exact: below_exp_minus_2_le.
Qed.

Lemma multiples_le (a b c d x y k : nat) : (0 < b)%N -> (0 < d)%N ->
  (a ^ k * x * d <= c * y * b ^ k)%N -> (a%:R / b%:R) ^+ k * x%:R <= c%:R / d%:R * y%:R :> R.
Proof.
move=> b0 d0 nat_le; rewrite expr_div_n mulrAC ler_pdivr_mulr ?exprn_gt0 ?ltr0n //.
have -> : c%:R / d%:R * y%:R * b%:R ^+ k = c%:R * y%:R * b%:R ^+ k / d%:R :> R by ring.
by rewrite ler_pdivl_mulr ?ltr0n // -!natrX -!natrM ler_nat.
Qed.

Lemma tail_of_two t : (3 <= t)%N -> binomial_tail (4%:R / t.+1%:R : R) t 2 <= 67%:R / 500%:R.
Proof.
move=> t3; have [t9|] := ltnP t 9.
  have /allP/(_ t) : all (small_tail 2) (iota 3 6) by vm_compute.
  by rewrite mem_iota t3 => /(_ t9) small; apply: (@small_tailP 2 t).
move=> t9; have {t9 t3} [u ->] : exists u, t = (u + 8).+1 by exists (t - 9)%N; lia.
have u0 : u%:R + 10%:R != 0 :> R by rewrite -natrD pnatr_eq0 addnS.
have tE : (u + 8).+2%:R = u%:R + 10%:R :> R by rewrite -addn2 -addnA natrD.
have large : (2 * 2 <= (u + 8).+2)%N by lia.
have power : (1 - 4%:R / (u + 8).+2%:R) ^+ (u + 8).+1 <= (11%:R / 80%:R) ^+ 2 :> R
  := @even_power_below 2 (u + 8).+1 isT large isT.
have u6 : 0 < (u + 6)%:R :> R by rewrite ltr0n addnS.
rewrite -(ler_pmul2r u6); set p := _ / _ in power *.
apply: le_trans (multiples_le (a := 11) (b := 80) (x := 5 * u + 42) (k := 2) _ _ _); [|by []|by []|lia].
have -> : binomial_tail p (u + 8).+1 2 * (u + 6)%:R = (1 - p) ^+ (u + 8).+1 * (5 * u + 42)%:R.
  rewrite /binomial_tail !big_ord_recr big_ord0 /= add0r /binomial_term bin0 bin1 subn0 subSS subn0 exprS.
  have -> : (5 * u + 42)%:R = 5%:R * u%:R + 42%:R :> R by rewrite natrD natrM.
  have -> : (u + 8).+1%:R = u%:R + 9%:R :> R by rewrite -addn1 -addnA natrD.
  by rewrite /p tE natrD; field.
by rewrite ler_wpmul2r ?ler0n.
Qed.

Lemma tail_of_three t : (5 <= t)%N -> binomial_tail (6%:R / t.+1%:R : R) t 3 <= 67%:R / 500%:R.
Proof.
move=> t5; have [t14|] := ltnP t 14.
  have /allP/(_ t) : all (small_tail 3) (iota 5 9) by vm_compute.
  by rewrite mem_iota t5 => /(_ t14) small; apply: (@small_tailP 3 t).
move=> t14; have {t14 t5} [u ->] : exists u, t = (u + 12).+2 by exists (t - 14)%N; lia.
have u0 : u%:R + 15%:R != 0 :> R by rewrite -natrD pnatr_eq0 addnS.
have tE : (u + 12).+3%:R = u%:R + 15%:R :> R by rewrite -addn3 -addnA natrD.
have large : (2 * 3 <= (u + 12).+3)%N by lia.
have power : (1 - 6%:R / (u + 12).+3%:R) ^+ (u + 12).+2 <= (11%:R / 80%:R) ^+ 3 :> R
  := @even_power_below 3 (u + 12).+2 isT large isT.
have u9 : 0 < ((u + 9) ^ 2)%:R :> R by rewrite ltr0n expn_gt0 addnS.
rewrite -(ler_pmul2r u9); set p := _ / _ in power *.
apply: le_trans (multiples_le (a := 11) (b := 80) (x := 25 * u ^ 2 + 642 * u + 4113) (k := 3) _ _ _);
  [|by []|by []|lia].
have choose2 : 'C((u + 12).+2, 2)%:R = (u%:R + 14%:R) * (u%:R + 13%:R) / 2%:R :> R.
  have two : 2%:R != 0 :> R by rewrite pnatr_eq0.
  have twice : (2 * 'C((u + 12).+2, 2) = (u + 14) * (u + 13))%N.
    by rewrite -mul_bin_diag bin1; congr (_ * _)%N; lia.
  have := congr1 (fun m => m%:R : R) twice; rewrite natrM => /(canRL (mulKf two)) ->.
  by rewrite natrM !natrD mulrC.
have -> : binomial_tail p (u + 12).+2 3 * ((u + 9) ^ 2)%:R = (1 - p) ^+ (u + 12).+2 * (25 * u ^ 2 + 642 * u + 4113)%:R.
  rewrite /binomial_tail !big_ord_recr big_ord0 /= add0r /binomial_term bin0 bin1 choose2 subn0 !subSS !subn0 !exprS.
  have -> : (25 * u ^ 2 + 642 * u + 4113)%:R = 25%:R * u%:R ^+ 2 + 642%:R * u%:R + 4113%:R :> R.
    by rewrite (natrD R (_ + _) 4113) (natrD R (25 * _) (642 * _)) (natrM R 25) (natrM R 642) natrX.
  have -> : (u + 12).+2%:R = u%:R + 14%:R :> R by rewrite -addn2 -addnA natrD.
  by rewrite /p tE natrX natrD; field.
by rewrite ler_wpmul2r ?ler0n.
Qed.

(* T2.8-bound: P(X < N) <= eps for every eps >= e^-2 as soon as t + 1 trials have 2 N successes in the mean. *)
Theorem binomial_tail_at_twice_the_mean eps p N t : at_least_exp_minus_2 eps -> 0 <= p <= 1 -> (0 < N)%N ->
  (2 * N)%:R <= p * t.+1%:R -> binomial_tail p t N <= eps.
Proof.
move=> eps_ge p01 N0 Np; have [p0 p1] := andP p01; have t1 : 0 < t.+1%:R :> R by rewrite ltr0n.
have Nt : (2 * N <= t.+1)%N by rewrite -(ler_nat R) (le_trans Np) // ler_pimull ?ler0n.
have low : (2 * N)%:R / t.+1%:R <= p by rewrite ler_pdivr_mulr.
have from_low : binomial_tail p t N <= binomial_tail ((2 * N)%:R / t.+1%:R) t N.
  by apply: binomial_tail_antitone => //; rewrite divr_ge0 ?ler0n.
have [N4|N4] := ltnP 3 N; first by apply: le_trans (at_least_exp_minus_2_ge eps_ge); apply: tail_from_four.
apply: le_trans from_low _; case: N N0 N4 Nt {Np low} => [|[|[|[|N]]]] // _ _ Nt.
- apply: le_trans (eps_ge t _); last by lia.
  rewrite /binomial_tail big_ord_recr big_ord0 /= add0r binomial_term0 /below_exp_minus_2.
  have -> : (t%:R - 1) / (t%:R + 1) = 1 - 2%:R / t.+1%:R :> R.
    by rewrite [t.+1%:R]mulrSr; field; rewrite gt_eqF ?natr_succ_gt0.
  by rewrite muln1.
- by apply: le_trans (at_least_exp_minus_2_ge eps_ge); apply: tail_of_two; lia.
- by apply: le_trans (at_least_exp_minus_2_ge eps_ge); apply: tail_of_three; lia.
Qed.

End TwiceTheMean.
