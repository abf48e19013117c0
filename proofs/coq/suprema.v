(* Suprema of sequences: maxima, limits, and sequences that vanish.

   Glossary (supremum and attained are those of systems.v)
     vanishes f      f tends to 0: below every positive number from some time on
   A sequence that vanishes and is positive somewhere has a maximum. Limits need an Archimedean field: without that
   property 1 - 2^-t has no supremum. *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Suprema.
Variable R : realFieldType.
Implicit Types (f g : nat -> R) (u v : R) (first t : nat).

Lemma supremum_unique first f u v : supremum first f u -> supremum first f v -> u = v.
Proof.
move=> [leu ltu] [lev ltv]; apply/eqP; rewrite eq_le !leNgt; apply/andP; split; apply/negP.
  by move=> /ltu[t /lev le_ft]; rewrite ltNge le_ft.
by move=> /ltv[t /leu le_ft]; rewrite ltNge le_ft.
Qed.

Lemma supremum_of_maximum first f v t :
  (first <= t)%N -> f t = v -> (forall s, (first <= s)%N -> f s <= v) -> supremum first f v.
Proof. by move=> le_t ftv bound; split=> // u; rewrite -ftv => lt_u; exists t. Qed.

Lemma supremum_at_least first f v t : supremum first f v -> (first <= t)%N -> f t <= v.
Proof. by case=> bound _; apply: bound. Qed.

Lemma supremum_at_most first f u v : supremum first f v -> (forall t, (first <= t)%N -> f t <= u) -> v <= u.
Proof.
move=> [_ approach] bound; rewrite leNgt; apply/negP => /approach[t /bound le_ft].
by rewrite ltNge le_ft.
Qed.

Lemma supremum_ext first f g v : f =1 g -> supremum first f v -> supremum first g v.
Proof.
move=> eq_fg [bound approach]; split=> [t /bound|u /approach[t le_t]]; first by rewrite eq_fg.
by rewrite eq_fg; exists t.
Qed.

Lemma attained_ext first f g v : f =1 g -> attained first f v -> attained first g v.
Proof. by move=> eq_fg [t le_t ftv]; exists t; rewrite -?eq_fg. Qed.

(* The first time matters only where the value at time 0 is above all others. *)
Lemma supremum_from_zero f v : 0 <= f 1%N -> f 0%N <= 0 -> supremum 0 f v <-> supremum 1 f v.
Proof.
move=> f1 f0; split=> -[bound approach].
  split=> [t _|u lt_uv]; first exact: bound.
  have [[|t] _ lt_uf] := approach _ lt_uv; last by exists t.+1.
  by exists 1%N => //; apply: lt_le_trans lt_uf (le_trans f0 f1).
split=> [[|t] _|u /approach[t _ lt_uf]]; [| exact: bound | by exists t].
exact: le_trans f0 (le_trans f1 (bound _ _)).
Qed.

Lemma supremum_shift first f c v : supremum first (fun t => f t - c) v -> supremum first f (v + c).
Proof.
move=> [bound approach]; split=> [t /bound|x]; first by rewrite ler_subl_addr.
rewrite -ltr_subl_addr => /approach[t le_t]; rewrite ltr_add2r => lt_x; by exists t.
Qed.

Definition vanishes f := forall eps, 0 < eps -> exists N, forall t, (N <= t)%N -> `|f t| < eps.

Lemma vanishes_below f g : (forall t, `|f t| <= g t) -> vanishes g -> vanishes f.
Proof.
move=> le_fg van_g eps /van_g[N small]; exists N => t /small; apply: le_lt_trans.
exact: le_trans (le_fg t) (ler_norm _).
Qed.

Lemma vanishes_flip f c : vanishes (fun t => f t - c) -> vanishes (fun t => c - f t).
Proof. by move=> van eps /van[N small]; exists N => t /small; rewrite distrC. Qed.

(* A bound that is approached is a supremum. *)
Lemma supremum_of_limit first f v :
  (forall t, (first <= t)%N -> f t <= v) -> vanishes (fun t => v - f t) -> supremum first f v.
Proof.
move=> bound van; split=> // u lt_uv.
have [|N small] := van (v - u); first by rewrite subr_gt0.
exists (maxn first N); rewrite ?leq_maxl //; move: (small _ (leq_maxr first N)).
by move=> /(le_lt_trans (ler_norm _)); rewrite ltr_add2l ltr_opp2.
Qed.

Lemma monotone_below_limit f v :
  (forall s t, (s <= t)%N -> f s <= f t) -> vanishes (fun t => v - f t) -> forall t, f t <= v.
Proof.
move=> mono van t; rewrite leNgt; apply/negP => lt_vf.
have [|N small] := van (f t - v); first by rewrite subr_gt0.
move: (small _ (leq_maxr t N)); rewrite distrC => /(le_lt_trans (ler_norm _)).
by rewrite ltr_add2r ltNge mono ?leq_maxl.
Qed.

(* A sequence that vanishes and is positive somewhere has a maximum, taken at finitely many times. *)
Lemma maximum_of_vanishing first f T :
  vanishes f -> (first <= T)%N -> 0 < f T ->
  exists v, [/\ supremum first f v, attained first f v & exists N, forall t, (N <= t)%N -> f t < v].
Proof.
move=> van le_T fT; have [N small] := van _ fT.
pose M := (maxn N T).+1; have lt_T : (T < M)%N by rewrite ltnS leq_maxr.
case: (@Order.TotalTheory.arg_maxP _ _ _ (Ordinal lt_T) (fun s : 'I_M => first <= s)%N (fun s => f s)) => //=.
move=> m le_m max_m.
have fTm : f T <= f m by apply: (max_m (Ordinal lt_T)).
have late t : (N <= t)%N -> f t < f m.
  by move=> /small /(le_lt_trans (ler_norm _)) lt_f; apply: lt_le_trans lt_f fTm.
exists (f m); split; [|by exists m|by exists N].
apply: (@supremum_of_maximum _ _ _ m) => // t le_t; case: (ltnP t M) => [lt_t|le_Mt].
  exact: (max_m (Ordinal lt_t)).
apply/ltW/late; apply: leq_trans le_Mt; exact/leqW/leq_maxl.
Qed.
End Suprema.

Section Geometric.
Variable R : archiFieldType.
Implicit Types (c rho : R).

(* Bernoulli's inequality. *)
Lemma geometric_below_harmonic (F : realFieldType) (rho : F) t :
  0 <= rho <= 1 -> rho ^+ t * (1 + t%:R * (1 - rho)) <= 1.
Proof.
move=> /andP[rho0 rho1]; elim: t => [|t IH]; first by rewrite expr0 mul0r addr0 mul1r.
apply: le_trans IH; rewrite exprSr -mulrA ler_wpmul2l ?exprn_ge0 // -subr_ge0.
have -> : 1 + t%:R * (1 - rho) - rho * (1 + t.+1%:R * (1 - rho)) = (1 - rho) ^+ 2 * t.+1%:R.
  by rewrite -addn1 natrD; ring.
by rewrite mulr_ge0 ?ler0n ?exprn_ge0 ?subr_ge0.
Qed.

Lemma geometric_vanishes c rho : 0 <= rho -> rho < 1 -> vanishes (fun t => c * rho ^+ t).
Proof.
move=> rho0 rho1 eps eps0; have gap : 0 < 1 - rho by rewrite subr_gt0.
pose N := Num.bound (`|c| / (eps * (1 - rho))); exists N => t le_Nt.
rewrite normrM (ger0_norm (exprn_ge0 t rho0)).
have small : `|c| < eps * (1 + t%:R * (1 - rho)).
  have : `|c| / (eps * (1 - rho)) < t%:R.
    apply: lt_le_trans (archi_boundP _) _; last by rewrite ler_nat.
    by rewrite divr_ge0 ?normr_ge0 ?mulr_ge0 ?ltW.
  rewrite ltr_pdivr_mulr ?mulr_gt0 // => /lt_trans; apply.
  rewrite -subr_gt0; have -> : eps * (1 + t%:R * (1 - rho)) - t%:R * (eps * (1 - rho)) = eps by ring.
  exact: eps0.
have [->|rhot] := eqVneq (rho ^+ t) 0; first by rewrite mulr0.
have rhot0 : 0 < rho ^+ t by rewrite lt0r rhot exprn_ge0.
apply: lt_le_trans (_ : eps * (1 + t%:R * (1 - rho)) * rho ^+ t <= _); first by rewrite ltr_pmul2r.
rewrite -mulrA -[X in _ <= X]mulr1 ler_pmul2l // mulrC.
by apply: geometric_below_harmonic; rewrite rho0 ltW.
Qed.

(* Halving beats squaring. *)
Lemma halved_squares_vanish : vanishes (fun t => (t%:R + 1) ^+ 2 * (2%:R^-1 : R) ^+ t).
Proof.
pose rho : R := 8%:R / 9%:R; pose q : R := 3%:R / 4%:R.
have rho0 : 0 <= rho by rewrite divr_ge0 ?ler0n.
have rho1 : rho < 1 by rewrite ltr_pdivr_mulr ?ltr0n // mul1r ltr_nat.
have q0 : 0 <= q by rewrite divr_ge0 ?ler0n.
have q1 : q <= 1 by rewrite ler_pdivr_mulr ?ltr0n // mul1r ler_nat.
apply: vanishes_below (geometric_vanishes 16%:R rho0 rho1) => t.
have bernoulli : (t%:R + 1) * q ^+ t <= 4%:R.
  rewrite mulrC; apply: le_trans (_ : q ^+ t * (4%:R * (1 + t%:R * (1 - q))) <= _).
    rewrite ler_wpmul2l ?exprn_ge0 //.
    have -> : 4%:R * (1 + t%:R * (1 - q)) = t%:R + 4%:R by rewrite /q; field.
    by rewrite ler_add2l ler1n.
  by rewrite mulrCA ler_pimulr ?ler0n // geometric_below_harmonic // q0.
have -> : 2%:R^-1 = q * q * rho :> R by rewrite /q /rho; field.
have T0 : 0 <= t%:R + 1 :> R by rewrite addr_ge0 ?ler0n ?ler01.
rewrite ger0_norm; last by apply: mulr_ge0; apply: exprn_ge0; rewrite // (mulr_ge0 (mulr_ge0 q0 q0) rho0).
rewrite (exprMn t (q * q) rho) (exprMn t q q) mulrA ler_wpmul2r ?exprn_ge0 //.
have -> : (t%:R + 1) ^+ 2 * (q ^+ t * q ^+ t) = ((t%:R + 1) * q ^+ t) ^+ 2 by rewrite expr2; ring.
have -> : 16%:R = 4%:R ^+ 2 :> R by ring.
by rewrite ler_expn2r ?nnegrE ?mulr_ge0 ?exprn_ge0 ?ler0n.
Qed.
End Geometric.
