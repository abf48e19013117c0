(* What formulas mean: their evaluation where every question is given its true answer, and weights are real numbers.

   Glossary
     true_supremum ...  phi is the supremum of the signal of node j under the diffusion matrix of chain k over all times
                        from the first step on, and it is attained or not as stated
     true_mixing ...    absorption is certain for chain k, and t is its mixing time in the reading's convention
     weights (b, 1 - b) of the two heads of a system are any numbers 0 <= b <= 1 of an Archimedean field R
     mean_compares      whether fidelities, the suprema of signals, compare as a comparison says: with the predicates of
                        region_signals.v, which suppose no supremum
     true_comparison    whether the comparison holds at b for the mean of both matrices
     means_at b p a     the evaluation p at the weight b returns a
     found_at_weight    what a quantifier finds at b: no instance, an instance without truth value, or its truth value
     true_over_weights  what it finds at all of them: one that decides; or none, and then whether any is an instance,
                        and whether one has no truth value
     means p a          the evaluation p returns a *)
From Coq Require Import ZArith QArith List Bool.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify.
From crosshead Require Import systems facts mixing_facts region_signals exponential_bounds.
From crosshead Require Import integer_checks integer_numbers integer_semantics.
From crosshead Require Import certificate_numbers certificate_systems simplex_comparisons certificate_programs.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* ---- True answers ---- *)

Definition true_supremum (first : nat) (s : system) (k j : nat) (phi : Q) (a : bool) : Prop :=
  exists D n (sink node : 'I_n.+1), [/\ diffusion_of s k = Some D, size_of D = n.+1,
    sink_node s = sink :> nat /\ j = node :> nat, canonical phi &
    decided first (fun t => signal_from (to_mx n D) sink t node) (to_rat phi) a].

Definition true_mixing (average l1 : bool) (s : system) (k : nat) (epsilon : Q) (t : nat) : Prop :=
  exists W n (sink : 'I_n.+1), [/\ walk_of s k = Some W, size_of W = n.+1, sink_node s = sink :> nat,
    absorption_certain (to_mx n W) sink & mixing_time_at average l1 (to_mx n W) sink (to_rat epsilon) t].

(* An evaluation without questions about all weights at once. *)
Lemma program_induction A (P : program A -> Prop) :
  (forall a, P (Return a)) -> P Malformed ->
  (forall first s k j next, (forall phi b, P (next phi b)) -> P (Ask_supremum first s k j next)) ->
  (forall average l1 s k epsilon next, (forall t, P (next t)) -> P (Ask_mixing average l1 s k epsilon next)) ->
  (forall head x strict next, (forall b, P (next b)) -> P (Ask_weight head x strict next)) ->
  (forall first s q stop at_weight next, (forall found, P (next found)) ->
    P (Ask_weights first s q stop at_weight next)) ->
  forall p, P p.
Proof.
move=> returned malformed supremum mixing weight weights; fix IH 1.
case=> *; [exact: returned | exact: malformed | |..].
- by apply: supremum => phi b; apply: IH.
- by apply: mixing => t; apply: IH.
- by apply: weight => b; apply: IH.
- by apply: weights => found; apply: IH.
Qed.

Section Meaning.
Variable R : archiFieldType.
Implicit Types b : R.

(* ---- At a weight ---- *)

Definition heavier_at b (head : nat) (x : Q) (strict : bool) : bool :=
  let weight := match head with O => b | S _ => 1 - b end in
  if strict then real_of R x < weight else real_of R x <= weight.

Definition mean_compares n (D : 'M[R]_n.+1) (sink : 'I_n.+1) (first : nat) (q : mean_comparison) : Prop :=
  let s j t := signal_from D sink t j in
  let c := real_of R (bar q) in
  let above j := if strictly q then exceeds first (s j) c else reaches first (s j) c in
  match subject_in q with
  | All_nodes => forall j, above j
  | All_but_sink => forall j, j != sink -> above j
  | One_node k => forall j : 'I_n.+1, j = k :> nat -> above j
  | Two_nodes k l => forall j i : 'I_n.+1, j = k :> nat -> i = l :> nat ->
      if strictly q then exists2 v, stays_within first (s i) v & exceeds first (s j) v
      else forall t, (first <= t)%N -> reaches first (s j) (s i t)
  | Absorbed_after t => forall j, if strictly q then c < s j (Z.to_nat t) else c <= s j (Z.to_nat t)
  end.

Definition asked_matrix (q : mean_comparison) (s : system) (k : nat) : option matrix :=
  match subject_in q with Absorbed_after _ => walk_of s k | _ => diffusion_of s k end.
Definition mean_matrix_at n (M W : matrix) b : 'M[R]_n.+1 :=
  b *: map_mx ratr (to_mx n M) + (1 - b) *: map_mx ratr (to_mx n W).
Definition true_comparison (first : nat) (s : system) (q : mean_comparison) b (holds : bool) : Prop :=
  exists M W n (sink : 'I_n.+1), [/\ asked_matrix q s 1 = Some M, asked_matrix q s 2 = Some W,
    size_of M = n.+1 /\ size_of W = n.+1, sink_node s = sink :> nat &
    let compares := mean_compares (mean_matrix_at n M W b) sink first q in if holds then compares else ~ compares].

Inductive means_at b (A : Type) : program A -> A -> Prop :=
| means_at_return a : means_at b (Return a) a
| means_at_supremum first s k j phi attained next a :
    true_supremum first s k j phi attained -> means_at b (next phi attained) a ->
    means_at b (Ask_supremum first s k j next) a
| means_at_mixing average l1 s k epsilon t next a :
    true_mixing average l1 s k epsilon t -> means_at b (next t) a ->
    means_at b (Ask_mixing average l1 s k epsilon next) a
| means_at_weight head x strict next a :
    means_at b (next (heavier_at b head x strict)) a -> means_at b (Ask_weight head x strict next) a.

(* ---- At all weights ---- *)

Definition found_at_weight (z : question) b (found : option (option bool)) : Prop :=
  exists2 holds, true_comparison (asked_from z) (asked_system z) (asked_comparison z) b holds &
                 means_at b (asked_at z holds) found.
Definition found_somewhere (z : question) (found : option (option bool)) : Prop :=
  exists2 b, 0 <= b <= 1 & found_at_weight z b found.
Definition true_over_weights (z : question) (v : over_weights) : Prop :=
  match v with
  | Decided => found_somewhere z (Some (Some (asked_stop z)))
  | Undecided any missing =>
      (forall b, 0 <= b <= 1 -> exists2 found, found_at_weight z b found & found <> Some (Some (asked_stop z)))
      /\ (any = true <-> exists t, found_somewhere z (Some t)) /\ (missing = true <-> found_somewhere z (Some None))
  end.

Inductive means (A : Type) : program A -> A -> Prop :=
| means_return a : means (Return a) a
| means_supremum first s k j phi attained next a :
    true_supremum first s k j phi attained -> means (next phi attained) a ->
    means (Ask_supremum first s k j next) a
| means_mixing average l1 s k epsilon t next a :
    true_mixing average l1 s k epsilon t -> means (next t) a ->
    means (Ask_mixing average l1 s k epsilon next) a
| means_weights first s q stop at_weight v next a :
    true_over_weights (Question first s q stop at_weight) v -> means (next v) a ->
    means (Ask_weights first s q stop at_weight next) a.
End Meaning.

(* There is only one true answer, and so only one value. *)
Lemma supremum_unique (R : realFieldType) first (f : nat -> R) u v : supremum first f u -> supremum first f v -> u = v.
Proof.
move=> [f_u near_u] [f_v near_v]; apply/eqP; rewrite eq_le !leNgt; apply/andP; split; apply/negP.
  by move=> /near_u[t first_t]; rewrite ltNge f_v.
by move=> /near_v[t first_t]; rewrite ltNge f_u.
Qed.

Lemma to_rat_injective p q : canonical p -> canonical q -> to_rat p = to_rat q -> p = q.
Proof.
case: p q => [a b] [c d] /Z.eqb_spec /= ab /Z.eqb_spec cd /eqP.
rewrite /to_rat /= ratio_eq // => /Z.eqb_spec e.
have bd : Z.divide (Zpos b) (Zpos d).
  by apply: (Z.gauss _ a); [exists c; rewrite -e Z.mul_comm | rewrite Z.gcd_comm].
have db : Z.divide (Zpos d) (Zpos b).
  by apply: (Z.gauss _ c); [exists a; rewrite e Z.mul_comm | rewrite Z.gcd_comm].
have [eq_bd] : Zpos b = Zpos d by apply: Z.divide_antisym_nonneg.
by move: e; rewrite -eq_bd => /Z.mul_reg_r -> .
Qed.

Lemma true_supremum_unique first s k j p a q b :
  true_supremum first s k j p a -> true_supremum first s k j q b -> p = q /\ a = b.
Proof.
move=> [D [n [sink [node [D_k size_D [sinkE nodeE] can_p [sup_p att_p]]]]]].
move=> [D' [n' [sink' [node' []]]]]; rewrite D_k => -[<-]; rewrite size_D => -[eq_n].
case: n' / eq_n sink' node' => sink' node' [sinkE' nodeE'] can_q [sup_q att_q].
have sinks : sink' = sink by apply: val_inj; rewrite /= -sinkE -sinkE'.
have nodes : node' = node by apply: val_inj; rewrite /= -nodeE -nodeE'.
rewrite sinks nodes in sup_q att_q; have e := supremum_unique sup_p sup_q.
split; first exact: to_rat_injective.
rewrite e in att_p; have := iff_trans att_p (iff_sym att_q).
by case: (a) (b) => -[] // [h h']; [have := h erefl | have := h' erefl].
Qed.

Lemma true_mixing_unique average l1 s k epsilon t r :
  true_mixing average l1 s k epsilon t -> true_mixing average l1 s k epsilon r -> t = r.
Proof.
move=> [W [n [sink [W_k size_W sinkE _ [mixed_t before_t]]]]].
move=> [W' [n' [sink' []]]]; rewrite W_k => -[<-]; rewrite size_W => -[eq_n].
case: n' / eq_n sink' => sink' sinkE' _.
have -> : sink' = sink by apply: val_inj; rewrite /= -sinkE -sinkE'.
move=> [mixed_r before_r]; have [/before_r|/before_t|//] := ltngtP t r; by case.
Qed.

(* ---- Nor is there more than one at weights ---- *)

Section Unique.
Variable R : archiFieldType.
Implicit Types b : R.

Lemma true_comparison_unique first s q b holds holds' :
  true_comparison first s q b holds -> true_comparison first s q b holds' -> holds = holds'.
Proof.
move=> [M [W [n [sink [M_s W_s [size_M _] sinkE holdsP]]]]] [M' [W' [n' [sink' []]]]].
rewrite M_s W_s => -[<-] [<-] [+ _]; rewrite size_M => -[eq_n].
case: n' / eq_n sink' => sink' sinkE'; have -> : sink' = sink by apply: val_inj; rewrite /= -sinkE -sinkE'.
by move: holdsP; case: (holds) (holds') => -[].
Qed.

Lemma means_at_unique b A (p : program A) a a' : means_at b p a -> means_at b p a' -> a = a'.
Proof.
elim/program_induction: p a a' => [c||first s k j next IH|average l1 s k epsilon next IH|head x strict next IH|
  first s q stop at_weight next IH] a a' ha ha'.
- by inversion ha; inversion ha'; subst.
- by inversion ha.
- inversion_clear ha as [|? ? ? ? phi att ? ? true_a next_a| |].
  inversion_clear ha' as [|? ? ? ? psi att' ? ? true_b next_b| |].
  by have [e e'] := true_supremum_unique true_a true_b; subst; apply: IH next_a next_b.
- inversion_clear ha as [| |? ? ? ? ? t ? ? true_a next_a|].
  inversion_clear ha' as [| |? ? ? ? ? r ? ? true_b next_b|].
  by have e := true_mixing_unique true_a true_b; subst; apply: IH next_a next_b.
- inversion_clear ha as [| | |? ? ? ? ? next_a]; inversion_clear ha' as [| | |? ? ? ? ? next_b].
  exact: IH next_a next_b.
- by inversion ha.
Qed.

Lemma found_at_weight_unique z b x y : found_at_weight z b x -> found_at_weight z b y -> x = y.
Proof.
move=> [holds holds_b x_b] [holds' holds'_b y_b]; rewrite -(true_comparison_unique holds_b holds'_b) in y_b.
exact: means_at_unique x_b y_b.
Qed.

Lemma true_over_weights_unique z v w : true_over_weights R z v -> true_over_weights R z w -> v = w.
Proof.
have decided_or_not any missing :
    true_over_weights R z Decided -> true_over_weights R z (Undecided any missing) -> False.
  move=> [b in_b found_b] [all_b _]; have [x found_x not_stop] := all_b b in_b.
  exact: not_stop (found_at_weight_unique found_x found_b).
case: v w => [|any missing] [|any' missing'] //.
- by move=> yes no; case: (decided_or_not _ _ yes no).
- by move=> no yes; case: (decided_or_not _ _ yes no).
move=> [_ [anyP missingP]] [_ [anyP' missingP']].
have same (x y : bool) : (x = true <-> y = true) -> x = y by case: x y => -[] // [yes no]; [rewrite yes | rewrite no].
congr Undecided; apply: same; first exact: iff_trans anyP (iff_sym anyP').
exact: iff_trans missingP (iff_sym missingP').
Qed.

Lemma means_unique A (p : program A) a a' : means R p a -> means R p a' -> a = a'.
Proof.
elim/program_induction: p a a' => [c||first s k j next IH|average l1 s k epsilon next IH|head x strict next IH|
  first s q stop at_weight next IH] a a' ha ha'.
- by inversion ha; inversion ha'; subst.
- by inversion ha.
- inversion_clear ha as [|? ? ? ? phi att ? ? true_a next_a| |].
  inversion_clear ha' as [|? ? ? ? psi att' ? ? true_b next_b| |].
  by have [e e'] := true_supremum_unique true_a true_b; subst; apply: IH next_a next_b.
- inversion_clear ha as [| |? ? ? ? ? t ? ? true_a next_a|].
  inversion_clear ha' as [| |? ? ? ? ? r ? ? true_b next_b|].
  by have e := true_mixing_unique true_a true_b; subst; apply: IH next_a next_b.
- by inversion ha.
- inversion_clear ha as [| | |? ? ? ? ? v ? ? true_v next_v].
  inversion_clear ha' as [| | |? ? ? ? ? w ? ? true_w next_w].
  by have e := true_over_weights_unique true_v true_w; subst; apply: IH next_v next_w.
Qed.
End Unique.
