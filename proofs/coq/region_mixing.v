(* Certificates of weights at one real weight (src/certificate/REGION.md, section 3): mixing times of walks that end at
   the sink, by what is absorbed after some steps.

   Glossary (absorption_certain, mixed_at and mixing_time_at are those of mixing_facts.v; the criterion is the largest
   distance in total variation, at most eps)
     signal_from W s k j      the probability of having been absorbed at s after k steps from j
     b *: V + (1 - b) *: W    the walk of two heads with the weights b and 1 - b *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems suprema facts mixing_facts region_signals.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Mixing.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (V W : 'M[R]_n.+1) (i j s : 'I_n.+1) (t k : nat) (b eps : R).

Lemma mixedE W s eps k :
  column_stochastic W -> mixed_at false false W s eps k <-> forall j, 1 - eps <= signal_from W s k j.
Proof.
move=> walk; split=> [near j|near].
  by have := near j; rewrite /= distanceE // ler_subl_addr addrC -ler_subl_addr.
by rewrite /mixed_at /= => j; rewrite distanceE // ler_subl_addr addrC -ler_subl_addr.
Qed.

(* What has been absorbed never decreases. *)
Lemma absorbed_grows W s j t k :
  column_stochastic W -> W s s = 1 -> (t <= k)%N -> signal_from W s t j <= signal_from W s k j.
Proof.
move=> walk W_ss /subnKC<-; elim: (k - t)%N => [|m IH]; first by rewrite addn0.
rewrite addnS; apply: le_trans IH _; have := distance_step (t + m)%N j walk W_ss.
by rewrite !distanceE // ler_add2l ler_opp2.
Qed.

Theorem mixing_time_at_most W s eps t k : absorption_certain W s -> mixing_time_at false false W s eps t ->
  (t <= k)%N <-> forall j, 1 - eps <= signal_from W s k j.
Proof.
move=> [walk W_ss _] [now before]; split=> [le_t j|mixed].
  by apply: le_trans (absorbed_grows j walk W_ss le_t); move: j; apply/mixedE.
by rewrite leqNgt; apply/negP => /before; apply; apply/mixedE.
Qed.

Theorem mixing_time_above W s eps t k j : absorption_certain W s -> mixing_time_at false false W s eps t ->
  signal_from W s k j < 1 - eps -> (k < t)%N.
Proof.
move=> certain time late; rewrite ltnNge; apply/negP => /(mixing_time_at_most _ certain time)/(_ j).
by rewrite leNgt late.
Qed.

Lemma mixing_time_unique W s eps t k :
  mixing_time_at false false W s eps t -> mixing_time_at false false W s eps k -> t = k.
Proof.
move=> [now_t before_t] [now_k before_k]; apply/eqP; rewrite eqn_leq; apply/andP; split; rewrite leqNgt; apply/negP.
  by move=> lt_kt; apply: (before_t k lt_kt).
by move=> lt_tk; apply: (before_k t lt_tk).
Qed.

Theorem mixing_time_within W s eps k : absorption_certain W s -> (forall j, 1 - eps <= signal_from W s k j) ->
  exists2 t, (t <= k)%N & mixing_time_at false false W s eps t.
Proof.
move=> [walk _ _] mixed; pose good t := [forall j, 1 - eps <= signal_from W s t j].
have goodP t : reflect (mixed_at false false W s eps t) (good t).
  by apply: (iffP forallP) => ?; apply/mixedE.
have some : exists t, good t by exists k; apply/forallP.
have [t good_t least] := ex_minnP some; exists t; first by apply: least; apply/forallP.
split=> [|r lt_r]; first exact/goodP.
by move/goodP/least; rewrite leqNgt lt_r.
Qed.

(* A mixing time that is one head's own: mixed after t steps, and not one step earlier, from j. *)
Theorem own_mixing_time W s eps t j : absorption_certain W s -> (forall i, 1 - eps <= signal_from W s t.+1 i) ->
  signal_from W s t j < 1 - eps -> mixing_time_at false false W s eps t.+1.
Proof.
move=> certain mixed late; have [u le_u time] := mixing_time_within certain mixed.
suff -> : t.+1 = u by [].
by apply/eqP; rewrite eqn_leq le_u (mixing_time_above certain time late).
Qed.

(* Paths of either head are paths of the mean, where that head has a weight. *)
Lemma leads_weaker (E F : 'M[R]_n.+1) i j :
  (forall k l : 'I_n.+1, 0 < E k l -> 0 < F k l) -> leads E i j -> leads F i j.
Proof. by move=> weaker; apply: connect_sub => k l /weaker; apply: connect1. Qed.

Theorem absorption_certain_mean V W s b : 0 <= b <= 1 -> absorption_certain V s -> absorption_certain W s ->
  absorption_certain (b *: V + (1 - b) *: W) s.
Proof.
move=> /andP[b_ge0 b_le1] [[V_ge0 V_sum] V_ss V_path] [[W_ge0 W_sum] W_ss W_path].
have rest_ge0 : 0 <= 1 - b by rewrite subr_ge0.
split=> [||j].
- split=> [i j|j]; first by rewrite !mxE addr_ge0 ?mulr_ge0.
  under eq_bigr do rewrite !mxE.
  by rewrite big_split /= -!mulr_sumr V_sum W_sum !mulr1 addrC subrK.
- by rewrite !mxE V_ss W_ss !mulr1 addrC subrK.
have [b_le0|b_gt0] := leP b 0.
  apply: leads_weaker (W_path j) => k l W_kl; rewrite !mxE (@le_anti _ _ b 0) ?b_le0 //.
  by rewrite mul0r add0r subr0 mul1r.
apply: leads_weaker (V_path j) => k l V_kl; rewrite !mxE ltr_spaddl ?mulr_gt0 //.
by rewrite mulr_ge0.
Qed.
End Mixing.

(* Walks that are absorbed for certain have mixing times. *)
Section Existence.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (j s : 'I_n.+1) (t : nat) (eps : R).

(* After some steps a share of at least p has been absorbed from every node. *)
Lemma common_absorption W s :
  absorption_certain W s -> exists t, exists2 p, 0 < p <= 1 & forall j, p <= signal_from W s t j.
Proof.
move=> [walk W_ss path]; have [W_ge0 _] := walk.
have /fin_all_exists[time time_j] j : exists t, 0 < signal_from W s t j by apply/leadsP => //; apply: path.
pose t := \max_j time j; exists t.
have pos j : 0 < signal_from W s t j.
  by apply: lt_le_trans (time_j j) (absorbed_grows j walk W_ss _); apply: leq_bigmax.
pose least := [arg min_(i < ord0 : 'I_n.+1) signal_from W s t i]%O.
exists (signal_from W s t least) => [|j].
  rewrite pos /= -[leRHS](proj2 (column_stochastic_power t walk) least) (bigD1 s) //= ler_addl sumr_ge0 // => i _.
  exact: power_ge0.
rewrite /least; by case: arg_minP => // i _; apply.
Qed.

Theorem mixing_time_exists W s eps :
  absorption_certain W s -> 0 < eps -> exists t, mixing_time_at false false W s eps t.
Proof.
move=> certain eps_gt0; have [t [p /andP[p_gt0 p_le1] absorbed]] := common_absorption certain.
have [walk W_ss path] := certain; have [W_ge0 _] := walk.
have left m j : 1 - signal_from W s (m * t) j <= (1 - p) ^+ m.
  elim: m j => [|m IH] j; first by rewrite expr0 mul0n ger_addl oppr_le0 signal_ge0.
  have mass : \sum_k (W ^+ t) k j = 1 by apply: (proj2 (column_stochastic_power t walk)).
  rewrite mulSn addnC signal_fromD -{1}mass -sumrB (bigD1 s) //=.
  have -> : signal_from W s (m * t) s = 1.
    apply/le_anti/andP; split; last by rewrite /signal_from power_loop.
    rewrite -[leRHS](proj2 (column_stochastic_power (m * t) walk) s) (bigD1 s) //= ler_addl sumr_ge0 // => i _.
    exact: power_ge0.
  rewrite mul1r subrr add0r; under eq_bigr do rewrite -{1}[(W ^+ t) _ _]mul1r -mulrBl.
  apply: le_trans (_ : \sum_(k | k != s) (1 - p) ^+ m * (W ^+ t) k j <= _).
    by apply: ler_sum => k _; rewrite ler_wpmul2r ?power_ge0.
  rewrite -mulr_sumr exprSr ler_wpmul2l ?exprn_ge0 ?subr_ge0 //.
  by rewrite ler_subr_addr -mass [leRHS](bigD1 s) //= addrC ler_add2r absorbed.
have [m small] : exists m, (1 - p) ^+ m < eps.
  by apply: power_vanishes; rewrite // subr_ge0 p_le1 ltr_subl_addr ltr_addl.
have [|u _ time] := @mixing_time_within R n W s eps (m * t) certain; last by exists u.
by move=> j; rewrite ler_subl_addr -ler_subl_addl (le_trans (left m j)) // ltW.
Qed.
End Existence.
