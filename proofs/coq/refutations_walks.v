(* Claims about stationary laws and spectra that fail, each for a concrete graph.

   Glossary (nodes count from 0; looped graphs have all self-loops, listed graphs the listed edges only)
     no_edge            one node and no edge: a unique sink by Definition 2.2, but no walk
     no_loop_at_sink    0 -> 0, 0 -> 1 on two nodes
     round_trip         0 -> 1, 1 -> 0, 2 -> 2: a unique sink and a cycle
     into_sink, out_of_sink   0 -> 1 and 1 -> 0 on two nodes, with self-loops
     line_of_three      0 -> 1, 1 -> 2 with self-loops *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices walk stationary binomial_tail forward_moves mixing sharpness.
From crosshead Require Import concrete small_walks star_graph refutations_mixing refutations_bounds.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition listed n (edges : seq (nat * nat)) : rel 'I_n.+1 := fun j i => (j : nat, i : nat) \in edges.

Lemma out_degree_listed n edges (j : 'I_n.+1) :
  out_degree (listed edges) j = count (fun i => (j : nat, i) \in edges) (iota 0 n.+1).
Proof.
rewrite /out_degree -sum1_card -sum1_count -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord.
by apply: eq_bigl => i; rewrite inE.
Qed.

Definition no_edge := @listed 0 [::].
Definition no_loop_at_sink := @listed 1 [:: (0, 0); (0, 1)]%N.
Definition round_trip := @listed 2 [:: (0, 1); (1, 0); (2, 2)]%N.
Definition into_sink := @looped 1 [:: (0, 1)]%N.
Definition out_of_sink := @looped 1 [:: (1, 0)]%N.

Section Stationary.
Variable R : realFieldType.
Notation W := (walk_matrix R).
Notation half := (2%:R^-1 : R).

(* L2.5 as printed: a sink without a self-loop. With no out-edge its column is zero, and no law is kept. *)
Theorem no_stationary_law_without_loop_at_sink :
  feedforward_graph no_edge /\ unique_sink_graph no_edge /\ forall p, ~ stationary (W no_edge) p.
Proof.
split=> [//|]; split=> [j|p [_ p1 Wp]].
  by rewrite (ord1 j); apply/esym/forallP => i; rewrite (ord1 i) eqxx implybT.
have := p1; rewrite -Wp big_ord1 mxE big_ord1 mxE mul0r mul0r => /esym/eqP.
by rewrite oner_eq0.
Qed.

(* L2.5 as printed: an edge into the sink does not help, what arrives there disappears. *)
Theorem no_stationary_law_without_loop_at_sink_of_two :
  feedforward_graph no_loop_at_sink /\ unique_sink_graph no_loop_at_sink /\
  forall p, ~ stationary (W no_loop_at_sink) p.
Proof.
split=> [[j lt_j] [i lt_i]|].
  by case: j lt_j => [|[|//]] lt_j; rewrite /no_loop_at_sink /listed !inE.
split=> [j|p [p0 p1 Wp]].
  apply/eqP/forallP => [-> i|only]; first by rewrite /no_loop_at_sink /listed !inE.
  apply/val_inj; have := only ord_max; case: j {only} => [[|[|//]] lt_j] //.
have column (i j : 'I_2) : W no_loop_at_sink i j = (j == ord0)%:R / 2%:R.
  by rewrite mxE out_degree_listed; case: i => [[|[|//]] ?]; case: j => [[|[|//]] ?]; rewrite /= ?mul0r ?mul1r.
have at_node i : p i 0 = p ord0 0 / 2%:R.
  rewrite -{1}Wp mxE (bigD1 ord0) //= column eqxx big1 ?addr0; first by rewrite mul1r mulrC.
  by move=> k /negbTE k0; rewrite column k0 !mul0r.
have first0 : p ord0 0 = 0.
  have /eqP := at_node ord0; rewrite -subr_eq0 -{1}[p ord0 0]mulr1 -mulrBr mulf_eq0.
  have -> : 1 - 2%:R^-1 = 2%:R^-1 :> R by field.
  by rewrite invr_eq0 pnatr_eq0 orbF => /eqP.
have := p1; rewrite big1 => [/esym/eqP|i _]; first by rewrite oner_eq0.
by rewrite at_node first0 mul0r.
Qed.

(* L2.6 as printed: the same for any number of heads and any weights. *)
Theorem no_stationary_law_of_mean_without_loop_at_sink H (w : 'I_H -> R) p :
  ~ stationary (mean w (fun=> W no_edge)) p.
Proof.
case=> _ p1 Wp; have := p1; rewrite -Wp big_ord1 mxE big_ord1 meanE big1 ?mul0r => [/esym/eqP|h _].
  by rewrite oner_eq0.
by rewrite mxE mul0r mulr0.
Qed.

(* L2.5: a unique sink alone is not enough when there is a cycle. *)
Theorem cycle_keeps_another_law : unique_sink_graph round_trip /\ (forall j, (0 < out_degree round_trip j)%N) /\
  exists2 p, stationary (W round_trip) p & p != point_mass R 2.
Proof.
split=> [j|].
  apply/eqP/forallP => [-> i|only]; first by case: i => [[|[|[|//]]] ?].
  apply/val_inj; case: j only => [[|[|[|//]]] lt_j] //= only.
    by have := only (Ordinal (isT : 1 < 3)%N).
  by have := only ord0.
split=> [j|]; first by rewrite out_degree_listed; case: j => [[|[|[|//]]] ?].
exists (\col_(i < 3) ((i != ord_max)%:R / 2%:R)).
  split=> [i||]; first by rewrite mxE divr_ge0 ?ler0n.
    by rewrite !big_ord_recl big_ord0 !mxE /=; field.
  apply/matrixP => i j; rewrite mxE !big_ord_recl big_ord0 !mxE !out_degree_listed.
  by case: i => [[|[|[|//]]] ?]; rewrite /round_trip /listed /=; field.
apply/eqP => /matrixP/(_ ord0 0); rewrite !mxE /= => /eqP.
by rewrite mul1r invr_eq0 pnatr_eq0.
Qed.

(* L2.6: two acyclic heads, one with a unique sink, and the other leaves it: the point mass is not kept. *)
Theorem head_that_leaves_the_sink_spoils_it : acyclic into_sink /\ unique_sink_graph into_sink /\ acyclic out_of_sink /\
  ~ stationary (mean (pair half (1 - half)) (pair (W into_sink) (W out_of_sink))) (point_mass R 1).
Proof.
split; first by exists (fun j => 1 - j)%N => -[[|[|//]] ?] [[|[|//]] ?].
split; first exact/looped_unique_sink.
split; first by exists (fun j => j : nat) => -[[|[|//]] ?] [[|[|//]] ?].
have -> : mean (pair half (1 - half)) (pair (W into_sink) (W out_of_sink)) =
    matrix_of_rows 1 [:: [:: 3%:R / 4%:R; 4%:R^-1]; [:: 4%:R^-1; 3%:R / 4%:R]].
  by rewrite /into_sink /out_of_sink; walk_entries.
case=> _ _ /matrixP/(_ ord0 0); rewrite mxE !big_ord_recl big_ord0 !mxE /= mulr0 add0r addr0 mulr1 => /eqP.
by rewrite invr_eq0 pnatr_eq0.
Qed.

End Stationary.

Section Spectra.
Variable R : realFieldType.
Notation W := (walk_matrix R).
Notation half := (2%:R^-1 : R).

Definition line_of_three := @looped 2 [:: (0, 1); (1, 2)]%N.

(* S2-reversible: the line and the star on three nodes have the same characteristic polynomial, and 5 and 2 steps. *)
Theorem spectrum_does_not_determine_mixing_time :
  [/\ char_poly (W line_of_three) = char_poly (W (@star_graph 2)), mixing_time (W line_of_three) 4%:R^-1 5 &
      mixing_time (W (@star_graph 2)) 4%:R^-1 2].
Proof.
have Lf : feedforward (W line_of_three) by apply: looped_walk_feedforward.
have Ls : column_stochastic (W line_of_three) by apply: looped_column_stochastic.
have L_entries : W line_of_three = matrix_of_rows 2 [:: [:: half; 0; 0]; [:: half; half; 0]; [:: 0; half; 1]].
  by rewrite /line_of_three; walk_entries.
split; last exact: star_mixing_time_at_quarter.
  rewrite (triangular_spectrum_is_diagonal Lf).1 (triangular_spectrum_is_diagonal (@star_walk_feedforward R 2)).1.
  apply: eq_bigr => i _; congr ('X - _%:P); rewrite L_entries [LHS]mxE.
  have [i_sink|i_sink] := eqVneq i (sink 2); last first.
    by rewrite star_walk_stays //; case: i i_sink => [[|[|[|//]]] ?].
  by rewrite i_sink (sink_keeps_all (@star_walk_column_stochastic R 2) (@star_walk_feedforward R 2)).
have line_signals t : signals (W line_of_three) t = [:: 1 - (t%:R + 1) * half ^+ t; 1 - half ^+ t; 1].
  rewrite L_entries; elim: t => [|t IH]; first by rewrite signals_start expr0 /mkseq /=; congr [:: _; _; _]; ring.
  rewrite signals_next IH exprS -[t.+1]addn1 natrD /mkseq /=; move: (half ^+ t) => y.
  by congr [:: _; _; _]; field.
apply: mixing_timeP => //; first exact: sink_keeps_all; rewrite mixed_signals // line_signals /= !subKr.
  by rewrite subrr andbT; apply/and3P; split; [at_most 1%N 16%N|at_most 7%N 32%N|rewrite invr_ge0 ler0n].
by apply/negP; rewrite negb_and -ltNge; apply/orP; left; below 1%N 16%N.
Qed.

(* S2-reversible: lines with gap 1/2 and as many steps as there are nodes before the sink. *)
Theorem line_needs_as_many_steps_as_nodes n (eps : R) T : eps < 1 ->
  mixing_time (lazy_line n half) eps T -> (n <= T)%N.
Proof.
have half01 : 0 <= half <= 1 by apply/andP; split; [at_most 1%N 2%N|at_most 1%N 2%N].
have full t m : (t < m)%N -> binomial_tail half t m = 1.
  elim: t m => [|t IH] [|m] //; first by rewrite binomial_tail_start.
  by rewrite ltnS => tm; rewrite binomial_tailS (IH m tm) (IH m.+1 (leqW tm)) !mulr1 subrK.
move=> eps1 [mix _]; rewrite leqNgt; apply/negP => /full tail1.
by move/lazy_line_mixed: mix => /(_ half01); rewrite tail1 leNgt eps1.
Qed.

(* D2.7: the worst start need not be the first node. *)
Theorem worst_start_need_not_be_first t : (0 < t)%N ->
  absorbed (W faster_1) t (Ordinal (isT : 1 < 4)%N) < absorbed (W faster_1) t ord0.
Proof.
move=> t0; have -> : W faster_1 = mean (weights 1) (faster_heads R) by rewrite /faster_heads mean_at_one.
rewrite !absorbed_signals faster_mean_signals /= subrr mul0r addr0 !mul1r ltr_add2l ltr_opp2.
by rewrite mulrDl mul1r ltr_addl mulr_gt0 ?ltr0n ?exprn_gt0 ?invr_gt0 ?ltr0n.
Qed.

End Spectra.
