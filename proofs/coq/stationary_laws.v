(* Absorption is certain if and only if the point mass at s is the only stationary law (src/certificate/FORMAT.md,
   section 2), for any walk W, feedforward or not.

   Glossary
     C              a set of nodes that the walk does not leave: W i j = 0 for j in C and i not in C
     restricted     a matrix whose kernel consists of the vectors on C that W keeps *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems facts mixing_facts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section StationaryLaws.
Variable R : realFieldType.
Variable n : nat.
Variable W : 'M[R]_n.+1.
Hypothesis W_walk : column_stochastic W.

(* The absolute values of a vector that W keeps are kept too, since W moves no mass away. *)
Lemma absolute_kept (p : 'cV[R]_n.+1) : W *m p = p -> W *m (map_mx Num.norm p) = map_mx Num.norm p.
Proof.
case: W_walk => W_ge0 W_sum Wp; pose moved i := \sum_j W i j * `|p j 0|.
have le_moved i : `|p i 0| <= moved i.
  rewrite -{1}Wp mxE; apply: le_trans (ler_norm_sum _ _ _) _.
  by apply: ler_sum => j _; rewrite normrM (ger0_norm (W_ge0 i j)).
have same : \sum_i (moved i - `|p i 0|) = 0.
  rewrite sumrB exchange_big /= -sumrB big1 // => j _.
  by rewrite -mulr_suml W_sum mul1r subrr.
apply/colP => i; rewrite !mxE; under eq_bigr do rewrite mxE.
apply/eqP; rewrite -/(moved i) -subr_eq0; move/eqP: same.
rewrite psumr_eq0 => [/allP/(_ i)|k _]; last by rewrite subr_ge0.
by rewrite mem_index_enum => /(_ isT).
Qed.

(* A set that the walk does not leave carries a stationary law. *)
Lemma stationary_in_closed (C : {set 'I_n.+1}) : C != set0 ->
    (forall i j, j \in C -> i \notin C -> W i j = 0) ->
  exists2 p : 'cV[R]_n.+1, stationary W p & forall i, i \notin C -> p i 0 = 0.
Proof.
move=> C_neq0 closed; have [W_ge0 W_sum] := W_walk.
pose restricted : 'M[R]_n.+1 := \matrix_(i, j) if j \in C then W i j - (i == j)%:R else (i == j)%:R.
pose u : 'rV[R]_n.+1 := \row_i (i \in C)%:R.
have u_kernel : u *m restricted = 0.
  apply/rowP => j; rewrite !mxE; case: (boolP (j \in C)) => jC.
    transitivity (\sum_i (W i j - (i == j)%:R)).
      apply: eq_bigr => i _; rewrite !mxE jC; case: (boolP (i \in C)) => iC; rewrite ?mul1r //.
      have -> : (i == j) = false by apply: contraNF iC => /eqP->.
      by rewrite mul0r closed // subrr.
    rewrite sumrB W_sum (bigD1 j) //= eqxx big1 ?addr0 ?subrr // => i ij.
    by rewrite (negbTE ij).
  rewrite big1 // => i _; rewrite !mxE (negbTE jC); case: eqP => [->|_]; rewrite ?mulr0 //.
  by rewrite (negbTE jC) mul0r.
have : \det restricted^T == 0.
  rewrite det_tr; apply/det0P; exists u => //; have [i iC] := set0Pn _ C_neq0.
  by apply/eqP => /rowP/(_ i)/eqP; rewrite !mxE iC oner_eq0.
case/det0P=> v v_neq0 /(congr1 trmx); rewrite trmx_mul trmxK trmx0 => kernel.
pose p := v^T; have row_i i : \sum_j restricted i j * p j 0 = 0.
  by have /colP/(_ i) := kernel; rewrite !mxE.
have p_neq0 : p != 0 by apply: contraNneq v_neq0 => p0; rewrite -[v]trmxK -/p p0 trmx0.
clearbody p.
have off i : i \notin C -> p i 0 = 0.
  move=> iC; rewrite -[RHS](row_i i) (bigD1 i) //= mxE (negbTE iC) eqxx mul1r big1 ?addr0 // => j ji.
  rewrite mxE; case: ifP => jC; last by rewrite eq_sym (negbTE ji) mul0r.
  by rewrite closed // eq_sym (negbTE ji) subrr mul0r.
have Wp : W *m p = p.
  apply/colP => i; rewrite mxE; apply/eqP; rewrite -subr_eq0 -[X in _ == X](row_i i) eq_sym; apply/eqP.
  have -> : p i 0 = \sum_j (i == j)%:R * p j 0.
    rewrite (bigD1 i) //= eqxx mul1r big1 ?addr0 // => j ji.
    by rewrite eq_sym (negbTE ji) mul0r.
  rewrite -sumrB; apply: eq_bigr => j _; rewrite -mulrBl mxE; case: ifP => // jC.
  by rewrite off ?jC // !mulr0.
pose mass := \sum_i `|p i 0|.
have mass_gt0 : 0 < mass.
  have [i pi] : exists i, p i 0 != 0.
    apply/existsP; apply: contraNT p_neq0; rewrite negb_exists => /forallP zero.
    by apply/eqP/colP => i; have := zero i; rewrite negbK !mxE => /eqP.
  by apply/sum_gt0P => [k|]; [|exists i; rewrite normr_gt0].
exists (mass^-1 *: map_mx Num.norm p); last by move=> i /off; rewrite !mxE => ->; rewrite normr0 mulr0.
split=> [i||]; first by rewrite !mxE mulr_ge0 // invr_ge0 ltW.
  by under eq_bigr do rewrite !mxE; rewrite -mulr_sumr mulVf // lt0r_neq0.
by rewrite -scalemxAr absolute_kept.
Qed.

Theorem absorption_certain_iff_stationary s :
  absorption_certain W s <-> forall p, stationary W p <-> p = delta_mx s 0.
Proof.
split=> [certain p|only_s]; first exact: absorption_certain_stationary.
have [W_ge0 W_sum] := W_walk; have [_ _ kept] := (only_s _).2 erefl.
have W_ss : W s s = 1 by move/colP/(_ s): kept; rewrite -colE !mxE !eqxx.
split=> // j; apply: contraT => no_path.
(* The nodes without a path to s are not left. *)
pose C := [set i | ~~ leads W s i].
have [||p p_stationary off] := @stationary_in_closed C.
- by apply/set0Pn; exists j; rewrite inE.
- move=> i k; rewrite !inE negbK => no_path_k path_i; apply/le_anti; rewrite W_ge0 andbT leNgt.
  by apply: contra no_path_k => pos; apply: connect_trans path_i (connect1 _).
have := off s; rewrite (only_s p).1 // mxE !eqxx inE negbK => /(_ (connect0 _ _))/eqP.
by rewrite oner_eq0.
Qed.

End StationaryLaws.
