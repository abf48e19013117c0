(* The exact range of thresholds for each number N of nodes before the sink, and what two nodes allow. N = n here.

   Rounding is part of it: T_mix(eps) <= 2N/p is a statement about the time 2N/p rounded down, so that the least p for
   which the time t is promised is 2N/(t + 1), and the lazy line with that p decides.

   Glossary
     binomial_tail_lipschitz   the tail at neighbouring probabilities
     exact_range_of_eps_for_each_size   for each N the supremum of P(X < N) at p = 2N/(t + 1) over all t *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems diffusion matrices inequalities walk.
From crosshead Require Import exp_minus_2 binomial_tail forward_moves mixing sharpness.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Lipschitz.
Variable R : realFieldType.
Implicit Types (p q : R) (t m : nat).

Lemma binomial_tail_le1 p t m : 0 <= p <= 1 -> binomial_tail p t m <= 1.
Proof.
move=> p01; have [p0 p1] := andP p01.
elim: t m => [|t IH] [|m]; rewrite ?binomial_tail0 ?binomial_tail_start ?ler01 // binomial_tailS.
apply: (@le_trans _ _ ((1 - p) * 1 + p * 1)); last by rewrite !mulr1 subrK.
by apply: ler_add; apply: ler_wpmul2l; rewrite ?subr_ge0.
Qed.

Lemma binomial_tail_lipschitz p q t m : 0 <= p -> p <= q -> q <= 1 ->
  binomial_tail p t m - t%:R * (q - p) <= binomial_tail q t m.
Proof.
move=> p0 pq q1; have q0 := le_trans p0 pq; have p1 := le_trans pq q1.
have p01 : 0 <= p <= 1 by rewrite p0.
elim: t m => [|t IH] [|m]; rewrite ?binomial_tail0 ?binomial_tail_start ?mul0r ?subr0 //.
  by rewrite subr_le0 mulr_ge0 ?ler0n // subr_ge0.
rewrite [X in _ <= X]binomial_tailS.
set gap := t%:R * (q - p) in IH *.
apply: (@le_trans _ _ ((1 - q) * (binomial_tail p t m.+1 - gap) + q * (binomial_tail p t m - gap))).
  rewrite binomial_tailS -subr_ge0; set A := binomial_tail p t m.+1; set B := binomial_tail p t m.
  rewrite [X in _ <= X](_ : _ = (q - p) * (1 - (A - B))); last by rewrite /gap mulrSr; ring.
  rewrite mulr_ge0 ?subr_ge0 // (le_trans (_ : _ <= A)) ?binomial_tail_le1 // ler_subl_addr ler_addl.
  by apply: binomial_tail_ge0.
by apply: ler_add; apply: ler_wpmul2l; rewrite ?subr_ge0.
Qed.

End Lipschitz.

Section EachSize.
Variable R : archiFieldType.
Implicit Types (p eps : R) (t n : nat).

(* T2.8-bound: for N nodes before the sink. For N = 1 the tails are those of at_least_exp_minus_2. *)
Theorem exact_range_of_eps_for_each_size n eps : (0 < n)%N ->
  (forall (W : 'M[R]_n.+1) p, column_stochastic W -> feedforward W -> forward_probability W p -> 0 < p ->
     exists2 T, mixing_time W eps T & T%:R <= (2 * n)%:R / p) <->
  (forall t, (2 * n <= t.+1)%N -> binomial_tail ((2 * n)%:R / t.+1%:R : R) t n <= eps).
Proof.
move=> n0; split=> [bound t nt|tails W p Ws Wf [Wp [j j_sink jp]] p0]; last first.
  apply: mixing_time_at_most_quotient => // t large k.
  have p1 : p <= 1 by apply: (forward_at_least_le1 Ws Wf Wp j_sink).
  apply: le_trans (distance_at_most_binomial_tail t k Ws Wf (ltW p0) Wp) _.
  have nt : (2 * n <= t.+1)%N by rewrite -(ler_nat R) (le_trans large) // ler_pimull ?ler0n.
  apply: le_trans (tails t nt); apply: binomial_tail_antitone => //; first by rewrite divr_ge0 ?ler0n.
  by rewrite ler_pdivr_mulr ?ltr0n.
have s0 : 0 < t.+1%:R :> R by rewrite ltr0n.
set x := (2 * n)%:R / t.+1%:R; have x0 : 0 <= x by rewrite divr_ge0 ?ler0n.
have x1 : x <= 1 by rewrite ler_pdivr_mulr // mul1r ler_nat.
have line p : x < p -> p <= 1 -> binomial_tail p t n <= eps.
  move=> xp p1; have p0 : 0 < p := le_lt_trans x0 xp.
  have p01 : 0 <= p <= 1 by rewrite p1 ltW.
  have Ls := lazy_line_column_stochastic n p01; have Lf := @lazy_line_feedforward R n p.
  have [T [T_mix _] T_le] := bound _ p Ls Lf (lazy_line_forward_probability p01 n0) p0.
  have Tt : (T <= t)%N.
    rewrite -ltnS -(ltr_nat R); apply: le_lt_trans T_le _.
    by rewrite ltr_pdivr_mulr // mulrC -ltr_pdivr_mulr.
  have /(mixedE _ _ Ls)/(_ ord0) := mixed_later Ls (sink_keeps_all Ls Lf) Tt T_mix.
  by rewrite lazy_line_remaining_is_binomial_tail // subn0.
have eps0 : 0 <= eps.
  have one01 : 0 <= (1 : R) <= 1 by rewrite ler01 lexx.
  have Ls := lazy_line_column_stochastic n one01; have Lf := @lazy_line_feedforward R n 1.
  have [T [T_mix _] _] := bound _ 1 Ls Lf (lazy_line_forward_probability one01 n0) ltr01.
  have /(mixedE _ _ Ls)/(_ (sink n)) := T_mix; apply: le_trans.
  by rewrite absorbed_sink ?subrr // sink_keeps_all.
rewrite leNgt; apply/negP => above.
have [x_lt1|x_ge1] := ltP x 1; last first.
  have x_one : x = 1 by apply/le_anti; rewrite x1.
  move: above; rewrite x_one; case: t {s0 line x_one x1 x0 x x_ge1} nt => [|t] nt; first by lia.
  have -> : binomial_tail (1 : R) t.+1 n = 0.
    have all_one k m : (m <= k)%N -> binomial_tail (1 : R) k m = 0.
      elim: k m => [|k IH] [|m] //; rewrite ?binomial_tail0 // ltnS => mk.
      rewrite binomial_tailS subrr mul0r mul1r add0r; exact: IH.
    by apply: all_one; lia.
  by rewrite ltNge eps0.
set b := binomial_tail x t n in above *.
pose d := Num.min (1 - x) ((b - eps) / t.+1%:R).
have d0 : 0 < d by rewrite lt_minr subr_gt0 x_lt1 divr_gt0 // subr_gt0.
have near : x + d <= 1 by rewrite addrC -ler_subr_addr le_minl lexx.
have := line (x + d); rewrite ltr_addl d0 => /(_ isT near); apply/negP; rewrite -ltNge.
have step : b - t%:R * d <= binomial_tail (x + d) t n.
  have := @binomial_tail_lipschitz R x (x + d) t n x0; rewrite ler_addl (ltW d0) => /(_ isT near).
  by have -> : x + d - x = d by ring.
apply: lt_le_trans step; rewrite ltr_subr_addr -ltr_subr_addl.
have d_le : d <= (b - eps) / t.+1%:R by rewrite le_minl lexx orbT.
apply: le_lt_trans (ler_wpmul2l (ler0n _ t) d_le) _.
by rewrite mulrCA gtr_pmulr ?subr_gt0 // ltr_pdivr_mulr // mul1r ltr_nat.
Qed.

End EachSize.
