(* The largest of independent forward probabilities: (16) to (19) of the paper, with the atom at the threshold.

   The forward probability of a head is a number x a for a random a, of a law mu on finitely many values. Several heads
   are independent: a family f of values, one for each head, has the product of the weights.

   Glossary
     probability_law mu nonnegative weights with sum 1
     probability mu A   the weight of the event A
     below x q          the probability F(q-) of the event x < q, the left limit of the distribution function
     at_most x q        the probability F(q) of the event x <= q
     families P         probability of an event of H independent heads with the same law *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import inequalities.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Laws.
Variable R : realFieldType.
Variable T : finType.
Variable mu : T -> R.
Variable x : T -> R.
Implicit Types (A : pred T) (q : R) (H : nat).

Definition probability_law := (forall a, 0 <= mu a) /\ \sum_a mu a = 1.
Definition probability A : R := \sum_(a | A a) mu a.
Definition below q : R := probability (fun a => x a < q).
Definition at_most q : R := probability (fun a => x a <= q).
Definition families H (P : pred {ffun 'I_H -> T}) : R := \sum_(f | P f) \prod_h mu (f h).

Hypothesis mu_law : probability_law.

Lemma probability_ge0 A : 0 <= probability A.
Proof. by rewrite sumr_ge0 // => a _; case: mu_law. Qed.

Lemma probability_complement A : probability A = 1 - probability (predC A).
Proof. by case: mu_law => _ <-; rewrite (bigID A) /= addrK. Qed.

Lemma probability_le1 A : probability A <= 1.
Proof. by rewrite probability_complement ler_subl_addr ler_addl probability_ge0. Qed.

(* The difference is the atom at q. *)
Lemma at_most_is_below_and_atom q : at_most q = below q + probability (fun a => x a == q).
Proof.
rewrite /at_most /below /probability (bigID (fun a => x a < q)) /=; congr (_ + _); apply: eq_bigl => a.
  by rewrite andb_idl // => /ltW.
by rewrite -leNgt eq_le.
Qed.

Lemma below_le_at_most q : below q <= at_most q.
Proof. by rewrite at_most_is_below_and_atom ler_addl probability_ge0. Qed.

(* T2.8-eq16-19: (16) with F(q-) in place of F(q). *)
Theorem head_reaches_threshold q : probability (fun a => q <= x a) = 1 - below q.
Proof. by rewrite probability_complement; congr (1 - _); apply: eq_bigl => a; rewrite /= ltNge. Qed.

Lemma families_total H : families (H:=H) xpredT = 1.
Proof.
rewrite /families -(bigA_distr_bigA (fun (_ : 'I_H) a => mu a)).
by rewrite (eq_bigr (fun=> 1)) ?big1_eq // => h _; case: mu_law.
Qed.

(* T2.8-eq16-19: (17) with F(q-) in place of F(q). *)
Theorem all_heads_below_threshold H q : families (H:=H) (fun f => [forall h, x (f h) < q]) = below q ^+ H.
Proof.
rewrite /families -[X in _ ^+ X]card_ord -prodr_const (bigA_distr_big _ (fun (_ : 'I_H) a => mu a)).
by apply: eq_bigl => f; apply/forallP/ffun_onP => all_below h; apply: all_below.
Qed.

(* T2.8-eq16-19: (18), exact for every law with F(q-) in place of F(q). *)
Theorem some_head_reaches_threshold H q :
  families (H:=H) (fun f => [exists h, q <= x (f h)]) = 1 - below q ^+ H.
Proof.
rewrite -all_heads_below_threshold; apply/esym/eqP; rewrite subr_eq -(families_total H); apply/eqP.
rewrite /families (bigID (fun f : {ffun 'I_H -> T} => [exists h, q <= x (f h)])) /=.
congr (_ + _); apply: eq_bigl => f.
by rewrite negb_exists; apply: eq_forallb => h; rewrite -ltNge.
Qed.

(* T2.8-eq16-19: as printed (18) is a bound from below. *)
Theorem printed_probability_is_lower_bound H q :
  1 - at_most q ^+ H <= families (H:=H) (fun f => [exists h, q <= x (f h)]).
Proof.
rewrite some_head_reaches_threshold ler_add2l ler_opp2; apply: ler_expn2r (below_le_at_most q); exact: probability_ge0.
Qed.

(* T2.8-eq16-19: as printed (18) is exact if and only if there is no atom at q. *)
Theorem printed_probability_is_exact_iff_no_atom H q : (0 < H)%N ->
  families (H:=H) (fun f => [exists h, q <= x (f h)]) = 1 - at_most q ^+ H <-> probability (fun a => x a == q) = 0.
Proof.
move=> H0; rewrite some_head_reaches_threshold; split=> [/addrI/oppr_inj/eqP|atom0]; last first.
  by rewrite at_most_is_below_and_atom atom0 addr0.
rewrite eqr_expn2 ?probability_ge0 // => /eqP same.
by apply/(addrI (below q)); rewrite -at_most_is_below_and_atom addr0 same.
Qed.

End Laws.

Section Limit.
Variable R : archiFieldType.
Variable T : finType.
Variables (mu x : T -> R).

(* T2.8-eq16-19: the limit (19) holds if and only if F(q-) < 1, which is weaker than F(q) < 1. *)
Theorem some_head_reaches_threshold_in_the_limit q : probability_law mu ->
  (forall eps, 0 < eps -> exists H0, forall H, (H0 <= H)%N ->
     1 - eps <= families mu (H:=H) (fun f => [exists h, q <= x (f h)])) <-> below mu x q < 1.
Proof.
move=> mu_law; have F0 : 0 <= below mu x q by apply: probability_ge0.
split=> [limit|F1 eps eps0]; last first.
  have [H0 small] := power_below F0 F1 eps0; exists H0 => H le_H.
  rewrite some_head_reaches_threshold // ler_add2l ler_opp2; apply: le_trans small.
  by apply: ler_wiexpn2l => //; apply: ltW.
rewrite lt_neqAle probability_le1 // andbT; apply/eqP => F1.
have [|H0 large] := limit 2%:R^-1; first by rewrite invr_gt0 ltr0n.
have := large H0 (leqnn _); rewrite some_head_reaches_threshold // F1 expr1n subrr.
by rewrite subr_le0 leNgt invf_lt1 ?ltr0n // ltr1n.
Qed.

End Limit.

Section Atoms.
Variable R : realFieldType.
Notation half := (2%:R^-1 : R).

(* T2.8-eq16-19: one atom at 1/2, the law of graph heads (graph_heads.v). At q = 1/2 some head reaches q for certain,
   the printed value is 0, and no number of heads changes either. *)
Theorem printed_probability_fails_for_graph_heads H : (0 < H)%N ->
  let mu := fun _ : 'I_1 => 1 : R in let x := fun _ : 'I_1 => half in
  [/\ probability_law mu, families mu (H:=H) (fun f => [exists h, half <= x (f h)]) = 1 &
      1 - at_most mu x half ^+ H = 0].
Proof.
move=> H0 mu x; have mu_law : probability_law mu by split=> [a|]; rewrite ?ler01 // big_ord1.
have none : below mu x half = 0 by rewrite /below /probability big1 // => a; rewrite ltxx.
split=> //; first by rewrite some_head_reaches_threshold // none expr0n gtn_eqF // subr0.
by rewrite /at_most /probability (eq_bigl xpredT) ?big_ord1 ?expr1n ?subrr // => a; rewrite lexx.
Qed.

(* T2.8-eq16-19: the proviso F(q) < 1 does not help. Two atoms 1/4 and 1/2 of weight 1/2 and q = 1/4: one head reaches q
   for certain, the printed value is 1/2. *)
Theorem printed_probability_fails_although_less_than_one :
  let mu := fun _ : 'I_2 => half in let x := fun a : 'I_2 => if a == ord0 then 4%:R^-1 : R else half in
  [/\ probability_law mu, at_most mu x 4%:R^-1 = half, half < 1 & probability mu (fun a => 4%:R^-1 <= x a) = 1].
Proof.
move=> mu x; have mu_law : probability_law mu.
  by split=> [a|]; rewrite ?invr_ge0 ?ler0n // !big_ord_recl big_ord0 /mu; field.
have quarter_half : 4%:R^-1 < half by rewrite ltf_pinv ?posrE ?ltr0n // ltr_nat.
split=> //; last 1 first.
- rewrite head_reaches_threshold // /below /probability big1 ?subr0 // => a; rewrite /x.
  by case: ifP => _; rewrite ?ltxx // ltNge (ltW quarter_half).
- rewrite /at_most /probability big_mkcond !big_ord_recl big_ord0 /x /= lexx leNgt quarter_half /=.
  by rewrite !addr0.
by rewrite invf_lt1 ?ltr0n // ltr1n.
Qed.

End Atoms.
