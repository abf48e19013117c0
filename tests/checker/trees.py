"""Formulas as trees (src/certificate/FORMAT.md, sections 2 and 8): spelt out from the claim language, and evaluated.

tree_of(text, convention) spells a formula of the claim language out; TreeReading evaluates any tree and lists the
facts that it needs, in plain Fractions. Numbers are None or pairs of bounds; truth values are the numbers 1 and 0.
"""
import itertools

from oracle import (NO, SAMPLES, UNKNOWN, F, Parser, Reading, Stop, compositions, exact, family, integer, reach, step,
                    supremum, text_of, unit)

NODES, HEADS = ["..", 1, "n"], ["..", 1, "H"]
MARKS = {"<": lambda x, y: ["<", x, y], "<=": lambda x, y: ["<=", x, y], "=": lambda x, y: ["=", x, y],
         ">": lambda x, y: ["<", y, x], ">=": lambda x, y: ["<=", y, x], "!=": lambda x, y: ["not", ["=", x, y]]}


class Malformed(Exception):
    """A tree that section 2 does not allow."""


def names_in(node):
    """All words of a parsed formula, so that a fresh name is none of them."""
    if isinstance(node, str):
        return {node}
    return set().union(*map(names_in, node)) if isinstance(node, (tuple, list)) else set()


def both_or_neither(a, b):
    return ["or", ["and", a, b], ["and", ["not", a], ["not", b]]]


class Speller:
    """Section 8: a parsed formula of the claim language as a tree."""

    def __init__(self, node, convention):
        self.used, self.convention, self.simplex = names_in(node), convention, False

    def fresh(self, letter):
        name = next(n for n in itertools.chain([letter], (letter + str(k) for k in itertools.count(2)))
                    if n not in self.used)
        self.used.add(name)
        return name

    def spell(self, node):
        op = node[0]
        if op == "number":
            return int(node[1]) if node[1].denominator == 1 else ["/", node[1].numerator, node[1].denominator]
        if op == "name":
            return ["-", "n", 1] if node[1] == "N" else node[1]
        if op == "text":
            return node[1]
        if op == "chain":
            return "mean" if node[1] is None else ["head", self.spell(node[1])]
        if op == "word":
            return ["word", *map(self.spell, node[1])]
        if op == "negative":
            return ["-", 0, self.spell(node[1])]
        if op == "compare":
            parts = [self.weighed(x, mark, y) or MARKS[mark](self.spell(x), self.spell(y))
                     for x, mark, y in zip(node[1::2], node[2::2], node[3::2])]
            return parts[0] if len(parts) == 1 else ["and", *parts]
        if op in ("implies", "iff"):
            a, b = self.spell(node[1]), self.spell(node[2])
            return ["or", ["not", a], b] if op == "implies" else both_or_neither(a, b)
        if op == "call":
            return self.call(node[1], [self.spell(x) for x in node[2]])
        if isinstance(node[1], list):
            name = op + "_over" if op in ("min", "max") else op
            outside = self.simplex
            self.simplex = outside or any(domain[0] == "simplex" for _, domain, _ in node[1])
            spelt = [name, *map(self.binder, node[1]), self.spell(node[2])]
            self.simplex = outside
            return spelt
        return [op, *map(self.spell, node[1:])]

    def weighed(self, x, mark, y):
        """A comparison over the simplex whose left or right side is the mean's or a weight's, else None."""
        of_weights = lambda side: self.simplex and side[0] == "call" and (
            side[1] == "weight" or side[1] in ("phi", "phi_min", "t_mix", "t_mix_l1") and side[2][0] == ("chain", None))
        if of_weights(y) and not of_weights(x):
            return self.weighed(y, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[mark], x)
        if not of_weights(x):
            return None
        more, strict = mark[0] == ">", mark in (">", "<=")
        name, given = x[1], [self.spell(part) for part in x[2][1:]]
        if name in ("t_mix", "t_mix_l1"):
            l1 = name == "t_mix_l1" or self.convention["distance"] == "l1"
            bound = self.spell(y)
            if mark in ("<", ">="):
                steps = ["-", ["-", 0, ["floor", ["-", 0, bound]]], 1]
            else:
                steps = ["floor", bound]
            result = ["absorbed>" if l1 else "absorbed>=", steps, ["-", 1, ["/", given[0], 2] if l1 else given[0]]]
            return ["not", result] if more else result
        suffix = ">" if strict else ">="
        if name == "weight":
            result = ["weight" + suffix, self.spell(x[2][0]), self.spell(y)]
        elif name == "phi_min":
            result = [("minimax" if self.convention["sink_counts"] else "others") + suffix, self.spell(y)]
        elif of_weights(y):
            result = ["nodes" + suffix, given[0], self.spell(y[2][1])]
        else:
            result = ["node" + suffix, given[0], self.spell(y)]
        return result if more else ["not", result]

    def binder(self, binder):
        name, domain, where = binder
        kind, condition = domain[0], []
        if kind in ("nodes", "heads", "others"):
            spelt = HEADS if kind == "heads" else NODES
            if kind == "others":
                condition.append(["not", ["=", name, "tau"]])
        elif kind == "simplex":
            spelt = ["simplex"]
        elif kind == "..":
            spelt = ["..", self.spell(domain[1]), self.spell(domain[2])]
        elif kind == "{":
            spelt = ["list", *map(self.spell, domain[1])]
        else:
            spelt = [kind, *(self.spell(low) if low is high else ["..", self.spell(low), self.spell(high)]
                             for low, high in domain[1])]
        condition += [self.spell(where)] if where else []
        return [name, spelt] + ([["and", *condition]] if len(condition) == 2 else condition)

    def call(self, name, x):
        c = x[0]
        if name in ("min", "max"):
            return x[0] if len(x) == 1 else [name, self.call(name, x[:-1]), x[-1]]
        if name == "abs":
            return ["max", c, ["-", 0, c]]
        if name == "ceil":
            return ["-", 0, ["floor", ["-", 0, c]]]
        if name == "t_mix" and self.convention["distance"] == "l1":
            return ["t_mix_l1", *x]
        if name == "stationary_at_sink":
            return ["absorbing", c]
        if name == "reaches":
            return ["path", c, x[1], "tau"]
        if name == "outdegree":
            i = self.fresh("i")
            return ["sum", [i, NODES], ["edge", c, x[1], i]]
        if name == "indegree":
            j = self.fresh("j")
            return ["sum", [j, NODES], ["edge", c, j, x[1]]]
        if name not in ("p", "phi_min", "has_walk", "has_diffusion", "edges", "feedforward", "unique_sink", "acyclic"):
            return [name, *x]
        j = self.fresh("j")
        others = [j, NODES, ["not", ["=", j, "tau"]]]
        if name == "phi_min":
            return ["min_over", [j, NODES] if self.convention["sink_counts"] else others, ["phi", c, j]]
        i = self.fresh("i")
        if name == "p":
            return ["min_over", others, ["sum", [i, ["..", ["+", j, 1], "n"]], ["W", c, i, j]]]
        if name in ("has_walk", "has_diffusion"):
            entry = ["W", c, i, j] if name == "has_walk" else ["D", c, j, i]
            return ["and", ["defined", [entry[0], c, 1, 1]], ["forall", [j, NODES], ["=", ["sum", [i, NODES], entry], 1]]]
        if name == "edges":
            return ["sum", [j, NODES], [i, NODES], ["edge", c, j, i]]
        if name == "feedforward":
            return ["forall", [j, NODES], [i, ["..", 1, ["-", j, 1]]], ["=", ["edge", c, j, i], 0]]
        if name == "unique_sink":
            leaves_none = ["=", ["sum", [i, NODES], ["edge", c, j, i]], ["edge", c, j, j]]
            return ["forall", [j, NODES], both_or_neither(["=", j, "tau"], leaves_none)]
        return ["forall", [j, NODES], [i, NODES],
                ["or", ["=", i, j], ["=", ["edge", c, j, i], 0], ["not", ["path", c, i, j]]]]


def tree_of(text, convention):
    """A formula of the claim language as a tree; a leading `forall system in file(...)` is left out."""
    node = Parser(text).whole()
    if node[0] == "forall" and node[1][0][1][0] == "file":
        node = ("forall", node[1][1:], node[2]) if len(node[1]) > 1 else node[2]
    return Speller(node, convention).spell(node)


# Evaluation ------------------------------------------------------------------------------------------------------
FALSE, TRUE = (F(0), F(0)), (F(1), F(1))
ARITHMETIC = {"+": Reading.op_add, "-": Reading.op_subtract, "*": Reading.op_times, "/": Reading.op_over,
              "^": Reading.op_power}
# The kinds of arguments: v a number, c a chain, w a word.
FUNCTIONS = {"min": "vv", "max": "vv", "floor": "v", "exp": "v", "choose": "vv", "weight": "v", "word_weight": "w",
             "letters": "wv", "product": "wvv", "rollout": "wvv", "W": "cvv", "D": "cvv", "edge": "cvv", "path": "cvv",
             "signal": "cvv", "absorbed": "cvv", "walks": "cvv", "all_walks": "cvv", "moves": "cvvv", "absorbing": "c",
             "distance": "cv", "t_mix": "cv", "t_mix_l1": "cv", "phi": "cv", "attained": "cv"}
SETS = {"unique_sink": 2, "feedforward": 2, "optional_loops": 2, "digraphs": 2, "chains": 3, "diffusions": 3}
SIMPLEX = {"minimax": "v", "others": "v", "node": "vv", "nodes": "vv", "absorbed": "vv", "weight": "vv"}  # and > or >=
SINGLE = {"line": 1, "star": 1, "full": 1, "local": 2, "lazy_line": None}
QUANTIFIERS, AGGREGATES = ("forall", "exists"), ("sum", "min_over", "max_over")


def checked(holds, tree):
    if not holds:
        raise Malformed(tree)


class TreeReading(Reading):
    """Evaluates a tree; the facts that it needs are listed as a Reading lists them."""

    def __init__(self, tree, convention, printed=None, given=None, roots=(), proofs=None, regions=(), cell=None):
        """`regions` are the facts about weights, in the order of use; `cell` is what a witness says of weights."""
        self.tree, self.roots, self.proofs = tree, roots, proofs or {}
        self.regions, self.cell, self.sample = list(regions), cell, None
        self.convention = {**convention, "distance": "tv"}  # t_mix is the one of total variation in a tree
        self.printed, self.given, self.system = printed or {}, given, given
        self.names, self.systems, self.cache, self.first, self.any = {}, [], {}, None, False

    def truth(self):
        """The number 1 or 0 that the formula is, or None."""
        return self.truth_of(self.tree)

    def truth_of(self, tree):
        x = self.value(tree)
        checked(x is None or x[0] in (0, 1), tree)
        return x if exact(x) else None

    def value(self, tree):
        if isinstance(tree, int) and not isinstance(tree, bool):
            return F(tree), F(tree)
        if isinstance(tree, str):
            if tree in ("true", "false"):
                return TRUE if tree == "true" else FALSE
            if tree in ("n", "H", "tau"):
                checked(self.system, tree)
                x = {"n": self.system["nodes"], "H": len(self.system["heads"]), "tau": self.system["sink"]}[tree]
                return F(x), F(x)
            checked(tree in self.names and not isinstance(self.names[tree], list), tree)
            return self.names[tree]
        checked(isinstance(tree, list) and len(tree) > 1 and isinstance(tree[0], str), tree)
        op, parts = tree[0], tree[1:]
        if op in ARITHMETIC:
            checked(len(parts) == 2, tree)
            return ARITHMETIC[op](self, tree)
        if op in ("<", "<=", "="):
            checked(len(parts) == 2, tree)
            a, b = self.both(tree)
            return self.number(self.compare(a, op, b))
        if op in ("not", "defined"):
            checked(len(parts) == 1, tree)
            if op == "defined":
                return TRUE if self.value(parts[0]) is not None else FALSE
            x = self.truth_of(parts[0])
            return x and (1 - x[0], 1 - x[1])
        if op in ("and", "or"):
            stop, result = (TRUE, FALSE) if op == "or" else (FALSE, TRUE)
            for part in parts:
                x = self.truth_of(part)
                if x == stop:
                    return stop
                result = result if x else None
            return result
        if op == "if":
            checked(len(parts) == 3, tree)
            x = self.truth_of(parts[0])
            return x and self.value(parts[1 if x == TRUE else 2])
        if op in QUANTIFIERS or op in AGGREGATES:
            checked(len(parts) > 1, tree)
            return self.quantified(tree) if op in QUANTIFIERS else self.aggregate(tree)
        return self.function(tree)

    @staticmethod
    def number(x):
        """What a function gave, as a number: a truth value, a number, or bounds."""
        if isinstance(x, bool):
            return TRUE if x else FALSE
        return (F(x), F(x)) if isinstance(x, F) else x if isinstance(x, tuple) or x is None else \
            {UNKNOWN: None, NO: FALSE}.get(x, TRUE)

    def function(self, tree):
        op, parts = tree[0], tree[1:]
        if op == "printed":
            checked(parts[0] in self.printed and len(parts) in (1, 3), tree)
            result = self.f_printed(parts[0], *map(self.value, parts[1:]))
            return None if result is None else (result, result)
        if ">" in op:
            return self.over_simplex(op, parts)
        checked(op in FUNCTIONS and len(parts) == len(FUNCTIONS[op]), tree)
        checked(self.sample is None or "mean" not in parts and op not in ("weight", "word_weight"), tree)
        arguments = [{"v": self.value, "c": self.chain, "w": self.word}[kind](part)
                     for kind, part in zip(FUNCTIONS[op], parts)]
        result = getattr(self, "f_" + op)(*arguments)
        if isinstance(result, int) and not isinstance(result, bool) and op != "attained":
            result = F(result)
        return self.number(result)

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

    def chain(self, part):
        if part == "mean":
            return 0
        checked(isinstance(part, list) and len(part) == 2 and part[0] == "head", part)
        return integer(self.value(part[1]), 1, len(self.system["heads"]))

    def word(self, part):
        if isinstance(part, str):
            checked(isinstance(self.names.get(part), list), part)
            letters = self.names[part]
        else:
            checked(isinstance(part, list) and part[:1] == ["word"], part)
            letters = [integer(self.value(x)) for x in part[1:]]
        heads = len(self.system["heads"]) if self.system else 0
        return tuple(letters) if all(x is not None and 1 <= x <= heads for x in letters) else None

    def f_edge(self, k, j, i):
        return self.entry(k, 0, i, j)

    def f_path(self, k, j, i):
        j, i = self.node(j), self.node(i)
        return None if k is None or not j or not i else j - 1 in reach(self.graph(k), i - 1)

    def f_absorbing(self, k):
        return None if k is None else self.certain(k)

    # Binders.
    def quantified(self, node):
        stop = FALSE if node[0] == "forall" else TRUE
        missing = False

        def visit():
            nonlocal missing
            now = self.truth_of(node[-1])
            missing = missing or now is None
            if node is self.tree:
                self.any = True
                if now == stop:
                    self.first = self.instance(node)
            if now == stop:
                raise Stop(id(node))

        outer, names, sample = self.system, dict(self.names), self.sample
        try:
            missing = not self.instances(node[1:-1], visit, node[-1]) or missing
        except Stop as stopped:
            if stopped.args != (id(node),):
                raise
            self.system, self.names, self.sample = outer, names, sample
            return stop
        return None if missing else TRUE if stop == FALSE else FALSE

    def aggregate(self, node):
        values = []
        if not self.instances(node[1:-1], lambda: values.append(self.value(node[-1]))) or None in values:
            return None
        if node[0] == "sum":
            return sum((v[0] for v in values), F(0)), sum((v[1] for v in values), F(0))
        pick = min if node[0] == "min_over" else max
        return (pick(v[0] for v in values), pick(v[1] for v in values)) if values else None

    def asked(self, tree):
        """The first comparison over the simplex in the order of the text."""
        if not isinstance(tree, list) or not tree:
            return None
        if isinstance(tree[0], str) and ">" in tree[0] and not tree[0].startswith("weight"):
            return tree
        return next(filter(None, map(self.asked, tree)), None)

    def instances(self, binders, visit, body=None):
        if not binders:
            visit()
            return True
        binder = binders[0]
        checked(isinstance(binder, list) and len(binder) in (2, 3) and isinstance(binder[0], str), binder)
        name, outer, defined = binder[0], self.system, True
        checked(name[:1].isascii() and name[:1].isalpha() and name not in self.names, binder)
        elements = self.elements(name, binder[1])
        if elements is not None and binder[1][0] == "simplex":
            found = self.asked([binder[2:], body])
            checked(len(binders) == 1 and found, binder)
            self.sample = F(0)
            elements = elements if self.value(found) else None
            self.sample = None
        if elements is None:
            return False
        for element in elements:
            self.names[name] = element
            if binder[1][0] == "simplex":
                self.sample, self.names[name] = element, []
            elif name == "system":
                self.system, self.names[name] = element, []
            elif name == "weights":
                self.system, self.names[name] = {**outer, "weights": [text_of(w) for w in element]}, []
            if len(binder) == 2 or self.truth_of(binder[2]) == TRUE:
                defined = self.instances(binders[1:], visit, body) and defined
        self.system = outer
        self.sample = None if name == "weights" else self.sample
        self.names.pop(name, None)
        return defined

    def elements(self, name, domain):
        checked(isinstance(domain, list) and domain and isinstance(domain[0], str), domain)
        kind, parts = domain[0], domain[1:]
        checked((name == "system") == (kind in SETS or kind in SINGLE), domain)
        checked((name == "weights") == (kind in ("grid", "inner_grid", "simplex")), domain)
        if kind == "simplex":
            checked(not parts and self.system and len(self.system["heads"]) == 2 and self.sample is None, domain)
            return sorted({F(k, SAMPLES) for k in range(SAMPLES + 1)} |
                          {sum(map(F, self.cell["between"])) / 2 if self.cell else F(0)})
        if kind == "list":
            checked(parts, domain)
            return [self.value(x) for x in parts]
        if kind == "..":
            checked(len(parts) == 2, domain)
            low, high = (integer(self.value(x)) for x in parts)
            return None if low is None or high is None else ((F(k), F(k)) for k in range(low, high + 1))
        if kind in ("words", "grid", "inner_grid"):
            checked(len(parts) == 1 and self.system, domain)
            size, heads = integer(self.value(parts[0]), 0 if kind == "words" else 1), len(self.system["heads"])
            if size is None:
                return None
            if kind == "words":
                return (list(w) for w in itertools.product(range(1, heads + 1), repeat=size))
            return ([F(k, size) for k in c] for c in compositions(size, heads) if kind == "grid" or 0 not in c)
        checked(kind in SETS or kind in SINGLE, domain)
        count = SETS[kind] if kind in SETS else SINGLE[kind]
        checked(len(parts) == count if count else len(parts) > 1, domain)
        arguments = []
        for k, part in enumerate(parts):
            ranges = isinstance(part, list) and part[:1] == [".."] and len(part) == 3 and k < (2 if kind in SETS else 1)
            low = self.value(part[1] if ranges else part)
            arguments.append((low, self.value(part[2]) if ranges else low))
        for k, pair in enumerate(arguments):
            if kind == "lazy_line" and k > 0:
                if not exact(pair[0]) or not 0 <= pair[0][0] <= 1:
                    return None
            elif integer(pair[0], 0 if kind == "local" and k == 1 else 1) is None or integer(pair[1]) is None:
                return None
        return family(kind, [(low[0], high[0]) for low, high in arguments])

    def instance(self, node):
        found = []
        for name, domain, *_ in node[1:-1]:
            if name == "system":
                found.append({"name": name, "system": self.system})
            elif domain[0] == "simplex":
                ends = list(map(F, self.cell["between"])) if self.cell else [self.sample] * 2
                inside = ends[0] < self.sample < ends[1] or ends[0] == self.sample == ends[1]
                found.append(self.cell if inside and self.cell else {"name": name, "between": [text_of(self.sample)] * 2})
            elif name == "weights":
                found.append({"name": name, "weights": self.system["weights"]})
            elif domain[0] == "words":
                found.append({"name": name, "word": list(self.names[name])})
            else:
                assert exact(self.names[name])
                found.append({"name": name, "value": text_of(self.names[name][0])})
        return found
