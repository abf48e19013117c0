(* Facts about mixing times (src/certificate/FORMAT.md, sections 2 and 4), any node s being the sink.

   Glossary
     absorption_certain W s   W is column-stochastic, keeps all at s, and every node has a path of moves to s
     distance W s t j         total variation between the law of the walk from j after t steps and the point mass at s
     mixed_at average l1 ...  the criterion: the largest or the mean distance is <= eps, or twice it is < eps
     mixing_time_at           the first time of the criterion; mixing_time of systems.v is the case of the largest
                              distance in total variation to the last node *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems facts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Mixing.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (W : 'M[R]_n.+1) (i j k s : 'I_n.+1) (t : nat) (eps : R).

Definition absorption_certain W s :=
  [/\ column_stochastic W, W s s = 1 & forall j, leads W s j].

Definition distance W s t j : R := total_variation (law W t j) (fun i => (i == s)%:R).
Definition mixed_at (average l1 : bool) W s eps t :=
  let within d : bool := if l1 then 2%:R * d < eps else d <= eps in
  if average then is_true (within (n.+1%:R^-1 * \sum_j distance W s t j)) else forall j, within (distance W s t j).
Definition mixing_time_at average l1 W s eps t :=
  mixed_at average l1 W s eps t /\ forall r, (r < t)%N -> ~ mixed_at average l1 W s eps r.

Lemma mixing_time_sink W eps t : mixing_time W eps t <-> mixing_time_at false false W (sink n) eps t.
Proof. by []. Qed.

Lemma column_stochastic_power W t : column_stochastic W -> column_stochastic (W ^+ t).
Proof.
move=> [W_ge0 W_sum]; split=> [i j|j]; first exact: power_ge0.
elim: t => [|t IH].
  by rewrite expr0 (bigD1 j) //= mxE eqxx big1 ?addr0 // => i ij; rewrite mxE (negbTE ij).
rewrite exprS; under eq_bigr do rewrite mxE.
rewrite exchange_big -{}IH; apply: eq_bigr => i _ /=.
by rewrite -mulr_suml W_sum mul1r.
Qed.

(* The distance is the probability of not having been absorbed. *)
Lemma distanceE W s t j : column_stochastic W -> distance W s t j = 1 - signal_from W s t j.
Proof.
move=> /(column_stochastic_power t)[P_ge0 P_sum]; have := P_sum j.
rewrite /distance /total_variation /law /signal_from (bigD1 s) //= => mass.
have le1 : (W ^+ t) s j <= 1 by rewrite -mass ler_addl sumr_ge0.
have others : \sum_(i | i != s) `|(W ^+ t) i j - (i == s)%:R| = 1 - (W ^+ t) s j.
  transitivity (\sum_(i | i != s) (W ^+ t) i j); last by rewrite -mass addrC addKr.
  apply: eq_bigr => i is_other.
  by rewrite (negbTE is_other) subr0 ger0_norm.
rewrite (bigD1 s) //= others eqxx distrC ger0_norm ?subr_ge0 //.
by rewrite -mulr2n -[X in _ * X]mulr_natl mulKf // pnatr_eq0.
Qed.

(* It never increases. *)
Lemma distance_step W s t j : column_stochastic W -> W s s = 1 -> distance W s t.+1 j <= distance W s t j.
Proof.
move=> W_walk W_ss; rewrite !distanceE // ler_add2l ler_opp2 /signal_from exprS mxE (bigD1 s) //=.
rewrite W_ss mul1r ler_addl sumr_ge0 // => k _.
by rewrite mulr_ge0 ?power_ge0 //; case: W_walk.
Qed.

Lemma mixed_step average l1 W s eps t : column_stochastic W -> W s s = 1 ->
  mixed_at average l1 W s eps t -> mixed_at average l1 W s eps t.+1.
Proof.
move=> W_walk W_ss.
have closer d e : d <= e -> (if l1 then 2%:R * e < eps else e <= eps) -> if l1 then 2%:R * d < eps else d <= eps.
  by case: l1 => le_de; [apply: le_lt_trans; rewrite ler_wpmul2l ?ler0n | apply: le_trans].
rewrite /mixed_at; case: average => [|near j]; last by apply: closer (near j); apply: distance_step.
by apply: closer; rewrite ler_wpmul2l ?invr_ge0 ?ler0n // ler_sum // => j _; apply: distance_step.
Qed.

(* Kind t_mix: the criterion holds at T and fails just before. *)
Theorem mixing_time_decided average l1 W s eps t :
    absorption_certain W s ->
    mixed_at average l1 W s eps t -> (forall r, t = r.+1 -> ~ mixed_at average l1 W s eps r) ->
  mixing_time_at average l1 W s eps t.
Proof.
move=> [W_walk W_ss _] now before; split=> // r.
case: t now before => // t _ /(_ t erefl) not_t; rewrite ltnS => le_rt mixed_r.
apply: not_t; rewrite -(subnKC le_rt); elim: (t - r)%N => [|k IH]; first by rewrite addn0.
by rewrite addnS; apply: mixed_step.
Qed.

(* If absorption is certain, the point mass at s is the only stationary law. *)
Theorem absorption_certain_stationary W s p :
  absorption_certain W s -> stationary W p <-> p = delta_mx s 0.
Proof.
move=> [W_walk W_ss path]; have [W_ge0 W_sum] := W_walk.
split=> [[p_ge0 p_sum Wp]|->]; last first.
  split=> [i||]; rewrite ?mxE ?ler0n //.
    by rewrite (bigD1 s) //= mxE !eqxx big1 ?addr0 // => i /negbTE is_other; rewrite mxE is_other.
  rewrite -colE; apply/colP => i; rewrite !mxE andbT; case: eqP => [->//|/eqP is_other].
  have := W_sum s; rewrite (bigD1 s) //= W_ss -[X in _ = X]addr0 => /addrI /eqP.
  by rewrite psumr_eq0 => [/allP/(_ i)|//]; rewrite mem_index_enum is_other => /(_ isT)/eqP.
have Wtp t : W ^+ t *m p = p.
  by elim: t => [|t IH]; rewrite ?expr0 ?mul1mx // exprSr -mulmxA Wp.
have zero j : j != s -> p j 0 = 0.
  move=> js; apply/le_anti; rewrite p_ge0 andbT leNgt; apply/negP => pj.
  have /(leadsP _ _ W_ge0)[t pos] := path j.
  have : (W ^+ t *m p) s 0 <= p s 0 by rewrite Wtp.
  rewrite mxE (bigD1 s) //= (bigD1 j) //= leNgt => /negP; apply.
  apply: (@lt_le_trans _ _ (p s 0 + (W ^+ t) s j * p j 0)); first by rewrite ltr_addl mulr_gt0.
  rewrite ler_add ?ler_pemull ?power_loop // ler_addl sumr_ge0 // => k _.
  by rewrite mulr_ge0 ?power_ge0.
apply/colP => i; rewrite mxE eqxx andbT; have [->|is_other] := eqVneq; last exact: zero.
by rewrite -p_sum (bigD1 s) //= big1 ?addr0 // => k; apply: zero.
Qed.

End Mixing.
