(* No side of the root of a piece is empty among the real numbers (src/certificate/REGION.md, section 2).

   Glossary
     begins_with, ends_with   for small z > 0 a polynomial has the sign of its lowest coefficient, for large z that of
                              its highest one
     side_inhabited           some weight b is on each side; at the root where R has the roots that real numbers have *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import exponential_bounds region_polynomials region_documents region_values region_check
  region_pieces region_sides.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Roots.
Variable R : realFieldType.
Implicit Types (b z : R) (p : polynomial) (l r : Q) (g : root) (c : comparison).

(* ---- Small and large numbers ---- *)

Definition sign_of c : R := match c with Lt => -1 | Eq => 0 | Gt => 1 end.
Lemma sign_ofP x c : 0 < sign_of c * x -> has_sign x c.
Proof. by case: c => /=; rewrite ?mul0r ?ltxx ?mulN1r ?oppr_gt0 ?mul1r. Qed.
Lemma sign_of_real a c : Z.compare a 0 = c -> sign_of c * real R a = `|real R a|.
Proof.
move=> <-; have := real_sign R a; case: Z.compare => /=.
- by move/eqP->; rewrite mulr0 normr0.
- by move=> lt0; rewrite mulN1r ltr0_norm.
by move=> gt0; rewrite mul1r gtr0_norm.
Qed.
Lemma sign_of_bound x y c : `|x| <= y -> - y <= sign_of c * x.
Proof.
move=> le_y; have [lo hi] : - y <= x /\ x <= y by apply/andP; rewrite -ler_norml.
by case: c; rewrite /= ?mulN1r ?ler_opp2 ?mul1r ?mul0r // oppr_le0; apply: le_trans le_y.
Qed.

Definition bound_of p : R := \sum_(a <- p) `|real R a|.
Lemma bound_ge0 p : 0 <= bound_of p.
Proof. by apply: sumr_ge0. Qed.
Lemma value_bounded z p : 0 <= z <= 1 -> `|value z p| <= bound_of p.
Proof.
case/andP=> z_ge0 z_le1; rewrite /bound_of; elim: p => [|a p IH]; first by rewrite big_nil normr0.
rewrite big_cons /=; apply: le_trans (ler_norm_add _ _) _; rewrite ler_add2l normrM (ger0_norm z_ge0).
by apply: le_trans IH; rewrite ler_pimull.
Qed.

Lemma no_changes z p : sign_changes p = [::] -> value z p = 0.
Proof.
elim: p => //= a p IH; case e: (Z.compare a 0) => /=; last 2 first.
- by case: sign_changes => [|[] ?].
- by case: sign_changes => [|[] ?].
by move=> /IH->; rewrite (Z.compare_eq _ _ e) mulr0 addr0.
Qed.
(* Where the first coefficient is not 0, its sign comes first; and it never comes last but alone. *)
Lemma first_change a p c rest : sign_changes (a :: p) = c :: rest ->
  (a <> Z0 /\ Z.compare a 0 = c) \/ a = Z0 /\ sign_changes p = c :: rest.
Proof.
have nonzero d : Z.compare a 0 = d -> d <> Eq -> a <> Z0 by move=> <- neq a0; rewrite a0 in neq.
rewrite /=; case e: (Z.compare a 0) (nonzero _ erefl) => nz; first by move=> ?; right; split=> //; apply: Z.compare_eq.
  by case: sign_changes => [|[] ?] [<-]; left; split=> //; apply: nz.
by case: sign_changes => [|[] ?] [<-]; left; split=> //; apply: nz.
Qed.
Lemma last_change a p x rest : sign_changes p = x :: rest -> last Eq (sign_changes (a :: p)) = last x rest.
Proof. by rewrite /= => ->; case: Z.compare => //; case: x. Qed.

Lemma begins_with p c rest : sign_changes p = c :: rest -> exists2 z : R, 0 < z & has_sign (value z p) c.
Proof.
suff small : sign_changes p = c :: rest -> exists2 e : R, 0 < e & forall z, 0 < z <= e -> 0 < sign_of c * value z p.
  by move=> /small[e e_gt0 all]; exists e => //; apply/sign_ofP/all; rewrite e_gt0 lexx.
elim: p => // a p IH /first_change[[a_neq0 sign_a]|[-> /IH[e e_gt0 small]]]; last first.
  by exists e => // z z_in; rewrite /= exponential_bounds.real0 add0r mulrCA mulr_gt0 ?small //; case/andP: z_in.
have a_gt0 : 0 < `|real R a| by rewrite normr_gt0 (real_eq R a Z0); apply/negP => /Z.eqb_spec.
have B_gt0 : 0 < bound_of p + 1 by rewrite ltr_spaddr ?ltr01 ?bound_ge0.
exists (Num.min 1 (`|real R a| / (bound_of p + 1))); first by rewrite lt_minr ltr01 divr_gt0.
move=> z /andP[z_gt0]; rewrite le_minr => /andP[z_le1]; rewrite ler_pdivl_mulr // => z_small.
rewrite /= mulrDr (sign_of_real sign_a) mulrCA; apply: lt_le_trans (_ : `|real R a| - z * bound_of p <= _); last first.
  by rewrite ler_add2l -mulrN ler_pmul2l // sign_of_bound // value_bounded // z_le1 ltW.
by rewrite subr_gt0; apply: lt_le_trans z_small; rewrite ltr_pmul2l ?ltr_addl ?ltr01.
Qed.

Lemma ends_with p x rest : sign_changes p = x :: rest -> exists2 z : R, 0 < z & has_sign (value z p) (last x rest).
Proof.
suff large : sign_changes p = x :: rest ->
    exists N m : R, 0 < m /\ forall z, N <= z -> m <= sign_of (last x rest) * value z p.
  move=> /large[N [m [m_gt0 large_N]]]; exists (Num.max N 1); first by rewrite lt_maxr ltr01 orbT.
  by apply/sign_ofP/(lt_le_trans m_gt0)/large_N; rewrite le_maxr lexx.
elim: p x rest => // a p IH x rest changes; case e: (sign_changes p) => [|y rest'].
  have [[a_neq0 sign_a]|[_]] := first_change changes; last by rewrite e.
  have -> : rest = [::] by move: changes; rewrite /= e; case: Z.compare => // -[].
  exists 0, `|real R a|; split=> [|z _]; last by rewrite /= (no_changes _ e) mulr0 addr0 (sign_of_real sign_a).
  by rewrite normr_gt0 (real_eq R a Z0); apply/negP => /Z.eqb_spec.
have := last_change a e; rewrite changes /= => ->.
have [N [m [m_gt0 large]]] := IH _ _ e; set c := last y rest' in large *.
exists (Num.max N (Num.max 1 ((`|real R a| + m) / m))), m; split=> // z.
rewrite !le_maxl => /andP[/large m_le /andP[z_ge1]]; rewrite ler_pdivr_mulr // => z_large.
rewrite /= mulrDr mulrCA; apply: le_trans (ler_add (sign_of_bound c (lexx _)) (_ : z * m <= _)).
  by rewrite addrC ler_subr_addr addrC.
by rewrite ler_pmul2l // (lt_le_trans ltr01).
Qed.

(* ---- Sides ---- *)

Hypothesis closed : Num.real_closed_axiom R.

Lemma value_horner z p : value z p = (Poly (map (real R) p)).[z].
Proof. by elim: p => [|a p IH] /=; rewrite ?horner0 // horner_cons -IH mulrC addrC. Qed.

Lemma value_vanishes p (y z : R) :
  0 < y -> 0 < z -> value y p < 0 -> 0 < value z p -> exists2 x : R, 0 < x & value x p = 0.
Proof.
move=> y_gt0 z_gt0; rewrite !value_horner; set q := Poly _ => y_neg z_pos.
have between (u v : R) (f : {poly R}) : 0 < u -> u <= v -> f.[u] <= 0 <= f.[v] -> exists2 x, 0 < x & f.[x] = 0.
  move=> u_gt0 le_uv /(closed le_uv)[x /andP[le_ux _] /rootP x_0]; exists x => //; exact: lt_le_trans u_gt0 le_ux.
have [le_yz|/ltW le_zy] := lerP y z.
  by have [|x x_gt0 x_0] := between y z q y_gt0 le_yz; [rewrite !ltW | exists x; rewrite // value_horner].
have [|x x_gt0] := between z y (- q) z_gt0 le_zy; first by rewrite !hornerN oppr_le0 oppr_ge0 !ltW.
by rewrite hornerN => /eqP; rewrite oppr_eq0 => /eqP x_0; exists x; rewrite // value_horner.
Qed.

Theorem side_inhabited l r p g side : real_of R l < real_of R r -> root_between l r p = Some g ->
  exists2 b, real_of R l < b < real_of R r & has_sign (value b p) (root_sign g side).
Proof.
move=> lt_lr; rewrite /root_between; case: ifP => // _ root.
suff [z z_gt0 here] : exists2 z : R, 0 < z & has_sign (value z (in_z l r p)) (root_sign g side).
  have z1_gt0 : 0 < 1 + z by rewrite ltr_paddr ?ltr01 ?ltW.
  pose b := (real_of R l + z * real_of R r) / (1 + z); have b_in : real_of R l < b < real_of R r.
    rewrite /b ltr_pdivl_mulr // ltr_pdivr_mulr // mulrDr mulr1 mulrC ltr_add2l ltr_pmul2l // lt_lr /=.
    by rewrite mulrDr mulr1 [z * _]mulrC ltr_add2r.
  exists b; rewrite // -(in_z_sign _ _ b_in) (_ : position b l r = z) //.
  have gap : b - real_of R l = z * (real_of R r - b) by rewrite /b; field; rewrite gt_eqF.
  by rewrite /position gap mulfK // subr_eq0 gt_eqF //; case/andP: b_in.
have sides z c : has_sign (value z (in_z l r p)) c = has_sign (value z (modulus g)) c := root_of_sign z c root.
move: root; rewrite /root_of; have := sign_changes_alternate (without_content (in_z l r p)).
case e: sign_changes => [|before [|after [|//]]] // alt [g_is].
have [y y_gt0 y_sign] := begins_with e; have [z z_gt0 z_sign] := ends_with e.
case: side; rewrite -g_is /=; [by exists y; rewrite // sides -g_is | | by exists z; rewrite // sides -g_is].
suff [x x_gt0 x_0] : exists2 x : R, 0 < x & value x (modulus g) = 0.
  by exists x => //; have /= -> := sides x Eq; rewrite x_0 eqxx.
rewrite -g_is /=; move: alt y_sign z_sign; case: before {e g_is} => //; case: after => //= _ y_sign z_sign.
  exact: value_vanishes y_sign z_sign.
exact: value_vanishes z_sign y_sign.
Qed.
End Roots.
