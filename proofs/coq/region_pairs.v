(* Certificates of weights at one real weight (src/certificate/REGION.md, section 3): nodes of pairs, the bounds `limit`
   from below and `pair` from above.

   Glossary
     pair_of D u v   u and v hear themselves and each other alone, with the weights 1 in all
     share           D v u / (D u v + D v u), the part of the pair's mass that u has in the long run
     h k             the probability of coming into the pair, walking backwards from k
     outside t       the h-weighted mass of x_t outside the pair
     excess t        s_u(t) less its share of the mass in the pair *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems suprema facts region_signals.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Pair.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (k l s u v : 'I_n.+1) (h : 'I_n.+1 -> R) (t T : nat).

Definition pair_of D u v :=
  [/\ u != v, forall l, l != u -> l != v -> D u l = 0 /\ D v l = 0, D u u = 1 - D u v & D v v = 1 - D v u].

Lemma pair_of_sym D u v : pair_of D u v -> pair_of D v u.
Proof. by move=> [uv others D_uu D_vv]; split=> // [|l lv lu]; rewrite 1?eq_sym //; have [] := others l lu lv. Qed.

Lemma sum_pair (F : 'I_n.+1 -> R) u v :
  u != v -> \sum_k F k = F u + F v + \sum_(k | (k != u) && (k != v)) F k.
Proof. by move=> uv; rewrite (bigD1 u) //= (bigD1 v) 1?eq_sym //= addrA. Qed.

(* What arrives at a node from outside the pair. *)
Definition arriving D s u v t l : R := \sum_(k | (k != u) && (k != v)) signal_from D s t k * D k l.

Lemma arriving_ge0 D s u v t l : nonnegative D -> 0 <= arriving D s u v t l.
Proof. by move=> D_ge0; rewrite sumr_ge0 // => k _; rewrite mulr_ge0 ?signal_ge0. Qed.

Lemma pair_step D s u v t : pair_of D u v ->
  signal_from D s t.+1 u =
    (1 - D u v) * signal_from D s t u + D v u * signal_from D s t v + arriving D s u v t u.
Proof.
move=> [uv _ D_uu _]; rewrite signal_fromS (sum_pair _ uv) D_uu -/(arriving D s u v t u); ring.
Qed.

Lemma pair_step_other D s u v t : pair_of D u v ->
  signal_from D s t.+1 v =
    D u v * signal_from D s t u + (1 - D v u) * signal_from D s t v + arriving D s u v t v.
Proof.
move=> [uv _ _ D_vv]; rewrite signal_fromS (sum_pair _ uv) D_vv -/(arriving D s u v t v); ring.
Qed.

(* The mass in the pair, and the rest of the h-weighted mass. *)
Lemma pair_weight D s u v h t : u != v -> h u = 1 -> h v = 1 ->
  \sum_k signal_from D s t k * h k =
  signal_from D s t u + signal_from D s t v + \sum_(k | (k != u) && (k != v)) signal_from D s t k * h k.
Proof. by move=> uv h_u h_v; rewrite (sum_pair _ uv) h_u h_v !mulr1. Qed.

(* Kind pair. *)
Theorem pair_bound D s u v h T c :
    nonnegative D -> pair_of D u v -> 0 < D u v + D v u -> 0 <= 1 - D u v - D v u ->
    (forall k, 0 <= h k) -> h u = 1 -> h v = 1 -> (forall k, \sum_l D k l * h l <= h k) ->
    let settled := D v u / (D u v + D v u) * h s + \sum_(k | (k != u) && (k != v)) signal_from D s T k * h k in
    let excess := (D u v * signal_from D s T u - D v u * signal_from D s T v) / (D u v + D v u) in
    settled <= c -> settled + excess <= c ->
  forall t, (T <= t)%N -> signal_from D s t u <= c.
Proof.
move=> D_ge0 pair pq_gt0 slow h_ge0 h_u h_v super settled excess le_c le_c' t le_t.
have [uv _ _ _] := pair; move: le_c le_c'; rewrite {}/settled {}/excess; set p := D u v in pq_gt0 slow *.
set q := D v u in pq_gt0 slow * => le_c le_c'.
have p_ge0 : 0 <= p by apply: D_ge0.
have q_ge0 : 0 <= q by apply: D_ge0.
have pq_neq0 : p + q != 0 by rewrite gt_eqF.
pose x r k := signal_from D s r k; pose mass r := x r u + x r v.
pose d r := (p * x r u - q * x r v) / (p + q).
have weight r : \sum_k x r.+1 k * h k <= \sum_k x r k * h k.
  by rewrite /x signal_step; apply: signal_weight_le.
have weight_le r m : \sum_k x (r + m)%N k * h k <= \sum_k x r k * h k.
  by elim: m => [|m IH]; rewrite ?addn0 // addnS (le_trans (weight _)).
have outside_ge0 r : 0 <= \sum_(k | (k != u) && (k != v)) x r k * h k.
  by rewrite sumr_ge0 // => k _; rewrite mulr_ge0 ?signal_ge0.
have mass_h r : mass r <= h s.
  have := weight_le 0%N r; rewrite add0n /x signal_weight0 (pair_weight D s r uv h_u h_v); apply: le_trans.
  by rewrite ler_addl outside_ge0.
have mass_T m : mass (T + m)%N - mass T <= \sum_(k | (k != u) && (k != v)) x T k * h k.
  rewrite ler_subl_addl; have := weight_le T m; rewrite /x !(pair_weight D s _ uv h_u h_v); apply: le_trans.
  by rewrite ler_addl outside_ge0.
have d_step r : d r.+1 <= Num.max (d r) 0 + (mass r.+1 - mass r).
  pose a_u := arriving D s u v r u; pose a_v := arriving D s u v r v.
  have a_u0 : 0 <= a_u by apply: arriving_ge0.
  have a_v0 : 0 <= a_v by apply: arriving_ge0.
  have -> : mass r.+1 - mass r = a_u + a_v.
    rewrite /mass /x (pair_step s r pair) (pair_step_other s r pair) -/p -/q -/a_u -/a_v; ring.
  have -> : d r.+1 = (1 - p - q) * d r + (p / (p + q) * a_u - q / (p + q) * a_v).
    rewrite /d /x (pair_step s r pair) (pair_step_other s r pair) -/p -/q -/a_u -/a_v; by field.
  apply: ler_add.
    have [d_ge0|d_lt0] := leP 0 (d r); last by rewrite nmulr_lle0.
    by rewrite ler_pimull // -addrA ger_addl -opprD oppr_le0 addr_ge0.
  apply: ler_add.
    by rewrite ler_pimull // ler_pdivr_mulr // mul1r ler_addl.
  by apply: le_trans (a_v0); rewrite oppr_le0 mulr_ge0 ?divr_ge0 ?(ltW pq_gt0).
have d_le m : d (T + m)%N <= Num.max (d T) 0 + (mass (T + m)%N - mass T).
  elim: m => [|m IH]; first by rewrite addn0 subrr addr0 le_maxr lexx.
  have grown r : mass r <= mass r.+1.
    rewrite /mass /x (pair_step s r pair) (pair_step_other s r pair) -subr_ge0.
    have := arriving_ge0 s u v r u D_ge0; have := arriving_ge0 s u v r v D_ge0.
    move: (arriving _ _ _ _ _ v) (arriving _ _ _ _ _ u) => a_v a_u a_v0 a_u0.
    move: (signal_from D s r u) (signal_from D s r v) => x_u x_v.
    have -> : (1 - D u v) * x_u + D v u * x_v + a_u + (D u v * x_u + (1 - D v u) * x_v + a_v) - (x_u + x_v) = a_u + a_v.
      ring.
    exact: addr_ge0.
  have total_ge0 : 0 <= mass (T + m)%N - mass T.
    elim: m {IH} => [|m IH]; first by rewrite addn0 subrr.
    by rewrite addnS subr_ge0 (le_trans _ (grown _)) // -subr_ge0.
  rewrite addnS; apply: le_trans (d_step _) _.
  have -> : mass (T + m).+1 - mass T = mass (T + m)%N - mass T + (mass (T + m).+1 - mass (T + m)%N) by ring.
  by rewrite [leRHS]addrA ler_add2r le_maxl IH addr_ge0 // le_maxr lexx orbT.
rewrite -(subnKC le_t); set m := (t - T)%N.
have -> : signal_from D s (T + m)%N u = q / (p + q) * mass (T + m)%N + d (T + m)%N.
  rewrite /d /mass -/(x _ u); by field.
apply: le_trans (_ : q / (p + q) * h s + (Num.max (d T) 0 + \sum_(k | (k != u) && (k != v)) x T k * h k) <= _).
  apply: ler_add; first by rewrite ler_wpmul2l // divr_ge0 ?(ltW pq_gt0).
  by apply: le_trans (d_le m) _; rewrite ler_add2l.
rewrite [Num.max _ _ + _]addrC addrA; case: (leP (d T) 0) => _; first by rewrite addr0.
exact: le_c'.
Qed.
End Pair.

(* Kind limit, a node of a pair. *)
Section Limit.
Variable R : archiFieldType.
Variable n : nat.
Implicit Types (D : 'M[R]_n.+1) (k l s u v : 'I_n.+1) (h : 'I_n.+1 -> R) (rank : 'I_n.+1 -> nat).

(* A sequence that rises by a step of at least delta wherever it is at most c, and is nonnegative, comes above c. *)
Lemma comes_above (f : nat -> R) (c delta : R) T :
  0 < delta -> 0 <= f T -> (forall t, (T <= t)%N -> f t <= c -> f t + delta <= f t.+1) ->
  exists2 t, (T <= t)%N & c < f t.
Proof.
move=> delta_gt0 f_ge0 rises; pose N := Num.bound (`|c| / delta).
have large : c < N%:R * delta.
  rewrite -ltr_pdivr_mulr //; apply: le_lt_trans (archi_boundP _); last by rewrite divr_ge0 ?normr_ge0 ?(ltW delta_gt0).
  by rewrite ler_pmul2r ?invr_gt0 // ler_norm.
have [/existsP[i above]|] := boolP [exists i : 'I_N.+1, c < f (T + i)%N].
  by exists (T + i)%N; rewrite ?leq_addr.
rewrite negb_exists => /forallP none; exfalso.
have below i : (i <= N)%N -> f (T + i)%N <= c by move=> le_i; have := none (Ordinal (le_i : (i < N.+1)%N));
  rewrite -leNgt.
have grown i : (i <= N)%N -> i%:R * delta <= f (T + i)%N.
  elim: i => [|i IH] le_i; first by rewrite mul0r addn0.
  rewrite addnS -addn1 natrD mulrDl mul1r; apply: le_trans (rises _ (leq_addr _ _) (below _ (ltnW le_i))).
  by rewrite ler_add2r IH // ltnW.
have := le_trans (grown N (leqnn N)) (below N (leqnn N)).
by rewrite leNgt large.
Qed.

Theorem pair_limit_reaches D s u v h rank first :
    nonnegative D -> pair_of D u v -> 0 < D u v + D v u ->
    (forall k, 0 <= h k) -> h u = 1 -> h v = 1 -> (forall k, \sum_l D k l * h l = h k) ->
    (forall k, k != u -> k != v -> 0 < h k -> D k k < 1) ->
    (forall k l, k != u -> k != v -> l != u -> l != v -> 0 < h k -> 0 < h l -> l != k -> 0 < D k l ->
       (rank l < rank k)%N) ->
  reaches first (fun t => signal_from D s t u) (D v u / (D u v + D v u) * h s).
Proof.
move=> D_ge0 pair pq_gt0 h_ge0 h_u h_v harmonic leaves ranked c lt_c.
have [uv others _ _] := pair.
pose inside k := (k == u) || (k == v).
have outside k : ~~ inside k -> k != u /\ k != v by rewrite negb_or => /andP[].
have closed k l : inside k -> ~~ inside l -> D k l * h l = 0.
  move=> in_k /outside[lu lv]; have [ul vl] := others l lu lv.
  by case/orP: in_k => /eqP->; rewrite ?ul ?vl mul0r.
have leaves' k : ~~ inside k -> 0 < h k -> D k k < 1 by case/outside; apply: leaves.
have ranked' k l : ~~ inside k -> ~~ inside l -> 0 < h k -> 0 < h l -> l != k -> 0 < D k l -> (rank l < rank k)%N.
  by case/outside=> ku kv /outside[lu lv]; apply: ranked.
have van := @inside_limit _ _ D s inside h rank D_ge0 h_ge0 harmonic leaves' ranked' closed.
have inner t : \sum_(k | inside k) signal_from D s t k * h k = signal_from D s t u + signal_from D s t v.
  rewrite (bigD1 u) /inside ?eqxx //= h_u mulr1; congr (_ + _).
  rewrite (bigD1 v) /= ?eqxx ?orbT 1?eq_sym // h_v mulr1 big1 ?addr0 // => k.
  by case: (k == u); case: (k == v).
set p := D u v in pq_gt0 lt_c; set q := D v u in pq_gt0 lt_c.
have q_ge0 : 0 <= q by apply: D_ge0.
(* The drift at the level c, half of which is left once the mass in the pair is near its limit. *)
pose delta := q * h s - (p + q) * c.
have delta_gt0 : 0 < delta.
  by rewrite subr_gt0 [ltLHS]mulrC -ltr_pdivl_mulr // mulrAC.
have q1_gt0 : 0 < q + 1 by rewrite ltr_paddl ?ltr01.
have eps_gt0 : 0 < delta / 2%:R / (q + 1) by rewrite !divr_gt0 ?ltr0n.
have [N near] := van _ eps_gt0.
have [t le_t lt_ct] : exists2 t, (maxn N first <= t)%N & c < signal_from D s t u.
  apply: (comes_above (delta := delta / 2%:R)); rewrite ?divr_gt0 ?ltr0n ?signal_ge0 // => t le_t le_c.
  have mass : q * h s - q * (signal_from D s t u + signal_from D s t v) <= delta / 2%:R.
    rewrite -mulrBr; apply: le_trans (_ : q * (delta / 2%:R / (q + 1)) <= _).
      rewrite ler_wpmul2l // ltW // (le_lt_trans (ler_norm _)) // -inner near //.
      exact: leq_trans (leq_maxl _ _) le_t.
    by rewrite mulrCA ler_pimulr ?divr_ge0 ?ler0n ?(ltW delta_gt0) // ler_pdivr_mulr // mul1r ler_addl ?ler01.
  have := arriving_ge0 s u v t u D_ge0; rewrite (pair_step s t pair) -/p -/q.
  move: (arriving _ _ _ _ _ _) => a a_ge0; rewrite -subr_ge0.
  set x_u := signal_from D s t u in le_c mass *; set x_v := signal_from D s t v in mass *.
  have -> : (1 - p) * x_u + q * x_v + a - (x_u + delta / 2%:R) =
     a + (p + q) * (c - x_u) + (delta / 2%:R - (q * h s - q * (x_u + x_v))) by rewrite /delta; field.
  apply: addr_ge0; last by rewrite subr_ge0.
  by apply: addr_ge0 => //; apply: mulr_ge0; [apply: ltW | rewrite subr_ge0].
by exists t => //; apply: leq_trans (leq_maxr _ _) le_t.
Qed.
End Limit.
