(* What is lost where edges may go both ways, as in encoder attention: concrete digraphs with self-loops everywhere.

   Glossary (nodes count from 0; the sink is the last one)
     both_ways      0 <-> 1 beside the sink 2, which nothing else reaches
     back_and_forth 0 <-> 1 <-> 2 -> 3
     turning_head   0 <-> 1 -> 2
     rest t         six to the power t times the probabilities of not having reached the sink, from 0, 1, 2 *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices inequalities walk stationary suprema absorption concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Lemma out_degree_looped n edges (j : 'I_n.+1) :
  out_degree (looped edges) j = count (fun i => (j == i :> nat) || ((j : nat, i) \in edges)) (iota 0 n.+1).
Proof.
rewrite /out_degree -sum1_card -sum1_count -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord.
by apply: eq_bigl => i; rewrite inE.
Qed.

Lemma looped_walk_column_stochastic (R : realFieldType) n edges :
  column_stochastic (walk_matrix R (@looped n edges)).
Proof.
by apply/walk_matrix_column_stochastic => j; apply: (@edge_out_degree _ _ _ j); apply: looped_self_loops.
Qed.

(* The sink of a looped graph keeps everything if no listed edge leaves it. *)
Lemma looped_walk_keeps_sink (R : realFieldType) n edges :
  only_sink_last n edges -> walk_matrix R (@looped n edges) (sink n) (sink n) = 1.
Proof.
move=> /looped_unique_sink /(walk_matrix_unique_sink R) []// j.
by apply: (@edge_out_degree _ _ _ j); apply: looped_self_loops.
Qed.

Section NoDrain.
Variable R : realFieldType.
Definition both_ways := @looped 2 [:: (0, 1); (1, 0)]%N.
Definition half_and_half : 'cV[R]_3 := \col_i (if i == sink 2 then 0 else 2%:R^-1).

(* X-bidirectional: a unique sink, and yet a stationary law away from it. *)
Theorem unique_sink_does_not_drain :
  [/\ unique_sink_graph both_ways, stationary (walk_matrix R both_ways) half_and_half &
      half_and_half (sink 2) 0 = 0].
Proof.
split; [exact/looped_unique_sink | split=> [i||] | by rewrite mxE eqxx].
- by rewrite mxE; case: ifP => _; rewrite ?invr_ge0 ?ler0n.
- by rewrite !big_ord_recl big_ord0 !mxE /=; field.
apply/matrixP => i j; rewrite !ord1 !mxE !big_ord_recl big_ord0 !mxE !out_degree_looped.
by case: i => [[|[|[|i]]]] // lt_i; rewrite /both_ways /looped /=; field.
Qed.
End NoDrain.

Section SlowWalk.
Variable R : realFieldType.
Definition back_and_forth := @looped 3 [:: (0, 1); (1, 0); (1, 2); (2, 1); (2, 3)]%N.
Notation W := (walk_matrix R back_and_forth).
Notation node0 := (@Ordinal 4 0 isT).
Notation node1 := (@Ordinal 4 1 isT).
Notation node2 := (@Ordinal 4 2 isT).

Lemma back_and_forth_reaches_sink j : exists t, 0 < absorbed W t j.
Proof.
have [W0 _] := looped_walk_column_stochastic R 3 [:: (0, 1); (1, 0); (1, 2); (2, 1); (2, 3)]%N.
apply: (@absorbed_reached_by_rank _ _ _ (fun j => 3 - j)%N W0) => {}j j_sink.
have lt_j : (j.+1 < 4)%N by rewrite ltnS -before_sink.
exists (Ordinal lt_j); last by rewrite /= ltn_sub2l // -before_sink.
by rewrite walk_matrix_gt0; case: j lt_j {j_sink} => [[|[|[|[|j]]]]].
Qed.

Definition rest (t : nat) : N * N * N :=
  iter t (fun '(x, y, z) => (3 * x + 3 * y, 2 * x + 2 * y + 2 * z, 2 * y + 2 * z)%num) (1, 1, 1)%num.

Lemma not_absorbed_from t : let: (x, y, z) := rest t in
  [/\ 1 - absorbed W t node0 = ofN R x / 6%:R ^+ t, 1 - absorbed W t node1 = ofN R y / 6%:R ^+ t &
      1 - absorbed W t node2 = ofN R z / 6%:R ^+ t].
Proof.
have Ws := looped_walk_column_stochastic R 3 [:: (0, 1); (1, 0); (1, 2); (2, 1); (2, 3)]%N.
have at_sink s : 1 - absorbed W s (sink 3) = 0.
  by rewrite absorbed_sink ?subrr //; apply: looped_walk_keeps_sink.
elim: t => [|t]; first by rewrite /= !absorbed0 !subr0 expr0 divr1.
rewrite /rest iterS -/(rest t); case: (rest t) => [[x y] z] [from0 from1 from2].
lazy beta iota zeta; rewrite !ofN_add !ofN_mul [ofN R 3](erefl : _ = 3%:R) [ofN R 2](erefl : _ = 2%:R) exprS.
move: (ofN R x) (ofN R y) (ofN R z) from0 from1 from2 => {}x {}y {}z from0 from1 from2.
have nodes (F : 'I_4 -> R) : F (sink 3) = 0 -> \sum_k F k = F node0 + F node1 + F node2.
  move=> F_sink; rewrite !big_ord_recl big_ord0 addr0.
  rewrite (_ : lift ord0 (lift ord0 (lift ord0 ord0)) = sink 3) ?F_sink ?addr0 ?addrA; last exact: val_inj.
  by congr (F _ + F _ + F _); apply: val_inj.
have six : 6%:R ^+ t != 0 :> R by rewrite expf_neq0 // pnatr_eq0.
split; rewrite remainingS // nodes ?at_sink ?mul0r // from0 from1 from2 !mxE !out_degree_looped /looped /=;
  move: (6%:R ^+ t) six => p p0; by field.
Qed.

Lemma not_absorbed_from_first t x y z : rest t = (x, y, z) -> 1 - absorbed W t node0 = ofN R x / 6%:R ^+ t.
Proof. by move=> e; have := not_absorbed_from t; rewrite e => -[]. Qed.

Lemma distance_after_18_steps : ~ mixed W (1 / 4%:R) 18.
Proof.
have Ws := looped_walk_column_stochastic R 3 [:: (0, 1); (1, 0); (1, 2); (2, 1); (2, 3)]%N.
move=> mix; have {mix} := (mixedE (1 / 4%:R) 18 Ws).1 mix node0.
have e : rest 18 = (27971561948964, 23485081243448, 13348285346384)%num by vm_compute.
rewrite (not_absorbed_from_first e) -[6%:R]/(ofN R 6) -(ofN_exp R 6 18).
rewrite -[1]/(ofN R 1) -[4%:R]/(ofN R 4); apply/negP; rewrite -ltNge.
by apply: ratio_lt; vm_compute.
Qed.

Lemma back_and_forth_forward_probability : forward_probability W (1 / 3%:R).
Proof.
have move_from j : forward_move W j = nth 0 [:: 1 / 2%:R; 1 / 3%:R; 1 / 3%:R; 0] j.
  rewrite /forward_move big_mkcond !big_ord_recl big_ord0 !mxE !out_degree_looped.
  by case: j => [[|[|[|[|j]]]]] // lt_j; rewrite /back_and_forth /looped /=; field.
split=> [j|]; last by exists node1; rewrite ?move_from.
rewrite before_sink move_from; case: j => [[|[|[|[|j]]]]] //= _ _.
by rewrite !div1r lef_pinv ?posrE ?ltr0n ?ler_nat.
Qed.
End SlowWalk.

(* X-bidirectional: the sink drains the graph, and yet more than 2N/p = 18 steps are needed for eps = 1/4. *)
Theorem bound_fails_where_moves_go_back (R : archiFieldType) (W := walk_matrix R back_and_forth) :
  [/\ forall p, stationary W p <-> p = point_mass R 3, forward_probability W (1 / 3%:R),
      exists t, mixing_time W (1 / 4%:R) t, forall t, mixing_time W (1 / 4%:R) t -> (18 < t)%N &
      2%:R * 3%:R / (1 / 3%:R) = 18%:R :> R].
Proof.
have Ws : column_stochastic W by apply: looped_walk_column_stochastic.
have Wsink : W (sink 3) (sink 3) = 1 by apply: looped_walk_keeps_sink.
split=> [p|||t [mix _]|].
- exact: only_stationary_law_of_reached_sink (@back_and_forth_reaches_sink R) p.
- exact: back_and_forth_forward_probability.
- apply: (mixing_time_exists Ws Wsink (@back_and_forth_reaches_sink R)).
  by rewrite divr_gt0 ?ltr0n ?ltr01.
- rewrite ltnNge; apply/negP => le_t; apply: (@distance_after_18_steps R).
  exact: mixed_later Ws Wsink le_t mix.
by field.
Qed.

(* X-bidirectional: the rule of attainment fails. Node 0 hears another node, and never attains its supremum 1/2. *)
Section TurningHead.
Variable R : archiFieldType.
Definition turning_head := @looped 2 [:: (0, 1); (1, 0); (1, 2)]%N.
Notation D := (diffusion_matrix R turning_head).
Notation node0 := (@Ordinal 3 0 isT).
Notation node1 := (@Ordinal 3 1 isT).

Lemma turning_rows :
  D = matrix_of_rows 2 [:: [:: 2%:R^-1; 2%:R^-1; 0]; [:: 2%:R^-1; 2%:R^-1; 0]; [:: 0; 2%:R^-1; 2%:R^-1]].
Proof. entries. Qed.

Lemma turning_row_stochastic : row_stochastic D.
Proof.
by apply/diffusion_matrix_row_stochastic => i; apply: self_loops_in_degree; apply: looped_self_loops.
Qed.

Lemma sum_over_three_nodes (F : 'I_3 -> R) : \sum_k F k = F node0 + F node1 + F (sink 2).
Proof. by rewrite !big_ord_recl big_ord0 addr0 addrA; congr (F _ + F _ + F _); apply: val_inj. Qed.

Lemma turning_signals t :
  [/\ signal D t.+1 node0 = (1 - (2%:R ^+ t)^-1) / 2%:R, signal D t.+1 node1 = 2%:R^-1 &
      signal D t (sink 2) = (2%:R ^+ t)^-1].
Proof.
have at_sink s : signal D s (sink 2) = (2%:R ^+ s)^-1.
  elim: s => [|s IH]; first by rewrite signal_start eqxx expr0 invr1.
  rewrite signal_next sum_over_three_nodes IH turning_rows !mxE /= !mulr0 !add0r.
  by rewrite exprSr invfM.
have total := signal_sum t turning_row_stochastic; rewrite sum_over_three_nodes in total.
split; rewrite ?at_sink // signal_next sum_over_three_nodes turning_rows !mxE /= -turning_rows.
  by rewrite mulr0 addr0 -mulrDl -at_sink -total addrK.
by rewrite -!mulrDl total mul1r.
Qed.

Theorem maximum_need_not_exist_on_digraph :
  [/\ unique_sink_graph turning_head, (1 < in_degree turning_head node0)%N,
      forall p, stationary (walk_matrix R turning_head) p <-> p = point_mass R 2,
      fidelity D node0 2%:R^-1 & ~ attained 1 (fun t => signal D t node0) 2%:R^-1].
Proof.
have below t : signal D t node0 < 2%:R^-1.
  case: t => [|t]; first by rewrite signal_start -val_eqE /= invr_gt0 ltr0n.
  have [-> _ _] := turning_signals t.
  by rewrite ltr_pdivr_mulr ?ltr0n // mulVf ?pnatr_eq0 // ltr_subl_addr ltr_addl invr_gt0 exprn_gt0 ?ltr0n.
split.
- exact/looped_unique_sink.
- by rewrite in_degree_looped.
- apply: only_stationary_law_of_reached_sink.
  + exact: looped_walk_column_stochastic.
  + exact: looped_walk_keeps_sink.
  have [W0 _] := looped_walk_column_stochastic R 2 [:: (0, 1); (1, 0); (1, 2)]%N.
  apply: (@absorbed_reached_by_rank _ _ _ (fun j => 2 - j)%N W0) => j j_sink.
  have lt_j : (j.+1 < 3)%N by rewrite ltnS -before_sink.
  exists (Ordinal lt_j); last by rewrite /= ltn_sub2l // -before_sink.
  by rewrite walk_matrix_gt0; case: j lt_j {j_sink} => [[|[|[|j]]]].
- apply: supremum_of_limit => [t _|eps eps0]; first exact/ltW/below.
  have /andP[half0 half1] : 0 <= (2%:R^-1 : R) < 1 by rewrite invr_ge0 ler0n invf_lt1 ?ltr0n ?ltr1n.
  have [N small] := geometric_vanishes 2%:R^-1 half0 half1 eps0.
  exists N.+1 => -[//|t]; rewrite ltnS => /small; rewrite exprVn; have [-> _ _] := turning_signals t.
  by rewrite mulrBl mul1r subKr mulrC.
by move=> [t _ reached]; move: (below t); rewrite reached ltxx.
Qed.
End TurningHead.
