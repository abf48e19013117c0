"""Functions and predicates of the current system, as a part of the oracle's evaluation. Facts are reported to it in the
order in which values are asked for.
"""
from fractions import Fraction

from formula_oracle_numbers import exact, whole
from formula_oracle_systems import descendants


class Quantities:
    """What an evaluation knows of its current system."""

    def predicate(self, name, chain, numbers):
        system, edges = self.system, self.system.graph(chain)
        j = whole(numbers[0], 1, system.n) if numbers else None
        if name == "feedforward":
            return all(a <= b for a, b in edges)
        if name == "acyclic":
            return all(a not in descendants(edges, b) for a, b in edges if a != b)
        if name == "unique_sink":
            return {a for a in system.nodes() if all(x != a or y == a for x, y in edges)} == {system.sink}
        if name == "reaches":
            return None if j is None else system.sink in descendants(edges, j)
        if name == "has_walk":
            return system.walk(chain) is not None
        if name == "has_diffusion":
            return system.diffusion(chain) is not None
        if name == "stationary_at_sink":
            return system.absorption_is_certain(chain)
        assert name == "attained", name
        found = self.phi(chain, numbers[0])
        return None if found is None else found[1]

    def chain(self, node):
        """"mean", "union", a head from 0, or None."""
        if node[0] == "chain":
            return node[1]
        head = whole(self.number(node[1]), 1, len(self.system.heads))
        return None if head is None else head - 1

    def word(self, node):
        letters = [exact(h) for h in self.names[node[1]]] if node[0] == "name" else list(map(self.number, node[1]))
        heads = [whole(letter, 1, len(self.system.heads)) for letter in letters]
        return None if None in heads else heads

    def weight(self, head):
        head = whole(head, 1, len(self.system.heads))
        return None if head is None else exact(self.system.weights[head - 1])

    def of_word(self, name, word, values):
        system = self.system
        if name == "word_weight":
            result = Fraction(1)
            for letter in word:
                result *= system.weights[letter - 1]
            return exact(result)
        if name == "letters":
            head = whole(values[0], 1, len(system.heads))
            return None if head is None else exact(word.count(head))
        i, j = (whole(value, 1, system.n) for value in values)
        matrices = [system.diffusion(letter - 1) for letter in word]
        if i is None or j is None or None in matrices:
            return None
        column = [Fraction(k == j) for k in system.nodes()]
        for matrix in reversed(matrices):
            column = [sum(a * b for a, b in zip(row, column)) if name == "product"
                      else (column[k] + sum(a * b for a, b in zip(row, column))) / 2 for k, row in enumerate(matrix)]
        return exact(column[i - 1])

    def of_chain(self, name, chain, values):
        system, start = self.system, self.convention["start"]
        if name in ("W", "D"):
            i, j = (whole(value, 1, system.n) for value in values)
            matrix = system.walk(chain) if name == "W" else system.diffusion(chain)
            return None if None in (i, j, matrix) else exact(matrix[i - 1][j - 1])
        if name in ("signal", "absorbed"):
            matrix = system.diffusion(chain) if name == "signal" else system.walk(chain)
            j, t = whole(values[0], 1, system.n), whole(values[1], 0)
            which = "D" if name == "signal" else "W"
            return None if None in (j, t, matrix) else exact(system.row(matrix, (which, chain), t)[j - 1])
        if name == "distance":
            t = whole(values[0], 0)
            certain = t is not None and system.absorption_is_certain(chain)
            return exact(system.distance(chain, t, start)) if certain else None
        if name in ("t_mix", "t_mix_l1"):
            epsilon = values[0][0]
            if not system.absorption_is_certain(chain) or epsilon <= 0:
                return None
            distance = "l1" if name == "t_mix_l1" else self.convention["distance"]
            time = system.mixing_time(chain, epsilon, distance, start)
            self.fact((chain, name, epsilon, time))
            return exact(time)
        if name == "p":
            walk = system.walk(chain)
            if walk is None or system.n == 1:
                return None
            return exact(min(sum(walk[i][j] for i in range(j + 1, system.n)) for j in range(system.n)
                             if j + 1 != system.sink))
        if name == "phi":
            found = self.phi(chain, values[0])
            return None if found is None else exact(found[0])
        if name == "phi_min":
            nodes = [j for j in system.nodes() if self.convention["sink_counts"] or j != system.sink]
            return self.combined("min", [self.of_chain("phi", chain, [exact(j)]) for j in nodes])
        if name == "moves":
            j, t, k = whole(values[0], 1, system.n), whole(values[1], 0), whole(values[2])
            return None if None in (j, t, k, system.walk(chain)) else exact(moved(system.walk(chain), j - 1, t, k))
        edges = system.graph(chain)
        if name == "edges":
            return exact(len(edges))
        j = whole(values[0], 1, system.n)
        if j is None:
            return None
        if name in ("indegree", "outdegree"):
            return exact(sum(j == (i if name == "indegree" else a) for a, i in edges))
        t = whole(values[1], 0)
        return None if t is None else exact(walks(system, edges, j, t, name == "walks"))

    def phi(self, chain, j):
        j = whole(j, 1, self.system.n)
        if j is None or self.system.diffusion(chain) is None:
            return None
        supremum, attained = self.system.fidelities(chain, self.convention["first_step"])[j - 1]
        self.fact((chain, "phi", j, supremum, attained))
        return supremum, attained


def walks(system, edges, j, t, to_sink):
    if t == 0:
        return int(not to_sink or j == system.sink)
    return sum(walks(system, edges, i, t - 1, to_sink) for a, i in edges if a == j)


def moved(walk, j, t, k):
    """Probability of k moves in t steps from j, step by step."""
    if k < 0 or k > t:
        return Fraction(0)
    if t == 0:
        return Fraction(1)
    return sum(walk[i][j] * moved(walk, i, t - 1, k - (i != j)) for i in range(len(walk)) if walk[i][j])
