(* The order of the nodes of two heads, with its pairs (src/certificate/REGION.md, sections 1 and 2).

   Glossary
     nodes l          the nodes of the items of l, in their order
     split_items e l  l, where pairs of which one does not hear the other are two nodes *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect.
From mathcomp Require Import ssrZ zify.
From crosshead Require Import region_polynomials region_documents region_check.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Local Notation size := seq.size.

Definition nodes (l : list item) : seq nat := flatten (map nodes_of l).
Definition split_items e (l : list item) : list item := flatten (map (split_pair e) l).

Lemma flat_mapE (A B : Type) (f : A -> list B) l : List.flat_map f l = flatten (map f l).
Proof. by elim: l => //= a l ->. Qed.

Lemma existsbE k l : List.existsb (Nat.eqb k) l = (k \in l).
Proof. by elim: l => //= a l ->; rewrite in_cons; congr (_ || _); apply/Nat.eqb_spec/eqP. Qed.

Lemma distinct_uniq l : distinct_nodes l -> uniq l.
Proof. by elim: l => //= a l IH /andP[+ /IH->]; rewrite /member existsbE => ->. Qed.

Lemma nodes_cons i l : nodes (i :: l) = nodes_of i ++ nodes l.
Proof. by []. Qed.
Lemma nodes_cat l l' : nodes (l ++ l') = nodes l ++ nodes l'.
Proof. by rewrite /nodes map_cat flatten_cat. Qed.

Lemma partner_in_nodes l k v : partner_in l k = Some v -> (k \in nodes l) && (v \in nodes l).
Proof.
elim: l => [//|[a|a b] l IH] /=; rewrite nodes_cons.
  by move=> /IH/andP[k_l v_l]; rewrite !mem_cat k_l v_l !orbT.
rewrite !mem_cat /= !inE; case: Nat.eqb_spec => [->[<-]|_]; first by rewrite !eqxx !orbT.
case: Nat.eqb_spec => [->[<-]|_]; first by rewrite !eqxx !orbT.
by move=> /IH/andP[-> ->]; rewrite !orbT.
Qed.

Lemma partner_in_other i l k : k \notin nodes_of i -> partner_in (i :: l) k = partner_in l k.
Proof. by case: i => //= u v; rewrite !inE => /norP[/eqP/Nat.eqb_neq-> /eqP/Nat.eqb_neq->]. Qed.

Lemma partner_in_symmetric l k v : uniq (nodes l) -> partner_in l k = Some v -> partner_in l v = Some k /\ k <> v.
Proof.
elim: l => [//|i l IH]; rewrite nodes_cons cat_uniq => /and3P[uniq_i disjoint uniq_l].
have apart x : x \in nodes l -> x \notin nodes_of i by move=> x_l; apply: (hasPn disjoint).
have [k_i|k_i] := boolP (k \in nodes_of i).
  case: i {IH disjoint} apart uniq_i k_i => [a|u w] /= apart.
    move=> _ + /partner_in_nodes/andP[k_l v_l].
    by rewrite inE => /eqP e; have := apart _ k_l; rewrite inE e eqxx.
  rewrite !inE andbT => /negbTE uw /orP[]/eqP->.
    rewrite Nat.eqb_refl => -[<-]; case: Nat.eqb_spec => [e|ne]; first by rewrite e eqxx in uw.
    by rewrite Nat.eqb_refl; split=> // e; apply: ne.
  case: Nat.eqb_spec => [e|ne]; first by rewrite e eqxx in uw.
  by rewrite Nat.eqb_refl => -[<-]; rewrite Nat.eqb_refl.
rewrite partner_in_other // => partner_k; have /andP[_ v_l] := partner_in_nodes partner_k.
by rewrite partner_in_other ?apart //; apply: IH.
Qed.

Lemma after_in_suffix l j : exists before, nodes l = before ++ after_in l j.
Proof.
elim: l => [|i l [before IH]] /=; first by exists [::].
rewrite existsbE flat_mapE; case: ifP => _; first by exists (nodes_of i).
by exists (nodes_of i ++ before); rewrite nodes_cons IH catA.
Qed.

Lemma after_in_nodes l j k : k \in after_in l j -> k \in nodes l.
Proof. by have [before ->] := after_in_suffix l j; rewrite mem_cat => ->; rewrite orbT. Qed.

Lemma index_cat_other (x : nat) (a b : seq nat) : x \notin a -> seq.index x (a ++ b) = (size a + seq.index x b)%N.
Proof. by move=> x_a; rewrite index_cat (negbTE x_a). Qed.

Lemma after_inP l j k : uniq (nodes l) -> j \in nodes l -> k \in nodes l ->
  (k \in after_in l j) = (seq.index j (nodes l) < seq.index k (nodes l))%N && (partner_in l j != Some k).
Proof.
elim: l => [//|i l IH]; rewrite nodes_cons cat_uniq => /and3P[uniq_i disjoint uniq_l].
have apart x : x \in nodes l -> x \notin nodes_of i by move=> x_l; apply: (hasPn disjoint).
rewrite !mem_cat [after_in _ _]/= existsbE flat_mapE -/(nodes l).
have [j_i _|j_i /= j_l] := boolP (j \in nodes_of i).
  have [k_i _|k_i /= k_l] := boolP (k \in nodes_of i).
    have -> : (k \in nodes l) = false by apply/negP => /apart; rewrite k_i.
    apply/esym/negbTE; rewrite negb_and negbK; case: i {IH disjoint apart} uniq_i j_i k_i => [a|u v] /=.
      by rewrite !inE => _ /eqP-> /eqP->; rewrite ltnn.
    rewrite !inE andbT => /negbTE uv /orP[]/eqP-> /orP[]/eqP->; rewrite ?ltnn //.
    - by rewrite Nat.eqb_refl [Some _ == _]eqxx orbT.
    - by rewrite [u == u]eqxx ltn0.
  rewrite k_l; apply/esym/andP; split.
    rewrite index_cat j_i (index_cat_other _ k_i).
    by apply: leq_trans (leq_addr _ _); rewrite index_mem.
  apply/eqP; case: i {IH disjoint} apart uniq_i j_i k_i => [a|u v] apart /=.
    move=> _ j_a _ /partner_in_nodes/andP[/apart + _].
    by move: j_a; rewrite /= => ->.
  rewrite !inE => _ /orP[]/eqP-> /norP[ku kv].
    by rewrite Nat.eqb_refl => -[e]; rewrite e eqxx in kv.
  case: Nat.eqb_spec => [_ [e]|_]; first by rewrite e eqxx in kv.
  by rewrite Nat.eqb_refl => -[e]; rewrite e eqxx in ku.
rewrite -/(partner_in (i :: l) j) partner_in_other // (index_cat_other _ j_i).
have [k_i _|k_i /= k_l] := boolP (k \in nodes_of i); last by rewrite index_cat_other // ltn_add2l; apply: IH.
have -> : (k \in after_in l j) = false by apply/negP => /after_in_nodes/apart; rewrite k_i.
rewrite index_cat k_i ltnNge (leq_trans _ (leq_addr _ _)) //; by apply/ltnW; rewrite index_mem.
Qed.

(* ---- Pairs of which one does not hear the other ---- *)

Section Split.
Variable e : list (list polynomial).
Local Notation heard i j := (List.nth j (List.nth i e [::]) [::]).

Lemma split_pair_nodes i : perm_eq (nodes (split_pair e i)) (nodes_of i).
Proof.
case: i => //= u v; rewrite /nodes; case: (leqP u v) => [le_uv|/ltnW le_vu].
  rewrite Nat.min_l ?Nat.max_r; try lia.
  by case: ifP => _ //; case: ifP => _ //=; rewrite -[[:: v; u]]/(rev [:: u; v]) perm_rev.
rewrite Nat.min_r ?Nat.max_l; try lia.
case: ifP => _ /=; first by rewrite -[[:: v; u]]/(rev [:: u; v]) perm_rev.
by case: ifP.
Qed.

Lemma split_items_nodes l : perm_eq (nodes (split_items e l)) (nodes l).
Proof.
elim: l => //= i l IH; rewrite nodes_cons /split_items /= nodes_cat.
exact: perm_cat (split_pair_nodes i) IH.
Qed.

(* A node of a pair that hears the other after splitting: they are a pair, or the other stands first. *)
Lemma split_pair_heard u v i j : u != v -> (i, j) \in [:: (u, v); (v, u)] -> ~~ poly_zero (heard i j) ->
  partner_in (split_pair e (Pair u v)) i = Some j \/
  partner_in (split_pair e (Pair u v)) i = None /\
  (seq.index j (nodes (split_pair e (Pair u v))) < seq.index i (nodes (split_pair e (Pair u v))))%N.
Proof.
move=> uv ij hears /=.
have [a [b [-> -> ab ij']]] : exists a b, [/\ Nat.min u v = a, Nat.max u v = b, a != b & (i, j) \in [:: (a, b);
  (b, a)]].
  case: (leqP u v) => [le_uv|/ltnW le_vu]; first by exists u, v; split=> //; lia.
  by exists v, u; split; rewrite 1?eq_sym //; try lia; move: ij; rewrite !inE orbC.
have ba : b == a = false by rewrite eq_sym (negbTE ab).
move: ij'; rewrite !inE => /orP[]/eqP[ei ej]; move: hears; rewrite ei ej => hears.
  rewrite (negbTE hears); case: ifP => _ /=; last first.
    left; move: ij; rewrite ei ej !inE => /orP[]/eqP[-> ->]; rewrite Nat.eqb_refl //.
    by case: Nat.eqb_spec => // e'; rewrite e' eqxx in uv.
  by right; split=> //; rewrite eqxx ba.
case: ifP => _ /=; first by right; split=> //; rewrite eqxx (negbTE ab).
rewrite (negbTE hears); left; move: ij; rewrite ei ej !inE => /orP[]/eqP[-> ->] /=; rewrite Nat.eqb_refl //.
by case: Nat.eqb_spec => // e'; rewrite e' eqxx in uv.
Qed.

Lemma partner_in_cat l l' k : partner_in (l ++ l') k = if partner_in l k is Some v then Some v else partner_in l' k.
Proof. by elim: l => [//|[a|u v] l IH] //=; case: ifP => // _; case: ifP. Qed.

Lemma split_items_partner l i : partner_in l i = None -> partner_in (split_items e l) i = None.
Proof.
elim: l => //= x l IH; rewrite /split_items /= -/(split_items e l) partner_in_cat.
have [i_x|i_x] := boolP (i \in nodes_of x); last first.
  have -> : partner_in (split_pair e x) i = None.
    by case p: partner_in => [w|//]; have /andP[] := partner_in_nodes p;
      rewrite (perm_mem (split_pair_nodes x)) (negbTE i_x).
  by rewrite -/(partner_in (x :: l) i) partner_in_other.
case: x i_x => [a|u v] //=; rewrite !inE; case: Nat.eqb_spec => // /eqP/negbTE->.
by case: Nat.eqb_spec => // /eqP/negbTE->.
Qed.

Lemma split_ordered l i j : uniq (nodes l) -> i \in nodes l -> j \in nodes l -> may_hear l i j ->
    ~~ poly_zero (heard i j) ->
  [\/ i = j, partner_in (split_items e l) i = Some j
    | partner_in (split_items e l) i = None /\
      (seq.index j (nodes (split_items e l)) < seq.index i (nodes (split_items e l)))%N].
Proof.
move=> + + + + hears; elim: l => [//|x l IH]; rewrite nodes_cons cat_uniq => /and3P[uniq_x disjoint uniq_l].
have apart y : y \in nodes l -> y \notin nodes_of x by move=> y_l; apply: (hasPn disjoint).
have mem_x : nodes (split_pair e x) =i nodes_of x by apply: perm_mem; apply: split_pair_nodes.
have mem_l : nodes (split_items e l) =i nodes l by apply: perm_mem; apply: split_items_nodes.
have none_l y : y \in nodes_of x -> partner_in (split_items e l) y = None.
  move=> y_x; case p: partner_in => [w|//]; have /andP[] := partner_in_nodes p.
  by rewrite mem_l => /apart; rewrite y_x.
have none_x y : y \notin nodes_of x -> partner_in (split_pair e x) y = None.
  move=> y_x; case p: partner_in => [w|//]; have /andP[] := partner_in_nodes p.
  by rewrite mem_x (negbTE y_x).
rewrite !mem_cat /split_items /= -/(split_items e l) partner_in_cat nodes_cat.
have [i_x _|i_x /= i_l] := boolP (i \in nodes_of x).
  rewrite none_l // => j_in hear.
  case: x {IH disjoint mem_x none_l none_x} i_x hear uniq_x apart j_in => [a|u v] i_x hear uniq_x apart j_in.
    move: i_x hear; rewrite inE => /eqP->; rewrite /may_hear /=.
    have -> : partner_in l a = None.
      by case p: partner_in => [w|//]; have /andP[/apart] := partner_in_nodes p; rewrite inE eqxx.
    case/orP=> [/Nat.eqb_spec->|]; first by constructor 1.
    rewrite /member existsbE orbF; case: Nat.eqb_spec => [->|_]; first by constructor 1.
    by move=> /after_in_nodes/apart; rewrite inE eqxx.
  have uv : u != v by move: uniq_x; rewrite /= !inE andbT.
  have ij : i = j \/ (i, j) \in [:: (u, v); (v, u)].
    move: hear; rewrite /may_hear; case/orP=> [/Nat.eqb_spec->|]; first by left.
    move=> hear; right; move: i_x hear; rewrite /= !inE => /orP[]/eqP->.
      by rewrite Nat.eqb_refl => /Nat.eqb_spec->; rewrite eqxx.
    case: (Nat.eqb_spec v u) => [e'|_]; first by rewrite e' eqxx in uv.
    by rewrite Nat.eqb_refl => /Nat.eqb_spec->; rewrite eqxx orbT.
  case: ij => [->|ij]; first by constructor 1.
  have i_p : i \in nodes (split_pair e (Pair u v)).
    by rewrite (perm_mem (split_pair_nodes _)) /= !inE; move: ij; rewrite !inE => /orP[]/eqP[-> _]; rewrite eqxx ?orbT.
  have j_p : j \in nodes (split_pair e (Pair u v)).
    by rewrite (perm_mem (split_pair_nodes _)) /= !inE; move: ij; rewrite !inE => /orP[]/eqP[_ ->]; rewrite eqxx ?orbT.
  case: (split_pair_heard uv ij hears) => [->|[-> lt_ji]]; first by constructor 2.
  by constructor 3; split=> //; rewrite !index_cat j_p i_p.
rewrite none_x //; have i_p : i \notin nodes (split_pair e x) by rewrite mem_x.
rewrite (index_cat_other _ i_p); have [j_x _|j_x /= j_l] := boolP (j \in nodes_of x).
  rewrite /may_hear partner_in_other // => hear; constructor 3; split.
    apply: split_items_partner; case q: (partner_in l i) hear => [y|//] /orP[/Nat.eqb_spec e'|/Nat.eqb_spec e'].
      by rewrite e' j_x in i_x.
    by have /andP[_ /apart] := partner_in_nodes q; rewrite e' j_x.
  rewrite index_cat mem_x j_x; apply: leq_trans (leq_addr _ _).
  by rewrite index_mem mem_x.
have j_p : j \notin nodes (split_pair e x) by rewrite mem_x.
rewrite (index_cat_other _ j_p) ltn_add2l => hear; apply: IH => //.
by move: hear; rewrite /may_hear partner_in_other //= existsbE (negbTE j_x).
Qed.
End Split.
