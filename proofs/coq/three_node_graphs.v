(* Heads that are graphs on three nodes: the mean lies between its heads, at every threshold and for all weights.

   There are three such graphs: the star, the line 0 -> 1 -> 2 and the full graph. All of them leave node 1 with
   probability 1/2; they differ in what node 0 keeps and what it sends to node 1.

   Glossary
     keeps W, sends W     W_{00} and W_{10}
     left s m t           what is left from node 0 after t steps for keeps = s and sends = m *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices walk mixing graph_heads small_walks two_and_three_nodes.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Left.
Variable R : realFieldType.
Implicit Types (s m : R) (t : nat) (W : 'M[R]_3) (E : rel 'I_3).
Notation half := (2%:R^-1 : R).
Notation third := (3%:R^-1 : R).

Definition node_1 : 'I_3 := Ordinal (isT : 1 < 3)%N.
Definition keeps W : R := W ord0 ord0.
Definition sends W : R := W node_1 ord0.

Fixpoint left s m t : R := if t is t'.+1 then s * left s m t' + m * half ^+ t' else 1.

Lemma half_power_ge0 t : 0 <= half ^+ t.
Proof. by rewrite exprn_ge0 ?invr_ge0 ?ler0n. Qed.

Lemma left_ge0 s m t : 0 <= s -> 0 <= m -> 0 <= left s m t.
Proof.
by move=> s0 m0; elim: t => [|t IH] /=; rewrite ?ler01 // addr_ge0 ?mulr_ge0 ?half_power_ge0.
Qed.

Lemma left_monotone s s' m m' t : 0 <= s -> s <= s' -> 0 <= m -> m <= m' -> left s m t <= left s' m' t.
Proof.
move=> s0 ss m0 mm; elim: t => [|t IH] //=; apply: ler_add; first by apply: ler_pmul => //; apply: left_ge0.
by apply: ler_wpmul2r => //; apply: half_power_ge0.
Qed.

Lemma left_of_star t : left half 0 t = half ^+ t.
Proof. by elim: t => [|t IH] /=; rewrite ?expr0 // IH mul0r addr0 exprS. Qed.

Lemma left_of_full_at_most_double t : left third third t <= 2%:R * half ^+ t.
Proof.
elim: t => [|t IH] /=; first by rewrite expr0 mulr1 ler1n.
rewrite exprS -subr_ge0; have h0 := half_power_ge0 t; move: (half ^+ t) (left _ _ t) h0 IH => y x y0 IH.
rewrite [X in _ <= X](_ : _ = third * (2%:R * y - x)); last by field.
by rewrite mulr_ge0 ?subr_ge0 // invr_ge0 ler0n.
Qed.

(* Between the star and the full graph: m = 1 - 2 s with s at least 1/3. *)
Lemma left_at_most_full s t : third <= s -> s <= half -> left s (1 - 2%:R * s) t <= left third third t.
Proof.
move=> s_ge s_le; elim: t => [|t IH] //=; have double := left_of_full_at_most_double t.
have s0 : 0 <= s by apply: le_trans s_ge; rewrite invr_ge0 ler0n.
apply: (@le_trans _ _ (s * left third third t + (1 - 2%:R * s) * half ^+ t)); first by rewrite ler_add2r ler_wpmul2l.
move: (half ^+ t) (left third third t) double => y x double; rewrite -subr_ge0.
rewrite [X in _ <= X](_ : _ = (s - third) * (2%:R * y - x)); last by field.
by rewrite mulr_ge0 ?subr_ge0.
Qed.

Lemma three_node_mixed W eps t : column_stochastic W -> feedforward W -> W node_1 node_1 = half ->
  mixed W eps t <-> half ^+ t <= eps /\ left (keeps W) (sends W) t <= eps.
Proof.
move=> Ws Wf W11; have nodes (j : 'I_3) : [\/ j = ord0, j = node_1 | j = sink 2].
  by case: j => [[|[|[|//]]] ?]; [constructor 1|constructor 2|constructor 3]; apply: val_inj.
have sum3 (F : 'I_3 -> R) : \sum_k F k = F ord0 + F node_1 + F (sink 2).
  rewrite !big_ord_recl big_ord0 addr0 addrA; congr (_ + F _ + F _); exact: val_inj.
have at_sink u : 1 - absorbed W u (sink 2) = 0 by rewrite absorbed_sink ?subrr ?sink_keeps_all.
have middle u : 1 - absorbed W u node_1 = half ^+ u.
  elim: u => [|u IH]; first by rewrite absorbed0 subr0 expr0.
  by rewrite remainingS // sum3 IH at_sink W11 (Wf ord0 node_1) // mulr0 mul0r addr0 add0r exprSr.
have first u : 1 - absorbed W u ord0 = left (keeps W) (sends W) u.
  elim: u => [|u IH]; first by rewrite absorbed0 subr0.
  by rewrite remainingS // sum3 IH at_sink middle mul0r addr0 /= mulrC [X in _ + X]mulrC.
rewrite mixedE //; split=> [mix|[le_1 le_0] j].
  by split; [rewrite -middle|rewrite -first]; apply: mix.
by have [-> | -> | ->] := nodes j; rewrite ?first ?middle // at_sink (le_trans (half_power_ge0 t)).
Qed.

(* The three graphs. *)
Lemma three_node_graphs E : head_graph E -> let W := walk_matrix R E in
  W node_1 node_1 = half /\
  [\/ keeps W = half /\ sends W = 0, keeps W = half /\ sends W = half | keeps W = third /\ sends W = third].
Proof.
move=> [Ef loops Eu] W.
have degree j : out_degree E j = (E j ord0 + E j node_1 + E j (sink 2))%N.
  have -> : sink 2 = lift ord0 (lift ord0 ord0) by apply: val_inj.
  have -> : node_1 = lift ord0 ord0 by apply: val_inj.
  rewrite /out_degree -sum1_card big_mkcond !big_ord_recl big_ord0 /= addn0 addnA !inE.
  by case: (E j ord0); case: (E j _); case: (E j _).
have back (j i : 'I_3) : (i < j)%N -> E j i = false by move=> ij; apply/negP => /Ef; rewrite leqNgt ij.
have leaves j : j != sink 2 -> exists2 i, E j i & i != j.
  by rewrite Eu => /forallPn [i]; rewrite negb_imply => /andP [ji ij]; exists i.
have nodes (j : 'I_3) : [\/ j = ord0, j = node_1 | j = sink 2].
  by case: j => [[|[|[|//]]] ?]; [constructor 1|constructor 2|constructor 3]; apply: val_inj.
have one_to_sink : E node_1 (sink 2).
  by have [i e1 i1] := leaves node_1 isT; have [i_0|i_1|<-//] := nodes i; [rewrite i_0 back in e1|rewrite i_1 in i1].
split; first by rewrite /W mxE degree loops one_to_sink back //= div1r.
have zero_leaves : E ord0 node_1 || E ord0 (sink 2).
  have [i e0 i0] := leaves ord0 isT.
  by have [i_0|<-|<-] := nodes i; [rewrite i_0 in i0|rewrite e0|rewrite e0 orbT].
rewrite /keeps /sends /W !mxE degree loops; move: zero_leaves.
case: (E ord0 node_1) (E ord0 (sink 2)) => [] [] // _; rewrite /= ?mul0r ?div1r.
- by constructor 3.
- by constructor 2.
by constructor 1.
Qed.

End Left.

Section Heads.
Variable R : realFieldType.
Variable H : nat.
Variables (w : 'I_H -> R) (E : 'I_H -> rel 'I_3).
Hypothesis convex_w : convex w.
Hypothesis heads : forall h, 0 < w h -> head_graph (E h).
Notation W := (fun h => walk_matrix R (E h)).
Notation half := (2%:R^-1 : R).
Notation third := (3%:R^-1 : R).

(* T2.8-fastest, T2.8-worse, T2.8-adaptive on three nodes: some head mixes no later than the mean at every threshold,
   some no earlier. *)
Theorem three_node_mean_lies_between_heads :
  (exists2 g, 0 < w g & forall eps t, mixed (mean w W) eps t -> mixed (W g) eps t) /\
  (exists2 h, 0 < w h & forall eps t, mixed (W h) eps t -> mixed (mean w W) eps t).
Proof.
have walks h : 0 < w h -> column_stochastic (W h) by move/heads; apply: head_graph_column_stochastic.
have forwards h : 0 < w h -> feedforward (W h) by move/heads; apply: head_graph_feedforward.
have Ms := mean_column_stochastic convex_w walks; have Mf := mean_feedforward convex_w forwards.
have kinds h : 0 < w h -> [\/ keeps (W h) = half /\ sends (W h) = 0, keeps (W h) = half /\ sends (W h) = half |
    keeps (W h) = third /\ sends (W h) = third] by move/heads/(three_node_graphs R) => [].
have M11 : mean w W node_1 node_1 = half.
  rewrite meanE -[RHS](weighted_constant convex_w); apply: eq_bigr => h _.
  have [->|/heads/(three_node_graphs R) [->]] := weight0_or_pos convex_w h; by rewrite ?mul0r.
have mixedE eps t := three_node_mixed eps t Ms Mf M11.
have head_mixedE h (wh : 0 < w h) eps t :
    mixed (W h) eps t <-> half ^+ t <= eps /\ left (keeps (W h)) (sends (W h)) t <= eps.
  by apply: three_node_mixed; [exact: walks|exact: forwards|case: (three_node_graphs R (heads wh))].
have keepsE : keeps (mean w W) = \sum_h w h * keeps (W h) by apply: meanE.
have sendsE : sends (mean w W) = \sum_h w h * sends (W h) by apply: meanE.
have third_lt : third < half by below 1%N 6%N.
have third_half := ltW third_lt.
have half0 : 0 <= half by rewrite invr_ge0 ler0n.
have third0 : 0 <= third by rewrite invr_ge0 ler0n.
have keeps_le : keeps (mean w W) <= half.
  rewrite keepsE -[X in _ <= X](weighted_constant convex_w); apply: weighted_mean_le => // h /kinds.
  by case=> -[-> _].
have keeps_ge : third <= keeps (mean w W).
  rewrite keepsE -[X in X <= _](weighted_constant convex_w); apply: weighted_mean_le => // h /kinds.
  by case=> -[-> _].
have sends_ge : 0 <= sends (mean w W) by have [M0 _] := Ms; apply: M0.
have sends_le : sends (mean w W) <= half.
  rewrite sendsE -[X in _ <= X](weighted_constant convex_w); apply: weighted_mean_le => // h /kinds.
  by case=> -[_ ->].
have keeps_ge0 := le_trans third0 keeps_ge.
split.
  have [/existsP [g /andP [wg /eqP star]]|/existsPn no_star] := boolP [exists g, (0 < w g) && (sends (W g) == 0)].
    exists g => // eps t /mixedE [le_half _]; apply/head_mixedE => //; split=> //; rewrite star.
    have -> : keeps (W g) = half.
      have [[] // | [_ s] | [_ s]] := kinds g wg; move: star; rewrite s => /eqP; by rewrite invr_eq0 pnatr_eq0.
    by rewrite left_of_star.
  have same h : 0 < w h -> sends (W h) = keeps (W h).
    move=> wh; have [[k s]|[-> ->]|[-> ->]] // := kinds h wh.
    by have := no_star h; rewrite wh s eqxx.
  have same_mean : sends (mean w W) = keeps (mean w W).
    rewrite keepsE sendsE; apply: eq_bigr => h _.
    by have [->|/same ->] := weight0_or_pos convex_w h; rewrite ?mul0r.
  have [g wg le_mean] := some_at_most_mean convex_w (fun h => keeps (W h)); exists g => // eps t.
  have {}le_mean : keeps (W g) <= keeps (mean w W) by rewrite keepsE.
  have keeps_g : 0 <= keeps (W g) by have [W0 _] := walks g wg; apply: W0.
  move/mixedE => [le_half le_eps]; apply/head_mixedE => //; split=> //; apply: le_trans le_eps.
  by rewrite same // same_mean; apply: left_monotone.
have [/existsP [h /andP [wh /eqP line]]|/existsPn no_line] := boolP [exists h, (0 < w h) && (sends (W h) == half)].
  exists h => // eps t /(head_mixedE h wh) [le_half le_eps]; apply/mixedE; split=> //; apply: le_trans le_eps.
  have -> : keeps (W h) = half.
    have [[_ s]|[] // |[_ s]] := kinds h wh; move: line; rewrite s => same.
      by move/eqP: same; rewrite eq_sym invr_eq0 pnatr_eq0.
    by move: third_lt; rewrite same ltxx.
  by rewrite line; apply: left_monotone.
have sends_of h : 0 < w h -> sends (W h) = 1 - 2%:R * keeps (W h).
  move=> wh; have [[-> ->]|[k s]|[-> ->]] := kinds h wh; [by field|by have := no_line h; rewrite wh s eqxx|by field].
have sends_mean : sends (mean w W) = 1 - 2%:R * keeps (mean w W).
  rewrite keepsE sendsE -[X in _ = X - _](weighted_constant convex_w 1) mulr_sumr -sumrB; apply: eq_bigr => h _.
  by have [->|/sends_of ->] := weight0_or_pos convex_w h; ring.
have [/existsP [h /andP [wh /eqP full]]|/existsPn no_full] := boolP [exists h, (0 < w h) && (sends (W h) == third)].
  exists h => // eps t /(head_mixedE h wh) [le_half le_eps]; apply/mixedE; split=> //; apply: le_trans le_eps.
  have -> : keeps (W h) = third.
    have [[_ s]|[_ s]|[] //] := kinds h wh; move: full; rewrite s => same.
      by move/eqP: same; rewrite eq_sym invr_eq0 pnatr_eq0.
    by move: third_lt; rewrite same ltxx.
  by rewrite full sends_mean; apply: left_at_most_full.
have [h wh] := some_positive_weight convex_w; exists h => // eps t /(head_mixedE h wh) [le_half _].
apply/mixedE; split=> //.
have all_stars g : 0 < w g -> sends (W g) = 0 /\ keeps (W g) = half.
  move=> wg; have [[-> ->] //|[_ s]|[_ s]] := kinds g wg.
    by have := no_line g; rewrite wg s eqxx.
  by have := no_full g; rewrite wg s eqxx.
have -> : keeps (mean w W) = half.
  rewrite keepsE -[RHS](weighted_constant convex_w); apply: eq_bigr => g _.
  by have [->|/all_stars [_ ->]] := weight0_or_pos convex_w g; rewrite ?mul0r.
have -> : sends (mean w W) = 0.
  rewrite sendsE big1 // => g _.
  by have [->|/all_stars [-> _]] := weight0_or_pos convex_w g; rewrite ?mul0r ?mulr0.
by rewrite left_of_star.
Qed.

End Heads.
