(* If the checks of integer_checks.v pass, then the supremum is this value and is attained or not as stated, and the
   mixing time is exactly this. *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts recurrence mixing_facts.
From crosshead Require Import integer_checks integer_numbers integer_semantics integer_soundness.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section Recurrence.

(* The list b is the sequence a from T on, over denominators c d^i. *)
Definition follows (a : nat -> rat) (T : nat) (c d : Z) (b : list Z) :=
  Z.ltb 0 c /\ forall i, (i < length b)%N -> a (T + i)%N = of_Z (entry b i) / (of_Z c * of_Z d ^+ i).

Lemma reduce_length d root b : length (reduce d root b) = (length b).-1.
Proof.
case: b => //= now b; rewrite /reduce /=; elim: b now => //= next b IH now.
by rewrite IH.
Qed.

Lemma reduce_entry d root b i : (i.+1 < length b)%N ->
  entry (reduce d root b) i = Z.sub (Zpos (Qden root) * entry b i.+1) (Qnum root * d * entry b i).
Proof.
case: b => //= now b; rewrite ltnS /reduce /=.
by elim: b now i => //= next b IH now [|i] // lt_i; apply: IH.
Qed.

Lemma follows_reduce a T c d b root : Z.ltb 0 d -> follows a T c d b ->
  follows (reduced (to_rat root) a) T (c * d * Zpos (Qden root)) d (reduce d root b).
Proof.
move=> d_gt0 [c_gt0 a_b]; split=> [|i]; first by nia.
rewrite reduce_length -ltnS => lt_i; have {lt_i} lt_i : (i.+1 < length b)%N by case: (b) lt_i.
rewrite reduce_entry // /reduced -addnS !a_b //; last exact: ltnW.
have c0 := of_Z_neq0 c_gt0; have d0 := of_Z_neq0 d_gt0.
have root0 : of_Z (Zpos (Qden root)) != 0 by apply: of_Z_neq0.
rewrite /to_rat /ratio of_ZB !of_ZM exprS; field.
by rewrite c0 d0 root0 expf_neq0.
Qed.

Lemma vanishes_sound a T c d roots b : Z.ltb 0 d -> (size roots < length b)%N ->
    follows a T c d b -> vanishes d roots b ->
  [/\ all (fun rho => 0 < rho < 1) [seq to_rat q | q <- roots],
      forall i, (i < size roots)%N -> 0 <= reductions (take i [seq to_rat q | q <- roots]) a T &
      forall i, (size roots + i < length b)%N -> reductions [seq to_rat q | q <- roots] a (T + i)%N = 0].
Proof.
move=> d_gt0; elim: roots a c b => [|root roots IH] a c b /= lt_b fol.
  move/List.forallb_forall=> zero; split=> // i lt_i; case: fol => _ -> //.
  suff -> : entry b i = Z0 by rewrite of_Z0 mul0r.
  by apply/esym/Z.eqb_spec/zero/List.nth_In; lia.
case/andP=> /andP[/andP[b0 root_gt0] root_lt1] vanish.
have [|all_in nonneg zero] := IH _ _ _ _ (follows_reduce root d_gt0 fol) vanish.
  by rewrite reduce_length; case: (b) lt_b.
split=> [|[_|i]|i lt_i] /=.
- rewrite all_in andbT /to_rat ratio_gt0 // root_gt0 -(@ratio_self (Zpos (Qden root))) // ratio_lt //; nia.
- case: fol => c_gt0 /(_ 0%N (leq_trans (ltn0Sn _) lt_b)); rewrite addn0 => ->.
  rewrite expr0 mulr1 -/(ratio _ _) ratio_ge0 //.
  by case: (b) b0.
- by rewrite ltnS; apply: nonneg.
by apply: zero; rewrite reduce_length; case: (b) lt_i.
Qed.
End Recurrence.

Section Phi.
Variables (n first : nat) (M : matrix) (s j : 'I_n.+1) (phi : Q).
Hypothesis size_M : size_of M = n.+1.

Lemma states_scale x steps i e : (i <= steps)%N ->
  of_Z (snd (List.nth i (states M x steps) e)) = of_Z (snd x) * of_Z (scale M) ^+ i.
Proof.
elim: steps x i => [|steps IH] x [|i] //= le_i; rewrite ?expr0 ?mulr1 //.
by rewrite IH //= of_ZM exprS mulrA.
Qed.

Lemma recurrence_sound horizon roots : well_formed M ->
  check_recurrence first M s j phi horizon roots ->
  decided first (fun t => signal_from (to_mx n M) s t j) (to_rat phi) false.
Proof.
move=> well_M; rewrite /check_recurrence; cbv zeta; set last := List.nth horizon _ _.
move=> /andP[/andP[/andP[/andP[le_first _] _] peaks_ok] vanish].
have rep : represents M s horizon last by apply: trace_represents.
have [_ e_gt0 _] := rep; set later := states _ _ _ in vanish.
have len_later : length later = (n.+1 + size roots).+1 by rewrite states_length size_M.
have len : length (deficits phi j later) = (n.+1 + size roots).+1 by rewrite List.map_length len_later.
have fol : follows (fun t => to_rat phi - signal_from (to_mx n M) s t j) horizon
    (Zpos (Qden phi) * snd last) (scale M) (deficits phi j later).
  split=> [|i]; first by lia.
  rewrite len ltnS => le_i; set x := List.nth i later last.
  have le_i' : (i <= (size_of M + length roots)%coq_nat)%N by rewrite size_M.
  have [_ x_gt0 ->] : represents M s (horizon + i) x by apply: represents_states.
  rewrite /entry /deficits (nth_list_map _ _ last) ?len_later //.
  have scale_x := states_scale last last le_i'; rewrite -/later -/x in scale_x *.
  rewrite /vector /to_rat ratioB // /ratio !of_ZB !of_ZM scale_x; congr (_ / _); first by rewrite [X in _ - X]mulrC.
  exact: mulrA.
have [] := vanishes_sound (scale_gt0 M) _ fol vanish; first by rewrite len; lia.
move=> roots_in nonneg zero; apply: (@recurrence_supremum _ n _ s j first horizon _ _ _ roots_in).
- by lia.
- move=> t range; have [lt_phi _ _] := peaks_signal size_M well_M peaks_ok range.
  by rewrite subr_gt0 lt_phi; lia.
- by move=> i /andP[_]; rewrite size_map; apply: nonneg.
move=> t /andP[ge_t le_t]; rewrite -(subnKC ge_t); apply: zero; rewrite len.
by lia.
Qed.

Theorem check_phi_sound attained p :
  check_phi first M s j phi attained p ->
  decided first (fun t => signal_from (to_mx n M) s t j) (to_rat phi) attained.
Proof.
rewrite /check_phi => /andP[/andP[/andP[well_M _] _]].
case: p => [time horizon h|y|time horizon laws|horizon roots].
- by case/andP=> att check_h; rewrite att; apply: superharmonic_sound check_h.
- exact: absorbing_sound.
- by case/andP=> att check_h; rewrite att; apply: contraction_sound check_h.
- by case/andP=> /negbTE att check_h; rewrite att; apply: recurrence_sound check_h.
Qed.

(* In the words of systems.v, where the sink is the last node. *)
Corollary check_phi_fidelity_sound attained p : first = 1%N -> s = sink n ->
  check_phi first M s j phi attained p -> fidelity (to_mx n M) j (to_rat phi).
Proof. by move=> one last /check_phi_sound[]; rewrite one last. Qed.

End Phi.

Section Mixing.
Variables (n : nat) (M : matrix) (s : 'I_n.+1).
Hypothesis size_M : size_of M = n.+1.

Local Notation W := (to_mx n M).

(* Exact: the check fails only if absorption is not certain. *)
Theorem absorbing_chainP : well_formed M -> reflect (absorption_certain W s) (absorbing_chain M s).
Proof.
move=> well_M; have rows_n v : List.In v (rows M) -> length v = n.+1 by case/(well_formed_row size_M well_M).
pose sums := row_times n.+1 (List.repeat (Zpos xH) n.+1) (rows M).
have len_sums : length sums = n.+1 by rewrite row_times_length.
have column_sum j : \sum_i W i j = ratio (entry sums j) (scale M).
  rewrite /sums /ratio row_times_entries ?List.repeat_length -/(size_of M) ?size_M // mulr_suml.
  by apply: eq_bigr => i _; rewrite mxE /ratio entry_repeat // of_Z1 mul1r.
rewrite /absorbing_chain well_M size_M -/sums (introT (Nat.ltb_spec0 _ _)) /=; last by have := ltn_ord s; lia.
apply: (iffP idP) => [/andP[/andP[M_ss sums_ok] /forallb_seq all_reached]|[[_ W_sum] W_ss path]].
  split; last by move=> j; rewrite -reachedE //; apply: all_reached; rewrite size_M.
    split=> [|j]; first exact: to_mx_ge0.
    apply/eqP; rewrite column_sum ratio_is1 // Z.eqb_sym.
    move/List.forallb_forall: sums_ok; apply.
    by apply: List.nth_In; have := ltn_ord j; lia.
  by apply/eqP; rewrite mxE ratio_is1.
apply/andP; split; last first.
  by apply/forallb_seq => j; rewrite size_M => lt_j; have := path (Ordinal lt_j); rewrite -reachedE.
apply/andP; split; first by rewrite -ratio_is1 //; have := W_ss; rewrite mxE => ->.
apply/List.forallb_forall => y in_y; have [j [lt_j <-]] := List.In_nth _ _ Z0 in_y.
have lt_j' : (j < n.+1)%N by rewrite -len_sums; lia.
by rewrite Z.eqb_sym -ratio_is1 //; have /eqP := W_sum (Ordinal lt_j'); rewrite column_sum.
Qed.

Theorem absorbing_chain_sound : absorbing_chain M s -> absorption_certain W s.
Proof. by move=> chain; apply/absorbing_chainP => //; move: chain => /andP[/andP[/andP[/andP[]]]]. Qed.

Lemma small_spec l1 eps y e : Z.ltb 0 e ->
  small l1 eps y e = if l1 then 2%:R * (1 - ratio y e) < to_rat eps else 1 - ratio y e <= to_rat eps.
Proof.
move=> e_gt0; have -> : 1 - ratio y e = ratio (e - y) e.
  by rewrite -(ratio_self e_gt0) /ratio of_ZB mulrBl.
rewrite /small /to_rat; case: l1; last by rewrite ratio_le //; lia.
have -> : 2%:R * ratio (e - y) e = ratio (2 * (e - y)) e by rewrite /ratio of_ZM -mulrA.
by rewrite ratio_lt //; lia.
Qed.

Lemma mixed_by_spec average l1 eps t x : column_stochastic W -> represents M s t x ->
  mixed_by average l1 eps x <-> mixed_at average l1 W s (to_rat eps) t.
Proof.
case: x => x e W_walk [/= len_x e_gt0 sig]; rewrite /mixed_by /mixed_at /=.
case: average; last first.
  split=> [/List.forallb_forall all_small j|all_small].
    rewrite distanceE // sig /vector /= -(small_spec _ _ _ e_gt0); apply: all_small.
    by apply: List.nth_In; have := ltn_ord j; rewrite len_x; lia.
  apply/List.forallb_forall => y in_x; have [k [lt_k <-]] := List.In_nth _ _ Z0 in_x.
  have lt_k' : (k < n.+1)%N by rewrite -len_x; lia.
  have := all_small (Ordinal lt_k'); rewrite distanceE // sig /vector small_spec //=.
have -> : n.+1%:R^-1 * (\sum_j distance W s t j) = 1 - ratio (sum x) (Z.of_nat (length x) * e).
  under eq_bigr do rewrite distanceE // sig /vector /ratio /=.
  have sum_x : of_Z (sum x) = \sum_(k < n.+1) of_Z (entry x k) by rewrite sum_entries len_x.
  rewrite sumrB sumr_const card_ord -mulr_suml -sum_x /ratio len_x of_ZM of_Z_nat.
  move: (of_Z e) (of_Z (sum x)) (of_Z_neq0 e_gt0) => d mass d0; rewrite mulrBr invfM.
  by rewrite -[1 *+ _]/(n.+1%:R) mulVf ?pnatr_eq0 // mulrCA.
rewrite small_spec //.
by rewrite len_x; lia.
Qed.

Theorem check_t_mix_sound average l1 T eps :
  check_t_mix average l1 M s T eps ->
  absorption_certain W s /\ mixing_time_at average l1 W s (to_rat eps) T.
Proof.
case/andP=> /andP[chain _] mixes; have certain := absorbing_chain_sound chain.
have well_M : well_formed M by move: chain; case/andP=> /andP[/andP[/andP[]]].
have [W_walk _ _] := certain; split=> //; apply: mixing_time_decided => //.
  case: T mixes => [|T]; first by move/mixed_by_spec; apply=> //; apply: represents_start.
  case/andP=> _ /mixed_by_spec; apply=> //; apply: represents_step => //.
  by rewrite -[T]add0n; apply: represents_after => //; apply: represents_start.
move=> r e; move: mixes; rewrite {}e => /andP[/negP not_mixed _] mixed; apply: not_mixed.
apply/mixed_by_spec; [exact: W_walk | | exact: mixed].
by rewrite -[r in represents _ _ r]add0n; apply: represents_after => //; apply: represents_start.
Qed.

Corollary check_t_mix_mixing_time_sound T eps : s = sink n ->
  check_t_mix false false M s T eps -> mixing_time W (to_rat eps) T.
Proof. by move=> last /check_t_mix_sound[_]; rewrite last mixing_time_sink. Qed.
End Mixing.
