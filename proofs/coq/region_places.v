(* The order of the nodes of a scene: who hears whom (src/certificate/REGION.md, section 1).

   Glossary
     shown            the scene S at z is the matrix D
     leaving D k      1 - D k k (region_tails.v)
     place k          where a node stands in the order *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_settled.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Notation leaving := region_tails.leave.
Notation leave := region_documents.leave.
Local Notation size := seq.size.

Lemma list_filterE A (p : A -> bool) l : List.filter p l = filter p l.
Proof. by elim: l => //= a l ->. Qed.

Lemma order_sorted (l : seq nat) : uniq l -> sorted (fun a b => index a l < index b l)%N l.
Proof.
move=> uniq_l; apply/(sortedP 0%N) => i lt_i.
by rewrite !index_uniq // ltnW.
Qed.

(* In a part of a list that keeps the order. *)
Lemma index_part (l part : seq nat) a b : uniq l -> sorted (fun a b => index a l < index b l)%N part ->
  a \in part -> b \in part -> (index a l < index b l)%N -> (index a part < index b part)%N.
Proof.
move=> uniq_l sorted_part a_in b_in lt_ab; rewrite ltnNge; apply/negP; rewrite leq_eqVlt => /orP[/eqP e|lt_ba].
  by move: lt_ab; rewrite -(nth_index 0%N a_in) -(nth_index 0%N b_in) e ltnn.
have trans : transitive (fun a b => index a l < index b l)%N by move=> y x t; apply: ltn_trans.
by have := sorted_ltn_index trans sorted_part _ _ b_in a_in lt_ba => /(ltn_trans lt_ab); rewrite ltnn.
Qed.

Section Shown.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Implicit Types (j k l m v : 'I_n.+1).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.

Lemma value_leave k : V (leave S k) = V (one S) * leaving D k.
Proof. by rewrite value_minus (right_entry shown) /region_tails.leave mulrBr mulr1. Qed.

Lemma leave_positive k : positive_poly (leave S k) -> 0 < leaving D k.
Proof. by move/(positive_value z_gt0); rewrite value_leave pmulr_rgt0. Qed.

Lemma in_order k : (k : nat) \in order S.
Proof. by rewrite (order_whole shown). Qed.

Lemma place_inj k l : place k = place l -> k = l.
Proof.
move=> e; apply: val_inj => /=; rewrite -(nth_index 0%N (in_order k)) -(nth_index 0%N (in_order l)).
by rewrite -/(place k) e.
Qed.

Lemma partner_sym k l : partner S k = Some (l : nat) -> partner S l = Some (k : nat) /\ k != l.
Proof. by case/(right_partner shown) => -> kl _; split=> //; apply/eqP => e; apply: kl; rewrite e. Qed.

Lemma partner_node (k v : nat) : partner S k = Some v -> exists l : 'I_n.+1, v = l.
Proof. by case/(right_partner shown) => _ _ lt_v; exists (Ordinal lt_v). Qed.

Lemma hears k l : D k l != 0 -> l != k ->
  partner S k = Some (l : nat) \/ partner S k = None /\ (place l < place k)%N.
Proof. by case/(right_order shown) => [->|->|]; rewrite ?eqxx; [|left|right]. Qed.

Lemma before_after j k l : (k : nat) \in after S j -> (l : nat) \notin after S j -> (place l < place k)%N.
Proof.
have [before e] := after_ordered shown j; move=> k_after l_after.
have l_before : (l : nat) \in before by move: (in_order l); rewrite e mem_cat (negbTE l_after) orbF.
have k_before : (k : nat) \notin before.
  by apply/negP => k_in; have := order_once shown; rewrite e cat_uniq => /and3P[_ /hasP[]]; exists (k : nat).
by rewrite /region_values.place e !index_cat l_before (negbTE k_before) ltn_addr // index_mem.
Qed.

Lemma afterP j k : (k : nat) \in after S j = (place j < place k)%N && (partner S j != Some (k : nat)).
Proof. exact: (right_after shown). Qed.

Lemma not_after j k : (k : nat) \notin after S j -> k != j -> partner S j != Some (k : nat) -> (place k < place j)%N.
Proof.
rewrite afterP negb_and negbK => /orP[|/eqP->]; last by rewrite eqxx.
rewrite -leqNgt leq_eqVlt => /orP[/eqP/place_inj->|//]; by rewrite eqxx.
Qed.

(* Who does not stand after j hears nobody there, nor j. *)
Lemma not_after_hears j k l : (k : nat) \notin after S j -> k != j -> partner S j != Some (k : nat) ->
    D k l != 0 -> l != k ->
  [/\ (l : nat) \notin after S j, l != j & partner S j != Some (l : nat)].
Proof.
move=> k_after k_j k_partner D_kl l_k; have lt_kj := not_after k_after k_j k_partner.
case: (hears D_kl l_k) => [pair|[alone lt_lk]].
  have [pair' _] := partner_sym pair.
  have l_j : l != j by apply: contraNneq k_partner => <-; rewrite pair'.
  have j_after : (j : nat) \in after S k.
    by rewrite afterP lt_kj pair; apply/eqP => - [] /val_inj e; rewrite e eqxx in l_j.
  split=> //; last first.
    apply/eqP => /partner_sym[]; rewrite pair' => - [] /val_inj e _; by rewrite e eqxx in k_j.
  have : (l : nat) \notin after S k by rewrite afterP pair eqxx andbF.
  move/(before_after j_after) => lt_lj; rewrite afterP negb_and -leqNgt ltnW //.
have lt_lj := ltn_trans lt_lk lt_kj.
split; first by rewrite afterP negb_and -leqNgt ltnW.
  by apply/eqP => e; move: lt_lj; rewrite e ltnn.
apply/eqP => /partner_sym[pair _].
have k_in : (k : nat) \in after S l by rewrite afterP lt_lk pair; apply/eqP => - [] /val_inj e; rewrite e eqxx in k_j.
have : (j : nat) \notin after S l by rewrite afterP pair eqxx andbF.
by move/(before_after k_in)/(ltn_trans lt_kj); rewrite ltnn.
Qed.

End Shown.
