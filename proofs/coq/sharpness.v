(* The lazy line, on which every bound of forward_moves.v is an equality, and the threshold e^-2, which is sharp.

   Glossary
     lazy_line n p      from each node before the sink one node forward with probability p, else stay
     next j             the node after j
     lazy_line_remaining_is_binomial_tail   the distance is P(X < N - j): T2.8-binomial with equality
     exact_range_of_eps     T_mix(eps) <= 2N/p for all walks exactly when eps >= e^-2 *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems diffusion matrices inequalities walk.
From crosshead Require Import exp_minus_2 binomial_tail forward_moves mixing.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section LazyLine.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (p : R) (i j k : 'I_n.+1) (t : nat).
Local Notation sink := (sink n).

Definition next j : 'I_n.+1 := inord j.+1.
Definition lazy_line p : 'M[R]_n.+1 :=
  \matrix_(i, j) (if j == sink then (i == sink)%:R else (i == j)%:R * (1 - p) + (i == next j)%:R * p).

Lemma next_val j : j != sink -> next j = j.+1 :> nat.
Proof. by rewrite before_sink => jn; rewrite inordK. Qed.

Lemma next_neq j : j != sink -> next j != j.
Proof. by move=> /next_val j1; rewrite -val_eqE /= j1 -(addn1 j) -[X in _ == X]addn0 eqn_add2l. Qed.

(* A sum over the column of a node before the sink has two terms. *)
Lemma lazy_line_sum p (f : 'I_n.+1 -> R) j : j != sink ->
  \sum_k f k * lazy_line p k j = f j * (1 - p) + f (next j) * p.
Proof.
move=> j_sink; have nj := next_neq j_sink.
rewrite (bigD1 j) //= (bigD1 (next j)) //= big1 ?addr0 => [|k /andP [/negbTE kj /negbTE kn]]; last first.
  by rewrite mxE (negbTE j_sink) kj kn !mul0r addr0 mulr0.
by rewrite !mxE (negbTE j_sink) !eqxx (eq_sym j) (negbTE nj) !mul0r addr0 add0r !mul1r.
Qed.

Lemma lazy_line_column_stochastic p : 0 <= p <= 1 -> column_stochastic (lazy_line p).
Proof.
case/andP=> p0 p1; split=> [i j|j].
  rewrite mxE; case: ifP => _; first exact: ler0n.
  by rewrite addr_ge0 // mulr_ge0 ?ler0n ?subr_ge0.
have [->|j_sink] := eqVneq j sink.
  rewrite (bigD1 sink) //= mxE eqxx big1 ?addr0 // => i /negbTE i_sink; by rewrite mxE eqxx i_sink.
have := lazy_line_sum p (fun _ => 1) j_sink; rewrite !mul1r subrK => <-.
by apply: eq_bigr => i _; rewrite mul1r.
Qed.

Lemma lazy_line_feedforward p : feedforward (lazy_line p).
Proof.
move=> i j ij; rewrite mxE; have [j_sink|j_sink] := eqVneq j sink.
  by rewrite -val_eqE /= ltn_eqF //; move: ij; rewrite j_sink.
by rewrite -!val_eqE /= next_val // (ltn_eqF ij) ltn_eqF ?(ltnW ij) ?mul0r ?addr0 // ltnS ltnW.
Qed.

Lemma lazy_line_forward_move p j : 0 <= p <= 1 -> j != sink -> forward_move (lazy_line p) j = p.
Proof.
move=> p01 j_sink; rewrite forward_moveE; [|exact: lazy_line_column_stochastic|exact: lazy_line_feedforward].
by rewrite mxE (negbTE j_sink) eqxx eq_sym (negbTE (next_neq j_sink)) mul0r mul1r addr0 subKr.
Qed.

Lemma lazy_line_forward_probability p : 0 <= p <= 1 -> (0 < n)%N -> forward_probability (lazy_line p) p.
Proof.
move=> p01 n0; split=> [j j_sink|]; first by rewrite lazy_line_forward_move.
by exists ord0; rewrite ?before_sink // lazy_line_forward_move ?before_sink.
Qed.

(* T2.8-binomial: on the lazy line the bound of forward_moves.v is an equality. *)
Theorem lazy_line_remaining_is_binomial_tail p t j : 0 <= p <= 1 ->
  1 - absorbed (lazy_line p) t j = binomial_tail p t (n - j).
Proof.
move=> p01; have Ls := lazy_line_column_stochastic p01.
have L1 := sink_keeps_all Ls (@lazy_line_feedforward p).
elim: t j => [|t IH] j.
  rewrite absorbed0; have [->|j_sink] := eqVneq j sink; first by rewrite subnn binomial_tail0 subrr.
  have -> : (n - j = (n - j).-1.+1)%N by rewrite prednK // subn_gt0 -before_sink.
  by rewrite binomial_tail_start subr0.
have [->|j_sink] := eqVneq j sink; first by rewrite absorbed_sink // subrr subnn binomial_tail0.
rewrite remainingS // lazy_line_sum // !IH next_val //.
have -> : (n - j = (n - j.+1).+1)%N by rewrite subnSK // -before_sink.
by rewrite binomial_tailS mulrC [X in _ + X]mulrC.
Qed.

End LazyLine.

Section TwoNodes.
Variable R : realFieldType.
Implicit Types (p eps : R) (t : nat).

Lemma two_node_remaining p t : 0 <= p <= 1 -> 1 - absorbed (lazy_line 1 p) t ord0 = (1 - p) ^+ t.
Proof.
move=> p01; rewrite lazy_line_remaining_is_binomial_tail // subn0.
by rewrite /binomial_tail big_ord_recr big_ord0 /= add0r binomial_term0.
Qed.

Lemma two_nodes_mixed p eps t : 0 <= p <= 1 -> mixed (lazy_line 1 p) eps t -> (1 - p) ^+ t <= eps.
Proof.
move=> p01 /mixedE mix; rewrite -two_node_remaining //; apply: mix.
exact: lazy_line_column_stochastic.
Qed.

(* A power of a fraction of naturals, compared by binary computation. *)
Lemma fraction_below_power (a b c d k : N) : N.ltb (c * b ^ k) (d * a ^ k) -> (0 < nat_of_bin b)%N ->
  (0 < nat_of_bin d)%N -> c%:R / d%:R < (a%:R / b%:R) ^+ k :> R.
Proof.
move=> /N.ltb_spec0 lt_binary b0 d0.
rewrite expr_div_n ltr_pdivr_mulr ?ltr0n // mulrAC ltr_pdivl_mulr ?exprn_gt0 ?ltr0n //.
rewrite -!natrX -!natrM ltr_nat mulnC [X in (_ < X)%N]mulnC; lia.
Qed.

Lemma power_below_fraction (a b c d k : N) : N.leb (d * a ^ k) (c * b ^ k) -> (0 < nat_of_bin b)%N ->
  (0 < nat_of_bin d)%N -> (a%:R / b%:R) ^+ k <= c%:R / d%:R :> R.
Proof.
move=> /N.leb_spec0 le_binary b0 d0.
rewrite expr_div_n ler_pdivr_mulr ?exprn_gt0 ?ltr0n // mulrAC ler_pdivl_mulr ?ltr0n //.
rewrite -!natrX -!natrM ler_nat mulnC; lia.
Qed.

(* The first time at which a power is at most eps is the mixing time. *)
Lemma two_node_mixing_time p eps t : 0 <= p <= 1 -> (1 - p) ^+ t.+1 <= eps -> eps < (1 - p) ^+ t ->
  mixing_time (lazy_line 1 p) eps t.+1.
Proof.
move=> p01 le_eps eps_lt; have Ls := lazy_line_column_stochastic 1 p01.
have L1 := sink_keeps_all Ls (@lazy_line_feedforward _ _ _).
apply: mixing_timeP => // [|/(two_nodes_mixed p01)]; last by apply/negP; rewrite -ltNge.
apply/mixedE => // j; apply: le_trans le_eps; rewrite -two_node_remaining // !lazy_line_remaining_is_binomial_tail //.
by apply: binomial_tail_le => //; rewrite subn0 leq_subr.
Qed.

(* T2.8-bound: below e^-2 the bound fails on two nodes, here 0.135 with p = 1/500: 1001 steps against 2N/p = 1000. *)
Theorem bound_fails_at_0135 : mixing_time (lazy_line 1 (500%:R^-1 : R)) (27%:R / 200%:R) 1001 /\
  (2 * 1)%:R / 500%:R^-1 = 1000%:R :> R.
Proof.
have p01 : 0 <= (500%:R^-1 : R) <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
have base : 1 - 500%:R^-1 = 499%:R / 500%:R :> R by field.
split; last by rewrite invrK -natrM.
apply: two_node_mixing_time => //; rewrite base.
  by apply: (@power_below_fraction 499 500 27 200 1001); vm_compute.
by apply: (@fraction_below_power 499 500 27 200 1000); vm_compute.
Qed.

(* T2.8-bound: at 1/8, which is 1/4 in the L1 reading of Definition 2.7, 41 steps against 2N/p = 40 with p = 1/20. *)
Theorem bound_fails_at_one_eighth : mixing_time (lazy_line 1 (20%:R^-1 : R)) (8%:R^-1) 41 /\
  (2 * 1)%:R / 20%:R^-1 = 40%:R :> R.
Proof.
have p01 : 0 <= (20%:R^-1 : R) <= 1 by rewrite invr_ge0 ler0n invf_le1 ?ltr0n // ler1n.
have base : 1 - 20%:R^-1 = 19%:R / 20%:R :> R by field.
split; last by field.
apply: two_node_mixing_time => //; rewrite base -[8%:R^-1]mul1r.
  by apply: (@power_below_fraction 19 20 1 8 41); vm_compute.
by apply: (@fraction_below_power 19 20 1 8 40); vm_compute.
Qed.

(* Powers are continuous. *)
Lemma power_difference (x y : R) t : 0 <= y -> y <= x -> x <= 1 -> x ^+ t - t%:R * (x - y) <= y ^+ t.
Proof.
move=> y0 yx x1; have x0 := le_trans y0 yx; elim: t => [|t IH]; first by rewrite mul0r subr0 !expr0.
rewrite !exprS; apply: (@le_trans _ _ (y * (x ^+ t - t%:R * (x - y)))); last by apply: ler_wpmul2l.
rewrite -subr_ge0; have -> : y * (x ^+ t - t%:R * (x - y)) - (x * x ^+ t - t.+1%:R * (x - y)) =
  (x - y) * (1 - x ^+ t) + t%:R * (x - y) * (1 - y) by rewrite mulrSr; ring.
have y1 := le_trans yx x1.
by rewrite addr_ge0 // !mulr_ge0 ?ler0n ?subr_ge0 ?exprn_ile1.
Qed.

End TwoNodes.

Section ExactRange.
Variable R : archiFieldType.
Implicit Types (p eps : R) (t n : nat).

(* T2.8-bound: the lazy two-node walks alone already need eps >= e^-2. *)
Theorem two_nodes_need_exp_minus_2 eps :
  (forall p, 0 < p -> p <= 1 -> exists2 T, mixing_time (lazy_line 1 p) eps T & T%:R <= 2%:R / p) ->
  at_least_exp_minus_2 eps.
Proof.
move=> bound t t0; pose s : R := t%:R + 1; have s0 : 0 < s by apply: natr_succ_gt0.
have mix p : 2%:R / s < p -> p <= 1 -> (1 - p) ^+ t <= eps.
  move=> low p1; have p0 : 0 < p by apply: lt_trans low; rewrite divr_gt0 ?ltr0n.
  have [T [T_mix _] T_le] := bound p p0 p1.
  have p01 : 0 <= p <= 1 by rewrite p1 ltW.
  have Tt : (T <= t)%N.
    rewrite -ltnS -(ltr_nat R) mulrSr; apply: le_lt_trans T_le _.
    by rewrite ltr_pdivr_mulr // mulrC -ltr_pdivr_mulr.
  apply: two_nodes_mixed => //; apply: mixed_later Tt T_mix; first exact: lazy_line_column_stochastic.
  by apply: sink_keeps_all; [exact: lazy_line_column_stochastic|exact: lazy_line_feedforward].
have xE : (t%:R - 1) / s = 1 - 2%:R / s by rewrite /s; field; rewrite gt_eqF.
have eps0 : 0 <= eps.
  have [t1|t1] := ltnP 1 t; last first.
    have [T [T_mix _] _] := bound 1 ltr01 (lexx _).
    have := @two_nodes_mixed R 1 eps T; rewrite ler01 lexx => /(_ isT T_mix); apply: le_trans.
    by rewrite exprn_ge0 // subrr.
  have := mix 1 _ (lexx _); rewrite ltr_pdivr_mulr // mul1r subrr expr0n gtn_eqF //; apply.
  by rewrite /s -mulrSr ltr_nat.
rewrite /below_exp_minus_2 -/s xE; set x := 1 - 2%:R / s; rewrite leNgt; apply/negP => above.
have x0 : 0 < x.
  have x_ge0 : 0 <= x by rewrite /x -xE; apply: below_ratio_ge0.
  rewrite lt_neqAle x_ge0 andbT eq_sym; apply/eqP => x_zero.
  by move: above; rewrite x_zero expr0n gtn_eqF //= ltNge eps0.
have x1 : x <= 1 by rewrite ler_subl_addr ler_addl divr_ge0 ?ler0n // ltW.
pose d := (x ^+ t - eps) / s; have d0 : 0 < d by rewrite divr_gt0 ?subr_gt0.
pose y := Num.max 0 (x - d); have y0 : 0 <= y by rewrite le_maxr lexx.
have yx : y < x by rewrite lt_maxl x0 ltr_subl_addr ltr_addl.
have y_bound : y ^+ t <= eps.
  have -> : y = 1 - (1 - y) by rewrite subKr.
  by apply: mix; [rewrite ltr_subr_addr addrC -ltr_subr_addr|rewrite ler_subl_addr ler_addl].
move: y_bound; apply/negP.
rewrite -ltNge; apply: lt_le_trans (power_difference t y0 (ltW yx) x1).
rewrite ltr_subr_addr addrC -ltr_subr_addr.
have near : x - y <= d by rewrite ler_subl_addr addrC -ler_subl_addr le_maxr lexx orbT.
apply: le_lt_trans (ler_wpmul2l (ler0n _ t) near) _.
by rewrite /d mulrCA gtr_pmulr ?subr_gt0 // ltr_pdivr_mulr // mul1r ltr_addl ltr01.
Qed.

(* T2.8-bound: the exact range of eps. *)
Theorem exact_range_of_eps eps :
  (forall n (W : 'M[R]_n.+1) p, column_stochastic W -> feedforward W -> forward_probability W p -> 0 < p ->
     exists2 T, mixing_time W eps T & T%:R <= (2 * n)%:R / p) <->
  at_least_exp_minus_2 eps.
Proof.
split=> [bound|eps_ge n W p Ws Wf Wp p0]; last exact: mixing_time_at_most_2N_over_own_p.
apply: two_nodes_need_exp_minus_2 => p p0 p1; have p01 : 0 <= p <= 1 by rewrite p1 ltW.
have := bound 1%N (lazy_line 1 p) p; apply=> //.
- exact: lazy_line_column_stochastic.
- exact: lazy_line_feedforward.
- exact: lazy_line_forward_probability.
Qed.

End ExactRange.
