(* Example 3.13: two heads that exchange u and v, and so have no common order of the nodes.

   Glossary (nodes u, v, w, tau are 0, 1, 2, 3; both graphs have all self-loops)
     line_of_four       the first head, u -> v -> w -> tau
     exchanged_line     the second head, v -> u -> w -> tau
     b                  the weight of the first head, 1 - b that of the second; the example has b = 1/2
   In the mean the signals of w and tau are t/2^t and 1/2^t; those of u and v share the rest. *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete decisions amplification.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition exchanged_line := @looped 3 [:: (1, 0); (0, 2); (2, 3)]%N.
Notation u := (inord 0 : 'I_4).
Notation v := (inord 1 : 'I_4).
Notation w := (inord 2 : 'I_4).
Notation tau := (sink 3).

Lemma four_nodes (P : 'I_4 -> Prop) : P u -> P v -> P w -> P tau -> forall j, P j.
Proof.
move=> Pu Pv Pw Ptau j; have [j0|j0] := eqVneq (j : nat) 0%N; first by rewrite -[j]inord_val j0.
have [j1|j1] := eqVneq (j : nat) 1%N; first by rewrite -[j]inord_val j1.
have [j2|j2] := eqVneq (j : nat) 2%N; first by rewrite -[j]inord_val j2.
suff -> : j = tau by [].
by apply/val_inj; case: j j0 j1 j2 => -[|[|[|[|]]]].
Qed.

(* E3.13-hypotheses: the second head goes against the printed order, *)
Theorem exchanged_line_not_feedforward : ~ feedforward_graph exchanged_line.
Proof.
have edge : exchanged_line v u by apply/orP; right; rewrite !inordK.
by move=> /(_ v u edge); rewrite !inordK.
Qed.

(* E3.13-hypotheses: no order of the nodes serves both heads, *)
Theorem no_common_order (rank : 'I_4 -> nat) :
  ~ forall j i, line_of_four j i || exchanged_line j i -> i != j -> (rank j < rank i)%N.
Proof.
move=> ordered; have uv : (rank u < rank v)%N.
  by apply: ordered; [apply/orP; left; apply/orP; right | rewrite -val_eqE /=]; rewrite !inordK.
have vu : (rank v < rank u)%N.
  by apply: ordered; [apply/orP; right; apply/orP; right | rewrite -val_eqE /=]; rewrite !inordK.
by move: (ltn_trans uv vu); rewrite ltnn.
Qed.

(* E3.13-hypotheses: but each has an order of its own, with tau as its unique sink. *)
Theorem each_head_has_an_order :
  (exists rank : 'I_4 -> nat, forall j i, line_of_four j i -> i != j -> (rank j < rank i)%N) /\
  (exists rank : 'I_4 -> nat, forall j i, exchanged_line j i -> i != j -> (rank j < rank i)%N) /\
  unique_sink_graph line_of_four /\ unique_sink_graph exchanged_line.
Proof.
split; last split; last by split; apply/looped_unique_sink.
  exists val => j i edge ij; rewrite ltn_neqAle eq_sym ij.
  exact: (@looped_feedforward 3 [:: (0, 1); (1, 2); (2, 3)]%N isT j i edge).
exists (fun j => nth 0%N [:: 1; 0; 2; 3]%N j) => -[j lt_j] [i lt_i]; rewrite /exchanged_line /looped -!val_eqE /=.
by case: j lt_j => [|[|[|[|j]]]] // _; case: i lt_i => [|[|[|[|i]]]].
Qed.

(* E3.13-paths *)
Theorem every_node_reaches_sink_in_each_head h j : connect (pair line_of_four exchanged_line h) j tau.
Proof.
rewrite /pair; case: ifP => _.
  by apply: unique_sink_reaches; [apply: looped_feedforward | apply/looped_unique_sink].
have edge (a c : 'I_4) : exchanged_line a c -> connect exchanged_line c tau -> connect exchanged_line a tau.
  by move=> /connect1; apply: connect_trans.
have last_step : connect exchanged_line w tau by apply/connect1/orP; right; rewrite inordK.
have u_tau : connect exchanged_line u tau by apply: edge last_step; apply/orP; right; rewrite !inordK.
apply: (four_nodes (P := fun j => connect exchanged_line j tau)) => //.
by apply: edge u_tau; apply/orP; right; rewrite !inordK.
Qed.

Section Signals.
Variable R : realFieldType.
Notation D := (diffusion_matrix R).
Notation heads := (pair (D line_of_four) (D exchanged_line)).
Notation half := (2%:R^-1 : R).
Notation quarter := (4%:R^-1 : R).

Lemma line_rows : D line_of_four = matrix_of_rows 3
  [:: [:: 1; 0; 0; 0]; [:: half; half; 0; 0]; [:: 0; half; half; 0]; [:: 0; 0; half; half]].
Proof. entries. Qed.

Lemma exchanged_rows : D exchanged_line = matrix_of_rows 3
  [:: [:: half; half; 0; 0]; [:: 0; 1; 0; 0]; [:: half; 0; half; 0]; [:: 0; 0; half; half]].
Proof. entries. Qed.

(* E3.13-matrices *)
Theorem printed_matrices_of_cyclic_example :
  [/\ D line_of_four = matrix_of_rows 3
        [:: [:: 1; 0; 0; 0]; [:: half; half; 0; 0]; [:: 0; half; half; 0]; [:: 0; 0; half; half]],
      D exchanged_line = matrix_of_rows 3
        [:: [:: half; half; 0; 0]; [:: 0; 1; 0; 0]; [:: half; 0; half; 0]; [:: 0; 0; half; half]] &
      mean (pair half half) heads = matrix_of_rows 3
        [:: [:: 3%:R / 4%:R; quarter; 0; 0]; [:: quarter; 3%:R / 4%:R; 0; 0]; [:: quarter; quarter; half; 0];
            [:: 0; 0; half; half]]].
Proof. by split; [exact: line_rows | exact: exchanged_rows | entries]. Qed.

(* The second head is the first with u and v exchanged. *)
Lemma exchanged_signals t : exists a c d e,
  signals (D line_of_four) t = [:: a; c; d; e] /\ signals (D exchanged_line) t = [:: c; a; d; e].
Proof.
rewrite line_rows exchanged_rows; elim: t => [|t [a [c [d [e [IH IH']]]]]].
  by exists 0, 0, 0, 1; rewrite !signals_start.
exists (a + c / 2%:R), (c / 2%:R + d / 2%:R), (d / 2%:R + e / 2%:R), (e / 2%:R).
by rewrite !signals_next IH IH' /mkseq /=; split; congr [:: _; _; _; _]; field.
Qed.

Variable b : R.
Notation merged := (mean (pair b (1 - b)) heads).

Let merged_rows : merged = matrix_of_rows 3
  [:: [:: (1 + b) / 2%:R; (1 - b) / 2%:R; 0; 0]; [:: b / 2%:R; 1 - b / 2%:R; 0; 0];
      [:: (1 - b) / 2%:R; b / 2%:R; half; 0]; [:: 0; 0; half; half]].
Proof. entries. Qed.

(* The signal of u with the weight c of the first head; that of v has 1 - c instead. *)
Definition shared (c : R) t : R :=
  c * (1 - (t%:R + 1) * half ^+ t) + (1 - 2%:R * c) * (t%:R * (t%:R - 1) * half ^+ t / 2%:R).

Lemma merged_signals t :
  signals merged t = [:: shared b t; shared (1 - b) t; t%:R * half ^+ t; half ^+ t].
Proof.
rewrite merged_rows /shared; elim: t => [|t IH].
  by rewrite signals_start expr0 /mkseq /=; congr [:: _; _; _; _]; field.
rewrite signals_next IH exprS -[t.+1]addn1 natrD /mkseq /=; move: (half ^+ t) => y.
by congr [:: _; _; _; _]; field.
Qed.
End Signals.

Section Values.
Variable R : archiFieldType.
Notation D := (diffusion_matrix R).
Notation heads := (pair (D line_of_four) (D exchanged_line)).
Notation half := (2%:R^-1 : R).
Notation merged b := (mean (pair b (1 - b)) heads).

Let line_numerators := [:: [:: 2; 0; 0; 0]; [:: 1; 1; 0; 0]; [:: 0; 1; 1; 0]; [:: 0; 0; 1; 1]]%num.
Let line_decisions := [:: Absorption [:: 1; 1; 1; 1] 1; Maximum 3 [:: 1; 2; 3]%N 6 3 8;
  Maximum 1 [:: 2; 3]%N 3 1 2; Maximum 1 [:: 3]%N 1 1 2]%num.

Lemma line_fidelities (j : 'I_4) :
  fidelity (D line_of_four) j (nth 0 [:: 1; 3%:R / 8%:R; 1 / 2%:R; 1 / 2%:R] j).
Proof.
have -> : D line_of_four = scaled 3 2 line_numerators R by scaled_entries.
have checks : decisions_check 3 2 line_numerators line_decisions by vm_compute.
have := decisions_check_sound R checks j; rewrite /value; case: j => -[|[|[|[|//]]]] lt_j //=.
by rewrite /ofN divr1.
Qed.

(* The second head's fidelities are the first's, with u and v exchanged. *)
Lemma exchanged_fidelities (j : 'I_4) :
  fidelity (D exchanged_line) j (nth 0 [:: 3%:R / 8%:R; 1; 1 / 2%:R; 1 / 2%:R] j).
Proof.
have exchanged k : (k < 4)%N -> forall t,
    signal (D line_of_four) t (inord (nth 0%N [:: 1; 0; 2; 3]%N k)) = signal (D exchanged_line) t (inord k).
  move=> lt_k t; have [a [c [d [e [line exch]]]]] := exchanged_signals R t.
  by rewrite !signal_of_signals line exch; case: k lt_k => [|[|[|[|//]]]] _; rewrite !inordK.
rewrite -[j in fidelity _ j]inord_val; apply: supremum_ext (exchanged j (ltn_ord j)) _.
have := line_fidelities (inord (nth 0%N [:: 1; 0; 2; 3]%N j)).
by case: j => -[|[|[|[|//]]]] lt_j; rewrite !inordK.
Qed.

Lemma merged_at_half : merged half = mean (pair half half) heads.
Proof. by have -> : 1 - half = half by field. Qed.

(* E3.13-attained: u and v have the supremum 1/2, which they never reach; *)
Theorem exchanging_nodes_never_reach_half (j : 'I_4) :
  (j < 2)%N -> fidelity (mean (pair half half) heads) j half /\
               forall t, signal (mean (pair half half) heads) t j < half.
Proof.
move=> lt_j; have form t : signal (mean (pair half half) heads) t j = half - (t%:R + 1) * half ^+ t / 2%:R.
  rewrite -merged_at_half signal_of_signals merged_signals /shared; move: (half ^+ t) => y.
  by case: j lt_j => -[|[|//]] //= _ _; field.
have gap t : 0 < (t%:R + 1) * half ^+ t / 2%:R.
  by rewrite !mulr_gt0 ?exprn_gt0 ?invr_gt0 ?ltr0n // ltr_paddl ?ler0n ?ltr01.
have below t : signal (mean (pair half half) heads) t j < half by rewrite form ltr_subl_addr ltr_addl.
split=> //; apply: supremum_of_limit => [t _|]; first exact/ltW/below.
apply: vanishes_below (@halved_squares_vanish R) => t.
rewrite form opprB addrCA subrr addr0 gtr0_norm //.
have half0 : 0 <= half ^+ t by rewrite exprn_ge0 ?invr_ge0 ?ler0n.
rewrite mulrAC ler_wpmul2r // ler_pdivr_mulr ?ltr0n // expr2 -mulrA ler_pmulr ?ltr_paddl ?ler0n ?ltr01 //.
by rewrite mulrDl mul1r ler_paddl ?mulr_ge0 ?ler0n // ler1n.
Qed.

(* E3.13-attained: w and tau have the maximum 1/2, at the first step. *)
Theorem other_nodes_reach_half (j : 'I_4) :
  (2 <= j)%N -> fidelity (mean (pair half half) heads) j half /\ signal (mean (pair half half) heads) 1 j = half.
Proof.
move=> le_j; have form t : signal (mean (pair half half) heads) t j = (if j == 2%N :> nat then t%:R else 1) * half ^+ t.
  rewrite -merged_at_half signal_of_signals merged_signals.
  by case: j le_j => -[|[|[|[|//]]]] //= _ _; rewrite mul1r.
have first_step : signal (mean (pair half half) heads) 1 j = half by rewrite form expr1; case: ifP; rewrite mul1r.
split=> //; apply: supremum_of_maximum first_step _ => // t le_t; rewrite form.
have half_ge0 : 0 <= half by rewrite invr_ge0 ler0n.
case: t le_t => // t _; rewrite exprS mulrCA ler_pimulr //.
have t_below : t.+1%:R * half ^+ t <= 1.
  (* (t + 1) / 2^t <= 1 as t + 1 <= 2^t *)
  by rewrite exprVn ler_pdivr_mulr ?exprn_gt0 ?ltr0n // mul1r -natrX ler_nat ltn_expl.
case: ifP => // _; rewrite mul1r; apply: le_trans t_below.
by rewrite ler_pmull ?exprn_gt0 ?invr_gt0 ?ltr0n // ler1n.
Qed.

(* E3.13-values: 3/8 for either head and 1/2 for the mean, whether the sink counts or not. *)
Theorem minimax_values_of_cyclic_example :
  [/\ minimax (D line_of_four) (3%:R / 8%:R), minimax (D exchanged_line) (3%:R / 8%:R),
      minimax (mean (pair half half) heads) half & amplifies (pair half half) heads].
Proof.
have min_line := line_of_four_minimax R.
have min_exchanged : minimax (D exchanged_line) (3%:R / 8%:R).
  have := minimax_of_fidelities (i := u) exchanged_fidelities; rewrite inordK // => /(_ _); apply.
  have small : 3%:R / 8%:R <= 1 / 2%:R :> R by apply/ltW/(@ratio_lt R 3 8 1 2).
  have small1 : 3%:R / 8%:R <= 1 :> R by apply: le_trans small _; rewrite ler_pdivr_mulr ?ltr0n // mul1r ler1n.
  by move=> [[|[|[|[|//]]]] lt_j] /=.
have fid j : fidelity (mean (pair half half) heads) j half.
  by case: (ltnP j 2) => [/exchanging_nodes_never_reach_half|/other_nodes_reach_half] [].
have min_mean : minimax (mean (pair half half) heads) half.
  exact: (@minimax_of_fidelities _ _ _ (fun=> half) tau).
split=> //; exists half => // h; exists (3%:R / 8%:R); first by rewrite /pair; case: ifP.
by rewrite -[half]mul1r; apply: (@ratio_lt R 3 8 1 2).
Qed.

(* E3.13-values: the same with the sink left out. *)
Theorem minimax_values_without_the_sink :
  [/\ minimax_of_others (D line_of_four) (3%:R / 8%:R), minimax_of_others (D exchanged_line) (3%:R / 8%:R) &
      minimax_of_others (mean (pair half half) heads) half].
Proof.
have small : 3%:R / 8%:R <= 1 / 2%:R :> R by apply/ltW/(@ratio_lt R 3 8 1 2).
have small1 : 3%:R / 8%:R <= 1 :> R by apply: le_trans small _; rewrite ler_pdivr_mulr ?ltr0n // mul1r ler1n.
have u_other : u != tau by rewrite -val_eqE /= inordK.
have v_other : v != tau by rewrite -val_eqE /= inordK.
split; split.
- by exists v => //; have := line_fidelities v; rewrite inordK.
- move=> j _; exists (nth 0 [:: 1; 3%:R / 8%:R; 1 / 2%:R; 1 / 2%:R] j); first exact: line_fidelities.
  by case: j => -[|[|[|[|//]]]].
- by exists u => //; have := exchanged_fidelities u; rewrite inordK.
- move=> j _; exists (nth 0 [:: 3%:R / 8%:R; 1; 1 / 2%:R; 1 / 2%:R] j); first exact: exchanged_fidelities.
  by case: j => -[|[|[|[|//]]]].
- by exists u => //; apply: (exchanging_nodes_never_reach_half _).1; rewrite inordK.
move=> j _; exists half => //.
by case: (ltnP j 2) => [/exchanging_nodes_never_reach_half|/other_nodes_reach_half] [].
Qed.
End Values.
