(* The walk of a graph or of a mean of heads, its distance to the sink, and when it has a mixing time.

   Glossary
     out_degree E j         number of edges that leave j, a self-loop counted
     unique_sink            the sink keeps everything and no other node does
     total variation        half the sum of absolute differences; to the sink it is what is not absorbed
     archiFieldType         an ordered field without infinitesimals, for example the rationals: with an infinitesimal
                            eps there need be no time at all, so the existence of a mixing time is stated there *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems matrices inequalities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section WalkMatrix.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (E : rel 'I_n.+1) (W : 'M[R]_n.+1) (i j k : 'I_n.+1).
Local Notation sink := (sink n).

Lemma walk_matrix_nonnegative E : nonnegative (walk_matrix R E).
Proof. by move=> i j; rewrite mxE divr_ge0 ?ler0n. Qed.

Lemma walk_matrix_column_sum E j : \sum_i walk_matrix R E i j = (out_degree E j)%:R / (out_degree E j)%:R.
Proof.
under eq_bigr do rewrite mxE.
by rewrite -mulr_suml -natr_sum -big_mkcond /= sum1_card.
Qed.

(* D2.3 *)
Theorem walk_matrix_column_stochastic E :
  column_stochastic (walk_matrix R E) <-> forall j, (0 < out_degree E j)%N.
Proof.
split=> [[_ W1] j|deg]; last first.
  split=> [|j]; first exact: walk_matrix_nonnegative.
  by rewrite walk_matrix_column_sum divff // pnatr_eq0 -lt0n.
rewrite lt0n; apply/eqP => deg0; have := W1 j.
by rewrite walk_matrix_column_sum deg0 mul0r => /esym/eqP; rewrite oner_eq0.
Qed.

Lemma edge_out_degree E j i : E j i -> (0 < out_degree E j)%N.
Proof. by move=> ji; apply/card_gt0P; exists i. Qed.

(* An entry of the walk matrix is positive exactly at an edge. *)
Lemma walk_matrix_gt0 E i j : (0 < walk_matrix R E i j) = E j i.
Proof.
rewrite mxE; case: (boolP (E j i)) => [ji|_]; last by rewrite mul0r ltxx.
by rewrite divr_gt0 ?ltr0n ?(edge_out_degree ji).
Qed.

(* D2.3 *)
Theorem walk_matrix_feedforward E : feedforward (walk_matrix R E) <-> feedforward_graph E.
Proof.
split=> [Wf j i ji|Ef i j ij]; last first.
  by rewrite mxE; case: (boolP (E j i)) => [/Ef|_]; rewrite ?mul0r // leqNgt ij.
by rewrite leqNgt; apply/negP => /Wf; have := walk_matrix_gt0 E i j; rewrite ji => /lt0r_neq0/eqP.
Qed.

(* A column of probabilities keeps everything exactly when it sends nothing on. *)
Lemma keeps_everything W j : column_stochastic W -> W j j = 1 <-> forall i, i != j -> ~~ (0 < W i j).
Proof.
move=> Ws; have [W0 W1] := Ws; split=> [Wjj i /negbTE ij|none].
  by rewrite (column_of_point _ Ws Wjj) ij ltxx.
rewrite -(W1 j) (bigD1 j) //= big1 ?addr0 // => i /none.
by rewrite -leNgt => Wij; apply/eqP; rewrite eq_le Wij W0.
Qed.

(* D2.2: the sink of the graph, with a walk matrix, is the sink of the walk. *)
Theorem walk_matrix_unique_sink E : (forall j, (0 < out_degree E j)%N) ->
  unique_sink (walk_matrix R E) <-> unique_sink_graph E.
Proof.
move=> /walk_matrix_column_stochastic Ws.
have keeps j : walk_matrix R E j j = 1 <-> [forall i, E j i ==> (i == j)].
  split=> [/(keeps_everything _ Ws) none|/forallP none].
    by apply/forallP => i; have [//|ij] := eqVneq i j; rewrite ?eqxx ?implybT // -walk_matrix_gt0 (negbTE (none i ij)).
  by apply/(keeps_everything _ Ws) => i ij; rewrite walk_matrix_gt0; have := none i; rewrite (negbTE ij) implybF.
have lt1 j : (walk_matrix R E j j < 1) = (walk_matrix R E j j != 1).
  by rewrite lt_neqAle column_stochastic_le1 // andbT.
split=> [[W1 Wu] j|Eu].
  have [->|j_sink] := eqVneq j sink; first by apply/esym/keeps.
  by apply/esym/negbTE/negP => /keeps/eqP; have := Wu j j_sink; rewrite lt1 => /negbTE ->.
split=> [|j j_sink]; first by apply/keeps; rewrite -Eu.
by rewrite lt1; apply/eqP => /keeps; rewrite -Eu (negbTE j_sink).
Qed.

End WalkMatrix.

Section Distance.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (i j k : 'I_n.+1) (s t : nat).
Local Notation sink := (sink n).

(* D2.7: the distance to the sink is the probability of not having reached it. *)
Theorem total_variation_to_sink W t j : column_stochastic W ->
  total_variation (law W t j) (at_sink R (n:=n)) = 1 - absorbed W t j.
Proof.
move=> /(column_stochastic_exp t) Ws; have [W0 W1] := Ws.
rewrite /total_variation /law /at_sink /absorbed.
have others : \sum_(i | i != sink) (W ^+ t) i j = 1 - (W ^+ t) sink j.
  by have := W1 j; rewrite (bigD1 sink) //= addrC => /(canRL (addrK _)).
rewrite (bigD1 sink) //= eqxx ler0_norm ?subr_le0 ?column_stochastic_le1 // opprB.
rewrite (eq_bigr (fun i => (W ^+ t) i j)) => [|i /negbTE ->]; last by rewrite subr0 ger0_norm.
by rewrite others -mulr2n -[X in _ * X]mulr_natl mulKf ?pnatr_eq0.
Qed.

Lemma mixedE W eps t : column_stochastic W -> mixed W eps t <-> forall j, 1 - absorbed W t j <= eps.
Proof. by move=> Ws; split=> mix j; have := mix j; rewrite total_variation_to_sink. Qed.

(* D2.7: the distance from a start never increases. *)
Theorem distance_never_increases W s t j : column_stochastic W -> W sink sink = 1 -> (s <= t)%N ->
  total_variation (law W t j) (at_sink R (n:=n)) <= total_variation (law W s j) (at_sink R (n:=n)).
Proof.
by move=> Ws W1 st; rewrite !total_variation_to_sink // ler_sub // absorbed_nondecreasing.
Qed.

Lemma mixed_later W eps s t : column_stochastic W -> W sink sink = 1 -> (s <= t)%N -> mixed W eps s -> mixed W eps t.
Proof. by move=> Ws W1 st mix j; apply: le_trans (mix j); apply: distance_never_increases. Qed.

(* Some time is enough: then there is a first one. *)
Lemma mixing_time_of_mixed W eps t : mixed W eps t -> exists2 s, mixing_time W eps s & (s <= t)%N.
Proof.
pose mixedb s := [forall j, total_variation (law W s j) (at_sink R (n:=n)) <= eps].
have mixedP s : reflect (mixed W eps s) (mixedb s) by apply: forallP.
move=> /mixedP mix; have ex : exists s, mixedb s by exists t.
exists (ex_minn ex); case: ex_minnP => s s_mix s_min; last exact: s_min.
split=> [|u us]; first exact/mixedP.
by move/mixedP/s_min; rewrite leqNgt us.
Qed.

(* D2.7: with a self-loop at a node before the sink the distance from it is never 0: eps = 0 is never reached. *)
Theorem distance_stays_positive W t j : column_stochastic W -> W sink sink = 1 -> j != sink -> 0 < W j j ->
  0 < total_variation (law W t j) (at_sink R (n:=n)).
Proof.
move=> Ws W1 j_sink Wjj; have [W0 _] := Ws; rewrite total_variation_to_sink //; elim: t => [|t IH].
  by rewrite absorbed0 (negbTE j_sink) subr0 ltr01.
rewrite remainingS // (bigD1 j) //= ltr_paddr ?mulr_gt0 // sumr_ge0 // => k _.
by rewrite mulr_ge0 // subr_ge0 absorbed_le1.
Qed.

(* D2.7: the mean over the starts is no farther than the worst start. *)
Theorem average_start_mixes_no_later W eps t : mixed W eps t ->
  (\sum_j total_variation (law W t j) (at_sink R (n:=n))) / n.+1%:R <= eps.
Proof.
move=> mix; rewrite ler_pdivr_mulr ?ltr0n // mulr_natr -[X in _ *+ X]card_ord -sumr_const.
by apply: ler_sum => j _; apply: mix.
Qed.

(* The L1 distance with a strict threshold, as in earlier work. *)
Definition mixed_in_L1 W eps t := forall j, \sum_i `|law W t j i - at_sink R (n:=n) i| < eps.

(* D2.7: total variation at eps / 2 and at every smaller threshold enclose it. *)
Theorem L1_between_total_variations W eps delta t : delta < eps / 2%:R ->
  (mixed W delta t -> mixed_in_L1 W eps t) /\ (mixed_in_L1 W eps t -> mixed W (eps / 2%:R) t).
Proof.
move=> delta_eps; split=> [mix j|mix j].
  have := le_lt_trans (mix j) delta_eps; rewrite /total_variation mulrC ltr_pmul2r ?invr_gt0 ?ltr0n //.
by rewrite /total_variation mulrC ler_wpmul2r ?invr_ge0 ?ler0n // ltW.
Qed.

(* Two ways to fix the value of a mixing time. *)
Lemma mixing_time_unique W eps s t : mixing_time W eps s -> mixing_time W eps t -> s = t.
Proof.
by move=> [s_mix s_min] [t_mix t_min]; have [/t_min|/s_min|] := ltngtP s t.
Qed.

Lemma mixing_timeP W eps t : column_stochastic W -> W sink sink = 1 ->
  mixed W eps t.+1 -> ~ mixed W eps t -> mixing_time W eps t.+1.
Proof.
move=> Ws W1 mix not_mix; split=> // s; rewrite ltnS => st s_mix.
by apply: not_mix; apply: mixed_later s_mix.
Qed.

(* Where every node reaches the sink with positive probability, some positive share is absorbed from everywhere. *)
Lemma absorbed_from_everywhere W : column_stochastic W -> W sink sink = 1 ->
  (forall j, exists t, 0 < absorbed W t j) -> exists t (d : R), 0 < d /\ forall j, d <= absorbed W t j.
Proof.
move=> Ws W1 reach.
have [t Ht] : exists t, forall j, 0 < absorbed W t j.
  have := fin_all_exists (fun j => reach j) => -[T HT].
  exists (\max_j T j) => j; apply: lt_le_trans (HT j) _.
  by apply: absorbed_nondecreasing => //; apply: leq_bigmax.
exists t, (\prod_j absorbed W t j); split=> [|j]; first by apply: prodr_gt0.
rewrite (bigD1 j) //=; apply: ler_pimulr; first exact: ltW.
apply: (@le_trans _ _ (\prod_(k | k != j) 1)); last by rewrite big1_eq.
by apply: ler_prod => k _; rewrite absorbed_le1 // ltW.
Qed.

End Distance.

Section Existence.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (i j k : 'I_n.+1) (s t : nat).
Local Notation sink := (sink n).

(* D2.7: a mixing time for every positive eps, whenever every node reaches the sink with positive probability and the
   sink is never left; no order of the nodes is needed. *)
Theorem mixing_time_exists W (eps : R) : column_stochastic W -> W sink sink = 1 ->
  (forall j, exists t, 0 < absorbed W t j) -> 0 < eps -> exists t, mixing_time W eps t.
Proof.
move=> Ws W1 reach e0; have [T [d [d0 Td]]] := absorbed_from_everywhere Ws W1 reach.
have d1 : d <= 1 := le_trans (Td sink) (absorbed_le1 _ _ Ws).
have remaining m j : 1 - absorbed W (m * T) j <= (1 - d) ^+ m.
  elim: m j => [|m IH] j; first by rewrite mul0n expr0 ler_subl_addr ler_addl absorbed_ge0.
  have [P0 P1] := column_stochastic_exp T Ws.
  have -> : 1 - absorbed W (m.+1 * T) j = \sum_i (1 - absorbed W (m * T) i) * (W ^+ T) i j.
    rewrite mulSn addnC absorbedD -{1}(P1 j) -sumrB; apply: eq_bigr => i _; by rewrite mulrBl mul1r.
  rewrite (bigD1 sink) //= absorbed_sink // subrr mul0r add0r.
  apply: (@le_trans _ _ (\sum_(i | i != sink) (1 - d) ^+ m * (W ^+ T) i j)).
    by apply: ler_sum => i _; rewrite ler_wpmul2r.
  rewrite -mulr_sumr exprSr; apply: ler_wpmul2l; first by rewrite exprn_ge0 ?subr_ge0.
  have := P1 j; rewrite (bigD1 sink) //= => /(canRL (addKr _)) ->.
  by rewrite addrC ler_add2l ler_opp2; apply: Td.
have [||m hm] := @power_below R (1 - d) eps _ _ e0; rewrite ?subr_ge0 // ?ltr_subl_addr ?ltr_addl //.
have [|t] := @mixing_time_of_mixed _ _ W eps (m * T); last by exists t.
by apply/mixedE => // j; apply: le_trans (remaining m j) hm.
Qed.

(* D2.7: for a walk that does not leave the sink, exactly when the sink is reached from every node. *)
Theorem mixing_time_exists_iff_sink_reached W (eps : R) : column_stochastic W -> W sink sink = 1 ->
  0 < eps -> eps < 1 -> (exists t, mixing_time W eps t) <-> forall j, exists t, 0 < absorbed W t j.
Proof.
move=> Ws W1 e0 e1; split=> [[t [mix _]] j|reach]; last exact: mixing_time_exists.
exists t; move/(mixedE _ _ Ws): mix => /(_ j); rewrite ler_subl_addr -ler_subl_addl; apply: lt_le_trans.
by rewrite subr_gt0.
Qed.

(* D2.7: for a feedforward walk and eps strictly between 0 and 1, exactly with a unique sink. *)
Theorem mixing_time_exists_iff_unique_sink W (eps : R) : column_stochastic W -> feedforward W ->
  0 < eps -> eps < 1 -> (exists t, mixing_time W eps t) <-> unique_sink W.
Proof.
move=> Ws Wf e0 e1; have W1 := sink_keeps_all Ws Wf; split=> [[t [mix _]]|Wu]; last first.
  by apply: mixing_time_exists => //; apply: absorbed_reached.
split=> // j j_sink; rewrite lt_neqAle column_stochastic_le1 // andbT; apply/eqP => Wjj.
move/(mixedE _ _ Ws): mix => /(_ j).
have -> : absorbed W t j = 0.
  elim: t => [|t IH]; first by rewrite absorbed0 (negbTE j_sink).
  rewrite absorbedS (bigD1 j) //= IH mul0r add0r big1 // => k /negbTE kj.
  by rewrite (column_of_point _ Ws Wjj) kj mulr0.
by rewrite subr0 leNgt e1.
Qed.

End Existence.
