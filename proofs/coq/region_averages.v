(* Certificates of weights at one real weight (src/certificate/REGION.md, section 3): bounds from below of the kind
   `mean`, averages of a signal over a random time.

   Glossary
     place k        the place of k in the order of nodes
     down D place   D without what a node hands to nodes behind it in the order: a triangular matrix. For pairs this
                    leaves out what the node listed first hands to the second
     step L rho y y'   y' (1 + rho - L) = rho y: y' is the mean of y L^i over a geometric time i, of probability
                    rho / (1 + rho)^(i + 1) *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems suprema facts region_signals.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Stages.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (L D : 'M[R]_n.+1) (j k l s : 'I_n.+1) (y : 'I_n.+1 -> R) (place : 'I_n.+1 -> nat) (rho : R).

(* The row y L^i, at node l. *)
Definition moved L y i l : R := \sum_k y k * (L ^+ i) k l.

Definition down D place : 'M[R]_n.+1 := \matrix_(k, l) if (place l <= place k)%N then D k l else 0.
Definition stage L rho y y' := forall l, (1 + rho) * y' l = rho * y l + \sum_k y' k * L k l.

Lemma moved0 L y l : moved L y 0 l = y l.
Proof.
rewrite /moved (bigD1 l) //= expr0 mxE eqxx mulr1 big1 ?addr0 // => k kl.
by rewrite mxE (negbTE kl) mulr0.
Qed.

Lemma movedS L y i l : moved L y i.+1 l = \sum_k moved L y i k * L k l.
Proof.
rewrite /moved; under [RHS]eq_bigr do rewrite mulr_suml.
rewrite exchange_big; apply: eq_bigr => k _ /=.
by rewrite exprSr mxE mulr_sumr; apply: eq_bigr => i' _; rewrite mulrA.
Qed.

Lemma moved_first L y i l : moved L y i.+1 l = moved L (fun k => \sum_m y m * L m k) i l.
Proof.
rewrite /moved; under [RHS]eq_bigr do rewrite mulr_suml.
rewrite exchange_big; apply: eq_bigr => k _ /=.
by rewrite exprS mxE mulr_sumr; apply: eq_bigr => m _; rewrite mulrA.
Qed.

Lemma moved_add L y i m l : moved L (moved L y i) m l = moved L y (i + m) l.
Proof.
elim: m l => [|m IH] l; first by rewrite moved0 addn0.
by rewrite addnS !movedS; apply: eq_bigr => k _; rewrite IH.
Qed.

Lemma moved_ge0 L y i l : nonnegative L -> (forall k, 0 <= y k) -> 0 <= moved L y i l.
Proof. by move=> L_ge0 y_ge0; apply: sumr_ge0 => k _; rewrite mulr_ge0 ?power_ge0. Qed.

(* A stage commutes with L. *)
Lemma stage_moved L rho y y' i : stage L rho y y' -> stage L rho (moved L y i) (moved L y' i).
Proof.
move=> yy' l; rewrite -movedS moved_first /moved !mulr_sumr -big_split /=; apply: eq_bigr => k _.
by rewrite !mulrA yy' mulrDl.
Qed.

(* Powers of a triangular matrix whose diagonal is below a number grow less than the powers of that number. *)
Lemma triangular_growth L (c : R) place y :
    nonnegative L -> (forall k l, l != k -> 0 < L k l -> (place l < place k)%N) ->
    0 < c -> (forall k, L k k < c) -> (forall k, 0 <= y k) ->
  exists rate total : R, [/\ 0 <= rate < c, 0 <= total & forall i l, moved L y i l <= total * rate ^+ i].
Proof.
move=> L_ge0 ordered c_gt0 diagonal y_ge0.
pose inverse := \sum_k (c - L k k)^-1; have gap_gt0 k : 0 < c - L k k by rewrite subr_gt0.
have inverse_gt0 : 0 < inverse.
  rewrite /inverse (bigD1 ord0) //= ltr_spaddl ?invr_gt0 // sumr_ge0 // => k _.
  by rewrite invr_ge0 ltW.
pose gap := inverse^-1; have gap_le k : gap <= c - L k k.
  rewrite -[leRHS]invrK lef_pinv ?posrE ?invr_gt0 // /inverse (bigD1 k) //= ler_addl sumr_ge0 // => i _.
  by rewrite invr_ge0 ltW.
have gap0 : 0 < gap by rewrite invr_gt0.
pose all := \sum_k \sum_l L k l; have all_ge0 : 0 <= all by rewrite sumr_ge0 // => k _; rewrite sumr_ge0.
pose base := 1 + 2%:R * all / gap.
have base_ge1 : 1 <= base by rewrite ler_addl divr_ge0 ?mulr_ge0 ?ler0n // ltW.
have base_gt0 : 0 < base := lt_le_trans ltr01 base_ge1.
pose w k := base ^+ place k; pose rate := c - gap / 2%:R.
have w_ge1 k : 1 <= w k by rewrite exprn_ege1.
have w_ge0 k : 0 <= w k := le_trans ler01 (w_ge1 k).
have half_gap : gap / 2%:R < gap by rewrite ltr_pdivr_mulr ?ltr0n // ltr_pmulr // ltr1n.
have half : gap / 2%:R < c.
  apply: lt_le_trans half_gap (le_trans (gap_le ord0) _); by rewrite ler_subl_addr ler_addl.
have all_base : all / base <= gap / 2%:R.
  rewrite ler_pdivr_mulr // /base mulrDr mulr1 -subr_ge0.
  have -> : gap / 2%:R + gap / 2%:R * (2%:R * all / gap) - all = gap / 2%:R by field; rewrite gt_eqF.
  by rewrite divr_ge0 ?ler0n ?ltW.
have rate_ge0 : 0 <= rate by rewrite subr_ge0 ltW.
have step k : \sum_l L k l * w l <= rate * w k.
  rewrite (bigD1 k) //=.
  have others : \sum_(l | l != k) L k l * w l <= all / base * w k.
    apply: le_trans (_ : \sum_l L k l * (w k / base) <= _); last first.
      rewrite -mulr_suml [leRHS]mulrAC -[leRHS]mulrA ler_wpmul2r ?divr_ge0 ?(ltW base_gt0) //.
      by rewrite /all [leRHS](bigD1 k) //= ler_addl sumr_ge0 // => i _; rewrite sumr_ge0.
    rewrite [leRHS](bigD1 k) //= ler_paddl //.
      by rewrite mulr_ge0 // divr_ge0 // ltW.
    apply: ler_sum => l lk; have [Lkl|] := boolP (0 < L k l); last first.
      by rewrite -leNgt => L_le0; rewrite (@le_anti _ _ (L k l) 0) ?L_le0 ?L_ge0 // !mul0r.
    by rewrite ler_wpmul2l // ler_pdivl_mulr // -exprSr ler_weexpn2l // ordered.
  apply: le_trans (ler_add (lexx _) others) _; rewrite -mulrDl ler_wpmul2r // /rate.
  apply: le_trans (ler_add (lexx _) all_base) _.
  have -> : c - gap / 2%:R = c - gap + gap / 2%:R by field.
  by rewrite ler_add2r ler_subr_addl -ler_subr_addr gap_le.
exists rate, (\sum_k y k * w k); split=> [||i l].
- by rewrite rate_ge0 ltr_subl_addr ltr_addl divr_gt0 ?ltr0n.
- by rewrite sumr_ge0 // => k _; rewrite mulr_ge0.
have weight : \sum_l moved L y i l * w l <= rate ^+ i * \sum_k y k * w k.
  elim: i => [|i IH]; first by rewrite expr0 mul1r; under eq_bigr do rewrite moved0.
  rewrite exprS -mulrA; apply: le_trans (ler_wpmul2l rate_ge0 IH).
  under eq_bigr do rewrite movedS mulr_suml.
  rewrite exchange_big mulr_sumr; apply: ler_sum => k _ /=; under eq_bigr do rewrite -mulrA.
  by rewrite -mulr_sumr mulrCA ler_wpmul2l ?moved_ge0.
rewrite mulrC; apply: le_trans weight; rewrite (bigD1 l) //= ler_paddr //.
  by rewrite sumr_ge0 // => k _; rewrite mulr_ge0 ?moved_ge0.
by rewrite ler_pemulr ?moved_ge0.
Qed.

(* One stage is an average of what L moves. *)
Lemma stage_average L rho place y y' j (u : R) :
    nonnegative L -> (forall k l, l != k -> 0 < L k l -> (place l < place k)%N) ->
    0 < rho -> (forall k, L k k < 1 + rho) -> (forall k, 0 <= y k) -> (forall k, 0 <= y' k) ->
    stage L rho y y' -> u < y' j -> exists i, u < moved L y i j.
Proof.
move=> L_ge0 ordered rho_gt0 diagonal y_ge0 y'_ge0 yy' lt_u.
have [u_lt0|u_ge0] := ltP u 0; first by exists 0%N; rewrite moved0; apply: lt_le_trans u_lt0 _.
have c_gt0 : 0 < 1 + rho by rewrite addr_gt0 ?ltr01.
have [rate [total [/andP[rate_ge0 rate_lt] total_ge0 growth]]] :=
  triangular_growth L_ge0 ordered c_gt0 diagonal y'_ge0.
pose q := rate / (1 + rho); have q_ge0 : 0 <= q by rewrite divr_ge0 // ltW.
have q_lt1 : q < 1 by rewrite ltr_pdivr_mulr // mul1r.
have gap : 0 < y' j - u by rewrite subr_gt0.
have [K small] := geometric_vanishes total q_ge0 q_lt1 gap.
have [/existsP[i above]|] := boolP [exists i : 'I_K, u < moved L y i j]; first by exists i.
rewrite negb_exists => /forallP none; exfalso.
have below i : (i < K)%N -> moved L y i j <= u by move=> lt_i; have := none (Ordinal lt_i); rewrite -leNgt.
have grows i : (i <= K)%N -> (1 + rho) ^+ i * (y' j - u) <= moved L y' i j - u.
  elim: i => [|i IH] le_i; first by rewrite expr0 mul1r moved0.
  rewrite exprS -mulrA; apply: le_trans (ler_wpmul2l (ltW c_gt0) (IH (ltnW le_i))) _.
  have := stage_moved i yy' j; rewrite -movedS mulrBr => ->.
  have := below i le_i; have : 0 <= rho by rewrite ltW.
  move=> rho_ge0 le_u; rewrite -subr_ge0.
  set a := moved L y' i.+1 j; set b := moved L y i j in le_u *.
  have -> : a - u - (rho * b + a - (1 + rho) * u) = rho * (u - b) by ring.
  by rewrite mulr_ge0 // subr_ge0.
have power_gt0 : 0 < (1 + rho) ^+ K by rewrite exprn_gt0.
have := small K (leqnn K); rewrite ger0_norm ?mulr_ge0 ?exprn_ge0 // /q expr_div_n mulrA ltr_pdivr_mulr // [ltRHS]mulrC.
rewrite ltNge => /negP; apply; apply: le_trans (grows K (leqnn K)) _; rewrite ler_subl_addr.
by apply: le_trans (growth K j) _; rewrite ler_addl.
Qed.

(* A chain of stages: rows that start somewhere below the signals. *)
Lemma stages_average L rho place m (y : nat -> 'I_n.+1 -> R) j (u : R) :
    nonnegative L -> (forall k l, l != k -> 0 < L k l -> (place l < place k)%N) ->
    0 < rho -> (forall k, L k k < 1 + rho) -> (forall i k, (i <= m)%N -> 0 <= y i k) ->
    (forall i, (i < m)%N -> stage L rho (y i) (y i.+1)) ->
  u < y m j -> exists i, u < moved L (y 0%N) i j.
Proof.
move=> L_ge0 ordered rho_gt0 diagonal; elim: m y => [|m IH] y y_ge0 stages lt_u.
  by exists 0%N; rewrite moved0.
have [i lt_i] : exists i, u < moved L (y 1%N) i j.
  by apply: (IH (fun i => y i.+1)) => [i k le_i|i lt_i|//]; [apply: y_ge0 | apply: stages].
have [||i' lt_i'] := stage_average L_ge0 ordered rho_gt0 diagonal _ _ (stage_moved i (stages 0%N isT)) lt_i.
- by move=> k; apply: moved_ge0 => // l; apply: y_ge0.
- by move=> k; apply: moved_ge0 => // l; apply: y_ge0.
by exists (i + i')%N; rewrite -moved_add.
Qed.

(* Against the order, nonnegative rows are made from nonnegative ones. *)
Lemma stage_ge0 D place rho y y' :
    nonnegative D -> injective place -> 0 < rho -> (forall k, 0 < 1 + rho - D k k) -> (forall k, 0 <= y k) ->
    (forall l, (1 + rho - D l l) * y' l = rho * y l + \sum_(k | (place l < place k)%N) y' k * D k l) ->
  forall k, 0 <= y' k.
Proof.
move=> D_ge0 place_inj rho_gt0 leaves y_ge0 yy' k.
have [last le_last] : exists last, forall l, (place l <= last)%N.
  by exists (\max_l place l) => l; apply: leq_bigmax.
have [r] := ubnP (last - place k); elim: r k => [|r IH] k; first by rewrite ltn0.
move=> lt_r; rewrite -(pmulr_rge0 _ (leaves k)) yy' addr_ge0 ?mulr_ge0 ?(ltW rho_gt0) // sumr_ge0 // => l lt_l.
rewrite mulr_ge0 //; apply: IH; rewrite -ltnS; apply: leq_trans lt_r; rewrite ltnS ltn_sub2l //.
exact: leq_trans lt_l (le_last l).
Qed.

Lemma down_place D place k l : injective place -> l != k -> 0 < down D place k l -> (place l < place k)%N.
Proof.
move=> place_inj lk; rewrite mxE; case: ifP => [|_]; last by rewrite ltxx.
by rewrite leq_eqVlt => /orP[/eqP/place_inj e|//]; rewrite e eqxx in lk.
Qed.

(* Kind mean: the average after m stages of geometric times, from the row at time t on. *)
Theorem mean_reaches D s j place rho t m first (y : nat -> 'I_n.+1 -> R) :
    nonnegative D -> injective place -> 0 < rho -> (forall k, 0 < 1 + rho - D k k) -> (first <= t)%N ->
    (forall l, y 0%N l = signal_from D s t l) ->
    (forall i l, (i < m)%N ->
       (1 + rho - D l l) * y i.+1 l = rho * y i l + \sum_(k | (place l < place k)%N) y i.+1 k * D k l) ->
  reaches first (fun r => signal_from D s r j) (y m j).
Proof.
move=> D_ge0 place_inj rho_gt0 leaves le_t y_start y_step u lt_u.
have y_ge0 i k : (i <= m)%N -> 0 <= y i k.
  elim: i k => [|i IH] k le_i; first by rewrite y_start signal_ge0.
  apply: (stage_ge0 D_ge0 place_inj rho_gt0 leaves (fun l => IH l (ltnW le_i))) => l; exact: y_step.
have L_ge0 : nonnegative (down D place) by move=> k l; rewrite mxE; case: ifP.
have stages i : (i < m)%N -> stage (down D place) rho (y i) (y i.+1).
  move=> lt_i l; have := y_step i l lt_i; rewrite mulrBl => /(canRL (subrK _))->; rewrite -addrA; congr (_ + _).
  rewrite [RHS](bigD1 l) //= mxE leqnn addrC mulrC; congr (_ + _).
  rewrite big_mkcond [RHS]big_mkcond; apply: eq_bigr => k _; rewrite mxE ltn_neqAle.
  have [->|kl] := eqVneq k l; first by rewrite eqxx.
  have [e|_] := eqVneq (place l) (place k); first by rewrite (place_inj _ _ e) eqxx in kl.
  by rewrite /=; case: ifP; rewrite ?mulr0.
have diagonal k : down D place k k < 1 + rho by rewrite mxE leqnn -subr_gt0.
have [i lt_i] := stages_average L_ge0 (fun k l => @down_place D place k l place_inj) rho_gt0 diagonal y_ge0 stages lt_u.
exists (t + i)%N; first exact: leq_trans le_t (leq_addr _ _).
apply: lt_le_trans lt_i _; elim: i j {lt_u} => [|i IH] l; first by rewrite moved0 addn0 y_start.
rewrite movedS addnS signal_fromS; apply: ler_sum => k _.
by apply: ler_pmul => //; [apply: moved_ge0 => // l'; apply: y_ge0 | rewrite mxE; case: ifP].
Qed.
End Stages.
