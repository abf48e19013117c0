(* The matrices of a certificate's heads with edges are those of systems.v.

   Glossary
     at_place x i j        the entry of a list of rows
     edge_relation edges   the graph of a list of edges
     head_diffusion_matrix, head_walk_matrix
                           the matrices of a head with edges are its diffusion and its walk matrix (Def. 3.1 and 2.3) *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts integer_checks integer_numbers integer_semantics.
From crosshead Require Import certificate_numbers certificate_systems.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Local Notation length := List.length.

(* ---- Common denominators ---- *)

Lemma least_multipleP x y : Z.lt 0 x -> Z.lt 0 y ->
  [/\ Z.lt 0 (least_multiple x y), Z.divide x (least_multiple x y) & Z.divide y (least_multiple x y)].
Proof.
move=> x_gt0 y_gt0; have [a x_g] := Z.gcd_divide_l x y; have [b y_g] := Z.gcd_divide_r x y.
have g_ge0 := Z.gcd_nonneg x y; rewrite /least_multiple; set g := Z.gcd x y in x_g y_g g_ge0 *.
have g_neq0 : g <> Z0 by move=> g_0; rewrite g_0 Z.mul_0_r in x_g; lia.
have -> : Z.div x g = a by symmetry; apply: Z.div_unique_exact => //; rewrite Z.mul_comm.
have a_gt0 : Z.lt 0 a by apply/(Z.mul_pos_cancel_r a g); [lia | rewrite -x_g].
split; first by apply: Z.mul_pos_pos.
  by exists b; rewrite {1}y_g x_g; ring.
by exists a.
Qed.

Lemma common_multiple (l : seq Z) a : Z.lt 0 a -> (forall s, List.In s l -> Z.lt 0 s) ->
  let d := List.fold_left least_multiple l a in
  [/\ Z.lt 0 d, Z.divide a d & forall s, List.In s l -> Z.divide s d].
Proof.
elim: l a => [|b l IH] a a_gt0 l_gt0 /=; first by split=> //; apply: Z.divide_refl.
have [] := least_multipleP a_gt0 (l_gt0 b (or_introl erefl)); set c := least_multiple a b => c_gt0 a_c b_c.
have [||d_gt0 c_d l_d] := IH c => //; first by move=> s in_l; apply: l_gt0; right.
split=> //; first exact: Z.divide_trans a_c c_d.
by move=> s [<-|/l_d //]; apply: Z.divide_trans b_c c_d.
Qed.

Lemma ratio_over_common a s d : Z.lt 0 s -> Z.lt 0 d -> Z.divide s d -> ratio (Z.mul (Z.div d s) a) d = ratio a s.
Proof.
move=> s_gt0 d_gt0 [c d_s]; have -> : Z.div d s = c by symmetry; apply: Z.div_unique_exact; lia.
have c_gt0 : Z.lt 0 c by nia.
rewrite d_s /ratio -[Z.mul c a]/(c * a) -[Z.mul c s]/(c * s) !of_ZM -mulf_div divff ?mul1r //.
by apply/of_Z_neq0/Z.ltb_spec0.
Qed.

(* ---- Lists as matrices ---- *)

Section Lists.
Variable n : nat.
Local Notation N := n.+1.

Definition is_square (x : list (list Z)) := length x = N /\ forall r, List.In r x -> length r = N.
Definition at_place (x : list (list Z)) (i j : nat) : Z := entry (List.nth i x [::]) j.

Lemma to_mx_at M i j : to_mx n M i j = ratio (at_place (rows M) i j) (scale M).
Proof. by rewrite mxE. Qed.

Lemma square_in x (i : 'I_N) : is_square x -> List.In (List.nth i x [::]) x /\ length (List.nth i x [::]) = N.
Proof.
move=> [len_x rows_x]; have in_x : List.In (List.nth i x [::]) x by apply: List.nth_In; rewrite len_x; apply/ssrnat.ltP.
by split=> //; apply: rows_x.
Qed.

Lemma tabulate_square (f : nat -> nat -> Z) : is_square (tabulate N f).
Proof.
split; first by rewrite List.map_length List.seq_length.
by move=> r /List.in_map_iff[i [<- _]]; rewrite List.map_length List.seq_length.
Qed.

Lemma at_tabulate (f : nat -> nat -> Z) (i j : 'I_N) : at_place (tabulate N f) i j = f i j.
Proof. by rewrite /at_place /tabulate /indices /entry nth_seq_map // nth_seq_map. Qed.

Lemma transposed_square x : is_square x -> is_square (transposed N x).
Proof.
move=> [len_x _]; split; first by rewrite List.map_length List.seq_length.
by move=> r /List.in_map_iff[i [<- _]]; rewrite List.map_length.
Qed.

Lemma at_transposed x (i j : 'I_N) : is_square x -> at_place (transposed N x) i j = at_place x j i.
Proof.
move=> [len_x _]; rewrite /at_place /transposed /indices /entry nth_seq_map // add0n.
by rewrite (@nth_list_map _ _ _ _ _ _ [::]) ?len_x.
Qed.

Lemma sum_at x (i : 'I_N) : is_square x -> of_Z (sum (List.nth i x [::])) = \sum_(j < N) of_Z (at_place x i j).
Proof. by move=> /(square_in i)[_ len]; rewrite sum_entries len. Qed.

(* Every row divided by its sum. *)
Lemma divided_rowsP x m : is_square x -> (forall r, List.In r x -> forall k, Z.leb 0 (entry r k)) ->
  divided_rows x = Some m ->
  [/\ size_of m = N, is_square (rows m), forall i : 'I_N, Z.lt 0 (sum (List.nth i x [::])) &
      forall i j, to_mx n m i j = of_Z (at_place x i j) / of_Z (sum (List.nth i x [::]))].
Proof.
move=> square_x x_ge0; rewrite /divided_rows.
case some_0: (List.existsb _ _) => // -[<-]; set d := List.fold_left _ _ _.
have sum_ge0 r : List.In r x -> Z.le 0 (sum r).
  move=> /x_ge0; elim: r => //= a r IH ge0; have := IH (fun k => ge0 k.+1); have := ge0 0%N; rewrite /entry /=; lia.
have sum_gt0 r : List.In r x -> Z.lt 0 (sum r).
  move=> in_x; have := sum_ge0 r in_x; suff : sum r <> Z0 by lia.
  move=> sum_0; move: some_0; suff -> : List.existsb (Z.eqb 0) (List.map sum x) by [].
  by apply/List.existsb_exists; exists (sum r); rewrite sum_0; split=> //; rewrite -sum_0; apply: List.in_map.
have [] := @common_multiple (List.map sum x) 1.
- by [].
- by move=> s /List.in_map_iff[r [<- /sum_gt0]].
rewrite -/d => d_gt0 _ sums_d; have [len_x rows_x] := square_x.
have d_pos : Zpos (Z.to_pos d) = d by apply: Z2Pos.id.
have row_i (i : 'I_N) : List.nth i (List.map (fun r => List.map (Z.mul (Z.div d (sum r))) r) x) [::] =
    List.map (Z.mul (Z.div d (sum (List.nth i x [::])))) (List.nth i x [::]).
  by rewrite (@nth_list_map _ _ _ _ _ _ [::]) ?len_x.
split=> [|||i j]; first by rewrite /size_of List.map_length.
- split; first by rewrite List.map_length.
  by move=> r /List.in_map_iff[r' [<- /rows_x len]]; rewrite List.map_length.
- by move=> i; apply: sum_gt0; have [] := square_in i square_x.
rewrite to_mx_at /scale /= d_pos /at_place row_i {1}/entry.
have [in_x len_r] := square_in i square_x.
rewrite (@nth_list_map _ _ _ _ _ _ Z0) ?len_r // -/(entry _ _).
by rewrite ratio_over_common //; [apply: sum_gt0 | apply: sums_d; apply: List.in_map].
Qed.

Lemma divided_columnsP x m : is_square x -> (forall r, List.In r x -> forall k, Z.leb 0 (entry r k)) ->
  divided_columns N x = Some m ->
  size_of m = N /\
  forall i j, to_mx n m i j = of_Z (at_place x i j) / of_Z (sum (List.nth j (transposed N x) [::])).
Proof.
move=> square_x x_ge0; rewrite /divided_columns; case e: divided_rows => [m'|] // -[<-].
have t_ge0 r : List.In r (transposed N x) -> forall k, Z.leb 0 (entry r k).
  move=> /List.in_map_iff[j [<- _]] k; rewrite /entry.
  have [lt_k|le_k] := ltnP k (length x); last by rewrite List.nth_overflow // List.map_length; lia.
  by rewrite (@nth_list_map _ _ _ _ _ _ [::]) //; apply: x_ge0; apply: List.nth_In; apply/ssrnat.ltP.
have [size_m' square_m' _ at_m'] := divided_rowsP (transposed_square square_x) t_ge0 e.
split; first by rewrite /size_of List.map_length List.seq_length.
move=> i j; rewrite to_mx_at /= at_transposed //= -[scale _]/(scale m').
by rewrite -to_mx_at at_m' at_transposed.
Qed.
End Lists.

(* ---- Heads with edges ---- *)

Section Edges.
Variables (n : nat) (edges : list (nat * nat)).
Local Notation N := n.+1.

Definition edge_relation : rel 'I_N := fun j i => List.existsb (equal_edges (nat_of_ord j, nat_of_ord i)) edges.
Local Notation links := (rows (graph (head_chain N (Edges edges)))).

Lemma links_square : is_square n links.
Proof. exact: tabulate_square. Qed.

Lemma links_ge0 r : List.In r links -> forall k, Z.leb 0 (entry r k).
Proof.
move=> /List.in_map_iff[i [<- _]] k; rewrite /entry.
have [lt_k|le_k] := ltnP k N; last by rewrite List.nth_overflow // List.map_length List.seq_length; lia.
by rewrite /indices nth_seq_map //; case: List.existsb.
Qed.

Lemma at_links (i j : 'I_N) : of_Z (at_place links i j) = (edge_relation j i)%:R.
Proof. by rewrite /= at_tabulate /edge_relation; case: List.existsb. Qed.

Lemma links_row (i : 'I_N) : of_Z (sum (List.nth i links [::])) = (in_degree edge_relation i)%:R.
Proof.
rewrite (sum_at _ links_square) /in_degree -sum1_card natr_sum [RHS]big_mkcond.
by apply: eq_bigr => j _; rewrite at_links inE; case: edge_relation.
Qed.

Lemma links_column (j : 'I_N) : of_Z (sum (List.nth j (transposed N links) [::])) = (out_degree edge_relation j)%:R.
Proof.
rewrite (sum_at _ (transposed_square links_square)) /out_degree -sum1_card natr_sum [RHS]big_mkcond.
by apply: eq_bigr => i _; rewrite (at_transposed _ _ links_square) at_links inE; case: edge_relation.
Qed.

(* D3.1 *)
Theorem head_diffusion_matrix D : diffusion (head_chain N (Edges edges)) = Some D ->
  size_of D = N /\ to_mx n D = diffusion_matrix rat_realFieldType edge_relation.
Proof.
move=> /(divided_rowsP links_square links_ge0)[size_D _ _ at_D]; split=> //.
by apply/matrixP => i j; rewrite at_D at_links links_row mxE.
Qed.

(* D2.3 *)
Theorem head_walk_matrix W : walk (head_chain N (Edges edges)) = Some W ->
  size_of W = N /\ to_mx n W = walk_matrix rat_realFieldType edge_relation.
Proof.
move=> /(divided_columnsP links_square links_ge0)[size_W at_W]; split=> //.
by apply/matrixP => i j; rewrite at_W at_links links_column mxE.
Qed.
End Edges.
