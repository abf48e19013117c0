(* Heads that are graphs with self-loops and a unique sink: each has forward probability 1/2, whatever its edges, and
   their means mix in 4N steps exactly for the thresholds eps >= 1/16. N = n here.

   Glossary
     head_graph E    a feedforward graph with all self-loops and a unique sink *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems diffusion matrices walk exp_minus_2 binomial_tail twice_the_mean forward_moves.
From crosshead Require Import mixing small_walks star_graph.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Graph.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (E : rel 'I_n.+1) (i j : 'I_n.+1).
Local Notation sink := (sink n).
Notation half := (2%:R^-1 : R).

Definition head_graph E := [/\ feedforward_graph E, self_loops E & unique_sink_graph E].

Lemma head_graph_out_degree E j : head_graph E -> (0 < out_degree E j)%N.
Proof. by move=> [_ loops _]; apply: edge_out_degree (loops j). Qed.

Lemma head_graph_column_stochastic E : head_graph E -> column_stochastic (walk_matrix R E).
Proof. by move=> E_head; apply/walk_matrix_column_stochastic => j; apply: head_graph_out_degree. Qed.

Lemma head_graph_feedforward E : head_graph E -> feedforward (walk_matrix R E).
Proof. by move=> [Ef _ _]; apply/walk_matrix_feedforward. Qed.

(* A node before the sink has an edge besides its self-loop. *)
Lemma two_edges E j : head_graph E -> j != sink -> (1 < out_degree E j)%N.
Proof.
move=> [_ loops Eu]; rewrite Eu => /forallPn [i]; rewrite negb_imply => /andP [ji ij].
rewrite /out_degree (cardD1 j) inE loops ltnS; apply/card_gt0P; exists i.
by rewrite !inE ij ji.
Qed.

Lemma head_graph_forward_move E j : head_graph E -> forward_move (walk_matrix R E) j = 1 - (out_degree E j)%:R^-1.
Proof.
move=> E_head; have [_ loops _] := E_head.
rewrite forward_moveE; [|exact: head_graph_column_stochastic|exact: head_graph_feedforward].
by rewrite mxE loops div1r.
Qed.

(* T2.8-eq4: the node before the sink has two edges, the others at least two. *)
Theorem graph_forward_probability E : head_graph E -> (0 < n)%N -> forward_probability (walk_matrix R E) half.
Proof.
move=> E_head n0; have halfE : half = 1 - half by field.
split=> [j j_sink|].
  rewrite head_graph_forward_move // {1}halfE ler_add2l ler_opp2 lef_pinv ?posrE ?ltr0n ?ler_nat ?two_edges //.
  exact: head_graph_out_degree.
have lt_last : (n.-1 < n.+1)%N by rewrite prednK // leqnSn.
pose j : 'I_n.+1 := Ordinal lt_last; have j_sink : j != sink by rewrite before_sink /= prednK.
exists j => //; rewrite head_graph_forward_move // [RHS]halfE; congr (1 - _%:R^-1).
apply/eqP; rewrite eqn_leq two_edges // andbT; have [Ef _ _] := E_head.
rewrite -[2%N](_ : #|pred2 j sink| = _); last by rewrite card2 j_sink.
apply/subset_leq_card/subsetP => i; rewrite !inE -!val_eqE /= => /Ef /= le_i.
by have := leq_ord i; rewrite leq_eqVlt => /orP [->|lt_i]; rewrite ?orbT // eqn_leq le_i andbT -ltnS prednK // lt_i.
Qed.

End Graph.

Section FourTimes.
Variable R : realFieldType.
Notation half := (2%:R^-1 : R).

(* P(X < N) <= 1/16 for 4N fair coins, with equality for N = 1: two cases by counting, the rest by Chernoff's bound. *)
Lemma fair_tail_by_counting (t m c : nat) : tail_count 1%num 1%num t m = bin_of_nat c ->
  binomial_tail half t m = c%:R / (2 ^ t)%:R.
Proof.
move=> count; have := @tail_countE R 1%num 1%num t m isT; rewrite div1r count bin_of_natK => <-.
by rewrite natrX mulfK // expf_neq0 // pnatr_eq0.
Qed.

Lemma fair_tail_from_four m : binomial_tail half (4 * m.+4) m.+4 <= 16%:R^-1.
Proof.
have half01 : 0 <= half <= 1 by apply/andP; split; [at_most 1%N 2%N|at_most 1%N 2%N].
have third01 : 0 <= (3%:R^-1 : R) <= 1 by apply/andP; split; [at_most 1%N 3%N|at_most 2%N 3%N].
have := chernoff (4 * m.+4) m.+3 third01 half01.
have -> : 1 - half * (1 - 3%:R^-1) = 2%:R / 3%:R by field.
rewrite exprM mulrC -ler_pdivl_mulr ?exprn_gt0 ?invr_gt0 ?ltr0n // => /le_trans; apply.
rewrite ler_pdivr_mulr ?exprn_gt0 ?invr_gt0 ?ltr0n //; set x := (2%:R / 3%:R) ^+ 4.
have x0 : 0 <= x by rewrite exprn_ge0 ?divr_ge0 ?ler0n.
have x_fifth : x <= 5%:R^-1 by rewrite /x; at_most 1%N 405%N.
have x_third : x <= 3%:R^-1 by apply: le_trans x_fifth _; at_most 2%N 15%N.
have -> : 16%:R^-1 * 3%:R^-1 ^+ m.+3 = 16%:R^-1 * 3%:R^-1 ^+ 3 * 3%:R^-1 ^+ m :> R by rewrite -mulrA -exprD.
rewrite -[m.+4]/(4 + m)%N exprD; apply: ler_pmul; [exact: exprn_ge0|exact: exprn_ge0| |]; last first.
  by apply: ler_expn2r; rewrite ?nnegrE ?invr_ge0 ?ler0n.
apply: (@le_trans _ _ (5%:R^-1 ^+ 4)); first by apply: ler_expn2r; rewrite ?nnegrE ?invr_ge0 ?ler0n.
have -> : 16%:R^-1 * 3%:R^-1 ^+ 3 = 432%:R^-1 :> R by field.
by rewrite exprVn lef_pinv ?posrE ?exprn_gt0 ?ltr0n // -natrX ler_nat.
Qed.

Lemma fair_tail N : (0 < N)%N -> binomial_tail half (4 * N) N <= 16%:R^-1.
Proof.
case: N => [|[|[|[|m]]]] // _; last exact: fair_tail_from_four.
- by rewrite (@fair_tail_by_counting _ _ 1) //; at_most 0%N 1%N.
- by rewrite (@fair_tail_by_counting _ _ 9) //; at_most 7%N 256%N.
by rewrite (@fair_tail_by_counting _ _ 79) //; at_most 177%N 4096%N.
Qed.

(* T2.8-bound for heads that are graphs: 4N steps for every eps >= 1/16, for any number of heads and all weights. *)
Theorem mean_of_graphs_mixed n H (w : 'I_H -> R) (E : 'I_H -> rel 'I_n.+1) eps : convex w ->
  (forall h, 0 < w h -> head_graph (E h)) -> (0 < n)%N -> 16%:R^-1 <= eps ->
  mixed (mean w (fun h => walk_matrix R (E h))) eps (4 * n).
Proof.
move=> wc heads n0 eps_ge j; apply: le_trans eps_ge; apply: le_trans (fair_tail n0).
have := @mean_distance_at_most_binomial_tail R n H w (fun h => walk_matrix R (E h)) (fun=> half) wc.
rewrite /effective (weighted_constant wc); apply=> h /heads E_head.
- exact: head_graph_column_stochastic.
- exact: head_graph_feedforward.
exact: graph_forward_probability.
Qed.

(* T2.8-bound for graphs: the exact range of eps. *)
Theorem exact_range_of_eps_for_graphs eps :
  (forall n (E : rel 'I_n.+1), head_graph E -> (0 < n)%N ->
     exists2 T, mixing_time (walk_matrix R E) eps T & (T <= 4 * n)%N) <-> 16%:R^-1 <= eps.
Proof.
split=> [bound|eps_ge n E E_head n0].
  have star_head : head_graph (@star_graph 1).
    by split; [exact: star_graph_feedforward|exact: star_graph_self_loops|exact: star_graph_unique_sink].
  have [T [T_mix _] T4] := bound 1%N _ star_head isT.
  have eps0 : 0 <= eps by have := T_mix (sink 1); rewrite star_distance_sink.
  move/(star_mixed T (isT : 0 < 1)%N eps0): T_mix; apply: le_trans.
  have -> : 16%:R^-1 = half ^+ 4 by field.
  by apply: ler_wiexpn2l => //; [at_most 1%N 2%N|at_most 1%N 2%N].
apply: mixing_time_of_mixed.
have one : convex (fun _ : 'I_1 => 1 : R) by split=> [h|]; rewrite ?ler01 // big_ord1.
have := @mean_of_graphs_mixed n 1 _ (fun=> E) eps one (fun _ _ => E_head) n0 eps_ge.
by rewrite /mean big_ord1 scale1r.
Qed.

End FourTimes.
