(* Where signals end: transient nodes lose theirs, absorbing nodes collect them; so every node has a fidelity.

   Glossary (D is row-stochastic; systems.v and suprema.v have the definitions of the notions)
     transient j        D j j != 1: node j gives some weight to another node
     absorbing j        D j j = 1: what arrives at j stays
     hears D i k        i gives positive weight to k; connect (hears D) is reachability backwards from the sink
     reached D j        the sink has a positive signal of j at some time t >= 1
     harmonic y         D y = y: the mean of y under the signals is the same at all times
   The signals of a feedforward matrix at its transient nodes are below a geometric sequence. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Reachability.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat).

Definition hears D : rel 'I_n.+1 := fun i k => 0 < D i k.

Lemma positive_sum (I : finType) (F : I -> R) : (forall x, 0 <= F x) -> 0 < \sum_x F x -> exists x, 0 < F x.
Proof.
move=> F0; case: (pickP (fun x => 0 < F x)) => [x Fx _|none]; first by exists x.
by rewrite big1 ?ltxx // => x _; apply/le_anti; rewrite F0 andbT leNgt none.
Qed.

Lemma sum_at_least (I : finType) (F : I -> R) x : (forall y, 0 <= F y) -> F x <= \sum_y F y.
Proof. by move=> F0; rewrite (bigD1 x) //= ler_addl sumr_ge0. Qed.

Lemma power_positive_of_connect D i j : nonnegative D -> connect (hears D) i j -> exists t, 0 < (D ^+ t) i j.
Proof.
move=> D0 /connectP[p]; elim: p i => [|k p IH] i /=.
  by move=> _ ->; exists 0%N; rewrite expr0 identityE eqxx ltr01.
move=> /andP[ik kp] j_last; have [t kj] := IH k kp j_last; exists t.+1; rewrite powerSE.
apply: lt_le_trans (mulr_gt0 ik kj) (sum_at_least k _) => l.
by rewrite mulr_ge0 // nonnegative_power.
Qed.

Lemma connect_of_power_positive D i j t : nonnegative D -> 0 < (D ^+ t) i j -> connect (hears D) i j.
Proof.
move=> D0; elim: t i => [|t IH] i.
  by rewrite expr0 identityE; case: eqP => [->|_]; rewrite ?connect0 ?ltxx.
rewrite powerSE => /positive_sum[k|k]; first by rewrite mulr_ge0 // nonnegative_power.
have [Dik|Dik0] := ltP 0 (D i k); last by rewrite (le_anti (_ : D i k <= 0 <= D i k)) ?Dik0 ?D0 // mul0r ltxx.
by rewrite pmulr_rgt0 // => /IH; apply: connect_trans; apply: connect1.
Qed.

(* A signal is positive at some positive time exactly along a path of at least one step. *)
Definition reached D j := [exists k, (0 < D (sink n) k) && connect (hears D) k j].

Lemma reachedP D j : nonnegative D -> reflect (exists2 t, (1 <= t)%N & 0 < signal D t j) (reached D j).
Proof.
move=> D0; apply: (iffP existsP) => [[k /andP[sk]]|[[//|t] _]].
  move=> /(power_positive_of_connect D0)[t kj]; exists t.+1 => //; rewrite signal_next_from_sink.
  apply: lt_le_trans (mulr_gt0 sk kj) (sum_at_least k _) => l.
  by rewrite mulr_ge0 // nonnegative_power.
rewrite signal_next_from_sink => /positive_sum[k|k]; first by rewrite mulr_ge0 // nonnegative_power.
have [sk|sk0] := ltP 0 (D (sink n) k); last first.
  by rewrite (le_anti (_ : D (sink n) k <= 0 <= D (sink n) k)) ?sk0 ?D0 // mul0r ltxx.
by rewrite pmulr_rgt0 // => /(connect_of_power_positive D0) kj; exists k; rewrite sk.
Qed.

Lemma unreached_signal D j t : nonnegative D -> ~~ reached D j -> (1 <= t)%N -> signal D t j = 0.
Proof.
move=> D0 unreached le_t; apply/le_anti; rewrite signal_ge0 // andbT leNgt; apply: contra unreached => pos.
by apply/reachedP => //; exists t.
Qed.
End Reachability.

Section Transient.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat) (h : 'I_n.+1 -> R).

(* The mean of h under the signals is at most rho^t h(sink) if D h <= rho h. *)
Lemma signal_mean_decays D h rho t :
  nonnegative D -> 0 <= rho -> (forall k, \sum_l D k l * h l <= rho * h k) ->
  \sum_k signal D t k * h k <= rho ^+ t * h (sink n).
Proof.
move=> D0 rho0 super; elim: t => [|t IH].
  rewrite expr0 mul1r (bigD1 (sink n)) //= signal_start eqxx mul1r big1 ?addr0 // => k /negbTE ks.
  by rewrite signal_start ks mul0r.
under eq_bigr do rewrite signal_next mulr_suml.
rewrite exchange_big /= exprS -mulrA; apply: le_trans (ler_wpmul2l rho0 IH).
rewrite mulr_sumr; apply: ler_sum => i _; under eq_bigr do rewrite -mulrA.
by rewrite -mulr_sumr mulrCA ler_wpmul2l ?signal_ge0.
Qed.

Lemma harmonic_signal_mean D h t :
  (forall k, \sum_l D k l * h l = h k) -> \sum_k signal D t k * h k = h (sink n).
Proof.
move=> harmonic; elim: t => [|t IH].
  rewrite (bigD1 (sink n)) //= signal_start eqxx mul1r big1 ?addr0 // => k /negbTE ks.
  by rewrite signal_start ks mul0r.
under eq_bigr do rewrite signal_next mulr_suml.
rewrite exchange_big /= -[RHS]IH; apply: eq_bigr => i _.
by under eq_bigr do rewrite -mulrA; rewrite -mulr_sumr harmonic.
Qed.

Lemma transient_diagonal_bound D :
  row_stochastic D -> exists2 c, 0 <= c < 1 & forall k, D k k != 1 -> D k k <= c.
Proof.
move=> stoD; case: (pickP (fun k => D k k != 1)) => [i Dii|none]; last first.
  by exists 0; rewrite ?lexx ?ltr01 // => k; rewrite none.
case: (@Order.TotalTheory.arg_maxP _ _ _ i (fun k => D k k != 1) (fun k => D k k) Dii) => m Dmm max_m.
by exists (D m m) => //; have [D0 _] := stoD; rewrite lt_neqAle Dmm row_stochastic_entry_le1 // D0.
Qed.

(* Each step down a transient row at least halves a potential of 2^k, or keeps it where it is. *)
Theorem transient_signals_decay D :
  row_stochastic D -> feedforward D ->
  exists2 rho, 0 <= rho < 1 & forall t k, D k k != 1 -> signal D t k <= 2%:R ^+ n * rho ^+ t.
Proof.
move=> stoD ffD; have [D0 D1] := stoD; have [c /andP[c0 c1] diag] := transient_diagonal_bound stoD.
have c2 : c + 1 < 2%:R by rewrite -[2%:R]/(1 + 1) ltr_add2r.
exists ((c + 1) / 2%:R); first by rewrite divr_ge0 ?addr_ge0 ?ler01 ?ler0n //= ltr_pdivr_mulr ?ltr0n // mul1r.
move=> t k Dkk; pose h (i : 'I_n.+1) : R := if D i i == 1 then 0 else 2%:R ^+ i.
have h0 i : 0 <= h i by rewrite /h; case: ifP; rewrite ?lexx ?exprn_ge0 ?ler0n.
have rho0 : 0 <= (c + 1) / 2%:R by rewrite divr_ge0 ?addr_ge0 ?ler01 ?ler0n.
have super i : \sum_l D i l * h l <= (c + 1) / 2%:R * h i.
  have [Dii|Dii] := eqVneq (D i i) 1.
    rewrite [h i]/h Dii eqxx mulr0 (bigD1 i) //= {1}/h Dii eqxx mulr0 add0r big1 // => l li.
    by rewrite (row_stochastic_absorbing stoD Dii li) mul0r.
  have hi : h i = 2%:R ^+ i by rewrite /h (negbTE Dii).
  rewrite (bigD1 i) //= hi; apply: le_trans (_ : D i i * 2%:R ^+ i + (1 - D i i) * (2%:R ^+ i / 2%:R) <= _).
    have -> : 1 - D i i = \sum_(l | l != i) D i l by rewrite -(D1 i) (bigD1 i) //= addrAC subrr add0r.
    rewrite ler_add2l mulr_suml; apply: ler_sum => l li.
    case: (ltngtP i l) => [lt_il|lt_li|/val_inj eq_il]; last by rewrite eq_il eqxx in li.
      by rewrite ffD // !mul0r.
    rewrite ler_wpmul2l ?D0 // /h; case: ifP => [_|_]; first by rewrite divr_ge0 ?exprn_ge0 ?ler0n.
    by rewrite ler_pdivl_mulr ?ltr0n // -exprSr ler_eexpn2l ?ltr1n.
  have : 0 <= 2%:R ^+ i :> R by rewrite exprn_ge0 ?ler0n.
  move: (2%:R ^+ i) => potential potential0; rewrite -subr_ge0.
  have -> : (c + 1) / 2%:R * potential - (D i i * potential + (1 - D i i) * (potential / 2%:R)) =
            (c - D i i) * potential / 2%:R by field.
  by rewrite divr_ge0 ?mulr_ge0 ?ler0n // subr_ge0 diag.
apply: le_trans (_ : ((c + 1) / 2%:R) ^+ t * h (sink n) <= _); last first.
  rewrite mulrC ler_wpmul2r ?exprn_ge0 // /h; case: ifP => [_|_] /=; by rewrite ?lexx ?exprn_ge0 ?ler0n.
apply: le_trans (signal_mean_decays t D0 rho0 super).
apply: le_trans (@sum_at_least _ _ _ k _) => [|l]; last by rewrite mulr_ge0 ?signal_ge0.
rewrite -[X in X <= _]mulr1 ler_wpmul2l ?signal_ge0 // /h (negbTE Dkk).
by rewrite exprn_ege1 // ler1n.
Qed.

(* The absorption probabilities: the unique harmonic values with 1 at j and 0 at the other absorbing nodes. *)
Lemma harmonic_exists D j :
  row_stochastic D -> feedforward D -> D j j = 1 ->
  exists y : 'I_n.+1 -> R,
    [/\ y j = 1, forall k, k != j -> D k k = 1 -> y k = 0 & forall k, \sum_l D k l * y l = y k].
Proof.
move=> stoD ffD Djj.
pose M : 'M[R]_n.+1 := \matrix_(k, l) ((k == l)%:R - (D k k != 1)%:R * D k l).
have unitM : M \in unitmx.
  rewrite unitmxE det_trig; last first.
    by apply/is_trig_mxP => k l lt_kl; rewrite mxE (ffD k l lt_kl) mulr0 subr0 -val_eqE /= (ltn_eqF lt_kl).
  rewrite unitfE; apply/prodf_neq0 => k _; rewrite mxE eqxx.
  by have [->|Dkk] := eqVneq (D k k) 1; rewrite /= ?mul0r ?subr0 ?oner_eq0 // mul1r subr_eq0 eq_sym.
pose a := invmx M *m (delta_mx j 0 : 'cV[R]_n.+1).
have Ma k : \sum_l M k l * a l 0 = (k == j)%:R.
  have /matrixP /(_ k 0) : M *m a = delta_mx j 0 by rewrite mulKVmx.
  by rewrite [X in X = _ -> _]mxE => ->; rewrite mxE; case: (k == j).
have Ma' k : a k 0 - (D k k != 1)%:R * (\sum_l D k l * a l 0) = (k == j)%:R.
  have delta : \sum_l (k == l)%:R * a l 0 = a k 0.
    by rewrite (bigD1 k) //= eqxx mul1r big1 ?addr0 // => l lk; rewrite eq_sym (negbTE lk) mul0r.
  rewrite -(Ma k) -[in LHS]delta mulr_sumr -sumrB.
  by apply: eq_bigr => l _; rewrite [M k l]mxE mulrBl mulrA.
exists (fun k => a k 0); split=> [|k kj Dkk|k].
- by move: (Ma' j); rewrite Djj !eqxx mul0r subr0.
- by move: (Ma' k); rewrite Dkk eqxx (negbTE kj) mul0r subr0.
- have [Dkk|Dkk] := eqVneq (D k k) 1.
    rewrite (bigD1 k) //= Dkk mul1r big1 ?addr0 // => l lk.
    by rewrite (row_stochastic_absorbing stoD Dkk lk) mul0r.
  have kj : k != j by apply: contraNneq Dkk => ->; apply/eqP.
  by move: (Ma' k); rewrite Dkk (negbTE kj) mul1r => /eqP; rewrite subr_eq0 => /eqP.
Qed.
End Transient.

Section Fidelities.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (i j k : 'I_n.+1) (t : nat) (y : 'I_n.+1 -> R).

Lemma transient_signal_vanishes D j :
  row_stochastic D -> feedforward D -> D j j != 1 -> vanishes (fun t => signal D t j).
Proof.
move=> stoD ffD Djj; have [rho /andP[rho0 rho1] small] := transient_signals_decay stoD ffD.
apply: vanishes_below (geometric_vanishes (2%:R ^+ n) rho0 rho1) => t.
by rewrite ger0_norm ?small // signal_ge0; case: stoD.
Qed.

(* The signal of an absorbing node rises to its absorption probability. *)
Theorem absorbing_node_limit D j y :
  row_stochastic D -> feedforward D -> y j = 1 -> (forall k, k != j -> D k k = 1 -> y k = 0) ->
  (forall k, \sum_l D k l * y l = y k) -> vanishes (fun t => y (sink n) - signal D t j).
Proof.
move=> stoD ffD yj y_absorbing harmonic.
have [rho /andP[rho0 rho1] small] := transient_signals_decay stoD ffD.
pose c := \sum_k `|y k| * 2%:R ^+ n; apply: vanishes_below (geometric_vanishes c rho0 rho1) => t.
rewrite -(harmonic_signal_mean t harmonic) (bigD1 j) //= yj mulr1 addrAC subrr add0r mulr_suml.
apply: le_trans (ler_norm_sum _ _ _) _; rewrite [X in _ <= X](bigD1 j) //= ler_paddl //.
  by rewrite !mulr_ge0 ?exprn_ge0.
apply: ler_sum => k kj; have [Dkk|Dkk] := eqVneq (D k k) 1.
  by rewrite y_absorbing // mulr0 normr0 !mul0r.
rewrite normrM mulrC -mulrA ler_wpmul2l // ger0_norm ?small // signal_ge0; by case: stoD.
Qed.

(* D3.3: the fidelity of an absorbing node is its absorption probability. *)
Theorem absorbing_node_fidelity D j y :
  row_stochastic D -> feedforward D -> D j j = 1 -> y j = 1 -> (forall k, k != j -> D k k = 1 -> y k = 0) ->
  (forall k, \sum_l D k l * y l = y k) -> fidelity D j (y (sink n)).
Proof.
move=> stoD ffD Djj yj y_absorbing harmonic; have van := absorbing_node_limit stoD ffD yj y_absorbing harmonic.
apply: supremum_of_limit => // t _; apply: (monotone_below_limit _ van) => r s.
by apply: absorbing_signal_monotone => //; case: stoD.
Qed.

(* Where no other node is absorbing, everything ends at j. *)
Corollary only_absorbing_node_fidelity D j :
  row_stochastic D -> feedforward D -> D j j = 1 -> (forall k, k != j -> D k k != 1) -> fidelity D j 1.
Proof.
move=> stoD ffD Djj only; apply: (@absorbing_node_fidelity D j (fun=> 1)) => // [k kj Dkk|k].
  by move: (only k kj); rewrite Dkk eqxx.
by under eq_bigr do rewrite mulr1; case: stoD.
Qed.

(* D3.3, D3.4: a transient node has a maximum; at finitely many times, unless its signal is zero for ever. *)
Theorem transient_node_maximum D j :
  row_stochastic D -> feedforward D -> D j j != 1 -> reached D j ->
  exists v, [/\ fidelity D j v, attained 1 (fun t => signal D t j) v &
                exists N, forall t, (N <= t)%N -> signal D t j < v].
Proof.
move=> stoD ffD Djj /reachedP[|T le_T pos]; first by case: stoD.
exact: maximum_of_vanishing (transient_signal_vanishes stoD ffD Djj) le_T pos.
Qed.

Lemma unreached_node_fidelity D j :
  nonnegative D -> ~~ reached D j -> fidelity D j 0 /\ attained 1 (fun t => signal D t j) 0.
Proof.
move=> D0 unreached; split; last by exists 1%N => //; apply: unreached_signal.
apply: (@supremum_of_maximum _ _ _ _ 1%N) => // [|s le_s]; first exact: unreached_signal.
by rewrite unreached_signal.
Qed.

(* D3.3: the supremum exists at every node. *)
Theorem node_fidelity_exists D j : row_stochastic D -> feedforward D -> exists v, fidelity D j v.
Proof.
move=> stoD ffD; have [Djj|Djj] := eqVneq (D j j) 1.
  have [y [yj y_absorbing harmonic]] := harmonic_exists stoD ffD Djj.
  by exists (y (sink n)); apply: absorbing_node_fidelity.
have [reach|unreached] := boolP (reached D j).
  by have [v [fid _ _]] := transient_node_maximum stoD ffD Djj reach; exists v.
by exists 0; have [] := @unreached_node_fidelity D j _ unreached; first by case: stoD.
Qed.

End Fidelities.
