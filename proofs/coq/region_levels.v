(* Bounds from above of all later signals by levels: src/certificate/REGION.md, section 3, below.

   One node m, the feeder, sends mass on to node j. With g, v and G for the only gate m,
     as in region_gates.v (G is what is
   underway), and g', w = x_t . g' for the node m without gates, the functions f_0, ...,
     f_p of the time add to v more and
   more of what m may still send on; f_0 = v bounds s_j. `one` is 1.

   Glossary
     q            (D g)_m / leave_m, how much of what leaves m can reach j from there
     share p i    i / p
     rate_of i    beta_i = (p - i) leave_m + i leave_j
     level i t    f_i(t) = v(t) + (i / p) q w(t)
     e i          the i-th level, a bound of f_i(t) for all t >= T *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems facts region_tails region_gates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Levels.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s j m : 'I_n.+1) (T p : nat) (later : pred 'I_n.+1).
Variables (g g' U : 'I_n.+1 -> R) (e : nat -> R).

Definition passing_share : R := onto D g m / leave D m.
Definition rate_of (i : nat) : R := (p - i)%:R * leave D m + i%:R * leave D j.
Definition level (i t : nat) : R := weighed D s t g + i%:R / p%:R * passing_share * weighed D s t g'.

Hypothesis D_ge0 : nonnegative D.
Hypothesis p_gt0 : (0 < p)%N.
Hypothesis leave_j : 0 < leave D j.
Hypothesis leave_m : 0 < leave D m.
Hypothesis g_gated : gated D (pred1 m) j g.
Hypothesis U_bounds : gate_bounds D s T (pred1 m) later j g U.
(* Where nothing passes the gate, nothing is asked of g': a node of a pair may be the feeder. *)
Hypothesis g'_reach : 0 < onto D g m -> gated D pred0 m g'.

Local Notation q := passing_share.
Local Notation G := (underway (pred1 m) later j g U).
Local Notation v t := (weighed D s t g).
Local Notation w t := (weighed D s t g').
Local Notation sj t := (signal_from D s t j).
Local Notation sm t := (signal_from D s t m).

Let q_ge0 : 0 <= q.
Proof. by rewrite divr_ge0 ?(ltW leave_m) // (onto_ge0 D_ge0 g_gated). Qed.

Let v_step t : v t.+1 <= v t - leave D j * sj t + q * (leave D m * sm t).
Proof.
apply: le_trans (gated_step s D_ge0 g_gated t) _; rewrite big_pred1_eq ler_add2l /passing_share.
by rewrite mulrA mulfVK ?gt_eqF // mulrC.
Qed.

Let s_rest t : (T <= t)%N -> v t - G <= sj t.
Proof. exact: (gated_rest g_gated U_bounds). Qed.

Let w_step t : q * w t.+1 <= q * w t - q * (leave D m * sm t).
Proof.
have [/g'_reach g'_gated|/(conj (onto_ge0 D_ge0 g_gated m))/andP/le_anti q0] := ltP 0 (onto D g m); last first.
  by rewrite /passing_share -q0 !mul0r subr0.
rewrite -mulrBr ler_wpmul2l //; have := gated_step s D_ge0 g'_gated t.
by rewrite big_pred0 ?addr0.
Qed.

Let w_signal t : q * sm t <= q * w t.
Proof.
have [/g'_reach g'_gated|/(conj (onto_ge0 D_ge0 g_gated m))/andP/le_anti q0] := ltP 0 (onto D g m); last first.
  by rewrite /passing_share -q0 !mul0r.
by rewrite ler_wpmul2l //; apply: gated_signal g'_gated t.
Qed.

(* f_i(t+1) <= (1 - leave_j - beta_i) f_i(t) + beta_i f_{i+1}(t) + leave_j G *)
Lemma level_step i t : (i < p)%N -> (T <= t)%N ->
  level i t.+1 <= (1 - leave D j - rate_of i) * level i t + rate_of i * level i.+1 t + leave D j * G.
Proof.
move=> lt_ip le_t; have p_neq0 : p%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
have part_ge0 : 0 <= (i%:R / p%:R : R) by rewrite divr_ge0 ?ler0n.
have rest_ge0 : 0 <= 1 - i%:R / p%:R :> R.
  by rewrite subr_ge0 ler_pdivr_mulr ?ltr0n // mul1r ler_nat ltnW.
have w_next := ler_wpmul2l part_ge0 (w_step t).
have passes := ler_wpmul2l rest_ge0 (ler_wpmul2l (ltW leave_m) (w_signal t)).
have rests := ler_wpmul2l (ltW leave_j) (s_rest le_t).
have := ler_add (ler_add (v_step t) w_next) (ler_add passes rests).
rewrite -subr_ge0 => total; rewrite -subr_ge0; congr (0 <= _): total.
rewrite /level /rate_of -[i.+1]addn1 natrD natrB ?(ltnW lt_ip) //; field.
exact: p_neq0.
Qed.

Lemma last_level_decreases t : level p t.+1 <= level p t.
Proof.
have p_neq0 : p%:R != 0 :> R by rewrite pnatr_eq0 -lt0n.
rewrite /level mulfV // !mul1r; apply: le_trans (ler_add (v_step t) (w_step t)) _.
rewrite addrACA -subr_ge0; have -> : v t + q * w t - (v t - leave D j * sj t + q * w t +
  (q * (leave D m * sm t) - q * (leave D m * sm t))) = leave D j * sj t by ring.
by rewrite mulr_ge0 ?(ltW leave_j) ?signal_ge0.
Qed.

(* Levels that start high enough, and do not move up, bound the signal of node j by the first of them. *)
Theorem below_levels :
    (forall i, (i <= p)%N -> v T + i%:R / p%:R * q * w T <= e i) ->
    (forall i, (i < p)%N -> rate_of i * (e i.+1 - e i) - leave D j * e i + leave D j * G <= 0) ->
    (forall i, (i < p)%N -> leave D j + rate_of i - 1 <= 0) ->
  bounded D s T j (e 0%N).
Proof.
move=> start stays slow.
have levels t : (T <= t)%N -> forall i, (i <= p)%N -> level i t <= e i.
  move: t; apply: later_steps => [|t le_t IH i]; first exact: start.
  rewrite leq_eqVlt => /orP[/eqP->|lt_ip]; first exact: le_trans (last_level_decreases t) (IH p (leqnn p)).
  apply: le_trans (level_step lt_ip le_t) _.
  have rate_ge0 : 0 <= rate_of i by rewrite addr_ge0 // mulr_ge0 ?ler0n ?ltW.
  have keep_ge0 : 0 <= 1 - leave D j - rate_of i by rewrite -addrA -opprD subr_ge0 -subr_le0 slow.
  have here := ler_wpmul2l keep_ge0 (IH i (ltnW lt_ip)).
  have next := ler_wpmul2l rate_ge0 (IH i.+1 lt_ip).
  have := ler_add (ler_add here next) (stays i lt_ip).
  rewrite -subr_ge0 => total; rewrite -subr_ge0; congr (0 <= _): total; ring.
move=> t le_t; apply: le_trans (gated_signal s D_ge0 g_gated t) _.
by have := levels t le_t 0%N (leq0n p); rewrite /level !mul0r addr0.
Qed.

End Levels.
