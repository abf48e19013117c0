(* Facts of kind absorbing (src/certificate/FORMAT.md, section 4): the supremum of the signal of an absorbing node.

   Glossary
     harmonic   D y = y at the visited nodes, with y_j = 1 at the absorbing node j
     rest t     the y-weighted mass of x_t outside j, y_s - s_j(t): it decreases to 0
     alive r    the nodes from which r steps can keep clear of j *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems facts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* A decreasing chain of sets, each made from the one before, is constant after as many steps as there are elements. *)
Lemma chain_stable (T : finType) (F : {set T} -> {set T}) (A : nat -> {set T}) :
    (forall r, A r.+1 = F (A r)) -> (forall r, A r.+1 \subset A r) ->
  forall r, A (#|T| + r)%N = A #|T|.
Proof.
move=> AF A_sub; have stay r : A r.+1 = A r -> A r.+2 = A r.+1 by move=> e; rewrite AF e -AF.
have shrink r : A r.+1 = A r \/ (#|A r| + r <= #|T|)%N.
  elim: r => [|r [/stay|IH]]; [by right; rewrite addn0 max_card | by left |].
  have [e|ne] := eqVneq (A r.+1) (A r); first by left; apply: stay.
  by right; rewrite addnS -addSn (leq_trans _ IH) // ltn_add2r proper_card // properEneq ne A_sub.
have stable : A #|T|.+1 = A #|T|.
  case: (shrink #|T|) => //; rewrite -[X in (_ <= X)%N]add0n leq_add2r leqn0 cards_eq0 => /eqP e.
  by move: (A_sub #|T|); rewrite e subset0 => /eqP->.
by elim=> [|r IH]; rewrite ?addn0 // addnS AF IH -AF.
Qed.

Section Absorbing.
Variable R : archiFieldType.
Variable n : nat.
Variable D : 'M[R]_n.+1.
Variables s j : 'I_n.+1.
Variable y : 'I_n.+1 -> R.
Hypothesis D_ge0 : nonnegative D.
Hypothesis absorbing : D j j = 1.
Hypothesis y_ge0 : forall k, 0 <= y k.
Hypothesis y_j : y j = 1.
Hypothesis harmonic : forall k, visited D s k -> \sum_l D k l * y l = y k.
Hypothesis path_to_j : forall k, visited D s k -> 0 < y k -> leads D k j.

Let x t k := signal_from D s t k.
Let rest t := \sum_(k | k != j) x t k * y k.

Lemma total_weight t : \sum_k x t k * y k = y s.
Proof.
elim: t => [|t IH]; first exact: signal_weight0.
by rewrite -IH /x signal_step; apply: signal_weight_eq => // k /harmonic.
Qed.

Lemma restE t : rest t = y s - x t j.
Proof. by rewrite -(total_weight t) (bigD1 j) //= y_j mulr1 addrC addKr. Qed.

Lemma rest_ge0 t : 0 <= rest t.
Proof. by rewrite sumr_ge0 // => k _; rewrite mulr_ge0 ?signal_ge0. Qed.

Lemma power_to_j k t r : (D ^+ t) k j <= (D ^+ (t + r)) k j.
Proof.
rewrite exprD mxE (bigD1 j) //= -[leLHS]addr0 ler_add //.
  by rewrite ler_pemulr ?power_ge0 ?power_loop.
by rewrite sumr_ge0 // => l _; rewrite mulr_ge0 ?power_ge0.
Qed.

Lemma signal_grows t r : x t j <= x (t + r) j.
Proof. exact: power_to_j. Qed.

(* One time after which every node with a part of y reaches j, and one share that it sends there. *)
Lemma common_time : exists t, forall k, visited D s k -> 0 < y k -> 0 < (D ^+ t) k j.
Proof.
have /fin_all_exists[t t_k] k : exists t, visited D s k -> 0 < y k -> 0 < (D ^+ t) k j.
  have [vk|] := boolP (visited D s k); last by exists 0%N.
  have [yk|] := boolP (0 < y k); last by exists 0%N.
  by have /leadsP[//|t Dt] := path_to_j vk yk; exists t.
exists (\max_k t k) => k vk yk; apply: lt_le_trans (t_k k vk yk) _.
by have := power_to_j k (t k) (\max_i t i - t k); rewrite subnKC // leq_bigmax.
Qed.

Lemma common_share : exists t (share : R), 0 < share <= 1 /\
  forall k, visited D s k -> share * y k <= (D ^+ t) k j.
Proof.
have [t pos] := common_time; exists t.
pose ratio k := y k / (D ^+ t) k j.
have ratio_ge0 k : 0 <= ratio k by rewrite mulr_ge0 ?invr_ge0 ?power_ge0.
have le_total k : ratio k <= 1 + \sum_i ratio i.
  by rewrite (bigD1 k) //= addrCA ler_addl addr_ge0 ?ler01 ?sumr_ge0.
have total_gt0 : 0 < 1 + \sum_i ratio i by rewrite ltr_spaddl ?ltr01 ?sumr_ge0.
exists (1 + \sum_i ratio i)^-1; split.
  by rewrite invr_gt0 total_gt0 invf_le1 // ler_addl sumr_ge0.
move=> k vk; have [yk|] := boolP (0 < y k); last first.
  by rewrite -leNgt => yk0; rewrite (le_trans _ (power_ge0 _ _ _ D_ge0)) // mulr_ge0_le0 // invr_ge0 ltW.
rewrite mulrC ler_pdivr_mulr // mulrC -ler_pdivr_mulr ?pos //.
exact: le_total.
Qed.

(* What is outside j shrinks by a factor again and again. *)
Lemma rest_vanishes eps : 0 < eps -> exists t, forall r, rest (t + r) < eps.
Proof.
move=> eps_gt0; have [step [share [/andP[share_gt0 share_le1] sends]]] := common_share.
have shrink t : rest (t + step) <= (1 - share) * rest t.
  rewrite restE /x signal_fromD (bigD1 j) //=.
  have to_j : x t j + \sum_(k | k != j) x t k * (share * y k) <=
              x t j * (D ^+ step) j j + \sum_(k | k != j) x t k * (D ^+ step) k j.
    apply: ler_add; first by rewrite ler_pemulr ?power_loop ?signal_ge0.
    apply: ler_sum => k _; have [vk|nvk] := boolP (visited D s k).
      by rewrite ler_wpmul2l ?sends ?signal_ge0.
    by rewrite /x signal_not_visited ?mul0r.
  apply: le_trans (ler_sub (lexx _) to_j) _.
  under eq_bigr do rewrite mulrCA.
  by rewrite -mulr_sumr mulrBl mul1r -/(rest t) opprD addrA -restE.
have power t : rest (t * step) <= (1 - share) ^+ t * y s.
  elim: t => [|t IH]; first by rewrite mul0n expr0 mul1r restE ger_addl oppr_le0 signal_ge0.
  rewrite mulSn addnC; apply: le_trans (shrink _) _.
  by rewrite exprS -mulrA ler_wpmul2l // subr_ge0.
have y1 : 0 < y s + 1 by rewrite ltr_paddl ?y_ge0 ?ltr01.
have [t small] : exists t, (1 - share) ^+ t < eps / (y s + 1).
  apply: power_vanishes; last by rewrite divr_gt0.
  by rewrite subr_ge0 share_le1 ltr_subl_addr ltr_addl.
exists (t * step)%N => r; apply: (@le_lt_trans _ _ (rest (t * step))).
  by rewrite !restE ler_add2l ler_opp2 signal_grows.
apply: le_lt_trans (power t) _; move: small; rewrite ltr_pdivl_mulr //; apply: le_lt_trans.
by rewrite ler_wpmul2l ?exprn_ge0 ?subr_ge0 // ler_addl ler01.
Qed.

(* Kind absorbing: the supremum. *)
Theorem absorbing_supremum first : supremum first (fun t => signal_from D s t j) (y s).
Proof.
split=> [t _|u u_lt]; first by rewrite -subr_ge0 -/(x t j) -restE rest_ge0.
have [|t small] := @rest_vanishes (y s - u); first by rewrite subr_gt0.
exists (t + first)%N; first exact: leq_addl.
by move: (small first); rewrite restE ltr_add2l ltr_opp2.
Qed.

(* ---- Whether it is attained ---- *)

Let carries k := (k != j) && (0 < y k).
Let alive r := [set k | visited D s k && [exists l, carries l && (0 < (D ^+ r) k l)]].

Lemma visited_next k l : visited D s k -> 0 < D k l -> visited D s l.
Proof. by move=> vk Dkl; apply: connect_trans vk (connect1 _). Qed.

(* What carries a part of y gets mass only from what does. *)
Lemma carries_back k l : visited D s k -> carries l -> 0 < D k l -> carries k.
Proof.
move=> vk /andP[lj yl] Dkl; have pos : 0 < D k l * y l by rewrite mulr_gt0.
have rest_of k' : 0 <= D k' l * y l by rewrite mulr_ge0.
have terms i : 0 <= D k i * y i by rewrite mulr_ge0.
apply/andP; split; last first.
  by rewrite -(harmonic vk); apply/sum_gt0P => //; exists l.
apply: contraTneq pos => kj; rewrite -leNgt; have := harmonic vk.
rewrite (bigD1 j) //= (bigD1 l) //= kj absorbing y_j mulr1 -[X in _ = X]addr0 => /addrI <-.
by rewrite ler_addl sumr_ge0 // => i _; rewrite -kj.
Qed.

Lemma aliveS r : alive r.+1 = [set k | visited D s k && [exists i, (0 < D k i) && (i \in alive r)]].
Proof.
apply/setP => k; rewrite !inE; case: (boolP (visited D s k)) => //= vk.
apply/existsP/existsP => [[l /andP[cl]] | [i /andP[Dki]]].
  rewrite exprS mxE => /sum_gt0P[i|i pos]; first by rewrite mulr_ge0 ?power_ge0.
  have Dki : 0 < D k i by rewrite lt_def D_ge0 andbT; apply: contraTneq pos => ->; rewrite mul0r ltxx.
  exists i; rewrite Dki inE (visited_next vk Dki); apply/existsP; exists l.
  by rewrite cl -(pmulr_rgt0 _ Dki).
rewrite inE => /andP[_ /existsP[l /andP[cl Dil]]]; exists l; rewrite cl exprS mxE.
by apply/sum_gt0P => [m|]; [rewrite mulr_ge0 ?power_ge0 | exists i; rewrite mulr_gt0].
Qed.

Lemma alive_shrinks r : alive r.+1 \subset alive r.
Proof.
apply/subsetP => k; rewrite !inE => /andP[vk /existsP[l /andP[cl]]]; rewrite vk /=.
rewrite exprSr mxE => /sum_gt0P[i|i pos]; first by rewrite mulr_ge0 ?power_ge0.
have Dki : 0 < (D ^+ r) k i.
  by rewrite lt_def power_ge0 // andbT; apply: contraTneq pos => ->; rewrite mul0r ltxx.
apply/existsP; exists i; rewrite Dki andbT.
have vi : visited D s i by apply: connect_trans vk _; apply/leadsP => //; exists r.
by apply: carries_back cl _; rewrite // -(pmulr_rgt0 _ Dki).
Qed.

Lemma attainedE t : (x t j = y s) <-> s \notin alive t.
Proof.
rewrite inE visited_start negb_exists /=; split=> [e|/forallP none].
  apply/forallP => l; apply/negP => /andP[/andP[lj yl] pos].
  suff: 0 < rest t by rewrite restE e subrr ltxx.
  rewrite /rest big_mkcond; apply/sum_gt0P => [k|]; last by exists l; rewrite lj mulr_gt0.
  by case: ifP => // _; rewrite mulr_ge0 ?signal_ge0.
apply/eqP; rewrite eq_sym -subr_eq0 -restE; apply/eqP/big1 => k kj.
have := none k; rewrite negb_and /carries kj /= -!leNgt => /orP[] le0.
  by rewrite (@le_anti _ _ (y k) 0) ?le0 ?y_ge0 ?mulr0.
by rewrite /x /signal_from (@le_anti _ _ ((D ^+ t) s k) 0) ?le0 ?power_ge0 ?mul0r.
Qed.

(* Kind absorbing: attained if and only if x_{n+1}, with n+1 the number of nodes, leaves nothing outside j. *)
Theorem absorbing_attained first :
  attained first (fun t => signal_from D s t j) (y s) <->
  (forall k, k != j -> 0 < y k -> signal_from D s n.+1 k = 0).
Proof.
have stable : forall r, alive (n.+1 + r) = alive n.+1.
  pose F (X : {set 'I_n.+1}) := [set k | visited D s k && [exists i, (0 < D k i) && (i \in X)]].
  by move=> r; have := @chain_stable _ F alive aliveS alive_shrinks r; rewrite card_ord.
have at_end : s \notin alive n.+1 <-> forall k, k != j -> 0 < y k -> signal_from D s n.+1 k = 0.
  rewrite inE visited_start negb_exists; split=> [/forallP none k kj yk|zero].
    apply/le_anti; rewrite signal_ge0 // andbT leNgt; have := none k.
    by rewrite /carries kj yk.
  by apply/forallP => k; apply/negP => /andP[/andP[kj yk]]; rewrite -/(signal_from _ _ _ _) zero ?ltxx.
rewrite -at_end; split=> [[t _ /attainedE dead]|dead].
  apply: contra dead; rewrite -(stable t) addnC.
  have later m : s \in alive (t + m) -> s \in alive t.
    by elim: m => [|m IH]; rewrite ?addn0 ?addnS // => /(subsetP (alive_shrinks _)).
  exact: later.
by exists (n.+1 + first)%N; [rewrite leq_addl | apply/attainedE; rewrite stable].
Qed.

End Absorbing.
