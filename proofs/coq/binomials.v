(* Binomial laws with equal chances: C(t, d)/2^t, its greatest value over t, and its tails.

   Glossary
     binomial_half t d      C(t, d)/2^t, the probability of d heads in t tosses of a fair coin
     central d              C(2d, d)/4^d, its value at t = 2d
     binomial_tail t m      P(Bin(t, 1/2) < m) *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems suprema.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Counts.
Implicit Types (t d : nat).
Local Open Scope nat_scope.

Lemma next_binomial t d : (t.+1 - d) * 'C(t.+1, d) = t.+1 * 'C(t, d).
Proof. by rewrite -mul_bin_down. Qed.

(* From t = 2d on the binomial coefficient less than doubles, before that it more than doubles. *)
Lemma binomial_at_most_doubles t d : 2 * d <= t.+1 -> 'C(t.+1, d) <= 2 * 'C(t, d).
Proof.
move=> late; have pos : 0 < t.+1 - d by lia.
rewrite -(leq_pmul2l pos) next_binomial mulnCA mulnA leq_mul2r; apply/orP; right; lia.
Qed.

Lemma binomial_at_least_doubles t d : t.+1 <= 2 * d -> 2 * 'C(t, d) <= 'C(t.+1, d).
Proof.
move=> early; case: (leqP d t) => [le_dt|lt_td]; last by rewrite bin_small.
have pos : 0 < t.+1 - d by lia.
rewrite -(leq_pmul2l pos) next_binomial mulnCA mulnA leq_mul2r; apply/orP; right; lia.
Qed.

Lemma binomial_less_than_doubles d : 'C((2 * d).+1, d) < 2 * 'C(2 * d, d).
Proof.
have C_pos : 0 < 'C(2 * d, d) by rewrite bin_gt0 leq_pmull.
have pos : 0 < (2 * d).+1 - d by lia.
rewrite -(ltn_pmul2l pos) next_binomial mulnCA mulnA ltn_mul2r C_pos /=; lia.
Qed.

Lemma binomial_more_than_doubles d : 2 * 'C(2 * d, d.+1) < 'C((2 * d).+1, d.+1).
Proof.
have [->|d_pos] := posnP d; first by [].
have C_pos : 0 < 'C(2 * d, d.+1) by rewrite bin_gt0; lia.
have pos : 0 < (2 * d).+1 - d.+1 by lia.
rewrite -(ltn_pmul2l pos) next_binomial mulnCA mulnA ltn_mul2r C_pos /=; lia.
Qed.

Lemma binomial_doubles_at_peak d : 0 < d -> 'C(2 * d, d) = 2 * 'C((2 * d).-1, d).
Proof.
case: d => // d _; rewrite mulnS addSn /=; apply/eqP.
by rewrite eqn_leq binomial_at_most_doubles ?binomial_at_least_doubles; lia.
Qed.

(* (d + 1) C(2d + 2, d + 1) = 2 (2d + 1) C(2d, d) *)
Lemma next_central_binomial d : d.+1 * 'C(2 * d.+1, d.+1) = 2 * ((2 * d).+1 * 'C(2 * d, d)).
Proof.
rewrite binomial_doubles_at_peak // mulnS addSn /= mulnCA; congr (2 * _).
by rewrite -mul_bin_diag.
Qed.
End Counts.

Section Probabilities.
Variable R : realFieldType.
Implicit Types (t d m : nat).

Definition binomial_half t d : R := 'C(t, d)%:R / 2%:R ^+ t.
Definition central d : R := 'C(2 * d, d)%:R / 4%:R ^+ d.
Definition binomial_tail t m : R := \sum_(k < m) binomial_half t k.

Lemma two_neq0 : 2%:R != 0 :> R.
Proof. by rewrite pnatr_eq0. Qed.

Lemma power_of_two_gt0 t : 0 < 2%:R ^+ t :> R.
Proof. by rewrite exprn_gt0 ?ltr0n. Qed.

Lemma binomial_half_start d : binomial_half 0 d = (d == 0%N)%:R.
Proof. by rewrite /binomial_half bin0n expr0 divr1. Qed.

Lemma binomial_half0 t : binomial_half t 0 = (2%:R ^+ t)^-1.
Proof. by rewrite /binomial_half bin0 mul1r. Qed.

(* Pascal's rule. *)
Lemma binomial_half_next t d :
  binomial_half t.+1 d.+1 = (binomial_half t d.+1 + binomial_half t d) / 2%:R.
Proof. by rewrite /binomial_half binS natrD exprSr invfM mulrA mulrDl. Qed.

Lemma binomial_half_next0 t : binomial_half t.+1 0 = binomial_half t 0 / 2%:R.
Proof. by rewrite !binomial_half0 exprSr invfM. Qed.

Lemma binomial_half_ge0 t d : 0 <= binomial_half t d.
Proof. by rewrite divr_ge0 ?exprn_ge0 ?ler0n. Qed.

Lemma centralE d : central d = binomial_half (2 * d) d.
Proof. by rewrite /central /binomial_half exprM -[2%:R ^+ 2]natrX. Qed.

Lemma binomial_half_falls t d : (2 * d <= t.+1)%N -> binomial_half t.+1 d <= binomial_half t d.
Proof.
move=> late; rewrite ler_pdivr_mulr ?power_of_two_gt0 // exprSr mulrA mulrAC mulrAC.
rewrite divfK ?gt_eqF ?power_of_two_gt0 // -natrM ler_nat mulnC; exact: binomial_at_most_doubles.
Qed.

Lemma binomial_half_rises t d : (t.+1 <= 2 * d)%N -> binomial_half t d <= binomial_half t.+1 d.
Proof.
move=> early; rewrite ler_pdivl_mulr ?power_of_two_gt0 // exprSr mulrA mulrAC mulrAC.
rewrite divfK ?gt_eqF ?power_of_two_gt0 // -natrM ler_nat mulnC; exact: binomial_at_least_doubles.
Qed.

Lemma binomial_half_antitone s t d : (2 * d <= s.+1)%N -> (s <= t)%N -> binomial_half t d <= binomial_half s d.
Proof.
move=> late /subnKC <-; elim: (t - s)%N => [|k IH]; first by rewrite addn0.
rewrite addnS (le_trans _ IH) // binomial_half_falls // (leq_trans late) //.
by rewrite ltnS leq_addr.
Qed.

Lemma binomial_half_monotone s t d : (t <= 2 * d)%N -> (s <= t)%N -> binomial_half s d <= binomial_half t d.
Proof.
move=> early le_st; rewrite -(subnKC le_st) in early *.
elim: (t - s)%N early => [|k IH]; first by rewrite addn0.
by rewrite addnS => early; apply: le_trans (IH (ltnW early)) (binomial_half_rises early).
Qed.

Lemma binomial_half_at_most_central t d : binomial_half t d <= central d.
Proof.
rewrite centralE; case: (leqP (2 * d) t) => [le_dt|/ltnW le_td]; first exact: binomial_half_antitone.
exact: binomial_half_monotone.
Qed.

Lemma binomial_half_before_peak d : (0 < d)%N -> binomial_half (2 * d).-1 d = central d.
Proof.
move=> pos; have pos2 : (0 < 2 * d)%N by rewrite muln_gt0.
rewrite centralE; apply/le_anti; rewrite -centralE binomial_half_at_most_central /= centralE.
by rewrite -{1}(prednK pos2) binomial_half_falls // prednK.
Qed.

(* At no other times is the value as great. *)
Theorem binomial_half_peaks t d : (0 < d)%N ->
  binomial_half t d = central d <-> t = (2 * d).-1 \/ t = (2 * d)%N.
Proof.
case: d => // d _; split=> [peak|[->|->]]; [|exact: binomial_half_before_peak|by rewrite centralE].
case: (ltngtP t (2 * d.+1)) => [|late|->]; [|exfalso|by right]; last first.
  have : binomial_half t d.+1 <= binomial_half (2 * d.+1).+1 d.+1.
    by apply: binomial_half_antitone late; apply: leqW (leqnSn _).
  rewrite peak centralE leNgt; apply/negP; rewrite negbK.
  rewrite ltr_pdivr_mulr ?power_of_two_gt0 // exprSr mulrA divfK ?gt_eqF ?power_of_two_gt0 // -natrM ltr_nat.
  by rewrite [('C(_, _) * _)%N]mulnC binomial_less_than_doubles.
rewrite mulnS addSn ltnS /= leq_eqVlt => /orP[/eqP->|early]; [by left | exfalso].
have : binomial_half t d.+1 <= binomial_half (2 * d) d.+1.
  by apply: binomial_half_monotone; rewrite ?leq_mul2l ?leqnSn ?orbT.
rewrite peak -binomial_half_before_peak // mulnS addSn /= leNgt; apply/negP; rewrite negbK.
rewrite ltr_pdivl_mulr ?power_of_two_gt0 // exprSr mulrA divfK ?gt_eqF ?power_of_two_gt0 // -natrM ltr_nat.
by rewrite [('C(_, _) * _)%N]mulnC binomial_more_than_doubles.
Qed.

Lemma central_next d : central d.+1 = central d * ((2 * d).+1%:R / (2 * d).+2%:R).
Proof.
rewrite /central.
have key : d.+1%:R * 'C(2 * d.+1, d.+1)%:R = 2%:R * ((2 * d).+1%:R * 'C(2 * d, d)%:R) :> R.
  by rewrite -!natrM next_central_binomial.
have dpos : d.+1%:R != 0 :> R by rewrite pnatr_eq0.
have -> : 'C(2 * d.+1, d.+1)%:R = 2%:R * ((2 * d).+1%:R * 'C(2 * d, d)%:R) / d.+1%:R :> R.
  by rewrite -key mulrC mulKf.
have -> : (2 * d).+2%:R = 2%:R * d.+1%:R :> R by rewrite -natrM mulnS.
rewrite exprS; have : 4%:R ^+ d != 0 :> R by rewrite expf_neq0 // pnatr_eq0.
move: (4%:R ^+ d) (d.+1%:R) ('C(2 * d, d)%:R) dpos => p x c x0 p0.
by field; rewrite x0 p0.
Qed.

Lemma central0 : central 0 = 1.
Proof. by rewrite /central bin0 expr0 divr1. Qed.

Lemma central1 : central 1 = 2%:R^-1.
Proof. by rewrite central_next central0 mul1r div1r. Qed.

Lemma central_gt0 d : 0 < central d.
Proof. by rewrite divr_gt0 ?exprn_gt0 ?ltr0n // bin_gt0 leq_pmull. Qed.

Lemma central_decreases d e : (d <= e)%N -> central e <= central d.
Proof.
move=> /subnKC <-; elim: (e - d)%N => [|s IH]; first by rewrite addn0.
rewrite addnS central_next; apply: le_trans IH.
by rewrite ler_pimulr ?(ltW (central_gt0 _)) // ler_pdivr_mulr ?ltr0Sn // mul1r ler_nat.
Qed.

(* The order 1/sqrt(d). *)
Theorem central_between d :
  (0 < d)%N -> (4 * d)%:R^-1 <= central d ^+ 2 /\ central d ^+ 2 <= (3 * d + 1)%:R^-1.
Proof.
case: d => // d _; elim: d => [|d [low high]].
  by rewrite central1 expr2 -invfM -natrM.
rewrite central_next exprMn; move: (central d.+1 ^+ 2) low high => c low high.
rewrite -[(2 * d.+1).+2]addn2 -[(2 * d.+1).+1]addn1.
have -> : (4 * d.+2 = 4 * d.+1 + 4)%N by rewrite mulnS addnC.
have -> : (3 * d.+2 + 1 = 3 * d.+1 + 4)%N by rewrite mulnS -addnA addnC -addnA.
move: low high; rewrite !natrD !natrM; have : 0 < d.+1%:R :> R by rewrite ltr0Sn.
move: (d.+1%:R) => x x_gt0; have x_neq0 : x != 0 by rewrite gt_eqF.
have pos m k : (0 < m)%N -> 0 < m%:R * x + k%:R.
  by move=> m_gt0; rewrite ltr_spaddl ?mulr_gt0 ?ltr0n ?ler0n.
have neq m k : (0 < m)%N -> m%:R * x + k%:R != 0 by move=> /pos m_gt0; rewrite gt_eqF.
have pos1 m : (0 < m)%N -> 0 < m%:R * x + 1 by apply: (pos m 1%N).
have neq1 m : (0 < m)%N -> m%:R * x + 1 != 0 by apply: (neq m 1%N).
set q := _ / _ => low high; have q0 : 0 <= q ^+ 2 by rewrite sqr_ge0.
split.
  apply: le_trans (ler_wpmul2r q0 low); rewrite -subr_ge0 /q.
  have -> : (4%:R * x)^-1 * ((2%:R * x + 1) / (2%:R * x + 2%:R)) ^+ 2 - (4%:R * x + 4%:R)^-1
    = (4%:R * (x * (2%:R * x + 2%:R) ^+ 2))^-1.
    by field; rewrite x_neq0 !neq.
  by rewrite invr_ge0 ?mulr_ge0 ?exprn_ge0 ?ltW ?pos ?ltr0n.
apply: le_trans (ler_wpmul2r q0 high) _; rewrite -subr_ge0 /q.
have -> : (3%:R * x + 4%:R)^-1 - (3%:R * x + 1)^-1 * ((2%:R * x + 1) / (2%:R * x + 2%:R)) ^+ 2
  = x / ((3%:R * x + 1) * (3%:R * x + 4%:R) * (2%:R * x + 2%:R) ^+ 2).
  by field; rewrite !neq // neq1.
by rewrite divr_ge0 ?mulr_ge0 ?exprn_ge0 ?ltW ?pos1 ?pos.
Qed.

(* The tails: one toss more. *)
Lemma binomial_tail0 t : binomial_tail t 0 = 0.
Proof. by rewrite /binomial_tail big_ord0. Qed.

Lemma binomial_tail_start m : (0 < m)%N -> binomial_tail 0 m = 1.
Proof.
case: m => // m _; rewrite /binomial_tail big_ord_recl binomial_half_start big1 ?addr0 // => k _.
by rewrite binomial_half_start.
Qed.

Lemma binomial_tail_next t m :
  binomial_tail t.+1 m.+1 = (binomial_tail t m.+1 + binomial_tail t m) / 2%:R.
Proof.
elim: m => [|m IH].
  by rewrite binomial_tail0 addr0 /binomial_tail !big_ord_recl !big_ord0 !addr0 binomial_half_next0.
have tailS s l : binomial_tail s l.+1 = binomial_tail s l + binomial_half s l by rewrite /binomial_tail big_ord_recr.
rewrite tailS IH binomial_half_next -mulrDl; congr (_ / _).
by rewrite [in RHS](tailS t m.+1) [X in _ = _ + X](tailS t m) addrACA.
Qed.

Lemma binomial_tail_monotone t m l : (m <= l)%N -> binomial_tail t m <= binomial_tail t l.
Proof.
move=> /subnKC <-; elim: (l - m)%N => [|s IH]; first by rewrite addn0.
by rewrite addnS (le_trans IH) // /binomial_tail big_ord_recr /= ler_addl binomial_half_ge0.
Qed.

Lemma binomial_tail_gt0 t m : (0 < m)%N -> 0 < binomial_tail t m.
Proof.
case: m => // m _; rewrite /binomial_tail big_ord_recl ltr_spaddl ?sumr_ge0 // => [|k _].
  by rewrite binomial_half0 invr_gt0 power_of_two_gt0.
exact: binomial_half_ge0.
Qed.
End Probabilities.
