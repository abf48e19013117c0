(* Facts about suprema: why finitely many checks decide an infinite supremum.

   These are the proofs of kind superharmonic and absorbing of src/certificate/FORMAT.md, section 4; contraction.v and
   recurrence.v have the other two, mixing_facts.v has mixing times. The sink is any node s.

   Glossary
     signal_from D s t j   (D^t)_{s j}: the signal of node j; x_t is the row of these
     leads D k l           whether k has a path of positive entries D_{k l} to l, possibly empty
     visited D s k         whether x_t(k) > 0 for some t: leads D s k (lemma visitedP)
     decided first f v a   v is the supremum of f over t >= first, and it is attained if and only if a *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition decided (R : realFieldType) first (f : nat -> R) v (a : bool) :=
  supremum first f v /\ (a = true <-> attained first f v).

Lemma sum_gt0P (R : realFieldType) (I : finType) (F : I -> R) :
  (forall i, 0 <= F i) -> reflect (exists i, 0 < F i) (0 < \sum_i F i).
Proof.
move=> F_ge0; apply: (iffP idP) => [pos | [i Fi]].
  apply/existsP; apply: contraLR pos; rewrite negb_exists => /forallP none.
  by rewrite -leNgt -oppr_ge0 -sumrN sumr_ge0 // => i _; rewrite oppr_ge0 leNgt.
by rewrite (bigD1 i) //= ltr_spaddl // sumr_ge0.
Qed.

Section Signals.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (i j k l s : 'I_n.+1) (t r : nat) (h y : 'I_n.+1 -> R).

Definition signal_from D s t j : R := (D ^+ t) s j.
Definition leads D : rel 'I_n.+1 := connect (fun k l => 0 < D k l).
Definition visited D s k : bool := leads D s k.

Lemma signal_sink D t j : signal D t j = signal_from D (sink n) t j.
Proof. by []. Qed.

Lemma signal_from0 D s j : signal_from D s 0 j = (s == j)%:R.
Proof. by rewrite /signal_from expr0 mxE. Qed.

Lemma signal_fromD D s t r j :
  signal_from D s (t + r) j = \sum_k signal_from D s t k * (D ^+ r) k j.
Proof. by rewrite /signal_from exprD mxE. Qed.

Lemma signal_fromS D s t j : signal_from D s t.+1 j = \sum_k signal_from D s t k * D k j.
Proof. by rewrite -addn1 signal_fromD expr1. Qed.

(* x_{t+1} . h = x_t . (D h) *)
Lemma signal_step D s t h :
  \sum_l signal_from D s t.+1 l * h l = \sum_k signal_from D s t k * \sum_l D k l * h l.
Proof.
under eq_bigr do rewrite signal_fromS mulr_suml.
rewrite exchange_big; apply: eq_bigr => k _ /=.
by rewrite mulr_sumr; apply: eq_bigr => l _; rewrite mulrA.
Qed.

Lemma power_ge0 D t k l : nonnegative D -> 0 <= (D ^+ t) k l.
Proof.
move=> D_ge0; elim: t k l => [|t IH] k l; first by rewrite expr0 mxE ler0n.
by rewrite exprS mxE sumr_ge0 // => i _; rewrite mulr_ge0.
Qed.

Lemma power_loop D k t : nonnegative D -> D k k = 1 -> 1 <= (D ^+ t) k k.
Proof.
move=> D_ge0 D_kk; elim: t => [|t IH]; first by rewrite expr0 mxE eqxx.
rewrite exprS mxE (bigD1 k) //= D_kk mul1r -[leLHS]addr0 ler_add // sumr_ge0 // => i _.
by rewrite mulr_ge0 ?power_ge0.
Qed.

(* A path of positive entries, and a positive entry of a power. *)
Lemma leadsP D k l : nonnegative D -> reflect (exists t, 0 < (D ^+ t) k l) (leads D k l).
Proof.
move=> D_ge0; apply: (iffP connectP) => [[p + ->] | [t]].
  elim: p k => [|i p IH] k /=; first by exists 0%N; rewrite expr0 mxE eqxx ltr01.
  case/andP=> Dki /IH[t Dt]; exists t.+1; rewrite exprS mxE.
  by apply/sum_gt0P => [m|]; [rewrite mulr_ge0 ?power_ge0 | exists i; rewrite mulr_gt0].
elim: t k => [|t IH] k.
  rewrite expr0 mxE; case: eqP => [-> _|]; last by rewrite ltxx.
  by exists [::].
rewrite exprS mxE => /sum_gt0P[i|i Di]; first by rewrite mulr_ge0 ?power_ge0.
have Dki : 0 < D k i.
  by rewrite lt_def D_ge0 andbT; apply: contraTneq Di => ->; rewrite mul0r ltxx.
by move: Di; rewrite pmulr_rgt0 // => /IH[p pth last_p]; exists (i :: p); rewrite /= ?Dki.
Qed.

Lemma visitedP D s k : nonnegative D -> reflect (exists t, 0 < signal_from D s t k) (visited D s k).
Proof. exact: leadsP. Qed.

Lemma visited_start D s : visited D s s.
Proof. exact: connect0. Qed.

Lemma signal_ge0 D s t k : nonnegative D -> 0 <= signal_from D s t k.
Proof. exact: power_ge0. Qed.

Lemma signal_not_visited D s t k : nonnegative D -> ~~ visited D s k -> signal_from D s t k = 0.
Proof.
move=> D_ge0 not_visited; apply/eqP; rewrite eq_le signal_ge0 // andbT leNgt.
by apply: contra not_visited => pos; apply/visitedP => //; exists t.
Qed.

(* Two vectors that compare at the visited nodes compare under every x_t. *)
Lemma signal_weight_le D s t h y : nonnegative D -> (forall k, visited D s k -> h k <= y k) ->
  \sum_k signal_from D s t k * h k <= \sum_k signal_from D s t k * y k.
Proof.
move=> D_ge0 le_hy; apply: ler_sum => k _; have [vk|nvk] := boolP (visited D s k).
  by rewrite ler_wpmul2l ?signal_ge0 ?le_hy.
by rewrite signal_not_visited ?mul0r.
Qed.

Lemma signal_weight_eq D s t h y : nonnegative D -> (forall k, visited D s k -> h k = y k) ->
  \sum_k signal_from D s t k * h k = \sum_k signal_from D s t k * y k.
Proof.
by move=> D_ge0 eq_hy; apply/le_anti/andP; split; apply: signal_weight_le => // k /eq_hy->.
Qed.

Lemma signal_weight0 D s h : \sum_k signal_from D s 0 k * h k = h s.
Proof.
rewrite (bigD1 s) //= signal_from0 eqxx mul1r big1 ?addr0 // => k ks.
by rewrite signal_from0 eq_sym (negbTE ks) mul0r.
Qed.

Lemma attained_supremum first time (f : nat -> R) v : (first <= time)%N -> f time = v ->
  (forall t, (first <= t)%N -> f t <= v) -> decided first f v true.
Proof.
move=> le_time fv bound; split; last by split=> // _; exists time.
by split=> // u ltu; exists time => //; rewrite fv.
Qed.

(* Kind superharmonic. *)
Theorem superharmonic_supremum D s j first time horizon phi h :
    nonnegative D -> (first <= time <= horizon)%N -> signal_from D s time j = phi ->
    (forall r, (first <= r <= horizon)%N -> signal_from D s r j <= phi) ->
    (forall k, 0 <= h k) -> 1 <= h j ->
    (forall k, visited D s k -> \sum_l D k l * h l <= h k) ->
    \sum_k signal_from D s horizon k * h k <= phi ->
  decided first (fun t => signal_from D s t j) phi true.
Proof.
move=> D_ge0 /andP[le_time time_le] phi_time before h_ge0 h_j super left.
apply: (attained_supremum le_time phi_time) => t le_t.
have [t_le|/ltnW] := leqP t horizon; first by apply: before; rewrite le_t t_le.
have weight r : (horizon <= r)%N -> \sum_k signal_from D s r k * h k <= phi.
  elim: r => [|r IH]; first by rewrite leqn0 => /eqP e; rewrite -{1}e.
  rewrite leq_eqVlt => /orP[/eqP <-//|le_r]; apply: le_trans (IH le_r).
  by rewrite signal_step; apply: signal_weight_le.
move=> /weight; apply: le_trans; rewrite (bigD1 j) //= -[leLHS]addr0 ler_add //.
  by rewrite ler_pemulr ?signal_ge0.
by rewrite sumr_ge0 // => k _; rewrite mulr_ge0 ?signal_ge0.
Qed.

End Signals.

Section Archimedean.
Variable R : archiFieldType.

(* Powers of a number in [0, 1) fall below every positive number. *)
Lemma power_vanishes (q eps : R) : 0 <= q < 1 -> 0 < eps -> exists t, q ^+ t < eps.
Proof.
case/andP=> q_ge0 q_lt1 eps_gt0; have gap : 0 < 1 - q by rewrite subr_gt0.
have bernoulli t : q ^+ t * (1 + t%:R * (1 - q)) <= 1.
  elim: t => [|t IH]; first by rewrite expr0 mul0r addr0 mulr1.
  apply: le_trans IH; rewrite exprSr -mulrA ler_wpmul2l ?exprn_ge0 // -subr_ge0.
  have -> : 1 + t%:R * (1 - q) - q * (1 + t.+1%:R * (1 - q)) = t.+1%:R * (1 - q) ^+ 2.
    by rewrite -addn1 natrD; ring.
  by rewrite mulr_ge0 ?ler0n ?exprn_ge0 // ltW.
have eps_gap : 0 < eps * (1 - q) by rewrite mulr_gt0.
exists (Num.bound (eps * (1 - q))^-1); set t := Num.bound _.
have large : 1 < t%:R * (eps * (1 - q)).
  rewrite -ltr_pdivr_mulr // div1r; apply: archi_boundP; by rewrite invr_ge0 ltW.
have pos : 0 < 1 + t%:R * (1 - q) by rewrite ltr_spaddl ?ltr01 // mulr_ge0 ?ler0n ?ltW.
rewrite -(ltr_pmul2r pos); apply: (le_lt_trans (bernoulli t)); apply: (lt_trans large).
have -> : eps * (1 + t%:R * (1 - q)) = eps + t%:R * (eps * (1 - q)) by ring.
by rewrite ltr_addr.
Qed.

End Archimedean.
