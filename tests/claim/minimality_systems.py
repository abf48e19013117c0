"""Head systems and their quantities over Fractions, from the definitions alone; standard library only.

Nodes count from 0 here and the sink is the last one. Families are listed in the order that
src/certificate/FORMAT.md, section 3, declares, by plain sorting: sets of distinct heads by their total number of
edges (nonzero entries), then by the codes of their heads. No algorithm of the program is followed: powers are dense,
stationary laws are null spaces, and suprema are decided as the functions below explain.
"""

from fractions import Fraction
from itertools import combinations, product


class System:
    """Heads with uniform weights unless others are given; a head is a set of edges, or a walk or diffusion matrix."""

    def __init__(self, n, heads, weights=None, kind="edges"):
        self.n, self.heads, self.kind = n, heads, kind
        self.weights = weights or [Fraction(1, len(heads))] * len(heads)

    def with_weights(self, weights):
        return System(self.n, self.heads, list(weights), self.kind)

    def walk(self, head=None):
        if head is None:
            return self.mean([self.walk(h) for h in range(len(self.heads))])
        if self.kind == "walk":
            return self.heads[head]
        edges, n = self.heads[head], self.n
        out = [sum((j, i) in edges for i in range(n)) for j in range(n)]
        if 0 in out:
            return None
        return [[Fraction((j, i) in edges, out[j]) for j in range(n)] for i in range(n)]

    def diffusion(self, head=None):
        if head is None:
            return self.mean([self.diffusion(h) for h in range(len(self.heads))])
        if self.kind == "diffusion":
            return self.heads[head]
        edges, n = self.heads[head], self.n
        into = [sum((j, i) in edges for j in range(n)) for i in range(n)]
        if 0 in into:
            return None
        return [[Fraction((j, i) in edges, into[i]) for j in range(n)] for i in range(n)]

    def mean(self, matrices):
        used = [(m, w) for m, w in zip(matrices, self.weights) if w > 0]
        if any(m is None for m, _ in used):
            return None
        return [[sum(w * m[i][j] for m, w in used) for j in range(self.n)] for i in range(self.n)]

    def text(self):
        """The heads as the program's evidence shows them."""
        if self.kind == "edges":
            loops = any((j, j) not in edges for edges in self.heads for j in range(self.n))
            shown = ["{" + ", ".join(f"{j + 1}->{i + 1}" for j, i in sorted(edges) if loops or i != j) + "}"
                     for edges in self.heads]
        else:
            letter = "W" if self.kind == "walk" else "D"
            shown = [letter + " = [" + "; ".join(" ".join(map(str, row)) for row in m) + "]" for m in self.heads]
        return f"n = {self.n}, head{'s' if len(shown) > 1 else ''} " + ", ".join(shown)


def graphs(n, kind):
    """(code, edges) of every graph of the family, self-loops included."""
    forward = [(j, i) for j in range(n) for i in range(j + 1, n)]
    loops = [(j, j) for j in range(n)]
    places = {"digraphs": [(j, i) for j in range(n) for i in range(n) if i != j],
              "optional_loops": forward + loops}.get(kind, forward)
    for code in product((0, 1), repeat=len(places)):
        edges = {place for place, there in zip(places, code) if there} | (
            set() if kind == "optional_loops" else set(loops))
        if kind != "unique_sink" or all(any(j == k < i for j, i in edges) for k in range(n - 1)):
            yield code, frozenset(edges)


def splits(total, parts):
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in splits(total - first, parts - 1):
            yield (first,) + rest


def chains(n, d):
    columns = [[c for c in splits(d, n - j) if j == n - 1 or c[0] < d] for j in range(n)]
    for choice in product(*columns):
        matrix = [[Fraction(choice[j][i - j], d) if i >= j else Fraction(0) for j in range(n)] for i in range(n)]
        yield tuple(x for column in choice for x in column), matrix


def diffusions(n, d):
    for choice in product(*[list(splits(d, i + 1)) for i in range(n)]):
        matrix = [[Fraction(choice[i][j], d) if j <= i else Fraction(0) for j in range(n)] for i in range(n)]
        if all(any(matrix[i][j] for i in range(j + 1, n)) for j in range(n - 1)):
            yield tuple(x for row in choice for x in row), matrix


def family(kind, sizes, heads, d=None):
    """The systems in their declared order; `sizes` and `heads` are the ranges, both ascending, sizes outermost."""
    for n in sizes:
        if kind == "chains":
            members, what = list(chains(n, d)), "walk"
        elif kind == "diffusions":
            members, what = list(diffusions(n, d)), "diffusion"
        else:
            members, what = list(graphs(n, kind)), "edges"
        def size(member):
            return len(member[1]) if what == "edges" else sum(x != 0 for x in member[0])
        members.sort(key=lambda member: member[0])
        for count in heads:
            sets = sorted(combinations(members, count),
                          key=lambda chosen: (sum(map(size, chosen)), [member[0] for member in chosen]))
            for chosen in sets:
                yield System(n, [member[1] for member in chosen], kind=what)


def times(a, b):
    n = len(a)
    return [[sum(a[i][k] * b[k][j] for k in range(n)) for j in range(n)] for i in range(n)]


def powers(matrix):
    n = len(matrix)
    power = [[Fraction(i == j) for j in range(n)] for i in range(n)]
    while True:
        yield power
        power = times(power, matrix)


def last_rows(matrix, count):
    """The sink's row of the powers 0, ..., count - 1."""
    return [power[-1] for power, _ in zip(powers(matrix), range(count))]


def distances(walk, count):
    """Worst total variation to the point mass at the sink after 0, ..., count - 1 steps, by its definition."""
    n = len(walk)
    result = []
    for power, _ in zip(powers(walk), range(count)):
        result.append(max(sum(abs(power[i][j] - (i == n - 1)) for i in range(n)) / 2 for j in range(n)))
    return result


def mixing_time(walk, epsilon):
    n = len(walk)
    for t, power in enumerate(powers(walk)):
        if max(sum(abs(power[i][j] - (i == n - 1)) for i in range(n)) / 2 for j in range(n)) <= epsilon:
            return t


def forward_probability(walk):
    n = len(walk)
    return min(sum(walk[i][j] for i in range(j + 1, n)) for j in range(n - 1))


def drains(walk):
    """Is the point mass at the last node the only stationary law? The null space of W - I, by elimination."""
    if walk is None:
        return False
    n = len(walk)
    if any(walk[i][n - 1] != (i == n - 1) for i in range(n)):
        return False
    rows = [[walk[i][j] - (i == j) for j in range(n)] for i in range(n)]
    rank = 0
    for column in range(n):
        pivot = next((r for r in range(rank, n) if rows[r][column]), None)
        if pivot is None:
            continue
        rows[rank], rows[pivot] = rows[pivot], rows[rank]
        for r in range(rank + 1, n):
            factor = rows[r][column] / rows[rank][column]
            rows[r] = [a - factor * b for a, b in zip(rows[r], rows[rank])]
        rank += 1
    return rank == n - 1


def sinks(edges, n):
    return [j for j in range(n) if not any(a == j != b for a, b in edges)]


def unique_sink(edges, n):
    return sinks(edges, n) == [n - 1]


def fidelity(diffusion, j, first_step=1):
    """(supremum, attained) of the signal of j for a lower triangular D with row sums 1.

    Read D as a chain that starts at the sink and only moves to smaller numbers. If D_jj < 1 the chain leaves j for
    ever; its mass on the moving nodes that can reach j never increases, and once it is at most the best signal so far
    nothing later is larger. If D_jj = 1 the signal never decreases; its limit is the probability of ending in j,
    reached only when no mass moves any more: mass that moves after n steps sits at a node with a self-loop, for ever.
    """
    n = len(diffusion)
    reaching = [any(power[i][j] for power, _ in zip(powers(diffusion), range(n))) for i in range(n)]
    moving = [i for i in range(j, n) if reaching[i] and diffusion[i][i] < 1]
    if diffusion[j][j] == 1:
        ends = [Fraction(i == j) for i in range(n)]
        for i in range(j + 1, n):
            if diffusion[i][i] < 1:
                ends[i] = sum(diffusion[i][k] * ends[k] for k in range(i)) / (1 - diffusion[i][i])
        rows = last_rows(diffusion, first_step + n + 1)[first_step:]
        return ends[n - 1], any(sum(row[i] for i in moving) == 0 for row in rows)
    best = None
    for t, power in enumerate(powers(diffusion)):
        if t >= first_step:
            row = power[n - 1]
            best = row[j] if best is None else max(best, row[j])
            if sum(row[i] for i in moving) <= best:
                return best, True


def minimax(diffusion, first_step=1, sink_counts=True):
    n = len(diffusion)
    return min(fidelity(diffusion, j, first_step)[0] for j in range(n if sink_counts else n - 1))


def best_of(system, value):
    """[value(head matrix)] over the heads by their diffusion matrices."""
    return [value(system.diffusion(h)) for h in range(len(system.heads))]
