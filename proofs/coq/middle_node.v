(* The middle node of three: what merging can do to its fidelity, with all weights.

   Glossary
     middle q p t     the signal at time t of a node that keeps q of itself, when the sink gives p to it and p to itself
     a                the weight of the stars among the heads: in their mean the middle node keeps (1 + a) / 2, and the
                      sink gives it at most 1/2 - a/6
   With these the signal stays below 1/2 by a^2 (1 - a) / 72, so the star and the line lose together what each has
   alone, and no merging on three nodes amplifies with the sink left out. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete three_nodes.
From crosshead Require Import refutations_fidelity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Recurrence.
Variable R : realFieldType.
Implicit Types (p q a : R) (t : nat).

Fixpoint middle q p t : R := if t is r.+1 then q * middle q p r + p ^+ t else 0.

Lemma middle_ge0 q p t : 0 <= q -> 0 <= p -> 0 <= middle q p t.
Proof. by move=> q0 p0; elim: t => [|t IH] //=; rewrite addr_ge0 ?mulr_ge0 ?exprn_ge0. Qed.

Lemma middle_monotone q p p' t : 0 <= q -> 0 <= p -> p <= p' -> middle q p t <= middle q p' t.
Proof.
move=> q0 p0 le_p; elim: t => [|t IH] //=; rewrite ler_add ?ler_wpmul2l //.
by rewrite ler_expn2r // nnegrE // (le_trans p0).
Qed.

(* From t = 3 on the potential of 1 at the node and of h at the sink, h = p (1 + h), only falls. *)
Theorem middle_at_most a t :
  0 <= a <= 1 -> middle ((1 + a) / 2%:R) (1 / 2%:R - a / 6%:R) t <= 1 / 2%:R - a ^+ 2 * (1 - a) / 72%:R.
Proof.
move=> /andP[a0 a1]; set q := (1 + a) / 2%:R; set p := 1 / 2%:R - a / 6%:R; set bound := _ - _.
have c0 : 0 <= 1 - a by rewrite subr_ge0.
have p0 : 0 <= p.
  have -> : p = (2%:R + (1 - a)) / 6%:R by rewrite /p; field.
  by rewrite divr_ge0 ?ler0n // addr_ge0 ?ler0n.
have q0 : 0 <= q by rewrite /q divr_ge0 ?ler0n // addr_ge0 ?ler01.
have q1 : q <= 1 by rewrite /q ler_pdivr_mulr ?ltr0n // mul1r -[2%:R]/(1 + 1) ler_add2l.
have a3 : 0 < a + 3%:R by rewrite ltr_paddl ?ltr0n.
pose h := (3%:R - a) / (a + 3%:R).
have h_step : p * (1 + h) = h by rewrite /p /h; field; rewrite gt_eqF.
have h0 : 0 <= h by rewrite /h divr_ge0 ?(ltW a3) // subr_ge0 (le_trans a1) // ler1n.
have third : middle q p 3 + p ^+ 3 * h <= bound.
  rewrite -subr_ge0.
  have -> : bound - (middle q p 3 + p ^+ 3 * h) = a * (1 - a) ^+ 2 * (a + 6%:R) / (24%:R * (a + 3%:R)).
    by rewrite /bound /= /h /q /p; field; rewrite gt_eqF.
  apply: divr_ge0; last by rewrite mulr_ge0 ?ler0n ?(ltW a3).
  by rewrite !mulr_ge0 ?exprn_ge0 // addr_ge0 ?ler0n.
have late s : middle q p (s + 3) + p ^+ (s + 3) * h <= bound.
  elim: s => [//|s IH]; apply: le_trans IH; rewrite addSn /= -addrA.
  have -> : p ^+ (s + 3).+1 + p ^+ (s + 3).+1 * h = p ^+ (s + 3) * h.
    by rewrite -[X in X + _]mulr1 -mulrDr exprSr -mulrA h_step.
  by rewrite ler_add2r ler_pimull // middle_ge0.
case: t => [|[|[|t]]].
- apply: le_trans (_ : middle q p 1 <= _); first by rewrite /= mulr0 add0r expr1.
  rewrite -subr_ge0; have -> : bound - middle q p 1 = a * (a ^+ 2 + (1 - a) + 11%:R) / 72%:R.
    by rewrite /bound /= /q /p; field.
  by rewrite divr_ge0 ?ler0n // mulr_ge0 // addr_ge0 ?ler0n // addr_ge0 ?exprn_ge0.
- rewrite -subr_ge0; have -> : bound - middle q p 1 = a * (a ^+ 2 + (1 - a) + 11%:R) / 72%:R.
    by rewrite /bound /= /q /p; field.
  by rewrite divr_ge0 ?ler0n // mulr_ge0 // addr_ge0 ?ler0n // addr_ge0 ?exprn_ge0.
- rewrite -subr_ge0; have -> : bound - middle q p 2 = a ^+ 2 * (a + 3%:R) / 72%:R.
    by rewrite /bound /= /q /p; field.
  by rewrite divr_ge0 ?ler0n // mulr_ge0 ?exprn_ge0 // ltW.
rewrite -[t.+3]addn3; apply: le_trans (late t); by rewrite ler_addl mulr_ge0 ?exprn_ge0.
Qed.
End Recurrence.

Section StarAndLine.
Variable R : archiFieldType.
Variable b : R.
Notation D := (diffusion_matrix R).
Notation merged := (mean (pair b (1 - b)) (pair (D star_of_three) (D line_of_three))).
Notation middle_of_three := (last_node 1).

(* S3-bounded: the middle node, with 1/2 in the star and in the line, loses for all positive weights. *)
Theorem middle_node_loses_in_star_and_line :
  0 < b < 1 ->
  [/\ fidelity (D star_of_three) middle_of_three (1 / 2%:R), fidelity (D line_of_three) middle_of_three (1 / 2%:R) &
      exists2 x, fidelity merged middle_of_three x & x < 1 / 2%:R].
Proof.
move=> /andP[b0 b1]; have weight : 0 <= b <= 1 by rewrite !ltW.
have rows : merged = matrix_of_rows 2 [:: [:: 1; 0; 0]; [:: 1 - (1 + b) / 2%:R; (1 + b) / 2%:R; 0];
    [:: b / 3%:R; 1 / 2%:R - b / 6%:R; 1 / 2%:R - b / 6%:R]] by entries.
have stochastic : row_stochastic merged.
  apply: row_stochastic_mean (convex_pair weight) _ => h.
  by rewrite /pair; case: ifP => _; apply/graph_row_stochastic/looped_self_loops.
have ff : feedforward merged.
  apply: feedforward_mean => h; rewrite /pair.
  by case: ifP => _; exact/diffusion_matrix_feedforward/looped_feedforward.
have form t : signal merged t middle_of_three = middle ((1 + b) / 2%:R) (1 / 2%:R - b / 6%:R) t.
  elim: t => [|t IH]; first by rewrite signal_start.
  rewrite signal_next_of_last_node // signal_of_sink // IH rows !mxE /= addrC mulrC.
  by rewrite -exprSr.
split.
- have degree : in_degree star_of_three middle_of_three = 1%N by rewrite in_degree_looped.
  have star : feedforward_graph star_of_three by apply: looped_feedforward.
  have [_ _ fid _] := signal_of_last_node_without_other_in_edge R star (@looped_self_loops _ _) isT degree.
  have -> : 1 / 2%:R = ((in_degree star_of_three (sink 2))%:R - 1)^-1 :> R; last exact: fid.
  by rewrite in_degree_looped /=; field.
- have [fid _] := optimal_time_is_not_unique R.
  by rewrite mul1r (_ : middle_of_three = inord 1) //; apply/val_inj; rewrite /= inordK.
have [x fid] := node_fidelity_exists middle_of_three stochastic ff; exists x => //.
apply: le_lt_trans (_ : 1 / 2%:R - b ^+ 2 * (1 - b) / 72%:R < _); last first.
  by rewrite ltr_subl_addr ltr_addl divr_gt0 ?ltr0n // mulr_gt0 ?exprn_gt0 ?subr_gt0.
by apply: supremum_at_most fid _ => t _; rewrite form middle_at_most.
Qed.
End StarAndLine.

(* The only three graphs on three nodes. *)
Lemma ordinary_on_three_nodes (R : realFieldType) (E : rel 'I_3) : ordinary E ->
  [\/ diffusion_matrix R E = diffusion_matrix R star_of_three,
      diffusion_matrix R E = diffusion_matrix R line_of_three |
      diffusion_matrix R E = diffusion_matrix R full_on_three].
Proof.
move=> [ffE loops uniq]; have to_sink := unique_sink_last_edge ffE uniq.
have agree E' : (forall j i, E j i = E' j i) -> diffusion_matrix R E = diffusion_matrix R E'.
  move=> same; apply/matrixP => i j; rewrite !diffusion_matrixE same; congr (_ / _%:R).
  by apply: eq_card => k; rewrite !inE same.
pose first : 'I_3 := ord0; pose middle : 'I_3 := last_node 1; pose last : 'I_3 := sink 2.
have back E' : feedforward_graph E' ->
    ((E' middle first = false) * (E' last first = false) * (E' last middle = false))%type.
  by move=> ff'; do ![split]; apply/negP => /ff'.
have by_two_edges E' : E' first middle = E first middle -> E' first last = E first last -> E' middle last ->
    self_loops E' -> feedforward_graph E' -> forall j i, E j i = E' j i.
  move=> fm fl ml loops' /back back' j i; have backE := back E ffE.
  have three (k : 'I_3) : [\/ k = first, k = middle | k = last].
    by case: k => -[|[|[|//]]] lt_k; [constructor 1 | constructor 2 | constructor 3]; apply/val_inj.
  by case: (three j) => ->; case: (three i) => ->; rewrite ?loops ?loops' ?fm ?fl ?back' ?backE // to_sink ml.
have := uniq first; rewrite -[first == _]/false => /esym/forallPn[k]; rewrite negb_imply => /andP[edge k0].
case fm: (E first middle); case fl: (E first last).
- constructor 3; apply/agree/by_two_edges; rewrite ?fm ?fl //; first exact: looped_self_loops.
  exact: looped_feedforward.
- constructor 2; apply/agree/by_two_edges; rewrite ?fm ?fl //; first exact: looped_self_loops.
  exact: looped_feedforward.
- constructor 1; apply/agree/by_two_edges; rewrite ?fm ?fl //; first exact: looped_self_loops.
  exact: looped_feedforward.
have three : k = middle \/ k = last.
  by case: k k0 {edge} => -[|[|[|//]]] // lt_k _; [left | right]; apply/val_inj.
by case: three edge => ->; rewrite ?fm ?fl.
Qed.

Section WithoutSink.
Variable R : archiFieldType.
Variable H : nat.
Variables (w : 'I_H -> R) (Es : 'I_H -> rel 'I_3).
Notation D h := (diffusion_matrix R (Es h)).
Notation merged := (mean w (fun h => D h)).
Notation mid := (last_node 1).
Notation tau := (sink 2).
Hypothesis weights : convex w.
Hypothesis graphs : forall h, ordinary (Es h).

Let a : R := \sum_h w h * (2%:R * D h mid mid - 1).

Let a_bounds : 0 <= a <= 1.
Proof.
have [w0 w1] := weights; have each h : 0 <= 2%:R * D h mid mid - 1 <= 1.
  case: (ordinary_on_three_nodes R (graphs h)) => ->; rewrite diffusion_matrixE in_degree_looped /= mul1r.
  - by rewrite invr1 mulr1 -[2%:R]/(1 + 1) addrK ler01 lexx.
  - by rewrite divff ?pnatr_eq0 // subrr lexx ler01.
  - by rewrite divff ?pnatr_eq0 // subrr lexx ler01.
apply/andP; split; first by rewrite sumr_ge0 // => h _; rewrite mulr_ge0 //; case/andP: (each h).
rewrite -[X in _ <= X]w1; apply: ler_sum => h _; rewrite -[X in _ <= X]mulr1 ler_wpmul2l //.
by case/andP: (each h).
Qed.

Let middle_keeps : merged mid mid = (1 + a) / 2%:R.
Proof.
have [_ w1] := weights; rewrite meanE /a; under [in RHS]eq_bigr do rewrite mulrBr mulr1 mulrCA.
by rewrite sumrB w1 -mulr_sumr addrCA subrr addr0 mulrC mulKf ?pnatr_eq0.
Qed.

Let sink_keeps : merged tau tau <= 1 / 2%:R - a / 6%:R.
Proof.
have [w0 w1] := weights; rewrite meanE -[1 / _]mulr1 -[X in _ * X - _]w1 mulr_sumr /a mulr_suml -sumrB.
have split_off (x y : R) : 1 / 2%:R * x - x * y / 6%:R = x * (1 / 2%:R - y / 6%:R) by ring.
apply: ler_sum => h _; rewrite split_off ler_wpmul2l // -subr_ge0.
case: (ordinary_on_three_nodes R (graphs h)) => ->; rewrite !diffusion_matrixE !in_degree_looped /=.
- by have -> : 1 / 2%:R - (2%:R * (1 / 1) - 1) / 6%:R - 1 / 3%:R = 0 :> R by field.
- by have -> : 1 / 2%:R - (2%:R * (1 / 2%:R) - 1) / 6%:R - 1 / 2%:R = 0 :> R by field.
have -> : 1 / 2%:R - (2%:R * (1 / 2%:R) - 1) / 6%:R - 1 / 3%:R = 1 / 6%:R :> R by field.
by rewrite divr_ge0 ?ler0n ?ler01.
Qed.

Let middle_signal_at_most t : signal merged t mid <= 1 / 2%:R.
Proof.
have stochastic : row_stochastic merged.
  by apply: row_stochastic_mean => // h; have [_ loops _] := graphs h; apply: graph_row_stochastic.
have ff : feedforward merged.
  by apply: feedforward_mean => h; have [ffE _ _] := graphs h; apply: diffusion_matrix_feedforward.
have direct : merged tau mid = merged tau tau.
  rewrite !meanE; apply: eq_bigr => h _; have [ffE loops uniq] := graphs h.
  by rewrite !diffusion_matrixE loops (unique_sink_last_edge ffE uniq).
have form s : signal merged s mid = middle (merged mid mid) (merged tau tau) s.
  elim: s => [|s IH]; first by rewrite signal_start.
  by rewrite signal_next_of_last_node // signal_of_sink // IH direct /= addrC mulrC -exprSr.
have [D0 _] := stochastic; rewrite form.
apply: le_trans (middle_monotone _ (D0 mid mid) (D0 tau tau) sink_keeps) _; rewrite middle_keeps.
apply: le_trans (middle_at_most t a_bounds) _; have /andP[a0 a1] := a_bounds.
by rewrite ler_subl_addr ler_addl divr_ge0 ?ler0n // mulr_ge0 ?exprn_ge0 // subr_ge0.
Qed.

(* S3-surpass: with the sink left out three nodes do not amplify either, for any number of heads and any weights. *)
Theorem no_amplification_on_three_nodes_without_sink v :
  minimax_of_others merged v -> exists h, exists2 u, minimax_of_others (D h) u & v <= u.
Proof.
move=> min_v; suff [h above] : exists h, forall u, minimax_of_others (D h) u -> v <= u.
  have [ffE loops _] := graphs h; exists h.
  have [stochastic ff] := (graph_row_stochastic R loops, diffusion_matrix_feedforward R ffE).
  have [u min_u] := minimax_of_others_exists (isT : 0 < 2)%N stochastic ff.
  by exists u => //; apply: above.
have [_ least] := min_v; have v_half : v <= 1 / 2%:R.
  have [x fid le_v] := least mid (last_node_neq_sink 1); apply: le_trans le_v _.
  by apply: supremum_at_most fid _ => t _; apply: middle_signal_at_most.
have [star line _ _] := merged_others_below_worst_head R.
case: (pickP (fun h => D h != diffusion_matrix R full_on_three)) => [h not_full|all_full].
  exists h => u; case: (ordinary_on_three_nodes R (graphs h)) not_full => ->; last by rewrite eqxx.
  - by move=> _ /minimax_of_others_unique /(_ star) ->.
  by move=> _ /minimax_of_others_unique /(_ line) ->.
have [h wh] : exists h, 0 < w h.
  by apply: positive_sum; [case: weights | case: weights => _ ->; apply: ltr01].
have eq_mean : merged = D h.
  rewrite /mean (eq_bigr (fun k => w k *: D h)) => [|k _]; last first.
    by move: (all_full k) (all_full h) => /negbT; rewrite negbK => /eqP -> /negbT; rewrite negbK => /eqP ->.
  by rewrite -scaler_suml (proj2 weights) scale1r.
by exists h => u; rewrite -eq_mean => min_u; rewrite (minimax_of_others_unique min_v min_u).
Qed.
End WithoutSink.
