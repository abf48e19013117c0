(* Diffusion matrices: what keeps them row-stochastic, and what their signals obey.

   Glossary (n.+1 nodes counted from 0; systems.v has the definitions of the notions)
     nonnegative, row-stochastic and feedforward matrices are closed under means, products and powers
     signal D t     the row of the sink in D^t: x_{t+1} = x_t D from the unit row of the sink
     mass D S t     the part of the signal at time t that lies on the nodes in S
     closed_off D S no node outside S gives weight to a node in S, so that mass on S is never refilled *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Entries.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (A B D M : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat).

Lemma identityE i j : (1 : 'M[R]_n.+1) i j = (i == j)%:R.
Proof. by rewrite mxE. Qed.

Lemma productE A B i j : (A * B) i j = \sum_k A i k * B k j.
Proof. by rewrite -mulmxE mxE. Qed.

Lemma powerSE M t i j : (M ^+ t.+1) i j = \sum_k M i k * (M ^+ t) k j.
Proof. by rewrite exprS productE. Qed.

Lemma powerSrE M t i j : (M ^+ t.+1) i j = \sum_k (M ^+ t) i k * M k j.
Proof. by rewrite exprSr productE. Qed.

Lemma meanE H (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) i j : mean w M i j = \sum_h w h * M h i j.
Proof. by rewrite /mean summxE; apply: eq_bigr => h _; rewrite mxE. Qed.
End Entries.

Section Closures.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (A B D M : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat).

Lemma nonnegative_identity : nonnegative (1 : 'M[R]_n.+1).
Proof. by move=> i j; rewrite identityE ler0n. Qed.

Lemma nonnegative_product A B : nonnegative A -> nonnegative B -> nonnegative (A * B).
Proof. by move=> A0 B0 i j; rewrite productE sumr_ge0 // => k _; rewrite mulr_ge0 ?A0 ?B0. Qed.

Lemma nonnegative_power M t : nonnegative M -> nonnegative (M ^+ t).
Proof.
move=> M0; elim: t => [|t IH]; first by rewrite expr0; apply: nonnegative_identity.
by rewrite exprS; apply: nonnegative_product.
Qed.

Lemma nonnegative_mean H (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) :
  (forall h, 0 <= w h) -> (forall h, nonnegative (M h)) -> nonnegative (mean w M).
Proof. by move=> w0 M0 i j; rewrite meanE sumr_ge0 // => h _; rewrite mulr_ge0 ?M0. Qed.

Lemma row_stochastic_identity : row_stochastic (1 : 'M[R]_n.+1).
Proof.
split=> [|i]; first exact: nonnegative_identity.
rewrite (bigD1 i) //= identityE eqxx big1 ?addr0 // => j ji.
by rewrite identityE eq_sym (negbTE ji).
Qed.

Lemma row_stochastic_product A B : row_stochastic A -> row_stochastic B -> row_stochastic (A * B).
Proof.
move=> [A0 A1] [B0 B1]; split=> [|i]; first exact: nonnegative_product.
under eq_bigr do rewrite productE.
rewrite exchange_big /= -[RHS](A1 i); apply: eq_bigr => k _.
by rewrite -mulr_sumr B1 mulr1.
Qed.

Lemma row_stochastic_power D t : row_stochastic D -> row_stochastic (D ^+ t).
Proof.
move=> stoD; elim: t => [|t IH]; first by rewrite expr0; apply: row_stochastic_identity.
by rewrite exprS; apply: row_stochastic_product.
Qed.

Lemma row_stochastic_mean H (w : 'I_H -> R) (D : 'I_H -> 'M[R]_n.+1) :
  convex w -> (forall h, row_stochastic (D h)) -> row_stochastic (mean w D).
Proof.
move=> [w0 w1] stoD; split=> [|i]; first by apply: nonnegative_mean => // h; case: (stoD h).
under eq_bigr do rewrite meanE.
rewrite exchange_big /= -[RHS]w1; apply: eq_bigr => h _.
by rewrite -mulr_sumr (stoD h).2 mulr1.
Qed.

Lemma feedforward_identity : feedforward (1 : 'M[R]_n.+1).
Proof. by move=> i j lt_ij; rewrite identityE -val_eqE /= (ltn_eqF lt_ij). Qed.

Lemma feedforward_product A B : feedforward A -> feedforward B -> feedforward (A * B).
Proof.
move=> ffA ffB i j lt_ij; rewrite productE big1 // => k _.
case: (ltnP i k) => [lt_ik|le_ki]; first by rewrite ffA // mul0r.
by rewrite ffB ?mulr0 // (leq_ltn_trans le_ki).
Qed.

Lemma feedforward_power M t : feedforward M -> feedforward (M ^+ t).
Proof.
move=> ffM; elim: t => [|t IH]; first by rewrite expr0; apply: feedforward_identity.
by rewrite exprS; apply: feedforward_product.
Qed.

Lemma feedforward_mean H (w : 'I_H -> R) (M : 'I_H -> 'M[R]_n.+1) :
  (forall h, feedforward (M h)) -> feedforward (mean w M).
Proof. by move=> ffM i j lt_ij; rewrite meanE big1 // => h _; rewrite ffM ?mulr0. Qed.

(* A feedforward power has the powers of the diagonal on its diagonal. *)
Lemma feedforward_diagonal_product A B i : feedforward A -> feedforward B -> (A * B) i i = A i i * B i i.
Proof.
move=> ffA ffB; rewrite productE (bigD1 i) //= big1 ?addr0 // => k ki.
case: (ltngtP i k) => [lt_ik|lt_ki|/val_inj eq_ik]; first by rewrite ffA // mul0r.
  by rewrite ffB ?mulr0.
by rewrite eq_ik eqxx in ki.
Qed.

Lemma feedforward_diagonal_power M t i : feedforward M -> (M ^+ t) i i = M i i ^+ t.
Proof.
move=> ffM; elim: t => [|t IH]; first by rewrite !expr0 identityE eqxx.
rewrite !exprS feedforward_diagonal_product ?IH //; exact: feedforward_power.
Qed.

Lemma row_stochastic_entry_le1 D i j : row_stochastic D -> D i j <= 1.
Proof. by move=> [D0 D1]; rewrite -(D1 i) (bigD1 j) //= ler_addl sumr_ge0. Qed.

(* A full diagonal entry leaves nothing for the rest of its row. *)
Lemma row_stochastic_absorbing D i j : row_stochastic D -> D i i = 1 -> j != i -> D i j = 0.
Proof.
move=> [D0 D1] Dii ji; move: (D1 i); rewrite (bigD1 i) //= Dii => /(canRL (addKr _)).
rewrite addNr => /eqP; rewrite psumr_eq0 // => /allP /(_ j (mem_index_enum _)).
by rewrite ji => /eqP.
Qed.
End Closures.

Section Graph.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (E : rel 'I_n.+1) (i j k : 'I_n.+1).

Lemma diffusion_matrixE E i j : diffusion_matrix R E i j = (E j i)%:R / (in_degree E i)%:R.
Proof. by rewrite mxE. Qed.

Lemma in_degree_positive E i : (0 < in_degree E i)%N <-> exists j, E j i.
Proof.
split=> [/card_gt0P[j]|[j Eji]]; first by rewrite inE => Eji; exists j.
by apply/card_gt0P; exists j; rewrite inE.
Qed.

Lemma self_loops_in_degree E i : self_loops E -> (0 < in_degree E i)%N.
Proof. by move=> loops; apply/in_degree_positive; exists i. Qed.

Lemma diffusion_matrix_nonnegative E : nonnegative (diffusion_matrix R E).
Proof. by move=> i j; rewrite diffusion_matrixE divr_ge0 ?ler0n. Qed.

Lemma diffusion_matrix_row_sum E i : \sum_j diffusion_matrix R E i j = (0 < in_degree E i)%N%:R.
Proof.
under eq_bigr do rewrite diffusion_matrixE.
rewrite -mulr_suml -natr_sum -big_mkcond sum1_card -/(in_degree E i).
case: posnP => [->|pos]; first by rewrite mul0r.
by rewrite divff // pnatr_eq0 -lt0n.
Qed.

(* D3.1: the matrix normalises rows, and exists exactly where every in-degree is positive. *)
Theorem diffusion_matrix_row_stochastic E :
  row_stochastic (diffusion_matrix R E) <-> forall i, (0 < in_degree E i)%N.
Proof.
split=> [[_ sum1] i|pos].
  by move: (sum1 i) => /eqP; rewrite diffusion_matrix_row_sum; case: (0 < _)%N; rewrite // eq_sym oner_eq0.
split=> [|i]; first exact: diffusion_matrix_nonnegative.
by rewrite diffusion_matrix_row_sum pos.
Qed.

Lemma diffusion_matrix_feedforward E : feedforward_graph E -> feedforward (diffusion_matrix R E).
Proof.
move=> ffE i j lt_ij; rewrite diffusion_matrixE; case Eji: (E j i); last by rewrite /= mul0r.
by move: (ffE _ _ Eji); rewrite leqNgt lt_ij.
Qed.

Lemma diffusion_matrix_eq0 E i j : (diffusion_matrix R E i j == 0) = ~~ E j i.
Proof.
rewrite diffusion_matrixE mulf_eq0 invr_eq0 !pnatr_eq0 eqb0.
case Eji: (E j i) => //=; apply/negbTE; rewrite -lt0n.
by apply/in_degree_positive; exists j.
Qed.

(* D3.1: the columns sum to 1 as well only where no edge joins two nodes. *)
Theorem diffusion_matrix_columns_sum_to_one E :
  feedforward_graph E -> self_loops E ->
  (forall j, \sum_i diffusion_matrix R E i j = 1) <-> (forall j i, E j i -> j = i).
Proof.
move=> ffE loops; have [D0 D1] : row_stochastic (diffusion_matrix R E).
  by apply/diffusion_matrix_row_stochastic => i; apply: self_loops_in_degree.
split=> [cols j|no_edges j]; last first.
  rewrite (bigD1 j) //= big1 ?addr0 => [|i ij].
    rewrite -(D1 j) (bigD1 j) //= big1 ?addr0 // => k kj.
    apply/eqP; rewrite diffusion_matrix_eq0; apply/negP => /no_edges eq_kj; by rewrite eq_kj eqxx in kj.
  apply/eqP; rewrite diffusion_matrix_eq0; apply/negP => /no_edges eq_ji; by rewrite eq_ji eqxx in ij.
have [m] := ubnP (j : nat); elim: m j => // m IH j lt_jm i Eji.
(* The row of j has nothing left of j, as those nodes send nothing on, nor right of it. *)
have Djj : diffusion_matrix R E j j = 1.
  rewrite -(D1 j) (bigD1 j) //= big1 ?addr0 // => k kj.
  apply/eqP; rewrite diffusion_matrix_eq0; apply/negP => Ekj.
  have lt_kj : (k < j)%N by rewrite ltn_neqAle ffE // andbT.
  by move: kj; rewrite (IH k _ j Ekj) ?eqxx // (leq_trans lt_kj) // -ltnS.
case: (altP (i =P j)) => [->//|ij].
move: (cols j); rewrite (bigD1 j) //= Djj => /(canRL (addKr _)); rewrite addNr => /eqP.
rewrite psumr_eq0 // => /allP /(_ i (mem_index_enum _)).
by rewrite ij diffusion_matrix_eq0 Eji.
Qed.
End Graph.

Section Signals.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (i j k : 'I_n.+1) (s t : nat) (S : {pred 'I_n.+1}).

Lemma signal_start D j : signal D 0 j = (j == sink n)%:R.
Proof. by rewrite /signal expr0 identityE eq_sym. Qed.

Lemma signal_one_step D j : signal D 1 j = D (sink n) j.
Proof. by rewrite /signal expr1. Qed.

(* x_{t+1} = x_t D *)
Lemma signal_next D t j : signal D t.+1 j = \sum_k signal D t k * D k j.
Proof. exact: powerSrE. Qed.

Lemma signal_next_from_sink D t j : signal D t.+1 j = \sum_k D (sink n) k * (D ^+ t) k j.
Proof. exact: powerSE. Qed.

Lemma signal_ge0 D t j : nonnegative D -> 0 <= signal D t j.
Proof. by move=> /nonnegative_power D0; apply: D0. Qed.

Lemma signal_sum D t : row_stochastic D -> \sum_j signal D t j = 1.
Proof. by move=> /(row_stochastic_power t)[_]; apply. Qed.

Lemma signal_le1 D t j : row_stochastic D -> signal D t j <= 1.
Proof. by move=> stoD; apply/row_stochastic_entry_le1/row_stochastic_power. Qed.

Definition mass D S t : R := \sum_(j in S) signal D t j.
Definition closed_off D S := forall i j, i \notin S -> j \in S -> D i j = 0.

Lemma mass_ge0 D S t : nonnegative D -> 0 <= mass D S t.
Proof. by move=> D0; rewrite sumr_ge0 // => j _; apply: signal_ge0. Qed.

(* What leaves S never comes back. *)
Theorem mass_never_increases D S t : row_stochastic D -> closed_off D S -> mass D S t.+1 <= mass D S t.
Proof.
move=> [D0 D1] off; rewrite /mass; under eq_bigr do rewrite signal_next.
rewrite exchange_big /= (bigID (mem S)) /= [X in _ + X]big1 ?addr0 => [|i iS]; last first.
  by rewrite big1 // => j jS; rewrite off ?mulr0.
apply: ler_sum => i _; rewrite -mulr_sumr -[X in _ <= X]mulr1 ler_wpmul2l ?signal_ge0 //.
by rewrite -(D1 i) [X in _ <= X](bigID (mem S)) /= ler_addl sumr_ge0.
Qed.

Lemma mass_antitone D S s t : row_stochastic D -> closed_off D S -> (s <= t)%N -> mass D S t <= mass D S s.
Proof.
move=> stoD off /subnK <-; elim: (t - s)%N => [|d IH]; first by rewrite add0n.
by rewrite addSn (le_trans (mass_never_increases _ _ _)).
Qed.

(* The bound behind the decision of a supremum: later signals of a node of S stay below the mass on S now. *)
Theorem later_signal_at_most_mass D S s t j :
  row_stochastic D -> closed_off D S -> j \in S -> (s <= t)%N -> signal D t j <= mass D S s.
Proof.
move=> stoD off jS le_st; apply: le_trans (mass_antitone stoD off le_st).
rewrite /mass (bigD1 j) //= ler_addl sumr_ge0 // => k _.
by apply: signal_ge0; case: stoD.
Qed.

(* The nodes that are not absorbing are closed off. *)
Lemma transient_closed_off D : row_stochastic D -> closed_off D [pred i | D i i != 1].
Proof.
move=> stoD i j; rewrite !inE negbK => /eqP Dii Djj.
apply: row_stochastic_absorbing => //; apply: contraNneq Djj => ->; exact/eqP.
Qed.

Corollary transient_mass_never_increases D t :
  row_stochastic D -> mass D [pred i | D i i != 1] t.+1 <= mass D [pred i | D i i != 1] t.
Proof. by move=> stoD; apply: mass_never_increases => //; apply: transient_closed_off. Qed.

Theorem absorbing_signal_never_decreases D j t :
  nonnegative D -> D j j = 1 -> signal D t j <= signal D t.+1 j.
Proof.
move=> D0 Djj; rewrite signal_next (bigD1 j) //= Djj mulr1 ler_addl sumr_ge0 // => k _.
by rewrite mulr_ge0 ?signal_ge0 ?D0.
Qed.

Lemma absorbing_signal_monotone D j s t :
  nonnegative D -> D j j = 1 -> (s <= t)%N -> signal D s j <= signal D t j.
Proof.
move=> D0 Djj /subnK <-; elim: (t - s)%N => [|d IH]; first by rewrite add0n.
by rewrite addSn (le_trans IH) // absorbing_signal_never_decreases.
Qed.

(* In a feedforward head the sink hears itself with the powers of its own weight. *)
Lemma signal_of_sink D t : feedforward D -> signal D t (sink n) = D (sink n) (sink n) ^+ t.
Proof. exact: feedforward_diagonal_power. Qed.
End Signals.
