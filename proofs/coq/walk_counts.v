(* Walks to the sink: that there are some decides whether the sink can be reached in time, their number decides nothing.

   Glossary
     walks E t j        the number of walks of t steps from j to the sink
     all_walks E t j    the number of walks of t steps from j to anywhere
     union_graph w Es   the edges of the heads of positive weight
     share of walks     walks E t j / all_walks E t j: the absorbed probability if all walks were equally likely *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems diffusion matrices walk stationary star_graph full_graph.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Counts.
Variable n : nat.
Implicit Types (E F : rel 'I_n.+1) (t : nat) (j : 'I_n.+1).

Fixpoint walks E t j : nat := if t is s.+1 then \sum_i E j i * walks E s i else (j == sink n).
Fixpoint all_walks E t j : nat := if t is s.+1 then \sum_i E j i * all_walks E s i else 1.

(* A larger graph has no fewer walks of any length from any node. *)
Lemma walks_of_larger_graph E F t j : (forall k i, E k i -> F k i) -> (walks E t j <= walks F t j)%N.
Proof.
move=> EF; elim: t j => [|t IH] j //=; apply: leq_sum => i _; rewrite leq_mul //.
by case Eji: (E j i); rewrite // (EF _ _ Eji).
Qed.

(* X-P4.2: after one step the absorbed probability is the share of walks, *)
Theorem absorbed_after_one_step (R : realFieldType) E j :
  absorbed (walk_matrix R E) 1 j = (walks E 1 j)%:R / (all_walks E 1 j)%:R.
Proof.
rewrite /absorbed expr1 mxE /=; congr (_%:R / _%:R).
  by rewrite (bigD1 (sink n)) //= eqxx muln1 big1 ?addn0 // => i /negbTE ->; rewrite muln0.
by rewrite /out_degree -sum1_card big_mkcond; apply: eq_bigr => i _; rewrite inE muln1; case: (E j i).
Qed.
End Counts.

(* The probability of absorption is positive exactly where a walk leads to the sink. *)
Section Positive.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (E : rel 'I_n.+1) (W : 'M[R]_n.+1) (t : nat) (j : 'I_n.+1).

Lemma absorbed_positive_iff_walk W E t j : column_stochastic W -> (forall j i, (0 < W i j) = E j i) ->
  (0 < absorbed W t j) = (0 < walks E t j)%N.
Proof.
move=> stoW edges; elim: t j => [|t IH] j; first by rewrite absorbed0 ltr0n.
have [W0 _] := stoW; have term0 k : 0 <= absorbed W t k * W k j by rewrite mulr_ge0 ?absorbed_ge0.
have term k : (absorbed W t k * W k j == 0) = (E j k * walks E t k == 0)%N.
  rewrite mulf_eq0 muln_eq0 orbC eqb0 -edges lt0r W0 andbT negbK; congr (_ || _).
  by rewrite -[RHS]negbK -lt0n -IH lt0r absorbed_ge0 // andbT negbK.
rewrite absorbedS lt0r sumr_ge0 // andbT lt0n /= psumr_eq0 // sum_nat_eq0; congr (~~ _).
apply/allP/forallP => [zero k|zero k _]; first by move: (zero k (mem_index_enum k)); rewrite /= term.
by rewrite /= term; move: (zero k).
Qed.

Variables (H : nat) (w : 'I_H -> R) (Es : 'I_H -> rel 'I_n.+1).
Hypotheses (wc : convex w) (out : forall h, 0 < w h -> forall j, (0 < out_degree (Es h) j)%N).
Notation W := (mean w (fun h => walk_matrix R (Es h))).

(* T2.8-eq20, what is left of the lower half: until some walk in the union leads from j to the sink, the distance from j
   is 1. *)
Theorem distance_is_one_iff_no_walk t j :
  total_variation (law W t j) (at_sink R (n:=n)) = 1 <-> walks (union_graph w Es) t j = 0%N.
Proof.
have stoE h : 0 < w h -> column_stochastic (walk_matrix R (Es h)).
  by move=> wh; apply/walk_matrix_column_stochastic => i; apply: out.
have stoW := mean_column_stochastic wc stoE; rewrite total_variation_to_sink //.
have edges i k : (0 < W k i) = union_graph w Es i k.
  have nonneg h : 0 < w h -> nonnegative (walk_matrix R (Es h)) by move=> _; apply: walk_matrix_nonnegative.
  apply/idP/existsP => [/(mean_entry_gt0 wc k i nonneg)[h [wh]]|[h /andP[wh edge]]].
    by rewrite walk_matrix_gt0 => edge; exists h; rewrite wh.
  by apply/(mean_entry_gt0 wc k i nonneg); exists h; rewrite walk_matrix_gt0.
have := absorbed_positive_iff_walk t j stoW edges; rewrite lt0r absorbed_ge0 // andbT lt0n.
move=> /(congr1 negb); rewrite !negbK => same.
split=> [/(canRL (subrK _))/esym/(canRL (addKr _))|/eqP].
  by rewrite addNr => /eqP; rewrite same => /eqP.
by rewrite -same => /eqP ->; rewrite subr0.
Qed.
End Positive.

(* X-P4.2: after two steps it is not, on two nodes already: 3/4 against 2/3. *)
Theorem absorbed_is_not_share_of_walks (R : realFieldType) :
  [/\ absorbed (walk_matrix R (@star_graph 1)) 2 ord0 = 3%:R / 4%:R, walks (@star_graph 1) 2 ord0 = 2%N &
      all_walks (@star_graph 1) 2 ord0 = 3%N].
Proof.
split; last first.
- by rewrite /= !big_ord_recl !big_ord0.
- by rewrite /= !big_ord_recl !big_ord0.
by rewrite star_absorbed //; field.
Qed.

Section StarAgainstFullGraph.
Variable R : realFieldType.
Variable n : nat.
Hypothesis n_gt1 : (1 < n)%N.
Notation star_walk := (walk_matrix R (@star_graph n)).
Notation full_walk := (walk_matrix R (@full_graph n)).

Lemma star_mixes_in_two_steps : mixing_time star_walk (1 / 4%:R) 2.
Proof.
have [small large] : 2%:R^-1 ^+ 2 <= 1 / 4%:R :> R /\ 1 / 4%:R < 2%:R^-1 :> R.
  by split; rewrite ?exprVn ?div1r -?natrX ?lef_pinv ?ltf_pinv ?posrE ?ltr0n ?ler_nat ?ltr_nat.
apply/star_mixing_time; [exact: ltnW | by rewrite divr_ge0 ?ler0n ?ler01 |].
split=> // s; rewrite ltnS => le_s; apply: lt_le_trans large _.
by rewrite -{1}[2%:R^-1]expr1 ler_iexpn2l ?invr_gt0 ?invf_lt1 ?ltr0n ?ltr1n.
Qed.

(* From the third node from the end two steps of the full graph absorb 11/18. *)
Lemma full_graph_after_two_steps : ~ mixed full_walk (1 / 4%:R) 2.
Proof.
have stoF := full_walk_column_stochastic R n.
have lt2 : (n - 2 < n.+1)%N by rewrite ltnS leq_subr.
have lt1 : (n - 1 < n.+1)%N by rewrite ltnS leq_subr.
pose third := Ordinal lt2; pose second := Ordinal lt1.
have entry (i j : 'I_n.+1) : full_walk i j = (j <= i)%N%:R / (n.+1 - j)%:R by rewrite mxE full_out_degree.
have after_one k : absorbed full_walk 1 k = (n.+1 - k)%:R^-1 by rewrite /absorbed expr1 entry -ltnS ltn_ord div1r.
have out3 : (n.+1 - third = 3)%N by rewrite /=; lia.
have out2 : (n.+1 - second = 2)%N by rewrite /=; lia.
have out1 : (n.+1 - sink n = 1)%N by rewrite /=; lia.
have [s3 t3 t2] : [/\ second != third, sink n != third & sink n != second].
  by split; rewrite -val_eqE /=; lia.
move=> mix; have := (mixedE (1 / 4%:R) 2 stoF).1 mix third.
rewrite absorbedS (bigD1 third) //= (bigD1 second) //= (bigD1 (sink n)) ?t3 //= big1 ?addr0 => [|k]; last first.
  case/andP=> /andP[]; rewrite -!val_eqE /= => k3 k2 k1; rewrite entry leqNgt (_ : (k < third)%N) ?mul0r ?mulr0 //=.
  by move: (ltn_ord k); lia.
have [le_second le_sink] : (third <= second)%N /\ (third <= sink n)%N by split; rewrite /=; lia.
rewrite !after_one !entry out1 out2 out3 leqnn le_second le_sink.
have -> : 1 - (3%:R^-1 * (1%:R / 3%:R) + (2%:R^-1 * (1%:R / 3%:R) + 1%:R^-1 * (1%:R / 3%:R))) = 7%:R / 18%:R :> R.
  by field.
apply/negP; rewrite -ltNge ltr_pdivr_mulr ?ltr0n // mulrAC ltr_pdivl_mulr ?ltr0n //.
by rewrite mul1r -natrM ltr_nat.
Qed.

(* X-P4.2: at any size from three nodes on the full graph has at least as many walks of every length from every node,
   and mixes later. *)
Theorem more_walks_can_mix_later :
  [/\ forall t j, (walks (@star_graph n) t j <= walks (@full_graph n) t j)%N,
      mixing_time star_walk (1 / 4%:R) 2 &
      forall t, mixing_time full_walk (1 / 4%:R) t -> (2 < t)%N].
Proof.
split=> [t j||t [mix _]]; last 2 first.
- exact: star_mixes_in_two_steps.
- rewrite ltnNge; apply/negP => le_t; apply: full_graph_after_two_steps.
  have stoF := full_walk_column_stochastic R n.
  exact: mixed_later stoF (sink_keeps_all stoF (full_walk_feedforward R (n := n))) le_t mix.
apply: walks_of_larger_graph => k i; rewrite /star_graph /full_graph => /orP[/eqP->//|/eqP->].
by rewrite -ltnS ltn_ord.
Qed.
End StarAgainstFullGraph.
