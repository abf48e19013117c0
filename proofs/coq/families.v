(* Closed forms for three families of graphs, of every size: the fully connected graph, the line and the star.

   Glossary (n.+1 nodes, the paper's n is n.+1 here; node 0 is the first)
     full_graph, line_graph, star_graph    their edges; all have self-loops everywhere and a unique sink
     'C(t, d)                              binomial coefficient
     archiFieldType                        an ordered field without infinitesimals, as the rationals: only there have
                                           1 - 2^-t and other signals of absorbing nodes a supremum *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices inequalities walk suprema absorption minimax layers.
From crosshead Require Import binomials full_graph star_graph line_graph.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section SupremaOfRisingSignals.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (i j : 'I_n.+1) (t : nat).

(* The first node collects all signals where it is the only absorbing one. *)
Lemma first_node_fidelity D : row_stochastic D -> feedforward D ->
  (forall i, i != ord0 -> D i i < 1) -> fidelity D ord0 1.
Proof.
move=> stoD ffD others; apply: only_absorbing_node_fidelity => // [|i i0]; last by rewrite lt_eqF ?others.
have [_ D1] := stoD; rewrite -(D1 ord0) (bigD1 ord0) //= big1 ?addr0 // => i i0.
by apply: ffD; rewrite lt0n.
Qed.

Lemma not_attained_below D j (v : R) :
  (forall t, signal D t j < v) -> ~ attained 1 (fun t => signal D t j) v.
Proof. by move=> below [t _ eq_v]; move: (below t); rewrite eq_v ltxx. Qed.
End SupremaOfRisingSignals.

Section Full.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (j : 'I_n.+1) (t : nat).
Notation D := (diffusion_matrix R (@full_graph n)).

(* X-full *)
Theorem full_graph_minimax_fidelity : minimax D n.+1%:R^-1.
Proof.
split=> [|j]; first by exists (sink n); apply: full_sink_fidelity.
have [v fid] := node_fidelity_exists j (full_diffusion_row_stochastic R n) (full_diffusion_feedforward R (n := n)).
by exists v => //; rewrite -(full_signal_one_step R j); apply: supremum_at_least fid _.
Qed.

(* X-full: with the sink left out the value is the same from three nodes on; the node before the sink has it. *)
Theorem full_graph_minimax_without_sink : (1 < n)%N ->
  (exists j, [/\ j != sink n, j.+1 = n :> nat, fidelity D j n.+1%:R^-1 & signal D 1 j = n.+1%:R^-1]) /\
  forall j, exists2 v, fidelity D j v & n.+1%:R^-1 <= v.
Proof.
move=> n_gt1; split; last by case: full_graph_minimax_fidelity.
have lt_pred : (n.-1 < n.+1)%N by rewrite ltnS leq_pred.
have jn : (Ordinal lt_pred).+1 = n :> nat by rewrite /= prednK // ltnW.
exists (Ordinal lt_pred); split=> //; last exact: full_signal_one_step.
  by rewrite before_sink /= -ltnS prednK // ltnW.
by apply: full_fidelity_next_to_sink; rewrite // -ltnS jn.
Qed.

(* X-full: the first node's signal rises to 1. *)
Theorem full_graph_first_node : (0 < n)%N ->
  fidelity D ord0 1 /\ ~ attained 1 (fun t => signal D t ord0) 1.
Proof.
move=> n_gt0; have stoD := full_diffusion_row_stochastic R n; have ffD := full_diffusion_feedforward R (n := n).
split.
  apply: first_node_fidelity => // i i0; rewrite full_diffusionE leqnn div1r.
  by rewrite invf_lt1 ?ltr0Sn // ltr1n ltnS lt0n.
apply: not_attained_below => t; rewrite -(signal_sum t stoD) (bigD1 (sink n)) //=.
rewrite (bigD1 ord0) /= ?before_sink // addrCA ltr_addl ltr_spaddl ?sumr_ge0 // => [|j _].
  by rewrite full_signal_of_sink exprn_gt0 // invr_gt0 ltr0Sn.
by apply: signal_ge0; case: stoD.
Qed.
End Full.

Section Line.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (j : 'I_n.+1) (t : nat).
Notation D := (diffusion_matrix R (@line_graph n)).
Notation W := (walk_matrix R (@line_graph n)).

(* X-line: the signals of all nodes but the first; the fidelities of those between it and the sink, and their two times
   each (D3.4). *)
Theorem line_fidelity j : j != 0%N :> nat ->
  (forall t, signal D t j = 'C(t, n - j)%:R / 2%:R ^+ t) /\
  (j != sink n -> fidelity D j ('C(2 * (n - j), n - j)%:R / 4%:R ^+ (n - j)) /\
    forall t, signal D t j = 'C(2 * (n - j), n - j)%:R / 4%:R ^+ (n - j) <->
      t = (2 * (n - j)).-1 \/ t = (2 * (n - j))%N).
Proof.
move=> j0; split=> [t|j_sink]; first exact: line_signal.
have [fid _ _] := line_fidelity_between R j0 j_sink; split=> // t.
by rewrite line_signal //; apply: binomial_half_peaks; rewrite subn_gt0 -before_sink.
Qed.

(* X-line: the distance from node j after t steps is a binomial tail, worst from the first node. *)
Theorem line_distance t j :
  total_variation (law W t j) (at_sink R (n:=n)) = \sum_(k < n - j) 'C(t, k)%:R / 2%:R ^+ t.
Proof. by rewrite total_variation_to_sink ?line_not_absorbed //; apply: line_walk_column_stochastic. Qed.

Theorem line_mixed_iff_tail t (eps : R) : mixed W eps t <-> \sum_(k < n) 'C(t, k)%:R / 2%:R ^+ t <= eps.
Proof. exact: line_mixed. Qed.

(* X-layers: four layers with rollout can carry more of a node than four without. *)
Theorem rollout_of_lines_exceeds_product j : j != 0%N :> nat -> (n - j = 1)%N ->
  signal D 4 j = 1 / 4%:R /\ rollout (fun _ : 'I_4 => D) (sink n) j = 27%:R / 64%:R.
Proof.
move=> j0 d1; rewrite rollout_of_equal_layers !big_ord_recl big_ord0 !line_signal // d1 /binomial_half.
by rewrite !(binE, bin0, exprS, expr0) /=; split; field.
Qed.
End Line.

Section LineMinimax.
Variable R : archiFieldType.
Variable n : nat.
Notation D := (diffusion_matrix R (@line_graph n)).

(* X-line: the first node collects the rest. *)
Theorem line_first_node : (0 < n)%N ->
  [/\ forall t, signal D t ord0 = 1 - \sum_(k < n) 'C(t, k)%:R / 2%:R ^+ t, fidelity D ord0 1 &
      ~ attained 1 (fun t => signal D t ord0) 1].
Proof.
move=> n_gt0; split=> [t||]; first exact: line_signal_of_first.
  apply: first_node_fidelity => [||i i0].
  - exact: line_diffusion_row_stochastic.
  - exact: line_diffusion_feedforward.
  by rewrite line_diffusion_edge ?line_graph_self_loops // invf_lt1 ?ltr0n ?ltr1n.
by apply: not_attained_below => t; apply: line_signal_of_first_below.
Qed.

(* X-line: the minimax fidelity is that of the second node, of order 1/sqrt(n) by central_between. *)
Theorem line_minimax_fidelity : (1 < n)%N -> minimax D ('C(2 * n.-1, n.-1)%:R / 4%:R ^+ n.-1).
Proof.
move=> n_gt1; have n_gt0 := ltnW n_gt1; rewrite -/(central R n.-1).
have lt_1n : (1 < n.+1)%N by rewrite ltnS.
have dist1 : (n - Ordinal lt_1n)%N = n.-1 by rewrite /= subn1.
have central_half : central R n.-1 <= 2%:R^-1.
  by rewrite -central1 central_decreases // -ltnS prednK.
split=> [|j].
  exists (Ordinal lt_1n); rewrite -dist1.
  by have [] := @line_fidelity_between R n (Ordinal lt_1n) isT _; rewrite ?before_sink.
have [j0|j0] := eqVneq (j : nat) 0%N.
  have -> : j = ord0 by apply: val_inj.
  have [_ fid _] := line_first_node n_gt0; exists 1 => //.
  by apply: le_trans central_half _; rewrite invf_le1 ?ltr0n ?ler1n.
have [->|j_sink] := eqVneq j (sink n); first by exists 2%:R^-1 => //; apply: line_sink_fidelity.
have [fid _ _] := line_fidelity_between R j0 j_sink; exists (central R (n - j)) => //.
by apply: central_decreases; rewrite -subn1 leq_sub2l // lt0n.
Qed.
End LineMinimax.

(* X-line: on two nodes the sink decides. *)
Theorem line_of_two_minimax_fidelity (R : archiFieldType) :
  minimax (diffusion_matrix R (@line_graph 1)) 2%:R^-1.
Proof.
split=> [|j]; first by exists (sink 1); apply: line_sink_fidelity.
have [->|] := eqVneq j (sink 1); first by exists 2%:R^-1 => //; apply: line_sink_fidelity.
rewrite before_sink ltnS leqn0 => j0; have -> : j = ord0 by apply: val_inj; apply/eqP.
have [//|_ fid _] := @line_first_node R 1; exists 1 => //.
by rewrite invf_le1 ?ltr0n ?ler1n.
Qed.

Section Star.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (j : 'I_n.+1) (t k : nat).
Notation D := (diffusion_matrix R (@star_graph n)).
Notation W := (walk_matrix R (@star_graph n)).

Lemma star_fidelity j : j != sink n -> fidelity D j n%:R^-1.
Proof.
move=> j_sink; apply: supremum_of_limit => [t _|]; first exact/ltW/star_signal_below.
have n_gt0 : (0 < n)%N by rewrite (leq_ltn_trans (leq0n j)) // -before_sink.
have inv_ge0 : 0 <= n.+1%:R^-1 :> R by rewrite invr_ge0 ler0n.
apply: vanishes_below (geometric_vanishes n%:R^-1 inv_ge0 _) => [t|]; last by rewrite invf_lt1 ?ltr0Sn ?ltr1n.
rewrite star_signal // mulrBl mul1r subKr mulrC ger0_norm // mulr_ge0 ?exprn_ge0 //.
by rewrite invr_ge0 ler0n.
Qed.

(* X-star: distances and mixing times that do not depend on the size, signals, fidelities, and the minimax fidelity
   that the sink alone decides. *)
Theorem star_closed_forms : (0 < n)%N ->
  [/\ forall t j, j != sink n -> total_variation (law W t j) (at_sink R (n:=n)) = (2%:R ^+ t)^-1,
      forall k, mixing_time W (2%:R ^+ k)^-1 k,
      forall t j, j != sink n -> signal D t j = (1 - (n.+1%:R ^+ t)^-1) / n%:R,
      forall j, j != sink n -> fidelity D j n%:R^-1 /\ ~ attained 1 (fun t => signal D t j) n%:R^-1 &
      minimax D n.+1%:R^-1].
Proof.
move=> n_gt0; split=> [t j|k|t j|j j_sink|].
- by rewrite -exprVn; apply: star_distance.
- apply/star_mixing_time => //; first by rewrite invr_ge0 exprn_ge0 ?ler0n.
  split=> [|s lt_sk]; rewrite exprVn //.
  by rewrite ltf_pinv ?posrE ?exprn_gt0 ?ltr0n // ltr_eexpn2l ?ltr1n.
- by rewrite -exprVn; apply: star_signal.
- by split; [apply: star_fidelity | apply: not_attained_below => t; apply: star_signal_below].
split=> [|j].
  exists (sink n); rewrite -(star_diffusion_sink R (sink n)).
  by apply: fidelity_of_sink; [apply: star_diffusion_row_stochastic | apply: star_diffusion_feedforward].
have [->|j_sink] := eqVneq j (sink n).
  exists n.+1%:R^-1 => //; rewrite -[in X in fidelity _ _ X](star_diffusion_sink R (sink n)).
  by apply: fidelity_of_sink; [apply: star_diffusion_row_stochastic | apply: star_diffusion_feedforward].
exists n%:R^-1; first exact: star_fidelity.
by rewrite lef_pinv ?posrE ?ltr0n ?ler_nat.
Qed.
End Star.

(* T2.8-eq20: no positive multiple c of 2N/max p_h is a bound from below, at any eps: a star is faster, for any number
   of heads and any weights. *)
Theorem stars_mix_before_any_multiple_of_bound (R : archiFieldType) (eps c : R) : 0 < eps -> 0 < c ->
  exists n t, [/\ (0 < n)%N, forward_probability (walk_matrix R (@star_graph n)) 2%:R^-1,
    forall H (w : 'I_H -> R), convex w -> mixing_time (mean w (fun=> walk_matrix R (@star_graph n))) eps t &
    t%:R < c * (2%:R * n%:R / 2%:R^-1)].
Proof.
move=> eps0 c0; have [t t_small] : exists t, 2%:R^-1 ^+ t <= eps :> R.
  by apply: power_below; rewrite ?invr_ge0 ?ler0n ?invf_lt1 ?ltr0n ?ltr1n.
have ex : exists t, 2%:R^-1 ^+ t <= eps :> R by exists t.
case: (ex_minnP ex) => {t t_small} t small least; pose n := (Num.bound (t%:R / c)).+1.
exists n, t; split=> // [|H w [_ w1]|]; first exact: star_forward_probability.
  have -> : mean w (fun=> walk_matrix R (@star_graph n)) = walk_matrix R (@star_graph n).
    by rewrite /mean -scaler_suml w1 scale1r.
  apply/star_mixing_time => //; first exact: ltW.
  by split=> // s lt_st; rewrite ltNge; apply/negP => /least; rewrite leqNgt lt_st.
have bound_t : t%:R / c < n%:R.
  apply: lt_trans (archi_boundP _) _; first by rewrite divr_ge0 ?ler0n ?ltW.
  by rewrite ltr_nat.
move: bound_t; rewrite ltr_pdivr_mulr // => /lt_le_trans; apply.
by rewrite mulrC ler_pmul2l // invrK mulrC mulrA ler_pemull ?ler0n // -natrM ler1n.
Qed.
