(* The state of slow_steps of region_bounds.v: what a node that is settled satisfies (src/certificate/REGION.md,
  section 3,
   slow nodes).

   Glossary
     part y k       u_k, as the state y has it
     feed y m       kappa_m, times `one`
     chance_to y m  the reaching of the slow node m
     fed y k        the sum of kappa_m w_m(k), times `one`
     fine ks y      the state after all nodes but ks: what has been settled satisfies what is asked of it *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds
  region_settled.
From crosshead Require Import region_chances region_sums.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Local Notation heard := region_bounds.heard.
Local Notation size := seq.size.
Local Notation defined := (defined _).

Lemma set_same A (x : A) l k : set_at k (seq.nth x l k) l = l.
Proof. by elim: l k => [|a l IH] [|k] //=; rewrite IH. Qed.

Section Slow.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Variable j : 'I_n.+1.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Implicit Types (k l m v : 'I_n.+1) (y : slow_state) (ks : seq nat).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.

Definition part y (k : nat) : R := ratio_at z (quotient_at (parts_of y) k).
Definition feed y (k : nat) : R := ratio_at z (quotient_at (feeds y) k).
Definition chance_to y (m k : nat) : R := chance z (chance_of y m) k.
Definition fed y (k : nat) : R := \sum_(m < n.+1) feed y m * chance_to y m k.

Record fine ks y : Prop := Fine {
  whole_parts : size (parts_of y) = n.+1;
  whole_feeds : size (feeds y) = n.+1;
  whole_reaching : size (reaching y) = n.+1;
  part_defined : forall k, 0 < V (under (quotient_at (parts_of y) k));
  feed_defined : forall k, 0 < V (under (quotient_at (feeds y) k));
  chance_defined : forall k, 0 < V (divisor (chance_of y k));
  part_j : part y j = 1;
  part_outside : forall k, k != j -> (k : nat) \notin after S j -> part y k = 0;
  part_pair : forall k v, partner S k = Some (v : nat) -> part y k = 0;
  unsettled : forall k, (k : nat) \in ks -> part y k = 0 /\ feed y k = 0;
  feed_ge0 : forall k, 0 <= feed y k;
  feed_reach : forall k, feed y k != 0 -> reach S [::] k = Some (chance_of y k);
  settled_step : forall k, (k : nat) \notin ks ->
    V (one S) * (\sum_l D k l * part y l) <= V (one S) * (1 - leaving D j) * part y k + fed y k }.

Lemma fed_ge0 ks y k : fine ks y -> forall m, 0 <= feed y m * chance_to y m k.
Proof.
move=> fine_y m; have [->|feed_m] := eqVneq (feed y m) 0; first by rewrite mul0r.
by rewrite mulr_ge0 ?(feed_ge0 fine_y) // (chance_ge0 shown (feed_reach fine_y feed_m)).
Qed.

Lemma heard_spec ks y k (but : seq nat) : fine ks y ->
  0 < V (under (heard S (parts_of y) k but)) /\
  ratio_at z (heard S (parts_of y) k but) = V (one S) * \sum_(l | (l != k) && ((l : nat) \notin but)) D k l * part y l.
Proof.
move=> fine_y; rewrite /heard (right_size shown); set f := fun l : nat => _.
have [l|sum_gt0 ->] := @node_sum_spec R z n.+1 f.
  by rewrite /f; case: ifP => _; [apply: defined_zero | apply: (part_defined fine_y)].
split=> //; rewrite mulr_sumr [RHS]big_mkcond; apply: eq_bigr => l _; rewrite /f is_inE.
have -> : Nat.eqb l k = (l == k) by apply/Nat.eqb_spec/eqP => [/val_inj|->].
case: eqP => _ /=; first by rewrite ratio_zero.
case: ifP => _ /=; first by rewrite ratio_zero.
by rewrite ratio_times_poly (right_entry shown) -/(part y l) mulrC mulrA.
Qed.

(* ---- One step ---- *)

Section Step.
Variables (ks : seq nat) (k : 'I_n.+1) (y : slow_state).
Hypothesis fine_y : fine ((k : nat) :: ks) y.
Hypothesis once : uniq ((k : nat) :: ks).
Hypothesis k_after : (k : nat) \in after S j.
Hypothesis rest_of_order : exists before, order S = before ++ (k : nat) :: ks.

Lemma k_j : k != j.
Proof. by apply: contraTneq k_after => ->; rewrite (afterP shown) ltnn. Qed.

Lemma less_feeds_spec rest : 0 < V (under rest) ->
  0 < V (under (less_feeds S y k rest)) /\ ratio_at z (less_feeds S y k rest) = ratio_at z rest - fed y k.
Proof.
move=> rest_gt0; rewrite /less_feeds /fed (right_size shown) list_seqE.
have -> : \sum_(m < n.+1) feed y m * chance_to y m k = \sum_(m <- iota 0 n.+1) feed y (m : nat) * chance_to y m k.
  by rewrite -(big_mkord xpredT (fun m : nat => feed y m * chance_to y m k)) /index_iota subn0.
have : forall m : nat, m \in iota 0 n.+1 -> (m < n.+1)%N by move=> m; rewrite mem_iota add0n.
elim: (iota 0 n.+1) rest rest_gt0 => [|m ms IH] rest rest_gt0 lt_ms /=; first by rewrite big_nil subr0.
have lt_m : (m < n.+1)%N by apply: lt_ms; rewrite mem_head.
have term_gt0 : 0 < V (under (quotient_times (quotient_at (feeds y) m) (reached_at (chance_of y m) k))).
  by apply: under_times_gt0; [apply: (feed_defined fine_y (Ordinal lt_m)) | apply:
    (chance_defined fine_y (Ordinal lt_m))].
have [|less_gt0 ->] := IH _ (under_minus_gt0 rest_gt0 term_gt0).
  by move=> i i_in; apply: lt_ms; rewrite in_cons i_in orbT.
by split=> //; rewrite ratio_minus // ratio_times big_cons opprD addrA.
Qed.

(* What is written at node k. *)
Lemma step_fine (x c : quotient) (h : reached) y' :
    parts_of y' = set_at k x (parts_of y) -> feeds y' = set_at k c (feeds y) -> reaching y' = set_at k h (reaching y) ->
    0 < V (under x) -> 0 < V (under c) -> 0 < V (divisor h) ->
    0 <= ratio_at z c -> (ratio_at z c != 0 -> reach S [::] k = Some h) ->
    (forall v, partner S k = Some (v : nat) -> ratio_at z x = 0) ->
    V (one S) * (\sum_(l | l != k) D k l * part y l) <=
      V (one S) * (leaving D k - leaving D j) * ratio_at z x + fed y k + ratio_at z c * chance z h k ->
  fine ks y'.
Proof.
move=> parts' feeds' reaching' x_gt0 c_gt0 h_gt0 c_ge0 c_reach x_pair step.
have lt_k : (k < n.+1)%N by [].
have quotient_at' (u : list quotient) q (l : nat) : size u = n.+1 ->
    quotient_at (set_at k q u) l = if l == k then q else quotient_at u l.
  by move=> size_u; rewrite /quotient_at !list_nthE nth_set ?size_u.
have chance_of' (l : nat) : chance_of y' l = if l == k then h else chance_of y l.
  by rewrite /chance_of reaching' !list_nthE nth_set ?(whole_reaching fine_y).
have part' (l : nat) : part y' l = if l == k then ratio_at z x else part y l.
  by rewrite /part parts' quotient_at' ?(whole_parts fine_y) //; case: eqP.
have feed' (l : nat) : feed y' l = if l == k then ratio_at z c else feed y l.
  by rewrite /feed feeds' quotient_at' ?(whole_feeds fine_y) //; case: eqP.
have [part_k feed_k] := unsettled fine_y (mem_head _ _).
have fed' i : fed y' i = fed y i + ratio_at z c * chance z h i.
  rewrite /fed [in RHS](bigD1 k) //= feed_k mul0r add0r addrC (bigD1 k) //= feed' /chance_to chance_of' eqxx;
    congr (_ + _).
  by apply: eq_bigr => m /negbTE m_k; rewrite feed' chance_of' val_eqE m_k.
have sum' i : \sum_l D i l * part y' l = D i k * ratio_at z x + \sum_(l | l != k) D i l * part y l.
  by rewrite (bigD1 k) //= part' eqxx; congr (_ + _); apply: eq_bigr => l /negbTE l_k; rewrite part' val_eqE l_k.
have fed_grows (i : 'I_n.+1) : 0 <= ratio_at z c * chance z h i.
  have [->|c_neq0] := eqVneq (ratio_at z c) 0; first by rewrite mul0r.
  by rewrite mulr_ge0 // (chance_ge0 shown (c_reach c_neq0)).
split.
- by rewrite parts' size_set (whole_parts fine_y).
- by rewrite feeds' size_set (whole_feeds fine_y).
- by rewrite reaching' size_set (whole_reaching fine_y).
- by move=> l; rewrite parts' quotient_at' ?(whole_parts fine_y) //; case: ifP => // _; apply: (part_defined fine_y).
- by move=> l; rewrite feeds' quotient_at' ?(whole_feeds fine_y) //; case: ifP => // _; apply: (feed_defined fine_y).
- by move=> l; rewrite chance_of'; case: ifP => // _; apply: (chance_defined fine_y).
- by rewrite part' val_eqE eq_sym (negbTE k_j) (part_j fine_y).
- move=> l l_j l_after; rewrite part'; case: eqP => [e|_]; last exact: (part_outside fine_y).
  by rewrite e k_after in l_after.
- move=> l v pair; rewrite part' val_eqE; case: eqP => [e|_]; last exact: (part_pair fine_y pair).
  by apply: (x_pair v); rewrite -e.
- move=> l l_in; have l_k : (l == k :> nat) = false.
    by apply: contraTF once => /eqP<-; rewrite /= l_in.
  by rewrite part' feed' l_k; apply: (unsettled fine_y); rewrite in_cons l_in orbT.
- by move=> l; rewrite feed'; case: ifP => // _; apply: (feed_ge0 fine_y).
- move=> l; rewrite feed' chance_of' val_eqE; have [->|_] := eqVneq l k; first exact: c_reach.
  exact: (feed_reach fine_y).
move=> i i_ks; rewrite sum' fed' part' val_eqE; have [->|i_k] := eqVneq i k.
  rewrite -subr_ge0 in step; rewrite -subr_ge0; congr (0 <= _): step.
  rewrite /region_tails.leave; ring.
have i_out : (i : nat) \notin (k : nat) :: ks by rewrite in_cons negb_or val_eqE i_k.
have -> : D i k * ratio_at z x = 0.
  have [->|D_ik] := eqVneq (D i k) 0; first by rewrite mul0r.
  case: (hears shown D_ik) => [|pair|[_ lt_ki]]; first by rewrite eq_sym.
    by have [pair' _] := partner_sym shown pair; rewrite (x_pair i) ?mulr0.
  have [before e] := rest_of_order; move: lt_ki; rewrite /region_values.place e !index_cat.
  have i_before : (i : nat) \in before.
    by move: (in_order shown i); rewrite e mem_cat (negbTE i_out) orbF.
  have k_before : (k : nat) \notin before.
    apply/negP => k_in; have := order_once shown; rewrite e cat_uniq => /and3P[_ /hasP[]].
    by exists (k : nat); rewrite ?mem_head.
  by rewrite i_before (negbTE k_before) ltnNge ltnW // ltn_addr // index_mem.
have := settled_step fine_y i_out; rewrite [X in _ * X <= _](bigD1 k) //= part_k mulr0 !add0r => small.
by apply: le_trans small _; rewrite addrA ler_addl.
Qed.

Lemma unchanged : parts_of y = set_at k (quotient_at (parts_of y) k) (parts_of y) /\
  feeds y = set_at k (quotient_at (feeds y) k) (feeds y) /\
  reaching y = set_at k (chance_of y k) (reaching y).
Proof. by rewrite /quotient_at /chance_of !list_nthE !set_same. Qed.

Lemma value_lag : V (lag S j k) = V (one S) * (leaving D k - leaving D j).
Proof. by rewrite value_minus !(value_leave shown) [RHS]mulrBr. Qed.

(* A node of a pair after j hears nothing. *)
Lemma heard_pair v (but : seq nat) : partner S k = Some (v : nat) ->
  \sum_(l | (l != k) && ((l : nat) \notin but)) D k l * part y l = 0.
Proof.
move=> pair; rewrite big1 // => l /andP[l_k _]; have [->|D_kl] := eqVneq (D k l) 0; first by rewrite mul0r.
case: (hears shown D_kl l_k) => [pair'|[]]; last by rewrite pair.
by have [pair'' _] := partner_sym shown pair'; rewrite (part_pair fine_y pair'') mulr0.
Qed.

Lemma heard_all : \sum_(l | (l != k) && ((l : nat) \notin [::])) D k l * part y l = \sum_(l | l != k) D k l * part y l.
Proof. by apply: eq_bigl => l; rewrite in_nil andbT. Qed.

Lemma fed_all_ge0 : 0 <= fed y k.
Proof. by apply: sumr_ge0 => m _; apply: fed_ge0 fine_y m. Qed.

Lemma sign_ratio (q : quotient) c : 0 < V (under q) -> sign (over q) = Some c -> has_sign (ratio_at z q) c.
Proof. by move=> q_gt0 /(sign_sound z_gt0); rewrite ratio_sign. Qed.

Lemma fast_fine y' : fast_step S j k y = Some y' -> fine ks y'.
Proof.
have [part_k feed_k] := unsettled fine_y (mem_head _ _).
have [heard_gt0 heard_at] := heard_spec k [::] fine_y; have [rest_gt0 rest_at] := less_feeds_spec heard_gt0.
rewrite heard_at heard_all in rest_at.
have [same_u [same_f same_h]] := unchanged.
have k_gt0 := part_defined fine_y k; have f_gt0 := feed_defined fine_y k; have h_gt0 := chance_defined fine_y k.
have none : ratio_at z (quotient_at (feeds y) k) = 0 by [].
rewrite /fast_step; set rest := less_feeds _ _ _ _ in rest_gt0 rest_at *.
have skipped : ratio_at z rest <= 0 -> fine ks y.
  rewrite rest_at subr_le0 => small; apply: (step_fine same_u same_f same_h) => //; rewrite ?none ?eqxx //.
  by rewrite -/(part y k) part_k mulr0 add0r mul0r addr0.
case sign_rest: sign => [[]|] //; have /= := sign_ratio rest_gt0 sign_rest.
- by move=> /eqP rest0 [<-]; apply: skipped; rewrite rest0.
- by move=> /ltW rest_le0 [<-]; apply: skipped.
move=> rest_pos; case: ifP => // /(positive_value z_gt0) lag_gt0 [<-].
apply: (@step_fine (over_positive rest (lag S j k)) (quotient_at (feeds y) k) (chance_of y k)) => //;
  rewrite ?none ?eqxx //.
- exact: defined_over_positive.
- move=> v pair; move: rest_pos; rewrite rest_at -heard_all (heard_pair _ pair) mulr0 sub0r oppr_gt0.
  by rewrite ltNge fed_all_ge0.
by rewrite ratio_over_positive mul0r addr0 -value_lag [X in _ <= X + _]mulrC divfK ?gt_eqF // rest_at subrK.
Qed.

Lemma slow_part_fine rate x : slow_part S rate j k y = Some x ->
  0 < V (under x) /\ forall v, partner S k = Some (v : nat) -> ratio_at z x = 0.
Proof.
have [others_gt0 others_at] := heard_spec k [:: (j : nat)] fine_y.
rewrite /slow_part; set others := times_rational _ _; have defined_others : 0 < V (under others).
  exact: defined_times_rational.
case: ifP => [_ [<-]|_]; first by split=> [|v _]; [apply: defined_zero | rewrite ratio_zero].
case: ifP => // /(positive_value z_gt0) kept_gt0 [<-]; split; first exact: under_times_gt0.
move=> v pair; rewrite ratio_times /others ratio_times_rational others_at (heard_pair _ pair).
by rewrite mulr0 !mul0r.
Qed.

Lemma slow_fine rate y' : slow_step S rate j k y = Some y' -> fine ks y'.
Proof.
have [part_k feed_k] := unsettled fine_y (mem_head _ _).
rewrite /slow_step; case part_x: slow_part => [x|//]; have [x_gt0 x_pair] := slow_part_fine part_x.
have [heard_gt0 heard_at] := heard_spec k [::] fine_y.
have lag_gt0 : 0 < V (under (times_poly x (lag S j k))) by [].
have [rest_gt0 rest_at] := less_feeds_spec (under_minus_gt0 heard_gt0 lag_gt0).
have [same_u [same_f same_h]] := unchanged.
have f_gt0 := feed_defined fine_y k; have h_gt0 := chance_defined fine_y k.
have none : ratio_at z (quotient_at (feeds y) k) = 0 by [].
rewrite ratio_minus // heard_at ratio_times_poly value_lag heard_all in rest_at.
set rest := less_feeds _ _ _ _ in rest_gt0 rest_at *.
have skipped : ratio_at z rest <= 0 -> fine ks (Slow_state (set_at k x (parts_of y)) (feeds y) (reaching y)).
  rewrite rest_at subr_le0 ler_subl_addr => small.
  apply: (@step_fine x (quotient_at (feeds y) k) (chance_of y k)) => //; rewrite ?none ?eqxx // mul0r addr0 addrC.
  by rewrite [X in _ <= _ + X]mulrC.
case sign_rest: sign => [[]|] //; have /= := sign_ratio rest_gt0 sign_rest.
- by move=> /eqP rest0 [<-]; apply: skipped; rewrite rest0.
- by move=> /ltW rest_le0 [<-]; apply: skipped.
move=> rest_pos; case reach_k: reach => [h|//] [<-].
apply: (@step_fine x rest h) => //; first exact: (divisor_gt0 shown reach_k).
  exact: ltW.
rewrite (chance_j shown reach_k) mulr1 rest_at [X in _ <= X + _ + _]mulrC.
by rewrite [leRHS]addrC -[X in _ <= X + _]addrA -opprD subrK.
Qed.
End Step.

End Slow.
