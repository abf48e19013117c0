"""Certificates of weights (src/certificate/REGION.md, sections 1 and 4) as terms of region_certificates.v.

What is checked here is the text: JSON, keys and their order, canonical numbers. Everything else is left to
accepted_region.
"""
from coq_terms import Rational, WeightsDocument, boolean, made, nat
from region_to_coq import coefficient_of, lower_of, order_of, pieces_of, upper_of

FORMAT = "crosshead.region/1"
RELATIONS = {">": "Is_more", ">=": "Is_at_least", "<": "Is_less", "<=": "Is_at_most"}


def end_of(json_end):
    if isinstance(json_end.value, str):
        return made("Number_end", json_end.rational())
    root, start, end = json_end.members("root", "from", "to")
    return made("Root_end", [coefficient_of(a) for a in root.items()], start.rational(), end.rational())


def interval_of(json_interval):
    start, start_closed, end, end_closed = json_interval.members("from", "from_closed", "to", "to_closed")
    return made("Interval", end_of(start), boolean(start_closed.boolean()), end_of(end), boolean(end_closed.boolean()))


def own_value_of(json_head):
    minimax, above, below = json_head.members("minimax", "above", "below")
    return made("Own_value", minimax.rational(), [lower_of(item) for item in above.items()], upper_of(below))


def claim_of(json_claim, json_heads):
    kind = json_claim.value.get("kind") if isinstance(json_claim.value, dict) else None
    json_claim.require((json_heads is not None) == (kind in ("amplifies", "attenuates", "mixes-faster")),
                       "heads belong to a claim that compares with them, and only there")
    heads = json_heads.items() if json_heads else []
    json_claim.require(len(heads) in (0, 2), "expected two heads")

    def compared(subject, relation, threshold=None):
        number = threshold.rational() if threshold else Rational(0, 1)
        return made("Claim_compared", made("Statement", subject, made(RELATIONS[relation.choice(*RELATIONS)]), number))

    if kind == "minimax":
        _, relation, threshold = json_claim.members("kind", "relation", "threshold")
        return compared(made("Minimax"), relation, threshold)
    if kind == "node":
        _, node, relation, threshold = json_claim.members("kind", "node", "relation", "threshold")
        return compared(made("Node_alone", node.node()), relation, threshold)
    if kind == "nodes":
        _, node, relation, other = json_claim.members("kind", "node", "relation", "other")
        return compared(made("Nodes", node.node(), other.node()), relation)
    if kind in ("amplifies", "attenuates"):
        json_claim.members("kind")
        return made("Claim_" + kind, *map(own_value_of, heads))
    if kind == "t_mix":
        _, epsilon, relation, steps = json_claim.members("kind", "epsilon", "relation", "steps")
        return made("Claim_t_mix", epsilon.rational(), boolean(relation.choice("<=", ">") == "<="), steps.time())
    json_claim.require(kind == "mixes-faster", "not one of the claims of section 1")
    _, epsilon = json_claim.members("kind", "epsilon")
    alone = [head.members("t_mix", "node") for head in heads]
    return made("Claim_mixes_faster", epsilon.rational(),
                *(part for time, node in alone for part in (time.time(1), node.node())))


class RegionDocument(WeightsDocument):
    id = "weights"
    type, check, meaning = "region_document", "accepted_region", "true_region"
    soundness = "accepted_region_is_true"
    imports = ("region_polynomials region_documents region_check region_certificates", "region_theorems")


def read(root):
    """The certificate in a document of this format."""
    _, n, sink, order, diffusion, walk, convention, claim, heads, holds, pieces = root.members(
        "format", "nodes", "sink", "order", "diffusion?", "walk?", "convention?", "claim", "heads?", "holds", "pieces")
    n.require(n.integer(1) <= 1000, "beyond a limit: more than 1000 nodes")
    root.require((diffusion is None) != (walk is None), "expected either diffusion or walk")
    root.require((diffusion is None) == (convention is None), "a convention belongs to diffusion, and only there")
    matrices = [matrix.rows() for matrix in (diffusion or walk).items()]
    (diffusion or walk).require(len(matrices) == 2, "expected two matrices")
    first, counts = 0, True
    if convention:
        json_first, json_counts = convention.members("first_step", "sink_counts")
        first, counts = json_first.integer(0), json_counts.boolean()
        json_first.require(first <= 1, "expected the first step 0 or 1")
    two_heads = made("Two_heads", nat(n.value), sink.node(), order_of(order), *matrices)
    return RegionDocument(made("Region", two_heads, boolean(walk is not None), nat(first), boolean(counts),
                               claim_of(claim, heads), [interval_of(x) for x in holds.items()], pieces_of(pieces)))
