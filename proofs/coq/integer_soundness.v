(* The checks of integer_checks.v for the kinds superharmonic, absorbing and contraction prove what they say.
   integer_theorems.v has the rest, and the theorems about check_phi and check_t_mix. *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts absorbing contraction recurrence mixing_facts.
From crosshead Require Import integer_checks integer_numbers integer_semantics.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* ---- Denominators ---- *)

Lemma common_gt0 v : Z.ltb 0 (common v).
Proof.
elim: v => //= q v IH; apply/Z.ltb_spec0; have := Z.lcm_nonneg (Zpos (Qden q)) (common v).
have : Z.lcm (Zpos (Qden q)) (common v) <> Z0; last by lia.
by move/Z.lcm_eq_0; lia.
Qed.

Lemma against_spec y e phi : Z.ltb 0 e ->
  match against y e phi with
  | Lt => ratio y e < to_rat phi
  | Eq => ratio y e = to_rat phi
  | Gt => to_rat phi < ratio y e
  end.
Proof.
move=> e_gt0; rewrite /against; case: Z.compare_spec => cmp.
- by apply/eqP; rewrite ratio_eq //; apply/Z.eqb_spec.
- by rewrite ratio_lt //; apply/Z.ltb_spec0.
- by rewrite ratio_lt //; apply/Z.ltb_spec0.
Qed.

Lemma peaks_at first time j phi l r0 k d : peaks first time r0 j phi l -> (k < length l)%N -> (first <= r0 + k)%N ->
  match Nat.compare (r0 + k) time, against (entry (fst (List.nth k l d)) j) (snd (List.nth k l d)) phi with
  | Lt, Lt | Eq, Eq | Gt, Lt | Gt, Eq => true
  | _, _ => false
  end.
Proof.
elim: l r0 k => [|x l IH] r0 [|k] //= /andP[here later] lt_k le_first.
  by move: here; rewrite addn0; case: Nat.ltb_spec0 => //; lia.
by rewrite addnS -addSn; apply: IH => //; rewrite addSnnS.
Qed.

Section Phi.
Variables (n first : nat) (M : matrix) (s j : 'I_n.+1) (phi : Q).
Hypothesis size_M : size_of M = n.+1.
Hypothesis well_M : well_formed M.
Local Notation D := (to_mx n M).
Local Notation signal_of := (fun t => signal_from D s t j).

Let D_ge0 := to_mx_ge0 size_M well_M.

Lemma trace_represents horizon r d : (r <= horizon)%N ->
  represents M s r (List.nth r (states M (start M s) horizon) d).
Proof.
by move=> le_r; have := represents_states size_M well_M d (represents_start size_M s) le_r; rewrite add0n.
Qed.

Lemma peaks_signal time horizon : peaks first time 0 j phi (states M (start M s) horizon) ->
  forall r, (first <= r <= horizon)%N ->
  [/\ (r < time)%N -> signal_of r < to_rat phi, r = time -> signal_of r = to_rat phi & signal_of r <= to_rat phi].
Proof.
move=> peaks_ok r /andP[le_first le_r].
have := peaks_at (start M s) peaks_ok (k := r); rewrite states_length ltnS add0n => /(_ le_r le_first).
have [_] := trace_represents (start M s) le_r; move: (List.nth r _ _) => x e_gt0 ->.
rewrite /vector; move: (against_spec (entry (fst x) j) phi e_gt0).
case: Nat.compare_spec => cmp; case: against => // le_phi _;
  split=> [lt_r|eq_r|]; rewrite ?le_phi // ?ltW //; exfalso; lia.
Qed.

Lemma superharmonic_sound time horizon h :
  check_superharmonic first M s j phi time horizon h -> decided first signal_of (to_rat phi) true.
Proof.
rewrite /check_superharmonic; set z := numerators _ _; set l := common h; set seen := reached _ _.
set last := List.nth _ _ _; move=> /andP[/andP[/andP[/andP[/andP[/andP[/andP[/andP[]]]]]]]].
move=> le_time time_le peaks_ok closed_seen len_h z_ge0 z_j super left.
have [len_x e_gt0 sig] : represents M s horizon last by apply: trace_represents.
have l_gt0 : Z.ltb 0 l by apply: common_gt0.
have len_z : length z = n.+1 by rewrite List.map_length -size_M; apply/Nat.eqb_spec.
have range : (first <= time <= horizon)%N by lia.
apply: (@superharmonic_supremum _ _ D s j first time horizon _ (vector z l)) => //.
- by have [_ ->] := peaks_signal peaks_ok range.
- by move=> r /(peaks_signal peaks_ok)[].
- by move=> k; rewrite /vector ratio_ge0 // entry_ge0.
- by rewrite /vector -(ratio_self l_gt0) ratio_le //; nia.
- move=> k /(closed_visited size_M well_M closed_seen) seen_k.
  rewrite weigh_row // /vector -[leRHS](ratio_cancel (scale_gt0 M)) ratio_same_le //; last by move: (scale_gt0 M); nia.
  by move/forallb_seq: super => /(_ k); rewrite size_M ltn_ord seen_k /= => /(_ isT); nia.
- under eq_bigr do rewrite sig.
  by rewrite weigh_vectors // ratio_le //; nia.
Qed.
Lemma absorbing_sound att y :
  check_absorbing M s j phi att y -> decided first signal_of (to_rat phi) att.
Proof.
rewrite /check_absorbing; set z := numerators _ _; set l := common y; set seen := reached _ _; set last := fst _.
move=> /andP[/andP[/andP[/andP[/andP[/andP[closed_seen len_y] z_ge0] M_jj] z_j] harmonic]].
have l_gt0 : Z.ltb 0 l by apply: common_gt0.
move: (against_spec (entry z s) phi l_gt0); case: against => // phi_s /Bool.eqb_prop ->; rewrite !negbK.
have [len_x e_gt0 sig] : represents M s n.+1 (state_after M (start M s) n.+1).
  by rewrite -[X in represents M s X]add0n; apply: represents_after => //; apply: represents_start.
have len_z : length z = n.+1 by rewrite List.map_length -size_M; apply/Nat.eqb_spec.
have D_jj : D j j = 1.
  by rewrite mxE -(ratio_self (scale_gt0 M)); congr ratio; apply/Z.eqb_spec.
have y_ge0 k : 0 <= @vector n z l k by rewrite /vector ratio_ge0 // entry_ge0.
have y_j : @vector n z l j = 1 by rewrite -(ratio_self l_gt0); congr ratio; apply/Z.eqb_spec.
have conditions k : visited D s k ->
    \sum_i D k i * vector z l i = vector z l k /\ (0 < vector z l k -> leads D k j).
  move=> /(closed_visited size_M well_M closed_seen) seen_k.
  move/forallb_seq: harmonic => /(_ k); rewrite size_M ltn_ord seen_k => /(_ isT) /andP[/Z.eqb_spec Dz_k path].
  rewrite weigh_row // Dz_k ratio_cancel //; split=> //; rewrite /vector ratio_gt0 // => z_k.
  by apply: (leading_leads size_M well_M); case/orP: path => //; lia.
have y_s : vector z l s = to_rat phi by [].
rewrite /decided -y_s; split; first by apply: absorbing_supremum => // k /conditions[].
rewrite (absorbing_attained _ D_jj) => // [|k /conditions[]//].
have last_E : last = fst (state_after M (start M s) n.+1) by rewrite /last size_M.
split=> [/forallb_seq none k kj|none].
  rewrite /vector ratio_gt0 // => z_k; have := none k; rewrite size_M ltn_ord => /(_ isT).
  case/orP=> [/orP[/Nat.eqb_spec/val_inj e|]|le0]; [by rewrite e eqxx in kj | by lia |].
  apply/le_anti; rewrite signal_ge0 // andbT sig /vector -last_E.
  by rewrite -[leRHS](ratio0 (snd (state_after M (start M s) n.+1))) ratio_same_le.
apply/forallb_seq => k; rewrite size_M => lt_k.
case: Nat.eqb_spec => //= kj; case: Z.leb_spec0 => //= z_k; rewrite last_E -(ratio_same_le e_gt0) ratio0.
have := sig (Ordinal lt_k); rewrite /vector /= => <-; rewrite none //; first by apply/eqP => /(congr1 val).
by rewrite /vector ratio_gt0 //=; lia.
Qed.

Lemma kept seen : closed M s seen -> keeps_mass M seen -> forall k, visited D s k -> \sum_l D k l = 1.
Proof.
move=> closed_seen /forallb_seq mass k /(closed_visited size_M well_M closed_seen) seen_k.
have := mass k; rewrite size_M ltn_ord seen_k => /(_ isT)/Z.eqb_spec sum_k.
have [len_row _] := well_formed_row size_M well_M (row_in size_M well_M k).
transitivity (ratio (sum (row M k)) (scale M)); last by rewrite sum_k ratio_self.
by rewrite /ratio sum_entries len_row mulr_suml; apply: eq_bigr => i _; rewrite mxE.
Qed.

Lemma contraction_sound time horizon laws :
  check_contraction first M s j phi time horizon laws -> decided first signal_of (to_rat phi) true.
Proof.
rewrite /check_contraction; cbv zeta; set l := common _; set zs := List.map _ _; set seen := reached _ _.
set last := List.nth horizon _ _; set q := List.length laws.
set law := fun r => List.nth (Nat.modulo r q) zs [::]; set apart := sum _.
move=> /andP[/andP[/andP[/andP[/andP[/andP[le_time time_le] peaks_ok] closed_seen] mass] q_gt0] laws_ok].
have [len_x e_gt0 sig] : represents M s horizon last by apply: trace_represents.
have l_gt0 : Z.ltb 0 l by apply: common_gt0.
have range : (first <= time <= horizon)%N by lia.
have q_pos : (0 < q)%N by lia.
have law_ok r : (r < q)%N ->
  [/\ length (law r) = n.+1, sum (law r) = l,
      forall k : 'I_n.+1, ~~ marked seen k -> entry (law r) k = Z0,
      forall k : 'I_n.+1, entry (row_times n.+1 (law r) (rows M)) k = Z.mul (scale M) (entry (law r.+1) k) &
      Z.leb ((2 * entry (law r) j * snd last + apart) * Zpos (Qden phi)) (2 * Qnum phi * (l * snd last))].
  move/forallb_seq: laws_ok => /(_ r) + lt_r => /(_ lt_r).
  rewrite size_M => /andP[/andP[/andP[/andP[/Nat.eqb_spec len _] /Z.eqb_spec sum_l] /forallb_seq at_k] le_phi].
  split=> // k => [not_seen|]; have := at_k k; rewrite size_M ltn_ord => /(_ isT) /andP[in_seen /Z.eqb_spec //].
  by move: in_seen; rewrite (negbTE not_seen) => /Z.eqb_spec.
have law_mod r : law (r %% q)%N = law r.
  have <- : Nat.modulo r q = (r %% q)%N.
    by apply/esym/(Nat.mod_unique _ _ (r %/ q)%N); [have := ltn_pmod r q_pos | have := divn_eq r q]; nia.
  by rewrite /law Nat.mod_mod //; lia.
have distance : total_variation (fun k => signal_from D s horizon k) (vector (law (horizon %% q)%N) l) =
                ratio apart (2 * (snd last * l)).
  have [len_y _ _ _ _] := law_ok (horizon %% q)%N ltac:(lia).
  rewrite law_mod in len_y *; rewrite /total_variation.
  have -> : \sum_k `|signal_from D s horizon k - vector (law horizon) l k| = ratio apart (snd last * l).
    rewrite /ratio sum_entries length_zip ?len_x ?len_y // mulr_suml; apply: eq_bigr => k _.
    rewrite entry_zip ?len_x ?len_y ?ltn_ord // sig /vector ratioB // ratio_abs //.
    by move: e_gt0 l_gt0; lia.
  by rewrite /ratio (of_ZM 2 _) invfM mulrCA.
apply: (@contraction_supremum _ _ D s _ _ j first time horizon _ q (fun r => vector (law r) l)) => //.
- exact: kept mass.
- by have [_ ->] := peaks_signal peaks_ok range.
- by move=> r /(peaks_signal peaks_ok)[].
- move=> r /law_ok[len sum_l _ _ _]; transitivity (ratio (sum (law r)) l); last by rewrite sum_l ratio_self.
  by rewrite /ratio sum_entries len mulr_suml.
- move=> r k /law_ok[_ _ zero _ _] not_visited; rewrite /vector zero ?ratio0 //.
  by apply: contra not_visited; apply: reached_leads.
- move=> r i lt_r; have [len _ _ moves _] := law_ok r lt_r; rewrite law_mod.
  rewrite /vector -[RHS](ratio_cancel (scale_gt0 M)) -moves [RHS]/ratio.
  have rows_n v : List.In v (rows M) -> length v = n.+1 by case/(well_formed_row size_M well_M).
  rewrite row_times_entries // -/(size_of M) ?size_M // mulr_suml.
  by apply: eq_bigr => k _; rewrite mxE ratioM [Z.mul l _]Z.mul_comm /ratio of_ZM.
- move=> r lt_r; have [_ _ _ _ le_phi] := law_ok r lt_r; rewrite distance.
  have e2_gt0 : Z.ltb 0 (2 * snd last) by lia.
  have -> : vector (law r) l j = ratio (2 * snd last * entry (law r) j) (2 * snd last * l).
    by rewrite ratio_cancel.
  rewrite Z.mul_assoc ratioD ratio_le //; last by move: e2_gt0 l_gt0; nia.
  by move: le_phi; rewrite -!Z.mul_assoc; lia.
Qed.
End Phi.
