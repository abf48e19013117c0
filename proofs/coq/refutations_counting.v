(* Numbers of walks to the sink do not order mixing times, not even among graphs with equally many edges.

   Glossary (nodes count from 0; all graphs have all self-loops)
     walks E t j               number of walks of t steps from j to the sink (walk_counts.v)
     counts                    the numbers of walks of all nodes as lists, which compute
     more_walks, fewer_walks   0 -> 1 and 0 -> 2, each with 1 -> 2, 1 -> 3, 2 -> 3 *)
From mathcomp Require Import all_ssreflect all_algebra.
From mathcomp Require Import ring.
From crosshead Require Import systems diffusion matrices walk concrete small_walks walk_counts.
Set Implicit Arguments.
Unset Strict Implicit.
Unset Printing Implicit Defensive.
Import GRing.Theory Num.Theory Order.TTheory.
Local Open Scope ring_scope.

Definition more_walks := @looped 3 [:: (0, 1); (1, 2); (1, 3); (2, 3)]%N.
Definition fewer_walks := @looped 3 [:: (0, 2); (1, 2); (1, 3); (2, 3)]%N.

Section CountingWalks.
Variable R : realFieldType.

Fixpoint counts n (edges : seq (nat * nat)) t : seq nat :=
  if t is t'.+1 then
    mkseq (fun j => sumn [seq nth 0%N (counts n edges t') i | i <- iota 0 n.+1 & (j == i) || ((j, i) \in edges)]) n.+1
  else mkseq (fun j => (j == n) : nat) n.+1.

Lemma counts_next n edges t : counts n edges t.+1 =
  mkseq (fun j => sumn [seq nth 0%N (counts n edges t) i | i <- iota 0 n.+1 & (j == i) || ((j, i) \in edges)]) n.+1.
Proof. by []. Qed.

Lemma walks_counted n edges t (j : 'I_n.+1) : walks (looped edges) t j = nth 0%N (counts n edges t) j.
Proof.
elim: t j => [|t IH] j; first by rewrite nth_mkseq // -val_eqE.
rewrite counts_next nth_mkseq // sumnE big_map big_filter -[iota 0 n.+1]/(index_iota 0 n.+1) big_mkord.
rewrite [RHS]big_mkcond; apply: eq_bigr => i _; rewrite -IH -[looped edges j i]/((j == i) || _) -val_eqE.
by case: (_ || _); rewrite ?mul1n.
Qed.

(* X-P4.2: nor among graphs with equally many edges. One of two such graphs on four nodes has at least as many walks
  of every length to the sink from every node, more of them from node 0, and needs 6 steps against 5. *)
Theorem more_walks_with_equally_many_edges_and_slower :
  [/\ forall t j, (walks fewer_walks t j <= walks more_walks t j)%N,
      (walks fewer_walks 3 ord0 < walks more_walks 3 ord0)%N,
      forall j, out_degree fewer_walks j = out_degree more_walks j,
      mixing_time (walk_matrix R fewer_walks) 4%:R^-1 5 & mixing_time (walk_matrix R more_walks) 4%:R^-1 6].
Proof.
have third0 t : 0 <= (3%:R^-1 : R) ^+ t by rewrite exprn_ge0 ?invr_ge0 ?ler0n.
have fewerE : walk_matrix R fewer_walks = matrix_of_rows 3
    [:: [:: 2%:R^-1; 0; 0; 0]; [:: 0; 3%:R^-1; 0; 0]; [:: 2%:R^-1; 3%:R^-1; 2%:R^-1; 0];
        [:: 0; 3%:R^-1; 2%:R^-1; 1]].
  by rewrite /fewer_walks; walk_entries.
have moreE : walk_matrix R more_walks = matrix_of_rows 3
    [:: [:: 2%:R^-1; 0; 0; 0]; [:: 2%:R^-1; 3%:R^-1; 0; 0]; [:: 0; 3%:R^-1; 2%:R^-1; 0];
        [:: 0; 3%:R^-1; 2%:R^-1; 1]].
  by rewrite /more_walks; walk_entries.
have fewer_signals t : signals (walk_matrix R fewer_walks) t =
    [:: 1 - (t%:R + 1) * 2%:R^-1 ^+ t; 1 - (2%:R * 2%:R^-1 ^+ t - 3%:R^-1 ^+ t); 1 - 2%:R^-1 ^+ t; 1].
  rewrite fewerE; elim: t => [|t IH]; first by rewrite signals_start !expr0 /mkseq /=; congr [:: _; _; _; _]; ring.
  rewrite signals_next IH !exprS -[t.+1]addn1 natrD /mkseq /=; move: (2%:R^-1 ^+ t) (3%:R^-1 ^+ t) => x y.
  by congr [:: _; _; _; _]; field.
have more_signals t : signals (walk_matrix R more_walks) t =
    [:: 1 - ((2%:R * t%:R - 2%:R) * 2%:R^-1 ^+ t + 3%:R * 3%:R^-1 ^+ t); 1 - (2%:R * 2%:R^-1 ^+ t - 3%:R^-1 ^+ t);
        1 - 2%:R^-1 ^+ t; 1].
  rewrite moreE; elim: t => [|t IH]; first by rewrite signals_start !expr0 /mkseq /=; congr [:: _; _; _; _]; ring.
  rewrite signals_next IH !exprS -[t.+1]addn1 natrD /mkseq /=; move: (2%:R^-1 ^+ t) (3%:R^-1 ^+ t) => x y.
  by congr [:: _; _; _; _]; field.
have below_double t : (3 <= t)%N -> 2%:R * 2%:R^-1 ^+ t - 3%:R^-1 ^+ t <= 4%:R^-1 :> R.
  move=> t3; apply: (@le_trans _ _ (2%:R * 2%:R^-1 ^+ t)); first by rewrite ler_subl_addr ler_addl.
  apply: (@le_trans _ _ (2%:R * 2%:R^-1 ^+ 3)); last by at_most 0%N 1%N.
  by apply: ler_wpmul2l; rewrite ?ler0n //; apply: ler_wiexpn2l => //; [at_most 1%N 2%N|at_most 1%N 2%N].
split.
- move=> t j; rewrite /fewer_walks /more_walks !walks_counted.
  have [a [a' [b [c [d [-> -> le_a le_c]]]]]] : exists a a' b c d,
      [/\ counts 3%N [:: (0, 2); (1, 2); (1, 3); (2, 3)]%N t = [:: a; b; c; d],
          counts 3%N [:: (0, 1); (1, 2); (1, 3); (2, 3)]%N t = [:: a'; b; c; d], (a <= a')%N & (c <= b)%N].
    elim: t => [|t [a [a' [b [c [d [/= -> -> le_a le_c]]]]]]]; first by exists 0%N, 0%N, 0%N, 0%N, 1%N.
    exists (a + c)%N, (a' + b)%N, (b + (c + d))%N, (c + d)%N, d.
    by rewrite /mkseq /= !addn0; split=> //; [apply: leq_add|apply: leq_addl].
  by case: j => [[|[|[|[|//]]]] lt_j].
- by rewrite /fewer_walks /more_walks !walks_counted.
- by move=> j; rewrite !out_degree_looped; case: j => [[|[|[|[|//]]]] lt_j].
- have Es : column_stochastic (walk_matrix R fewer_walks) by apply: looped_column_stochastic.
  apply: mixing_timeP => //; first by apply: sink_keeps_all => //; apply: looped_walk_feedforward.
    rewrite mixed_signals // fewer_signals /= !subKr subrr andbT below_double // invr_ge0 ler0n !andbT.
    by apply/andP; split; [at_most 1%N 16%N|at_most 7%N 32%N].
  rewrite mixed_signals // fewer_signals /= !subKr; apply/negP; rewrite negb_and -ltNge.
  by apply/orP; left; below 1%N 16%N.
have Es : column_stochastic (walk_matrix R more_walks) by apply: looped_column_stochastic.
apply: mixing_timeP => //; first by apply: sink_keeps_all => //; apply: looped_walk_feedforward.
  rewrite mixed_signals // more_signals /= !subKr subrr andbT below_double // invr_ge0 ler0n !andbT.
  apply/andP; split; last by at_most 15%N 64%N.
  have third6 : 3%:R * 3%:R^-1 ^+ 6 <= 16%:R^-1 :> R by at_most 227%N 3888%N.
  by apply: le_trans (ler_add (lexx _) third6) _; at_most 1%N 32%N.
rewrite mixed_signals // more_signals /= !subKr; apply/negP; rewrite negb_and -ltNge.
by apply/orP; left; below 1%N 81%N.
Qed.

End CountingWalks.
