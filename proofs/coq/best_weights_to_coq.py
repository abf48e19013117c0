"""Certificates of the best weights (src/certificate/REGION.md, section 6) as terms of best_weights_check.v.

What is checked here is the text: JSON, keys and their order, canonical numbers, and that no index is beyond all that
there can be. Everything else is left to check_best.
"""
from coq_terms import WeightsDocument, boolean, made, nat

FORMAT = "crosshead.best-weights/1"


def shown_of(json_lower):
    """At one point there are no means."""
    node, limit, time = json_lower.members("node", "limit?", "time?")
    json_lower.require((limit is None) != (time is None), "expected a limit, or a time")
    if time:
        return made("Shown_at", node.node(), time.time())
    limit.require(limit.boolean(), "expected true")
    return made("Shown_in_the_limit", node.node())


def part_of(json_part, heads):
    node, horizon, split, parts = json_part.members("node?", "horizon?", "split?", "parts?")
    given = [key is not None for key in (node, horizon, split, parts)]
    json_part.require(given in ([True, True, False, False], [False, False, True, True]),
                      "expected node and horizon, or split and parts")
    if node:
        return made("Bounded", node.node(), horizon.time())
    split.require(len(split.items()) == 2 and len(parts.items()) == 2, "expected two vertices and two parts")
    vertices = []
    for vertex in split.items():
        vertex.require(vertex.integer(1) <= max(heads, 1000), "no vertex of the part")
        vertices.append(nat(vertex.value - 1))
    return made("Split", *vertices, *(part_of(half, heads) for half in parts.items()))


class BestWeights(WeightsDocument):
    id = "best weights"
    type, check, meaning = "best_weights", "check_best", "true_best_weights"
    soundness = "accepted_best_weights_are_true"
    imports = ("best_weights_check best_weights_theorems",)


def read(root):
    """The certificate in a document of this format."""
    _, n, sink, order, heads, convention, weights, lower, above, upper, parts = root.members(
        "format", "nodes", "sink", "order", "diffusion", "convention", "weights", "lower", "above", "upper", "parts")
    first, counts = convention.members("first_step", "sink_counts")
    first.require(first.integer(0) <= 1, "expected 0 or 1")
    n.require(n.integer(1) <= 1000, "beyond a limit: more than 1000 nodes")
    return BestWeights(made(
        "Best_weights", nat(n.value), sink.node(), [node.node() for node in order.items()],
        [head.rows() for head in heads.items()], nat(first.value), boolean(counts.boolean()), weights.rationals(),
        lower.rational(), [shown_of(item) for item in above.items()], upper.rational(),
        part_of(parts, len(heads.items()))))
