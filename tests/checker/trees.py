"""Evaluates formulas as trees (src/certificate/FORMAT.md, section 2) in plain Fractions, and lists the facts that they need.

Numbers are None or pairs of bounds; truth values are the numbers 1 and 0.
"""
import itertools

from bounds import NO, UNKNOWN, compare, exact, integer
from oracle import SAMPLES, Reading, Stop
from simplex_reading import FALSE, TRUE, SimplexReading, checked
from systems import F, compositions, family, reach, text_of

ARITHMETIC = {"+": Reading.op_add, "-": Reading.op_subtract, "*": Reading.op_times, "/": Reading.op_over,
              "^": Reading.op_power}
# The kinds of arguments: v a number, c a chain, w a word.
FUNCTIONS = {"min": "vv", "max": "vv", "floor": "v", "exp": "v", "choose": "vv", "weight": "v", "word_weight": "w",
             "letters": "wv", "product": "wvv", "rollout": "wvv", "W": "cvv", "D": "cvv", "edge": "cvv", "path": "cvv",
             "signal": "cvv", "absorbed": "cvv", "walks": "cvv", "all_walks": "cvv", "moves": "cvvv", "absorbing": "c",
             "distance": "cv", "t_mix": "cv", "t_mix_l1": "cv", "phi": "cv", "attained": "cv"}
SETS = {"unique_sink": 2, "feedforward": 2, "optional_loops": 2, "digraphs": 2, "chains": 3, "diffusions": 3}
SINGLE = {"line": 1, "star": 1, "full": 1, "local": 2, "lazy_line": None}
QUANTIFIERS, AGGREGATES = ("forall", "exists"), ("sum", "min_over", "max_over")


class TreeReading(SimplexReading):
    """Evaluates a tree; the facts that it needs are listed as a Reading lists them."""

    def __init__(self, tree, convention, printed=None, given=None, roots=(), proofs=None, regions=(), cell=None):
        """`regions` are the facts about weights, in the order of use; `cell` is what a witness says of weights."""
        self.tree, self.roots, self.proofs = tree, roots, proofs or {}
        self.regions, self.cell, self.sample = list(regions), cell, None
        self.convention = {**convention, "distance": "tv"}  # t_mix is the one of total variation in a tree
        self.printed, self.given, self.system = printed or {}, given, given
        self.names, self.systems, self.cache, self.first = {}, [], {}, None

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
            return self.number(compare(a, op, b))
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
