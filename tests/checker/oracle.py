"""A plain reading of src/certificate/FORMAT.md in Fractions: evaluates formulas and proves facts for small systems.

Nothing here is fast or clever. It is the second opinion on crosshead-check: the corpus of certificates is made with
it, and statements that the checker accepts after a change are evaluated again by it.
"""
import decimal
import itertools
import re
from fractions import Fraction
from math import comb

F = Fraction
NO, UNKNOWN, YES = 0, 1, 2


# Systems ---------------------------------------------------------------------------------------------------------
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
    return [sum(x[i] * rows[i][j] for i in range(len(x))) for j in range(len(x))]


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


# Families --------------------------------------------------------------------------------------------------------
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


# Facts -----------------------------------------------------------------------------------------------------------
def solve(rows, right):
    """The solution of a square linear system."""
    n = len(rows)
    a = [row[:] + [b] for row, b in zip(rows, right)]
    for c in range(n):
        p = next(r for r in range(c, n) if a[r][c] != 0)
        a[c], a[p] = a[p], a[c]
        a[c] = [x / a[c][c] for x in a[c]]
        for r in range(n):
            if r != c:
                a[r] = [x - a[r][c] * y for x, y in zip(a[r], a[c])]
    return [row[n] for row in a]


class Undecided(Exception):
    pass


def supremum(d, sink, j, first, roots=()):
    """(phi, attained, proof) of node j, by the first kind of proof that applies."""
    n = len(d)
    visited = reach(d, sink)
    if j not in visited:
        return F(0), True, {"by": "superharmonic", "time": first, "horizon": first,
                            "vector": [text_of(k == j) for k in range(n)]}
    xs = [unit(n, sink)]
    for _ in range(80):
        xs.append(step(xs[-1], d))
    if d[j][j] == 1:
        inside = [k for k in range(n) if k != j and j in reach(d, k)]
        y = unit(n, j)
        right = [d[k][j] for k in inside]
        for k, value in zip(inside, solve([[F(k == m) - d[k][m] for m in inside] for k in inside], right)):
            y[k] = value
        left = any(k != j and y[k] > 0 and xs[n][k] > 0 for k in visited)
        return y[sink], not left, {"by": "absorbing", "vector": [text_of(v) for v in y]}
    h = [F(j in reach(d, k)) for k in range(n)]
    best, time = F(-1), None
    closed = [k for k in visited if all(k in reach(d, m) for m in reach(d, k))]
    laws = None
    if j in closed:
        others = sorted(reach(d, j))
        m = len(others)
        equations = [[d[b][a] - F(a == b) for b in others] for a in others[:-1]] + [[F(1)] * m]
        law = [F(0)] * n
        for k, value in zip(others, solve(equations, [F(0)] * (m - 1) + [F(1)])):
            law[k] = value
        laws = [law]
    for horizon in range(first, 60):
        if xs[horizon][j] > best:
            best, time = xs[horizon][j], horizon
        if sum(x * y for x, y in zip(xs[horizon], h)) <= best:
            return best, True, {"by": "superharmonic", "time": time, "horizon": horizon,
                                "vector": [text_of(v) for v in h]}
        if laws and laws[0][j] + sum(abs(a - b) for a, b in zip(xs[horizon], laws[0])) / 2 <= best:
            return best, True, {"by": "contraction", "time": time, "horizon": horizon,
                                "laws": [[text_of(v) for v in laws[0]]]}
    if laws and roots:
        phi = laws[0][j]
        if all(phi > x[j] for x in xs[first:60]):
            return phi, False, {"by": "recurrence", "horizon": max(first, 1), "roots": [text_of(r) for r in roots]}
    for early, late in itertools.combinations(range(first, 40), 2):
        if xs[early] == xs[late]:  # from there on the signal repeats itself; enough for a truth, not for a certificate
            return max(x[j] for x in xs[first:late]), True, {"by": "repetition"}
    raise Undecided(j)


# Formulas --------------------------------------------------------------------------------------------------------
TOKEN = re.compile(r'\s*(?:([A-Za-z_]\w*)|(\d+(?:\.\d+)?)|"([^"]*)"|(<=|>=|!=|\.\.|[<=>+\-*/^()\[\]{},:]))')
FAMILIES = {"unique_sink", "feedforward", "optional_loops", "digraphs", "chains", "diffusions", "line", "star", "full",
            "local", "lazy_line", "file"}


def tokens_of(text):
    at, found = 0, []
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if not match:
            raise ValueError(text[at:])
        kind = next(k for k in range(1, 5) if match.group(k) is not None)
        found.append(("?n0\"."[kind], match.group(kind)))
        at = match.end()
    return found + [("end", "")]


class Parser:
    def __init__(self, text):
        self.tokens, self.at = tokens_of(text), 0

    def peek(self, text):
        return self.tokens[self.at][0] in "n." and self.tokens[self.at][1] == text

    def accept(self, *texts):
        for text in texts:
            if self.peek(text):
                self.at += 1
                return text
        return None

    def expect(self, text):
        if not self.accept(text):
            raise ValueError("expected " + text)

    def next(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self):
        node = self.formula()
        if self.tokens[self.at][0] != "end":
            raise ValueError("trailing text")
        return node

    def formula(self):
        left = self.implication()
        return ("iff", left, self.implication()) if self.accept("iff") else left

    def implication(self):
        left = self.many("or", lambda: self.many("and", self.negation))
        return ("implies", left, self.implication()) if self.accept("implies") else left

    def many(self, word, part):
        parts = [part()]
        while self.accept(word):
            parts.append(part())
        return parts[0] if len(parts) == 1 else (word, *parts)

    def negation(self):
        if self.accept("not"):
            return ("not", self.negation())
        if self.peek("forall") or self.peek("exists"):
            return self.binding(self.formula)
        parts = [self.sum()]
        while mark := self.accept("<=", "<", "=", "!=", ">=", ">"):
            parts += [mark, self.sum()]
        return parts[0] if len(parts) == 1 else ("compare", *parts)

    def sum(self):
        return self.left_to_right(("+", "-"), self.product)

    def product(self):
        return self.left_to_right(("*", "/"), self.factor)

    def left_to_right(self, marks, part):
        node = part()
        while mark := self.accept(*marks):
            node = (mark, node, part())
        return node

    def factor(self):
        if self.accept("-"):
            return ("negative", self.factor())
        base = self.primary()
        return ("^", base, self.factor()) if self.accept("^") else base

    def binding(self, body):
        op = self.next()[1]
        binders = [self.binder()]
        while self.accept(","):
            binders.append(self.binder())
        self.expect(":")
        return (op, binders, body())

    def binder(self):
        name = self.next()[1]
        self.expect("in")
        domain = self.domain()
        return name, domain, self.formula() if self.accept("where") else None

    def listed(self, end, part):
        parts = [part()]
        while self.accept(","):
            parts.append(part())
        self.expect(end)
        return parts

    def domain(self):
        kind, word = self.tokens[self.at]
        if self.accept("{"):
            return ("{", self.listed("}", self.sum))
        if kind == "n" and word in ("nodes", "others", "heads", "simplex"):
            return (self.next()[1],)
        if kind == "n" and (word in ("words", "grid", "inner_grid") or word in FAMILIES) and \
                self.tokens[self.at + 1][1] == "(":
            self.at += 2
            return (word, self.listed(")", self.range))
        low = self.sum()
        self.expect("..")
        return ("..", low, self.sum())

    def range(self):
        if self.tokens[self.at][0] == '"':
            return self.next()[1]
        low = self.sum()
        return (low, self.sum()) if self.accept("..") else (low, low)

    def primary(self):
        kind, word = self.next()
        if kind == "0":
            return ("number", F(word))
        if kind == "." and word == "(":
            node = self.formula()
            self.expect(")")
            return node
        if kind == "." and word == "[":
            return ("word", self.listed("]", self.sum))
        if kind != "n":
            raise ValueError(word)
        if word in ("min", "max", "sum") and not self.peek("("):
            self.at -= 1
            return self.binding(self.sum)
        if self.accept("("):
            return ("call", word, self.listed(")", self.argument))
        return ("name", word)

    def argument(self):
        if self.tokens[self.at][0] == '"':
            return ("text", self.next()[1])
        if word := self.accept("mean", "union"):
            return ("chain", None)
        if self.accept("head"):
            return ("chain", self.primary())
        return self.formula()


def exact(x):
    return x is not None and x[0] == x[1]


def integer(x, low=None, high=None):
    if not exact(x) or x[0].denominator != 1 or (low is not None and x[0] < low) or (high is not None and x[0] > high):
        return None
    return int(x[0])


SAMPLES = 48  # weights in multiples of 1/48 stand for all


class Stop(Exception):
    pass


class Reading:
    """Evaluates one reading and lists the facts that it needs, in the order of first use."""

    def __init__(self, formula, convention, printed=None, given=None, files=None, roots=(), proofs=None):
        self.formula, self.convention, self.roots = formula, convention, roots
        self.printed, self.given, self.files = printed or {}, given, files or {}
        self.proofs = proofs or {}  # (chain, node) -> (phi, attained, proof), where supremum() has no proof of its own
        self.system, self.names = given, {}
        self.systems, self.cache, self.first, self.any = [], {}, None, False
        self.tree = Parser(formula).whole()

    # Facts.
    def use(self, s):
        for k, entry in enumerate(self.systems):
            if entry["system"] == s:
                return k
        self.systems.append({"system": dict(s), "facts": []})
        return len(self.systems) - 1

    def fact(self, key, make):
        entry = self.systems[self.use(self.system)]
        for fact in entry["facts"]:
            if all(fact.get(k) == v for k, v in key.items()):
                return fact
        fact = {**key, **make()}
        if "epsilon" in fact:
            fact["epsilon"] = fact.pop("epsilon")
        entry["facts"].append(fact)
        return fact

    def matrices(self, k):
        key = (repr(self.system), k)
        if key not in self.cache:
            self.cache[key] = chain_matrices(self.system, k)
        return self.cache[key]

    def certain(self, k):
        w, tau = self.matrices(k)[1], self.system["sink"] - 1
        return self.stochastic(w, True) and w[tau][tau] == 1 and len(reach(w, tau)) == len(w)

    @staticmethod
    def stochastic(rows, columns):
        return rows is not None and all(sum(line) == 1 for line in (transpose(rows) if columns else rows))

    def distance(self, k, t):
        w = self.matrices(k)[1]
        x = unit(len(w), self.system["sink"] - 1)
        for _ in range(t):
            x = step(x, w)
        return 1 - (sum(x) / len(x) if self.convention["start"] == "average" else min(x))

    def mixing(self, k, name, epsilon):
        l1 = name == "t_mix_l1" or self.convention["distance"] == "l1"

        def make():
            t = 0
            while not (2 * self.distance(k, t) < epsilon if l1 else self.distance(k, t) <= epsilon):
                t += 1
            return {name: t}

        of = "mean" if k == 0 else "head %d" % k
        fact = self.fact({"of": of, "epsilon": text_of(epsilon), "~": name}, make)
        return F(fact[name])

    def phi(self, k, j):
        def make():
            value, attained, proof = self.proofs.get((k, j)) or supremum(
                self.matrices(k)[2], self.system["sink"] - 1, j - 1, self.convention["first_step"], self.roots)
            return {"phi": text_of(value), "attained": attained, "proof": proof}

        return self.fact({"of": "mean" if k == 0 else "head %d" % k, "node": j}, make)

    def listed(self):
        """The systems with their facts as a certificate shows them."""
        order = ("of", "t_mix", "t_mix_l1", "epsilon", "node", "phi", "attained", "proof", "weights", "order", "pieces")
        return [{"system": e["system"], "facts": [{k: f[k] for k in order if k in f} for f in e["facts"]]}
                for e in self.systems]

    # Evaluation. Numbers are None or pairs of bounds.
    def truth(self):
        return self.value(self.tree)

    def value(self, node):
        op = node[0]
        if op in ("forall", "exists"):
            return self.quantified(node)
        if op in ("sum", "min", "max") and isinstance(node[1], list):
            return self.aggregate(node)
        return getattr(self, "op_" + {"+": "add", "-": "subtract", "*": "times", "/": "over", "^": "power"}.get(op, op))(node)

    def op_number(self, node):
        return node[1], node[1]

    def op_name(self, node):
        if node[1] in ("true", "false"):
            return YES if node[1] == "true" else NO
        if node[1] in self.names:
            return self.names[node[1]]
        s = self.system
        x = F({"n": s["nodes"], "N": s["nodes"] - 1, "H": len(s["heads"]), "tau": s["sink"]}[node[1]])
        return x, x

    def op_text(self, node):
        return node[1]

    def op_chain(self, node):
        return 0 if node[1] is None else integer(self.value(node[1]), 1, len(self.system["heads"]))

    def op_word(self, node):
        word = [integer(self.value(x), 1, len(self.system["heads"])) for x in node[1]]
        return None if None in word else tuple(word)

    def both(self, node):
        return self.value(node[1]), self.value(node[2])

    def op_negative(self, node):
        x = self.value(node[1])
        return x and (-x[1], -x[0])

    def op_add(self, node):
        a, b = self.both(node)
        return a and b and (a[0] + b[0], a[1] + b[1])

    def op_subtract(self, node):
        a, b = self.both(node)
        return a and b and (a[0] - b[1], a[1] - b[0])

    @staticmethod
    def times(a, b):
        if not a or not b:
            return None
        corners = [x * y for x in a for y in b]
        return min(corners), max(corners)

    def op_times(self, node):
        return self.times(*self.both(node))

    def op_over(self, node):
        a, b = self.both(node)
        return self.times(a, (1 / b[1], 1 / b[0])) if a and b and not b[0] <= 0 <= b[1] else None

    def op_power(self, node):
        a, k = self.value(node[1]), integer(self.value(node[2]))
        if not a or k is None or (k < 0 and a[0] <= 0 <= a[1]):
            return None
        ends = sorted((a[0] ** k, a[1] ** k))
        return (F(0) if a[0] < 0 < a[1] and k > 0 and k % 2 == 0 else ends[0]), ends[1]

    def op_compare(self, node):
        result, left = YES, self.value(node[1])
        for mark, part in zip(node[2::2], node[3::2]):
            right = self.value(part)
            result = min(result, self.compare(left, mark, right))
            if result == NO:
                return NO
            left = right
        return result

    @staticmethod
    def compare(a, mark, b):
        if not a or not b:
            return UNKNOWN
        less = YES if a[1] < b[0] else NO if a[0] >= b[1] else UNKNOWN
        more = YES if b[1] < a[0] else NO if b[0] >= a[1] else UNKNOWN
        same = YES if exact(a) and a == b else NO if YES in (less, more) else UNKNOWN
        return {"<": less, ">": more, "<=": 2 - more, ">=": 2 - less, "=": same, "!=": 2 - same}[mark]

    def op_not(self, node):
        return 2 - self.value(node[1])

    def op_and(self, node):
        result = YES
        for part in node[1:]:
            result = min(result, self.value(part))
            if result == NO:
                break
        return result

    def op_or(self, node):
        result = NO
        for part in node[1:]:
            result = max(result, self.value(part))
            if result == YES:
                break
        return result

    def op_implies(self, node):
        left = self.value(node[1])
        return YES if left == NO else max(2 - left, self.value(node[2]))

    def op_iff(self, node):
        a, b = self.both(node)
        return UNKNOWN if UNKNOWN in (a, b) else YES if a == b else NO

    # Binders.
    def quantified(self, node):
        stop = NO if node[0] == "forall" else YES
        result = 2 - stop

        def visit():
            nonlocal result
            now = self.value(node[2])
            result = min(result, now) if stop == NO else max(result, now)
            if node is self.tree:
                self.any = True
                if result == stop:
                    self.first = self.instance(node)
            if result == stop:
                raise Stop

        try:
            if not self.instances(node[1], visit):
                result = min(result, UNKNOWN) if stop == NO else max(result, UNKNOWN)
        except Stop:
            if result != stop:
                raise
        return result

    def aggregate(self, node):
        values = []
        if not self.instances(node[1], lambda: values.append(self.value(node[2]))) or None in values:
            return None
        if node[0] == "sum":
            return sum(v[0] for v in values), sum(v[1] for v in values)
        pick = min if node[0] == "min" else max
        return (pick(v[0] for v in values), pick(v[1] for v in values)) if values else None

    def instances(self, binders, visit):
        if not binders:
            visit()
            return True
        name, domain, where = binders[0]
        outer, names, defined = self.system, dict(self.names), True
        elements = self.elements(domain)
        if elements is None:
            return False
        try:
            for element in elements:
                if name == "system":
                    self.system = element
                elif name == "weights":
                    self.system = {**outer, "weights": [text_of(w) for w in element]}
                else:
                    self.names[name] = element
                if where is None or self.value(where) == YES:
                    defined = self.instances(binders[1:], visit) and defined
        finally:
            self.system, self.names = outer, names
        return defined

    def elements(self, domain):
        op, s = domain[0], self.system
        whole = lambda values: [(F(v), F(v)) for v in values]
        if op == "{":
            return [self.value(x) for x in domain[1]]
        if op in ("nodes", "others"):
            return whole(k for k in range(1, s["nodes"] + 1) if op == "nodes" or k != s["sink"])
        if op == "heads":
            return whole(range(1, len(s["heads"]) + 1))
        if op == "..":
            low, high = integer(self.value(domain[1])), integer(self.value(domain[2]))
            return None if low is None or high is None else whole(range(low, high + 1))
        if op == "file":
            return [self.files[domain[1][0]]]
        if op == "simplex":  # a sample: enough to refute, and to compare with what is proved
            return [[F(k, SAMPLES), 1 - F(k, SAMPLES)] for k in range(SAMPLES + 1)]
        arguments = []
        for low, high in domain[1]:
            low = self.value(low)
            arguments.append((low, self.value(high) if high is not None else low))
        if op in ("words", "grid", "inner_grid"):
            size, heads = integer(arguments[0][0], 0 if op == "words" else 1), len(s["heads"])
            if size is None:
                return None
            if op == "words":
                return list(itertools.product(range(1, heads + 1), repeat=size))
            return [[F(k, size) for k in c] for c in compositions(size, heads) if op == "grid" or 0 not in c]
        if not all(exact(x) for pair in arguments for x in pair):
            return None
        return family(op, [(a[0], b[0]) for a, b in arguments])

    def instance(self, node):
        found = []
        for name, domain, _ in node[1]:
            if name == "system":
                found.append({"name": name, "system": self.use(self.system)})
            elif name == "weights":
                found.append({"name": name, "weights": self.system["weights"]})
            elif domain[0] == "words":
                found.append({"name": name, "word": list(self.names[name])})
            else:
                found.append({"name": name, "value": text_of(self.names[name][0])})
        return found

    # Functions.
    def op_call(self, node):
        name, parts = node[1], node[2]
        if name == "if":
            condition = self.value(parts[0])
            return None if condition == UNKNOWN else self.value(parts[1 if condition == YES else 2])
        result = getattr(self, "f_" + name)(*[self.value(part) for part in parts])
        if isinstance(result, bool):
            return YES if result else NO
        return (F(result), F(result)) if isinstance(result, (int, Fraction)) and name not in TRUTHS else result

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


TRUTHS = {"feedforward", "acyclic", "unique_sink", "reaches", "has_walk", "has_diffusion", "stationary_at_sink",
          "attained", "defined"}
