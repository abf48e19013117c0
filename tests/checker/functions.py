"""The functions of the claim language, each by its definition."""
import decimal
from math import comb

from bounds import UNKNOWN, exact, integer
from facts import Facts
from systems import F, reach, step, unit

TRUTHS = {"feedforward", "acyclic", "unique_sink", "reaches", "has_walk", "has_diffusion", "stationary_at_sink",
          "attained", "defined"}


class Functions(Facts):
    """f_NAME is the function NAME of chains, words, nodes and numbers; None is what is undefined."""

    def node(self, x):
        return integer(x, 1, self.system["nodes"])

    def f_weight(self, h):
        h = integer(h, 1, len(self.system["heads"]))
        return h and F(self.system["weights"][h - 1])

    def f_word_weight(self, w):
        result = F(1)
        for letter in w or ():
            result *= F(self.system["weights"][letter - 1])
        return None if w is None else result

    def f_letters(self, w, h):
        h = integer(h, 1, len(self.system["heads"]))
        return None if w is None or h is None else w.count(h)

    def entry(self, k, which, i, j):
        i, j = self.node(i), self.node(j)
        if k is None or not i or not j or self.matrices(k)[which] is None:
            return None
        return self.matrices(k)[which][i - 1][j - 1]

    def f_W(self, k, i, j):
        return self.entry(k, 1, i, j)

    def f_D(self, k, i, j):
        return self.entry(k, 2, i, j)

    def row(self, k, which, j, t, start=None):
        j, t = self.node(j), integer(t, 0)
        if k is None or not j or t is None or self.matrices(k)[which] is None:
            return None
        x = start or unit(self.system["nodes"], self.system["sink"] - 1)
        for _ in range(t):
            x = step(x, self.matrices(k)[which])
        return x[j - 1]

    def f_signal(self, k, j, t):
        return self.row(k, 2, j, t)

    def f_absorbed(self, k, j, t):
        return self.row(k, 1, j, t)

    def f_walks(self, k, j, t):
        return self.row(k, 0, j, t)

    def f_all_walks(self, k, j, t):
        return self.row(k, 0, j, t, [F(1)] * self.system["nodes"])

    def f_distance(self, k, t):
        t = integer(t, 0)
        return None if k is None or t is None or not self.certain(k) else self.distance(k, t)

    def f_t_mix(self, k, e, name="t_mix"):
        return None if k is None or not exact(e) or e[0] <= 0 or not self.certain(k) else self.mixing(k, name, e[0])

    def f_t_mix_l1(self, k, e):
        return self.f_t_mix(k, e, "t_mix_l1")

    def f_p(self, k):
        n = self.system["nodes"]
        if k is None or n == 1 or self.matrices(k)[1] is None:
            return None
        w = self.matrices(k)[1]
        return min(sum(w[i][j] for i in range(j + 1, n)) for j in range(n) if j != self.system["sink"] - 1)

    def f_phi(self, k, j):
        j = self.node(j)
        return None if k is None or not j or self.matrices(k)[2] is None else F(self.phi(k, j)["phi"])

    def f_attained(self, k, j):
        j = self.node(j)
        return UNKNOWN if k is None or not j or self.matrices(k)[2] is None else self.phi(k, j)["attained"]

    def f_phi_min(self, k):
        nodes = [j for j in range(1, self.system["nodes"] + 1)
                 if self.convention["sink_counts"] or j != self.system["sink"]]
        if k is None or self.matrices(k)[2] is None or not nodes:
            return None
        return min([F(self.phi(k, j)["phi"]) for j in nodes])

    def word_product(self, w, i, j, lazy):
        i, j, n = self.node(i), self.node(j), self.system["nodes"]
        if w is None or not i or not j:
            return None
        x = unit(n, i - 1)
        for letter in w:
            if self.matrices(letter)[2] is None:
                return None
            y = step(x, self.matrices(letter)[2])
            x = [(a + b) / 2 for a, b in zip(x, y)] if lazy else y
        return x[j - 1]

    def f_product(self, w, i, j):
        return self.word_product(w, i, j, False)

    def f_rollout(self, w, i, j):
        return self.word_product(w, i, j, True)

    def f_moves(self, k, j, t, m):
        j, t, m = self.node(j), integer(t, 0), integer(m)
        if k is None or not j or t is None or m is None or self.matrices(k)[1] is None:
            return None
        w, n = self.matrices(k)[1], self.system["nodes"]
        law = {(j - 1, 0): F(1)}
        for _ in range(t):
            after = {}
            for (a, count), x in law.items():
                for b in range(n):
                    key = (b, count + (a != b))
                    after[key] = after.get(key, F(0)) + x * w[b][a]
            law = after
        return sum((x for (_, count), x in law.items() if count == m), F(0))

    def graph(self, k):
        return self.matrices(k)[0]

    def f_edges(self, k):
        return None if k is None else sum(map(sum, self.graph(k)))

    def f_indegree(self, k, i):
        i = self.node(i)
        return None if k is None or not i else sum(self.graph(k)[i - 1])

    def f_outdegree(self, k, j):
        j = self.node(j)
        return None if k is None or not j else sum(row[j - 1] for row in self.graph(k))

    def f_choose(self, a, b):
        a, b = integer(a), integer(b)
        return None if a is None or b is None else comb(a, b) if 0 <= b <= a else 0

    def f_printed(self, name, i=None, j=None):
        if i is None:
            return F(self.printed[name])
        i = integer(i, 1, len(self.printed[name]))
        j = i and integer(j, 1, len(self.printed[name][i - 1]))
        return F(self.printed[name][i - 1][j - 1]) if j else None

    def f_floor(self, x):
        return x and (F(x[0] // 1), F(x[1] // 1))

    def f_ceil(self, x):
        return x and (F(-(-x[0] // 1)), F(-(-x[1] // 1)))

    def f_abs(self, x):
        if not x:
            return None
        return (F(0) if x[0] <= 0 <= x[1] else min(abs(x[0]), abs(x[1]))), max(abs(x[0]), abs(x[1]))

    def f_exp(self, x):
        if not x or x == (0, 0):
            return x and (F(1), F(1))
        with decimal.localcontext() as context:
            context.prec = 60
            ends = [F((decimal.Decimal(v.numerator) / decimal.Decimal(v.denominator)).exp()) for v in x]
        return ends[0] * (1 - F(1, 10 ** 50)), ends[1] * (1 + F(1, 10 ** 50))

    def f_min(self, *xs):
        return None if None in xs else (min(x[0] for x in xs), min(x[1] for x in xs))

    def f_max(self, *xs):
        return None if None in xs else (max(x[0] for x in xs), max(x[1] for x in xs))

    def f_feedforward(self, k):
        return UNKNOWN if k is None else all(x == 0 or j <= i for i, row in enumerate(self.graph(k)) for j, x in enumerate(row))

    def f_acyclic(self, k):
        if k is None:
            return UNKNOWN
        g = self.graph(k)
        return not any(j in reach(g, i) and i in reach(g, j) for i in range(len(g)) for j in range(i))

    def f_unique_sink(self, k):
        if k is None:
            return UNKNOWN
        g = self.graph(k)
        return [j + 1 for j in range(len(g)) if not any(g[i][j] and i != j for i in range(len(g)))] == [self.system["sink"]]

    def f_reaches(self, k, j):
        j = self.node(j)
        return UNKNOWN if k is None or not j else j - 1 in reach(self.graph(k), self.system["sink"] - 1)

    def f_has_walk(self, k):
        return UNKNOWN if k is None else self.stochastic(self.matrices(k)[1], True)

    def f_has_diffusion(self, k):
        return UNKNOWN if k is None else self.stochastic(self.matrices(k)[2], False)

    def f_stationary_at_sink(self, k):
        return UNKNOWN if k is None else self.certain(k)

    def f_defined(self, x):
        return x is not None
