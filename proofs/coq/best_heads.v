(* Optimal times and best heads: sets, not single elements.

   Glossary (systems.v, absorption.v and minimax.v have the definitions of the notions)
     optimal time     a time t >= 1 at which the signal of a node equals its fidelity
     best head        a head whose minimax fidelity is the largest *)
From mathcomp Require Import all_ssreflect all_algebra.
From crosshead Require Import systems diffusion suprema absorption minimax fidelity concrete three_nodes.
From crosshead Require Import refutations_fidelity.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Section OptimalTimes.
Variable R : archiFieldType.
Variable n : nat.
Variable D : 'M[R]_n.+1.
Hypotheses (stochastic : row_stochastic D) (ff : feedforward D) (shares : 0 < D (sink n) (sink n) < 1).

(* D3.4: all times, for a signal that is zero for ever; finitely many at a transient node; none at an absorbing one. *)
Theorem optimal_times j v : fidelity D j v ->
  [\/ v = 0 /\ forall t, (1 <= t)%N -> signal D t j = v,
      [/\ D j j != 1, exists2 t, (1 <= t)%N & signal D t j = v & exists N, forall t, (N <= t)%N -> signal D t j < v] |
      D j j = 1 /\ forall t, signal D t j < v].
Proof.
move=> fid; have [D0 _] := stochastic; have [reach|unreached] := boolP (reached D j); last first.
  have [fid_0 _] := unreached_node_fidelity D0 unreached; have eq_v := supremum_unique fid fid_0.
  by constructor 1; split=> // t le_t; rewrite eq_v unreached_signal.
have [Djj|Djj] := eqVneq (D j j) 1; last first.
  have [x [fid_x [t le_t eq_x] late]] := transient_node_maximum stochastic ff Djj reach.
  by constructor 2; rewrite (supremum_unique fid fid_x); split=> //; exists t.
have /andP[loop keeps_less] := shares; constructor 3; split=> // t.
apply: absorbing_signal_below_fidelity fid => //.
by apply: contraTneq keeps_less => <-; rewrite Djj ltxx.
Qed.
End OptimalTimes.

Section Heads.
Variable R : realFieldType.
Variables n H : nat.
Variable D : 'I_H -> 'M[R]_n.+1.

(* D3.9-3.12: all weight on one head gives the mean that head's fidelities. *)
Theorem mean_with_all_weight_on_one_head k : mean (fun h => (h == k)%:R) D = D k.
Proof.
rewrite /mean (bigD1 k) //= eqxx scale1r big1 ?addr0 // => h hk.
by rewrite (negbTE hk) scale0r.
Qed.

(* D3.9-3.12: and so do identical heads, with any weights. *)
Theorem mean_of_identical_heads (w : 'I_H -> R) A : convex w -> (forall h, D h = A) -> mean w D = A.
Proof.
move=> [_ w1] same; rewrite /mean; under eq_bigr do rewrite same.
by rewrite -scaler_suml w1 scale1r.
Qed.
End Heads.

(* D3.9-3.12: two different heads on three nodes have the same minimax fidelity: there is no one best head. *)
Theorem best_head_is_not_unique (R : archiFieldType) (D := @diffusion_matrix R 2) :
  [/\ minimax (D star_of_three) (1 / 3%:R), minimax (D full_on_three) (1 / 3%:R) &
      D star_of_three <> D full_on_three].
Proof.
have sink_decides E : ordinary E -> minimax (D E) (D E (sink 2) (sink 2)).
  by move=> ordE; apply: (head_minimax_on_three_nodes R (Es := fun _ : 'I_1 => E) (fun _ => ordE) ord0).
have ordinary_looped (edges : seq (nat * nat)) :
    all (fun e => e.1 <= e.2)%N edges -> only_sink_last 2%N edges -> ordinary (@looped 2 edges).
  by move=> order sinks; split; [exact: looped_feedforward | exact: looped_self_loops | exact/looped_unique_sink].
split.
- have := sink_decides star_of_three; rewrite /D diffusion_matrixE in_degree_looped; apply; exact: ordinary_looped.
- have := sink_decides full_on_three; rewrite /D diffusion_matrixE in_degree_looped; apply; exact: ordinary_looped.
move=> /matrixP /(_ (last_node 1) ord0) /eqP; rewrite /D !diffusion_matrixE !in_degree_looped /= mul0r eq_sym.
by rewrite mulf_eq0 invr_eq0 oner_eq0 pnatr_eq0.
Qed.
