(* Claims about fidelity that fail, each for the smallest system, and the two programs as printed.

   Glossary (nodes count from 0; every graph here has all self-loops unless it says otherwise)
     line_of_two, line_of_three   0 -> 1 and 0 -> 1 -> 2
     star_of_three                0 -> 2, 1 -> 2
     full_on_three                0 -> 1, 0 -> 2, 1 -> 2
     without_loop_at_sink         0 -> 0, 0 -> 1 *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition line_of_two := @looped 1 [:: (0, 1)]%N.
Definition line_of_three := @looped 2 [:: (0, 1); (1, 2)]%N.
Definition star_of_three := @looped 2 [:: (0, 2); (1, 2)]%N.
Definition full_on_three := @looped 2 [:: (0, 1); (0, 2); (1, 2)]%N.
Definition without_loop_at_sink : rel 'I_2 := fun j _ => j == ord0.

Section Signals.
Variable R : realFieldType.
Notation D := (diffusion_matrix R).
Notation half := (2%:R^-1 : R).

Lemma line_of_two_signals t : signals (D line_of_two) t = [:: 1 - half ^+ t; half ^+ t].
Proof.
have -> : D line_of_two = matrix_of_rows 1 [:: [:: 1; 0]; [:: half; half]] by entries.
elim: t => [|t IH]; first by rewrite signals_start expr0 subrr.
by rewrite signals_next IH exprS /mkseq /=; move: (half ^+ t) => y; congr [:: _; _]; field.
Qed.

Lemma line_of_three_signals t :
  signals (D line_of_three) t = [:: 1 - (t%:R + 1) * half ^+ t; t%:R * half ^+ t; half ^+ t].
Proof.
have -> : D line_of_three = matrix_of_rows 2 [:: [:: 1; 0; 0]; [:: half; half; 0]; [:: 0; half; half]] by entries.
elim: t => [|t IH]; first by rewrite signals_start expr0 /mkseq /=; congr [:: _; _; _]; ring.
rewrite signals_next IH exprS -[t.+1]addn1 natrD /mkseq /=; move: (half ^+ t) => y.
by congr [:: _; _; _]; field.
Qed.

(* D3.4: on the line of three the signal of the middle node has its maximum 1/2 at the two times 1 and 2. *)
Theorem optimal_time_is_not_unique :
  fidelity (D line_of_three) (inord 1) half /\
  forall t, (1 <= t)%N -> signal (D line_of_three) t (inord 1) = half <-> (t <= 2)%N.
Proof.
have form t : signal (D line_of_three) t (inord 1) = t%:R * half ^+ t.
  by rewrite signal_of_signals line_of_three_signals inordK.
have half0 : 0 < half by rewrite invr_gt0 ltr0n.
have late t : (2 < t)%N -> signal (D line_of_three) t (inord 1) < half.
  rewrite form; case: t => // t lt_t; rewrite exprS mulrCA gtr_pmulr //.
  rewrite exprVn ltr_pdivr_mulr ?exprn_gt0 ?ltr0n // mul1r -natrX ltr_nat.
  by elim: t lt_t => [|[|[|t]] IH] // _; rewrite expnS mul2n -addnn -addn1 leq_add ?IH ?expn_gt0.
have early t : (1 <= t <= 2)%N -> signal (D line_of_three) t (inord 1) = half.
  by rewrite form; case: t => [|[|[|]]] // _; [rewrite mul1r expr1 | rewrite expr2; field].
split=> [|t le_t]; last first.
  by split=> [eq_half|le2]; [rewrite leqNgt; apply/negP => /late; rewrite eq_half ltxx | rewrite early ?le_t].
apply: (@supremum_of_maximum _ _ _ _ 1%N) => // [|t le_t]; first exact: early.
by have [le2|/late/ltW//] := leqP t 2; rewrite early ?le_t.
Qed.

(* S3-nonmonotone: a rise and a later fall at a node that is not the sink. *)
Theorem signal_rises_and_falls :
  let s t := signal (D full_on_three) t (inord 1) in
  [/\ s 0%N = 0, s 1%N = 1 / 3%:R, s 2%N = 5%:R / 18%:R & s 0%N < s 1%N /\ s 2%N < s 1%N].
Proof.
have third : D full_on_three = matrix_of_rows 2
    [:: [:: 1; 0; 0]; [:: half; half; 0]; [:: 1 / 3%:R; 1 / 3%:R; 1 / 3%:R]] by entries.
have s0 : signals (D full_on_three) 0 = [:: 0; 0; 1] by rewrite signals_start.
have s1 : signals (D full_on_three) 1 = [:: 1 / 3%:R; 1 / 3%:R; 1 / 3%:R].
  by rewrite third signals_next signals_start /mkseq /=; congr [:: _; _; _]; ring.
have s2 : nth 0 (signals (D full_on_three) 2) 1 = 5%:R / 18%:R.
  by rewrite third signals_next -third s1 /mkseq /=; field.
rewrite /= !signal_of_signals !inordK // s0 s1 s2 /=; split=> //; split; first by rewrite divr_gt0 ?ltr01 ?ltr0n.
exact: (@ratio_lt R 5 18 1 3).
Qed.

(* REV-convex: what is linear in the operator lies between the heads, entry by entry, *)
Theorem mean_entries_between n H (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) i j lower upper :
  convex w -> (forall h, lower <= M h i j <= upper) -> lower <= mean w M i j <= upper.
Proof.
move=> [w0 w1] between; rewrite meanE -[lower]mul1r -[upper]mul1r -w1 !mulr_suml.
by apply/andP; split; apply: ler_sum => h _; rewrite ler_wpmul2l //; case/andP: (between h).
Qed.

(* REV-convex: and so do the signals after one step; *)
Corollary one_step_signals_between n H (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) j lower upper :
  convex w -> (forall h, lower <= signal (M h) 1 j <= upper) -> lower <= signal (mean w M) 1 j <= upper.
Proof.
by move=> cw between; rewrite signal_one_step; apply: mean_entries_between.
Qed.

(* REV-convex: after two steps the mean can have more than both heads, *)
Theorem two_step_signal_above_both_heads :
  let heads := pair (D (@looped 3 [:: (0, 3); (1, 2); (2, 3)]%N)) (D (@looped 3 [:: (0, 2); (1, 2); (2, 3)]%N)) in
  (forall h, signal (heads h) 2 (inord 1) = 1 / 6%:R) /\
  signal (mean (pair half half) heads) 2 (inord 1) = 25%:R / 144%:R /\ 1 / 6%:R < 25%:R / 144%:R :> R.
Proof.
move=> heads; split=> [h|]; last split; last exact: (@ratio_lt R 1 6 25 144).
  rewrite /heads /pair; case: ifP => _.
    have -> : D (@looped 3 [:: (0, 3); (1, 2); (2, 3)]%N) = matrix_of_rows 3 [:: [:: 1; 0; 0; 0]; [:: 0; 1; 0; 0];
      [:: 0; half; half; 0]; [:: 1 / 3%:R; 0; 1 / 3%:R; 1 / 3%:R]] by entries.
    by rewrite signal_of_signals inordK // !signals_next signals_start /mkseq /=; field.
  have -> : D (@looped 3 [:: (0, 2); (1, 2); (2, 3)]%N) = matrix_of_rows 3 [:: [:: 1; 0; 0; 0]; [:: 0; 1; 0; 0];
    [:: 1 / 3%:R; 1 / 3%:R; 1 / 3%:R; 0]; [:: 0; 0; half; half]] by entries.
  by rewrite signal_of_signals inordK // !signals_next signals_start /mkseq /=; field.
have -> : mean (pair half half) heads = matrix_of_rows 3 [:: [:: 1; 0; 0; 0]; [:: 0; 1; 0; 0];
  [:: 1 / 6%:R; 5%:R / 12%:R; 5%:R / 12%:R; 0]; [:: 1 / 6%:R; 0; 5%:R / 12%:R; 5%:R / 12%:R]] by entries.
by rewrite signal_of_signals inordK // !signals_next signals_start /mkseq /=; field.
Qed.

(* REV-convex: or less. *)
Theorem two_step_signal_below_both_heads :
  let heads := pair (D (@looped 3 [:: (0, 3); (1, 3); (2, 3)]%N)) (D (@looped 3 [:: (0, 1); (1, 2); (2, 3)]%N)) in
  [/\ signal (heads ord0) 2 (inord 1) = 5%:R / 16%:R, signal (heads (inord 1)) 2 (inord 1) = 1 / 4%:R,
      signal (mean (pair half half) heads) 2 (inord 1) = 15%:R / 64%:R,
      15%:R / 64%:R < 5%:R / 16%:R :> R & 15%:R / 64%:R < 1 / 4%:R :> R].
Proof.
move=> heads; split; [| | |exact: (@ratio_lt R 15 64 5 16)|exact: (@ratio_lt R 15 64 1 4)].
- rewrite /heads /pair eqxx.
  have -> : D (@looped 3 [:: (0, 3); (1, 3); (2, 3)]%N) = matrix_of_rows 3 [:: [:: 1; 0; 0; 0]; [:: 0; 1; 0; 0];
    [:: 0; 0; 1; 0]; [:: 1 / 4%:R; 1 / 4%:R; 1 / 4%:R; 1 / 4%:R]] by entries.
  by rewrite signal_of_signals inordK // !signals_next signals_start /mkseq /=; field.
- rewrite /heads /pair -val_eqE /= inordK //.
  have -> : D (@looped 3 [:: (0, 1); (1, 2); (2, 3)]%N) = matrix_of_rows 3 [:: [:: 1; 0; 0; 0];
    [:: half; half; 0; 0]; [:: 0; half; half; 0]; [:: 0; 0; half; half]] by entries.
  by rewrite signal_of_signals inordK // !signals_next signals_start /mkseq /=; field.
have -> : mean (pair half half) heads = matrix_of_rows 3 [:: [:: 1; 0; 0; 0]; [:: 1 / 4%:R; 3%:R / 4%:R; 0; 0];
  [:: 0; 1 / 4%:R; 3%:R / 4%:R; 0]; [:: 1 / 8%:R; 1 / 8%:R; 3%:R / 8%:R; 3%:R / 8%:R]] by entries.
by rewrite signal_of_signals inordK // !signals_next signals_start /mkseq /=; field.
Qed.

(* S3-zero: without a self-loop at the sink its own fidelity is 0, though every node leads to it. *)
Theorem minimax_zero_without_loop_at_sink :
  (forall j, connect without_loop_at_sink j (sink 1)) /\ minimax (D without_loop_at_sink) 0.
Proof.
split=> [j|].
  have [->|j1] := eqVneq j (sink 1); first exact: connect0.
  by apply: connect1; rewrite /without_loop_at_sink; case: j j1 => -[|[|]].
have degree i : in_degree without_loop_at_sink i = 1%N.
  by rewrite /in_degree (eq_card (_ : _ =i pred1 ord0)) ?card1 // => j; rewrite !inE.
have stoD : row_stochastic (D without_loop_at_sink) by apply/diffusion_matrix_row_stochastic => i; rewrite degree.
have column i j : D without_loop_at_sink i j = (j == ord0)%:R by rewrite diffusion_matrixE degree divr1.
have form t j : signal (D without_loop_at_sink) t.+1 j = (j == ord0)%:R.
  by rewrite signal_next; under eq_bigr do rewrite column; rewrite -mulr_suml signal_sum // mul1r.
have fid j : fidelity (D without_loop_at_sink) j (j == ord0)%:R.
  by apply: (@supremum_of_maximum _ _ _ _ 1%N) => // -[//|t] _; rewrite form.
have := minimax_of_fidelities (i := sink 1) fid; apply=> j; exact: ler0n.
Qed.
End Signals.

Section Limits.
Variable R : archiFieldType.
Notation D := (diffusion_matrix R).
Notation half := (2%:R^-1 : R).

(* D3.3: the maximum need not exist; the signal of node 0 is 1 - 2^-t, its supremum 1. *)
Theorem maximum_need_not_exist :
  fidelity (D line_of_two) (inord 0) 1 /\ ~ attained 1 (fun t => signal (D line_of_two) t (inord 0)) 1.
Proof.
have form t : signal (D line_of_two) t (inord 0) = 1 - half ^+ t.
  by rewrite signal_of_signals line_of_two_signals inordK.
have gap t : 0 < half ^+ t by rewrite exprn_gt0 ?invr_gt0 ?ltr0n.
have below t : signal (D line_of_two) t (inord 0) < 1 by rewrite form ltr_subl_addr ltr_addl.
split=> [|[t _ eq_one]]; last by have := below t; rewrite eq_one ltxx.
apply: supremum_of_limit => [t _|]; first exact/ltW.
apply: vanishes_below (@halved_squares_vanish R) => t.
by rewrite form opprB addrCA subrr addr0 gtr0_norm // ler_pmull // exprn_ege1 // ler_addr ler0n.
Qed.

(* D3.5: the smallest graph in which the sink alone decides. *)
Theorem sink_alone_decides : minimax (D line_of_two) half /\ minimax_of_others (D line_of_two) 1.
Proof.
have [fid _] := maximum_need_not_exist.
have fid_sink : fidelity (D line_of_two) (sink 1) half.
  have -> : half = D line_of_two (sink 1) (sink 1) by rewrite diffusion_matrixE in_degree_looped /= mul1r.
  apply: fidelity_of_sink; first exact/graph_row_stochastic/looped_self_loops.
  exact/diffusion_matrix_feedforward/looped_feedforward.
have nodes (j : 'I_2) : j = inord 0 \/ j = sink 1.
  by case: j => -[|[|//]] lt_j; [left | right]; apply/val_inj; rewrite /= ?inordK.
split; split.
- by exists (sink 1).
- move=> j; case: (nodes j) => ->; [exists 1 => // | by exists half].
  by rewrite invf_le1 ?ltr0n ?ler1n.
- by exists (inord 0) => //; rewrite -val_eqE /= inordK.
by move=> j; case: (nodes j) => -> // _; exists 1.
Qed.

Let line_numerators := [:: [:: 2; 0; 0]; [:: 1; 1; 0]; [:: 0; 1; 1]]%num.
Let star_numerators := [:: [:: 3; 0; 0]; [:: 0; 3; 0]; [:: 1; 1; 1]]%num.
Let mean_numerators := [:: [:: 12; 0; 0]; [:: 3; 9; 0]; [:: 2; 5; 5]]%num.
Let line_decisions := [:: Absorption [:: 1; 1; 1] 1; Maximum 1 [:: 1; 2]%N 3 1 2; Maximum 1 [:: 2]%N 1 1 2]%num.
Let star_decisions := [:: Absorption [:: 2; 0; 1] 2; Absorption [:: 0; 2; 1] 2; Maximum 1 [:: 2]%N 1 1 3]%num.
Let mean_decisions :=
  [:: Absorption [:: 1; 1; 1] 1; Maximum 2 [:: 1; 2]%N 4 35 72; Maximum 1 [:: 2]%N 1 5 12]%num.

Lemma minimax_of_others_decided d A fs (M := scaled 2 d A R) :
  decisions_check 2 d A fs ->
  (value 2 R (nth no_decision fs 1) <= value 2 R (nth no_decision fs 0)) ->
  minimax_of_others M (value 2 R (nth no_decision fs 1)).
Proof.
move=> checks le_10; have fid := @decisions_check_sound 2 d A R fs checks; split.
  by exists (inord 1); [rewrite -val_eqE /= inordK | have := fid (inord 1); rewrite inordK].
move=> j j2; exists (value 2 R (nth no_decision fs j)); first exact: fid.
by case: j j2 => -[|[|[|//]]].
Qed.

(* S3-bounded, with the sink left out: the star and the line on three nodes fall from 1/2 each to 35/72. *)
Theorem merged_others_below_worst_head :
  [/\ minimax_of_others (D star_of_three) (1%:R / 2%:R), minimax_of_others (D line_of_three) (1%:R / 2%:R),
      minimax_of_others (mean (pair half half) (pair (D star_of_three) (D line_of_three))) (35%:R / 72%:R) &
      35%:R / 72%:R < 1%:R / 2%:R :> R].
Proof.
split; last exact: (@ratio_lt R 35 72 1 2).
- have -> : D star_of_three = scaled 2 3 star_numerators R by scaled_entries.
  by apply: (@minimax_of_others_decided _ _ star_decisions); [vm_compute | exact: lexx].
- have -> : D line_of_three = scaled 2 2 line_numerators R by scaled_entries.
  apply: (@minimax_of_others_decided _ _ line_decisions); first by vm_compute.
  by apply/ltW/(@ratio_lt R 1 2 1 1).
have -> : mean (pair half half) (pair (D star_of_three) (D line_of_three)) = scaled 2 12 mean_numerators R.
  by scaled_entries.
apply: (@minimax_of_others_decided _ _ mean_decisions); first by vm_compute.
by apply/ltW/(@ratio_lt R 35 72 1 1).
Qed.
End Limits.

(* Table 2 and Table 4, rows 1, 4, 8, 16 heads, columns layers, in units of 1/10000 and 1/100. *)
Definition printed_cycle_mixing : seq (seq N) :=
  [:: [:: 270384; 478151; 472291; 430723]; [:: 36369; 39092; 457709; 312925]; [:: 36426; 37756; 46735; 475304];
      [:: 35859; 37820; 43759; 419292]]%num.
Definition printed_cycle_fidelity : seq (seq N) :=
  [:: [:: 0; 0; 0; 0]; [:: 53; 48; 0; 0]; [:: 54; 63; 53; 0]; [:: 65; 60; 52; 0]]%num.
Definition printed (table : seq (seq N)) row layer : N := nth 0%num (nth [::] table row) layer.

(* REV-monotone: neither the mixing time nor the fidelity of the cycle task is monotone in the number of heads. *)
Theorem printed_means_are_not_monotone :
  ~ (forall row layer, (row < 3)%N -> (layer < 4)%N ->
       printed printed_cycle_mixing row.+1 layer <=? printed printed_cycle_mixing row layer)%num /\
  ~ (forall row layer, (row < 3)%N -> (layer < 4)%N ->
       printed printed_cycle_fidelity row layer <=? printed printed_cycle_fidelity row.+1 layer)%num.
Proof. by split=> monotone; [have := monotone 1%N 0%N isT isT | have := monotone 2%N 1%N isT isT]. Qed.
