(* Fidelities of a few nodes by computation: the numerators of x_t over d^t are binary integers.

   Glossary
     scaled d A         the matrix with the entries A_ij / d
     state A t          the numerators of the signals at time t, with the denominator d^t
     decision           what decides the fidelity of a node: a maximum and a horizon, or absorption probabilities
   A check is a boolean that computes; the theorem that follows it says what it proves. *)
From Coq Require Import NArith Lia.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion suprema absorption minimax concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* A maximum p/q at time t, decided at the horizon T by the mass on S; or absorption probabilities y/e. *)
Inductive decision :=
| Maximum (t : nat) (S : seq nat) (T : nat) (p q : N)
| Absorption (y : seq N) (e : N).

Section Checks.
Variable n : nat.
Variables (d : N) (A : seq (seq N)).
Local Notation nodes := (iota 0 n.+1).
Local Notation total f := (foldr N.add 0%num (map f nodes)).

Definition entry (i j : nat) : N := nth 0%num (nth [::] A i) j.

Definition step (y : seq N) : seq N :=
  mkseq (fun j => total (fun k => nth 0%num y k * entry k j)%num) n.+1.
Definition state t : seq N := iter t step (mkseq (fun j => if j == n then 1%num else 0%num) n.+1).
Definition numerator t j : N := nth 0%num (state t) j.
Definition denominator t : N := (d ^ N.of_nat t)%num.

Definition stochastic_check := (0 <? d)%num && all (fun i => N.eqb (total (entry i)) d) nodes.
Definition feedforward_check := all (fun i => all (fun j => (i < j)%N ==> N.eqb (entry i j) 0) nodes) nodes.

(* The signal of j at time t is p/q, at most p/q, at least p/q. *)
Definition signal_is t j p q := N.eqb (numerator t j * q)%num (p * denominator t)%num.
Definition signal_at_most t j p q := (numerator t j * q <=? p * denominator t)%num.

Definition signal_at_least t j p q := (p * denominator t <=? numerator t j * q)%num.

(* Nothing outside S hears S, and the mass on S at time T is at most p/q. *)
Definition closed_check (S : seq nat) :=
  all (fun i => all (fun k => (i \notin S) && (k \in S) ==> N.eqb (entry i k) 0) nodes) nodes.
Definition mass_at_most (S : seq nat) T p q :=
  (total (fun k => if k \in S then numerator T k else 0) * q <=? p * denominator T)%num.

Definition bounded_check j S T p q :=
  [&& (0 <? q)%num, (j < n.+1)%N, j \in S, closed_check S, mass_at_most S T p q &
      all (fun t => signal_at_most t j p q) (iota 1 T)].
Definition maximum_check j t S T p q := [&& bounded_check j S T p q, (1 <= t)%N & signal_is t j p q].

(* The absorption probabilities y/e of node j. *)
Definition absorbing_check j (y : seq N) e :=
  [&& (0 <? e)%num, (j < n.+1)%N, N.eqb (entry j j) d, N.eqb (nth 0%num y j) e,
      all (fun k => (k != j) && N.eqb (entry k k) d ==> N.eqb (nth 0%num y k) 0) nodes &
      all (fun k => N.eqb (total (fun l => entry k l * nth 0%num y l)%num) (d * nth 0%num y k)%num) nodes].

Section Soundness.
Variable R : realFieldType.
Local Notation "a %:N" := (ofN R a) (at level 2, format "a %:N").

Definition scaled : 'M[R]_n.+1 := \matrix_(i, j) ((entry i j)%:N / d%:N).

Lemma total_ofN (f : nat -> N) : (total f)%:N = \sum_(k < n.+1) (f k)%:N.
Proof. by rewrite ofN_sum big_map -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord. Qed.

Lemma ofN_eqb a b : N.eqb a b -> a%:N = b%:N.
Proof. by move=> /N.eqb_eq ->. Qed.

Lemma all_nodes (P : nat -> bool) (i : 'I_n.+1) : all P nodes -> P i.
Proof. by move=> /allP; apply; rewrite mem_iota ltn_ord. Qed.

Hypothesis stochastic : stochastic_check.

Lemma scale_gt0 : 0 < d%:N.
Proof. by case/andP: stochastic => /(ofN_gt0 R). Qed.

Lemma denominator_gt0 t : 0 < (denominator t)%:N.
Proof. by rewrite ofN_exp exprn_gt0 ?scale_gt0. Qed.

Lemma scaled_row_stochastic : row_stochastic scaled.
Proof.
split=> [i j|i]; first by rewrite mxE divr_ge0 ?ofN_ge0.
under eq_bigr do rewrite mxE.
case/andP: stochastic => _ /(@all_nodes _ i) /ofN_eqb; rewrite total_ofN -mulr_suml => ->.
by rewrite divff // gt_eqF ?scale_gt0.
Qed.

Lemma scaled_feedforward : feedforward_check -> feedforward scaled.
Proof.
move=> /allP check i j lt_ij; move: (check i); rewrite mem_iota ltn_ord => /(_ isT) /(@all_nodes _ j).
by rewrite lt_ij /= => /ofN_eqb; rewrite mxE => ->; rewrite mul0r.
Qed.

Lemma signal_scaled t (j : 'I_n.+1) : signal scaled t j = (numerator t j)%:N / (denominator t)%:N.
Proof.
rewrite ofN_exp; elim: t j => [|t IH] j.
  rewrite signal_start expr0 divr1 /numerator nth_mkseq ?ltn_ord // -val_eqE /=.
  by case: eqP.
rewrite signal_next /numerator /= nth_mkseq ?ltn_ord // total_ofN mulr_suml; apply: eq_bigr => k _.
by rewrite IH mxE ofN_mul exprSr invfM mulrACA.
Qed.

Lemma signal_is_sound t j p q :
  (0 <? q)%num -> (j < n.+1)%N -> signal_is t j p q -> signal scaled t (inord j) = p%:N / q%:N.
Proof.
move=> /(ofN_gt0 R) q0 lt_j /ofN_eqb; rewrite !ofN_mul signal_scaled inordK // => eq_cross.
by apply/eqP; rewrite eqr_div ?lt0r_neq0 ?denominator_gt0 // eq_cross.
Qed.

Lemma signal_at_most_sound t j p q :
  (0 <? q)%num -> (j < n.+1)%N -> signal_at_most t j p q -> signal scaled t (inord j) <= p%:N / q%:N.
Proof.
move=> /(ofN_gt0 R) q0 lt_j /(ofN_le R); rewrite !ofN_mul signal_scaled inordK // => le_cross.
by rewrite ler_pdivr_mulr ?denominator_gt0 // mulrAC ler_pdivl_mulr.
Qed.

Lemma signal_at_least_sound t j p q :
  (0 <? q)%num -> (j < n.+1)%N -> signal_at_least t j p q -> p%:N / q%:N <= signal scaled t (inord j).
Proof.
move=> /(ofN_gt0 R) q0 lt_j /(ofN_le R); rewrite !ofN_mul signal_scaled inordK // => le_cross.
by rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr ?denominator_gt0.
Qed.

Theorem bounded_check_sound j S T p q :
  bounded_check j S T p q -> forall t, (1 <= t)%N -> signal scaled t (inord j) <= p%:N / q%:N.
Proof.
case/and5P=> q0 lt_j jS closed /andP[small /allP early] t le_t.
have [le_tT|lt_Tt] := leqP t T; first by apply: signal_at_most_sound => //; apply: early; rewrite mem_iota le_t add1n.
pose nodes_in_S : {pred 'I_n.+1} := [pred k : 'I_n.+1 | (k : nat) \in S].
have later := @later_signal_at_most_mass _ _ scaled nodes_in_S T t (inord j) scaled_row_stochastic _ _ (ltnW lt_Tt).
apply: le_trans (later _ _) _.
- move=> i k iS kS; move: closed => /(@all_nodes _ i) /(@all_nodes _ k).
  by move: iS kS; rewrite !inE => -> -> /= /ofN_eqb; rewrite mxE => ->; rewrite mul0r.
- by rewrite inE inordK.
move: small => /(ofN_le R); rewrite !ofN_mul total_ofN => small.
rewrite ler_pdivl_mulr ?ofN_gt0 // -[X in _ <= X](mulfK (lt0r_neq0 (denominator_gt0 T))).
rewrite ler_pdivl_mulr ?denominator_gt0 //; apply: le_trans small.
rewrite mulrAC /mass mulr_suml big_mkcond /=; rewrite ler_wpmul2r ?ofN_ge0 // ler_sum // => k _.
rewrite inE; case: ifP => _; last exact: ofN_ge0.
by rewrite signal_scaled divfK ?gt_eqF ?denominator_gt0.
Qed.

Theorem maximum_check_sound j t S T p q :
  maximum_check j t S T p q ->
  fidelity scaled (inord j) (p%:N / q%:N) /\ attained 1 (fun t => signal scaled t (inord j)) (p%:N / q%:N).
Proof.
case/and3P=> bounded le_t; case/and5P: (bounded) => q0 lt_j _ _ _ value.
have eq_v := signal_is_sound q0 lt_j value.
by split; [apply: supremum_of_maximum le_t eq_v (bounded_check_sound bounded) | exists t].
Qed.
End Soundness.

Theorem absorbing_check_sound (R : archiFieldType) j y e :
  stochastic_check -> feedforward_check -> absorbing_check j y e ->
  fidelity (scaled R) (inord j) (ofN R (nth 0%num y n) / ofN R e).
Proof.
move=> stochastic ff; case/and5P=> e0 lt_j Ajj yj /andP[/allP others /allP harmonic].
have d0 := scale_gt0 R stochastic; have e_gt0 := ofN_gt0 R e0.
have loop (k : 'I_n.+1) : scaled R k k = 1 -> N.eqb (entry k k) d.
  rewrite mxE => /(canRL (mulfVK _)); rewrite mul1r => /(_ (lt0r_neq0 d0)) /eqP.
  by rewrite eqr_nat => /eqP/Nnat.N2Nat.inj ->; apply: N.eqb_refl.
have := @absorbing_node_fidelity R n (scaled R) (inord j) (fun k => ofN R (nth 0%num y k) / ofN R e).
apply=> //; first exact: scaled_row_stochastic.
- exact: scaled_feedforward.
- by rewrite mxE inordK // (ofN_eqb R Ajj) divff ?gt_eqF.
- by rewrite inordK // (ofN_eqb R yj) divff ?gt_eqF.
- move=> k kj /loop Akk; move: (others k); rewrite mem_iota ltn_ord => /(_ isT).
  have -> : (k != j :> nat) by apply: contraNneq kj => eq_kj; rewrite -val_eqE /= inordK // eq_kj.
  by rewrite Akk /= => /(ofN_eqb R) ->; rewrite mul0r.
move=> k; move: (harmonic k); rewrite mem_iota ltn_ord => /(_ isT) /(ofN_eqb R).
rewrite total_ofN ofN_mul => eq_sum; under eq_bigr do rewrite mxE mulrAC mulrA -ofN_mul -mulrA.
by rewrite -mulr_suml [in LHS]mulrC eq_sum; field; rewrite !gt_eqF.
Qed.

Definition above_below (f : decision) : N * N :=
  match f with
  | Maximum _ _ _ p q => (p, q)
  | Absorption y e => (nth 0%num y n, e)
  end.
Definition decision_check j f :=
  match f with
  | Maximum t inside T p q => maximum_check j t inside T p q
  | Absorption y e => absorbing_check j y e
  end.
Definition no_decision := Absorption [::] 0%num.
Definition decisions_check (fs : seq decision) :=
  [&& stochastic_check, feedforward_check & all (fun j => decision_check j (nth no_decision fs j)) nodes].
Definition least_check (fs : seq decision) i :=
  let: (p, q) := above_below (nth no_decision fs i) in
  all (fun j => let: (r, s) := above_below (nth no_decision fs j) in (p * s <=? r * q)%num) nodes.

Section Decisions.
Variable R : archiFieldType.
Definition value f : R := let: (p, q) := above_below f in ofN R p / ofN R q.

Theorem decisions_check_sound fs :
  decisions_check fs -> forall j : 'I_n.+1, fidelity (scaled R) j (value (nth no_decision fs j)).
Proof.
case/and3P=> stochastic ff check j; move: (all_nodes j check); rewrite -[j in fidelity _ j]inord_val /value.
case: (nth _ _ _) => [t inside T p q|y e] /=; first by move=> /(maximum_check_sound R stochastic)[].
exact: absorbing_check_sound.
Qed.

Lemma decision_denominator j f : decision_check j f -> 0 < ofN R (above_below f).2.
Proof.
case: f => [t inside T p q|y e] /=; first by case/and3P=> /and5P[+ _ _ _ _] _ _; apply: ofN_gt0.
by case/and5P=> + _ _ _ _; apply: ofN_gt0.
Qed.

Theorem least_check_sound fs i :
  decisions_check fs -> (i < n.+1)%N -> least_check fs i -> minimax (scaled R) (value (nth no_decision fs i)).
Proof.
move=> checks lt_i least; have fid := decisions_check_sound checks.
case/and3P: checks => _ _ checks.
apply: (minimax_of_fidelities (i := Ordinal lt_i) fid) => j /=.
move: (all_nodes (Ordinal lt_i) checks) (all_nodes j checks) => /decision_denominator + /decision_denominator.
move: least; rewrite /least_check /value /=; case: (above_below _) => p q /(all_nodes j).
case: (above_below _) => r s /= /(ofN_le R); rewrite !ofN_mul => le_cross q0 s0.
by rewrite ler_pdivr_mulr // mulrAC ler_pdivl_mulr.
Qed.
End Decisions.
End Checks.

(* The entries of a scaled matrix; what is left are equations between numbers. *)
Ltac scaled_entries := rewrite /scaled /entry; entries.
