(* Bounds from above of all later signals by gates: src/certificate/REGION.md, section 3, below.

   Gates are nodes through which mass passes on its way to node j. What can reach j past no gate weighs v = x_t . g; a
   step takes leave_j s_j from it, and what passes a gate comes in. `one` is 1, as in region_tails.v.

   Glossary
     gate k          k is a gate; g is 0 there
     later k         the nodes of which U bounds the signals, those after j; elsewhere g and what passes a gate are 0
     onto D h k      (D h)_k, the sum of D k l h_l
     through         the sum of U_m (D g)_m over the later gates: what may pass all gates in a step
     underway        the sum of U_k g_k over the later nodes but j and the gates; at least v - s_j from T on
     gated           what the probabilities g of reaching j before a gate satisfy *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems facts region_tails.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Gates.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (j k l m s : 'I_n.+1) (t T : nat) (g U : 'I_n.+1 -> R) (B : R).
Implicit Types (gate later : pred 'I_n.+1).

Definition onto D g k : R := \sum_l D k l * g l.
Definition through D gate later g U : R := \sum_(m | later m && gate m) U m * onto D g m.
Definition underway gate later j g U : R := \sum_(k | [&& later k, ~~ gate k & k != j]) U k * g k.

(* At a node of which nothing is asked here, D g <= g holds. *)
Record gated D gate j g : Prop := Gated {
  gated_ge0 : forall k, 0 <= g k;
  gated_node : g j = 1;
  gated_gate : forall m, gate m -> g m = 0;
  gated_keeps : onto D g j <= D j j;
  gated_super : forall k, k != j -> ~~ gate k -> onto D g k <= g k }.

(* U bounds what g and what passes a gate ask for. *)
Record gate_bounds D s T gate later j g U : Prop := GateBounds {
  bounds_none : forall k, k != j -> ~~ later k -> g k = 0;
  bounds_closed : forall m, gate m -> ~~ later m -> onto D g m = 0;
  bounds_underway : forall k, later k -> ~~ gate k -> k != j -> 0 < g k -> bounded D s T k (U k);
  bounds_through : forall m, later m -> gate m -> 0 < onto D g m -> bounded D s T m (U m) }.

Section Fixed.
Variables (D : 'M[R]_n.+1) (s j : 'I_n.+1) (T : nat) (gate later : pred 'I_n.+1) (g U : 'I_n.+1 -> R).
Hypothesis D_ge0 : nonnegative D.
Hypothesis g_gated : gated D gate j g.

Lemma gate_not_node m : gate m -> m != j.
Proof.
move=> gate_m; apply/eqP => m_j; have := gated_node g_gated; rewrite -m_j (gated_gate g_gated gate_m) => /esym/eqP.
by rewrite oner_eq0.
Qed.

Lemma onto_ge0 k : 0 <= onto D g k.
Proof. by rewrite sumr_ge0 // => l _; rewrite mulr_ge0 // (gated_ge0 g_gated). Qed.

(* v(t+1) <= v(t) - leave_j s_j(t) + what passes the gates. *)
Lemma gated_step t :
  weighed D s t.+1 g <= weighed D s t g - leave D j * signal_from D s t j
    + \sum_(m | gate m) signal_from D s t m * onto D g m.
Proof.
rewrite /weighed signal_step (bigID gate) /= addrC ler_add2r.
have not_j : ~~ gate j by apply/negP => /gate_not_node/eqP.
rewrite (bigD1 j) //= [in leRHS](bigID gate) /= [X in _ <= X + _ - _]big1 => [|m gate_m]; last first.
  by rewrite (gated_gate g_gated gate_m) mulr0.
rewrite add0r [in leRHS](bigD1 j) //= (gated_node g_gated) mulr1 addrAC ler_add //; last first.
  apply: ler_sum => k /andP[not_k k_j]; rewrite ler_wpmul2l ?signal_ge0 //; exact: (gated_super g_gated).
rewrite -{2}[signal_from D s t j]mul1r -mulrBl /leave subKr mulrC ler_wpmul2r ?signal_ge0 //.
exact: (gated_keeps g_gated).
Qed.

Lemma gated_signal t : signal_from D s t j <= weighed D s t g.
Proof. by apply: signal_le_weighed => //; [exact: (gated_ge0 g_gated) | rewrite (gated_node g_gated)]. Qed.

Hypothesis U_bounds : gate_bounds D s T gate later j g U.

(* s_j >= v - what is underway *)
Lemma gated_rest t : (T <= t)%N -> weighed D s t g - underway gate later j g U <= signal_from D s t j.
Proof.
move=> le_t; rewrite ler_subl_addr /weighed (bigD1 j) //= (gated_node g_gated) mulr1 ler_add2l.
rewrite (bigID (fun k => later k && ~~ gate k)) /= [X in _ + X]big1 ?addr0 => [|k /andP[k_j]].
  rewrite /underway; under eq_bigl do rewrite andbC -andbA.
  apply: ler_sum => k /and3P[later_k not_k k_j]; have [g_k|/(conj (gated_ge0 g_gated k))/andP/le_anti<-] := ltP 0 (g k).
    by rewrite ler_wpmul2r ?(ltW g_k) //; apply: (bounds_underway U_bounds).
  by rewrite !mulr0.
rewrite negb_and negbK => /orP[not_later | gate_k]; last by rewrite (gated_gate g_gated gate_k) mulr0.
by rewrite (bounds_none U_bounds) ?mulr0.
Qed.

Lemma gated_passing t : (T <= t)%N ->
  \sum_(m | gate m) signal_from D s t m * onto D g m <= through D gate later g U.
Proof.
move=> le_t; rewrite (bigID later) /= [X in _ + X]big1 ?addr0 => [|m /andP[gate_m not_later]]; last first.
  by rewrite (bounds_closed U_bounds) ?mulr0.
rewrite /through; under eq_bigl do rewrite andbC.
apply: ler_sum => m /andP[later_m gate_m]; have [pos|/(conj (onto_ge0 m))/andP/le_anti<-] := ltP 0 (onto D g m).
  by rewrite ler_wpmul2r ?(ltW pos) //; apply: (bounds_through U_bounds).
by rewrite !mulr0.
Qed.

(* Gates: v at the horizon, and where v would settle, bound the signal of node j. *)
Theorem below_gates B : 0 < leave D j -> weighed D s T g <= B ->
    through D gate later g U / leave D j + underway gate later j g U <= B ->
  bounded D s T j B.
Proof.
move=> leave_gt0 start settled t le_t; apply: le_trans (gated_signal t) _; move: t le_t.
apply: (@moves_towards _ _ (leave D j)) => // [|t le_t]; first by rewrite (ltW leave_gt0) leave_le1.
have := ler_wpmul2l (ltW leave_gt0) settled; rewrite mulrDr mulrCA mulfV ?gt_eqF // mulr1 => settles.
have rest := ler_wpmul2l (ltW leave_gt0) (gated_rest le_t).
apply: le_trans (gated_step t) _; apply: le_trans (ler_add (lexx _) (gated_passing le_t)) _.
have := ler_add rest settles; rewrite -subr_ge0 => sum_ge0; rewrite -subr_ge0; congr (0 <= _): sum_ge0; ring.
Qed.

End Fixed.
End Gates.
