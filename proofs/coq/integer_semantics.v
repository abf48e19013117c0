(* What the lists of integers of integer_checks.v mean: rational matrices, rows of powers, paths.

   Glossary
     to_mx n M          the matrix
     vector z l         the vector of the z_k / l
     represents M s t x x is the state after t steps: a row of integers and d^t, whose ratios are (M^t)_{s j} *)
From Coq Require Import ZArith QArith List.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ssrZ zify ring.
From crosshead Require Import systems facts integer_checks integer_numbers.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

(* ---- Matrices and the rows of their powers ---- *)

Definition to_mx (n : nat) (M : matrix) : 'M[rat]_n.+1 := \matrix_(i, j) ratio (entry (row M i) j) (scale M).
Definition vector (n : nat) (z : list Z) (l : Z) (k : 'I_n.+1) : rat := ratio (entry z k) l.
Definition represents (n : nat) M (s : 'I_n.+1) t (x : state) :=
  [/\ length (fst x) = n.+1, Z.ltb 0 (snd x) & signal_from (to_mx n M) s t =1 vector (fst x) (snd x)].

Lemma weigh_vectors n x z e l : length x = n.+1 -> length z = n.+1 ->
  \sum_k @vector n x e k * vector z l k = ratio (dot x z) (e * l).
Proof.
move=> len_x len_z; rewrite [RHS]/ratio dot_entries ?len_x // mulr_suml.
by apply: eq_bigr => k _; rewrite ratioM /ratio of_ZM.
Qed.

Section Matrices.
Variables (n : nat) (M : matrix).
Hypothesis size_M : size_of M = n.+1.
Hypothesis well_M : well_formed M.
Local Notation D := (to_mx n M).
Implicit Types (s j k : 'I_n.+1) (t r : nat) (x : state).

Lemma scale_gt0 : Z.ltb 0 (scale M).
Proof. by []. Qed.

Lemma well_formed_row v : List.In v (rows M) -> length v = n.+1 /\ forall k, Z.leb 0 (entry v k).
Proof.
move: well_M => /List.forallb_forall all_rows /all_rows /andP[/Nat.eqb_spec -> /entry_ge0 ge0].
by split=> // k; rewrite size_M.
Qed.

Lemma row_in k : List.In (row M k) (rows M).
Proof. by apply: List.nth_In; rewrite -/(size_of M) size_M; have := ltn_ord k; lia. Qed.

Lemma to_mx_ge0 : nonnegative D.
Proof. by move=> i j; rewrite mxE ratio_ge0 //; case: (well_formed_row (row_in i)). Qed.

Lemma weigh_row k z l : length z = n.+1 ->
  \sum_i D k i * vector z l i = ratio (entry (times_column (rows M) z) k) (scale M * l).
Proof.
move=> len_z; have [len_row _] := well_formed_row (row_in k).
have -> : entry (times_column (rows M) z) k = dot (row M k) z.
  by apply: nth_list_map; rewrite -/(size_of M) size_M.
by rewrite -(@weigh_vectors n) //; apply: eq_bigr => i _; rewrite mxE.
Qed.

Lemma represents_start s : represents M s 0 (start M s).
Proof.
split=> //=; first by rewrite /one_at List.map_length List.seq_length size_M.
by move=> k; rewrite signal_from0 /vector /start /= entry_one_at ?size_M // eq_sym val_eqE; case: eqP.
Qed.

Lemma represents_step s t x : represents M s t x -> represents M s t.+1 (step M x).
Proof.
case: x => y e [/= len_y e_gt0 sig]; have rows_n v : List.In v (rows M) -> length v = n.+1.
  by case/well_formed_row.
split=> [||k] /=; rewrite ?size_M ?row_times_length //; first by move: e_gt0 scale_gt0; nia.
rewrite signal_fromS /vector /ratio row_times_entries // -/(size_of M) ?size_M // mulr_suml.
by apply: eq_bigr => i _; rewrite sig mxE ratioM /ratio of_ZM.
Qed.

Lemma represents_states s t x r steps d :
  represents M s t x -> (r <= steps)%N -> represents M s (t + r) (List.nth r (states M x steps) d).
Proof.
elim: steps t x r => [|steps IH] t x [|r] //= rep le_r; rewrite ?addn0 //.
by rewrite addnS -addSn; apply: IH => //; apply: represents_step.
Qed.

Lemma represents_after s t x steps : represents M s t x -> represents M s (t + steps) (state_after M x steps).
Proof.
elim: steps t x => [|steps IH] t x rep /=; first by rewrite addn0.
by rewrite addnS -addSn; apply/IH/represents_step.
Qed.

Lemma states_length x steps : length (states M x steps) = steps.+1.
Proof. by elim: steps x => //= steps IH x; rewrite IH. Qed.

(* ---- Paths ---- *)

Lemma reached_leads s k : marked (reached M s) k -> leads D s k.
Proof.
rewrite /reached; have : forall k, marked (only (size_of M) s) k -> leads D s k.
  by move=> i /only_marked e; rewrite (_ : i = s) ?/leads ?connect0 //; apply: val_inj.
elim: (size_of M) (only _ _) k => [|rounds IH] seen k seen_leads /=; first exact: seen_leads.
apply: IH => i /spread_marked[/seen_leads //|[m [lt_m /= m_seen pos]]].
have lt_m' : (m < n.+1)%N by rewrite -size_M.
apply: (@connect_trans _ _ (Ordinal lt_m')); first exact: seen_leads.
by apply: connect1; rewrite mxE ratio_gt0.
Qed.

(* As many rounds as there are nodes are enough: a shortest path has fewer steps. *)
Lemma leads_reached s k : leads D s k -> marked (reached M s) k.
Proof.
have rows_n v m : length m = n.+1 -> List.In v (rows M) -> length v = length (m : list bool).
  by move=> ->; case/well_formed_row.
have grown rounds seen (i : 'I_n.+1) p : length seen = n.+1 -> marked seen i -> (size p <= rounds)%N ->
    path (fun k l => 0 < D k l) i p -> marked (grow rounds (rows M) seen) (last i p).
  elim: rounds seen i p => [|rounds IH] seen i p len_seen seen_i; first by rewrite leqn0 => /nilP-> _.
  have len_next : length (spread (rows M) seen seen) = n.+1.
    by rewrite spread_length // => v; apply: rows_n.
  have marks l : marked seen l -> (l < n.+1)%N -> marked (spread (rows M) seen seen) l.
    move=> seen_l lt_l; apply: spread_marks; rewrite ?len_seen //; last by left.
    by move=> v; rewrite -len_seen; apply: rows_n.
  case: p => [|l p] /= => [_ _|le_p /andP[pos path_p]].
    by apply: (IH _ i [::]) => //; apply: marks.
  apply: (IH _ l p) => //; apply: spread_marks; rewrite ?len_seen //.
    by move=> v; rewrite -len_seen; apply: rows_n.
  right; exists i; split=> //; first by rewrite -/(size_of M) size_M.
  by move: pos; rewrite mxE ratio_gt0.
case/connectP=> p path_p ->; case/shortenP: path_p => q path_q uniq_q _.
apply: grown => //.
- by rewrite /only List.map_length List.seq_length size_M.
- by rewrite /marked /only nth_seq_map ?size_M // Nat.eqb_refl.
by have := max_card (mem (s :: q)); rewrite (card_uniqP uniq_q) card_ord size_M /= => /ltnW.
Qed.

Theorem reachedE s k : marked (reached M s) k = leads D s k.
Proof. by apply/idP/idP; [apply: reached_leads | apply: leads_reached]. Qed.

Lemma closed_visited s seen k : closed M s seen -> visited D s k -> marked seen k.
Proof.
case/andP=> seen_s /forallb_seq out /connectP[p + ->].
elim: p s seen_s => [//|i p IH] s' seen_s /= /andP[pos]; apply: IH.
have := out s'; rewrite size_M ltn_ord seen_s /= => /(_ isT)/forallb_seq/(_ i).
by rewrite size_M ltn_ord => /(_ isT)/orP[//|]; move: pos; rewrite mxE ratio_gt0 //; lia.
Qed.

Lemma leading_leads j k : marked (leading_to M j) k -> leads D k j.
Proof.
rewrite /leading_to; have : forall k, marked (only (size_of M) j) k -> leads D k j.
  by move=> i /only_marked e; rewrite (_ : i = j) ?/leads ?connect0 //; apply: val_inj.
elim: (size_of M) (only _ _) k => [|rounds IH] seen k seen_leads /=; first exact: seen_leads.
apply: IH => i /spread_back_marked[/seen_leads //|[l [pos seen_l]]].
have lt_l : (l < n.+1)%N.
  rewrite ltnNge; apply: contraL pos => le_l.
  by rewrite /entry List.nth_overflow //; case: (well_formed_row (row_in i)) => -> _; lia.
apply: (@connect_trans _ _ (Ordinal lt_l)); last exact: seen_leads.
by apply: connect1; rewrite mxE ratio_gt0.
Qed.

End Matrices.
