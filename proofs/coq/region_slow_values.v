(* Bounds from above where slow nodes feed a node: what slow_values of region_bounds.v computes
  (src/certificate/REGION.md,
   section 3), and that region_slow.v applies to it.

   Glossary (part, feed, chance_to, fed and fine are those of region_slow_states.v)
     rest, values   what must not be negative, and what then bounds all later signals
     kappa, w       feed over `one`, and the chances to reach the slow nodes *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring zify.
From crosshead Require Import systems facts region_tails region_slow.
From crosshead Require Import region_polynomials region_documents region_values region_reach region_bounds
  region_settled.
From crosshead Require Import region_chances region_sums region_slow_states.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Local Notation heard := region_bounds.heard.
Local Notation size := seq.size.

Section Slow.
Variable R : realFieldType.
Variable n : nat.
Variables (D : 'M[R]_n.+1) (s : 'I_n.+1) (z : R) (S : scene).
Hypothesis shown : shows D s z S.
Variable j : 'I_n.+1.
Hypothesis alone : partner S j = None.
Local Notation V := (value z).
Local Notation place := (region_values.place S).
Implicit Types (k l m v : 'I_n.+1) (y : slow_state) (ks : seq nat).

Let z_gt0 : 0 < z := at_positive shown.
Let one_gt0 : 0 < V (one S) := one_positive shown.

Local Notation part := (part z).
Local Notation feed := (feed z).
Local Notation chance_to := (chance_to z).
Local Notation fed := (fed n z).
Local Notation fine := (fine D z S j).

(* ---- All steps ---- *)

Lemma slow_steps_fine slow rate ks y y' :
    fine ks y -> uniq ks -> (forall k : nat, k \in ks -> k \in after S j) -> (exists before, order S = before ++ ks) ->
  slow_steps S slow rate j ks y = Some y' -> fine [::] y'.
Proof.
elim: ks y => [|k ks IH] y fine_y; first by move=> _ _ _ [<-].
move=> once in_after suffix; have k_after : k \in after S j by apply: in_after; rewrite mem_head.
have lt_k := after_lt shown k_after; rewrite [slow_steps _ _ _ _ _ _]/=.
set step := if _ then _ else _; case step_y: step => [y1|]; last by case: (partner S k).
move=> found; have {found} : slow_steps S slow rate j ks y1 = Some y' by move: found; case: (partner S k).
have fine_y1 : fine ks y1.
  move: step_y; rewrite /step; case: ifP => _.
    exact: (slow_fine shown (k := Ordinal lt_k) fine_y once k_after suffix).
  exact: (fast_fine shown (k := Ordinal lt_k) fine_y once k_after suffix).
apply: IH fine_y1 _ _ _; first by case/andP: once.
  by move=> i i_in; apply: in_after; rewrite in_cons i_in orbT.
by have [before e] := suffix; exists (before ++ [:: k]); rewrite -catA.
Qed.

Lemma start_fine : fine (after S j) (slow_start S j).
Proof.
rewrite /slow_start (right_size shown).
set y := Slow_state _ _ _.
have part_y (l : nat) : quotient_at (parts_of y) l = if l == j then whole_poly [:: Zpos xH] else zero_quotient.
  rewrite /quotient_at list_nthE nth_set ?length_table //; case: eqP => // _.
  by have [lt_l|le_l] := ltnP l n.+1; [rewrite nth_table | rewrite nth_table_out].
have feed_y (l : nat) : quotient_at (feeds y) l = zero_quotient.
  rewrite /quotient_at list_nthE; by have [lt_l|le_l] := ltnP l n.+1; [rewrite nth_table | rewrite nth_table_out].
have chance_y (l : nat) : chance_of y l = Reached [::] [:: Zpos xH].
  rewrite /chance_of list_nthE; by have [lt_l|le_l] := ltnP l n.+1; [rewrite nth_table | rewrite nth_table_out].
have part_at l : part y l = (l == j)%:R.
  by rewrite /part part_y val_eqE; case: eqP => _; rewrite ?ratio_zero // ratio_whole value_1.
have feed_at (l : nat) : feed y l = 0 by rewrite /feed feed_y ratio_zero.
have fed_at (l : nat) : fed y l = 0 by rewrite /fed big1 // => m _; rewrite feed_at mul0r.
have after_j l : (l : nat) \in after S j -> l != j.
  by apply: contraTneq => ->; rewrite (afterP shown) ltnn.
split.
- by rewrite size_set length_table.
- exact: length_table.
- exact: length_table.
- by move=> l; rewrite part_y; case: ifP => _; apply: under_whole_gt0.
- by move=> l; rewrite feed_y; apply: under_whole_gt0.
- by move=> l; rewrite chance_y value_1 ltr01.
- by rewrite part_at eqxx.
- by move=> l /negbTE l_j _; rewrite part_at l_j.
- by move=> l v pair; rewrite part_at; case: eqP => // e; rewrite e alone in pair.
- by move=> l /after_j/negbTE l_j; rewrite part_at l_j feed_at.
- by move=> l; rewrite feed_at.
- by move=> l; rewrite feed_at eqxx.
move=> k k_after; rewrite fed_at addr0 part_at -mulrA ler_pmul2l // (bigD1 j) //= part_at eqxx mulr1.
rewrite big1 ?addr0 => [|l /negbTE l_j]; last by rewrite part_at l_j mulr0.
have [->|k_j] := eqVneq k j; first by rewrite /region_tails.leave opprB addrCA subrr addr0 mulr1.
rewrite mulr0; have [->//|D_kj] := eqVneq (D k j) 0.
have p : partner S j != Some (k : nat) by rewrite alone.
have j_k : j != k by rewrite eq_sym.
by have [_] := not_after_hears shown k_after k_j p D_kj j_k; rewrite eqxx.
Qed.

(* What must not be negative at a node. *)
Lemma grown_spec rate y k : fine [::] y -> k != j ->
  V (one S) * (\sum_(l | l != j) D k l * part y l - real_of R rate * part y k) = ratio_at z (grown S rate j (parts_of
    y) k) /\
  0 < V (under (grown S rate j (parts_of y) k)).
Proof.
move=> fine_y k_j; have [heard_gt0 heard_at] := heard_spec shown k [:: (j : nat)] fine_y.
have kept_gt0 : 0 < V (under (times_poly (quotient_at (parts_of y) k) (entry S k k))) by apply: (part_defined fine_y).
have sum_gt0 := under_plus_gt0 heard_gt0 kept_gt0.
have rate_gt0 : 0 < V (under (times_rational (times_poly (quotient_at (parts_of y) k) (one S)) rate)).
  by apply: defined_times_rational; apply: (part_defined fine_y).
split; last exact: under_minus_gt0.
rewrite ratio_minus // ratio_plus // heard_at ratio_times_rational !ratio_times_poly (right_entry shown) -/(part y k).
rewrite (bigD1 k) //= [X in _ * (X - _)]addrC mulrBr mulrDr; congr (_ + _ - _).
- by congr (_ * _); apply: eq_bigl => l; rewrite andbC inE.
- ring.
- ring.
Qed.

(* Slow nodes: two values bound all later signals, where a third is not negative. *)
Theorem slow_values_sound t slow rate rest values :
    Z.leb 0 (Qnum rate) -> slow_values S t slow rate j = Some (rest, values) ->
  [/\ 0 < V (under rest), forall q, List.In q values -> 0 < V (under q) &
      0 <= ratio_at z rest -> forall B, (forall q, List.In q values -> ratio_at z q <= B) ->
      forall r, (t <= r)%N -> signal_from D s r j <= B].
Proof.
move=> rate_ge0; rewrite /slow_values (right_size shown); case steps: slow_steps => [y|//].
have fine_y : fine [::] y.
  apply: slow_steps_fine start_fine _ _ _ steps => //; first exact: (after_uniq shown j).
  exact: (after_ordered shown j).
case: ifP => // /andP[/(leave_positive shown) leave_gt0 /List.forallb_forall grows].
set potential := quotient_sum _ _; set feeding := quotient_sum _ _ => -[<- <-].
have signal_gt0 k : 0 < V (under (signal S t k)) by have [] := signal_spec shown t k.
have signal_at k : ratio_at z (signal S t k) = signal_from D s t k by have [] := signal_spec shown t k.
have [potential_gt0 potential_at] : 0 < V (under potential) /\
    ratio_at z potential = weighed D s t (part y).
  rewrite /potential; have [k|sum_gt0 ->] := 
    @node_sum_spec R z n.+1 (fun k : nat => quotient_times (quotient_at (parts_of y) k) (signal S t k)).
    by apply: under_times_gt0; [apply: (part_defined fine_y) | apply: signal_gt0].
  by split=> //; apply: eq_bigr => k _; rewrite ratio_times signal_at mulrC.
pose kappa (m : 'I_n.+1) := feed y m / V (one S); pose w (m k : 'I_n.+1) := chance_to y m k.
have [feeding_gt0 feeding_at] : 0 < V (under feeding) /\
    ratio_at z feeding = \sum_(m < n.+1) feed y m * weighed D s t (w m).
  rewrite /feeding; set f := fun k : nat => _; have [k|sum_gt0 ->] := @node_sum_spec R z n.+1 f.
    rewrite /f; case: ifP => _; first exact: defined_zero.
    by apply: under_times_gt0; [apply: (feed_defined fine_y) | have [] :=
      weigh_spec shown t [::] (chance_defined fine_y k)].
  split=> //; apply: eq_bigr => k _; rewrite /f; case: ifP => [zero|_].
    by rewrite ratio_zero /feed (ratio_poly_zero _ zero) mul0r.
  rewrite ratio_times; congr (_ * _).
  by have [_ ->] := weigh_spec shown t [::] (chance_defined fine_y k).
split; first exact: under_minus_gt0.
  move=> q /= [<-//|[<-|[]]]; apply: defined_over_positive => //.
  by rewrite (value_leave shown) mulr_gt0.
rewrite ratio_minus // potential_at signal_at => rest_pos B bound.
have fed_at k : region_slow.fed xpredT kappa w k = fed y k / V (one S).
  by rewrite /region_slow.fed /fed mulr_suml; apply: eq_bigr => m _; rewrite mulrAC.
apply: (@below_slow R n D s j t xpredT (real_of R rate) (part y) kappa w) => //.
- exact: (no_negative shown).
- exact: (part_j fine_y).
- by rewrite /real_of divr_ge0 ?(ltW (real_gt0 _ _)) // /real ler0z; move: rate_ge0; lia.
- by move=> m _; rewrite divr_ge0 ?(feed_ge0 fine_y) ?ltW.
- move=> m _; rewrite mulf_eq0 negb_or => /andP[feed_m _] k.
  exact: (chance_super shown (feed_reach fine_y feed_m)).
- apply: sumr_ge0 => l l_j; have [->|D_jl] := eqVneq (D j l) 0; first by rewrite mul0r.
  case: (hears shown D_jl l_j) => [|[_ lt_lj]]; first by rewrite alone.
  by rewrite (part_outside fine_y) ?mulr0 // (afterP shown) ltnNge ltnW.
- move=> k k_j; have k_in : List.In (k : nat) (List.seq 0 n.+1) by apply/List.in_seq; have := ltn_ord k; lia.
  have := grows k k_in => /orP[].
    by move/Nat.eqb_spec/val_inj => e; rewrite e eqxx in k_j.
  move/(nonnegative_value z_gt0); have [grown_at grown_gt0] := grown_spec rate fine_y k_j;
    rewrite -ratio_ge0 // -grown_at.
  by rewrite pmulr_rge0 // subr_ge0.
- move=> k; rewrite -(ler_pmul2l one_gt0) fed_at mulrDr [V (one S) * (_ / _)]mulrC divfK ?gt_eqF // mulrA.
  exact: (settled_step fine_y).
- by rewrite -potential_at; apply: bound; left.
apply: le_trans (bound _ (or_intror (or_introl erefl))); rewrite ratio_over_positive feeding_at (value_leave shown)
  invfM mulrA.
by rewrite ler_wpmul2r ?invr_ge0 ?(ltW leave_gt0) // mulr_suml ler_sum // => m _; rewrite /kappa mulrAC.
Qed.
End Slow.
