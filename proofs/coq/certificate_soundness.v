(* What the acceptance of a certificate means: every formula has the truth value that is stated, with the true suprema
   and mixing times in it.

   Glossary
     true_supremum ...  phi is the supremum of the signal of node j under the diffusion matrix of chain k over all times
                        from the first step on, and it is attained or not as stated
     true_mixing ...    absorption is certain for chain k, and t is its mixing time in the reading's convention
     means p a          the evaluation p returns a when every question is given its true answer
     holds r b          the formula of the reading r has the truth value b
     truthful known     these answers include every true one
     true_certificate   each reading's formula has the stated truth value, and the verdict follows from these *)
From Coq Require Import ZArith QArith List Bool FMapPositive.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify.
From crosshead Require Import systems facts mixing_facts.
From crosshead Require Import integer_checks integer_numbers integer_semantics integer_theorems.
From crosshead Require Import certificate_numbers certificate_systems certificate_programs certificate_check.
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

Inductive means (A : Type) : program A -> A -> Prop :=
| means_return a : means (Return a) a
| means_supremum first s k j phi attained next a :
    true_supremum first s k j phi attained -> means (next phi attained) a ->
    means (Ask_supremum first s k j next) a
| means_mixing average l1 s k epsilon t next a :
    true_mixing average l1 s k epsilon t -> means (next t) a ->
    means (Ask_mixing average l1 s k epsilon next) a.

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

Lemma means_unique A (p : program A) a b : means p a -> means p b -> a = b.
Proof.
elim: p a b => [c||first s k j next IH|average l1 s k epsilon next IH] a b.
- by move=> ha hb; inversion ha; inversion hb; subst.
- by move=> ha; inversion ha.
- move=> ha hb; inversion_clear ha as [|? ? ? ? phi att ? ? true_a next_a|].
  inversion_clear hb as [|? ? ? ? psi att' ? ? true_b next_b|].
  by have [e e'] := true_supremum_unique true_a true_b; subst; apply: IH next_a next_b.
- move=> ha hb; inversion_clear ha as [| |? ? ? ? ? t ? ? true_a next_a].
  inversion_clear hb as [| |? ? ? ? ? r ? ? true_b next_b].
  by have e := true_mixing_unique true_a true_b; subst; apply: IH next_a next_b.
Qed.

(* ---- Listed facts are true answers ---- *)

Lemma verify_supremum first average s k j phi a p :
  verify first average (prepare s) (Supremum_fact k j phi a p) -> true_supremum first s k j phi a.
Proof.
rewrite /verify /true_supremum /diffusion_of; case: chain_of => // c; case: diffusion => // D /andP[can_phi checked].
have : (sink_node s < size_of D)%N /\ (j < size_of D)%N.
  by move: checked => /andP[/andP[/andP[_ /Nat.ltb_spec0 lt_s] /Nat.ltb_spec0 lt_j] _]; split; exact/ssrnat.ltP.
case size_D: (size_of D) => [|n]; first by case.
case=> lt_sink lt_j; exists D, n, (Ordinal lt_sink), (Ordinal lt_j); split=> //.
exact: (@check_phi_sound n first D (Ordinal lt_sink) (Ordinal lt_j) phi size_D a p checked).
Qed.

Lemma verify_mixing first average s k l1 t epsilon :
  verify first average (prepare s) (Mixing_fact k l1 t epsilon) -> true_mixing average l1 s k epsilon t.
Proof.
rewrite /verify /true_mixing /walk_of; case: chain_of => // c; case: walk => // W /andP[_ checked].
have : (sink_node s < size_of W)%N.
  move: checked => /andP[/andP[/andP[/andP[/andP[/andP[_ +] _] _] _] _] _].
  by move=> /Nat.ltb_spec0 lt_s; exact/ssrnat.ltP.
case size_W: (size_of W) => [|n] // lt_sink; exists W, n, (Ordinal lt_sink).
by have [] := @check_t_mix_sound n W (Ordinal lt_sink) size_W average l1 t epsilon checked.
Qed.

Lemma equal_listsP A (eqb : A -> A -> bool) :
  (forall x y, eqb x y -> x = y) -> forall x y, equal_lists eqb x y -> x = y.
Proof. by move=> sound; elim=> [|a x IH] [|b y] //= /andP[/sound-> /IH->]. Qed.

Lemma equal_optionsP A (eqb : A -> A -> bool) :
  (forall x y, eqb x y -> x = y) -> forall x y, equal_options eqb x y -> x = y.
Proof. by move=> sound [a|] [b|] //= /sound->. Qed.

Lemma equal_fractionsP x y : equal_fractions x y -> x = y.
Proof. by case: x y => [a b] [c d] /andP[/Z.eqb_spec /= -> /Pos.eqb_spec ->]. Qed.

Lemma equal_systemsP x y : equal_systems x y -> x = y.
Proof.
case: x y => [n s h w] [n' s' h' w'] /andP[/andP[/andP[/Nat.eqb_spec /= -> /Nat.eqb_spec ->] heads] weights].
congr System; last exact: equal_listsP equal_fractionsP _ _ weights.
apply: equal_listsP heads => {h h' w w' weights} -[e|d w] [e'|d' w'] //=.
  move=> same; congr Edges; apply: equal_listsP same => {e e'} -[a b] [c d].
  by move=> /andP[/Nat.eqb_spec /= -> /Nat.eqb_spec ->].
have rowsP x y : equal_rows x y -> x = y by apply: equal_listsP; apply: equal_listsP; apply: equal_fractionsP.
by move=> /andP[/(equal_optionsP rowsP)-> /(equal_optionsP rowsP)->].
Qed.

(* What is found under a number was listed. *)
Lemma index_of_listed l t : index_of l = Some t -> forall s a, List.In a (same_number t s) -> List.In a l.
Proof.
elim: l t => [|b l IH] t /=.
  by case=> <- s a; rewrite /same_number PositiveMap.gempty.
case e: (index_of l) => [u|] //; case: existsb => // -[<-] s a.
rewrite /same_number PositiveMapAdditionalFacts.gsspec.
case: PositiveMap.E.eq_dec => [_ [->|]|_]; [by left | by move=> in_u; right; apply: (IH _ e (fst b)) |].
by move=> in_u; right; apply: (IH _ e s).
Qed.

Lemma facts_of_verified first average l t s f :
  List.forallb (verify_listing first average) l -> index_of l = Some t -> List.In f (facts_of t s) ->
  verify first average (prepare s) f.
Proof.
move=> /List.forallb_forall verified indexed; rewrite /facts_of.
case e: (List.find _ _) => [a|] //; have [in_t /equal_systemsP s_a] := List.find_some _ _ e.
move=> in_a; have := verified a (index_of_listed indexed in_t).
by move=> /andP[_ /List.forallb_forall/(_ f in_a)]; rewrite -s_a.
Qed.

Lemma listed_supremum_true first average l t first' s k j phi a :
  List.forallb (verify_listing first average) l -> index_of l = Some t ->
  listed_supremum first t first' s k j = Some (phi, a) -> true_supremum first' s k j phi a.
Proof.
move=> verified indexed; rewrite /listed_supremum; case: Nat.eqb_spec => // <-.
case e: (List.find _ _) => [[k' j' phi' a' p|]|] // -[<- <-].
have [in_t /= /andP[/Nat.eqb_spec -> /Nat.eqb_spec ->]] := List.find_some _ _ e.
exact: verify_supremum (facts_of_verified verified indexed in_t).
Qed.

Lemma listed_mixing_true first average l t average' l1 s k epsilon T :
  List.forallb (verify_listing first average) l -> index_of l = Some t ->
  listed_mixing average t average' l1 s k epsilon = Some T -> true_mixing average' l1 s k epsilon T.
Proof.
move=> verified indexed; rewrite /listed_mixing; case: Bool.eqb_spec => // <-.
case e: (List.find _ _) => [[|k' l1' T' epsilon']|] // -[<-].
have [in_t /= /andP[/andP[/Nat.eqb_spec -> /Bool.eqb_prop ->] /equal_fractionsP ->]] := List.find_some _ _ e.
exact: verify_mixing (facts_of_verified verified indexed in_t).
Qed.

(* ---- Readings ---- *)

Definition holds (r : reading) (b : bool) : Prop :=
  exists2 o, means (formula_outcome r) o & is_truth b (value_of o).

Lemma run_means A (known : answers) (p : program A) a :
  (forall first s k j phi b, supremum_answer known first s k j = Some (phi, b) -> true_supremum first s k j phi b) ->
  (forall average l1 s k epsilon t, mixing_answer known average l1 s k epsilon = Some t ->
    true_mixing average l1 s k epsilon t) ->
  run known p = Some a -> means p a.
Proof.
move=> suprema mixing; elim: p => [b||first s k j next IH|average l1 s k epsilon next IH] //=.
- by case=> <-; constructor.
- case e: supremum_answer => [[phi b]|] // /IH; apply: means_supremum; exact: suprema.
- case e: mixing_answer => [t|] // /IH; apply: means_mixing; exact: mixing.
Qed.

Lemma check_reading_holds r : check_reading r -> holds r (stated_truth r).
Proof.
rewrite /check_reading => /andP[/andP[_ verified]]; case indexed: (index_of _) => [t|] //; cbv zeta.
set known := Answers _ _; case ran: (run known (formula_outcome r)) => [o|] // /andP[truth_o _]; exists o => //.
move: ran; apply: run_means => /=.
  by move=> first s k j phi b; apply: (listed_supremum_true verified indexed).
by move=> average l1 s k epsilon T; apply: (listed_mixing_true verified indexed).
Qed.

(* A formula does not have both truth values. *)
Theorem formula_not_true_and_false r : holds r true -> holds r false -> False.
Proof.
move=> [o o_means true_o] [o' o'_means]; have -> := means_unique o'_means o_means.
move: true_o; rewrite /is_truth; case: value_of => // x /andP[_ /equal_fractionsP ->].
by rewrite andbF.
Qed.

Definition true_certificate (c : certificate) : Prop :=
  [/\ exists2 r, List.In r (readings c) & role_of r = Is_stated,
      forall r, List.In r (readings c) -> holds r (stated_truth r) &
      stated_verdict c = verdict_of (is_definition c) (readings c)].

Definition refuted (c : certificate) : Prop :=
  (exists2 r, List.In r (readings c) & role_of r = Is_stated) /\
  forall r, List.In r (readings c) -> role_of r = Is_stated -> holds r false.

Theorem accepted_certificate_is_true c : check c = true -> true_certificate c.
Proof.
move=> /andP[/andP[/List.existsb_exists[r [in_c stated]] verdict] /List.forallb_forall checked].
split; first by exists r => //; move: stated; rewrite /is_role; case: role_of.
  by move=> r' /checked; apply: check_reading_holds.
by move: verdict; case: stated_verdict; case: verdict_of.
Qed.

Corollary accepted_reading_holds c r : check c = true -> List.In r (readings c) -> holds r (stated_truth r).
Proof. by move=> /accepted_certificate_is_true[_ all_hold _]; apply: all_hold. Qed.

Theorem refuting_certificate_refutes c :
  check c = true -> stated_verdict c = Refuted \/ stated_verdict c = Holds_if -> refuted c.
Proof.
move=> /accepted_certificate_is_true[some_stated all_hold verdict] which; split=> // r in_c stated.
have := all_hold r in_c; suff -> : stated_truth r = false by [].
have : List.In (stated_truth r) (List.map stated_truth (List.filter (is_role Is_stated) (readings c))).
  by apply: List.in_map; apply/List.filter_In; rewrite /is_role stated.
move: which; rewrite verdict /verdict_of; case: is_definition; first by case.
case: List.forallb; first by case.
case e: existsb; first by case.
move=> _ in_truths; case is_true: (stated_truth r) in_truths => // in_truths.
by rewrite -e; apply/esym/List.existsb_exists; exists true.
Qed.

(* The same with an oracle: whoever answers every question that has a true answer with it finds the same. *)
Definition truthful (known : answers) : Prop :=
  (forall first s k j phi a, true_supremum first s k j phi a -> supremum_answer known first s k j = Some (phi, a)) /\
  (forall average l1 s k epsilon t, true_mixing average l1 s k epsilon t ->
    mixing_answer known average l1 s k epsilon = Some t).

Lemma means_run A (known : answers) (p : program A) a : truthful known -> means p a -> run known p = Some a.
Proof.
move=> [suprema mixing]; elim=> //= [first s k j phi b next {}a true_b _|average l1 s k epsilon t next {}a true_t _].
  by rewrite (suprema _ _ _ _ _ _ true_b).
by rewrite (mixing _ _ _ _ _ _ true_t).
Qed.

Theorem accepted_for_every_oracle c known r :
  check c = true -> truthful known -> List.In r (readings c) ->
  exists2 o, run known (formula_outcome r) = Some o & is_truth (stated_truth r) (value_of o).
Proof.
move=> /accepted_certificate_is_true[_ all_hold _] truth /all_hold[o o_means o_truth].
by exists o => //; apply: means_run.
Qed.
