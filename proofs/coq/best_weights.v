(* Example 3.8: the best weights give a minimax fidelity between 0.6334 and 0.6335, near b = 0.267.

   Glossary (head_to_v has the weight b, head_to_sink 1 - b)
     relayed b t      the signal of v in the mean
   The sink has (1 + b)/2, which rises with b. The signal of v falls with b up to b = 1/2 at every time, so one value of
   b bounds all larger ones; from 1/2 on it is at most 3/5. *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions examples.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Relayed.
Variable R : realFieldType.
Implicit Types (b c p : R) (t : nat).

Fixpoint relayed b t : R :=
  if t is r.+1 then (1 - b / 2%:R) * relayed b r + (1 - b) / 2%:R * ((1 + b) / 2%:R) ^+ r else 0.

Lemma relayed_ge0 b t : 0 <= b <= 1 -> 0 <= relayed b t.
Proof.
move=> /andP[b0 b1]; elim: t => [|t IH] //=; apply: addr_ge0; apply: mulr_ge0 => //.
- by rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mul1r (le_trans b1) // ler1n.
- by rewrite divr_ge0 ?ler0n // subr_ge0.
by rewrite exprn_ge0 // divr_ge0 ?ler0n // addr_ge0 ?ler01.
Qed.

Lemma power_difference p p' t : 0 <= p -> p <= p' -> p' ^+ t.+1 - p ^+ t.+1 <= (p' - p) * t.+1%:R * p' ^+ t.
Proof.
move=> p0 le_p; have p'0 := le_trans p0 le_p; elim: t => [|t IH]; first by rewrite !expr1 expr0 !mulr1.
have -> : p' ^+ t.+2 - p ^+ t.+2 = p' * (p' ^+ t.+1 - p ^+ t.+1) + (p' - p) * p ^+ t.+1.
  by rewrite !(exprS _ t.+1); move: (p' ^+ t.+1) (p ^+ t.+1) => x y; ring.
have -> : (p' - p) * t.+2%:R * p' ^+ t.+1 = p' * ((p' - p) * t.+1%:R * p' ^+ t) + (p' - p) * p' ^+ t.+1.
  by rewrite -[t.+2]addn1 natrD (exprS _ t); move: (p' ^+ t) (t.+1%:R) => x y; ring.
by rewrite ler_add ?ler_wpmul2l ?subr_ge0 // ler_expn2r ?nnegrE.
Qed.

(* For b <= 1/2 the node v keeps at least what the sink keeps. *)
Lemma relayed_at_least b t :
  0 <= b -> b <= 1 / 2%:R -> (1 - b) / 2%:R * t.+1%:R * ((1 + b) / 2%:R) ^+ t <= relayed b t.+1.
Proof.
move=> b0 b_half; have p0 : 0 <= (1 + b) / 2%:R by rewrite divr_ge0 ?ler0n // addr_ge0 ?ler01.
have keeps : (1 + b) / 2%:R <= 1 - b / 2%:R.
  rewrite -subr_ge0; have -> : 1 - b / 2%:R - (1 + b) / 2%:R = 1 / 2%:R - b by field.
  by rewrite subr_ge0.
have weight : 0 <= b <= 1 by rewrite b0 (le_trans b_half) // ler_pdivr_mulr ?ltr0n // mul1r ler1n.
elim: t => [|t IH]; first by rewrite /= expr0 mulr0 add0r !mulr1.
rewrite [relayed b t.+2]/(_ * relayed b t.+1 + _).
have -> : (1 - b) / 2%:R * t.+2%:R * ((1 + b) / 2%:R) ^+ t.+1 =
    (1 + b) / 2%:R * ((1 - b) / 2%:R * t.+1%:R * ((1 + b) / 2%:R) ^+ t) + (1 - b) / 2%:R * ((1 + b) / 2%:R) ^+ t.+1.
  by rewrite -[t.+2]addn1 natrD (exprS _ t); move: (((1 + b) / 2%:R) ^+ t) (t.+1%:R) => x y; field.
rewrite ler_add2r; apply: le_trans (ler_wpmul2l p0 IH) _.
by rewrite ler_wpmul2r // relayed_ge0.
Qed.

(* Up to 1/2 the signal of v falls at every time as b rises. *)
Theorem relayed_antitone b c t : 0 <= b -> b <= c -> c <= 1 / 2%:R -> relayed c t <= relayed b t.
Proof.
move=> b0 le_bc c_half; have c0 := le_trans b0 le_bc; elim: t => [|t IH] //.
have gap0 : 0 <= (c - b) / 2%:R by rewrite divr_ge0 ?ler0n // subr_ge0.
have one_above : c <= 1 by apply: le_trans c_half _; rewrite ler_pdivr_mulr ?ltr0n // mul1r ler1n.
rewrite -subr_ge0 /=.
have -> : (1 - b / 2%:R) * relayed b t + (1 - b) / 2%:R * ((1 + b) / 2%:R) ^+ t -
    ((1 - c / 2%:R) * relayed c t + (1 - c) / 2%:R * ((1 + c) / 2%:R) ^+ t) =
  (1 - b / 2%:R) * (relayed b t - relayed c t) + (c - b) / 2%:R * ((1 + b) / 2%:R) ^+ t +
  ((c - b) / 2%:R * relayed c t - (1 - c) / 2%:R * (((1 + c) / 2%:R) ^+ t - ((1 + b) / 2%:R) ^+ t)).
  by move: (((1 + b) / 2%:R) ^+ t) (((1 + c) / 2%:R) ^+ t) (relayed b t) (relayed c t) => x y z w; field.
have p0 : 0 <= (1 + b) / 2%:R by rewrite divr_ge0 ?ler0n // addr_ge0 ?ler01.
apply: addr_ge0; first apply: addr_ge0.
- by rewrite mulr_ge0 ?subr_ge0 // ler_pdivr_mulr ?ltr0n // mul1r (le_trans (le_trans le_bc one_above)) ?ler1n.
- by rewrite mulr_ge0 ?exprn_ge0.
case: t {IH} => [|t]; first by rewrite !expr0 subrr mulr0 subr0 mulr0.
rewrite subr_ge0; apply: le_trans (ler_wpmul2l gap0 (relayed_at_least t c0 c_half)).
have le_p : (1 + b) / 2%:R <= (1 + c) / 2%:R by rewrite ler_pmul2r ?invr_gt0 ?ltr0n // ler_add2l.
have rate0 : 0 <= (1 - c) / 2%:R by rewrite divr_ge0 ?ler0n // subr_ge0.
apply: le_trans (ler_wpmul2l rate0 (power_difference t p0 le_p)) _.
rewrite le_eqVlt; apply/orP; left; apply/eqP; move: (((1 + c) / 2%:R) ^+ t) (t.+1%:R) => x y; by field.
Qed.

(* From 1/2 on: v loses at least a quarter at each step, and hears at most a quarter. *)
Theorem relayed_at_most_three_fifths b t : 1 / 2%:R <= b -> b <= 1 -> relayed b t <= 3%:R / 5%:R.
Proof.
move=> b_half b1; have b_gt0 : 0 < b by apply: lt_le_trans b_half; rewrite divr_gt0 ?ltr01 ?ltr0n.
have weight : 0 <= b <= 1 by rewrite ltW.
have keeps0 : 0 <= 1 - b / 2%:R by rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mul1r (le_trans b1) ?ler1n.
have rate0 : 0 <= (1 - b) / 2%:R by rewrite divr_ge0 ?ler0n // subr_ge0.
have p0 : 0 <= (1 + b) / 2%:R by rewrite divr_ge0 ?ler0n // addr_ge0 ?ler01 ?ltW.
have p1 : (1 + b) / 2%:R <= 1 by rewrite ler_pdivr_mulr ?ltr0n // mul1r -[2%:R]/(1 + 1) ler_add2l.
have [large|small] := leP (2%:R / 3%:R) b.
  (* relayed b t <= (1 - b) / b, which is what flows in against what flows out *)
  apply: le_trans (_ : (1 - b) / b <= _); last first.
    rewrite ler_pdivr_mulr // -subr_ge0; have -> : 3%:R / 5%:R * b - (1 - b) = 8%:R / 5%:R * (b - 5%:R / 8%:R) by field.
    rewrite mulr_ge0 ?divr_ge0 ?ler0n // subr_ge0; apply: le_trans large.
    exact/ltW/(@ratio_lt R 5 8 2 3).
  elim: t => [|t IH]; first by rewrite divr_ge0 ?subr_ge0 ?(ltW b_gt0).
  apply: le_trans (_ : (1 - b / 2%:R) * ((1 - b) / b) + (1 - b) / 2%:R * 1 <= _).
    by rewrite /= ler_add ?ler_wpmul2l // exprn_ile1.
  by rewrite le_eqVlt; apply/orP; left; apply/eqP; field; rewrite gt_eqF.
have keeps : 1 - b / 2%:R <= 3%:R / 4%:R.
  rewrite -subr_ge0; have -> : 3%:R / 4%:R - (1 - b / 2%:R) = (b - 1 / 2%:R) / 2%:R by field.
  by rewrite divr_ge0 ?ler0n // subr_ge0.
have rate : (1 - b) / 2%:R <= 1 / 4%:R.
  rewrite -subr_ge0; have -> : 1 / 4%:R - (1 - b) / 2%:R = (b - 1 / 2%:R) / 2%:R by field.
  by rewrite divr_ge0 ?ler0n // subr_ge0.
have p_small : (1 + b) / 2%:R <= 5%:R / 6%:R.
  rewrite -subr_ge0; have -> : 5%:R / 6%:R - (1 + b) / 2%:R = (2%:R / 3%:R - b) / 2%:R by field.
  by rewrite divr_ge0 ?ler0n // subr_ge0 ltW.
have next s x y : relayed b s <= x -> ((1 + b) / 2%:R) ^+ s <= y ->
    relayed b s.+1 <= 3%:R / 4%:R * x + 1 / 4%:R * y.
  by move=> le_x le_y /=; rewrite ler_add // ler_pmul ?relayed_ge0 ?exprn_ge0.
have power s : ((1 + b) / 2%:R) ^+ s <= 1 by apply: exprn_ile1.
have first : relayed b 1 <= 1 / 4%:R by rewrite /= mulr0 add0r expr0 mulr1.
have second : relayed b 2 <= 3%:R / 8%:R.
  rewrite /= mulr0 add0r expr0 expr1 mulr1 -subr_ge0.
  have -> : 3%:R / 8%:R - ((1 - b / 2%:R) * ((1 - b) / 2%:R) + (1 - b) / 2%:R * ((1 + b) / 2%:R)) =
    3%:R / 4%:R * (b - 1 / 2%:R) by field.
  by rewrite mulr_ge0 ?divr_ge0 ?ler0n // subr_ge0.
have third := next _ _ _ second (power 2%N).
have third_small : relayed b 3 <= 3%:R / 5%:R.
  apply: le_trans third _; rewrite -subr_ge0.
  have -> : 3%:R / 5%:R - (3%:R / 4%:R * (3%:R / 8%:R) + 1 / 4%:R * 1) = 11%:R / 160%:R :> R by field.
  by rewrite divr_ge0 ?ler0n.
have late s : relayed b (s + 3) <= 3%:R / 5%:R.
  elim: s => [//|s IH]; rewrite addSn.
  have power_small : ((1 + b) / 2%:R) ^+ (s + 3) <= (5%:R / 6%:R) ^+ 3.
    rewrite exprD; apply: le_trans (_ : ((1 + b) / 2%:R) ^+ 3 <= _); first by rewrite ler_pimull ?exprn_ge0.
    by rewrite ler_expn2r ?nnegrE // divr_ge0 ?ler0n.
  apply: le_trans (next _ _ _ IH power_small) _; rewrite -subr_ge0.
  have -> : 3%:R / 5%:R - (3%:R / 4%:R * (3%:R / 5%:R) + 1 / 4%:R * (5%:R / 6%:R) ^+ 3) = 23%:R / 4320%:R :> R by field.
  by rewrite divr_ge0 ?ler0n.
have quarter : 1 / 4%:R <= 3%:R / 5%:R :> R by apply/ltW/(@ratio_lt R 1 4 3 5).
have eighths : 3%:R / 8%:R <= 3%:R / 5%:R :> R by apply/ltW/(@ratio_lt R 3 8 3 5).
case: t => [|[|[|t]]]; [by rewrite divr_ge0 ?ler0n | exact: le_trans first _ | exact: le_trans second _ |].
by rewrite -[t.+3]addn3.
Qed.
End Relayed.

Lemma lower_bound (R : realFieldType) : 3167%:R / (50%:R * 100%:R) = ofN R 3167 / ofN R 5000.
Proof. by rewrite -[ofN R 5000]/(ofN R (50 * 100)) ofN_mul. Qed.

Section BestWeights.
Variable R : archiFieldType.
Variable b : R.
Hypothesis weight : 0 <= b <= 1.
Notation D := (diffusion_matrix R).
Notation heads := (pair (D head_to_v) (D head_to_sink)).
Notation merged b := (mean (pair b (1 - b)) heads).
Notation v := (last_node 1).
Notation tau := (sink 2).

Let merged_rows (c : R) : merged c = matrix_of_rows 2
  [:: [:: 1; 0; 0]; [:: c / 2%:R; 1 - c / 2%:R; 0]; [:: 0; (1 - c) / 2%:R; (1 + c) / 2%:R]].
Proof. entries. Qed.

Let merged_feedforward c : feedforward (merged c).
Proof.
apply: feedforward_mean => h; rewrite /pair.
by case: ifP => _; exact/diffusion_matrix_feedforward/looped_feedforward.
Qed.

Let signal_of_v c t : signal (merged c) t v = relayed c t.
Proof.
elim: t => [|t IH]; first by rewrite signal_start.
rewrite signal_next_of_last_node // signal_of_sink // IH merged_rows !mxE /= addrC mulrC.
by congr (_ + _); rewrite mulrC.
Qed.

(* Two values of b that bound the larger ones, by computation. *)
Let numerators_267 := [:: [:: 2000; 0; 0]; [:: 267; 1733; 0]; [:: 0; 733; 1267]]%num.
Let numerators_280 := [:: [:: 100; 0; 0]; [:: 14; 86; 0]; [:: 0; 36; 64]]%num.

Let inord_v : inord 1 = v.
Proof. by apply/val_inj; rewrite /= inordK. Qed.

Let relayed_267 t : (1 <= t)%N -> relayed (267%:R / 1000%:R) t <= 1267%:R / 2000%:R :> R.
Proof.
move=> le_t; rewrite -signal_of_v.
have -> : merged (267%:R / 1000%:R) = scaled 2 2000 numerators_267 R.
  by rewrite merged_rows /numerators_267; scaled_entries.
have := @bounded_check_sound 2 2000 numerators_267 R _ 1 [:: 1; 2]%N 6 1267 2000.
by rewrite inord_v; apply; rewrite ?le_t //; vm_compute.
Qed.

Let relayed_280 t : (1 <= t)%N -> relayed (28%:R / 100%:R) t <= 63%:R / 100%:R :> R.
Proof.
move=> le_t; rewrite -signal_of_v.
have -> : merged (28%:R / 100%:R) = scaled 2 100 numerators_280 R.
  by rewrite merged_rows /numerators_280; scaled_entries.
have := @bounded_check_sound 2 100 numerators_280 R _ 1 [:: 1; 2]%N 6 63 100.
by rewrite inord_v; apply; rewrite ?le_t //; vm_compute.
Qed.

(* What bounds the signal of v at c bounds it at all larger b, if it is at least 3/5. *)
Let bounded_beyond c bound x :
  0 <= c -> c <= b -> 3%:R / 5%:R <= bound -> (forall t, (1 <= t)%N -> relayed c t <= bound) ->
  fidelity (merged b) v x -> x <= bound.
Proof.
move=> c0 le_cb large small fid; have /andP[_ b1] := weight.
apply: supremum_at_most fid _ => t le_t; rewrite signal_of_v; have [b_half|half_b] := leP b (1 / 2%:R).
  exact: le_trans (relayed_antitone t c0 le_cb b_half) (small t le_t).
exact: le_trans (relayed_at_most_three_fifths t (ltW half_b) b1) large.
Qed.

Let merged_stochastic : row_stochastic (merged b).
Proof.
apply: row_stochastic_mean (convex_pair weight) _ => h.
by rewrite /pair; case: ifP => _; apply/graph_row_stochastic/looped_self_loops.
Qed.

Let at_most_sink x : minimax (merged b) x -> x <= (1 + b) / 2%:R.
Proof.
move=> [_ least]; have [y fid le_xy] := least tau.
have := fidelity_of_sink merged_stochastic (@merged_feedforward b).
by rewrite {2}merged_rows mxE /= => /(supremum_unique fid) <-.
Qed.

(* E3.8-fidelity: no weights give more than 0.6335, and only those near 0.267 give as much as 0.6334. *)
Theorem best_weights_are_near_267 x : minimax (merged b) x ->
  x <= 1267%:R / 2000%:R /\ (3167%:R / (50%:R * 100%:R) <= x -> 26%:R / 100%:R < b < 28%:R / 100%:R).
Proof.
move=> min_x; have [_ least] := min_x; have [y fid le_xy] := least v; have sink_bound := at_most_sink min_x.
split=> [|large].
  have [small|beyond] := leP b (267%:R / 1000%:R).
    apply: le_trans sink_bound _; rewrite -subr_ge0.
    have -> : 1267%:R / 2000%:R - (1 + b) / 2%:R = (267%:R / 1000%:R - b) / 2%:R by field.
    by rewrite divr_ge0 ?ler0n // subr_ge0.
  apply: le_trans le_xy (bounded_beyond _ (ltW beyond) _ relayed_267 fid); first by rewrite divr_ge0 ?ler0n.
  exact/ltW/(@ratio_lt R 3 5 1267 2000).
apply/andP; split.
  have : 0 <= (1 + b) / 2%:R - 3167%:R / (50%:R * 100%:R) by rewrite subr_ge0 (le_trans large).
  have -> : (1 + b) / 2%:R - 3167%:R / (50%:R * 100%:R) = (b - 667%:R / 2500%:R) / 2%:R by field.
  rewrite pmulr_lge0 ?invr_gt0 ?ltr0n // subr_ge0; apply: lt_le_trans.
  exact: (@ratio_lt R 26 100 667 2500).
rewrite ltNge; apply/negP => beyond; have : y <= 63%:R / 100%:R.
  apply: bounded_beyond beyond _ relayed_280 fid; first by rewrite divr_ge0 ?ler0n.
  exact/ltW/(@ratio_lt R 3 5 63 100).
apply/negP; rewrite -ltNge; apply: lt_le_trans le_xy; apply: lt_le_trans large.
by rewrite lower_bound; apply: (@ratio_lt R 63 100 3167 5000).
Qed.
End BestWeights.

(* E3.8-fidelity: and 0.6334 is reached, at b = 0.2669. *)
Theorem best_minimax_is_reached (R : archiFieldType) (b : R := 2669%:R / (100%:R * 100%:R)) :
  exists2 x, minimax (mean (pair b (1 - b)) (pair (diffusion_matrix R head_to_v) (diffusion_matrix R head_to_sink))) x &
             3167%:R / (50%:R * 100%:R) <= x.
Proof.
set merged := mean _ _; pose numerators := [:: [:: 20000; 0; 0]; [:: 2669; 17331; 0]; [:: 0; 7331; 12669]]%num.
have decimals : b = ofN R 2669 / ofN R 10000 by rewrite -[ofN R 10000]/(ofN R (100 * 100)) ofN_mul.
have b0 : 0 < b by rewrite decimals divr_gt0 ?ofN_gt0.
have b1 : b < 1 by rewrite decimals ltr_pdivr_mulr ?ofN_gt0 // mul1r ltr_nat; apply/ssrnat.ltP; lia.
have eq_merged : merged = scaled 2 20000 numerators R.
  have twice : ofN R 20000 = 2%:R * ofN R 10000 by rewrite -[ofN R 20000]/(ofN R (2 * 10000)) ofN_mul.
  have sum : ofN R 12669 = ofN R 10000 + ofN R 2669 by rewrite -ofN_add.
  have rest : ofN R 7331 = ofN R 10000 - ofN R 2669 by apply/(canRL (addrK _)); rewrite -ofN_add.
  have stays : ofN R 17331 = ofN R 20000 - ofN R 2669 by apply/(canRL (addrK _)); rewrite -ofN_add.
  have X0 : ofN R 10000 != 0 by rewrite lt0r_neq0 ?ofN_gt0.
  have zero : ofN R 0 = 0 by [].
  have rows (c : R) : mean (pair c (1 - c)) (pair (diffusion_matrix R head_to_v) (diffusion_matrix R head_to_sink)) =
      matrix_of_rows 2 [:: [:: 1; 0; 0]; [:: c / 2%:R; 1 - c / 2%:R; 0]; [:: 0; (1 - c) / 2%:R; (1 + c) / 2%:R]].
    by entries.
  rewrite /merged rows decimals; apply/matrixP => -[i lt_i] [j lt_j]; rewrite [LHS]mxE [RHS]mxE /numerators /entry.
  move: (ofN R) X0 zero twice sum rest stays => number X0 zero twice sum rest stays.
  by case: i lt_i => [|[|[|i]]] // lt_i; case: j lt_j => [|[|[|j]]] // lt_j;
    rewrite /= ?sum ?rest ?stays ?twice ?zero; move: (number 10000%num) (number 2669%num) X0 => X P X0; field.
have stochastic : stochastic_check 2 20000 numerators by vm_compute.
have feedforward_numerators : feedforward_check 2 numerators by vm_compute.
have stoD := scaled_row_stochastic R stochastic.
have ffD : feedforward (scaled 2 20000 numerators R) by apply: scaled_feedforward.
have [x min_x] := minimax_exists stoD ffD; rewrite eq_merged; exists x => //; have [[i fid] _] := min_x.
rewrite lower_bound; case: i fid => -[|[|[|//]]] lt_i fid.
- have [fid_1 _] : fidelity merged (inord 0) 1 /\ _ := merged_fidelity_is_one (introT andP (conj b0 b1)).
  rewrite eq_merged (_ : inord 0 = Ordinal lt_i) in fid_1; last by apply/val_inj; rewrite /= inordK.
  rewrite (supremum_unique fid fid_1) ler_pdivr_mulr ?ofN_gt0 // mul1r; exact: ofN_le.
- have := supremum_at_least fid (isT : 1 <= 4)%N; apply: le_trans.
  rewrite (_ : Ordinal lt_i = inord 1); last by apply/val_inj; rewrite /= inordK.
  by apply: signal_at_least_sound => //; vm_compute.
have := supremum_at_least fid (isT : 1 <= 1)%N; apply: le_trans.
rewrite (_ : Ordinal lt_i = inord 2); last by apply/val_inj; rewrite /= inordK.
by apply: signal_at_least_sound => //; vm_compute.
Qed.
