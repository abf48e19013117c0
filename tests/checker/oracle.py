"""A plain reading of src/certificate/FORMAT.md in Fractions: evaluates formulas and proves facts for small systems.

Nothing here is fast or clever. It is the second opinion on crosshead-check: the corpus of certificates is made with
it, and statements that the checker accepts after a change are evaluated again by it.
"""
import itertools
from fractions import Fraction

from bounds import NO, UNKNOWN, YES, compare, exact, integer, times
from claim_language import Parser
from functions import TRUTHS, Functions
from systems import F, compositions, family, text_of

SAMPLES = 48  # weights in multiples of 1/48 stand for all


class Stop(Exception):
    pass


class Reading(Functions):
    """Evaluates one reading and lists the facts that it needs, in the order of first use."""

    def __init__(self, formula, convention, printed=None, given=None, files=None, roots=(), proofs=None):
        super().__init__(convention, given, roots, proofs)
        self.tree, self.files = Parser(formula).whole(), files or {}
        self.printed, self.names = printed or {}, {}
        self.first = None

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

    def op_times(self, node):
        return times(*self.both(node))

    def op_over(self, node):
        a, b = self.both(node)
        return times(a, (1 / b[1], 1 / b[0])) if a and b and not b[0] <= 0 <= b[1] else None

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
            result = min(result, compare(left, mark, right))
            if result == NO:
                return NO
            left = right
        return result

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

    def op_call(self, node):
        name, parts = node[1], node[2]
        if name == "if":
            condition = self.value(parts[0])
            return None if condition == UNKNOWN else self.value(parts[1 if condition == YES else 2])
        result = getattr(self, "f_" + name)(*[self.value(part) for part in parts])
        if isinstance(result, bool):
            return YES if result else NO
        return (F(result), F(result)) if isinstance(result, (int, Fraction)) and name not in TRUTHS else result
