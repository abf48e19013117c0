(* What the claims of certificates of weights mean, and that accepted certificates are true (src/certificate/REGION.md,
   sections 3 and 4).

   Glossary
     matrix_of rows        the matrix of the numbers that are given
     has_least D m         m is the least fidelity of the nodes that count: all reach it, and one stays within it
     region_true d b       the claim of d is true at the weight b *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts mixing_facts region_signals region_mixing.
From crosshead Require Import integer_checks integer_numbers integer_semantics integer_theorems.
From crosshead Require Import certificate_numbers number_enclosures certificate_systems certificate_meaning.
From crosshead Require Import region_polynomials region_documents region_values region_check region_meaning.
From crosshead Require Import region_scenes region_pieces region_soundness region_cells region_sides
  region_certificates region_intervals.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.
Local Notation length := List.length.

(* ---- Walks ---- *)

Section Walks.
Variable R : realFieldType.
Variable n : nat.
Implicit Types (s : 'I_n.+1) (m : list (list Q)).

Lemma ratr_real_of q : ratr (to_rat q) = real_of R q.
Proof. by rewrite /to_rat /ratio fmorph_div /= /of_Z !ratr_int. Qed.

Lemma matrix_of_ratr m : is_table n.+1 m -> matrix_of R n m = map_mx ratr (to_mx n (of_fractions m)).
Proof.
by move=> [len rows]; apply/matrixP => i j; rewrite !mxE -ratr_real_of -given_matrix // /to_mx mxE.
Qed.

Lemma absorption_certain_real (W : 'M[rat]_n.+1) s : absorption_certain W s ->
  absorption_certain (map_mx ratr W : 'M[R]_n.+1) s.
Proof.
case=> [[W_ge0 W_sum] W_ss path]; split=> [||j].
- split=> [i j|j]; first by rewrite mxE ler0q.
  by under eq_bigr do rewrite mxE; rewrite -rmorph_sum W_sum rmorph1.
- by rewrite mxE W_ss rmorph1.
apply: connect_sub (path j) => k l W_kl; apply: connect1; by rewrite /= mxE ltr0q.
Qed.

Lemma walk_certain m s : is_table n.+1 m -> absorbing_chain (of_fractions m) s ->
  absorption_certain (matrix_of R n m) s.
Proof.
move=> table chain; rewrite matrix_of_ratr //; apply: absorption_certain_real.
by apply: absorbing_chain_sound chain; rewrite /size_of /= List.map_length; case: table.
Qed.
End Walks.

(* ---- Claims ---- *)

Lemma least_time (t t' u : nat) : (0 < t)%N -> (0 < t')%N ->
  (u <= (Nat.min t t').-1)%N = (u < t)%N && (u < t')%N.
Proof. lia. Qed.

Lemma positive_number (R : realFieldType) (q : Q) : Z.ltb 0 (Qnum q) -> 0 < real_of R q.
Proof. by move=> q_gt0; rewrite divr_gt0 ?real_gt0 // -[0]/(real R Z0) exponential_bounds.real_lt. Qed.

Section Claims.
Variable R : archiFieldType.
Variable n : nat.
Variable d : region_document.
Local Notation h := (heads_of_region d).
Local Notation s := (sink_node n h).
Local Notation first := (region_first d).
Local Notation counted := (counted_nodes d).
Implicit Types (b m : R) (D : 'M[R]_n.+1).

Definition has_least D m :=
  (forall j : 'I_n.+1, List.In (nat_of_ord j) counted -> reaches first (fun t => signal_from D s t j) m) /\
  exists2 j : 'I_n.+1, List.In (nat_of_ord j) counted & stays_within first (fun t => signal_from D s t j) m.

Definition region_true b : Prop :=
  let D := mixture n h b in
  let one := mixture n h (1 : R) in
  let other := mixture n h (0 : R) in
  let phi (j : 'I_n.+1) t := signal_from D s t j in
  let time (W : 'M[R]_n.+1) epsilon t := mixing_time_at false false W s (real_of R epsilon) t in
  match region_claimed d with
  | Claim_compared st => satisfies n first counted h b st
  | Claim_amplifies _ _ => exists m1 m2, [/\ has_least one m1, has_least other m2 &
      forall j : 'I_n.+1, List.In (nat_of_ord j) counted -> exceeds first (phi j) (Num.max m1 m2)]
  | Claim_attenuates _ _ => exists m1 m2, [/\ has_least one m1, has_least other m2 &
      ~ forall j : 'I_n.+1, List.In (nat_of_ord j) counted -> reaches first (phi j) (Num.min m1 m2)]
  | Claim_t_mix epsilon at_most steps =>
      exists2 t, time D epsilon t & if at_most then (t <= steps)%N else (steps < t)%N
  | Claim_mixes_faster epsilon _ _ _ _ =>
      exists t t1 t2, [/\ time D epsilon t, time one epsilon t1, time other epsilon t2 & (t < t1)%N && (t < t2)%N]
  end.

Lemma least_unique D m m' : has_least D m -> has_least D m' -> m = m'.
Proof.
by case=> all [j in_j within] [all' [k in_k within']]; apply/eqP; rewrite eq_le (reaches_bound (all _ in_k) within')
  (reaches_bound (all' _ in_j) within).
Qed.

Variables (lower_value : scene -> nat -> lower -> option quotient)
          (upper_values : scene -> (polynomial -> option comparison) -> nat -> option Q -> upper ->
            option (list quotient)).
Hypotheses (lower_sound : sound_lower R lower_value) (upper_sound : sound_upper R upper_values).
Hypotheses (good : good_heads h) (size_h : given_size h = n.+1).

Lemma alone_proves q steps : 0 <= real_of R q <= 1 ->
  proves_at (mixture n h (real_of R q)) s (alone h q steps) 1.
Proof. exact: point_proves. Qed.

Lemma counted_lt k : List.In k counted -> (k < n.+1)%N.
Proof.
rewrite /counted_nodes size_h; case: ifP => _.
  by move=> /List.in_seq[_ lt_k]; apply/ssrnat.ltP.
by move=> /List.filter_In[/List.in_seq[_ lt_k] _]; apply/ssrnat.ltP.
Qed.

Lemma has_minimax_sound q x : 0 <= real_of R q <= 1 -> has_minimax lower_value upper_values h first counted q x ->
  has_least (mixture n h (real_of R q)) (real_of R (own_minimax x)).
Proof.
move=> q_in /andP[/andP[above]]; rewrite /member => /List.existsb_exists[k [in_k /Nat.eqb_spec node]] below.
have here := alone_proves (Nat.max (List.list_max (List.map lower_steps (own_above x))) (upper_steps (own_below x)))
  q_in.
split=> [j in_j|]; first exact: (check_above_sound lower_sound here above in_j).
exists (Ordinal (counted_lt in_k)) => //; exact: (check_below_sound (j :=
  Ordinal (counted_lt in_k)) upper_sound here below node).
Qed.

Lemma has_mixing_time_sound q epsilon t k : 0 <= real_of R q <= 1 ->
    absorption_certain (mixture n h (real_of R q)) s -> has_mixing_time h q epsilon t k ->
  (0 < t)%N /\ mixing_time_at false false (mixture n h (real_of R q)) s (real_of R epsilon) t.
Proof.
move=> q_in certain; rewrite /has_mixing_time size_h; case/andP=> /andP[/andP[/Nat.leb_spec0 t_pos
  /Nat.ltb_spec0/ssrnat.ltP lt_k]].
move=> /List.forallb_forall now before; have here := alone_proves t q_in.
have bar : real_of R (minus full_weight epsilon) = 1 - real_of R epsilon by rewrite real_of_minus real_of_full.
case: t t_pos now before here => [|t]; first by lia.
rewrite Nat.sub_succ Nat.sub_0_r => _ now before here; split=> //.
apply: (own_mixing_time (j := Ordinal lt_k) certain) => [i|].
  have in_i : List.In (nat_of_ord i) (List.seq 0 n.+1) by apply/List.in_seq; have := ltn_ord i; lia.
  have [+ _] := absorbs_sound here false (minus full_weight epsilon) t.+1 i; have := now _ in_i.
  by case: absorbs => [[]|] // _; rewrite bar; apply.
have [_] := absorbs_sound here false (minus full_weight epsilon) t (Ordinal lt_k).
by move: before; case: absorbs => [[]|] // _; rewrite bar; apply.
Qed.

Lemma mixture_one : mixture n h (real_of R full_weight) = mixture n h (1 : R).
Proof. by rewrite real_of_full. Qed.
Lemma mixture_other : mixture n h (real_of R no_weight) = mixture n h (0 : R).
Proof. by rewrite real_of_none. Qed.

Lemma mixture_certain b : 0 <= b <= 1 -> absorbing_chain (of_fractions (first_rows h)) (given_sink h) ->
  absorbing_chain (of_fractions (second_rows h)) (given_sink h) -> absorption_certain (mixture n h b) s.
Proof.
have [sq1 sq2] := good_heads_square good size_h; rewrite (sink_nodeE good size_h) => b_in one other.
by apply: absorption_certain_mean => //; apply: walk_certain => //; apply: square_rows_table.
Qed.

(* What the claim asks of a weight is what the check asks. *)
Lemma statement_right b : 0 <= b <= 1 -> fits d -> own_values_hold lower_value upper_values d ->
  region_true b <-> satisfies n first counted h b (statement_of (region_claimed d)).
Proof.
move=> b_in; have in1 : 0 <= real_of R full_weight <= 1 by rewrite real_of_full ler01 lexx.
have in0 : 0 <= real_of R no_weight <= 1 by rewrite real_of_none ler01 lexx.
have bar epsilon : real_of R (minus full_weight epsilon) = 1 - real_of R epsilon by rewrite real_of_minus real_of_full.
rewrite /fits /own_values_hold /region_true /statement_of /satisfies;
  case: region_claimed => [st|x y|x y|epsilon at_most k|epsilon t k t' k'] //=.
- move=> _ /andP[/(has_minimax_sound in1) + /(has_minimax_sound in0)];
  rewrite mixture_one mixture_other real_of_larger => one other.
  split=> [[m1 [m2 [least1 least2 more]]] j in_j|more].
    by rewrite (least_unique one least1) (least_unique other least2); apply: more.
  by exists (real_of R (own_minimax x)), (real_of R (own_minimax y)).
- move=> _ /andP[/(has_minimax_sound in1) + /(has_minimax_sound in0)];
  rewrite mixture_one mixture_other real_of_smaller => one other.
  split=> [[m1 [m2 [least1 least2 more]]]|more].
    by rewrite (least_unique one least1) (least_unique other least2).
  by exists (real_of R (own_minimax x)), (real_of R (own_minimax y)).
- case/andP=> /andP[_ walk1] walk2 eps; have certain := mixture_certain b_in walk1 walk2; rewrite bar.
  have eps_gt0 := positive_number R eps.
  have [t time] := mixing_time_exists certain eps_gt0; have mixed := mixing_time_at_most k certain time.
  case: at_most => /=; split.
  + by case=> t' time' le_t; apply/(mixing_time_at_most k certain time').
  + by move=> /mixed le_t; exists t.
  + by case=> t' time' lt_k /(mixing_time_at_most k certain time'); rewrite leqNgt lt_k.
  by move=> not_mixed; exists t => //; rewrite ltnNge; apply/negP => /mixed.
case/andP=> /andP[_ walk1] walk2 /andP[/andP[eps one] other]; have certain := mixture_certain b_in walk1 walk2;
  rewrite bar.
have certain1 := mixture_certain in1 walk1 walk2; have certain0 := mixture_certain in0 walk1 walk2.
have eps_gt0 := positive_number R eps.
have [t_pos] := has_mixing_time_sound in1 certain1 one; have [t'_pos] := has_mixing_time_sound in0 certain0 other.
rewrite mixture_one mixture_other => time' time1.
have least u := least_time u t_pos t'_pos.
split=> [[u [u1 [u2 [time_u time_1 time_2 lt_u]]]]|mixed].
  apply/(mixing_time_at_most _ certain time_u).
  by rewrite least (mixing_time_unique time1 time_1) (mixing_time_unique time' time_2).
have [u time_u] := mixing_time_exists certain eps_gt0; exists u, t, t'; split=> //.
by rewrite -least; apply/(mixing_time_at_most _ certain time_u).
Qed.
End Claims.

(* ---- Accepted certificates ---- *)

Theorem check_region_right (R : archiFieldType) lower_value upper_values (d : region_document) :
    sound_lower R lower_value -> sound_upper R upper_values -> has_square_roots R ->
    check_region lower_value upper_values d ->
  forall b : R, 0 <= b <= 1 -> in_intervals (holds_on d) b <-> region_true (given_size (heads_of_region d)).-1 d b.
Proof.
move=> lower_sound upper_sound roots /andP[/andP[/andP[good fit] own]].
case e: region_cells => [cells|] // /andP[/andP[chain /Nat.eqb_spec len] same] b b_in.
have size_h : given_size (heads_of_region d) = (given_size (heads_of_region d)).-1.+1.
  by rewrite prednK //; move: good => /andP[/andP[/andP[/andP[/andP[/andP[/andP[/Nat.ltb_spec0 lt _] _] _] _] _] _]
    _]; lia.
set n := (given_size _).-1 in size_h *.
have [cover right_answers] := region_cells_right lower_sound upper_sound roots size_h e.
have statement := statement_right lower_sound upper_sound good size_h b_in fit own.
rewrite -(same_intervals b len same) statement; split.
  by move=> /(runs_right b chain)[c in_c [ans in_b]]; have := right_answers c b in_c in_b; rewrite ans.
move=> sat; apply/(runs_right b chain); have [c in_c in_b] := cover b b_in; exists c => //; split=> //.
by have := right_answers c b in_c in_b; case: answer.
Qed.
