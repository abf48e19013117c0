"""The certificates of the corpus that a checker must accept."""
import simplex_corpus
from certificates import certificate, reading, rehash
from systems import F, diffusion_head, edge_head, system, walk_head

CHAIN_3 = system(3, [edge_head([(1, 1), (1, 2), (2, 2), (3, 3)]), edge_head([(1, 1), (2, 2), (2, 3), (3, 3)])],
                 [F(1, 3), F(2, 3)])  # Example 3.8 of the paper
LINE_3 = system(3, [edge_head([(1, 1), (1, 2), (2, 2), (2, 3), (3, 3)])])
DIAMOND = system(4, [edge_head([(1, 1), (1, 2), (1, 3), (2, 2), (2, 4), (3, 3), (3, 4), (4, 4)]),
                     edge_head([(1, 1), (1, 4), (2, 2), (2, 3), (3, 3), (3, 4), (4, 4)])])
FROM_BELOW = system(2, [diffusion_head([[F(3, 4), F(1, 4)], [F(1, 4), F(3, 4)]])])
TWO_RATES = system(3, [diffusion_head([[F(3, 4), F(1, 4), 0], [F(1, 8), F(3, 4), F(1, 8)], [0, F(1, 4), F(3, 4)]])])
SWAP = system(2, [edge_head([(1, 2), (2, 1)])])
BLEND = system(2, [edge_head([(1, 1), (1, 2), (2, 1), (2, 2)])])
NO_LOOPS = system(3, [edge_head([(1, 2), (2, 3)]), edge_head([(1, 3), (2, 3), (3, 3)])])
LEAKING = system(2, [diffusion_head([[F(1, 2), 0], [F(1, 4), F(1, 2)]])])
WALK = system(3, [walk_head([[F(1, 2), 0, 0], [F(1, 4), F(2, 3), 0], [F(1, 4), F(1, 3), 1]])])
ONE = system(1, [edge_head([(1, 1)])])
SINK_FIRST = system(3, [edge_head([(1, 1), (2, 1), (2, 2), (3, 2), (3, 3)])], sink=1)
PERIODIC = {(0, 1): (F(1), True, {"by": "contraction", "time": 1, "horizon": 1, "laws": [["0", "1"], ["1", "0"]]}),
            (0, 2): (F(1), True, {"by": "contraction", "time": 2, "horizon": 2, "laws": [["0", "1"], ["1", "0"]]})}


def accepted():
    """Name and certificate of everything that is accepted."""
    def one(id, text, **more):
        return id, certificate(id, reading(text, **more))

    yield one("no-system", "forall k in 1..6, m in {0, 1, k}: choose(k, m) <= 2 ^ k and (k > 0 implies k / k = 1)")
    yield one("enclosures", "exp(1) > 2.718281828459 and exp(1) < 2.71828182846 and exp(0) = 1 and "
              "floor(exp(10)) = 22026 and ceil(-1/2) = 0 and abs(exp(-700) - 1) < 1 and max(1, 2, 3 - 1) = 2")
    yield one("undefined-numbers", "not (defined(1/0) or defined(0 ^ (0 - 1)) or defined(W(mean, 1, 9)) or "
              "defined(signal(mean, 1, -1)) or defined(signal(head 9, 1, 1))) and (1/0 > 0 or true)", given=LINE_3)
    yield one("aggregates", "(sum k in 1..0: k) = 0 and not defined(min k in 1..0: k) and "
              "(max k in 1..5 where k != 5: k) = 4 and (sum j in others: j) = 3 and if(1 < 2, 3, 1/0) = 3", given=LINE_3)
    yield one("graph-functions", "edges(head 1) = 8 and edges(union) = 10 and indegree(head 2, 4) = 3 and "
              "outdegree(mean, 1) = 4 and feedforward(union) and acyclic(mean) and unique_sink(union) and unique_sink(head 1) "
              "and reaches(head 2, 2) and walks(head 1, 1, 2) = 2 and all_walks(head 1, 1, 1) = 3", given=DIAMOND)
    yield one("matrices", "W(mean, 2, 1) = 1/6 and D(mean, 3, 2) = 1/3 and signal(mean, 1, 2) = 1/18 and "
              "absorbed(head 2, 2, 2) = 3/4 and p(mean) = 1/6 and has_walk(mean) and has_diffusion(head 1) and "
              "not stationary_at_sink(head 1) and stationary_at_sink(mean) and weight(2) = 2/3", given=CHAIN_3)
    yield one("words", "(sum w in words(2): word_weight(w) * product(w, tau, 1)) = signal(mean, 1, 2) and "
              "product([2, 1], tau, 1) = printed(\"cross\") and rollout([2], 3, 2) = 1/4 and letters([2, 1, 2], 2) = 2 and "
              "printed(\"rows\", 2, 1) = 0.5", given=CHAIN_3, printed={"cross": "1/4", "rows": [["1", "0"], ["1/2"]]})
    yield one("first-word", "exists w in words(3) where letters(w, 1) = 1: product(w, tau, 1) > 1/8", given=CHAIN_3)
    yield one("moves", "forall t in 0..4, k in 0..4: moves(mean, 1, t, k) = if(k > 2, 0, moves(head 1, 1, t, k)) and "
              "moves(mean, 2, t, 1) = if(t = 0, 0, 1 - (1/2) ^ t)", given=LINE_3)
    yield one("mixing", "t_mix(mean, 1/4) = 5 and t_mix_l1(mean, 3/8) = 6 and t_mix(mean, 1) = 0 and not defined(t_mix(mean, 0)) and "
              "distance(mean, 1) = 1", given=LINE_3)
    yield one("mixing-average-l1", "t_mix(mean, 1/2) = t_mix_l1(mean, 1/2) and t_mix(mean, 1/2) < 6", given=LINE_3,
              convention={"distance": "l1", "start": "average"})
    yield one("line-mixes", "forall system in line(2..6): t_mix(mean, 1/4) <= 4 * N")
    yield one("superharmonic", "phi(mean, 2) = 1/2 and attained(mean, 2) and phi(mean, 1) = 1", given=LINE_3)
    yield one("absorbing", "phi(mean, 1) = 1 and not attained(mean, 1) and phi_min(head 1) = 0", given=CHAIN_3)
    yield one("absorbing-attained", "phi_min(mean) = 1 and attained(mean, 1)", given=ONE)
    yield one("absorbing-leaking-time-0", "phi(mean, 2) = 1 and phi(mean, 1) = 1/4", given=LEAKING, convention={"first_step": 0})
    yield one("unreachable", "phi(head 1, 1) = 0 and attained(head 1, 1)", given=CHAIN_3)
    yield one("contraction", "phi(mean, 1) = 1/2 and attained(mean, 1)", given=BLEND)
    yield one("contraction-periodic", "phi_min(mean) = 1", given=SWAP, proofs=PERIODIC)
    yield one("recurrence", "phi(mean, 1) = 1/2 and not attained(mean, 1)", given=FROM_BELOW, roots=[F(1, 2)])
    yield one("recurrence-two-roots", "phi(mean, 1) = 1/4 and not attained(mean, 1)", given=TWO_RATES,
              roots=[F(1, 2), F(3, 4)])
    yield one("sink-first", "phi(mean, 3) > 0 and not feedforward(mean) and tau = 1 and t_mix(mean, 1/8) > 0", given=SINK_FIRST)
    yield one("no-loops", "not defined(phi(head 1, 1)) and not has_diffusion(mean) and not has_walk(head 1)", given=NO_LOOPS)
    yield one("derived-walk", "W(mean, 1, 1) = 2/3 and W(mean, 2, 2) = 1 and has_walk(mean) and not has_diffusion(mean)",
              given=LEAKING)
    yield one("amplifies-first", "exists system in unique_sink(3..4, 2): phi_min(mean) > max h in heads: phi_min(head h)")
    yield one("attenuates-none", "exists system in unique_sink(2..3, 1..2): phi_min(mean) < min h in heads: phi_min(head h)")
    yield one("feedforward-counted", "(sum system in feedforward(1..3, 2): 1) = 29 and (sum system in optional_loops(2, 1): 1) = 8 "
              "and (sum system in digraphs(3, 1): 1) = 64 and (sum system in unique_sink(4, 1): 1) = 21")
    yield one("chains", "forall system in chains(2..3, 1, 2): t_mix(mean, 1/4) <= 2 * N / p(mean)")
    yield one("diffusions", "forall system in diffusions(2..3, 1..2, 2): forall j in nodes: D(mean, 1, 1) = 1 and "
              "(sum i in nodes: D(mean, j, i)) = 1")
    yield one("single-families", "(forall system in local(4, 2): edges(mean) = 9) and (forall system in full(4): edges(mean) = 10) "
              "and (forall system in star(4): edges(mean) = 7) and "
              "(forall system in lazy_line(3, 1/2, 1): H = 2 and p(mean) = 3/4 and p(head 2) = 1)")
    yield one("grid", "forall weights in grid(2): phi(mean, 1) = 1 or weight(1) * weight(2) = 0", given=CHAIN_3)
    yield one("inner-grid-first", "forall weights in inner_grid(4), j in nodes: phi(mean, j) > 1/2 or weight(1) > 1/4",
              given=CHAIN_3)
    yield one("file", "forall system in file(\"swap\"), j in nodes: signal(mean, j, 2) = if(j = tau, 1, 0)",
              files={"swap": SWAP})
    yield one("quoted-label", "forall k in 1..3: k <= 3")
    yield one("witness-refutes", "forall system in unique_sink(2..5, 2): phi_min(mean) <= 1/8")
    yield one("witness-weights", "exists system in unique_sink(3, 2), weights in grid(4) where weight(1) < weight(2), j in others: "
              "phi(mean, j) > 1/8")
    yield one("witness-family-chains", "exists system in chains(2, 2, 3): p(mean) > 1/2")
    yield one("witness-word", "exists w in words(12), x in {0.5, 2}: word_weight(w) < x ^ 13", given=CHAIN_3)
    yield one("witness-empty-word", "exists w in words(0): product(w, 1, 1) = 1", given=CHAIN_3)
    yield one("witness-after-a-missing-domain", "exists k in 0..3, m in 1..1/k: m + k = 2")
    # Trees that no text spells; their text is only a label.
    yield one("text-is-a-label", "1 = 2", formula=["=", 1, 1])
    yield one("bare-number", "1", formula=1)
    yield one("truth-values-are-numbers", "", given=LINE_3, formula=[
        "and", ["=", ["sum", ["j", ["..", 1, "n"]], ["<", "j", "tau"]], 2], ["=", ["max", "false", ["absorbing", "mean"]], "true"]])
    yield one("names-like-operations", "", formula=[
        "exists", ["and", ["..", 0, 1]], ["sum", ["list", 5, 6]], ["and", ["=", "and", 1], ["=", ["max", "sum", 6], "sum"]]])
    yield one("edges-and-paths", "", given=DIAMOND, formula=[
        "and", ["=", ["edge", ["head", 1], 1, 4], 0], ["=", ["edge", "mean", 1, 4], 1], ["path", ["head", 1], 1, 4],
        ["path", "mean", 4, 4], ["not", ["path", "mean", 4, 1]], ["not", ["defined", ["edge", "mean", 1, 5]]],
        ["=", ["product", ["word"], 2, 2], 1], ["not", ["defined", ["product", ["word", 3], 1, 1]]]])
    yield one("aggregates-over-nothing", "", formula=[
        "and", ["=", ["sum", ["k", ["..", 1, 0]], "k"], 0], ["not", ["defined", ["min_over", ["k", ["..", 1, 0]], "k"]]],
        ["not", ["defined", ["max_over", ["k", ["..", 1, 3], ["<", 3, "k"]], "k"]]],
        ["not", ["defined", ["sum", ["system", ["line", 0]], 1]]], ["not", ["defined", ["sum", ["k", ["..", 1, ["/", 1, 2]]], 1]]]])
    yield one("unreached-parts", "", formula=["or", ["if", ["<", 1, 2], ["=", 1, 1], ["nonsense"]], ["n", 7]])
    c = certificate("facts-reordered", reading("phi(mean, 2) = 1/2 and attained(mean, 2) and phi(mean, 1) = 1", given=LINE_3))
    c["readings"][0]["systems"][0]["facts"].reverse()
    yield "facts-reordered", rehash(c)
    c = certificate("systems-reordered", reading("forall system in line(2..6): t_mix(mean, 1/4) <= 4 * N"))
    c["readings"][0]["systems"].reverse()
    yield "systems-reordered", rehash(c)
    c = certificate("unneeded-fact", reading("phi(mean, 2) = 1/2 and attained(mean, 2) and phi(mean, 1) = 1", given=LINE_3))
    c["readings"][0]["formula"] = ["=", ["phi", "mean", 2], ["/", 1, 2]]
    yield "unneeded-fact", rehash(c)
    yield "holds-if", certificate("holds-if", reading("forall k in -2..2: k ^ 2 > 0"),
                                  reading("forall k in -2..2 where k != 0: k ^ 2 > 0", name="k nonzero", role="hypothesis"),
                                  reading("0 ^ 2 = 0", name="the exception", role="fact"))
    yield "ambiguous", certificate(
        "ambiguous", reading("phi_min(mean) = 1/4", name="all nodes", given=LINE_3, convention={"sink_counts": False}),
        reading("phi_min(mean) = 1/4", name="from time 0", given=LINE_3, convention={"first_step": 0, "sink_counts": False}),
        reading("phi_min(mean) = 1", name="one node", given=ONE, convention={"first_step": 0}),
        reading("phi_min(mean) = 1/2", name="no such value", given=LINE_3))
    yield "definition", certificate("definition", reading("defined(phi_min(mean)) iff has_diffusion(mean)", given=WALK),
                                    kind="definition")
    yield from simplex_corpus.accepted()
    yield "with-ledger", certificate("with-ledger", reading("1 + 1 = 2"), ledger="id = \"with-ledger\"\n")
