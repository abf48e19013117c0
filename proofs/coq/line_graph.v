(* The line: every node sends to itself and to the next one.

   Glossary (n.+1 nodes; d is the distance n - j of node j from the sink)
     line_graph n       the edges j -> j and j -> j + 1
     binomial_half t d  C(t, d)/2^t: the signal of a node at distance d, unless it is the first
     binomial_tail t n  P(Bin(t, 1/2) < n): what the first node does not have yet, and the walk's distance *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion matrices walk suprema absorption minimax binomials.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Line.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (i j k : 'I_n.+1) (t d : nat).
Notation tau := (sink n).

Definition line_graph : rel 'I_n.+1 := fun j i => (i == j) || (i == j.+1 :> nat).
Notation D := (diffusion_matrix R line_graph).
Notation W := (walk_matrix R line_graph).

Lemma line_graph_feedforward : feedforward_graph line_graph.
Proof. by move=> j i /orP[/eqP->//|/eqP->]. Qed.

Lemma line_graph_self_loops : self_loops line_graph.
Proof. by move=> j; rewrite /line_graph eqxx. Qed.

(* The node after j, for j before the sink. *)
Lemma next_node j : j != tau -> exists2 k : 'I_n.+1, k = j.+1 :> nat & k != j.
Proof.
rewrite before_sink => lt_jn; exists (Ordinal (lt_jn : (j.+1 < n.+1)%N)) => //.
by rewrite -val_eqE /= neq_ltn ltnSn orbT.
Qed.

Lemma previous_node i : i != 0%N :> nat -> exists2 k : 'I_n.+1, i = k.+1 :> nat & k != i.
Proof.
case: i => [[//|i]] lt_i _; exists (Ordinal (ltnW lt_i)) => //.
by rewrite -val_eqE /= neq_ltn ltnSn.
Qed.

Lemma line_graph_unique_sink : unique_sink_graph line_graph.
Proof.
move=> j; apply/eqP/forallP => [-> i|only].
  rewrite /line_graph; apply/implyP => /orP[//|/eqP i_after].
  by move: (ltn_ord i); rewrite i_after ltnn.
apply/eqP; apply: contraT => /next_node[k k_after]; apply: contraNT => _.
by have /implyP := only k; apply; rewrite /line_graph k_after eqxx orbT.
Qed.

Lemma line_in_degree i : in_degree line_graph i = if i == 0%N :> nat then 1%N else 2%N.
Proof.
rewrite /in_degree; case: (altP (i =P 0%N :> nat)) => [i0|/previous_node[k i_after ki]].
  rewrite (eq_card (B := pred1 i)) ?card1 // => j; rewrite !inE /line_graph i0 orbF.
  by rewrite eq_sym.
rewrite (eq_card (B := pred2 i k)) ?card2 1?eq_sym ?ki // => j.
by rewrite !inE /line_graph i_after eqSS [j == i]eq_sym [j == k]eq_sym.
Qed.

Lemma line_out_degree j : out_degree line_graph j = if j == tau then 1%N else 2%N.
Proof.
rewrite /out_degree; case: (altP (j =P tau)) => [->|/next_node[k k_after kj]].
  rewrite (eq_card (B := pred1 tau)) ?card1 // => i; rewrite !inE /line_graph.
  by rewrite [_ == _.+1](ltn_eqF (ltn_ord i)) orbF.
rewrite (eq_card (B := pred2 j k)) ?card2 1?eq_sym ?kj // => i.
by rewrite !inE /line_graph -k_after val_eqE.
Qed.

Lemma line_diffusion_row_stochastic : row_stochastic D.
Proof. by apply/diffusion_matrix_row_stochastic => i; apply: self_loops_in_degree line_graph_self_loops. Qed.

Lemma line_diffusion_feedforward : feedforward D.
Proof. exact/diffusion_matrix_feedforward/line_graph_feedforward. Qed.

Lemma line_diffusion_edge j i : i != 0%N :> nat -> line_graph j i -> D i j = 2%:R^-1.
Proof. by move=> /negbTE i0 edge; rewrite diffusion_matrixE line_in_degree i0 edge div1r. Qed.

Lemma line_diffusion_first : D ord0 ord0 = 1.
Proof. by rewrite diffusion_matrixE line_in_degree line_graph_self_loops divr1. Qed.

(* The signal of a node besides the first and the sink is the mean of its own and its successor's. *)
Lemma line_signal_next t j k :
  j != 0%N :> nat -> k = j.+1 :> nat -> signal D t.+1 j = (signal D t j + signal D t k) / 2%:R.
Proof.
move=> j0 k_after; have kj : k != j by rewrite -val_eqE /= k_after neq_ltn ltnSn orbT.
rewrite signal_next (bigD1 j) //= (bigD1 k) //= big1 ?addr0 => [|i /andP[ij ik]]; last first.
  apply/eqP; rewrite mulf_eq0 diffusion_matrix_eq0 /line_graph negb_or ij -k_after.
  by rewrite -[(i != k :> nat)]/(i != k) ik orbT.
have edge : line_graph j k by rewrite /line_graph k_after eqxx orbT.
by rewrite !line_diffusion_edge ?line_graph_self_loops ?k_after // mulrDl.
Qed.

Lemma line_sink_diffusion : (0 < n)%N -> D tau tau = 2%:R^-1.
Proof. by move=> n_gt0; rewrite line_diffusion_edge ?line_graph_self_loops //= -lt0n. Qed.

Theorem line_signal t j : j != 0%N :> nat -> signal D t j = binomial_half R t (n - j).
Proof.
elim: t j => [|t IH] j j0.
  rewrite signal_start binomial_half_start subn_eq0 -val_eqE /= eqn_leq.
  by rewrite -ltnS ltn_ord.
have [j_tau|j_tau] := eqVneq j tau.
  rewrite j_tau subnn signal_of_sink; last exact: line_diffusion_feedforward.
  rewrite line_sink_diffusion ?binomial_half0 ?exprVn // lt0n; by move: j0; rewrite j_tau.
have [k k_after _] := next_node j_tau; rewrite (line_signal_next _ j0 k_after) !IH ?k_after //.
have -> : (n - j = (n - j.+1).+1)%N by rewrite -subSn ?subSS // -before_sink.
by rewrite binomial_half_next.
Qed.

Theorem line_signal_of_first t : (0 < n)%N -> signal D t ord0 = 1 - binomial_tail R t n.
Proof.
move=> n_gt0; rewrite -(signal_sum t line_diffusion_row_stochastic) big_ord_recl /=.
have -> : \sum_(i < n) signal D t (lift ord0 i) = binomial_tail R t n; last by rewrite addrK.
rewrite /binomial_tail [RHS](reindex_inj rev_ord_inj); apply: eq_bigr => i _ /=.
by rewrite line_signal.
Qed.

(* The greatest signal of a node between the first and the sink: at the times 2d - 1 and 2d. *)
Theorem line_fidelity_between j : j != 0%N :> nat -> j != tau ->
  [/\ fidelity D j (central R (n - j)), signal D (2 * (n - j)) j = central R (n - j) &
      signal D (2 * (n - j)).-1 j = central R (n - j)].
Proof.
move=> j0; rewrite before_sink => lt_jn; have d_gt0 : (0 < n - j)%N by rewrite subn_gt0.
have at_peak : signal D (2 * (n - j)) j = central R (n - j) by rewrite line_signal // centralE.
split=> //; last by rewrite line_signal // binomial_half_before_peak.
apply: (@supremum_of_maximum _ _ _ _ (2 * (n - j))) => [||t _] //; first by rewrite muln_gt0.
by rewrite line_signal // binomial_half_at_most_central.
Qed.

Lemma line_sink_fidelity : (0 < n)%N -> fidelity D tau 2%:R^-1.
Proof.
move=> n_gt0; rewrite -(line_sink_diffusion n_gt0).
exact: fidelity_of_sink line_diffusion_row_stochastic line_diffusion_feedforward.
Qed.

Lemma line_signal_of_first_below t : (0 < n)%N -> signal D t ord0 < 1.
Proof. by move=> n_gt0; rewrite line_signal_of_first // ltr_subl_addr ltr_addl binomial_tail_gt0. Qed.

(* The walk: a node at distance d has not reached the sink while fewer than d of the steps have moved. *)
Lemma line_walk_column_stochastic : column_stochastic W.
Proof. by apply/walk_matrix_column_stochastic => j; rewrite line_out_degree; case: ifP. Qed.

Lemma line_walk_feedforward : feedforward W.
Proof. exact/walk_matrix_feedforward/line_graph_feedforward. Qed.

Lemma line_walk_edge j i : j != tau -> line_graph j i -> W i j = 2%:R^-1.
Proof. by move=> /negbTE j_tau edge; rewrite mxE line_out_degree j_tau edge div1r. Qed.

Theorem line_not_absorbed t j : 1 - absorbed W t j = binomial_tail R t (n - j).
Proof.
have Ws := line_walk_column_stochastic.
have at_sink s : 1 - absorbed W s tau = 0.
  by rewrite absorbed_sink ?subrr //; apply: sink_keeps_all line_walk_feedforward.
elim: t j => [|t IH] j; have [->|j_tau] := eqVneq j tau; rewrite ?at_sink ?subnn ?binomial_tail0 //.
  by rewrite absorbed0 (negbTE j_tau) subr0 binomial_tail_start // subn_gt0 -before_sink.
have [k k_after kj] := next_node j_tau.
rewrite remainingS // (bigD1 j) //= (bigD1 k) //= big1 ?addr0 => [|i /andP[ij ik]]; last first.
  rewrite [W i j]mxE /line_graph (negbTE ij) -k_after -[(i == k :> nat)]/(i == k) (negbTE ik).
  by rewrite mul0r mulr0.
have edge : line_graph j k by rewrite /line_graph k_after eqxx orbT.
rewrite !line_walk_edge ?line_graph_self_loops // !IH k_after.
have -> : (n - j = (n - j.+1).+1)%N by rewrite -subSn ?subSS // -before_sink.
by rewrite binomial_tail_next mulrDl.
Qed.

Theorem line_mixed eps t : mixed W eps t <-> binomial_tail R t n <= eps.
Proof.
have Ws := line_walk_column_stochastic; rewrite mixedE //.
split=> [mix|small j]; first by rewrite -[n]subn0 -(line_not_absorbed t ord0).
by rewrite line_not_absorbed (le_trans _ small) // binomial_tail_monotone // leq_subr.
Qed.
End Line.
