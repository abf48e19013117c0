(* What the acceptance of a certificate means: every formula has the truth value that is stated, with the true suprema
   and mixing times in it, and for all real weights (certificate_truth.v).

   Glossary
     lists_weights r    a fact of the reading r is about all weights of two heads
     real_numbers_for r R
                        the field R of weights has the roots that real numbers have, if r has such a fact
     holds r b          the formula of the reading r has the truth value b, whatever the field of weights
     truthful known     these answers include every true one
     true_certificate   each reading's formula has the stated truth value, and the verdict follows from these *)
From Coq Require Import ZArith QArith List Bool FMapPositive.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify.
From crosshead Require Import region_documents simplex_comparisons simplex_check simplex_soundness simplex_cells.
From crosshead Require Import systems facts mixing_facts.
From crosshead Require Import integer_checks integer_numbers integer_semantics integer_theorems.
From crosshead Require Import certificate_numbers certificate_systems certificate_programs certificate_truth.
From crosshead Require Import certificate_domains certificate_check.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

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
case e: (List.find _ _) => [[k' j' phi' a' p| |]|] // -[<- <-].
have [in_t /= /andP[/Nat.eqb_spec -> /Nat.eqb_spec ->]] := List.find_some _ _ e.
exact: verify_supremum (facts_of_verified verified indexed in_t).
Qed.

Lemma listed_mixing_true first average l t average' l1 s k epsilon T :
  List.forallb (verify_listing first average) l -> index_of l = Some t ->
  listed_mixing average t average' l1 s k epsilon = Some T -> true_mixing average' l1 s k epsilon T.
Proof.
move=> verified indexed; rewrite /listed_mixing; case: Bool.eqb_spec => // <-.
case e: (List.find _ _) => [[|k' l1' T' epsilon'|]|] // -[<-].
have [in_t /= /andP[/andP[/Nat.eqb_spec -> /Bool.eqb_prop ->] /equal_fractionsP ->]] := List.find_some _ _ e.
exact: verify_mixing (facts_of_verified verified indexed in_t).
Qed.

(* ---- Facts about all weights ---- *)

Lemma equal_comparisonsP x y : equal_comparisons x y -> x = y.
Proof.
case: x y => [x b p] [y c q] /andP[/andP[same /Bool.eqb_prop /= ->] /equal_fractionsP ->]; congr Comparison.
case: x y same => [||j|j i|t] [||j'|j' i'|t'] //=; last by move=> /Z.eqb_spec->.
  by move=> /Nat.eqb_spec->.
by move=> /andP[/Nat.eqb_spec-> /Nat.eqb_spec->].
Qed.

Lemma all_some_in A (l : list (option A)) found x : all_some l = Some found -> List.In x found -> List.In (Some x) l.
Proof.
elim: l found => [|[a|] l IH] found //=; first by case=> <-.
by case e: (all_some l) => [m|] // -[<-] [->|in_m]; [left | right; apply: IH in_m].
Qed.

Definition is_about_weights (f : fact) : bool := if f is Weights_fact _ _ _ then true else false.
Definition lists_weights (r : reading) : bool :=
  List.existsb (fun l => List.existsb is_about_weights (snd l)) (listings r).

Lemma cells_of_facts_in first l found q cells : cells_of_facts first l = Some found -> List.In (q, cells) found ->
  List.existsb is_about_weights (snd l) /\
  exists order pieces, weights_cells first (prepare (fst l)) q order pieces = Some cells.
Proof.
rewrite /cells_of_facts; case e: (List.filter _ _) => [|f facts]; first by case=> <-.
move=> some in_found; split.
  have [in_f is_f] : List.In f (snd l) /\ is_about_weights f by apply/List.filter_In; rewrite e; left.
  by apply/List.existsb_exists; exists f.
have /List.in_map_iff[f' [+ _]] := all_some_in some in_found; case: f' => // q' order pieces.
by case e': weights_cells => [c|] // -[<- <-]; exists order, pieces.
Qed.

Lemma regions_of_listed first l t : regions_of first l = Some t -> forall s x, List.In x (same_regions t s) ->
  exists2 a, List.In a l & fst x = fst a /\ cells_of_facts first a = Some (snd x).
Proof.
elim: l t => [|b l IH] t /=.
  by case=> <- s x; rewrite /same_regions PositiveMap.gempty.
case e: (regions_of first l) => [u|] //; case e': cells_of_facts => [[|c found]|] // -[<-] s x.
  by move=> /(IH _ e)[a in_a a_x]; exists a => //; right.
rewrite /same_regions PositiveMapAdditionalFacts.gsspec.
by case: PositiveMap.E.eq_dec => [_ [<-|]|_]; [by exists b; [left|] | |];
  move=> /(IH _ e)[a in_a a_x]; exists a => //; right.
Qed.

Lemma listed_cells_true (R : archiFieldType) first l t s q cells :
  regions_of first l = Some t -> listed_cells t s q = Some cells ->
  List.existsb (fun a => List.existsb is_about_weights (snd a)) l /\
  (Num.real_closed_axiom R -> true_cells R first s q cells).
Proof.
move=> indexed; rewrite /listed_cells; case e: (List.find _ _) => [[s' found]|] //.
have [in_t /equal_systemsP /= s_s'] := List.find_some _ _ e.
case e': (List.find _ _) => [[q' cells']|] // -[eq_cells].
have [in_found /equal_comparisonsP /= q_q'] := List.find_some _ _ e'.
have [a in_a [/= s_a found_a]] := regions_of_listed indexed in_t.
have [about_a [order [pieces checked]]] := cells_of_facts_in found_a in_found.
split; first by apply/List.existsb_exists; exists a.
by rewrite s_s' s_a q_q' -eq_cells => closed; apply: weights_cells_true checked.
Qed.

(* ---- Readings ---- *)

Definition real_numbers_for (r : reading) (R : archiFieldType) : Prop := lists_weights r -> Num.real_closed_axiom R.
Definition holds (r : reading) (b : bool) : Prop :=
  forall R, real_numbers_for r R -> exists2 o, means R (formula_outcome r) o & is_truth b (value_of o).

Lemma run_means R A (known : answers) (p : program A) a :
  (forall first s k j phi b, supremum_answer known first s k j = Some (phi, b) -> true_supremum first s k j phi b) ->
  (forall average l1 s k epsilon t, mixing_answer known average l1 s k epsilon = Some t ->
    true_mixing average l1 s k epsilon t) ->
  (forall z found, weights_answer known z = Some found -> true_over_weights R z found) ->
  run known p = Some a -> means R p a.
Proof.
move=> suprema mixing weights.
elim/program_induction: p =>
  [b||first s k j next IH|average l1 s k epsilon next IH||first s q stop at_weight next IH] //=.
- by case=> <-; constructor.
- case e: supremum_answer => [[phi b]|] // /IH; apply: means_supremum; exact: suprema.
- case e: mixing_answer => [t|] // /IH; apply: means_mixing; exact: mixing.
- case e: weights_answer => [found|] // /IH; apply: means_weights; exact: weights.
Qed.

Lemma check_reading_holds r : check_reading r -> holds r (stated_truth r).
Proof.
rewrite /check_reading => /andP[/andP[_ verified]]; case indexed: (index_of _) => [t|] //.
case with_cells: (regions_of _ _) => [cells|] //; set known := listed _ _ _ _.
case ran: (run known (formula_outcome r)) => [o|] // /andP[truth_o _] R real; exists o => //.
have suprema first s k j phi b : listed_supremum (first_step r) t first s k j = Some (phi, b) ->
    true_supremum first s k j phi b.
  exact: listed_supremum_true verified indexed.
have mixing average l1 s k epsilon T : listed_mixing (average_start r) t average l1 s k epsilon = Some T ->
    true_mixing average l1 s k epsilon T.
  exact: listed_mixing_true verified indexed.
move: ran; apply: run_means => //= z found; rewrite /listed_weights /cells_for; case: Nat.eqb_spec => // first_z.
case e: listed_cells => [l|] //; have [about true_l] := listed_cells_true R with_cells e.
move=> finds; apply: over_cells_true finds; first by rewrite -first_z; apply/true_l/real.
move=> c b x _ bound_b; apply: run_at_means => // head y strict v; exact: heavier_in_true bound_b.
Qed.

(* A formula does not have both truth values. *)
Theorem formula_not_true_and_false r R : real_numbers_for r R -> holds r true -> holds r false -> False.
Proof.
move=> real /(_ R real)[o o_means true_o] /(_ R real)[o' o'_means]; have -> := means_unique o'_means o_means.
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
Definition truthful R (known : answers) : Prop :=
  [/\ forall first s k j phi a, true_supremum first s k j phi a -> supremum_answer known first s k j = Some (phi, a),
      forall average l1 s k epsilon t, true_mixing average l1 s k epsilon t ->
        mixing_answer known average l1 s k epsilon = Some t &
      forall z found, true_over_weights R z found -> weights_answer known z = Some found].

Lemma means_run R A (known : answers) (p : program A) a : truthful R known -> means R p a -> run known p = Some a.
Proof.
move=> [suprema mixing weights].
elim=> //= [first s k j phi b next {}a true_b _|average l1 s k epsilon t next {}a true_t _|
  first s q stop at_weight found next {}a true_found _].
- by rewrite (suprema _ _ _ _ _ _ true_b).
- by rewrite (mixing _ _ _ _ _ _ true_t).
- by rewrite (weights _ _ true_found).
Qed.

Theorem accepted_for_every_oracle c R known r :
  check c = true -> truthful R known -> List.In r (readings c) -> real_numbers_for r R ->
  exists2 o, run known (formula_outcome r) = Some o & is_truth (stated_truth r) (value_of o).
Proof.
move=> /accepted_certificate_is_true[_ all_hold _] truth /all_hold hold /hold[o o_means o_truth].
by exists o => //; apply: means_run o_means.
Qed.
