(* Inequalities between powers, of numbers only: what the mixing bounds need and the field does not offer.

   Glossary
     bernoulli     1 + t x <= (1 + x)^t for x >= -1
     power_below   in a field without infinitesimals (archiFieldType) powers of a number below one fall below any eps *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Powers.
Variable R : realFieldType.
Implicit Types (x y : R) (t : nat).

Lemma bernoulli x t : -1 <= x -> 1 + t%:R * x <= (1 + x) ^+ t.
Proof.
move=> x_ge; have x1 : 0 <= 1 + x by rewrite addrC -ler_subl_addr sub0r.
elim: t => [|t IH]; first by rewrite mul0r addr0 expr0.
rewrite exprS; apply: le_trans (ler_wpmul2l x1 IH).
rewrite -subr_ge0; have -> : (1 + x) * (1 + t%:R * x) - (1 + t.+1%:R * x) = t%:R * x ^+ 2.
  by rewrite mulrSr; ring.
by rewrite mulr_ge0 ?ler0n ?sqr_ge0.
Qed.

End Powers.

Lemma power_below (R : archiFieldType) (x eps : R) : 0 <= x -> x < 1 -> 0 < eps -> exists t, x ^+ t <= eps.
Proof.
move=> x0 x1 e0; have [->|x_neq0] := eqVneq x 0; first by exists 1%N; rewrite expr1 ltW.
have xpos : 0 < x by rewrite lt_neqAle eq_sym x_neq0.
pose d := x^-1 - 1; have d0 : 0 < d by rewrite subr_gt0 invf_gt1.
pose t := Num.bound (eps^-1 / d); exists t.
have t_large : eps^-1 <= t%:R * d.
  by rewrite -ler_pdivr_mulr // ltW // archi_boundP // divr_ge0 // ?invr_ge0 ltW.
rewrite -(invrK eps) -[x ^+ t]invrK -exprVn lef_pinv ?posrE ?invr_gt0 ?exprn_gt0 ?invr_gt0 //.
have -> : x^-1 = 1 + d by rewrite /d addrC subrK.
apply: (le_trans t_large); apply: le_trans (bernoulli t _); first by rewrite ler_addr ler01.
by rewrite (le_trans _ (ltW d0)) // oppr_le0 ler01.
Qed.
