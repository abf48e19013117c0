(* The cells of a fact over all weights: what region_cells.v proves of them, in the terms of certificates of claims.

   Glossary
     piece_of_cell      a cell has the ends of its piece, which lie between 0 and 1
     cell_inhabited     no cell is empty among the real numbers
     matrix_of_fractions, mean_of_heads
                        the matrices of the fact are those of the chains
     weights_cells_true the theorem *)
From Coq Require Import ZArith QArith List Bool.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_signals exponential_bounds number_enclosures.
From crosshead Require Import region_polynomials region_documents region_values region_check region_bounds.
From crosshead Require Import region_meaning region_scenes region_pieces region_sides region_soundness.
From crosshead Require Import region_cells region_lower region_upper.
From crosshead Require Import integer_checks integer_numbers integer_semantics.
From crosshead Require Import certificate_numbers certificate_systems simplex_comparisons certificate_programs.
From crosshead Require Import simplex_check certificate_truth simplex_soundness simplex_roots.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Local Notation length := List.length.

(* ---- Ends ---- *)

Section Ends.
Variable R : realFieldType.
Implicit Types (c : cell) (x : piece) (h : two_heads).

Definition ends_of_cell c : Prop :=
  match part_of c with
  | Everything => from c = to c \/ real_of R (from c) < real_of R (to c)
  | On_side _ =>
      real_of R (from c) < real_of R (to c) /\ exists g, root_between (from c) (to c) (root_in_b c) = Some g
  end.

Lemma equal_fractions_eq (p q : Q) : equal_fractions p q -> p = q.
Proof. by case: p q => [a b] [c d] /andP[/Z.eqb_spec /= -> /Pos.eqb_spec ->]. Qed.

Lemma joined_ends point last l x : joined point last l -> 0 <= real_of R last -> List.In x l ->
  [/\ 0 <= real_of R (begins x), real_of R (ends x) <= 1 &
      is_point_piece x \/ real_of R (begins x) < real_of R (ends x)].
Proof.
have full : real_of R full_weight = 1 := divr1 _.
elim: l point last => //= y l IH point last.
case/andP=> /andP[/andP[/andP[/Bool.eqb_prop point_y /equal_fractions_eq begins_y] after_y] before_y] rest last_ge0.
rewrite (at_mostE R) full in before_y.
have ends_ge0 : 0 <= real_of R (ends y).
  case: (y) begins_y after_y point_y => [b a|l' r' a|l' r' f a a' a''] /= e after_y point_y; first by rewrite e.
    by move: after_y; rewrite point_y /= (belowE R) => /ltW; apply: le_trans.
  by move: after_y; rewrite point_y /= (belowE R) => /ltW; apply: le_trans.
case=> [<-|]; last exact: IH rest ends_ge0.
split; rewrite ?begins_y //; rewrite point_y in after_y.
by case/orP: after_y => [->|]; [left | rewrite (belowE R); right].
Qed.

Section Cells.
Variables (lv : scene -> nat -> lower -> option quotient)
  (uv : scene -> (polynomial -> option comparison) -> nat -> option Q -> upper -> option (list quotient)).
Variables (first : nat) (counted : list nat) (h : two_heads) (st : statement).

Lemma piece_of_cell l cells c : region_cells lv uv first counted h l st = Some cells -> List.In c cells ->
  [/\ 0 <= real_of R (from c), real_of R (to c) <= 1 & ends_of_cell c].
Proof.
rewrite /region_cells; case: ifP => // /andP[_ joined_l] found in_c.
have [x [in_x from_x to_x part_x]] : exists x, [/\ List.In x l, from c = begins x, to c = ends x &
    match part_of c with
    | Everything => is_point_piece x -> from c = to c
    | On_side _ => is_point_piece x = false /\ exists g, root_between (from c) (to c) (root_in_b c) = Some g
    end].
  elim: l cells found in_c {joined_l} => [|x l IH] cells /=; first by case=> <-.
  case e: piece_cells => [cs|] //; case e': all_cells => [ds|] // -[<-] /List.in_app_iff[in_cs|/(IH _ e')[y [in_y *]]].
    exists x; move: e in_cs; case: x => [b a|l' r' a|l' r' f a a' a''] /=.
    - by case: settled => //= answer [<-] [<-|//]; split=> //; left.
    - by case: settled => //= answer [<-] [<-|//]; split=> //; left.
    case root: root_between => [g|] //; do 3 case: settled => [?|] //=.
    by case=> <- [<-|[<-|[<-|//]]]; split; rewrite ?root //; try (by left); split=> //; exists g.
  by exists y; split=> //; right.
have [|ge0 le1 order] := joined_ends joined_l _ in_x; first by rewrite /real_of mul0r.
rewrite from_x to_x; split=> //; rewrite /ends_of_cell; case: part_of part_x => [same|side [no_point root]].
  by case: order => [/same|]; [left | rewrite from_x to_x; right].
by case: order => [|lt]; [rewrite no_point | split; [rewrite from_x to_x|]].
Qed.
End Cells.

Lemma cell_inhabited c : Num.real_closed_axiom R -> ends_of_cell c -> exists b : R, in_cell c b.
Proof.
move=> closed; rewrite /ends_of_cell /in_cell; case: part_of => [[->|lt]|side [lt [g root]]].
- by exists (real_of R (to c)); rewrite eqxx.
- by exists ((real_of R (from c) + real_of R (to c)) / 2%:R); rewrite lt_eqF // !midf_lt.
by have [b b_in here] := side_inhabited closed side lt root; exists b; rewrite root.
Qed.

Lemma in_cell_bounded c (b : R) : in_cell c b -> ends_of_cell c ->
  (if real_of R (from c) == real_of R (to c) then b == real_of R (from c)
   else real_of R (from c) < b < real_of R (to c)).
Proof.
rewrite /in_cell /ends_of_cell; case: part_of => [|side [b_in _] [lt _]]; last by rewrite lt_eqF.
by case: eqP => // _ -> _.
Qed.
End Ends.

Lemma square_roots (R : realFieldType) : Num.real_closed_axiom R -> has_square_roots R.
Proof.
move=> closed x x_ge0; have le_x : 0 <= 1 + x by rewrite addr_ge0 ?ler01.
have value (y : R) : ('X^2 - x%:P).[y] = y ^+ 2 - x by rewrite !hornerE.
have [|y /andP[y_ge0 _] /rootP] := closed ('X^2 - x%:P) 0 (1 + x) le_x.
  rewrite !value expr0n sub0r oppr_le0 x_ge0 subr_ge0 sqrrD expr1n mul1r mulr2n.
  have -> : 1 + (x + x) + x ^+ 2 = x + (1 + x + x ^+ 2) by ring.
  by rewrite ler_addl addr_ge0 ?exprn_ge0.
by rewrite value => /eqP; rewrite subr_eq0 => /eqP y_x; exists y.
Qed.

(* ---- Matrices ---- *)

Section Matrices.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (m : matrix) (q : mean_comparison) (s : system).

Lemma ratr_of_Z a : ratr (of_Z a) = real R a :> R.
Proof. exact: ratr_int. Qed.

Lemma matrix_of_fractions m : is_table n.+1 (fraction_rows m) ->
  size_of m = n.+1 /\ matrix_of R n (fraction_rows m) = map_mx ratr (to_mx n m).
Proof.
move=> [len sizes]; rewrite /fraction_rows List.map_length in len.
have table : is_table n.+1 (rows m).
  split=> // r in_r; rewrite -(sizes (List.map (fun a => reduced a (denominator m)) r)) ?List.map_length //.
  exact: (List.in_map (List.map (fun a => reduced a (denominator m)))).
split=> //; apply/matrixP => i j; rewrite !mxE /number_at.
rewrite /fraction_rows (map_table_at _ Z0 _ table) ?ltn_ord // real_of_reduced.
by rewrite /ratio fmorph_div /= !ratr_of_Z.
Qed.

Lemma asked_matrices s q m w : two_matrices (subject_in q) (prepare s) = Some (m, w) ->
  asked_matrix q s 1 = Some m /\ asked_matrix q s 2 = Some w.
Proof.
rewrite /two_matrices /asked_matrix /walk_of /diffusion_of /chain_of.
case: (head_chains (prepare s)) => [|c [|d []]] //=; rewrite /matrix_for.
by case: subject_in => [||j|j i|t]; [| | | | case: (own_walk c) (own_walk d) => [] [] //];
  case: (_ c) => [m'|] //; case: (_ d) => [w'|] // -[-> ->].
Qed.

Lemma counted_nodesP q s (sink j : 'I_n.+1) : nodes s = n.+1 -> certificate_systems.sink_node s = sink ->
  List.In (nat_of_ord j) (counted_nodes q s) <-> (if subject_in q is All_but_sink then j != sink else true).
Proof.
move=> nodes_s sink_s; rewrite /counted_nodes List.filter_In nodes_s sink_s /indices List.in_seq.
have lt_j : (0 <= j)%coq_nat /\ (j < 0 + n.+1)%coq_nat by have := ltn_ord j; lia.
by split=> [[_]|]; case: subject_in.
Qed.

Lemma mean_comparesP (D : 'M[R]_n.+1) s q (sink : 'I_n.+1) first :
    nodes s = n.+1 -> certificate_systems.sink_node s = sink :> nat ->
  let st := statement_of q in
  mean_compares D sink first q <-> exceeding_at D sink first (counted_nodes q s)
    (strict_relation (relation_of st)) (subject_of st) (real_of R (threshold st)).
Proof.
move=> nodes_s sink_s st; rewrite {}/st; have counted j := counted_nodesP q j nodes_s sink_s.
have strict : strict_relation (relation_of (statement_of q)) = strictly q by rewrite /=; case: strictly.
rewrite strict /mean_compares /exceeding_at /=; case: subject_in counted => [||k|k l|t] counted.
- by split=> [all j _|all j]; [apply: all | apply/all/counted].
- by split=> [all j /counted/all|all j neq]; [|apply/all/counted].
- by [].
- by split=> all i j e_i e_j; apply: all.
- by [].
Qed.
End Matrices.

Theorem weights_cells_true (R : archiFieldType) first s q order pieces cells : Num.real_closed_axiom R ->
  weights_cells first (prepare s) q order pieces = Some cells -> true_cells R first s q cells.
Proof.
move=> closed; rewrite /weights_cells; case: ifP => // _; case e: two_matrices => [[m w]|] //.
rewrite -[base (prepare s)]/s; set h := Two_heads _ _ _ _ _; set st := statement_of q => found.
have [asked_m asked_w] := asked_matrices e.
have good : good_heads h by move: found; rewrite /region_cells; case: ifP => // /andP[/andP[]].
case nodes_s: (nodes s) => [|n].
  by move: good; rewrite /good_heads /= nodes_s => /andP[/andP[/andP[/andP[/andP[/andP[/andP[/Nat.ltb_spec0]]]]]]]; lia.
have size_h : given_size h = n.+1 := nodes_s.
have [sink_lt _ _ _] := good_headsP good size_h; have [rows_m rows_w] := good_heads_square good size_h.
have [size_m real_m] := matrix_of_fractions R (square_rows_table rows_m).
have [size_w real_w] := matrix_of_fractions R (square_rows_table rows_w).
have lower_sound : sound_lower R lower_value.
  by move=> k D sink z S first' l v j shown; apply: lower_value_sound shown _ _ _ _.
have upper_sound : sound_upper R upper_values.
  by move=> k D sink z S signs first' c u v j shown sound; apply: upper_values_sound shown sound _ _ _ _ _.
have [cover true_in] :=
  region_cells_right lower_sound upper_sound (square_roots closed) size_h found.
have sinkE : certificate_systems.sink_node s = region_meaning.sink_node n h :> nat.
  by rewrite /region_meaning.sink_node inordK.
exists (@in_cell R); split=> // [c b in_c here|c in_c].
  have [ge0 le1 ends] := piece_of_cell R found in_c; have bounded_b := in_cell_bounded here ends.
  split=> //.
    move: bounded_b; case: eqP => [e' /eqP->|_ /andP[lt_b b_lt]]; first by rewrite ge0 e' le1.
    by rewrite (le_trans ge0 (ltW lt_b)) (le_trans (ltW b_lt) le1).
  exists m, w, n, (region_meaning.sink_node n h); split=> //.
  have := true_in c b in_c here; rewrite /satisfies.
  have -> : negative_relation (relation_of st) = false by rewrite /st /=; case: strictly.
  rewrite (_ : mixture n h b = mean_matrix_at n m w b); last by rewrite /mixture /mean_matrix_at real_m real_w.
  have iff := mean_comparesP (mean_matrix_at n m w b) q first nodes_s sinkE.
  by case: (answer c) => [/iff|not /iff].
by have [_ _ ends] := piece_of_cell R found in_c; apply: cell_inhabited closed ends.
Qed.
