(* Bounds from above of all later signals where slow nodes feed a node: src/certificate/REGION.md, section 3, below.

   A vector u with u_j = 1, negative at slow nodes, of which one step leaves at most the part 1 - leave_j but for what
     slow
   nodes send on; its sum x_t . u bounds s_j from the horizon on. `one` is 1.

   Glossary
     slow m       m is a slow node
     w m          the probabilities of reaching the slow node m, superharmonic
     kappa m      what each unit of x_t . w_m adds to x_{t+1} . u
     fed k        the sum of kappa_m w_m(k) over the slow nodes
     heard k      the sum of D k l u_l over the nodes l != k
     others k     the same without j
     rest         x_t . z with z = u - e_j, at least 0 from the horizon on, since D z >= r z *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems facts region_tails.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Slow.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s j : 'I_n.+1) (T : nat) (slow : pred 'I_n.+1).
Variables (r : R) (u kappa : 'I_n.+1 -> R) (w : 'I_n.+1 -> 'I_n.+1 -> R).

Definition heard (k : 'I_n.+1) : R := \sum_(l | l != k) D k l * u l.
Definition others (k : 'I_n.+1) : R := \sum_(l | (l != k) && (l != j)) D k l * u l.
Definition fed (k : 'I_n.+1) : R := \sum_(m | slow m) kappa m * w m k.
Definition rest (k : 'I_n.+1) : R := u k - (k == j)%:R.

Hypothesis D_ge0 : nonnegative D.
Hypothesis u_j : u j = 1.

(* What u is made to satisfy at a node. With S as in section 3, heard k is S + fed k at a node that is not slow,
  where u_k = 0 if
   S <= 0 and S / (leave_k - leave_j) otherwise; at a slow node S is what is missing, which kappa_k covers. *)
Lemma heard_step k : heard k <= (leave D k - leave D j) * u k + fed k ->
  \sum_l D k l * u l <= (1 - leave D j) * u k + fed k.
Proof.
move=> small; rewrite -subr_ge0 in small; rewrite (bigD1 k) //= -/(heard k) -subr_ge0.
by congr (0 <= _): small; rewrite /leave; ring.
Qed.

Lemma heard_others k : k != j -> heard k = others k + D k j.
Proof.
move=> k_j; rewrite /heard (bigD1 j) 1?eq_sym //= u_j mulr1 addrC.
by congr (_ + _); apply: eq_bigl.
Qed.

Lemma but_node k : k != j -> \sum_(l | l != j) D k l * u l = others k + D k k * u k.
Proof.
by move=> k_j; rewrite (bigD1 k) //= addrC; congr (_ + _); apply: eq_bigl => l; rewrite andbC.
Qed.

(* D z at a node, and what is asked of it there *)
Lemma rest_onto k : \sum_l D k l * rest l = \sum_(l | l != j) D k l * u l.
Proof.
rewrite (bigD1 j) //= /rest eqxx u_j subrr mulr0 add0r; apply: eq_bigr => l l_j.
by rewrite (negbTE l_j) subr0.
Qed.

Lemma weighed_rest t : weighed D s t rest = weighed D s t u - signal_from D s t j.
Proof.
rewrite /weighed /rest; under eq_bigr do rewrite mulrBr; rewrite sumrB; congr (_ - _).
by rewrite (bigD1 j) //= eqxx mulr1 big1 ?addr0 // => k k_j; rewrite (negbTE k_j) mulr0.
Qed.

Hypothesis r_ge0 : 0 <= r.
Hypothesis leave_j : 0 < leave D j.
Hypothesis kappa_ge0 : forall m, slow m -> 0 <= kappa m.
Hypothesis w_super : forall m, slow m -> kappa m != 0 -> superharmonic D (w m).
Hypothesis rest_at_node : 0 <= \sum_(l | l != j) D j l * u l.
Hypothesis rest_grows : forall k, k != j -> r * u k <= \sum_(l | l != j) D k l * u l.
Hypothesis u_step : forall k, \sum_l D k l * u l <= (1 - leave D j) * u k + fed k.

Lemma rest_ge0 t : (T <= t)%N -> 0 <= weighed D s T rest -> 0 <= weighed D s t rest.
Proof.
move=> le_t start; move: t le_t; apply: later_steps => // t _ IH.
apply: le_trans (mulr_ge0 r_ge0 IH) _; rewrite /weighed signal_step mulr_sumr.
apply: ler_sum => k _; rewrite mulrCA ler_wpmul2l ?signal_ge0 // rest_onto.
have [->|k_j] := eqVneq k j; first by rewrite /rest eqxx u_j subrr mulr0.
by rewrite /rest (negbTE k_j) subr0; apply: rest_grows.
Qed.

Lemma fed_decreases t : (T <= t)%N -> weighed D s t fed <= \sum_(m | slow m) kappa m * weighed D s T (w m).
Proof.
move=> le_t; have -> : weighed D s t fed = \sum_(m | slow m) kappa m * weighed D s t (w m).
  rewrite /weighed /fed; under eq_bigr do rewrite mulr_sumr.
  by rewrite exchange_big; apply: eq_bigr => m _ /=; rewrite mulr_sumr; apply: eq_bigr => k _; rewrite mulrCA.
apply: ler_sum => m slow_m; have [->|kappa_m] := eqVneq (kappa m) 0; first by rewrite !mul0r.
by rewrite ler_wpmul2l ?kappa_ge0 // weighed_decreases //; apply: w_super.
Qed.

(* Slow nodes: x_T . u, and what they feed over leave_j, bound the signal of node j. *)
Theorem below_slow B : 0 <= weighed D s T u - signal_from D s T j -> weighed D s T u <= B ->
    (\sum_(m | slow m) kappa m * weighed D s T (w m)) / leave D j <= B ->
  bounded D s T j B.
Proof.
rewrite -weighed_rest => start u_le settled t le_t.
have -> : signal_from D s t j = weighed D s t u - weighed D s t rest by rewrite weighed_rest; ring.
apply: le_trans (_ : weighed D s t u <= _); first by rewrite ler_subl_addr ler_addl rest_ge0.
move: t le_t; apply: (@moves_towards _ _ (leave D j)) => // [|t le_t]; first by rewrite (ltW leave_j) leave_le1.
apply: le_trans (weighed_step s t D_ge0 u_step) _.
have -> : weighed D s t (fun k => (1 - leave D j) * u k + fed k) = (1 - leave D j) * weighed D s t u + weighed D s t
  fed.
  by rewrite /weighed mulr_sumr -big_split; apply: eq_bigr => k _; rewrite mulrDr mulrCA.
rewrite ler_add2l; apply: le_trans (fed_decreases le_t) _.
by move: settled; rewrite ler_pdivr_mulr // mulrC.
Qed.

End Slow.
