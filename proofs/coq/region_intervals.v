(* Sets of weights as certificates write them, and the cells they are joined from (src/certificate/REGION.md,
  section 4).

   Glossary
     facing e b         where b lies: before (Lt), at (Eq) or after (Gt) an end; a root by the sign of its polynomial
     in_intervals l b   b is in the set
     has_space i        every weight is beyond the left end or short of the right one *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import certificate_numbers number_enclosures.
From crosshead Require Import region_polynomials region_documents region_values region_check region_meaning.
From crosshead Require Import region_sides region_cells region_certificates.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation length := List.length.

Section Intervals.
Variable R : realFieldType.
Implicit Types (b : R) (e : end_of_weights) (i : interval) (c d : cell).

Definition facing e b : comparison :=
  match e with
  | Number_end q => if b < real_of R q then Lt else if b == real_of R q then Eq else Gt
  | Root_end p l r =>
      if b <= real_of R l then Lt
      else if real_of R r <= b then Gt
      else if value b p == 0 then Eq
      else match root_between l r p with
           | Some g => if has_sign (value b p) (sign_before g) then Lt else Gt
           | None => Gt
           end
  end.
Definition beyond e (closed : bool) b : bool := match facing e b with Gt => true | Eq => closed | Lt => false end.
Definition short_of e (closed : bool) b : bool := match facing e b with Lt => true | Eq => closed | Gt => false end.
Definition in_interval i b : bool := beyond (left_of i) (left_closed i) b && short_of (right_of i) (right_closed i) b.
Definition in_intervals (l : list interval) b : bool := List.existsb (fun i => in_interval i b) l.
Definition has_space i b : bool := beyond (left_of i) (left_closed i) b || short_of (right_of i) (right_closed i) b.

Lemma equal_ends_facing e e' b : equal_ends e e' -> facing e b = facing e' b.
Proof.
case: e e' => [q|p l r] [q'|p' l' r'] //=; first by move=> /(real_of_equal R)->.
case/andP=> /andP[/andP[len same] lr]; move: lr => /andP[/Z.eqb_spec el /Pos.eqb_spec el'] /andP[/Z.eqb_spec er
  /Pos.eqb_spec er'].
have -> : p = p'.
  move: len => /Nat.eqb_spec; elim: p p' same => [|a p IH] [|a' p'] //= /andP[/Z.eqb_spec-> same] [len].
  by rewrite (IH _ same len).
by have -> : l = l' by [case: (l) (l') el el' => [? ?] [? ?] /= -> ->];
  have -> : r = r' by [case: (r) (r') er er' => [? ?] [? ?] /= -> ->].
Qed.

Lemma neighbours e e' closed b : equal_ends e e' -> beyond e' (~~ closed) b = ~~ short_of e closed b.
Proof. by move=> /(equal_ends_facing b) same; rewrite /beyond /short_of same; case: facing; rewrite ?negbK. Qed.

Lemma facing_number q b :
  [/\ beyond (Number_end q) true b = (real_of R q <= b), beyond (Number_end q) false b = (real_of R q < b),
      short_of (Number_end q) true b = (b <= real_of R q) & short_of (Number_end q) false b = (b < real_of R q)].
Proof. by rewrite /beyond /short_of /=; case: (ltrgtP b). Qed.

Lemma cell_interval_in c b : has_room c -> in_interval (cell_interval c) b <-> in_cell c b.
Proof.
case: c => l r part p ans; rewrite /has_room /in_cell /in_interval /cell_interval /left_end_of /right_end_of
  /is_single /=.
have [geq_l gt_l leq_l lt_l] := facing_number l b; have [geq_r gt_r leq_r lt_r] := facing_number r b.
case: part => [|side] room.
  have [same|differ] := boolP (equal_fractions l r).
    rewrite geq_l leq_r (real_of_equal R same) eqxx; split=> [/andP[le1 le2]|->]; last by rewrite lexx.
    by apply/eqP; rewrite eq_le le2.
  have lt_lr : below l r by case/orP: room => // same; rewrite same in differ.
  by rewrite (lt_eqF (real_of_below R lt_lr)) gt_l lt_r.
case/andP: room => _; case root: root_between => [g|] // _.
have opposite := root_between_opposite root.
have fact : match side with
    | Before => (real_of R l < b) && short_of (Root_end p l r) false b
    | At => beyond (Root_end p l r) true b && short_of (Root_end p l r) true b
    | After => beyond (Root_end p l r) false b && (b < real_of R r)
    end <-> (real_of R l < b < real_of R r /\ has_sign (value b p) (root_sign g side)).
  rewrite /beyond /short_of /= root; case: (leP b) => [le_bl|lt_lb].
    by case: side => /=; split=> // -[].
  case: (leP _ b) => [le_rb|lt_br].
    by case: side => /=; split=> // -[].
  have [v_lt0|v_gt0|v0] := ltrgtP (value b p) 0; case: opposite => -[e_b e_a]; case: side => /=;
    rewrite ?e_b ?e_a /= ?v_lt0 ?v_gt0 ?v0 ?ltxx ?eqxx ?(lt_gtF v_lt0) ?(lt_gtF v_gt0) ?(lt_eqF v_lt0) ?(gt_eqF
      v_gt0); by split=> // -[].
by case: (side) fact => /=; rewrite ?gt_l ?lt_r.
Qed.

Lemma cell_has_space c b : has_room c -> has_space (cell_interval c) b.
Proof.
case: c => l r part p ans; rewrite /has_room /has_space /cell_interval /left_end_of /right_end_of /is_single /=.
have [geq_l gt_l leq_l lt_l] := facing_number l b; have [geq_r gt_r leq_r lt_r] := facing_number r b.
case: part => [|side] room.
  have [same|differ] := boolP (equal_fractions l r).
    by rewrite geq_l leq_r (real_of_equal R same) le_total.
  have lt_lr : below l r by case/orP: room => // same; rewrite same in differ.
  rewrite gt_l lt_r; case: ltP => //= le_bl; exact: le_lt_trans le_bl (real_of_below R lt_lr).
case/andP: room => /(real_of_below R) lt_lr _.
case: side; rewrite ?gt_l ?lt_r /beyond /short_of; try by case: facing.
  by rewrite /facing; case: (ltP _ b) => //= ->.
by rewrite /facing orbC; case: (ltP b) => //= le_rb; rewrite leNgt (lt_le_trans lt_lr le_rb) /=.
Qed.

(* ---- Runs ---- *)

Lemma runs_first c l b : answer c -> chained (c :: l) ->
  exists i rest, [/\ runs (c :: l) = i :: rest, left_of i = left_end_of c, left_closed i = is_single c & has_space i b].
Proof.
elim: l c => [|d l IH] c ans /=; rewrite ans.
  by move=> /andP[/andP[room _] _]; exists (cell_interval c), [::]; split=> //; apply: cell_has_space.
case/andP=> /andP[room chain] /andP[ends /eqP single]; case ans_d: (answer d); last first.
  by exists (cell_interval c), (runs l); split=> //; apply: cell_has_space.
have [i [rest [e left_i closed_i space_i]]] := IH d ans_d chain.
rewrite /= ans_d in e; rewrite e /=; eexists; eexists; split; try reflexivity.
have := cell_has_space b room; rewrite /has_space /=; case: beyond => //= short_c.
move: space_i; rewrite /has_space left_i closed_i.
have -> : is_single d = ~~ is_single c by move: single; case: is_single; case: is_single.
by rewrite (neighbours _ _ ends) short_c.
Qed.

Theorem runs_right l b : chained l -> in_intervals (runs l) b <-> exists2 c, List.In c l & answer c /\ in_cell c b.
Proof.
elim: l => [|c l IH]; first by split=> // -[].
move=> chain; have /andP[/andP[room chain_l] next] := chain.
have split_in : (exists2 c', List.In c' (c :: l) & answer c' /\ in_cell c' b) <->
    (answer c /\ in_interval (cell_interval c) b) \/ in_intervals (runs l) b.
  split=> [[c' [<-|in_l]]|].
  - by case=> ans in_c; left; split=> //; apply/cell_interval_in.
  - by move=> ans; right; apply/IH => //; exists c'.
  case=> [[ans in_c]|/(IH chain_l)[c' in_l ans]]; first by exists c; [left | split=> //; apply/cell_interval_in].
  by exists c' => //; right.
rewrite split_in /=; case ans: (answer c); last by split=> [|[[]|]] //; right.
case: l {IH} chain chain_l next split_in => [|d l] chain chain_l next _ /=.
  by rewrite /in_intervals /= orbF; split=> [|[[]|]] //; left.
case/andP: next => ends /eqP single.
case ans_d: (answer d); last first.
  rewrite /in_intervals /=; split=> [/orP[]|[[_ ->]|->]] //; rewrite ?orbT //; [by left | by right].
have [i [rest [e left_i closed_i space_i]]] := runs_first b ans_d chain_l.
rewrite /= ans_d in e; rewrite e /in_intervals /= {1 4}/in_interval.
have lower_d : beyond (left_of i) (left_closed i) b = ~~ short_of (right_end_of c) (is_single c) b.
  rewrite left_i closed_i; have -> : is_single d = ~~ is_single c by move: single; case: is_single; case: is_single.
  exact: neighbours.
have space_c := cell_has_space b room; move: space_i space_c.
rewrite /has_space /in_interval /= lower_d; set u := beyond _ _ _; set v := short_of _ _ _; set w := short_of _ _ _.
set x := List.existsb _ _ => space_i space_c.
split=> [|[[_]|]]; move: space_i space_c; case: u; case: v; case: w; case: x => //= _ _ _; by [left | right].
Qed.

Lemma equal_intervals_in i i' b : equal_intervals i i' -> in_interval i b = in_interval i' b.
Proof.
case/andP=> /andP[/andP[/(equal_ends_facing b) l /Bool.eqb_prop cl] /(equal_ends_facing b) r] /Bool.eqb_prop cr.
by rewrite /in_interval /beyond /short_of l cl r cr.
Qed.

Lemma same_intervals l l' b : length l = length l' -> List.forallb id (zip equal_intervals l l') ->
  in_intervals l b = in_intervals l' b.
Proof.
rewrite /in_intervals; elim: l l' => [|i l IH] [|i' l'] //= [len] /andP[/(equal_intervals_in b)-> same].
by rewrite (IH _ len same).
Qed.
End Intervals.
