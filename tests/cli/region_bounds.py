"""The arguments that bound the fidelity of a node on a piece of the weights, from below and from above."""

from fractions import Fraction

from certificate_values import keys, need, rational, whole
from weight_polynomial import add, mul, plus, scaled


class Bounds:
    """Bounds of a node's fidelity on a piece; knows the size `n`, the first step `first` and the threshold `bar`."""

    def node(self, number):
        return whole(number, 1) - 1 if whole(number, 1) <= self.n else need(False, "no such node")

    def set_of(self, numbers):
        nodes = [self.node(k) for k in numbers]
        need(nodes == sorted(set(nodes)), "nodes that are not in ascending order")
        return nodes

    def bounded(self, piece, side, j, horizon, below, low):
        for t in range(self.first, horizon):
            low(piece.row(t)[j], piece.units[t])
        piece.row(horizon)
        need(j not in piece.partner or len(below) == 2, "more than a horizon for a node of a pair")
        if "feeder" in below:
            keys(below, "node", "horizon", "feeder", "inflow", "levels")
            self.levels(piece, side, j, horizon, below)
        elif "slow" in below:
            keys(below, "node", "horizon", "slow", "rate")
            slow, rate = self.set_of(below["slow"]), rational(below["rate"])
            need(slow and j not in slow, "no slow nodes, or the node itself")
            need(rate >= 0, "a negative rate")
            rest, *bounds = piece.slow_bounds(j, horizon, slow, rate)
            need(piece.signs(rest)[side] >= 0, "a rest that is negative")
            for bound in bounds:
                low(*bound)
        elif "gates" in below:
            keys(below, "node", "horizon", "gates", "inflow")
            gates = self.set_of(below["gates"])
            need(j not in gates, "a gate at the node itself")
            low(*piece.tail(j, horizon, gates))
            low(*self.through(piece, j, horizon, gates, self.set_of(below["inflow"])))
        else:
            keys(below, "node", "horizon")
            for bound in piece.pair_bounds(j, horizon) if j in piece.partner else [piece.tail(j, horizon)]:
                low(*bound)

    def lower(self, piece, item):
        j = self.node(item["node"])
        if "limit" in item:
            keys(item, "node", "limit")
            need(item["limit"] is True, "the limit is not asked for")
            return piece.limit(j)
        t = whole(item["time"], self.first)
        if "mean" not in item:
            keys(item, "node", "time")
            return piece.row(t)[j], piece.units[t]
        keys(item, "node", "time", "mean")
        mean = item["mean"]
        keys(mean, "stages", "rate", "end", "square_root")
        need(piece.lower < piece.upper and rational(mean["rate"]) > 0, "a rate that is not positive")
        need(mean["end"] in (0, 1) and isinstance(mean["square_root"], bool), "no end")
        return piece.mean(j, t, whole(mean["stages"], 1), rational(mean["rate"]), mean["end"], mean["square_root"])

    def through(self, piece, j, t, gates, inflow):
        values, denominator = piece.reach(j, gates)
        leave, bounds = piece.positive(piece.leave(j)), piece.bounds(j, t, inflow)
        total = ([], [Fraction(1)])
        for k in bounds:
            factor = mul(values[k], leave)
            if k in gates:
                factor = []
                for l in range(self.n):
                    factor = add(factor, mul(piece.matrix[k][l], values[l]))
            total = plus(total, bounds[k], factor)
        return total[0], mul(total[1], leave, denominator)

    def levels(self, piece, side, j, t, below):
        m, inflow = self.node(below["feeder"]), self.set_of(below["inflow"])
        levels = [rational(level) for level in below["levels"]]
        p = len(levels) - 1
        need(p >= 1 and m != j and levels[0] < self.bar, "levels that do not stay below the bar")
        values, denominator = piece.reach(j, [m])
        leave_j, leave_m = piece.positive(piece.leave(j)), piece.positive(piece.leave(m))
        bounds = piece.bounds(j, t, inflow)
        underway = ([], [Fraction(1)])
        for k in bounds:
            underway = plus(underway, bounds[k], values[k])
        underway = (underway[0], mul(underway[1], denominator))
        passed = []
        for l in range(self.n):
            passed = add(passed, mul(piece.matrix[m][l], values[l]))
        v, w = piece.tail(j, t, [m]), piece.tail(m, t)
        ratio = (passed, mul(leave_m, denominator))

        def not_positive(p):
            need(piece.signs(p)[side] <= 0, "a level that is too low")

        for i, level in enumerate(levels):
            f = plus(v, (mul(w[0], ratio[0]), mul(w[1], ratio[1])), [Fraction(i, p)])
            not_positive(add(f[0], scaled(f[1], level), -1))
            if i == p:
                break
            beta = add(scaled(leave_m, p - i), scaled(leave_j, i))
            drift = add(scaled(beta, levels[i + 1] - level), scaled(leave_j, level), -1)
            not_positive(add(mul(drift, underway[1]), mul(leave_j, underway[0])))
            not_positive(add(add(leave_j, beta), piece.one, -1))
