(* On up to four nodes different heads never commute, given self-loops everywhere and the sink as unique sink.

   Glossary (all graphs are feedforward with self-loops; an edge j -> i needs j <= i)
     pairs             the pairs j < i of the first four nodes, in the order of their code
     code E            one bit for each pair: whether the graph E has that edge
     edge c j i        the edge j -> i of the graph with the code c
     scaled_entry      twelve times an entry of its diffusion matrix, a natural number
     commute_check     whether the scaled matrices of two codes commute *)
From Coq Require Import NArith.
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion concrete.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition pairs : seq (nat * nat) := [:: (0, 1); (0, 2); (1, 2); (0, 3); (1, 3); (2, 3)]%N.

Section Codes.
Variable n : nat.
Implicit Types (c : seq bool) (j i k : nat).

Definition bits := 'C(n.+1, 2).
Definition edge c j i := (j == i) || (j < i)%N && nth false c (index (j, i) pairs).
Definition nodes := iota 0 n.+1.
Definition scaled_entry c i j : N := if edge c j i then (12 / N.of_nat (count (edge c ^~ i) nodes))%num else 0%num.
Definition product_entry c e i k : N :=
  foldr N.add 0%num (map (fun j => scaled_entry c i j * scaled_entry e j k)%num nodes).
Definition commute_check c e :=
  all (fun i => all (fun k => N.eqb (product_entry c e i k) (product_entry e c i k)) nodes) nodes.
Definition sink_check c := all (fun j => has (fun i => (j < i)%N && edge c j i) nodes) (iota 0 n).
Definition codes : seq (seq bool) :=
  iter bits (fun cs => map (cons true) cs ++ map (cons false) cs) [:: [::]].
Definition pairs_check :=
  let candidates := filter sink_check codes in
  all (fun c => all (fun e => commute_check c e ==> (c == e)) candidates) candidates.

Lemma mem_codes c : size c = bits -> c \in codes.
Proof.
rewrite /codes; elim: bits c => [|b IH] c; first by move/size0nil->.
case: c => // x c [/IH c_in]; rewrite iterS mem_cat; case: x.
  by rewrite map_f.
by rewrite [X in _ || X]map_f ?orbT.
Qed.
End Codes.

Lemma no_small_pair_commutes n : (n <= 3)%N -> pairs_check n.
Proof. by case: n => [_|[_|[_|[_|//]]]]; vm_compute. Qed.

Section Heads.
Variable R : realFieldType.
Variable n : nat.
Hypothesis small : (n <= 3)%N.
Implicit Types (E F : rel 'I_n.+1) (i j k : 'I_n.+1).

Definition code E : seq bool := [seq E (inord p.1) (inord p.2) | p <- take (bits n) pairs].

Lemma size_code E : size (code E) = bits n.
Proof. by rewrite size_map size_takel // /bits; case: n small => [|[|[|[|m]]]]. Qed.

Lemma mem_nodes i : (i : nat) \in nodes n.
Proof. by rewrite (mem_iota 0 n.+1) ltn_ord. Qed.

Lemma all_nodes (P : nat -> bool) i : all P (nodes n) -> P i.
Proof. by move=> /allP; apply; apply: mem_nodes. Qed.

Lemma edge_code E j i : feedforward_graph E -> self_loops E -> edge (code E) j i = E j i.
Proof.
move=> ffE loops; rewrite /edge val_eqE; have [->|ji] := eqVneq j i; first by rewrite loops.
have [lt_ji|le_ij] := ltnP j i; last first.
  by apply/esym/negP => /ffE le_ji; move: ji; rewrite -val_eqE eqn_leq le_ij le_ji.
have listed : (j : nat, i : nat) \in take (bits n) pairs.
  have : all (fun q => all (fun p => (p < q)%N ==> ((p, q) \in take (bits n) pairs)) (nodes n)) (nodes n).
    by case: n small => [|[|[|[|m]]]].
  by move=> /(all_nodes i)/(all_nodes j); rewrite lt_ji.
rewrite -[in index _ _](cat_take_drop (bits n) pairs) index_cat listed /=.
by rewrite (nth_map (0, 0)%N) ?index_mem // nth_index //= !inord_val.
Qed.

Section Scaled.
Variable E : rel 'I_n.+1.
Hypotheses (ffE : feedforward_graph E) (loops : self_loops E).

Lemma count_edges i : count ((edge (code E))^~ i) (nodes n) = in_degree E i.
Proof.
rewrite /in_degree -sum1_card -sum1_count /nodes -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord.
by apply: eq_bigl => j; rewrite edge_code.
Qed.

Lemma scaled_entryE i j : diffusion_matrix R E i j = ofN R (scaled_entry n (code E) i j) / 12%:R.
Proof.
rewrite diffusion_matrixE /scaled_entry count_edges edge_code //; case: (E j i); rewrite ?mul0r //.
have : (0 < in_degree E i <= 4)%N.
  rewrite self_loops_in_degree // (leq_trans (max_card _)) // card_ord.
  by rewrite (leq_ltn_trans small).
by case: (in_degree E i) => [|[|[|[|[|d]]]]] // _; rewrite /ofN /= /Pos.to_nat /=; field.
Qed.

Lemma sink_check_code : unique_sink_graph E -> sink_check n (code E).
Proof.
move=> uniq; apply/allP => j; rewrite mem_iota add0n => /andP[_ lt_jn].
have lt_j : (j < n.+1)%N := ltnW lt_jn.
have [i edge_ji ij] : exists2 i, E (Ordinal lt_j) i & i != Ordinal lt_j.
  have := uniq (Ordinal lt_j); rewrite -val_eqE /= (ltn_eqF lt_jn) => /esym/negbT.
  by rewrite negb_forall => /existsP[i]; rewrite negb_imply => /andP[]; exists i.
apply/hasP; exists (i : nat); first exact: mem_nodes.
rewrite (edge_code (Ordinal lt_j)) // edge_ji andbT ltn_neqAle (ffE edge_ji) andbT.
by rewrite eq_sym.
Qed.
End Scaled.

Lemma product_entryE E F i k : feedforward_graph E -> self_loops E -> feedforward_graph F -> self_loops F ->
  (diffusion_matrix R E * diffusion_matrix R F) i k = ofN R (product_entry n (code E) (code F) i k) / 144%:R.
Proof.
move=> ffE lE ffF lF; rewrite productE /product_entry ofN_sum big_map /nodes -[iota 0 n.+1]/(index_iota 0 n.+1).
rewrite big_mkord mulr_suml; apply: eq_bigr => j _; rewrite !scaled_entryE // ofN_mul.
have -> : 144%:R = 12%:R * 12%:R :> R by rewrite -natrM.
by rewrite invfM mulrACA.
Qed.

(* R3.7 *)
Theorem different_small_heads_do_not_commute E F :
  feedforward_graph E -> self_loops E -> unique_sink_graph E ->
  feedforward_graph F -> self_loops F -> unique_sink_graph F ->
  diffusion_matrix R E * diffusion_matrix R F = diffusion_matrix R F * diffusion_matrix R E -> E =2 F.
Proof.
move=> ffE lE uE ffF lF uF commute; suff same : code E = code F by move=> j i; rewrite -!edge_code // same.
have := no_small_pair_commutes small; rewrite /pairs_check => /allP/(_ (code E)).
rewrite mem_filter sink_check_code // mem_codes ?size_code // => /(_ isT)/allP/(_ (code F)).
rewrite mem_filter sink_check_code // mem_codes ?size_code // => /(_ isT)/implyP commuting.
apply/eqP/commuting/allP => i; rewrite mem_iota add0n => /andP[_ lt_i].
apply/allP => k; rewrite mem_iota add0n => /andP[_ lt_k]; apply/N.eqb_eq.
move/matrixP/(_ (Ordinal lt_i) (Ordinal lt_k)): commute; rewrite !product_entryE //.
have n144 : 144%:R != 0 :> R by rewrite pnatr_eq0.
move=> /(mulIf _); rewrite invr_eq0 => /(_ n144) /eqP; rewrite /ofN eqr_nat => /eqP.
exact: Nnat.N2Nat.inj.
Qed.
End Heads.
