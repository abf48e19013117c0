(* The star: every node sends to the sink only, with self-loops everywhere.

   Glossary (n.+1 nodes)
     star_graph n   the edges j -> sink and j -> j
     half           1/2, what a node before the sink keeps of a walk at each step *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion matrices walk suprema absorption minimax.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Star.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (i j k : 'I_n.+1) (t : nat).
Notation tau := (sink n).

Definition star_graph : rel 'I_n.+1 := fun j i => (i == j) || (i == tau).
Notation D := (diffusion_matrix R star_graph).
Notation W := (walk_matrix R star_graph).

Lemma star_graph_feedforward : feedforward_graph star_graph.
Proof. by move=> j i /orP[/eqP->//|/eqP->]; rewrite -ltnS ltn_ord. Qed.

Lemma star_graph_self_loops : self_loops star_graph.
Proof. by move=> j; rewrite /star_graph eqxx. Qed.

Lemma star_graph_unique_sink : unique_sink_graph star_graph.
Proof.
move=> j; apply/eqP/forallP => [-> i|only]; first by rewrite /star_graph orbb; apply/implyP.
by have /implyP /(_ _) /eqP-> // := only tau; rewrite /star_graph eqxx orbT.
Qed.

Lemma star_in_degree i : in_degree star_graph i = if i == tau then n.+1 else 1%N.
Proof.
rewrite /in_degree; case: ifP => i_tau.
  by rewrite (eq_card (B := predT)) ?card_ord // => j; rewrite !inE /star_graph i_tau orbT.
by rewrite (eq_card (B := pred1 i)) ?card1 // => j; rewrite !inE /star_graph i_tau orbF eq_sym.
Qed.

Lemma star_out_degree j : out_degree star_graph j = if j == tau then 1%N else 2%N.
Proof.
rewrite /out_degree (eq_card (B := pred2 j tau)) => [|i]; last by rewrite !inE.
by rewrite card2; case: eqP.
Qed.

Lemma star_diffusion_row_stochastic : row_stochastic D.
Proof. by apply/diffusion_matrix_row_stochastic => i; apply: self_loops_in_degree star_graph_self_loops. Qed.

Lemma star_diffusion_feedforward : feedforward D.
Proof. exact/diffusion_matrix_feedforward/star_graph_feedforward. Qed.

Lemma star_diffusion_sink j : D tau j = n.+1%:R^-1.
Proof. by rewrite diffusion_matrixE star_in_degree eqxx /star_graph eqxx orbT div1r. Qed.

Lemma star_diffusion_others i j : i != tau -> D i j = (i == j)%:R.
Proof. by move=> /negbTE i_tau; rewrite diffusion_matrixE star_in_degree /star_graph i_tau orbF divr1. Qed.

Lemma star_signal_of_sink t : signal D t tau = n.+1%:R^-1 ^+ t.
Proof. by rewrite signal_of_sink ?star_diffusion_sink //; apply: star_diffusion_feedforward. Qed.

Lemma star_signal t j : j != tau -> signal D t j = (1 - n.+1%:R^-1 ^+ t) / n%:R.
Proof.
move=> j_tau; have n_gt0 : (0 < n)%N by rewrite (leq_ltn_trans (leq0n j)) // -before_sink.
have n0 : n%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have N0 : n.+1%:R != 0 :> R by rewrite pnatr_eq0.
elim: t => [|t IH]; first by rewrite signal_start (negbTE j_tau) expr0 subrr mul0r.
rewrite signal_next (bigD1 j) //= (bigD1 tau) 1?eq_sym //= big1 ?addr0 => [|k /andP[kj k_tau]]; last first.
  by rewrite star_diffusion_others // (negbTE kj) mulr0.
rewrite star_diffusion_others // eqxx mulr1 star_diffusion_sink IH star_signal_of_sink.
apply: (mulIf n0); rewrite [LHS]mulrDl !divfK // exprSr; move: (_ ^+ t) => p.
have -> : n%:R = n.+1%:R - 1 :> R by rewrite -addn1 natrD addrK.
by rewrite mulrBr mulr1 mulfVK // addrA subrK.
Qed.

(* The signals of the nodes before the sink rise to 1/n and stay below. *)
Lemma star_signal_below j t : j != tau -> signal D t j < n%:R^-1.
Proof.
move=> j_tau; have n_gt0 : (0 < n)%N by rewrite (leq_ltn_trans (leq0n j)) // -before_sink.
rewrite star_signal // ltr_pdivr_mulr ?ltr0n // mulVf ?pnatr_eq0 -?lt0n //.
by rewrite ltr_subl_addr ltr_addl exprn_gt0 // invr_gt0 ltr0Sn.
Qed.

Lemma star_walk_column_stochastic : column_stochastic W.
Proof. by apply/walk_matrix_column_stochastic => j; rewrite star_out_degree; case: ifP. Qed.

Lemma star_walk_feedforward : feedforward W.
Proof. exact/walk_matrix_feedforward/star_graph_feedforward. Qed.

Lemma star_walk_sink j : j != tau -> W tau j = 2%:R^-1.
Proof. by move=> /negbTE j_tau; rewrite mxE star_out_degree j_tau /star_graph eqxx orbT div1r. Qed.

Lemma star_walk_stays j : j != tau -> W j j = 2%:R^-1.
Proof. by move=> /negbTE j_tau; rewrite mxE star_out_degree j_tau /star_graph eqxx div1r. Qed.

Lemma star_absorbed t j : j != tau -> absorbed W t j = 1 - 2%:R^-1 ^+ t.
Proof.
move=> j_tau; have Ws := star_walk_column_stochastic; have Wtau := sink_keeps_all Ws star_walk_feedforward.
elim: t => [|t IH]; first by rewrite absorbed0 (negbTE j_tau) expr0 subrr.
rewrite absorbedS (bigD1 j) //= (bigD1 tau) 1?eq_sym //= big1 ?addr0 => [|k /andP[kj k_tau]]; last first.
  by rewrite [W k j]mxE /star_graph (negbTE kj) (negbTE k_tau) /= mul0r mulr0.
rewrite star_walk_stays // star_walk_sink // IH absorbed_sink // exprSr mul1r mulrBl mul1r addrAC.
by rewrite -mulr2n -[_ *+ 2]mulr_natr mulVf ?pnatr_eq0.
Qed.

Lemma star_distance t j : j != tau -> total_variation (law W t j) (at_sink R (n:=n)) = 2%:R^-1 ^+ t.
Proof.
move=> j_tau; rewrite total_variation_to_sink; last exact: star_walk_column_stochastic.
by rewrite star_absorbed // subKr.
Qed.

Lemma star_distance_sink t : total_variation (law W t tau) (at_sink R (n:=n)) = 0.
Proof.
have Ws := star_walk_column_stochastic; rewrite total_variation_to_sink // absorbed_sink ?subrr //.
exact: sink_keeps_all star_walk_feedforward.
Qed.

Lemma star_mixed eps t : (0 < n)%N -> 0 <= eps -> mixed W eps t <-> 2%:R^-1 ^+ t <= eps.
Proof.
move=> n_gt0 eps0; split=> [mix|small j].
  have first_tau : ord0 != tau by rewrite before_sink.
  by rewrite -(star_distance t first_tau); apply: mix.
by have [->|j_tau] := eqVneq j tau; rewrite ?star_distance_sink // star_distance.
Qed.

(* The mixing time is the first power of 1/2 below eps, whatever the size of the star. *)
Theorem star_mixing_time eps t : (0 < n)%N -> 0 <= eps ->
  mixing_time W eps t <-> 2%:R^-1 ^+ t <= eps /\ forall s, (s < t)%N -> eps < 2%:R^-1 ^+ s.
Proof.
move=> n_gt0 eps0; have mixedE s := star_mixed s n_gt0 eps0.
split=> -[mix before]; split; try exact/mixedE.
  by move=> s /before not_mix; rewrite ltNge; apply/negP => /mixedE.
by move=> s /before above /mixedE; rewrite leNgt above.
Qed.

Lemma star_forward_probability : (0 < n)%N -> forward_probability W 2%:R^-1.
Proof.
move=> n_gt0; have forward j : j != tau -> forward_move W j = 2%:R^-1.
  move=> j_tau; rewrite forward_moveE ?star_walk_stays //; last exact: star_walk_feedforward.
    by apply/eqP; rewrite subr_eq -mulr2n -[_ *+ 2]mulr_natr mulVf ?pnatr_eq0.
  exact: star_walk_column_stochastic.
split=> [j /forward->//|]; have first_tau : ord0 != tau by rewrite before_sink.
by exists ord0; rewrite ?forward.
Qed.
End Star.
