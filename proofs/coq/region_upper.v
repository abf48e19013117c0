(* What bounds a fidelity from above: upper_values of region_bounds.v bound all signals that count.

   Glossary
     early       the signals before the horizon, one by one
     shown_by    what values at z have to do: their denominators are positive,
       and what is at least all of them bounds the
                 signals from T on *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify.
From crosshead Require Import systems facts region_tails region_signals.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds.
From crosshead Require Import region_settled region_chances region_sums region_pair_values region_gate_values
  region_slow_values.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation size := seq.size.

Section Upper.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Variable signs : polynomial -> option comparison.
Hypothesis shown : shows D s z S.
Hypothesis signs_sound : sound_signs z signs.
Local Notation V := (value z).
Implicit Types (j k v : 'I_n.+1) (t T first : nat) (B : R).

Definition shown_by j T (values : list quotient) : Prop :=
  (forall q, List.In q values -> 0 < V (under q)) /\
  forall B, (forall q, List.In q values -> ratio_at z q <= B) -> bounded D s T j B.

Lemma sign_within_sound c q : sign_within signs c q -> 0 < V (under q) ->
  match c with Lt => ratio_at z q <= 0 | Gt => 0 <= ratio_at z q | Eq => True end.
Proof.
rewrite /sign_within => within q_gt0; case e: signs within => [d|//]; have := signs_sound e.
rewrite ratio_sign //; case: c d {e} => [] [] //= => [/eqP->|/ltW|/eqP->|/ltW] //.
Qed.

Lemma tail_sound j T h : partner S j = None -> reach S [::] j = Some h -> shown_by j T [:: weigh S T h [::]].
Proof.
move=> alone reach_h; have [weigh_gt0 weigh_at] := weigh_spec shown T [::] (divisor_gt0 shown reach_h).
split=> [q /= [<-|[]] //|B bound].
apply: (@bounded_weaken _ _ _ _ _ _ (weighed D s T (fun k => chance z h k))); last first.
  by have := bound _ (or_introl erefl); rewrite weigh_at; apply: le_trans; rewrite le_eqVlt; apply/orP; left.
apply: below_tail; first exact: (no_negative shown).
- by move=> k; apply: (chance_ge0 shown reach_h).
- by rewrite (chance_j shown reach_h).
by move=> k; apply: (chance_super shown reach_h).
Qed.

Lemma later_sound j threshold u values : later_values S signs threshold u = Some values -> upper_node u = j ->
  shown_by j (horizon_of u) values.
Proof.
rewrite /later_values => + e.
case: u e => [i T|i T gates inflow|i T m inflow levels|i T slow rate] /= ->; case pair: (partner S j) => [w|] //.
- have [v e_v] := partner_node shown pair; rewrite {}e_v in pair *; exact: (pair_values_sound shown pair).
- by case reach_h: reach => [h|] // [<-]; apply: tail_sound.
- case: ifP => // _ found; split=> [q|B]; first by have [+ _] := gate_values_sound shown pair 0 found; apply.
  by have [_] := gate_values_sound shown pair B found.
- case: levels => [|e0 [|e1 levels]] //; case: threshold => // bar; case: ifP => // /andP[/andP[lt_m _] _].
  case found: level_values => [conditions|//]; case: ifP => // /List.forallb_forall within [<-].
  have lt_m' : (m < n.+1)%N by move: lt_m; rewrite (right_size shown) => /Nat.ltb_spec0 ?; apply/ssrnat.ltP.
  have [defined stays] := @level_values_sound _ _ _ _ _ _ shown _ pair T (Ordinal lt_m') inflow (e0 :: e1 ::
    levels) _ isT found.
  split=> [q /= [<-|[]]|B bound]; first exact: under_of_gt0.
  apply: bounded_weaken (stays _) _ => [q q_in|].
    by apply: (sign_within_sound (within q q_in)); apply: defined.
  by have := bound _ (or_introl erefl); rewrite ratio_of.
case: slow => [|m slow] //; case: threshold => // bar; case: ifP => // /andP[_ rate_ge0].
case found: slow_values => [[rest bounds]|//]; case: ifP => // within [<-].
have [rest_gt0 defined bounded] := slow_values_sound shown pair rate_ge0 found.
split=> // B bound; apply: bounded => //; exact: (sign_within_sound within).
Qed.

Lemma early_signals j first T q : List.In q (List.map (fun r => signal S r j) (List.seq first (T - first))) ->
  exists2 r, (first <= r < T)%N & q = signal S r j.
Proof.
move=> /List.in_map_iff[r [<- /List.in_seq r_in]]; exists r => //.
by apply/andP; split; [apply/ssrnat.leP | apply/ssrnat.ltP]; lia.
Qed.

Lemma early_signal j first T r :
  (first <= r < T)%N -> List.In (signal S r j) (List.map (fun r => signal S r j) (List.seq first (T - first))).
Proof.
move=> /andP[le_r lt_r]; apply: List.in_map; apply/List.in_seq; lia.
Qed.

Theorem upper_values_sound first threshold u values j :
    upper_values S signs first threshold u = Some values -> upper_node u = j ->
  (forall q, List.In q values -> 0 < V (under q)) /\
  forall B, (forall q, List.In q values -> ratio_at z q <= B) -> stays_within first (fun t => signal_from D s t j) B.
Proof.
rewrite /upper_values; case: ifP => // _; case later: later_values => [bounds|//] [<-] e; rewrite e.
have [defined bounded] := later_sound later e.
split=> [q /List.in_app_iff[/early_signals[r _ ->]|/defined //]|B bound]; first by have [] := signal_spec shown r j.
apply: horizon_within (bounded B _) => [r r_in|q q_in]; last by apply: bound; apply/List.in_app_iff; right.
have [_ <-] := signal_spec shown r j; apply: bound; apply/List.in_app_iff; left; exact: early_signal.
Qed.
End Upper.
