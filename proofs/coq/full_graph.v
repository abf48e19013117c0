(* The fully connected feedforward graph: every node hears itself and all earlier ones, equally.

   Glossary (n.+1 nodes)
     full_graph n         the edges j -> i with j <= i
     full_diffusion n     its diffusion matrix: row i is 1/(i + 1) up to the diagonal
     next_to_sink         the node just before the sink *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion matrices walk suprema absorption minimax.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section FullGraph.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (i j k : 'I_n.+1) (t : nat).

Definition full_graph : rel 'I_n.+1 := fun j i => (j <= i)%N.
Notation D := (diffusion_matrix R full_graph).

Lemma full_graph_feedforward : feedforward_graph full_graph.
Proof. by []. Qed.

Lemma full_graph_self_loops : self_loops full_graph.
Proof. by move=> j; apply: leqnn. Qed.

Lemma full_graph_unique_sink : unique_sink_graph full_graph.
Proof.
move=> j; apply/eqP/forallP => [-> i|only]; first by apply/implyP; rewrite -val_eqE eqn_leq /= -ltnS ltn_ord.
by have /implyP /(_ _) /eqP-> // := only (sink n); rewrite /full_graph -ltnS ltn_ord.
Qed.

Lemma full_in_degree i : in_degree full_graph i = i.+1.
Proof.
rewrite /in_degree -sum1_card (eq_bigl (fun j : 'I_n.+1 => (j < i.+1)%N)) //.
by rewrite (big_ord_narrow (ltn_ord i)) sum1_card card_ord.
Qed.

Lemma full_diffusionE i j : D i j = (j <= i)%N%:R / i.+1%:R.
Proof. by rewrite diffusion_matrixE full_in_degree. Qed.

Lemma full_diffusion_row_stochastic : row_stochastic D.
Proof. by apply/diffusion_matrix_row_stochastic => i; rewrite full_in_degree. Qed.

Lemma full_diffusion_feedforward : feedforward D.
Proof. exact/diffusion_matrix_feedforward/full_graph_feedforward. Qed.

(* After one step the sink hears all nodes equally. *)
Lemma full_signal_one_step j : signal D 1 j = n.+1%:R^-1.
Proof. by rewrite signal_one_step full_diffusionE -ltnS ltn_ord div1r. Qed.

Lemma full_signal_of_sink t : signal D t (sink n) = n.+1%:R^-1 ^+ t.
Proof.
rewrite signal_of_sink; last exact: full_diffusion_feedforward.
by rewrite full_diffusionE leqnn div1r.
Qed.

Lemma full_sink_fidelity : fidelity D (sink n) n.+1%:R^-1.
Proof.
have := fidelity_of_sink full_diffusion_row_stochastic full_diffusion_feedforward.
by rewrite full_diffusionE leqnn div1r.
Qed.

(* The node before the sink, with at least one more before it, never gets above its first signal. *)
Lemma full_fidelity_next_to_sink j : (0 < j)%N -> j.+1 = n :> nat -> fidelity D j n.+1%:R^-1.
Proof.
move=> j_pos jn; have stoD := full_diffusion_row_stochastic.
have j_sink : j != sink n by rewrite before_sink; move: (leqnn j.+1); rewrite {2}jn.
apply: (@supremum_of_maximum _ _ _ _ 1%N) => // [|[//|t] _]; first exact: full_signal_one_step.
elim: t => [|t IH]; first by rewrite full_signal_one_step.
rewrite signal_next (bigD1 (sink n)) //= (bigD1 j) //= big1 ?addr0 => [|k /andP[ks kj]]; last first.
  rewrite full_diffusionE leqNgt (_ : (k < j)%N) ?mul0r ?mulr0 // ltn_neqAle kj /=.
  by rewrite -ltnS jn -before_sink.
have le_jn : (j <= sink n)%N by rewrite -ltnS ltn_ord.
rewrite !full_diffusionE leqnn le_jn !div1r jn.
have n0 : 0 <= n%:R^-1 :> R by rewrite invr_ge0 ler0n.
have N0 : 0 <= n.+1%:R^-1 :> R by rewrite invr_ge0 ler0n.
apply: le_trans (_ : n.+1%:R^-1 * (n.+1%:R^-1 + n%:R^-1) <= _).
  rewrite mulrDr ler_add ?ler_wpmul2r // full_signal_of_sink exprS ler_pimulr //.
  by rewrite exprn_ile1 // invf_le1 ?ltr0Sn // ler1n.
rewrite ler_pimulr //; apply: le_trans (_ : 2%:R^-1 + 2%:R^-1 <= _); last first.
  by rewrite -mulr2n -[_ *+ 2]mulr_natr mulVf ?pnatr_eq0.
by rewrite ler_add // ler_pinv ?inE ?unitfE ?pnatr_eq0 ?ltr0n ?ler_nat -?jn.
Qed.

(* The walk: from j it goes on to each of the n.+1 - j nodes that are not before j, equally often. *)
Notation W := (walk_matrix R full_graph).

Lemma full_out_degree j : out_degree full_graph j = (n.+1 - j)%N.
Proof.
have before : #|[predC (fun i : 'I_n.+1 => (j <= i)%N)]| = j.
  rewrite -sum1_card (eq_bigl (fun i : 'I_n.+1 => (i < j)%N)) => [|i]; last by rewrite !inE -ltnNge.
  by rewrite (big_ord_narrow (ltnW (ltn_ord j))) sum1_card card_ord.
have := cardC (fun i : 'I_n.+1 => (j <= i)%N); rewrite before card_ord => /(congr1 (subn^~ j)).
by rewrite addnK.
Qed.

Lemma full_walk_column_stochastic : column_stochastic W.
Proof. by apply/walk_matrix_column_stochastic => j; rewrite full_out_degree subn_gt0. Qed.

Lemma full_walk_feedforward : feedforward W.
Proof. exact/walk_matrix_feedforward/full_graph_feedforward. Qed.

Lemma full_forward_move j : forward_move W j = 1 - (n.+1 - j)%:R^-1.
Proof.
rewrite forward_moveE; [|exact: full_walk_column_stochastic|exact: full_walk_feedforward].
by rewrite mxE full_out_degree /full_graph leqnn div1r.
Qed.

(* The forward probability is 1/2, that of the node before the sink. *)
Theorem full_forward_probability : (0 < n)%N -> forward_probability W 2%:R^-1.
Proof.
move=> n_gt0; have half : 1 - 2%:R^-1 = 2%:R^-1 :> R.
  by apply/eqP; rewrite subr_eq -mulr2n -[_ *+ 2]mulr_natr mulVf ?pnatr_eq0.
split=> [j|].
  rewrite before_sink full_forward_move => lt_jn; rewrite -{1}half ler_add2l ler_opp2.
  have two_le : (2 <= n.+1 - j)%N by rewrite ltn_subRL addn1 ltnS.
  by rewrite lef_pinv ?posrE ?ltr0n ?ler_nat // ltnW.
have lt_pred : (n.-1 < n.+1)%N by rewrite prednK // leqnSn.
exists (Ordinal lt_pred); first by rewrite before_sink /= prednK.
rewrite full_forward_move /=.
by have -> : (n.+1 - n.-1 = 2)%N by rewrite -{1}(prednK n_gt0) -[_.+2]addn2 addKn.
Qed.
End FullGraph.
