(* Facts of kind contraction (src/certificate/FORMAT.md, section 4): a cycle of laws that D moves along.

   Glossary
     law r            the laws y_0, ..., y_{q-1} of a cycle, with y_r D = y_{r+1 mod q}
     distance x y     half the sum of absolute differences of two rows; D does not increase it *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems facts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Contraction.
Variable R : realFieldType.
Variable n : nat.
Variable D : 'M[R]_n.+1.
Variable s : 'I_n.+1.
Hypothesis D_ge0 : nonnegative D.
Hypothesis keeps_mass : forall k, visited D s k -> \sum_l D k l = 1.

(* D moves the mass of a row that lies on the visited nodes. *)
Lemma moved_mass (x : 'I_n.+1 -> R) : (forall k, ~~ visited D s k -> x k = 0) ->
  \sum_l \sum_k x k * D k l = \sum_k x k.
Proof.
move=> x_visited; rewrite exchange_big; apply: eq_bigr => k _ /=; rewrite -mulr_sumr.
have [/keeps_mass->|/x_visited->] := boolP (visited D s k); first exact: mulr1.
by rewrite mul0r.
Qed.

Lemma signal_mass t : \sum_k signal_from D s t k = 1.
Proof.
elim: t => [|t IH].
  by have := signal_weight0 D s (fun=> 1); under eq_bigr do rewrite mulr1.
under eq_bigr do rewrite signal_fromS.
by rewrite moved_mass // => k; apply: signal_not_visited.
Qed.

Lemma distance_moves (x y : 'I_n.+1 -> R) :
    (forall k, ~~ visited D s k -> x k = y k) ->
  total_variation (fun l => \sum_k x k * D k l) (fun l => \sum_k y k * D k l) <= total_variation x y.
Proof.
move=> same; rewrite /total_variation ler_wpmul2l ?invr_ge0 ?ler0n //.
have <- : \sum_l \sum_k `|x k - y k| * D k l = \sum_k `|x k - y k|.
  by apply: moved_mass => k /same->; rewrite subrr normr0.
apply: ler_sum => l _; rewrite -sumrB; apply: le_trans (ler_norm_sum _ _ _) _.
by apply: ler_sum => k _; rewrite -mulrBl normrM (ger0_norm (D_ge0 k l)).
Qed.

(* Two laws differ at a node by at most their distance. *)
Lemma distance_at (x y : 'I_n.+1 -> R) j : \sum_k x k = \sum_k y k -> x j <= y j + total_variation x y.
Proof.
move=> same; rewrite -ler_subl_addl /total_variation mulrC ler_pdivl_mulr ?ltr0n //.
have others : \sum_(k | k != j) (y k - x k) = x j - y j.
  have : \sum_k (y k - x k) = 0 by rewrite sumrB same subrr.
  by rewrite (bigD1 j) //= => /(canRL (addKr _)) ->; rewrite addr0 opprB.
rewrite mulr_natr mulr2n (bigD1 j) //= ler_add ?ler_norm //.
by rewrite -{1}others; apply: ler_sum => k _; rewrite distrC ler_norm.
Qed.

(* Kind contraction. *)
Theorem contraction_supremum j first time horizon phi q (law : nat -> 'I_n.+1 -> R) :
    (first <= time <= horizon)%N -> signal_from D s time j = phi ->
    (forall r, (first <= r <= horizon)%N -> signal_from D s r j <= phi) ->
    (0 < q)%N ->
    (forall r, (r < q)%N -> \sum_k law r k = 1) ->
    (forall r k, (r < q)%N -> ~~ visited D s k -> law r k = 0) ->
    (forall r l, (r < q)%N -> \sum_k law r k * D k l = law (r.+1 %% q)%N l) ->
    (forall r, (r < q)%N ->
       law r j + total_variation (fun k => signal_from D s horizon k) (law (horizon %% q)%N) <= phi) ->
  decided first (fun t => signal_from D s t j) phi true.
Proof.
move=> /andP[le_time time_le] phi_time before q_gt0 law_mass law_visited law_moves near.
apply: (attained_supremum le_time phi_time) => t le_t.
have [t_le|/ltnW le_ht] := leqP t horizon; first by apply: before; rewrite le_t t_le.
have law_of r : (r %% q < q)%N by rewrite ltn_mod.
pose apart r := total_variation (fun k => signal_from D s r k) (law (r %% q)%N).
have decreases r : apart r.+1 <= apart r.
  have := @distance_moves (fun k => signal_from D s r k) (law (r %% q)%N).
  rewrite /apart /total_variation; under eq_bigr => l _.
    by rewrite -signal_fromS law_moves // -(addn1 (r %% q)%N) modnDml addn1; over.
  by apply=> k nvk; rewrite law_visited // signal_not_visited.
have bound r : apart (horizon + r)%N <= apart horizon.
  by elim: r => [|r IH]; rewrite ?addn0 // addnS (le_trans (decreases _)).
apply: le_trans (near _ (law_of t)).
have := @distance_at (fun k => signal_from D s t k) (law (t %% q)%N) j.
rewrite signal_mass law_mass // => /(_ erefl) /le_trans; apply.
by rewrite ler_add2l -/(apart t) -(subnKC le_ht) bound.
Qed.

End Contraction.
