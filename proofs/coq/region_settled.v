(* What `solve` of region_reach.v computes: numbers that are settled one after the other, each by those before it.

   Glossary
     number_at z h k     the numerator of a number that has been reached, at z
     settled_before ks k l
                         l has its final value when k is settled: it is no node of ks, or stands before k there *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import region_polynomials region_documents region_values region_reach.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Local Notation length := List.length.
Local Notation size := seq.size.

Lemma fold_seq A (f : nat -> A -> A) x a N :
  List.fold_right f x (List.seq a N) = foldr f x (iota a N).
Proof. by elim: N a => //= N IH a; rewrite IH. Qed.

Lemma list_seqE a N : List.seq a N = iota a N.
Proof. by elim: N a => //= N IH a; rewrite IH. Qed.

Lemma list_nthE A (x : A) l k : List.nth k l x = nth x l k.
Proof. by elim: l k => [|a l IH] [|k] //=. Qed.

Lemma list_revE A (l : list A) : List.rev l = rev l.
Proof. by elim: l => //= a l ->; rewrite rev_cons -cats1. Qed.

Lemma is_inE l k : is_in l k = (k \in l).
Proof. by elim: l => //= a l IH; rewrite in_cons IH. Qed.

Lemma nth_table A (x : A) N f k : (k < N)%N -> nth x (table N f) k = f k.
Proof.
by move=> lt_k; rewrite /table list_seqE (_ : List.map _ _ = map f (iota 0 N)) // (nth_map 0%N) ?size_iota // nth_iota.
Qed.

Lemma nth_table_out A (x : A) N f k : (N <= k)%N -> nth x (table N f) k = x.
Proof. by move=> le_N; rewrite nth_default // -[size _]/(length _) List.map_length List.seq_length. Qed.

Lemma length_table A N (f : nat -> A) : size (table N f) = N.
Proof. by rewrite -[size _]/(length _) List.map_length List.seq_length. Qed.

Lemma nth_set A (x y : A) l k i : (k < size l)%N -> nth x (set_at k y l) i = if i == k then y else nth x l i.
Proof. by elim: l k i => [|a l IH] [|k] [|i] //= lt_k; rewrite IH. Qed.

Lemma size_set A (y : A) l k : size (set_at k y l) = size l.
Proof. by elim: l k => [|a l IH] [|k] //=; rewrite IH. Qed.

Lemma set_out A (y : A) l k : (size l <= k)%N -> set_at k y l = l.
Proof. by elim: l k => [|a l IH] [|k] //= le_k; rewrite IH. Qed.

Section Solve.
Variable R : realFieldType.
Variable z : R.
Hypothesis z_gt0 : 0 < z.
Local Notation V := (value z).

Lemma value_1 : V [:: Zpos xH] = 1.
Proof. by rewrite /= mulr0 addr0. Qed.

Lemma value_sum N f : V (poly_sum N f) = \sum_(k < N) V (f k).
Proof.
rewrite -(big_mkord xpredT (fun k => V (f k))) /index_iota subn0 /poly_sum list_seqE.
by elim: (iota 0 N) => [|k l IH]; rewrite ?big_nil ?big_cons //= value_plus IH.
Qed.

Definition number_at (h : reached) k : R := V (at_node (numbers h) k).

Lemma number_scaled p x k : V (at_node (List.map (poly_times p) x) k) = V p * V (at_node x k).
Proof. by elim: x k => [|a x IH] [|k] /=; rewrite ?mulr0 ?value_times //; apply: IH. Qed.

Definition settled_before (ks : seq nat) (k l : nat) : bool := (l \notin ks) || (index l ks < index k ks)%N.

Variables (N : nat) (lazy : bool).
Variables (source : nat -> polynomial) (coefficient : nat -> nat -> polynomial) (left : nat -> polynomial).
Implicit Types (ks : seq nat) (h : reached).

Lemma solve_spec ks h h' : solve N lazy source coefficient left ks h = Some h' ->
    uniq ks -> (forall k, k \in ks -> (k < N)%N) -> size (numbers h) = N -> 0 < V (divisor h) ->
    (forall k, k \in ks -> number_at h k = 0) ->
  [/\ size (numbers h') = N, 0 < V (divisor h'),
      exists2 c, V (divisor h') = c * V (divisor h) & forall k, k \notin ks -> number_at h' k = c * number_at h k,
      forall k, k \in ks -> V (left k) * number_at h' k = V (source k) * V (divisor h') +
        \sum_(l < N | settled_before ks k l) V (coefficient k l) * number_at h' l &
      forall k, k \in ks -> lazy ==> (number_at h' k != 0) -> 0 < V (left k)].
Proof.
elim: ks h => [|k ks IH] h.
  move=> /= [<-] _ _ len_h pos _; split=> //; exists 1 => [|k _]; by rewrite mul1r.
rewrite [solve _ _ _ _ _ _ _]/=; set total := poly_plus _ _ => solved /= /andP[k_ks uniq_ks] lt_N len_h pos zero.
have total_k : V total = V (source k) * V (divisor h) +
    \sum_(l < N | settled_before (k :: ks) k l) V (coefficient k l) * number_at h l.
  rewrite /total value_plus value_times value_sum (bigID (fun l : 'I_N => settled_before (k :: ks) k l)) /=.
  rewrite [X in _ + (_ + X)]big1 ?addr0 => [|l]; last first.
    rewrite /settled_before negb_or negbK => /andP[l_ks _]; rewrite value_times.
    by have := zero _ l_ks; rewrite /number_at => ->; rewrite mulr0.
  by congr (_ + _); apply: eq_bigr => l _; rewrite value_times.
have later l i : l \in ks -> settled_before ks l i = settled_before (k :: ks) l i || (i == k).
  move=> l_ks; rewrite /settled_before in_cons negb_or /= !(eq_sym k).
  have -> : l == k = false by apply: contraNF k_ks => /eqP<-.
  by have [->|] := eqVneq i k; rewrite ?k_ks ?orbT //= orbF ltnS.
have before_later l i : l \in ks -> i == k -> settled_before (k :: ks) l i.
  move=> l_ks /eqP->; rewrite /settled_before /= eqxx; case: eqVneq => [e|_]; last by rewrite orbT.
  by rewrite e l_ks in k_ks.
have {}later l i : l \in ks -> settled_before ks l i = settled_before (k :: ks) l i.
  by move=> l_ks; rewrite later // orbC; case: eqP => // /eqP/(before_later _ _ l_ks)->.
have not_later i : settled_before (k :: ks) k i -> i \notin ks.
  by rewrite /settled_before /= eqxx ltn0 orbF in_cons negb_or => /andP[].
have lt_ks i : i \in ks -> (i < N)%N by move=> i_ks; apply: lt_N; rewrite in_cons i_ks orbT.
have lt_k : (k < N)%N by apply: lt_N; rewrite in_cons eqxx.
have h_k : number_at h k = 0 by apply: zero; rewrite in_cons eqxx.
have zero_ks i : i \in ks -> number_at h i = 0 by move=> i_ks; apply: zero; rewrite in_cons i_ks orbT.
move: solved; case: ifP => [/andP[is_lazy /(value_zero z) total0] | _].
  move=> /IH[] // len_h' pos' [c div_c same] eqs lefts; rewrite total0 in total_k.
  split=> //.
  - by exists c => // i; rewrite in_cons negb_or => /andP[_]; apply: same.
  - move=> i; rewrite in_cons => /orP[/eqP->|i_ks]; last first.
      by rewrite eqs //; congr (_ + _); apply: eq_bigl => l; apply: later.
    rewrite same // h_k mulr0 mulr0 div_c -[LHS](mulr0 c) [X in c * X = _]total_k mulrDr mulr_sumr; congr (_ + _).
      by rewrite mulrCA.
    by apply: eq_bigr => l /not_later/same->; rewrite mulrCA.
  - move=> i; rewrite in_cons => /orP[/eqP->|]; last exact: lefts.
    by rewrite is_lazy same // h_k mulr0 eqxx.
case: ifP => // /(positive_value z_gt0) left_gt0; set h1 := Reached _ _ => /IH[] //=.
- by rewrite size_set -[size _]/(length _) List.map_length.
- by rewrite value_times mulr_gt0.
- move=> i i_ks; rewrite /number_at /= /at_node list_nthE nth_set; last first.
    by rewrite -[size _]/(length _) List.map_length [length _]len_h.
  case: eqVneq => [e|_]; first by rewrite -e i_ks in k_ks.
  by rewrite -list_nthE number_scaled -/(number_at h i) zero_ks ?mulr0.
move=> len_h' pos' [c div_c same] eqs lefts.
have h1_k : number_at h1 k = V total.
  by rewrite /number_at /= /at_node list_nthE nth_set ?eqxx // -[size _]/(length _) List.map_length [length _]len_h.
have h1_i i : i != k -> number_at h1 i = V (left k) * number_at h i.
  move=> i_k; rewrite /number_at /= /at_node list_nthE nth_set; last first.
    by rewrite -[size _]/(length _) List.map_length [length _]len_h.
  by rewrite (negbTE i_k) -list_nthE number_scaled.
have div1 : V (divisor h') = c * V (left k) * V (divisor h) by rewrite div_c /= value_times mulrA.
have same1 i : i \notin k :: ks -> number_at h' i = c * V (left k) * number_at h i.
  by rewrite in_cons negb_or => /andP[i_k i_ks]; rewrite same // h1_i // mulrA.
split=> //.
- by exists (c * V (left k)).
- move=> i; rewrite in_cons => /orP[/eqP->|i_ks]; last first.
    by rewrite eqs //; congr (_ + _); apply: eq_bigl => l; apply: later.
  rewrite same // h1_k total_k div1.
  have -> : \sum_(l < N | settled_before (k :: ks) k l) V (coefficient k l) * number_at h' l =
      c * V (left k) * \sum_(l < N | settled_before (k :: ks) k l) V (coefficient k l) * number_at h l.
    rewrite mulr_sumr; apply: eq_bigr => l; rewrite /settled_before /= eqxx ltn0 orbF => l_out.
    by rewrite same1 // mulrCA.
  ring.
- by move=> i; rewrite in_cons => /orP[/eqP->|] //; apply: lefts.
Qed.

Lemma solve_ge0 ks h h' : solve N lazy source coefficient left ks h = Some h' ->
    (forall k l, k \in ks -> 0 <= V (source k) /\ ((l < N)%N -> 0 <= V (coefficient k l))) ->
    0 < V (divisor h) -> (forall k, 0 <= number_at h k) -> forall k, 0 <= number_at h' k.
Proof.
elim: ks h => [|k ks IH] h /=; first by move=> [<-].
set total := poly_plus _ _ => solved pos_k pos h_ge0.
have pos_ks i l : i \in ks -> 0 <= V (source i) /\ ((l < N)%N -> 0 <= V (coefficient i l)).
  by move=> i_ks; apply: pos_k; rewrite in_cons i_ks orbT.
have total_ge0 : 0 <= V total.
  rewrite /total value_plus value_times value_sum addr_ge0 //.
    by rewrite mulr_ge0 ?(ltW pos) //; case: (pos_k k 0%N (mem_head _ _)).
  rewrite sumr_ge0 // => l _; rewrite value_times mulr_ge0 //; first by apply: (pos_k k l (mem_head _ _)).2.
  exact: h_ge0.
move: solved; case: ifP => [_ /IH|_]; first exact.
case: ifP => // /(positive_value z_gt0) left_gt0 /IH; apply=> //=; first by rewrite value_times mulr_gt0.
have scaled_ge0 i : 0 <= V (at_node (List.map (poly_times (left k)) (numbers h)) i).
  by rewrite number_scaled mulr_ge0 ?(ltW left_gt0) // h_ge0.
move=> i; rewrite /number_at /= /at_node list_nthE.
have [lt_k|le_k] := ltnP k (size (List.map (poly_times (left k)) (numbers h))).
  by rewrite nth_set //; case: eqP => [_|_]; [exact: total_ge0 | rewrite -list_nthE; exact: scaled_ge0].
by rewrite set_out // -list_nthE; apply: scaled_ge0.
Qed.

End Solve.
