"""Comparisons over all weights of two heads, at sampled weights and by definition."""
from bounds import exact, integer
from facts import supremum
from oracle import Reading
from systems import F, step, unit

FALSE, TRUE = (F(0), F(0)), (F(1), F(1))
SIMPLEX = {"minimax": "v", "others": "v", "node": "vv", "nodes": "vv", "absorbed": "vv", "weight": "vv"}  # and > or >=


class Malformed(Exception):
    """A tree that section 2 does not allow."""


def checked(holds, tree):
    if not holds:
        raise Malformed(tree)


class SimplexReading(Reading):
    """Knows the weight of the first head that is looked at, `sample`, and the facts about weights, `regions`."""

    def over_simplex(self, op, parts):
        """A comparison at the sampled weights, by definition."""
        name, strict = op.rstrip(">="), op.endswith(">")
        checked(name in SIMPLEX and len(parts) == len(SIMPLEX[name]) and self.sample is not None, parts)
        x = [self.value(part) for part in parts]
        if not all(map(exact, x)):
            return None
        above = lambda value, bound: TRUE if (value > bound if strict else value >= bound) else FALSE
        if name == "weight":
            h = integer(x[0], 1, 2)
            return h and above(self.sample if h == 1 else 1 - self.sample, x[1][0])
        while self.regions:
            self.systems[self.use(self.system)]["facts"].append(self.regions.pop(0))
        heads = [self.matrices(k) for k in (1, 2)]
        sink, n = self.system["sink"] - 1, self.system["nodes"]
        which = 1 if name == "absorbed" else 2
        if any(head[which] is None for head in heads):
            return None
        d = [[self.sample * heads[0][which][i][j] + (1 - self.sample) * heads[1][which][i][j] for j in range(n)]
             for i in range(n)]
        if name == "absorbed":
            t = integer(x[0], 0)
            if t is None or x[1][0] >= 1 or not all(map(self.certain, (1, 2))):
                return None
            row = unit(n, sink)
            for _ in range(t):
                row = step(row, d)
            return above(min(row), x[1][0])
        phi = lambda j: supremum(d, sink, j, self.convention["first_step"], self.roots)[0]
        if name in ("node", "nodes"):
            nodes = [self.node(y) for y in x[:1 if name == "node" else 2]]
            if None in nodes or len(set(nodes)) < len(nodes):
                return None
            return above(phi(nodes[0] - 1), x[1][0] if name == "node" else phi(nodes[1] - 1))
        return above(min(phi(j) for j in range(n) if name == "minimax" or j != sink), x[0][0])

    def asked(self, tree):
        """The first comparison over the simplex in the order of the text."""
        if not isinstance(tree, list) or not tree:
            return None
        if isinstance(tree[0], str) and ">" in tree[0] and not tree[0].startswith("weight"):
            return tree
        return next(filter(None, map(self.asked, tree)), None)
