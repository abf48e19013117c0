"""What is known of the diffusion on one piece of the weights, as polynomials of one variable on it."""

from fractions import Fraction

from certificate_values import need
from weight_polynomial import add, changes, divided, mul, one_sign, plus, scaled, sqrt, trim


class Piece:
    """A point or an open interval of weights, perhaps divided by one root."""

    def __init__(self, certificate, lower, upper, root=None):
        self.n, self.sink, self.order = certificate.n, certificate.sink, list(certificate.order)
        point = lower == upper
        self.lower, self.upper = lower, upper

        def between(first, second):
            ends = [b * first + (1 - b) * second for b in (lower, upper)]
            return ends[:1] if point else ends

        first, second = certificate.diffusion
        self.matrix = [[between(first[i][j], second[i][j]) for j in range(self.n)] for i in range(self.n)]
        self.one = between(Fraction(1), Fraction(1))
        self.weight = between(Fraction(1), Fraction(0))
        self.rows = [[[Fraction(int(k == self.sink))] for k in range(self.n)]]
        self.units = [[Fraction(1)]]
        # Where one of a pair does not hear the other, they are two nodes, the one that is heard first.
        self.partner = {}
        for u, v in certificate.pairs:
            if any(self.matrix[u][v]) and any(self.matrix[v][u]):
                self.partner.update({u: v, v: u})
            elif any(self.matrix[u][v]):
                at = self.order.index(u)
                self.order[at:at + 2] = [v, u]
        self.root = None
        if root is not None:
            need(len(root) > 1 and not point, "no root within the piece")
            degree = len(root) - 1
            self.root = []
            for i, a in enumerate(root):
                self.root = add(self.root, mul([a], *[self.weight] * i, *[self.one] * (degree - i)))
            self.root = trim(self.root)
            need(changes(self.root) == 1, "the root is not isolated")
            self.left = 1 if next(a for a in self.root if a) > 0 else -1

    def signs(self, p):
        """Signs left of the root, at it and right of it (three times the same without one)."""
        sign = one_sign(p)
        if sign is not None:
            return [sign] * 3
        need(self.root is not None, "coefficients of both signs")
        times = 0
        while True:
            quotient = divided(p, self.root)
            if quotient is None:
                break
            p, times = quotient, times + 1
        sign = one_sign(p)
        need(times > 0 and sign is not None, "a sign that the root does not explain")
        return [sign * self.left**times, 0, sign * (-self.left) ** times]

    def positive(self, p):
        need(one_sign(p) == 1, "a factor that should be positive is not")
        return p

    def row(self, t):
        while len(self.rows) <= t:
            last = self.rows[-1]
            self.rows.append([self.flow(last, j) for j in range(self.n)])
            self.units.append(mul(self.units[-1], self.one))
        return self.rows[t]

    def flow(self, row, j, skip=None):
        total = []
        for k in range(self.n):
            if k != skip and any(row[k]) and any(self.matrix[k][j]):
                total = add(total, mul(row[k], self.matrix[k][j]))
        return total

    def leave(self, k):
        return add(self.one, self.matrix[k][k], -1)

    def after(self, j):
        """The nodes after j, and after its partner."""
        last = max(self.order.index(k) for k in (j, self.partner.get(j, j)))
        return self.order[last + 1:]

    def reach(self, j, gates=()):
        """Numerators and the denominator of the probabilities of reaching j before a gate."""
        need(one_sign(self.leave(j)) in (0, 1), "a diagonal entry above 1")
        values, denominator = [[] for _ in range(self.n)], [Fraction(1)]
        values[j] = [Fraction(1)]
        if j in self.partner:
            other = self.partner[j]
            values[other] = [Fraction(1)]
            kept = [trim(add(self.leave(k), self.matrix[k][l], -1)) == [] for k, l in ((j, other), (other, j))]
            need(all(kept) and not gates, "a pair that does not keep what reaches it")
        for k in self.after(j):
            if k in gates:
                continue
            total = []
            for l in range(self.n):
                total = add(total, mul(self.matrix[k][l], values[l]))
            if not any(total):
                continue
            leave = self.positive(self.leave(k))
            values = [mul(value, leave) for value in values]
            denominator = mul(denominator, leave)
            values[k] = total
        return values, denominator

    def dot(self, t, vector):
        total = []
        for x, h in zip(self.row(t), vector):
            total = add(total, mul(x, h))
        return total

    def tail(self, j, t, gates=()):
        values, denominator = self.reach(j, gates)
        return self.dot(t, values), mul(denominator, self.units[t])

    def limit(self, j):
        values, denominator = self.reach(j)
        if j not in self.partner:
            need(not any(self.leave(j)), "the node is not absorbing")
            return values[self.sink], denominator
        other = self.partner[j]
        exchanged = self.positive(add(self.matrix[other][j], self.matrix[j][other]))
        return mul(self.matrix[other][j], values[self.sink]), mul(exchanged, denominator)

    def pair_bounds(self, u, t):
        """The two bounds of a node of a pair: what it keeps and what is on its way, and its excess at t besides."""
        v = self.partner[u]
        p, q, row = self.matrix[u][v], self.matrix[v][u], self.row(t)
        need(one_sign(add(add(self.one, p, -1), q, -1)) in (0, 1), "a pair that exchanges more than it holds")
        values, denominator = self.reach(u)
        values = [[] if k in (u, v) else value for k, value in enumerate(values)]
        settled = plus(self.limit(u), (self.dot(t, values), mul(denominator, self.units[t])), [Fraction(1)])
        excess = (add(mul(row[u], p), mul(row[v], q), -1), mul(self.units[t], self.positive(add(p, q))))
        return settled, plus(settled, excess, [Fraction(1)])

    def bounds(self, j, t, inflow):
        """(numerator, denominator) of U_k for the nodes after j in the order."""
        result = {}
        for l in reversed(self.after(j)):
            if l not in inflow:
                result[l] = self.tail(l, t)
                continue
            total = ([], [Fraction(1)])
            for k in result:
                total = plus(total, result[k], self.matrix[k][l])
            total = (total[0], mul(total[1], self.positive(self.leave(l))))
            result[l] = plus(total, (self.row(t)[l], self.units[t]), [Fraction(1)])
        return result

    def slow_bounds(self, j, t, slow, rate):
        """What must not be negative at time t, then (numerator, denominator) of the two bounds for slow nodes."""
        leave_j, u = self.positive(self.leave(j)), {k: ([], [Fraction(1)]) for k in range(self.n)}
        u[j], kappa, reach = ([Fraction(1)], [Fraction(1)]), {}, {}

        def heard(k, skip=()):
            total = ([], [Fraction(1)])
            for l in u:
                if l not in skip:
                    total = plus(total, u[l], self.matrix[k][l])
            return total

        def less(total, value, factor):
            return plus(total, value, scaled(factor, -1))

        for k in self.after(j):
            lag = add(self.leave(k), leave_j, -1)
            if k in slow:
                others = heard(k, (k, j))
                if any(others[0]):
                    kept = self.positive(add(self.matrix[k][k], scaled(self.one, rate), -1))
                    u[k] = (scaled(others[0], -1), mul(others[1], kept))
                total = less(heard(k, (k,)), u[k], lag)
            else:
                total = heard(k, (k,))
            for m in kappa:
                total = less(total, (kappa[m][0], mul(kappa[m][1], reach[m][1])), reach[m][0][k])
            sign = one_sign(total[0])
            need(sign is not None, "a sum whose coefficients have both signs")
            if sign <= 0:
                continue
            if k in slow:
                kappa[k], reach[k] = total, self.reach(k)
            else:
                u[k] = (total[0], mul(total[1], self.positive(lag)))
        for k in self.order:
            if k != j:
                grown = less(heard(k, (j,)), u[k], scaled(self.one, rate))
                need(one_sign(grown[0]) in (0, 1), "a rest that may turn negative")
        potential, fed = ([], [Fraction(1)]), ([], [Fraction(1)])
        for k in u:
            potential = plus(potential, u[k], self.row(t)[k])
        for m in kappa:
            fed = plus(fed, (mul(kappa[m][0], self.dot(t, reach[m][0])), mul(kappa[m][1], reach[m][1])), [Fraction(1)])
        rest = add(potential[0], mul(self.row(t)[j], potential[1]), -1)
        return rest, (potential[0], mul(potential[1], self.units[t])), (fed[0], mul(fed[1], self.units[t], leave_j))

    def mean(self, j, t, stages, rate, end, square_root):
        matrix, one = self.matrix, self.one
        weight = self.weight if end == 0 else add(self.one, self.weight, -1)
        if square_root:
            need(self.root is None, "another variable than that of the root")
            need(self.lower == 0 if end == 0 else self.upper == 1, "no root of a weight that does not vanish")
            width = self.upper - self.lower
            side = Fraction(sqrt(width.numerator), sqrt(width.denominator))
            ends = (0, 1) if end == 0 else (1, 0)
            near, far = ends
            matrix = [[[e[near], 2 * e[near], e[far]] for e in row] for row in matrix]
            one, weight = [Fraction(1), Fraction(2), Fraction(1)], [Fraction(0), side, side]
        row, unit = [[Fraction(int(k == self.sink))] for k in range(self.n)], [Fraction(1)]
        for _ in range(t):
            new = []
            for l in range(self.n):
                total = []
                for k in range(self.n):
                    total = add(total, mul(row[k], matrix[k][l]))
                new.append(total)
            row, unit = new, mul(unit, one)
        rho = scaled(weight, rate)
        for _ in range(stages):
            new, product = [[] for _ in range(self.n)], [Fraction(1)]
            for l in reversed(self.order):
                total = mul(row[l], rho, product)
                for k in range(self.n):
                    if k != l:
                        total = add(total, mul(new[k], matrix[k][l]))
                leave = self.positive(add(add(one, matrix[l][l], -1), rho))
                new = [mul(value, leave) for value in new]
                product = mul(product, leave)
                new[l] = total
            row, unit = new, mul(unit, product)
        return row[j], unit
