(* Claims that take the bound 2N/p of Theorem 2.8 for the mixing time, or the number of forward moves for a binomial.

   Glossary
     star_graph n         each node before the sink with a self-loop and an edge to the sink (star_graph.v)
     lazy_line n p        from each node before the sink one node forward with probability p, else stay (sharpness.v)
     moves W t j m        probability that the walk from j makes exactly m forward moves in t steps
     half_way_1, _2       0 -> 1 and 1 -> 2 on three nodes, with all self-loops: neither has a unique sink *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices walk stationary binomial_tail forward_moves mixing sharpness.
From crosshead Require Import concrete small_walks star_graph full_graph.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Bounds.
Variable R : realFieldType.
Implicit Types (eps p : R) (t n : nat).
Notation half := (2%:R^-1 : R).
Notation star n := (walk_matrix R (@star_graph n)).

Lemma star_mixing_time_at_quarter n : (0 < n)%N -> mixing_time (star n) 4%:R^-1 2.
Proof.
move=> n0; apply/star_mixing_time; rewrite ?invr_ge0 ?ler0n //; split=> [|[|[|s]] // _].
- by at_most 0%N 1%N.
- by rewrite expr0; below 3%N 4%N.
by below 1%N 4%N.
Qed.

(* T2.8-eq5, T2.8-eq20: on the star with n.+1 nodes the bound is 4 n, the mixing time at 1/4 is 2. On two nodes already
   2N/p is neither the mixing time nor a bound from below. *)
Theorem bound_exceeds_mixing_time n : (0 < n)%N ->
  [/\ mixing_time (star n) 4%:R^-1 2, forward_probability (star n) half, (2 * n)%:R / half = (4 * n)%:R &
     2%:R < (4 * n)%:R :> R].
Proof.
move=> n0; split; [exact: star_mixing_time_at_quarter|exact: star_forward_probability| |].
  by rewrite invrK -natrM mulnAC.
by rewrite ltr_nat; case: n n0 => // n _; rewrite mulnS.
Qed.

(* T2.8-eq5: no eps repairs the equality. On two nodes it asks for 4 steps, on three for 8, and stars of all sizes have
   the same mixing time. *)
Theorem no_threshold_makes_bound_the_mixing_time eps : ~ forall n, (0 < n)%N -> mixing_time (star n) eps (4 * n).
Proof.
move=> equal; have [T1 T2] := (equal 1%N isT, equal 2%N isT).
have eps0 : 0 <= eps by have [mix _] := T1; have := mix (sink 1); rewrite star_distance_sink.
have same : mixing_time (star 2) eps 4.
  by apply/(star_mixing_time 4 _ eps0) => //; apply/(@star_mixing_time R 1 eps 4).
by have := mixing_time_unique same T2.
Qed.

(* T2.8-eq5: on two nodes equality asks for 1/16 <= eps < 1/8, *)
Theorem two_node_bound_is_mixing_time_iff eps : 0 <= eps ->
  mixing_time (star 1) eps (4 * 1) <-> 16%:R^-1 <= eps < 8%:R^-1.
Proof.
move=> eps0; rewrite star_mixing_time //.
have -> : half ^+ (4 * 1) = 16%:R^-1 by field.
split=> [[-> /(_ 3%N isT)]|/andP [-> above]]; first by have -> : half ^+ 3 = 8%:R^-1 by field.
split=> // s s4; apply: lt_le_trans above _; have -> : 8%:R^-1 = half ^+ 3 by field.
by apply: ler_wiexpn2l => //; [at_most 1%N 2%N|at_most 1%N 2%N].
Qed.

(* T2.8-eq5: and on three for eps < 1/128, so that no eps serves both. *)
Theorem three_node_bound_is_mixing_time_iff eps : 0 <= eps ->
  mixing_time (star 2) eps (4 * 2) <-> 256%:R^-1 <= eps < 128%:R^-1.
Proof.
move=> eps0; rewrite star_mixing_time //.
have -> : half ^+ (4 * 2) = 256%:R^-1 by field.
split=> [[-> /(_ 7%N isT)]|/andP [-> above]]; first by have -> : half ^+ 7 = 128%:R^-1 by field.
split=> // s s8; apply: lt_le_trans above _; have -> : 128%:R^-1 = half ^+ 7 by field.
by apply: ler_wiexpn2l => //; [at_most 1%N 2%N|at_most 1%N 2%N].
Qed.

(* The mixing time of the lazy line, by the binomial tail. *)
Lemma lazy_line_mixed n p eps t : 0 <= p <= 1 -> mixed (lazy_line n p) eps t <-> binomial_tail p t n <= eps.
Proof.
move=> p01; rewrite mixedE; last exact: lazy_line_column_stochastic.
split=> [mix|le_eps j]; first by have := mix ord0; rewrite lazy_line_remaining_is_binomial_tail // subn0.
by rewrite lazy_line_remaining_is_binomial_tail //; apply: le_trans le_eps; rewrite binomial_tail_le ?leq_subr.
Qed.

(* T2.8-eq5, T2.8-adaptive: the head with the larger forward probability, 3/4 against 1/2, is slower, 3 steps against
   2. *)
Theorem largest_forward_probability_is_not_fastest :
  [/\ forward_probability (lazy_line 2 (3%:R / 4%:R : R)) (3%:R / 4%:R), forward_probability (star 2) half,
     half < 3%:R / 4%:R, mixing_time (lazy_line 2 (3%:R / 4%:R : R)) 4%:R^-1 3 & mixing_time (star 2) 4%:R^-1 2].
Proof.
have p01 : 0 <= (3%:R / 4%:R : R) <= 1 by apply/andP; split; [at_most 3%N 4%N|at_most 1%N 4%N].
have Ls := lazy_line_column_stochastic 2 p01.
split; [exact: lazy_line_forward_probability|exact: star_forward_probability|by below 1%N 4%N| |].
  apply: mixing_timeP => //; first exact: sink_keeps_all (@lazy_line_feedforward _ _ _).
    apply/lazy_line_mixed => //; rewrite /binomial_tail !big_ord_recr big_ord0 /= /binomial_term bin0 bin1.
    by at_most 3%N 32%N.
  move/lazy_line_mixed => /(_ p01); rewrite /binomial_tail !big_ord_recr big_ord0 /= /binomial_term bin0 bin1.
  by apply/negP; rewrite -ltNge; below 3%N 16%N.
exact: star_mixing_time_at_quarter.
Qed.

Definition half_way_1 := @looped 2 [:: (0, 1)]%N.
Definition half_way_2 := @looped 2 [:: (1, 2)]%N.
Definition half_way : 'I_2 -> 'M[R]_3 := pair (walk_matrix R half_way_1) (walk_matrix R half_way_2).

Lemma half_way_entries : [/\
  half_way ord0 = matrix_of_rows 2 [:: [:: half; 0; 0]; [:: half; 1; 0]; [:: 0; 0; 1]],
  half_way ord_max = matrix_of_rows 2 [:: [:: 1; 0; 0]; [:: 0; half; 0]; [:: 0; half; 1]] &
  mean (pair half (1 - half)) half_way =
    matrix_of_rows 2 [:: [:: 3%:R / 4%:R; 0; 0]; [:: 4%:R^-1; 3%:R / 4%:R; 0]; [:: 0; 4%:R^-1; 1]]].
Proof. by split; rewrite /half_way /half_way_1 /half_way_2 ?/pair /=; walk_entries. Qed.

(* T2.8-eq4, T2.8-eq13, L2.6: forward probability 0 in both heads, so that no bound 2N/p of their weighted mean exists,
   and 1/4 for the mean itself, which drains. Neither head does: the smallest such pair. *)
Theorem mean_moves_forward_although_no_head_does : (forall h, forward_probability (half_way h) 0) /\
  forward_probability (mean (pair half (1 - half)) half_way) 4%:R^-1.
Proof.
have walks h : column_stochastic (half_way h).
  by rewrite /half_way /pair; case: ifP => _; apply: looped_column_stochastic.
have ordered h : feedforward (half_way h).
  by rewrite /half_way /pair; case: ifP => _; apply: looped_walk_feedforward.
have half01 : 0 <= half <= 1 by apply/andP; split; [at_most 1%N 2%N|at_most 1%N 2%N].
have Ms := mean_column_stochastic (convex_pair half01) (fun h _ => walks h).
have Mf := mean_feedforward (convex_pair half01) (fun h _ => ordered h).
have [E1 E2 EM] := half_way_entries; split=> [h|].
  split=> [j _|]; first by rewrite forward_moveE // subr_ge0 column_stochastic_le1.
  have [->|h1] := eqVneq h ord0.
    by exists (Ordinal (isT : 1 < 3)%N) => //; rewrite forward_moveE // E1 mxE /= subrr.
  have -> : h = ord_max by case: h h1 => [[|[|//]] lt_h] h1 //; apply: val_inj.
  by exists ord0 => //; rewrite forward_moveE // E2 mxE /= subrr.
split=> [j|]; last by exists ord0 => //; rewrite forward_moveE // EM mxE /=; field.
by rewrite forward_moveE // EM mxE; case: j => [[|[|[|//]]] lt_j] //= _; at_most 0%N 1%N.
Qed.

End Bounds.

Section Moves.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (p : R) (i j : 'I_n.+1) (t m : nat).

Fixpoint moves W t j m : R :=
  match t with
  | 0 => (m == 0%N)%:R
  | t'.+1 => W j j * moves W t' j m + (if m is m'.+1 then \sum_(i < n.+1 | (j < i)%N) W i j * moves W t' i m' else 0)
  end.

(* T2.8-binomial: the number of moves has a law, *)
Theorem moves_sum_to_one W t j : column_stochastic W -> feedforward W -> \sum_(m < t.+1) moves W t j m = 1.
Proof.
move=> Ws Wf; have total s i : (t <= s)%N -> \sum_(m < s.+1) moves W t i m = 1.
  elim: t s i => [|t IH] s i ts.
    by rewrite big_ord_recl big1 ?addr0 // => m _; rewrite /= eqn0Ngt.
  rewrite /= big_split -mulr_sumr (IH s) ?(ltnW ts) // mulr1 big_ord_recl /= add0r.
  case: s ts => // s ts; rewrite exchange_big /=.
  rewrite (eq_bigr (fun k => W k i)) => [|k _]; last by rewrite -mulr_sumr IH ?mulr1.
  by rewrite -/(forward_move W i) forward_moveE // addrC subrK.
exact: total.
Qed.

(* T2.8-binomial: and no walk makes more moves than there are nodes left. *)
Theorem moves_beyond_sink W t j m : feedforward W -> (n - j < m)%N -> moves W t j m = 0.
Proof.
move=> Wf; elim: t j m => [|t IH] j [|m] //= nj_m; rewrite IH // mulr0 add0r big1 // => i ji.
by rewrite IH ?mulr0 //; apply: leq_trans (ltn_sub2l _ ji) _ => //; apply: leq_trans ji (leq_ord i).
Qed.

(* T2.8-binomial: on the lazy line the law is binomial as long as fewer moves are made than there are nodes left. *)
Theorem lazy_line_moves_are_binomial p t j m : 0 <= p <= 1 -> (m < n - j)%N ->
  moves (lazy_line n p) t j m = binomial_term p t m.
Proof.
move=> p01; elim: t j m => [|t IH] j m mj.
  by case: m {mj} => [|m]; rewrite ?binomial_term0 ?expr0 // /binomial_term bin_small ?mul0r.
have j_sink : j != sink n by rewrite before_sink -subn_gt0; apply: leq_ltn_trans mj.
have nj := next_neq j_sink; have jj : lazy_line n p j j = 1 - p.
  by rewrite mxE (negbTE j_sink) eqxx (eq_sym j) (negbTE nj) mul1r mul0r addr0.
rewrite /= jj IH //; case: m mj => [|m] mj; first by rewrite addr0 !binomial_term0 exprS.
rewrite binomial_termS; congr (_ + _).
rewrite (bigD1 (next j)) ?next_val //= big1 ?addr0 => [|i /andP [ji /negbTE i_next]]; last first.
  by rewrite mxE (negbTE j_sink) i_next -val_eqE /= gtn_eqF // !mul0r addr0 mul0r.
rewrite mxE (negbTE j_sink) eqxx (negbTE nj) mul0r add0r mul1r IH // next_val //.
by rewrite subnS -ltnS prednK // (leq_trans _ mj).
Qed.

End Moves.

Section NotBinomial.
Variable R : realFieldType.
Notation half := (2%:R^-1 : R).

(* T2.8-binomial: on two nodes one move in two steps has probability 3/4, in the binomial law 1/2. *)
Theorem moves_are_not_binomial : forward_probability (walk_matrix R (@star_graph 1)) half /\
  moves (walk_matrix R (@star_graph 1)) 2 ord0 1 = 3%:R / 4%:R /\ binomial_term half 2 1 = half.
Proof.
split; first exact: star_forward_probability.
split; last by rewrite /binomial_term bin1; field.
have W0 : walk_matrix R (@star_graph 1) ord0 ord0 = half by rewrite star_walk_stays.
have W1 : walk_matrix R (@star_graph 1) ord_max ord0 = half by rewrite (star_walk_sink R (n:=1)).
have Wm : walk_matrix R (@star_graph 1) ord_max ord_max = 1.
  exact: (@sink_keeps_all R 1 _ (@star_walk_column_stochastic R 1) (@star_walk_feedforward R 1)).
have forward (F : 'I_2 -> R) : \sum_(i < 2 | (0 < i)%N) F i = F ord_max.
  by rewrite big_mkcond !big_ord_recl big_ord0 /= add0r addr0; congr F; apply: val_inj.
by rewrite /= !forward W0 W1 Wm; field.
Qed.

(* T2.8-binomial: not even one step. On the full graph of three nodes the first move has 2/3, and p = 1/2. *)
Theorem first_move_is_not_binomial : forward_probability (walk_matrix R (@full_graph 2)) half /\
  moves (walk_matrix R (@full_graph 2)) 1 ord0 1 = 2%:R / 3%:R.
Proof.
split; first exact: full_forward_probability.
transitivity (forward_move (walk_matrix R (@full_graph 2)) ord0); last by rewrite full_forward_move subn0; field.
by rewrite /= mulr0 add0r; apply: eq_bigr => i _; rewrite mulr1.
Qed.

End NotBinomial.
