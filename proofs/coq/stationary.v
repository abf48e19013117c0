(* Stationary laws of walks and of means of walks, and the spectrum of a triangular walk.

   Glossary
     stationary W p      p is a law, and one step of W keeps it
     point_mass          the law that has everything at the sink
     unique_sink W       the sink keeps everything and no other node does; for a mean of heads this asks that each
                         node before the sink is left by some head of positive weight: a property of the union
     acyclic E           the nodes have a rank that every edge to another node lowers *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion matrices walk.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section OneWalk.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (p : 'cV[R]_n.+1) (i j k : 'I_n.+1) (t : nat).
Local Notation sink := (sink n).

Definition point_mass : 'cV[R]_n.+1 := delta_mx sink 0.

(* All the mass of a law is where one entry is 1. *)
Lemma law_at_node p j : (forall i, 0 <= p i 0) -> \sum_i p i 0 = 1 -> (forall i, i != j -> p i 0 = 0) ->
  p = delta_mx j 0.
Proof.
move=> p0 p1 none; apply/matrixP => i k; rewrite (ord1 k) !mxE eqxx andbT.
have [->|ij] := eqVneq i j; last exact: none.
by rewrite -p1 (bigD1 j) //= big1 ?addr0.
Qed.

Lemma stationary_power W p t : stationary W p -> W ^+ t *m p = p.
Proof.
move=> [_ _ Wp]; elim: t => [|t IH]; first by rewrite expr0 mul1mx.
by rewrite exprS -mulmxE -mulmxA IH.
Qed.

(* A node that keeps everything carries a stationary law. *)
Lemma kept_node_is_stationary W j : column_stochastic W -> W j j = 1 -> stationary W (delta_mx j 0).
Proof.
move=> Ws Wjj; split=> [i||]; first by rewrite mxE ler0n.
  by rewrite (bigD1 j) //= mxE !eqxx big1 ?addr0 // => i /negbTE ij; rewrite mxE ij.
apply/matrixP => i k; rewrite (ord1 k) mxE (bigD1 j) //= big1 ?addr0 => [|l /negbTE lj].
  by rewrite !mxE !eqxx mulr1 andbT (column_of_point _ Ws Wjj).
by rewrite mxE lj mulr0.
Qed.

(* L2.5, L2.6: without any order of the nodes, the sink is never left and is reached from everywhere. *)
Theorem only_stationary_law_of_reached_sink W : column_stochastic W -> W sink sink = 1 ->
  (forall j, exists t, 0 < absorbed W t j) -> forall p, stationary W p <-> p = point_mass.
Proof.
move=> Ws W1 reach p; split=> [Wp|->]; last exact: kept_node_is_stationary.
have [p0 p1 _] := Wp; have [t [d [d0 td]]] := absorbed_from_everywhere Ws W1 reach.
have: \sum_(j | j != sink) absorbed W t j * p j 0 = 0.
  have := congr1 (fun q : 'cV_n.+1 => q sink 0) (stationary_power t Wp).
  rewrite mxE (bigD1 sink) //= -/(absorbed W t sink) absorbed_sink // mul1r.
  by move/(canRL (addKr _)); rewrite addNr.
move=> sum0; apply: law_at_node => // j j_sink.
have nonneg i : i != sink -> 0 <= absorbed W t i * p i 0 by rewrite mulr_ge0 ?absorbed_ge0.
have /eqP := psumr_eq0P nonneg sum0 j_sink; rewrite mulf_eq0 gt_eqF /=; first by move/eqP.
exact: lt_le_trans d0 (td j).
Qed.

(* L2.5 *)
Theorem point_mass_is_only_stationary_law W : column_stochastic W -> feedforward W ->
  (forall p, stationary W p <-> p = point_mass) <-> unique_sink W.
Proof.
move=> Ws Wf; have W1 := sink_keeps_all Ws Wf; split=> [only|Wu]; last first.
  by apply: only_stationary_law_of_reached_sink => //; apply: absorbed_reached.
split=> // j j_sink; rewrite lt_neqAle column_stochastic_le1 // andbT; apply/eqP => Wjj.
have /only/matrixP/(_ j 0) := kept_node_is_stationary Ws Wjj.
by rewrite !mxE !eqxx (negbTE j_sink) => /eqP; rewrite oner_eq0.
Qed.

(* L2.5 for graphs: the hypothesis on out-degrees is what the printed lemma lacks. *)
Theorem point_mass_is_only_stationary_law_of_graph (E : rel 'I_n.+1) :
  (forall j, (0 < out_degree E j)%N) -> feedforward_graph E ->
  (forall p, stationary (walk_matrix R E) p <-> p = point_mass) <-> unique_sink_graph E.
Proof.
move=> deg Ef; rewrite -(walk_matrix_unique_sink R deg).
by apply: point_mass_is_only_stationary_law; [apply/walk_matrix_column_stochastic|apply/walk_matrix_feedforward].
Qed.

Definition acyclic (E : rel 'I_n.+1) :=
  exists rank : 'I_n.+1 -> nat, forall j i, E j i -> i != j -> (rank i < rank j)%N.

Lemma acyclic_reaches_sink (E : rel 'I_n.+1) : acyclic E -> unique_sink_graph E ->
  forall j, exists t, 0 < absorbed (walk_matrix R E) t j.
Proof.
move=> [rank lower] Eu; apply: (@absorbed_reached_by_rank _ _ _ rank) => [|j]; first exact: walk_matrix_nonnegative.
rewrite Eu => /forallPn [i]; rewrite negb_imply => /andP [ji ij].
by exists i; [rewrite walk_matrix_gt0|apply: lower].
Qed.

(* L2.5: no cycle through distinct nodes is enough, in whatever order the nodes are numbered. *)
Theorem point_mass_is_only_stationary_law_of_acyclic_graph (E : rel 'I_n.+1) :
  (forall j, (0 < out_degree E j)%N) -> acyclic E -> unique_sink_graph E ->
  forall p, stationary (walk_matrix R E) p <-> p = point_mass.
Proof.
move=> deg Ea Eu; apply: only_stationary_law_of_reached_sink; first exact/walk_matrix_column_stochastic.
  by have [] := (walk_matrix_unique_sink R deg).2 Eu.
exact: acyclic_reaches_sink.
Qed.

(* S2-reversible: detailed balance holds with respect to the point mass, for want of mass anywhere else. *)
Theorem detailed_balance_with_point_mass W i j : column_stochastic W -> W sink sink = 1 ->
  W i j * point_mass j 0 = W j i * point_mass i 0.
Proof.
move=> Ws W1; rewrite !mxE !andbT.
have [->|j_sink] := eqVneq j sink; have [->|i_sink] := eqVneq i sink; rewrite ?mulr0 //.
  by rewrite (column_of_point _ Ws W1) (negbTE i_sink) mul0r.
by rewrite (column_of_point _ Ws W1) (negbTE j_sink) mul0r.
Qed.

Lemma feedforward_trig W : feedforward W -> is_trig_mx W.
Proof. by move=> Wf; apply/is_trig_mxP. Qed.

(* S2-reversible *)
Theorem triangular_spectrum_is_diagonal W : feedforward W ->
  char_poly W = \prod_i ('X - (W i i)%:P) /\ forall a, eigenvalue W a <-> exists i, W i i = a.
Proof.
move=> /feedforward_trig W_trig; split=> [|a]; first exact: char_poly_trig.
rewrite eigenvalue_root_char char_poly_trig // rootE horner_prod; split=> [/prodf_eq0 [i _]|[i <-]].
  by rewrite !hornerE subr_eq0 => /eqP ->; exists i.
by apply/prodf_eq0; exists i; rewrite // !hornerE subrr.
Qed.

End OneWalk.

Section Merged.
Variable R : realFieldType.
Variables n H : nat.
Variables (w : 'I_H -> R) (W : 'I_H -> 'M[R]_n.+1).
Implicit Types (p : 'cV[R]_n.+1) (i j : 'I_n.+1) (h : 'I_H).
Local Notation sink := (sink n).

(* The mean keeps everything at a node exactly when every head of positive weight does. *)
Lemma mean_entry_lt1 j : convex w -> (forall h, 0 < w h -> column_stochastic (W h)) ->
  mean w W j j < 1 <-> exists2 h, 0 < w h & W h j j < 1.
Proof.
move=> wc Ws; rewrite meanE; split=> [|[h wh Wh]].
  have [/existsP [h /andP [wh Wh]] _|/existsPn none] := boolP [exists h, (0 < w h) && (W h j j < 1)].
    by exists h.
  rewrite -[X in _ < X](weight_sum wc) (eq_bigr w) ?ltxx // => h _.
  have [->|wh] := weight0_or_pos wc h; first by rewrite mul0r.
  have := none h; rewrite wh /= -leNgt => Wh.
  by have /eqP -> : W h j j == 1; rewrite ?mulr1 // eq_le Wh column_stochastic_le1 //; apply: Ws.
rewrite -[X in _ < X](weight_sum wc) (bigD1 h) //= [X in _ < X](bigD1 h) //=.
apply: ltr_le_add; first by rewrite gtr_pmulr.
apply: ler_sum => g _; have [->|wg] := weight0_or_pos wc g; first by rewrite mul0r.
by apply: ler_pimulr; [exact: weight_ge0|apply: column_stochastic_le1; apply: Ws].
Qed.

(* L2.6: a walk in one common order for each head of positive weight. No head needs a unique sink of its own. *)
Theorem merged_point_mass_is_only_stationary_law : convex w ->
  (forall h, 0 < w h -> column_stochastic (W h)) -> (forall h, 0 < w h -> feedforward (W h)) ->
  (forall p, stationary (mean w W) p <-> p = point_mass R n) <->
  (forall j, j != sink -> exists2 h, 0 < w h & W h j j < 1).
Proof.
move=> wc Ws Wf; have ms := mean_column_stochastic wc Ws; have mf := mean_feedforward wc Wf.
rewrite (point_mass_is_only_stationary_law ms mf).
split=> [[_ mu] j j_sink|drains]; first exact/mean_entry_lt1/mu.
by split=> [|j j_sink]; [exact: sink_keeps_all|exact/mean_entry_lt1/drains].
Qed.

(* L2.6: one head of positive weight that drains is enough, whatever the others do short of leaving the sink. *)
Theorem one_draining_head_is_enough h : convex w -> (forall g, 0 < w g -> column_stochastic (W g)) ->
  (forall g, 0 < w g -> W g sink sink = 1) -> 0 < w h -> (forall j, exists t, 0 < absorbed (W h) t j) ->
  forall p, stationary (mean w W) p <-> p = point_mass R n.
Proof.
move=> wc Ws W1 wh reach; have ms := mean_column_stochastic wc Ws.
apply: only_stationary_law_of_reached_sink => //.
  rewrite meanE -[RHS](weight_sum wc); apply: eq_bigr => g _.
  by have [->|wg] := weight0_or_pos wc g; rewrite ?mul0r // W1 ?mulr1.
have above i j : w h * W h i j <= mean w W i j.
  rewrite meanE (bigD1 h) //= ler_addl sumr_ge0 // => g _.
  have [->|wg] := weight0_or_pos wc g; first by rewrite mul0r.
  by apply: mulr_ge0; [exact: weight_ge0 wc g|case: (Ws g wg) => W0 _; apply: W0].
have Wh0 : nonnegative (W h) by case: (Ws h wh).
have power t j : w h ^+ t * absorbed (W h) t j <= absorbed (mean w W) t j.
  elim: t => [|t IH] in j *; first by rewrite expr0 mul1r !absorbed0.
  rewrite !absorbedS mulr_sumr; apply: ler_sum => k _.
  rewrite exprSr mulrACA; apply: ler_pmul => //; last by rewrite mulr_ge0 // ltW.
  by rewrite mulr_ge0 ?exprn_ge0 ?absorbed_ge0 // ?ltW //; apply: Ws.
move=> j; have [t t_pos] := reach j; exists t; apply: lt_le_trans (power t j).
by rewrite mulr_gt0 ?exprn_gt0.
Qed.

End Merged.

Section MergedGraphs.
Variable R : realFieldType.
Variables n H : nat.
Variables (w : 'I_H -> R) (E : 'I_H -> rel 'I_n.+1).

(* The union of the heads of positive weight. *)
Definition union_graph : rel 'I_n.+1 := fun j i => [exists h, (0 < w h) && E h j i].

(* L2.6 for graphs: an equivalence with the union's unique sink. *)
Theorem merged_point_mass_is_only_stationary_law_of_graphs : convex w ->
  (forall h, 0 < w h -> forall j, (0 < out_degree (E h) j)%N) -> (forall h, 0 < w h -> feedforward_graph (E h)) ->
  (forall p, stationary (mean w (fun h => walk_matrix R (E h))) p <-> p = point_mass R n) <->
  unique_sink_graph union_graph.
Proof.
move=> wc deg Ef.
have Ws h : 0 < w h -> column_stochastic (walk_matrix R (E h)) by move=> wh; apply/walk_matrix_column_stochastic/deg.
have Wf h : 0 < w h -> feedforward (walk_matrix R (E h)) by move=> wh; apply/walk_matrix_feedforward/Ef.
rewrite (merged_point_mass_is_only_stationary_law wc Ws Wf).
have leaves j h : 0 < w h -> walk_matrix R (E h) j j < 1 <-> exists2 i, E h j i & i != j.
  move=> wh; have Wh := Ws h wh; rewrite lt_neqAle column_stochastic_le1 // andbT.
  split=> [/eqP lt1|[i ji ij]].
    have [/existsP [i /andP [ji ij]]|/existsPn none] := boolP [exists i, E h j i && (i != j)]; first by exists i.
    by case: lt1; apply/(keeps_everything _ Wh) => i ij; rewrite walk_matrix_gt0; have := none i; rewrite ij andbT.
  by apply/eqP => /(keeps_everything _ Wh)/(_ i ij); rewrite walk_matrix_gt0 ji.
split=> [drains j|Uu j j_sink].
  have [->|j_sink] := eqVneq j (sink n).
    apply/esym/forallP => i; apply/implyP => /existsP [h /andP [wh ji]].
    by rewrite -val_eqE eqn_leq -ltnS ltn_ord (Ef h wh _ _ ji).
  apply/esym/negbTE/forallPn; have [h wh /(leaves j h wh) [i ji ij]] := drains j j_sink.
  by exists i; rewrite negb_imply ij andbT; apply/existsP; exists h; rewrite wh.
have := j_sink; rewrite Uu => /forallPn [i]; rewrite negb_imply => /andP [/existsP [h /andP [wh ji]] ij].
by exists h => //; apply/leaves => //; exists i.
Qed.

End MergedGraphs.
