(* Facts of kind recurrence (src/certificate/FORMAT.md, section 4): a signal that tends to phi from below, in the end as
   a sum of powers of roots in (0, 1).

   Glossary
     reduced rho a   the sequence a_{t+1} - rho a_t
     reductions      the same with one root after the other
     applied p a t   the sum of p_i a_{t+i}. By the theorem of Cayley and Hamilton it is zero for the signal and the
                     characteristic polynomial, so a constant for phi minus the signal and for what this reduces to:
                     as many zeros as there are nodes, and one more, are zeros for ever. That the rows sum to 1, as the
                     format asks too, is not needed. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems facts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Recurrences.
Variable R : comRingType.
Implicit Types (a : nat -> R) (p : {poly R}) (rho : R).

(* p applied to the sequence a, the variable being the shift. *)
Definition applied p a (t : nat) : R := \sum_(i < size p) p`_i * a (t + i)%N.
Definition reduced rho a (t : nat) : R := a t.+1 - rho * a t.

Lemma applied_reduced p a rho t : applied p (reduced rho a) t = applied p a t.+1 - rho * applied p a t.
Proof.
rewrite /applied /reduced mulr_sumr -sumrB; apply: eq_bigr => i _.
by rewrite addSn; ring.
Qed.

(* A sequence to which a monic polynomial applies as a constant is zero if it is so for as many steps as the size. *)
Lemma applied_constant_zero p a c T : p \is monic -> (forall t, applied p a t = c) ->
  (forall i, (i < size p)%N -> a (T + i)%N = 0) -> forall t, a (T + t)%N = 0.
Proof.
move=> /monicP monic_p pa zero t.
have c0 : c = 0 by rewrite -(pa T) /applied big1 // => i _; rewrite zero ?mulr0.
suff: forall m i, (i < m)%N -> a (T + i)%N = 0 by apply; apply: ltnSn.
elim=> // m IH i; rewrite ltnS => le_im; have [/IH //|ge_im] := ltnP i m.
have {i le_im ge_im}-> : i = m by apply/eqP; rewrite eqn_leq le_im.
have [/zero //|] := ltnP m (size p); case e: (size p) => [|k].
  by move: monic_p; rewrite lead_coefE nth_default ?e // => /esym/eqP; rewrite oner_eq0.
move=> lt_km; have le_km := ltnW lt_km.
have := pa (T + (m - k))%N; rewrite c0 /applied e big_ord_recr /= big1 => [|i _].
  by move: monic_p; rewrite lead_coefE e /= => ->; rewrite add0r mul1r -addnA subnK.
by rewrite -addnA IH ?mulr0 // -[X in (_ < X)%N](subnK le_km) ltn_add2l.
Qed.

Fixpoint reductions (roots : seq R) a : nat -> R :=
  if roots is rho :: roots' then reductions roots' (reduced rho a) else a.

Lemma applied_reductions p roots a c : (forall t, applied p a t = c) ->
  exists c', forall t, applied p (reductions roots a) t = c'.
Proof.
elim: roots a c => [|rho roots IH] a c pa /=; first by exists c.
by apply: (IH _ (c - rho * c)) => t; rewrite applied_reduced !pa.
Qed.
End Recurrences.

Section CayleyHamilton.
Variable R : comRingType.
Variable n : nat.

Lemma horner_mxE (D : 'M[R]_n.+1) (p : {poly R}) k l : horner_mx D p k l = \sum_(i < size p) p`_i * (D ^+ i) k l.
Proof.
rewrite -{1}[p]coefK poly_def rmorph_sum /= summxE; apply: eq_bigr => i _.
by rewrite linearZ /= rmorphX /= horner_mx_X mxE.
Qed.

(* The powers of a matrix obey the recurrence of its characteristic polynomial, and so do those subtracted from a
   constant, up to a constant. *)
Lemma char_poly_applied (D : 'M[R]_n.+1) s j phi :
  exists c, forall t, applied (char_poly D) (fun t => phi - (D ^+ t) s j) t = c.
Proof.
exists (\sum_(i < size (char_poly D)) (char_poly D)`_i * phi) => t.
have zero : \sum_(i < size (char_poly D)) (char_poly D)`_i * (D ^+ (t + i)) s j = 0.
  have := congr1 (fun M => (D ^+ t *m M) s j) (Cayley_Hamilton D).
  rewrite mulmx0 [X in _ = X]mxE mxE => e; rewrite -[RHS]e.
  under [RHS]eq_bigr do rewrite horner_mxE mulr_sumr.
  rewrite exchange_big; apply: eq_bigr => i _ /=.
  by rewrite exprD mxE mulr_sumr; apply: eq_bigr => k _; rewrite mulrCA.
rewrite /applied -[RHS]subr0 -[X in _ = _ - X]zero -sumrB.
by apply: eq_bigr => i _; rewrite mulrBr.
Qed.
End CayleyHamilton.

Section Recurrence.
Variable R : archiFieldType.
Implicit Types (a b : nat -> R) (rho : R) (roots : seq R) (T t : nat).

Definition vanishing a := forall eps, 0 < eps -> exists t, forall r, a (t + r)%N < eps.

(* If what a leaves of its multiple by rho is nonnegative and vanishes, then so does a. *)
Lemma reduced_nonnegative rho a T : 0 < rho -> 0 <= a T -> (forall t, 0 <= reduced rho a (T + t)) ->
  forall t, 0 <= a (T + t)%N.
Proof.
move=> rho_gt0 aT left; elim=> [|t IH]; first by rewrite addn0.
have := left t; rewrite /reduced subr_ge0 addnS; apply: le_trans.
by rewrite mulr_ge0 // ltW.
Qed.

Lemma reduced_positive rho a T : 0 < rho -> 0 < a T -> (forall t, 0 <= reduced rho a (T + t)) ->
  forall t, 0 < a (T + t)%N.
Proof.
move=> rho_gt0 aT left; elim=> [|t IH]; first by rewrite addn0.
have := left t; rewrite /reduced subr_ge0 addnS; apply: lt_le_trans.
by rewrite mulr_gt0.
Qed.

Lemma reduced_vanishing rho a : 0 < rho < 1 -> vanishing (reduced rho a) -> vanishing a.
Proof.
case/andP=> rho_gt0 rho_lt1 left eps eps_gt0; have gap : 0 < 1 - rho by rewrite subr_gt0.
have half : 0 < eps / 2%:R by rewrite divr_gt0 ?ltr0n.
have [t small] := left _ (mulr_gt0 gap half).
(* From the step t on, a is at most eps / 2 and a geometric rest. *)
pose rest := `|a t| + 1; have rest_gt0 : 0 < rest by rewrite ltr_paddl ?ltr01.
have bound r : a (t + r)%N <= eps / 2%:R + rho ^+ r * rest.
  elim: r => [|r IH].
    rewrite addn0 expr0 mul1r (le_trans (ler_norm _)) // /rest addrA -[leLHS]addr0 ler_add ?ler01 //.
    by rewrite ler_addr ltW.
  rewrite addnS; have := ltW (small r); rewrite /reduced ler_subl_addr => /le_trans; apply.
  have -> : eps / 2%:R + rho ^+ r.+1 * rest = (1 - rho) * (eps / 2%:R) + rho * (eps / 2%:R + rho ^+ r * rest).
    by rewrite exprS; ring.
  by rewrite ler_add2l ler_wpmul2l // ltW.
have [||r power] := @power_vanishes R rho (eps / 2%:R / rest).
- by rewrite ltW.
- by rewrite divr_gt0.
exists (t + r)%N => k; rewrite -addnA; apply: le_lt_trans (bound _) _.
rewrite [ltRHS](splitr eps) ltr_add2l; move: power; rewrite ltr_pdivl_mulr //; apply: le_lt_trans.
by rewrite ler_wpmul2r ?(ltW rest_gt0) // exprD ler_pimulr ?exprn_ge0 ?exprn_ile1 // ltW.
Qed.

Lemma reductions_nonnegative roots a T : all (fun rho => 0 < rho < 1) roots ->
    (forall i, (i < size roots)%N -> 0 <= reductions (take i roots) a T) ->
    (forall t, reductions roots a (T + t)%N = 0) ->
  (forall t, 0 <= a (T + t)%N) /\ vanishing a.
Proof.
elim: roots a => [|rho roots IH] a /=.
  move=> _ _ zero; split=> [t|eps eps_gt0]; first by rewrite zero.
  by exists T => r; rewrite zero.
case/andP=> rho_in all_in nonneg zero.
have [|left vanish] := IH (reduced rho a) all_in _ zero; first by move=> i lt_i; apply: (nonneg i.+1).
split; last exact: reduced_vanishing vanish.
by apply: (@reduced_nonnegative rho); [case/andP: rho_in | apply: (nonneg 0%N) |].
Qed.

Variable n : nat.

(* Kind recurrence. *)
Theorem recurrence_supremum (D : 'M[R]_n.+1) s j first horizon phi roots :
    (first <= horizon)%N -> all (fun rho => 0 < rho < 1) roots ->
    let a t := phi - signal_from D s t j in
    (forall t, (first <= t <= horizon)%N -> 0 < a t) ->
    (forall i, (0 < i < size roots)%N -> 0 <= reductions (take i roots) a horizon) ->
    (forall t, (horizon <= t <= horizon + n.+1)%N -> reductions roots a t = 0) ->
  decided first (fun t => signal_from D s t j) phi false.
Proof.
move=> le_first roots_in a positive nonneg zero.
have [c char_a] := char_poly_applied D s j phi.
have [c' {char_a}/applied_constant_zero char_r] := applied_reductions roots char_a.
have {zero char_r} zero : forall t, reductions roots a (horizon + t)%N = 0.
  apply: char_r (char_poly_monic D) _ => i; rewrite size_char_poly ltnS => le_i.
  by apply: zero; rewrite leq_addr leq_add2l.
have a_T : 0 < a horizon by apply: positive; rewrite le_first leqnn.
have nonneg0 i : (i < size roots)%N -> 0 <= reductions (take i roots) a horizon.
  by case: i => [_|i lt_i]; [rewrite take0 ltW | apply: nonneg].
have [a_ge0 vanish] := reductions_nonnegative roots_in nonneg0 zero.
have a_gt0 t : (first <= t)%N -> 0 < a t.
  move=> le_t; have [t_le|/ltnW t_ge] := leqP t horizon; first by apply: positive; rewrite le_t.
  rewrite -(subnKC t_ge); clear nonneg.
  case: roots roots_in nonneg0 zero => [_ _ /(_ 0%N)|rho roots /= /andP[rho_in all_in]].
    by rewrite /= addn0 => e; move: a_T; rewrite e ltxx.
  move=> nonneg1 zero; apply: (@reduced_positive rho) => //; first by case/andP: rho_in.
  have [|//] := @reductions_nonnegative roots (reduced rho a) horizon all_in _ zero.
  by move=> i lt_i; apply: (nonneg1 i.+1).
split; last by split=> // -[t /a_gt0]; rewrite /a subr_gt0 => + e; rewrite e ltxx.
split=> [t /a_gt0|u u_lt]; first by rewrite subr_gt0 => /ltW.
have [|t small] := vanish (phi - u); first by rewrite subr_gt0.
by exists (t + first)%N; [rewrite leq_addl | move: (small first); rewrite /a ltr_add2l ltr_opp2].
Qed.

End Recurrence.
