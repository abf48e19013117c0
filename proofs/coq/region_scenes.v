(* The scenes of pieces are the matrices that they are meant to be.

   Glossary
     stands_for t x      the state x is the row of signals after t steps
     shows_scene         what is needed of the entries for a scene of good heads to show a matrix
     square_scene_shows  the scene in the square root of a weight shows what the scene of the weight does *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts region_signals.
From crosshead Require Import region_polynomials region_documents region_values region_check region_meaning
  region_orders.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation length := List.length.

Lemma list_map_at (A B : Type) (f : A -> B) l k a b : (k < length l)%N ->
  List.nth k (List.map f l) b = f (List.nth k l a).
Proof. by elim: l k => [|c l IH] [|k] //=; apply: IH. Qed.

Lemma value_one (R : realFieldType) (z : R) : value z [:: Zpos xH] = 1.
Proof. by rewrite /= mulr0 addr0. Qed.

Lemma unit_row_at m s k : (k < m)%N -> at_node (unit_row m s) k = if k == s then [:: Zpos xH] else [::].
Proof.
move=> lt_k; rewrite /at_node /unit_row; set f := fun k => _.
have -> : forall a, List.nth k (List.map f (List.seq a m)) [::] = f (a + k)%N.
  elim: m k lt_k => [|m IH] [|k] //= lt_k a; first by rewrite addn0.
  by rewrite IH // addnS.
by rewrite /f add0n; case: Nat.eqb_spec => [->|/eqP/negbTE->]; rewrite ?eqxx.
Qed.

(* ---- States ---- *)

Section States.
Variable R : realFieldType.
Variables (n : nat) (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (one : polynomial) (e : list (list polynomial)).
Hypothesis one_gt0 : 0 < value z one.
Hypothesis square_e : length e = n.+1 /\ forall r, List.In r e -> length r = n.+1.
Hypothesis entry_e : forall i j : 'I_n.+1, value z (List.nth j (List.nth i e [::]) [::]) = value z one * D i j.

Lemma add_rows_length x y : length (add_rows x y) = length x.
Proof. by elim: x y => [|a x IH] [|b y] //=; rewrite IH. Qed.

Lemma add_rows_at x y k : length x = length y -> value z (at_node (add_rows x y) k) = value z (at_node x k) + value z
  (at_node y k).
Proof.
rewrite /at_node; elim: x y k => [|a x IH] [|b y] [|k] //=; rewrite ?addr0 ?value_plus // => -[eq_len].
by apply: IH.
Qed.

Lemma row_times_length m x a : (forall r, List.In r a -> length r = m) -> length (row_times m x a) = m.
Proof.
elim: x a => [|c x IH] [|r a] rows_m /=; rewrite ?List.repeat_length //.
case: poly_zero; first by apply: IH => r' in_a; apply: rows_m; right.
by rewrite add_rows_length List.map_length rows_m //; left.
Qed.

Lemma row_times_at m x a k : (forall r, List.In r a -> length r = m) -> length x = length a -> (k < m)%N ->
  value z (at_node (row_times m x a) k) = \sum_(i < length a) value z (at_node x i) * value z (List.nth k (List.nth i
    a [::]) [::]).
Proof.
move=> + + lt_k; elim: x a => [|c x IH] [|r a] rows_m //=.
  by move=> _; rewrite big_ord0 /at_node; elim: {rows_m} m k lt_k => [|m IH] [|k] //=; apply: IH.
have rows' r' : List.In r' a -> length r' = m by move=> in_a; apply: rows_m; right.
have len_r : length r = m by apply: rows_m; left.
case=> eq_len; rewrite big_ord_recl -(IH a rows' eq_len).
case: ifP => [zero|_]; first by rewrite (value_zero z zero) mul0r add0r.
rewrite add_rows_at ?List.map_length ?row_times_length ?len_r //; congr (_ + _).
by rewrite /at_node (@list_map_at _ _ _ _ _ [::]) ?len_r // value_times.
Qed.

Definition stands_for t (x : list polynomial * polynomial) :=
  [/\ length x.1 = n.+1, 0 < value z x.2 & forall k : 'I_n.+1,
    value z (at_node x.1 k) = value z x.2 * signal_from D s t k].

Lemma stands_first : stands_for 0 (first_state n.+1 s).
Proof.
split=> [||k] /=; first by rewrite List.map_length List.seq_length.
  by rewrite mulr0 addr0 ltr01.
rewrite mulr0 addr0 mul1r signal_from0 unit_row_at // eq_sym.
by rewrite -[s == k]val_eqE; case: eqP => _ //; rewrite value_one.
Qed.

Lemma stands_next t x : stands_for t x -> stands_for t.+1 (next_state n.+1 one e x).
Proof.
case: square_e => len_e rows_e [len_x unit_gt0 x_k]; split=> [||k] /=; first exact: row_times_length.
  by rewrite value_times mulr_gt0.
rewrite row_times_at ?len_e ?len_x // value_times signal_fromS mulr_sumr; apply: eq_bigr => i _.
by rewrite x_k entry_e; ring.
Qed.

Lemma stands_iter t : stands_for t (Nat.iter t (next_state n.+1 one e) (first_state n.+1 s)).
Proof. by elim: t => [|t IH]; [apply: stands_first | apply: stands_next]. Qed.

Lemma states_from_at m o a steps x t y : List.nth_error (states_from m o a steps x) t = Some y ->
  y = Nat.iter t (next_state m o a) x.
Proof.
have swap k u : Nat.iter k (next_state m o a) (next_state m o a u) = next_state m o a (Nat.iter k (next_state m o a) u).
  by elim: k => //= k ->.
elim: steps x t => [|steps IH] x [|t] //=; try by case.
  by case: t.
by move=> /IH->; rewrite swap.
Qed.
End States.

Section Shows.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (h : two_heads) (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R).

Lemma shows_states D s z point one weight e its steps :
    0 < value z one -> length e = n.+1 -> (forall r, List.In r e -> length r = n.+1) ->
    (forall i j : 'I_n.+1, value z (List.nth j (List.nth i e [::]) [::]) = value z one * D i j) ->
  let S := Scene n.+1 s its point one weight e (states_from n.+1 one e steps (first_state n.+1 s)) in
  forall t, 0 < value z (state S t).2 /\ forall k : 'I_n.+1, ratio_at z (signal S t k) = signal_from D s t k.
Proof.
move=> one_gt0 len_e rows_e entry_e S t.
have [_ unit_gt0 x_k] : stands_for D s z t (state S t).
  rewrite /state; case found: List.nth_error => [y|]; last exact: stands_iter.
  by rewrite (states_from_at found); apply: stands_iter.
by split=> // k; rewrite /ratio_at /= x_k mulrAC divff ?mul1r ?gt_eqF.
Qed.

(* What good heads are. *)
Lemma good_headsP h : good_heads h -> given_size h = n.+1 ->
  [/\ (given_sink h < n.+1)%N, uniq (nodes (given_items h)), forall k, (k \in nodes (given_items h)) = (k < n.+1)%N &
      forall i j : 'I_n.+1, ~~ (is_zero (number_at (first_rows h) i j) && is_zero (number_at (second_rows h) i j)) ->
        may_hear (given_items h) i j].
Proof.
rewrite /good_heads => + size_h; rewrite size_h flat_mapE -/(nodes _).
case/andP=> /andP[/andP[/andP[/andP[/andP[/andP[/Nat.ltb_spec0/ssrnat.ltP sink_lt _] _] _] /Nat.eqb_spec size_l]
  /List.forallb_forall all_lt] /distinct_uniq uniq_l] /List.forallb_forall ordered; split=> //.
  have sub : {subset nodes (given_items h) <= iota 0 n.+1}.
    move=> k k_l; rewrite mem_iota add0n /=; apply/ssrnat.ltP/Nat.ltb_spec0/all_lt.
    by elim: (nodes _) k_l => //= a l IH; rewrite in_cons => /orP[/eqP->|/IH]; [left | right].
  have [|_ same] := uniq_min_size uniq_l sub; first by rewrite size_iota;
    have <- : length (nodes (given_items h)) = n.+1 by [].
  by move=> k; rewrite same mem_iota.
move=> i j /negbTE nonzero; have lt_in (k : 'I_n.+1) : List.In (nat_of_ord k) (List.seq 0 n.+1).
  by apply/List.in_seq; have := ltn_ord k; lia.
by have /List.forallb_forall/(_ _ (lt_in j)) := ordered _ (lt_in i); rewrite nonzero.
Qed.

Lemma good_heads_square h : good_heads h -> given_size h = n.+1 ->
  square_rows n.+1 (first_rows h) /\ square_rows n.+1 (second_rows h).
Proof. by rewrite /good_heads => + <-; case/andP=> /andP[/andP[/andP[/andP[/andP[/andP[_ ->] ->] _] _] _] _] _. Qed.

Lemma shows_scene h D s z (point : bool) one weight e (steps : nat) :
    good_heads h -> given_size h = n.+1 -> given_sink h = s -> nonnegative D -> 0 < z -> 0 < value z one ->
    length e = n.+1 -> (forall r, List.In r e -> length r = n.+1) ->
    (forall i j : 'I_n.+1, value z (List.nth j (List.nth i e [::]) [::]) = value z one * D i j) ->
    point \/ 0 < value z weight < value z one ->
    (forall i j : 'I_n.+1, is_zero (number_at (first_rows h) i j) && is_zero (number_at (second_rows h) i j) ->
      D i j = 0) ->
  shows D s z (scene_of h point one weight e steps).
Proof.
move=> good size_h sink_h D_ge0 z_gt0 one_gt0 len_e rows_e entry_e weight_in zeros.
have [_ uniq_l mem_l hears] := good_headsP good size_h.
set S := scene_of _ _ _ _ _ _; have items_S : items S = split_items e (given_items h).
  by rewrite /S /= flat_mapE.
have order_S : order S = nodes (split_items e (given_items h)) by rewrite /order items_S flat_mapE.
have same := split_items_nodes e (given_items h).
have uniq_S : uniq (order S) by rewrite order_S (perm_uniq same).
have mem_S k : (k \in order S) = (k < n.+1)%N by rewrite order_S (perm_mem same) mem_l.
split=> //.
- by have := @shows_states D s z point one weight e (items S) steps one_gt0 len_e rows_e entry_e;
  rewrite /S /scene_of size_h sink_h.
- move=> i j D_ij; have heard : ~~ poly_zero (List.nth j (List.nth i e [::]) [::]).
    apply: contra D_ij => /(value_zero z); rewrite entry_e => /eqP.
    by rewrite mulf_eq0 (gt_eqF one_gt0).
  have may : may_hear (given_items h) i j.
    by apply: hears; apply: contra D_ij => /zeros->.
  have := split_ordered uniq_l (etrans (mem_l _) (ltn_ord i)) (etrans (mem_l _) (ltn_ord j)) may heard.
  rewrite /partner /place items_S order_S; case=> [/ord_inj->|->|[-> lt_ji]];
    by [constructor 1 | constructor 2 | constructor 3].
- rewrite /partner items_S => i j partner_i.
  have uniq_s : uniq (nodes (split_items e (given_items h))) by rewrite (perm_uniq same).
  have [-> ne] := partner_in_symmetric uniq_s partner_i; split=> //.
  by have /andP[_] := partner_in_nodes partner_i; rewrite (perm_mem same) mem_l.
- move=> j k; rewrite /after /partner /place items_S order_S; apply: after_inP.
  + by rewrite (perm_uniq same).
  + by rewrite (perm_mem same) mem_l.
  + by rewrite (perm_mem same) mem_l.
by move=> j; rewrite order_S /after items_S; apply: after_in_suffix.
Qed.

End Shows.
