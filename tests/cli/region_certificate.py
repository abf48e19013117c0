"""Replays a certificate `crosshead.region/1`: the document, the claim and the pieces of [0, 1]."""

from fractions import Fraction

from certificate_values import keys, need, rational, whole
from region_bounds import Bounds
from region_piece import Piece
from weight_polynomial import add, mul, scaled


class Certificate(Bounds):
    """A claim about the mean of two heads and the set of weights where it holds."""

    def __init__(self, document):
        kind = document.get("claim", {}).get("kind") if isinstance(document.get("claim"), dict) else None
        self.steps = None
        self.mixing = kind in ("t_mix", "mixes-faster")
        names = ["format", "nodes", "sink", "order", "walk" if self.mixing else "diffusion", "convention", "claim", "heads", "holds", "pieces"]
        if kind in ("node", "nodes", "minimax", "t_mix"):
            names.remove("heads")
        if self.mixing:
            names.remove("convention")
        keys(document, *names)
        need(document["format"] == "crosshead.region/1", "another format")
        self.n = whole(document["nodes"], 1)
        self.sink = self.node(document["sink"])
        need(isinstance(document["order"], list), "no order")
        lists = [item for item in document["order"] if isinstance(item, list)]
        need(document["order"][:len(lists)] == lists and all(len(pair) == 2 for pair in lists), "pairs do not stand first")
        self.pairs = [[self.node(k) for k in pair] for pair in lists]
        self.order = [self.node(k) for item in document["order"] for k in (item if isinstance(item, list) else [item])]
        need(sorted(self.order) == list(range(self.n)), "the order is no permutation")
        matrices = document["walk" if self.mixing else "diffusion"]
        need(len(matrices) == 2, "not two heads")
        self.diffusion = [[[rational(v) for v in row] for row in head] for head in matrices]
        partner = {u: v for pair in self.pairs for u, v in (pair, pair[::-1])}
        place = {k: i for i, k in enumerate(self.order)}
        for head in self.diffusion:
            need(len(head) == self.n and all(len(row) == self.n for row in head), "a matrix of another size")
            for i in range(self.n):
                for j in range(self.n):
                    need(head[i][j] >= 0, "a negative entry")
                    allowed = i == j or (partner[i] == j if i in partner else place[j] < place[i])
                    need(head[i][j] == 0 or allowed, "an entry against the order")
        if self.mixing:
            for head in self.diffusion:
                need(all(sum(row[j] for row in head) == 1 for j in range(self.n)), "a column that does not sum to 1")
                need(head[self.sink][self.sink] == 1, "a sink that is left")
                reached = {self.sink}
                for _ in range(self.n):
                    reached |= {j for i in reached for j in range(self.n) if head[i][j]}
                need(len(reached) == self.n, "a node without a path to the sink")
            self.first, self.nodes = 0, list(range(self.n))
        else:
            keys(document["convention"], "first_step", "sink_counts")
            self.first = whole(document["convention"]["first_step"], 0)
            need(self.first <= 1, "first_step above 1")
            counts = document["convention"]["sink_counts"]
            need(isinstance(counts, bool), "sink_counts is no truth value")
            self.nodes = [k for k in range(self.n) if counts or k != self.sink]
        self.claim(document)
        self.replay(document["pieces"])
        need(self.found == [self.interval(item) for item in document["holds"]], "another set of weights")

    def claim(self, document):
        claim = document["claim"]
        kind, self.pair = claim["kind"], None
        if kind in ("amplifies", "attenuates"):
            keys(claim, "kind")
            values = [self.head(head, 1 - i) for i, head in enumerate(document["heads"])]
            need(len(values) == 2, "not two heads")
            self.bar = max(values) if kind == "amplifies" else min(values)
            self.strict, self.complement = kind == "amplifies", kind == "attenuates"
            return
        if self.mixing:
            self.mixing_claim(claim, document)
            return
        if kind == "nodes":
            keys(claim, "kind", "node", "relation", "other")
            self.pair = [self.node(claim["node"]), self.node(claim["other"])]
            need(self.pair[0] != self.pair[1], "a node compared with itself")
        elif kind == "node":
            keys(claim, "kind", "node", "relation", "threshold")
            self.nodes = [self.node(claim["node"])]
        else:
            keys(claim, "kind", "relation", "threshold")
            need(kind == "minimax", "an unknown claim")
        need(claim["relation"] in (">", ">=", "<", "<="), "an unknown relation")
        self.bar = rational(claim["threshold"]) if kind != "nodes" else None
        self.complement = claim["relation"] in ("<", "<=")
        self.strict = claim["relation"] in (">", "<=")

    def mixing_claim(self, claim, document):
        self.strict, faster = False, claim["kind"] == "mixes-faster"
        keys(claim, "kind", "epsilon", *(() if faster else ("relation", "steps")))
        epsilon = rational(claim["epsilon"])
        need(epsilon > 0, "an epsilon that is not positive")
        self.bar = 1 - epsilon
        if not faster:
            need(claim["relation"] in ("<=", ">"), "an unknown relation")
            self.complement, self.steps = claim["relation"] == ">", whole(claim["steps"], 0)
            return
        times = []
        need(len(document["heads"]) == 2, "not two heads")
        for weight, head in zip((1, 0), document["heads"]):
            keys(head, "t_mix", "node")
            self.steps = whole(head["t_mix"], 1)
            times.append(self.steps)
            piece = Piece(self, Fraction(weight), Fraction(weight))
            need(self.check(piece, {"mixed": True}, 0), "not mixed")
            self.steps -= 1
            need(not self.check(piece, {"mixed": False, "node": head["node"]}, 0), "mixed before")
        self.complement, self.steps = False, min(times) - 1

    def head(self, head, weight):
        """The minimax fidelity of one head, proved at least and at most its value."""
        keys(head, "minimax", "above", "below")
        self.bar = rational(head["minimax"])
        piece = Piece(self, Fraction(weight), Fraction(weight))
        self.strict = False
        self.check(piece, {"above": head["above"]}, 0)
        self.strict = True
        self.check(piece, {"below": head["below"]}, 0)
        return self.bar

    def check(self, piece, proof, side):
        """Whether phi exceeds the bar on this side, after checking why."""
        if self.pair:
            return self.check_nodes(piece, proof, side)
        if self.mixing:
            keys(proof, "mixed", *(() if proof["mixed"] is True else ("node",)))
            need(isinstance(proof["mixed"], bool), "no truth value")
            row = piece.row(self.steps)
            for j in self.nodes if proof["mixed"] else [self.node(proof["node"])]:
                sign = piece.signs(add(row[j], scaled(piece.units[self.steps], self.bar), -1))[side]
                need((sign >= 0) == proof["mixed"], "mixed, or not, against what is stated")
            return proof["mixed"]
        need(self.nodes, "no node counts")
        if "above" in proof:
            keys(proof, "above")
            need([self.node(item["node"]) for item in proof["above"]] == self.nodes, "not every node that counts")
            for item in proof["above"]:
                numerator, denominator = self.lower(piece, item)
                sign = piece.signs(add(numerator, scaled(denominator, self.bar), -1))[side]
                need(sign >= (1 if self.strict else 0), "a bound from below that is too low")
            return True
        keys(proof, "below")
        below = proof["below"]
        j, horizon = self.node(below["node"]), whole(below["horizon"], self.first)
        need(j in self.nodes, "a node that does not count")

        def low(numerator, denominator):
            sign = piece.signs(add(numerator, scaled(denominator, self.bar), -1))[side]
            need(sign <= (0 if self.strict else -1), "a bound from above that is too high")

        self.bounded(piece, side, j, horizon, below, low)
        return False

    def check_nodes(self, piece, proof, side):
        """The larger node's bound from below against everything that bounds the smaller one from above."""
        keys(proof, "holds", "above", "below")
        need(isinstance(proof["holds"], bool) and len(proof["above"]) == 1, "not one bound from below")
        large, small = self.pair if proof["holds"] else self.pair[::-1]
        item, below = proof["above"][0], proof["below"]
        need(not item.get("mean", {}).get("square_root"), "a square root against another variable")
        need(self.node(item["node"]) == large and self.node(below["node"]) == small, "other nodes")
        value = self.lower(piece, item)

        def low(numerator, denominator):
            sign = piece.signs(add(mul(value[0], denominator), mul(numerator, value[1]), -1))[side]
            need(sign >= (1 if proof["holds"] == self.strict else 0), "a bound from above that is too high")

        need("feeder" not in below and "slow" not in below, "an argument that needs a constant")
        self.bounded(piece, side, small, whole(below["horizon"], self.first), below, low)
        return proof["holds"]

    def replay(self, pieces):
        """Walks along [0, 1] and joins the pieces where the claim holds."""
        self.found, self.inside, last = [], False, None
        need(isinstance(pieces, list) and len(pieces) % 2 == 1, "pieces do not alternate")
        for i, item in enumerate(pieces):
            if i % 2 == 0:
                keys(item, "at", "proof")
                place = rational(item["at"])
                need(i > 0 or place == 0, "the first piece is not 0")
                need(i == 0 or place == last, "a gap between pieces")
                self.join(place, place, True, self.check(Piece(self, place, place), item["proof"], 0))
                last = place
                continue
            lower, upper = rational(item["from"]), rational(item["to"])
            need(lower == last and lower < upper, "a gap between pieces")
            last = upper
            if "root" not in item:
                keys(item, "from", "to", "proof")
                self.join(lower, upper, False, self.check(Piece(self, lower, upper), item["proof"], 0))
                continue
            keys(item, "from", "to", "root", "left", "middle", "right")
            root = [rational(a) for a in item["root"]]
            need(root and root[-1] != 0 and all(a.denominator == 1 for a in root), "no polynomial with integer coefficients")
            piece = Piece(self, lower, upper, root)
            mark = (tuple(root), lower, upper)
            for side, name in enumerate(("left", "middle", "right")):
                ends = ((lower, mark), (mark, mark), (mark, upper))[side]
                self.join(*ends, side == 1, self.check(piece, item[name], side))
        need(last == 1, "the last piece is not 1")

    def join(self, start, end, point, exceeds):
        if exceeds == self.complement:
            self.inside = False
        elif self.inside:
            self.found[-1][2:] = [end, point]
        else:
            self.found.append([start, point, end, point])
            self.inside = True

    @staticmethod
    def interval(item):
        keys(item, "from", "from_closed", "to", "to_closed")

        need(all(isinstance(item[key], bool) for key in ("from_closed", "to_closed")), "no truth value")

        def end(value):
            if isinstance(value, str):
                return rational(value)
            keys(value, "root", "from", "to")
            return tuple(rational(a) for a in value["root"]), rational(value["from"]), rational(value["to"])

        return [end(item["from"]), item["from_closed"], end(item["to"]), item["to_closed"]]
