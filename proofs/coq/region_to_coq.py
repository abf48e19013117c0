"""Pieces of weights in certificates (src/certificate/REGION.md, sections 1 and 2) as terms of region_documents.v."""
from coq_terms import boolean, integer, made

SIDES = {"left": "Before", "middle": "At", "right": "After"}


def part_of(side):
    return made("On_side", made(SIDES[side])) if side else made("Everything")


def order_of(json_order):
    items = []
    for item in json_order.items():
        if isinstance(item.value, list):
            item.require(len(item.value) == 2, "expected a pair of nodes")
            items.append(made("Pair", *(node.node() for node in item.items())))
        else:
            items.append(made("Single", item.node()))
    return items


def nodes_of(json_nodes):
    return [node.node() for node in json_nodes.items()]


def lower_of(json_lower):
    node, limit, time, mean = json_lower.members("node", "limit?", "time?", "mean?")
    json_lower.require((limit is None) != (time is None) and not (limit and mean), "expected a limit, or a time")
    if limit:
        limit.require(limit.boolean(), "expected true")
        return made("Limit", node.node())
    if mean is None:
        return made("At_time", node.node(), time.time())
    stages, rate, end, square_root = mean.members("stages", "rate", "end", "square_root")
    end.require(end.integer(0) <= 1, "expected 0 or 1")
    return made("Mean_over", node.node(), time.time(), stages.time(1), rate.rational(), boolean(end.value == 1),
                boolean(square_root.boolean()))


def upper_of(json_upper):
    node, horizon, feeder, gates, slow, inflow, levels, rate = json_upper.members(
        "node", "horizon", "feeder?", "gates?", "slow?", "inflow?", "levels?", "rate?")
    given = [key for key in json_upper.value if key not in ("node", "horizon")]
    start = (node.node(), horizon.time())
    if not given:
        return made("Tail", *start)
    if given == ["gates", "inflow"]:
        return made("Gates", *start, nodes_of(gates), nodes_of(inflow))
    if given == ["feeder", "inflow", "levels"]:
        return made("Levels", *start, feeder.node(), nodes_of(inflow), levels.rationals())
    json_upper.require(given == ["slow", "rate"],
                       "expected gates and inflow, or feeder, inflow and levels, or slow and rate, or nothing more")
    return made("Slow", *start, nodes_of(slow), rate.rational())


def argument_of(json_proof):
    keys = list(json_proof.value) if isinstance(json_proof.value, dict) else []
    if keys == ["above"]:
        return made("Above", [lower_of(x) for x in json_proof.members("above")[0].items()])
    if keys == ["below"]:
        return made("Below", upper_of(json_proof.members("below")[0]))
    if keys == ["holds", "above", "below"]:
        holds, above, below = json_proof.members(*keys)
        return made("Compared", boolean(holds.boolean()), [lower_of(x) for x in above.items()], upper_of(below))
    mixed, node = json_proof.members("mixed", "node?")
    json_proof.require(mixed.boolean() == (node is None), "expected a node where not mixed, and only there")
    return made("Unmixed", node.node()) if node else made("Mixed")


def coefficient_of(json_coefficient):
    found = json_coefficient.rational()
    json_coefficient.require(found.denominator == 1, "expected an integer")
    return integer(found.numerator)


def piece_of(json_piece):
    keys = list(json_piece.value) if isinstance(json_piece.value, dict) else []
    if keys == ["at", "proof"]:
        at, proof = json_piece.members(*keys)
        return made("At_point", at.rational(), argument_of(proof))
    if keys == ["from", "to", "proof"]:
        start, end, proof = json_piece.members(*keys)
        return made("Between", start.rational(), end.rational(), argument_of(proof))
    json_piece.require(keys == ["from", "to", "root", "left", "middle", "right"], "not one of the pieces of section 1")
    start, end, root, *proofs = json_piece.members(*keys)
    return made("Divided_at", start.rational(), end.rational(), [coefficient_of(a) for a in root.items()],
                *map(argument_of, proofs))


def pieces_of(json_pieces):
    return [piece_of(piece) for piece in json_pieces.items()]
