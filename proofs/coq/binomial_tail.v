(* The tail of a binomial law: P(X < m) for X the number of successes in t independent trials of probability p.

   Glossary
     binomial_term p t k    C(t, k) p^k (1 - p)^(t - k)
     binomial_tail p t m    P(X < m), the sum of the terms below m
     binomial_tailS         one more trial: the recursion that all proofs use
     binomial_tail_antitone a larger p makes a smaller tail
     chernoff               a^m P(X < m + 1) <= (1 - p (1 - a))^t for 0 <= a <= 1: Markov's inequality for a^X *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Tail.
Variable R : realFieldType.
Implicit Types (p q a : R) (t m k : nat).

Definition binomial_term p t k : R := 'C(t, k)%:R * p ^+ k * (1 - p) ^+ (t - k).
Definition binomial_tail p t m : R := \sum_(k < m) binomial_term p t k.

Lemma binomial_term0 p t : binomial_term p t 0 = (1 - p) ^+ t.
Proof. by rewrite /binomial_term bin0 expr0 !mul1r subn0. Qed.

Lemma binomial_termS p t k :
  binomial_term p t.+1 k.+1 = (1 - p) * binomial_term p t k.+1 + p * binomial_term p t k.
Proof.
rewrite /binomial_term binS natrD subSS exprS; have [tk|kt] := leqP t k.
  by rewrite (bin_small (_ : t < k.+1)%N) ?ltnS //; ring.
by rewrite -(subnSK kt) exprS; ring.
Qed.

Lemma binomial_tail0 p t : binomial_tail p t 0 = 0.
Proof. by rewrite /binomial_tail big_ord0. Qed.

Lemma binomial_tail_start p m : binomial_tail p 0 m.+1 = 1.
Proof.
rewrite /binomial_tail big_ord_recl binomial_term0 expr0 big1 ?addr0 // => k _.
by rewrite /binomial_term bin_small ?mul0r.
Qed.

Lemma binomial_tailS p t m :
  binomial_tail p t.+1 m.+1 = (1 - p) * binomial_tail p t m.+1 + p * binomial_tail p t m.
Proof.
rewrite /binomial_tail big_ord_recl binomial_term0 exprS -binomial_term0.
under eq_bigr do rewrite /= binomial_termS.
by rewrite big_split /= -!mulr_sumr addrA -mulrDr [in RHS]big_ord_recl.
Qed.

Lemma binomial_term_ge0 p t k : 0 <= p <= 1 -> 0 <= binomial_term p t k.
Proof. by case/andP=> p0 p1; rewrite !mulr_ge0 ?exprn_ge0 ?ler0n ?subr_ge0. Qed.

Lemma binomial_tail_ge0 p t m : 0 <= p <= 1 -> 0 <= binomial_tail p t m.
Proof. by move=> p01; rewrite sumr_ge0 // => k _; apply: binomial_term_ge0. Qed.

Lemma binomial_tail_nondecreasing p t m : 0 <= p <= 1 -> binomial_tail p t m <= binomial_tail p t m.+1.
Proof.
by move=> p01; rewrite /binomial_tail big_ord_recr /= ler_addl binomial_term_ge0.
Qed.

Lemma binomial_tail_le p t m m' : 0 <= p <= 1 -> (m <= m')%N -> binomial_tail p t m <= binomial_tail p t m'.
Proof.
move=> p01; elim: m' => [|m' IH]; first by rewrite leqn0 => /eqP ->.
rewrite leq_eqVlt => /predU1P [-> //|/IH mm']; apply: le_trans mm' _.
exact: binomial_tail_nondecreasing.
Qed.

(* More weight on fewer remaining successes makes a mean smaller. *)
Lemma binomial_tail_step p q t m : 0 <= p <= 1 -> p <= q ->
  (1 - q) * binomial_tail p t m.+1 + q * binomial_tail p t m <= binomial_tail p t.+1 m.+1.
Proof.
move=> p01 pq; rewrite binomial_tailS -subr_ge0.
set A := binomial_tail p t m.+1; set B := binomial_tail p t m.
have -> : (1 - p) * A + p * B - ((1 - q) * A + q * B) = (q - p) * (A - B) by ring.
by rewrite mulr_ge0 ?subr_ge0 // binomial_tail_nondecreasing.
Qed.

Lemma binomial_tail_antitone p q t m : 0 <= p -> p <= q -> q <= 1 -> binomial_tail q t m <= binomial_tail p t m.
Proof.
move=> p0 pq q1; have q0 := le_trans p0 pq; have p01 : 0 <= p <= 1 by rewrite p0 (le_trans pq).
elim: t m => [|t IH] [|m]; rewrite ?binomial_tail0 ?binomial_tail_start //.
rewrite binomial_tailS; apply: le_trans (binomial_tail_step t m p01 pq).
by apply: ler_add; apply: ler_wpmul2l; rewrite ?subr_ge0.
Qed.

Lemma chernoff a p t m : 0 <= a <= 1 -> 0 <= p <= 1 ->
  a ^+ m * binomial_tail p t m.+1 <= (1 - p * (1 - a)) ^+ t.
Proof.
case/andP=> a0 a1 /andP [p0 p1]; set x := 1 - p * (1 - a).
have x1 : 1 - p <= x by rewrite ler_add2l ler_opp2 ler_pimulr // ler_subl_addr ler_addl.
have x0 : 0 <= x by apply: le_trans x1; rewrite subr_ge0.
elim: t m => [|t IH] m; first by rewrite binomial_tail_start mulr1 expr0 exprn_ile1.
rewrite binomial_tailS mulrDr !mulrA [_ * (1 - p)]mulrC [_ * p]mulrC -!mulrA.
case: m => [|m].
  rewrite binomial_tail0 !mulr0 addr0 exprS; apply: ler_pmul => //; rewrite ?subr_ge0 //.
  by rewrite mul1r binomial_tail_ge0 // p0.
apply: (@le_trans _ _ ((1 - p) * x ^+ t + p * (a * x ^+ t))).
  apply: ler_add; apply: ler_wpmul2l; rewrite ?subr_ge0 //.
  by rewrite exprS -mulrA; apply: ler_wpmul2l.
by rewrite exprS -subr_ge0 (_ : _ - _ = 0) // /x; ring.
Qed.

End Tail.
