"""Head systems in Fractions: their matrices by definition, and the families in their declared order."""
import itertools
from fractions import Fraction as F


def text_of(x):
    return str(F(x))


def edge_head(edges):
    return {"edges": [list(e) for e in sorted(edges)]}


def walk_head(rows):
    return {"walk": [[text_of(x) for x in row] for row in rows]}


def diffusion_head(rows):
    return {"diffusion": [[text_of(x) for x in row] for row in rows]}


def system(n, heads, weights=None, sink=None):
    weights = weights or [F(1, len(heads))] * len(heads)
    return {"nodes": n, "sink": sink or n, "heads": heads, "weights": [text_of(w) for w in weights]}


def rows_of(rows):
    return [[F(x) for x in row] for row in rows]


def columns_normalised(rows):
    n = len(rows)
    sums = [sum(rows[i][j] for i in range(n)) for j in range(n)]
    return None if 0 in sums else [[rows[i][j] / sums[j] for j in range(n)] for i in range(n)]


def transpose(rows):
    return [list(column) for column in zip(*rows)]


def head_matrices(head, n):
    """Graph, walk matrix, diffusion matrix (None where undefined), and whether the walk is the head's own."""
    if "edges" in head:
        graph = [[F(0)] * n for _ in range(n)]
        for j, i in head["edges"]:
            graph[i - 1][j - 1] = F(1)
        walk = columns_normalised(graph)
        diffusion = columns_normalised(transpose(graph))
        return graph, walk, diffusion and transpose(diffusion), True
    walk = rows_of(head["walk"]) if "walk" in head else None
    diffusion = rows_of(head["diffusion"]) if "diffusion" in head else None
    graph = [[F(any(m and m[i][j] > 0 for m in (walk, diffusion))) for j in range(n)] for i in range(n)]
    return graph, walk or columns_normalised(diffusion), diffusion, walk is not None


def chain_matrices(s, k):
    """Graph, W and D of head k, or of the mean for k = 0."""
    n = s["nodes"]
    if k:
        return head_matrices(s["heads"][k - 1], n)[:3]
    parts = [(F(w), head_matrices(h, n)) for w, h in zip(s["weights"], s["heads"]) if F(w) > 0]

    def mean(which):
        if any(m[which] is None for _, m in parts):
            return None
        return [[sum(w * m[which][i][j] for w, m in parts) for j in range(n)] for i in range(n)]

    diffusion = mean(2)
    walk = mean(1) if all(m[3] for _, m in parts) else diffusion and columns_normalised(diffusion)
    return [[F(x > 0) for x in row] for row in mean(0)], walk, diffusion


def step(x, rows):
    """The row vector times the matrix, zeros left out."""
    result = [F(0)] * len(x)
    for value, row in zip(x, rows):
        if value:
            for j, entry in enumerate(row):
                if entry:
                    result[j] += value * entry
    return result


def unit(n, k):
    return [F(i == k) for i in range(n)]


def reach(rows, start):
    seen, open_nodes = {start}, [start]
    while open_nodes:
        for j, x in enumerate(rows[open_nodes.pop()]):
            if x > 0 and j not in seen:
                seen.add(j)
                open_nodes.append(j)
    return seen


def compositions(total, parts):
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in compositions(total - first, parts - 1):
            yield (first,) + rest


def family_heads(name, n, d):
    """Pairs (code, head) of a family of sets."""
    nodes = range(1, n + 1)
    if name in ("chains", "diffusions"):
        sizes = [n - j + 1 for j in nodes] if name == "chains" else list(nodes)
        for groups in itertools.product(*[list(compositions(d, size)) for size in sizes]):
            rows = [[F(0)] * n for _ in nodes]
            for a, group in enumerate(groups):
                for b, value in enumerate(group):
                    if name == "chains":
                        rows[a + b][a] = F(value, d)
                    else:
                        rows[a][b] = F(value, d)
            if all(any(rows[i][j] > 0 for i in range(j + 1, n)) for j in range(n - 1)):
                yield sum(groups, ()), (walk_head if name == "chains" else diffusion_head)(rows)
        return
    if name == "digraphs":
        places = [(j, i) for j in nodes for i in nodes if i != j]
    else:
        places = [(j, i) for j in nodes for i in nodes if i > j]
    if name == "optional_loops":
        places += [(j, j) for j in nodes]
    for code in itertools.product((0, 1), repeat=len(places)):
        edges = [place for place, bit in zip(places, code) if bit]
        if name == "unique_sink" and any(all(j != k or i == k for j, i in edges) for k in range(1, n)):
            continue
        if name != "optional_loops":
            edges = edges + [(j, j) for j in nodes]
        yield code, edge_head(edges)


def family(name, arguments):
    """The systems of a family in the declared order; arguments are pairs (low, high)."""
    for n in range(int(arguments[0][0]), int(arguments[0][1]) + 1):
        if n < 1:
            continue
        loops = [(j, j) for j in range(1, n + 1)]
        if name == "lazy_line":
            heads = []
            for p, _ in arguments[1:]:
                rows = [[F(0)] * n for _ in range(n)]
                for j in range(n - 1):
                    rows[j][j], rows[j + 1][j] = 1 - p, p
                rows[n - 1][n - 1] = F(1)
                heads.append(walk_head(rows))
            yield system(n, heads)
        elif name in ("line", "star", "full", "local"):
            reachable = {"line": lambda j: [j + 1], "star": lambda j: [n], "full": lambda j: range(j + 1, n + 1),
                         "local": lambda j: range(j + 1, j + 1 + int(arguments[1][0]))}[name]
            edges = {(j, i) for j in range(1, n + 1) for i in reachable(j) if i <= n}
            yield system(n, [edge_head(edges | set(loops))])
        else:
            heads = list(family_heads(name, n, int(arguments[2][0]) if len(arguments) > 2 else 1))
            for size in range(int(arguments[1][0]), int(arguments[1][1]) + 1):
                if size < 1:
                    continue
                sets = [sorted(s, key=lambda h: h[0]) for s in itertools.combinations(heads, size)]
                sets.sort(key=lambda s: (sum(sum(x != 0 for x in h[0]) for h in s), [h[0] for h in s]))
                for chosen in sets:
                    yield system(n, [h[1] for h in chosen])
