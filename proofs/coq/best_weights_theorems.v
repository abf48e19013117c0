(* An accepted certificate of the best weights (best_weights_check.v) is true, for all real weights.

   Glossary
     real_head R c h         the matrix of a head of the certificate
     real_mean R c w         the mean of the heads with these weights
     true_best_weights c     what the certificate says *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
From crosshead Require Import systems diffusion facts suprema integer_checks integer_numbers integer_semantics.
From crosshead Require Import integer_soundness integer_theorems certificate_numbers certificate_systems.
From crosshead Require Import certificate_edges exponential_bounds number_enclosures.
From crosshead Require Import best_weights_check best_weights_bounds best_weights_matrices best_weights_soundness.
Local Open Scope ring_scope.

Local Notation length := List.length.

Section Meaning.
Variable R : realFieldType.
Variable c : best_weights.

(* One node less: a matrix of size n.+1 has n.+1 nodes. *)
Definition others : nat := (best_nodes c).-1.
Definition heads_of : nat := length (best_heads c).
Definition sink_of : 'I_others.+1 := inord (best_sink c).
Definition counted_in : pred 'I_others.+1 := fun j => counts c j.
Definition real_head (h : 'I_heads_of) : 'M[R]_others.+1 := head_matrix R others (List.nth h (best_heads c) [::]).
Definition real_mean (w : 'I_heads_of -> R) : 'M[R]_others.+1 := mean w real_head.
Definition stated_weights (h : 'I_heads_of) : R := real_of R (List.nth h (best_at c) (0 # 1)).
End Meaning.
Arguments sink_of : clear implicits.
Arguments counted_in : clear implicits.

Definition true_best_weights c := forall R : archiFieldType,
  [/\ forall h, row_stochastic (@real_head R c h), convex (@stated_weights R c),
      minimax_at_least (best_first c) (counted_in c) (real_mean (@stated_weights R c)) (sink_of c)
        (real_of R (best_lower c)) &
      forall w : _ -> R, convex w ->
        minimax_at_most (best_first c) (counted_in c) (real_mean w) (sink_of c) (real_of R (best_upper c))].

Lemma sum_combine (V : zmodType) (A B C : Type) (G : A -> B -> V) (f : C -> B) x y d e : length x = length y ->
  \sum_(p <- List.combine x (List.map f y)) G p.1 p.2 = \sum_(h < length y) G (List.nth h x d) (f (List.nth h y e)).
Proof.
elim: x y => [|a x IH] [|b y] //=; first by rewrite big_nil big_ord0.
by case=> /IH same; rewrite big_cons big_ord_recl same.
Qed.

Section Certificate.
Variable R : archiFieldType.
Variable c : best_weights.
Local Notation n := (others c).
Local Notation D := (real_mean (@stated_weights R c)).
Hypothesis best : is_best c.

Lemma best_layout : [/\ best_nodes c = n.+1, (best_sink c < n.+1)%N,
  forall x, List.In x (best_heads c) -> is_stochastic n.+1 x, length (best_at c) = length (best_heads c) &
  (forall q, List.In q (best_at c) -> Z.leb 0 (Qnum q)) /\ equal_fractions (total (best_at c)) (1 # 1)].
Proof.
move: best; rewrite /is_best.
move=> /andP[/andP[/andP[/andP[/andP[/andP[/andP[/andP[/andP[/andP[n1 _] s_n] _] _] heads] _] _] w_len] w_ge0] w_sum].
have nE : best_nodes c = n.+1 by rewrite /others; move: n1 => /Nat.leb_spec0; lia.
rewrite nE in s_n heads; split=> //.
- by move: s_n => /Nat.ltb_spec0; lia.
- by move: heads => /List.forallb_forall.
- exact/Nat.eqb_spec.
by split=> // q; move: w_ge0 => /List.forallb_forall all_q /all_q /andP[].
Qed.

Lemma heads_stochastic h : row_stochastic (@real_head R c h).
Proof.
have [_ _ heads _ _] := best_layout; apply/head_stochastic/heads/List.nth_In; apply/ssrnat.ltP.
exact: ltn_ord.
Qed.

Lemma stated_convex : convex (@stated_weights R c).
Proof.
have [_ _ _ len_w [w_ge0 w_sum]] := best_layout; split=> [h|].
  have in_w : List.In (List.nth h (best_at c) (0 # 1)) (best_at c).
    by apply: List.nth_In; rewrite len_w; apply/ssrnat.ltP.
  rewrite /stated_weights /real_of divr_ge0 //; last exact: ltW (real_pos _ _).
  by rewrite -(real0 R) real_le w_ge0.
have sum_of w k : length w = k -> \sum_(h < k) real_of R (List.nth h w (0 # 1)) = real_of R (total w).
  move=> <-; elim: w => [|q w IH]; first by rewrite big_ord0 /real_of /= real0 mul0r.
  by rewrite big_ord_recl /= real_of_plus -IH.
rewrite (sum_of _ _ len_w).
move: w_sum => /andP[/Z.eqb_spec num /Pos.eqb_spec den]; rewrite /real_of num den /=.
by rewrite real1 divr1.
Qed.

(* ---- The bound from below ---- *)

Lemma mean_matrixE m : mean_at c = Some m -> D = over_field R n m.
Proof.
have [nE _ heads len_w _] := best_layout; rewrite /mean_at nE.
have -> : List.combine (best_at c) (List.map (fun x => Some (of_fractions x)) (best_heads c)) =
    List.map (fun p : Q * matrix => (p.1, Some p.2)) (List.combine (best_at c) (List.map of_fractions (best_heads c))).
  by elim: (best_at c) (best_heads c) => [|q w IH] [|x heads'] //=; rewrite IH.
have square_of x : List.In x (best_heads c) -> square n.+1 x by move=> /heads /andP[].
move=> /(weighted_sumE R)[|_ ->].
  move=> [q x] in_both; have /List.in_map_iff[y [<- /square_of]] := List.in_combine_r _ _ _ _ in_both.
  exact: of_fractions_square.
rewrite (sum_combine (fun q x => real_of R q *: over_field R n x) of_fractions (0 # 1) [::] len_w).
rewrite /real_mean /mean; apply: eq_bigr => h _; rewrite /real_head head_matrixE //.
by apply/square_of/List.nth_In; apply/ssrnat.ltP.
Qed.

Lemma shows_at_least m j item : size_of m = n.+1 -> well_formed m -> shows c m (val j) item ->
  forall u : R, u < real_of R (best_lower c) ->
  exists2 t, (best_first c <= t)%N & u < signal_from (over_field R n m) (sink_of c) t j.
Proof.
move=> size_m well_m + u lt_u; have [_ lt_s _ _ _] := best_layout.
have sE : best_sink c = sink_of c :> nat by rewrite /sink_of inordK.
case: item => [i t|i] /=; rewrite sE.
  move=> /andP[/andP[_ /Nat.leb_spec0 le_t] above]; exists t; first by apply/ssrnat.leP.
  have := represents_after size_m well_m t (represents_start size_m (sink_of c)).
  rewrite add0n => -[_ e_gt0 sig]; rewrite signal_ratr sig; apply: lt_le_trans lt_u _.
  rewrite real_ofE ler_rat; move: above; rewrite /vector.
  move: (state_after _ _ _) e_gt0 => x e_gt0.
  by have := against_spec (entry x.1 j) (best_lower c) e_gt0; case: against => // [-> | /ltW].
set h := exact_chances _ _ _; set value := List.nth _ h _ => /andP[_ /andP[lower_le some]].
have [attained /(check_phi_sound size_m)[sup _]] :
    exists attained, check_phi (best_first c) m (sink_of c) j value attained (Absorbing h).
  by case/or3P: some => // ok; [exists true | exists false].
apply: supremum_approached sup _; first exact: to_mx_ge0.
by apply: lt_le_trans lt_u _; rewrite -real_ofE -at_mostE.
Qed.

Lemma bounded_below_sound : bounded_below c ->
  minimax_at_least (best_first c) (counted_in c) D (sink_of c) (real_of R (best_lower c)).
Proof.
have [nE _ _ _ _] := best_layout; rewrite /bounded_below; case is_m: mean_at => [m|] //.
move=> /andP[/andP[/andP[/andP[/Nat.eqb_spec size_m well_m] /Nat.eqb_spec len] _] all_show] j counts_j.
rewrite nE in size_m; have in_j : List.In (val j) (counted c).
  apply/List.filter_In; split.
    by apply/List.in_seq; rewrite nE; split; [exact: Nat.le_0_l | apply/ssrnat.ltP; exact: ltn_ord].
  by case/andP: counts_j.
have [k [lt_k k_j]] := List.In_nth _ _ O in_j; have lt_k' : (k < length (counted c))%N by apply/ssrnat.ltP.
have := all_zip O (Shown_at O O) all_show lt_k'; rewrite len k_j => /(_ lt_k').
by rewrite (mean_matrixE is_m); apply: shows_at_least.
Qed.

(* ---- The bound from above ---- *)

Lemma heads_good v : List.In v (List.map (fun x => vertex_of (of_fractions x)) (best_heads c)) -> good n v.
Proof.
have [_ _ heads _ _] := best_layout; move=> /List.in_map_iff[x [<- /heads /andP[sq_x _]]].
by split=> //; apply: of_fractions_square.
Qed.

Lemma heads_span (w : _ -> R) : convex w ->
  let vertices := List.map (fun x => vertex_of (of_fractions x)) (best_heads c) in
  spanned (length vertices) (matrix_at R n vertices) (real_mean w).
Proof.
have [_ _ heads _ _] := best_layout; move=> convex_w vertices.
rewrite /vertices List.map_length -/(heads_of c) -/vertices; exists w => //.
apply: eq_bigr => h _; rewrite /real_head head_matrixE.
  by rewrite /matrix_at /vertices (@nth_list_map _ _ _ _ _ _ [::]).
by have [|] := andP (heads (List.nth h (best_heads c) [::]) _) => //; apply/List.nth_In; apply/ssrnat.ltP.
Qed.

Lemma bounded_for_all (w : _ -> R) : convex w ->
    bounded_above c (best_parts c) (List.map (fun x => vertex_of (of_fractions x)) (best_heads c)) ->
  minimax_at_most (best_first c) (counted_in c) (real_mean w) (sink_of c) (real_of R (best_upper c)).
Proof.
have [nE lt_s _ _ _] := best_layout; move=> convex_w.
apply: bounded_above_sound => //; [exact: heads_good | | exact: heads_span].
by apply: row_stochastic_mean => // h; apply: heads_stochastic.
Qed.
End Certificate.

Theorem accepted_best_weights_are_true c : check_best c = true -> true_best_weights c.
Proof.
move=> /andP[/andP[best below] above] R; split.
- exact: heads_stochastic.
- exact: stated_convex.
- exact: bounded_below_sound.
by move=> w convex_w; apply: bounded_for_all.
Qed.

(* In the words of minimax fidelities, where they exist: the largest one lies between the bounds. *)
Theorem best_weights_enclosed c (R : archiFieldType) (w : _ -> R) u v : check_best c = true ->
    minimax_over (best_first c) (counted_in c) (real_mean (@stated_weights R c)) (sink_of c) u ->
    convex w -> minimax_over (best_first c) (counted_in c) (real_mean w) (sink_of c) v ->
  real_of R (best_lower c) <= u /\ v <= real_of R (best_upper c).
Proof.
move=> /accepted_best_weights_are_true/(_ R)[_ _ at_least at_most] min_u /at_most most min_v.
by split; [apply/(minimax_at_leastP _ min_u) | apply/(minimax_at_mostP _ min_v)].
Qed.
