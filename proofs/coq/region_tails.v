(* Bounds from above of all later signals by what can still reach a node: src/certificate/REGION.md, section 3, below.

   Here D is the mean matrix at one weight; its entries are nonnegative, and its rows need not sum to 1. REGION.md
   multiplies D by `one`; here `one` is 1, and leave_k is 1 - D k k. region_gates.v, region_levels.v and region_slow.v
   have the other bounds.

   Glossary
     weighed D s t h     x_t . h, the sum of x_t(k) h_k
     leave D k           1 - D k k, what leaves a node
     bounded D s T k B   s_k(t) <= B for all t >= T
     superharmonic D h   D h <= h at every node: then x_t . h never increases
     inflow D P U k      the sum of U_l D l k over the nodes l != k in P, what may arrive at k in a step *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems facts suprema.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Tails.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (j k l m s : 'I_n.+1) (t T : nat) (h U : 'I_n.+1 -> R) (B c : R).

Definition weighed D s t h : R := \sum_k signal_from D s t k * h k.
Definition leave D k : R := 1 - D k k.
Definition bounded D s T k B := forall t, (T <= t)%N -> signal_from D s t k <= B.
Definition superharmonic D h := forall k, \sum_l D k l * h l <= h k.
Definition inflow D (P : pred 'I_n.+1) U k : R := \sum_(l | P l && (l != k)) U l * D l k.

Lemma later_steps (P : nat -> Prop) T : P T -> (forall t, (T <= t)%N -> P t -> P t.+1) -> forall t, (T <= t)%N -> P t.
Proof.
move=> start step; elim=> [|t IH]; first by rewrite leqn0 => /eqP e; rewrite -e.
by rewrite leq_eqVlt => /orP[/eqP<- // | le_t]; apply: step => //; apply: IH.
Qed.

Lemma bounded_weaken D s T k B c : bounded D s T k B -> B <= c -> bounded D s T k c.
Proof. by move=> bound le_c t /bound/le_trans; apply. Qed.

(* The signals before the horizon, and those from it on. *)
Lemma bounded_before D s first T k B : (forall t, (first <= t < T)%N -> signal_from D s t k <= B) ->
  bounded D s T k B -> bounded D s first k B.
Proof. by move=> before after t le_t; case: (ltnP t T) => [lt_T|]; [apply: before; rewrite le_t | exact: after]. Qed.

(* Finitely many bounds that are less than c are at most something that is less than c: their largest. *)
Lemma strictly_below c (bs : seq R) : all (< c) bs -> exists2 B, B < c & all (<= B) bs.
Proof.
elim: bs => [_|b bs IH /= /andP[b_lt /IH[B B_lt le_B]]]; first by exists (c - 1);
  rewrite // ltr_subl_addl ltr_addr ltr01.
exists (Num.max b B); first by rewrite lt_maxl b_lt.
by rewrite /= le_maxr lexx; apply: sub_all le_B => x /= le_x; rewrite le_maxr le_x orbT.
Qed.

Lemma bounded_supremum D s T k B v : supremum T (fun t => signal_from D s t k) v -> bounded D s T k B -> v <= B.
Proof. exact: supremum_at_most. Qed.

Lemma leave_le1 D k : nonnegative D -> leave D k <= 1.
Proof. by move=> D_ge0; rewrite /leave ler_subl_addr ler_addl. Qed.

(* What weighs something at one node: the rest of the sum is not negative. *)
Lemma signal_le_weighed D s t j h : nonnegative D -> (forall k, 0 <= h k) -> 1 <= h j ->
  signal_from D s t j <= weighed D s t h.
Proof.
move=> D_ge0 h_ge0 h_j; rewrite /weighed (bigD1 j) //= -[leLHS]addr0 ler_add //.
  by rewrite ler_pemulr ?signal_ge0.
by rewrite sumr_ge0 // => k _; rewrite mulr_ge0 ?signal_ge0.
Qed.

Lemma weighed_ge0 D s t h : nonnegative D -> (forall k, 0 <= h k) -> 0 <= weighed D s t h.
Proof. by move=> D_ge0 h_ge0; rewrite sumr_ge0 // => k _; rewrite mulr_ge0 ?signal_ge0. Qed.

Lemma weighed_step D s t h y : nonnegative D -> (forall k, \sum_l D k l * h l <= y k) ->
  weighed D s t.+1 h <= weighed D s t y.
Proof. by move=> D_ge0 le_y; rewrite /weighed signal_step; apply: signal_weight_le => // k _. Qed.

Lemma weighed_decreases D s T t h : nonnegative D -> superharmonic D h -> (T <= t)%N ->
  weighed D s t h <= weighed D s T h.
Proof.
move=> D_ge0 super; elim: t => [|t IH]; first by rewrite leqn0 => /eqP->.
rewrite leq_eqVlt => /orP[/eqP-> // | le_t]; apply: le_trans (IH le_t); exact: weighed_step.
Qed.

(* Tail: what can reach node j bounds its signal. *)
Theorem below_tail D s T j h : nonnegative D -> (forall k, 0 <= h k) -> 1 <= h j -> superharmonic D h ->
  bounded D s T j (weighed D s T h).
Proof.
move=> D_ge0 h_ge0 h_j super t le_t; apply: le_trans (weighed_decreases s D_ge0 super le_t); exact: signal_le_weighed.
Qed.

(* A sequence that moves towards something that is at most B stays at most B. *)
Lemma moves_towards (v : nat -> R) (a B : R) T : 0 <= a <= 1 -> v T <= B ->
  (forall t, (T <= t)%N -> v t.+1 <= (1 - a) * v t + a * B) -> forall t, (T <= t)%N -> v t <= B.
Proof.
case/andP=> a_ge0 a_le1 start step; apply: later_steps => // t le_t le_B.
apply: le_trans (step t le_t) _; rewrite [leRHS](_ : B = (1 - a) * B + a * B); last by ring.
by rewrite ler_add2r ler_wpmul2l ?subr_ge0.
Qed.

(* What arrives at k in a step is at most the inflow. *)
Lemma signal_inflow D s T (P : pred 'I_n.+1) U k t : nonnegative D -> (T <= t)%N ->
    (forall l, l != k -> 0 < D l k -> P l /\ bounded D s T l (U l)) ->
  signal_from D s t.+1 k <= (1 - leave D k) * signal_from D s t k + inflow D P U k.
Proof.
move=> D_ge0 le_t heard; rewrite signal_fromS (bigD1 k) //= /leave subKr [in leRHS]mulrC ler_add2l.
rewrite /inflow [leLHS](bigID P) /= [X in _ + X]big1 ?addr0 => [|l /andP[l_k not_P]].
  under eq_bigl do rewrite andbC.
  apply: ler_sum => l /andP[_ l_k]; have [D_lk|/(conj (D_ge0 l k))/andP/le_anti<-] := ltP 0 (D l k).
    by rewrite ler_wpmul2r //; apply: (heard l l_k D_lk).2.
  by rewrite !mulr0.
have [/(heard l l_k)[P_l]|/(conj (D_ge0 l k))/andP/le_anti<-] := ltP 0 (D l k); last by rewrite mulr0.
by rewrite P_l in not_P.
Qed.

(* Inflow: U_k bounds s_k from T on, given bounds of what it hears. *)
Theorem below_inflow D s T (P : pred 'I_n.+1) U k : nonnegative D -> 0 < leave D k ->
    (forall l, l != k -> 0 < D l k -> P l /\ bounded D s T l (U l)) ->
  bounded D s T k (signal_from D s T k + inflow D P U k / leave D k).
Proof.
move=> D_ge0 leave_gt0 heard.
have in_ge0 : 0 <= inflow D P U k / leave D k.
  rewrite divr_ge0 ?(ltW leave_gt0) // sumr_ge0 // => l /andP[_ l_k].
  have [/(heard l l_k)[_ U_l]|/(conj (D_ge0 l k))/andP/le_anti<-] := ltP 0 (D l k); last by rewrite mulr0.
  by rewrite mulr_ge0 // (le_trans (signal_ge0 s T l D_ge0)) // U_l.
apply: (@moves_towards _ (leave D k)) => [||t le_t]; first by rewrite (ltW leave_gt0) leave_le1.
  by rewrite ler_addl.
apply: le_trans (signal_inflow D_ge0 le_t heard) _; rewrite ler_add2l mulrDr mulrCA mulfV ?gt_eqF // mulr1 ler_addr.
by rewrite mulr_ge0 ?signal_ge0 // ltW.
Qed.

End Tails.
