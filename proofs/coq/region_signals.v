(* Certificates of weights at one real weight (src/certificate/REGION.md, section 3): what bounds of a supremum are, and
   the kinds `time` and `limit` of bounds from below.

   D is the mean matrix of one weight. Nothing is asked of its rows but that no entry is negative, so that the signals
   of a node need not have a supremum: comparisons with it are the four predicates here, which ask for none.

   Glossary (signal_from is that of facts.v, supremum that of systems.v)
     reaches first f v       f comes above every number below v: sup f >= v
     exceeds first f v       f comes above v: sup f > v
     stays_within first f v  f does not come above v: sup f <= v
     stays_below first f v   f does not come above some number below v: sup f < v
     inside k                k belongs to what keeps all that it gets: an absorbing node, or a pair
     h k                     the probability of coming inside, walking backwards from k
     rank k                  the place of k in the order of nodes: what is outside hears only nodes of lower rank
     rest t                  the h-weighted mass of x_t outside: it falls as a geometric sequence *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems suprema facts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Bounds.
Variable R : realFieldType.
Implicit Types (f : nat -> R) (u v phi : R) (first t T : nat).

Definition reaches first f v := forall u, u < v -> exists2 t, (first <= t)%N & u < f t.
Definition exceeds first f v := exists2 t, (first <= t)%N & v < f t.
Definition stays_within first f v := forall t, (first <= t)%N -> f t <= v.
Definition stays_below first f v := exists2 u, u < v & stays_within first f u.

Lemma reaches_exceeds first f u v : reaches first f v -> u < v -> exceeds first f u.
Proof. by move=> reach /reach. Qed.

Lemma reaches_le first f u v : reaches first f v -> u <= v -> reaches first f u.
Proof. by move=> reach le_uv w lt_wu; apply: reach; apply: lt_le_trans lt_wu le_uv. Qed.

Lemma exceeds_reaches first f v : exceeds first f v -> reaches first f v.
Proof. by move=> [t le_t lt_v] u lt_uv; exists t => //; apply: lt_trans lt_uv lt_v. Qed.

(* Kind time: no supremum is less than its members. *)
Lemma time_reaches first f t : (first <= t)%N -> reaches first f (f t).
Proof. by move=> le_t u lt_u; exists t. Qed.

Lemma supremum_reaches first f v : supremum first f v -> reaches first f v.
Proof. by case. Qed.

(* To what is proved of all upper bounds. *)
Lemma reaches_bound first f u v : reaches first f v -> stays_within first f u -> v <= u.
Proof.
move=> reach within; rewrite leNgt; apply/negP => /reach[t /within]; by rewrite leNgt => /negP.
Qed.

Lemma stays_within_le first f u v : stays_within first f u -> u <= v -> stays_within first f v.
Proof. by move=> within le_uv t /within le_f; apply: le_trans le_f le_uv. Qed.

Lemma stays_within_below first f u v : stays_within first f u -> u < v -> stays_below first f v.
Proof. by move=> within lt_uv; exists u. Qed.

Lemma stays_below_within first f v : stays_below first f v -> stays_within first f v.
Proof. by move=> [u lt_uv within]; apply: stays_within_le within (ltW lt_uv). Qed.

Lemma stays_within_exceeds first f v : stays_within first f v -> ~ exceeds first f v.
Proof. by move=> within [t /within]; rewrite leNgt => /negP. Qed.

Lemma stays_below_reaches first f v : stays_below first f v -> ~ reaches first f v.
Proof. by move=> [u lt_uv within] /(_ u lt_uv) /(stays_within_exceeds within). Qed.

(* What the four say where there is a supremum. *)
Lemma reachesP first f phi v : supremum first f phi -> reaches first f v <-> v <= phi.
Proof.
move=> sup; split=> [reach|]; last by apply: reaches_le; apply: supremum_reaches.
rewrite leNgt; apply/negP => /reach; exact: stays_within_exceeds (proj1 sup).
Qed.

Lemma exceedsP first f phi v : supremum first f phi -> exceeds first f v <-> v < phi.
Proof.
move=> [within approach]; split=> [[t le_t lt_v]|/approach //].
exact: lt_le_trans lt_v (within t le_t).
Qed.

Lemma stays_withinP first f phi v : supremum first f phi -> stays_within first f v <-> phi <= v.
Proof.
move=> sup; split=> [within|]; first exact: supremum_at_most sup within.
by apply: stays_within_le; case: sup.
Qed.

Lemma stays_belowP first f phi v : supremum first f phi -> stays_below first f v <-> phi < v.
Proof.
move=> sup; split=> [[u lt_uv within]|lt_v]; last by exists phi => //; case: sup.
exact: le_lt_trans (supremum_at_most sup within) lt_uv.
Qed.

(* Bounds from above are shown for the times before the horizon T one by one, and for all later ones together. *)
Lemma horizon_within first T f v :
    (forall t, (first <= t < T)%N -> f t <= v) -> (forall t, (T <= t)%N -> f t <= v) -> stays_within first f v.
Proof.
move=> early late t le_t; have [lt_t|le_Tt] := ltnP t T; last exact: late.
by apply: early; rewrite le_t.
Qed.

Lemma horizon_below first T f v :
    (forall t, (first <= t < T)%N -> f t < v) -> (exists2 u, u < v & forall t, (T <= t)%N -> f t <= u) ->
  stays_below first f v.
Proof.
move=> early [u lt_uv late].
suff [w [lt_wv le_uw before]] : exists w, [/\ w < v, u <= w & forall t, (first <= t < T)%N -> f t <= w].
  exists w => //; apply: horizon_within before _ => t /late le_f; exact: le_trans le_f le_uw.
elim: T early {late} => [|T IH] early; first by exists u; split=> // t; rewrite ltn0 andbF.
have [t /andP[le_t lt_t]|w [lt_wv le_uw before]] := IH; first by apply: early; rewrite le_t ltnW.
exists (if (first <= T)%N then Num.max w (f T) else w); have [le_T|lt_T] := leqP first T; split=> //.
- by rewrite lt_maxl lt_wv early // le_T /=.
- by rewrite le_maxr le_uw.
- move=> t /andP[le_t]; rewrite ltnS leq_eqVlt le_maxr => /orP[/eqP->|lt_t]; first by rewrite lexx orbT.
  by rewrite before ?le_t.
- by move=> t /andP[le_t]; rewrite ltnS => le_tT; move: lt_T; rewrite ltnNge (leq_trans le_t).
Qed.
End Bounds.

(* What is outside comes inside in the end, wherever it can do so and no node keeps what it has. *)
Section Decay.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (inside : pred 'I_n.+1).
Variables (h : 'I_n.+1 -> R) (rank : 'I_n.+1 -> nat).
Hypothesis D_ge0 : nonnegative D.
Hypothesis h_ge0 : forall k, 0 <= h k.
Hypothesis super : forall k, ~~ inside k -> \sum_l D k l * h l <= h k.
Hypothesis leaves : forall k, ~~ inside k -> 0 < h k -> D k k < 1.
Hypothesis ranked : forall k l, ~~ inside k -> ~~ inside l -> 0 < h k -> 0 < h l -> l != k -> 0 < D k l ->
  (rank l < rank k)%N.
(* Nothing comes back from inside. *)
Hypothesis closed : forall k l, inside k -> ~~ inside l -> D k l * h l = 0.

Let rest t := \sum_(k | ~~ inside k) signal_from D s t k * h k.

Lemma h_zero k : ~~ (0 < h k) -> h k = 0.
Proof. by rewrite -leNgt => h_le0; apply/le_anti; rewrite h_le0 h_ge0. Qed.

(* The largest diagonal entry that matters, half way to 1. *)
Lemma common_rate : exists2 rho : R, 0 <= rho < 1 &
  forall k, ~~ inside k -> 0 < h k -> (D k k + 1) / 2%:R <= rho.
Proof.
case: (pickP (fun k => ~~ inside k && (0 < h k))) => [i out_i|none]; last first.
  by exists 0; rewrite ?lexx ?ltr01 // => k out hk; have := none k; rewrite out hk.
case: (@Order.TotalTheory.arg_maxP _ _ _ i (fun k => ~~ inside k && (0 < h k)) (fun k => D k k) out_i).
move=> m /andP[out_m hm] max_m; exists ((D m m + 1) / 2%:R).
  rewrite divr_ge0 ?addr_ge0 ?ler01 ?ler0n //= ltr_pdivr_mulr ?ltr0n // mul1r -[2%:R]/(1 + 1).
  by rewrite ltr_add2r leaves.
by move=> k out hk; rewrite ler_wpmul2r ?invr_ge0 ?ler0n // ler_add2r; apply: max_m; rewrite out.
Qed.

(* A step along the order at least halves the potential 2^rank h, and a node keeps less than all. *)
Lemma rest_decays : exists2 rho : R, 0 <= rho < 1 & forall t, rest t <= 2%:R ^+ rank s * h s * rho ^+ t.
Proof.
have [rho /andP[rho_ge0 rho_lt1] rate] := common_rate; exists rho; first by rewrite rho_ge0.
pose g k : R := if inside k then 0 else 2%:R ^+ rank k * h k.
have pow_ge0 r : 0 <= 2%:R ^+ r :> R by rewrite exprn_ge0 ?ler0n.
have g_in k : inside k -> g k = 0 by rewrite /g => ->.
have g_out k : ~~ inside k -> g k = 2%:R ^+ rank k * h k by rewrite /g => /negbTE->.
have g_ge0 k : 0 <= g k by rewrite /g; case: ifP => // _; rewrite mulr_ge0.
have step k : \sum_l D k l * g l <= rho * g k.
  have [in_k|out_k] := boolP (inside k).
    rewrite (g_in k) // mulr0 big1 // => l _; have [/g_in->|out_l] := boolP (inside l); first exact: mulr0.
    by rewrite g_out // mulrCA closed ?mulr0.
  have [hk|/h_zero hk] := boolP (0 < h k); last first.
    rewrite (g_out k) // hk !mulr0 big1 // => l _; have [/g_in->|out_l] := boolP (inside l); first exact: mulr0.
    apply/le_anti/andP; split; last by rewrite mulr_ge0.
    have Dh : D k l * h l <= 0.
      rewrite -hk; apply: le_trans (super out_k); rewrite (bigD1 l) //= ler_addl.
      by rewrite sumr_ge0 // => i _; rewrite mulr_ge0.
    by rewrite g_out // mulrCA mulr_ge0_le0.
  apply: le_trans (_ : (D k k + 1) / 2%:R * (2%:R ^+ rank k * h k) <= _); last first.
    by rewrite g_out // ler_wpmul2r ?rate // mulr_ge0.
  have le_half l : l != k -> D k l * g l <= 2%:R ^+ rank k / 2%:R * (D k l * h l).
    move=> lk; have [/g_in->|out_l] := boolP (inside l); first by rewrite mulr0 !mulr_ge0 ?invr_ge0 ?ler0n.
    have [Dkl|] := boolP (0 < D k l); last first.
      by rewrite -leNgt => D_le0; rewrite (@le_anti _ _ (D k l) 0) ?D_le0 ?D_ge0 // !mul0r mulr0.
    have [hl|/h_zero hl] := boolP (0 < h l); last by rewrite g_out // hl !mulr0.
    rewrite g_out // mulrCA ler_wpmul2r ?mulr_ge0 // ler_pdivl_mulr ?ltr0n // -exprSr.
    by rewrite ler_eexpn2l ?ltr1n ?ranked.
  rewrite (bigD1 k) //= (g_out k) //.
  apply: le_trans (ler_add (lexx _) (ler_sum _ le_half)) _; rewrite -mulr_sumr.
  have others : \sum_(l | l != k) D k l * h l <= h k - D k k * h k.
    by rewrite ler_subr_addl; apply: le_trans (super out_k); rewrite [leRHS](bigD1 k).
  apply: le_trans (ler_add (lexx _) (ler_wpmul2l _ others)) _; first by rewrite divr_ge0 ?ler0n.
  by move: (2%:R ^+ rank k) => p; rewrite le_eqVlt; apply/orP; left; apply/eqP; field.
have weight t : \sum_k signal_from D s t k * g k <= rho ^+ t * g s.
  elim: t => [|t IH]; first by rewrite signal_weight0 expr0 mul1r.
  rewrite signal_step exprS -mulrA; apply: le_trans (ler_wpmul2l rho_ge0 IH).
  by rewrite mulr_sumr; apply: ler_sum => k _; rewrite mulrCA ler_wpmul2l ?signal_ge0.
move=> t; apply: le_trans (_ : \sum_k signal_from D s t k * g k <= _).
  rewrite /rest big_mkcond; apply: ler_sum => k _; case: ifPn => out_k; last by rewrite mulr_ge0 ?signal_ge0.
  by rewrite g_out // ler_wpmul2l ?signal_ge0 // ler_pemull // exprn_ege1 // ler1n.
apply: le_trans (weight t) _; rewrite mulrC ler_wpmul2r ?exprn_ge0 // /g; case: ifP => // _.
by rewrite mulr_ge0.
Qed.
End Decay.

(* With equalities, all that can come inside does so in the end. *)
Section Limit.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (j k l s : 'I_n.+1) (h : 'I_n.+1 -> R) (rank : 'I_n.+1 -> nat).

Lemma harmonic_at D h k : (1 - D k k) * h k = \sum_(l | l != k) D k l * h l -> \sum_l D k l * h l = h k.
Proof. by rewrite mulrBl mul1r => others; rewrite (bigD1 k) //= -others addrC subrK. Qed.

Lemma harmonic_weight D s h t : (forall k, \sum_l D k l * h l = h k) -> \sum_k signal_from D s t k * h k = h s.
Proof.
move=> harmonic; elim: t => [|t IH]; first exact: signal_weight0.
by rewrite signal_step -IH; apply: eq_bigr => k _; rewrite harmonic.
Qed.

Theorem inside_limit D s (inside : pred 'I_n.+1) h rank :
    nonnegative D -> (forall k, 0 <= h k) -> (forall k, \sum_l D k l * h l = h k) ->
    (forall k, ~~ inside k -> 0 < h k -> D k k < 1) ->
    (forall k l, ~~ inside k -> ~~ inside l -> 0 < h k -> 0 < h l -> l != k -> 0 < D k l -> (rank l < rank k)%N) ->
    (forall k l, inside k -> ~~ inside l -> D k l * h l = 0) ->
  vanishes (fun t => h s - \sum_(k | inside k) signal_from D s t k * h k).
Proof.
move=> D_ge0 h_ge0 harmonic leaves ranked closed.
have super k : ~~ inside k -> \sum_l D k l * h l <= h k by rewrite harmonic.
have [rho /andP[rho_ge0 rho_lt1] decays] := @rest_decays _ _ D s inside h rank D_ge0 h_ge0 super leaves ranked closed.
apply: vanishes_below (geometric_vanishes (2%:R ^+ rank s * h s) rho_ge0 rho_lt1) => t.
have := harmonic_weight s t harmonic; rewrite (bigID inside) /= => /(canRL (addKr _)) outside.
rewrite addrC -outside ger0_norm ?decays // sumr_ge0 // => k _; by rewrite mulr_ge0 ?signal_ge0.
Qed.

(* Kind limit, an absorbing node: its signal never decreases, and its supremum is h at the sink. *)
Theorem absorbing_limit D s j h rank first :
    nonnegative D -> D j j = 1 -> (forall k, 0 <= h k) -> h j = 1 -> (forall k, \sum_l D k l * h l = h k) ->
    (forall k, k != j -> 0 < h k -> D k k < 1) ->
    (forall k l, k != j -> l != j -> 0 < h k -> 0 < h l -> l != k -> 0 < D k l -> (rank l < rank k)%N) ->
  supremum first (fun t => signal_from D s t j) (h s).
Proof.
move=> D_ge0 D_jj h_ge0 h_j harmonic leaves ranked.
have term_ge0 k l : 0 <= D k l * h l by rewrite mulr_ge0.
have closed k l : k == j -> l != j -> D k l * h l = 0.
  move=> /eqP-> lj; have := harmonic j; rewrite (bigD1 j) //= D_jj h_j mulr1 -[X in _ = X]addr0 => /addrI.
  rewrite (bigD1 l) //= => /eqP; rewrite paddr_eq0 ?sumr_ge0 // => /andP[/eqP-> _] //.
have only t : \sum_(k | k == j) signal_from D s t k * h k = signal_from D s t j.
  by rewrite big_pred1_eq h_j mulr1.
apply: supremum_of_limit => [t _|].
  rewrite -(harmonic_weight s t harmonic) (bigD1 j) //= h_j mulr1 ler_addl sumr_ge0 // => k _.
  by rewrite mulr_ge0 ?signal_ge0.
have := @inside_limit D s (pred1 j) h rank D_ge0 h_ge0 harmonic leaves ranked closed.
by move=> van eps /van[N small]; exists N => t /small; rewrite only.
Qed.
End Limit.
