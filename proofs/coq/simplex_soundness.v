(* What a quantifier finds on the cells of a fact is what it finds at all real weights.

   Glossary
     bounded c b       the weight b is at the point, or within the open interval, of the cell c
     true_cells cells  every weight 0 <= b <= 1 lies in a cell, within its bounds; there, what the cell answers is true;
                       and no cell is empty (simplex_cells.v proves this of the cells that facts give)
     over_cells_true   the theorem *)
From Coq Require Import ZArith QArith List Bool.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify.
From crosshead Require Import exponential_bounds number_enclosures region_documents simplex_check.
From crosshead Require Import integer_checks certificate_numbers certificate_systems simplex_comparisons.
From crosshead Require Import certificate_programs certificate_truth.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Cells.
Variable R : archiFieldType.
Implicit Types b : R.

Definition bounded (c : cell) b : bool :=
  let l := real_of R (from c) in let r := real_of R (to c) in if l == r then b == l else l < b < r.
Definition true_cells (first : nat) (s : system) (q : mean_comparison) (cells : list cell) : Prop :=
  exists lies : cell -> R -> Prop, [/\
    forall b, 0 <= b <= 1 -> exists2 c, List.In c cells & lies c b,
    forall c b, List.In c cells -> lies c b -> [/\ 0 <= b <= 1, bounded c b & true_comparison first s q b (answer c)] &
    forall c, List.In c cells -> exists b, lies c b].

Lemma heavier_in_true c head x strict v b :
  bounded c b -> heavier_in c head x strict = Some v -> v = heavier_at b head x strict.
Proof.
rewrite /bounded /heavier_in /heavier_at => inside.
have bounds least most w :
    (let l := real_of R least in let r := real_of R most in if l == r then w == l else l < w < r) ->
    (if at_most most least then Some (if strict then below x least else at_most x least)
     else if at_most x least then Some true else if at_most most x then Some false else None) = Some v ->
    v = if strict then real_of R x < w else real_of R x <= w.
  rewrite /= !(at_mostE R) (belowE R); case: eqVneq => [-> /eqP ->|neq /andP[lt_l lt_r]].
    by rewrite lexx => -[<-].
  rewrite leNgt (lt_trans lt_l lt_r) /=; case: ifP => [le_x [<-]|_].
    by have lt_x := le_lt_trans le_x lt_l; case: strict; rewrite ?lt_x ?ltW.
  case: ifP => // le_x [<-]; have lt_x := lt_le_trans lt_r le_x.
  by case: strict; apply/esym/negbTE; rewrite -?leNgt -?ltNge ?(ltW lt_x).
case: head => [|head]; first exact: bounds.
apply: bounds; rewrite !real_of_minus (_ : real_of R (1 # 1) = 1) ?/real_of ?real1 ?divr1 //.
move: inside; rewrite /real_of /=; set l := real _ _ / _; set r := real _ _ / _.
have -> : (1 - r == 1 - l) = (l == r) by rewrite (inj_eq (addrI 1)) eqr_opp eq_sym.
by case: eqVneq => [-> /eqP->|_ /andP[lt_l lt_r]]; rewrite ?ltr_add2l ?ltr_opp2 ?lt_l ?lt_r.
Qed.

Lemma run_at_means b supremum_known mixing_known heavier_known A (p : program A) a :
  (forall first s k j phi x, supremum_known first s k j = Some (phi, x) -> true_supremum first s k j phi x) ->
  (forall average l1 s k epsilon t, mixing_known average l1 s k epsilon = Some t ->
    true_mixing average l1 s k epsilon t) ->
  (forall head x strict v, heavier_known head x strict = Some v -> v = heavier_at b head x strict) ->
  run_at supremum_known mixing_known heavier_known p = Some a -> means_at b p a.
Proof.
move=> suprema mixing heavier.
elim/program_induction: p => [c||first s k j next IH|average l1 s k epsilon next IH|head x strict next IH|] //=.
- by case=> <-; constructor.
- case e: supremum_known => [[phi x]|] // /IH; apply: means_at_supremum; exact: suprema.
- case e: mixing_known => [t|] // /IH; apply: means_at_mixing; exact: mixing.
- by case e: heavier_known => [v|] // /IH; rewrite (heavier _ _ _ _ e); apply: means_at_weight.
Qed.

(* ---- The quantifier ---- *)

Lemma over_cells_finds at_cell stop cells any missing v : over_cells at_cell stop cells any missing = Some v ->
  match v with
  | Decided => exists2 c, List.In c cells & at_cell c = Some (Some (Some stop))
  | Undecided any' missing' =>
      (forall c, List.In c cells -> exists2 found, at_cell c = Some found & found <> Some (Some stop))
      /\ (any' = true <-> any = true \/ exists c t, List.In c cells /\ at_cell c = Some (Some t))
      /\ (missing' = true <-> missing = true \/ exists2 c, List.In c cells & at_cell c = Some (Some None))
  end.
Proof.
elim: cells any missing v => [|c cells IH] any missing v /=.
  by case=> <-; split=> //; split; split; [left | case=> // -[? [? []]] | left | case=> // -[]].
case e: (at_cell c) => [[[t|]|]|] //; last 1 first.
- move=> /IH; case: v => [[d in_d at_d]|any' missing' [found [anyP missingP]]]; first by exists d => //; right.
  split; first by move=> d [<-|/found //]; exists None; rewrite ?e.
  split; [rewrite anyP | rewrite missingP].
    split; case; [by left | by move=> [d [t [in_d at_d]]]; right; exists d, t; split; [right|] | by left |].
    by move=> [d [t [[<-|in_d] at_d]]]; [rewrite e in at_d | right; exists d, t].
  split; case; [by left | by move=> [d in_d at_d]; right; exists d; [right|] | by left |].
  by move=> [d [<-|in_d] at_d]; [rewrite e in at_d | right; exists d].
- case: Bool.eqb_spec => [e_t [<-]|neq]; first by exists c; [left | rewrite e e_t].
  move=> /IH; case: v => [[d in_d at_d]|any' missing' [found [anyP missingP]]]; first by exists d => //; right.
  split; first by move=> d [<-|/found //]; exists (Some (Some t)); rewrite ?e // => -[].
  split; [rewrite anyP | rewrite missingP].
    by split; [move=> _; right; exists c, (Some t); split; [left|] | left].
  split; case; [by left | by move=> [d in_d at_d]; right; exists d; [right|] | by left |].
  by move=> [d [<-|in_d] at_d]; [rewrite e in at_d | right; exists d].
- move=> /IH; case: v => [[d in_d at_d]|any' missing' [found [anyP missingP]]]; first by exists d => //; right.
  split; first by move=> d [<-|/found //]; exists (Some None); rewrite ?e.
  split; [rewrite anyP | rewrite missingP].
    by split; [move=> _; right; exists c, None; split; [left|] | left].
  by split; [move=> _; right; exists c; [left|] | left].
Qed.

Theorem over_cells_true z cells at_cell v :
  true_cells (asked_from z) (asked_system z) (asked_comparison z) cells ->
  (forall c b found, List.In c cells -> bounded c b -> at_cell c = Some found ->
    means_at b (asked_at z (answer c)) found) ->
  over_cells at_cell (asked_stop z) cells false false = Some v -> true_over_weights R z v.
Proof.
move=> [lies [cover inside inhabited]] at_cell_means /over_cells_finds.
have here c b found : List.In c cells -> lies c b -> at_cell c = Some found -> found_at_weight z b found.
  by move=> in_c /(inside _ _ in_c)[_ bound_b true_b] /(at_cell_means _ _ _ in_c bound_b) means_b; exists (answer c).
have somewhere c found : List.In c cells -> at_cell c = Some found -> found_somewhere R z found.
  move=> in_c at_c; have [b lies_b] := inhabited c in_c; have [in_b _ _] := inside c b in_c lies_b.
  by exists b => //; apply: here lies_b at_c.
case: v => [[c in_c at_c]|any missing [found [anyP missingP]]]; first exact: somewhere at_c.
have on_cell x : found_somewhere R z x -> exists2 c, List.In c cells & at_cell c = Some x.
  move=> [b in_b found_b]; have [c in_c lies_b] := cover b in_b; have [y at_c _] := found c in_c.
  by exists c; rewrite // at_c (found_at_weight_unique (here _ _ _ in_c lies_b at_c) found_b).
split=> [b in_b|].
  have [c in_c lies_b] := cover b in_b; have [x at_c not_stop] := found c in_c.
  by exists x => //; apply: here lies_b at_c.
split; [rewrite anyP | rewrite missingP].
  split=> [[//|[c [t [in_c at_c]]]]|[t /on_cell[c in_c at_c]]]; first by exists t; apply: somewhere at_c.
  by right; exists c, t.
by split=> [[//|[c in_c at_c]]|/on_cell[c in_c at_c]]; [apply: somewhere at_c | right; exists c].
Qed.
End Cells.
