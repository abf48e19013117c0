"""An independent evaluator of the claim language over fractions, written from FORMAT.md, sections 2, 3 and 5.

A number is a pair (lower, upper), or None where it has no value; a truth value is True, False or None.
answer(text, convention) gives truth, witness, counts and the facts in the order of first use.
"""
from decimal import Context, Decimal
from fractions import Fraction
from itertools import product as cartesian
from math import ceil, comb, floor

from formula_oracle_parser import parse
from formula_oracle_systems import (System, descendants, graph_family, lazy_line, matrix_family, one_head)

DEFAULT = {"first_step": 1, "sink_counts": True, "distance": "tv", "start": "worst"}


def exact(value):
    return (Fraction(value), Fraction(value))


def whole(number, low=None, high=None):
    """The integer that a number is, inside low..high, or None."""
    if number is None or number[0] != number[1] or number[0].denominator != 1:
        return None
    value = int(number[0])
    return value if (low is None or value >= low) and (high is None or value <= high) else None


def conjunction(a, b):
    return False if a is False or b is False else (None if a is None or b is None else True)


def opposite(a):
    return None if a is None else not a


class Evaluation:
    def __init__(self, convention):
        self.convention = convention
        self.system, self.names = None, {}
        self.systems, self.instances = 0, 0
        self.used, self.facts = [], {}
        self.root = self.decision = None

    # facts

    def touch(self, system):
        if system.key() not in self.facts:
            self.facts[system.key()] = []
            self.used.append(system)

    def fact(self, fact):
        self.touch(self.system)
        known = self.facts[self.system.key()]
        if fact not in known:
            known.append(fact)

    # truth values

    def truth(self, node):
        kind = node[0]
        if kind == "truth":
            return node[1]
        if kind == "compare":
            return self.comparisons(node[1], node[2])
        if kind == "bind":
            return self.quantified(node, 0)
        name, arguments = node[1], node[2]
        if name == "not":
            return opposite(self.truth(arguments[0]))
        if name in ("and", "or", "implies"):
            left = self.truth(arguments[0])
            if name == "and":
                return False if left is False else conjunction(left, self.truth(arguments[1]))
            left = opposite(left) if name == "implies" else left
            return True if left else opposite(conjunction(opposite(left), opposite(self.truth(arguments[1]))))
        if name == "iff":
            sides = [self.truth(argument) for argument in arguments]
            return None if None in sides else sides[0] == sides[1]
        if name == "defined":
            return self.number(arguments[0]) is not None
        chain = self.chain(arguments[0])
        numbers = [self.number(argument) for argument in arguments[1:]]
        return None if chain is None else self.predicate(name, chain, numbers)

    def comparisons(self, sides, marks):
        result, left = True, self.number(sides[0])
        for mark, side in zip(marks, sides[1:]):
            right = self.number(side)
            result = conjunction(result, compare(left, mark, right))
            if result is False:
                return False
            left = right
        return result

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

    def quantified(self, node, depth):
        _, word, binders, body = node
        if depth == len(binders):
            self.instances += 1
            return self.truth(body)
        stop = word == "exists"
        result = not stop
        name, domain, where = binders[depth]
        elements = self.elements(domain)
        if elements is None:
            return None
        for element in elements:
            outside = self.enter(name, element)
            kept = where is None or self.truth(where) is True
            value = self.quantified(node, depth + 1) if kept else not stop
            if value is stop and node is self.root and depth + 1 == len(binders):
                self.decision = ([(n, self.names[n]) for n, _, _ in binders], self.system)
            self.leave(name, outside)
            if value is stop:
                return stop
            result = None if value is None else result
        return result

    def enter(self, name, element):
        outside = (self.system, self.names.get(name))
        self.names[name] = element
        if name == "system":
            self.system = element
            self.systems += 1
        elif name == "weights":
            self.system = self.system.with_weights(element)
        return outside

    def leave(self, name, outside):
        self.system, self.names[name] = outside

    # domains

    def elements(self, domain):
        """The elements in order, or None."""
        kind = domain[0]
        if kind == "range":
            ends = [whole(self.number(end)) for end in domain[1:]]
            return None if None in ends else map(exact, range(ends[0], ends[1] + 1))
        if kind == "list":
            return [self.number(element) for element in domain[1]]
        if kind in ("nodes", "others"):
            return [exact(j) for j in self.system.nodes() if kind == "nodes" or j != self.system.sink]
        count = len(self.system.heads) if self.system else 0
        if kind == "heads":
            return map(exact, range(1, count + 1))
        if kind == "words":
            length = whole(self.number(domain[1]), 0)
            return None if length is None else cartesian(range(1, count + 1), repeat=length)
        if kind in ("grid", "inner_grid"):
            d = whole(self.number(domain[1]), 1)
            if d is None:
                return None
            lists = cartesian(range(kind == "inner_grid", d + 1), repeat=count)
            return [tuple(Fraction(k, d) for k in numerators) for numerators in lists if sum(numerators) == d]
        return self.family(domain[1], domain[2])

    def family(self, name, arguments):
        values = [[self.number(end) for end in ends if end] for ends in arguments]
        if name == "lazy_line":
            chances = [value[0][0] if value[0] is not None and value[0][0] == value[0][1] else None
                       for value in values[1:]]
            if any(p is None or not 0 <= p <= 1 for p in chances):
                return None
            values = values[:1]
        ranges = []
        for k, ends in enumerate(values):
            ends = [whole(end) for end in ends]
            if None in ends:
                return None
            if ends[0] <= ends[-1] and ends[0] < (0 if name == "local" and k == 1 else 1):
                return None
            ranges.append(range(ends[0], ends[-1] + 1))
        if name == "lazy_line":
            return (lazy_line(n, chances) for n in ranges[0])
        if name in ("line", "star", "full", "local"):
            return (one_head(name, n, ranges[-1][0]) for n in ranges[0])
        if name in ("chains", "diffusions"):
            return (s for n in ranges[0] for size in ranges[1] for s in matrix_family(name, n, size, ranges[2][0]))
        return (s for n in ranges[0] for size in ranges[1] for s in graph_family(name, n, size))

    # numbers

    def number(self, node):
        kind = node[0]
        if kind == "number":
            return exact(node[1])
        if kind == "name":
            system = self.system
            if node[1] in self.names:
                return self.names[node[1]]
            return exact({"n": lambda: system.n, "N": lambda: system.n - 1, "H": lambda: len(system.heads),
                          "tau": lambda: system.sink}[node[1]]())
        if kind == "bind":
            values = []
            self.collect(node, 0, values)
            if node[1] == "sum":
                values.insert(0, exact(0))
            return self.combined(node[1], values)
        name, arguments = node[1], node[2]
        if name == "if":
            condition = self.truth(arguments[0])
            return None if condition is None else self.number(arguments[1 if condition else 2])
        if name in ("min", "max"):
            return self.combined(name, [self.number(argument) for argument in arguments])
        values, chain, word, missing = [], None, None, False
        for argument in arguments:
            if argument[0] in ("chain", "head"):
                chain = self.chain(argument)
                missing = missing or chain is None
            elif argument[0] == "word" or argument[0] == "name" and is_word(self.names.get(argument[1])):
                word = self.word(argument)
                missing = missing or word is None
            else:
                values.append(self.number(argument))
        if missing or None in values:
            return None
        if chain is not None:
            return self.of_chain(name, chain, values)
        if word is not None:
            return self.of_word(name, word, values)
        return plain(name, values) if name != "weight" else self.weight(values[0])

    def collect(self, node, depth, values):
        _, _, binders, body = node
        if depth == len(binders):
            values.append(self.number(body))
            return
        name, domain, where = binders[depth]
        elements = self.elements(domain)
        if elements is None:
            values.append(None)
            return
        for element in elements:
            outside = self.enter(name, element)
            if where is None or self.truth(where) is True:
                self.collect(node, depth + 1, values)
            self.leave(name, outside)

    @staticmethod
    def combined(word, values):
        if None in values or not values:
            return None
        combine = {"min": min, "max": max, "sum": sum}[word]
        return (combine(low for low, _ in values), combine(high for _, high in values))

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


def is_word(value):
    return isinstance(value, tuple) and all(isinstance(letter, int) for letter in value)


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


def compare(a, mark, b):
    if a is None or b is None:
        return None
    if mark in (">", ">="):
        return compare(b, "<" if mark == ">" else "<=", a)
    if mark == "!=":
        return opposite(compare(a, "=", b))
    if mark == "=":
        return True if a[0] == a[1] == b[0] == b[1] else (False if a[1] < b[0] or b[1] < a[0] else None)
    if mark == "<":
        return True if a[1] < b[0] else (False if a[0] >= b[1] else None)
    return True if a[1] <= b[0] else (False if a[0] > b[1] else None)


def corners(a, b, operation):
    values = [operation(x, y) for x in a for y in b]
    return (min(values), max(values))


def plain(name, values):
    a, b = values[0], values[-1]
    if name == "negate":
        return (-a[1], -a[0])
    if name == "+":
        return (a[0] + b[0], a[1] + b[1])
    if name == "-":
        return (a[0] - b[1], a[1] - b[0])
    if name == "*":
        return corners(a, b, lambda x, y: x * y)
    if name == "/":
        return None if b[0] <= 0 <= b[1] else corners(a, b, lambda x, y: x / y)
    if name == "^":
        k = whole(b)
        if k is None or k < 0 and a[0] <= 0 <= a[1]:
            return None
        ends = sorted([a[0] ** k, a[1] ** k])
        return (Fraction(0) if k > 0 and k % 2 == 0 and a[0] < 0 < a[1] else ends[0], ends[1])
    if name == "abs":
        return a if a[0] >= 0 else ((-a[1], -a[0]) if a[1] <= 0 else (Fraction(0), max(-a[0], a[1])))
    if name in ("floor", "ceil"):
        ends = [(floor if name == "floor" else ceil)(end) for end in a]
        return exact(ends[0]) if ends[0] == ends[1] else None
    if name == "choose":
        top, bottom = whole(a), whole(b)
        if top is None or bottom is None:
            return None
        return exact(comb(top, bottom) if 0 <= bottom <= top else 0)
    assert name == "exp", name
    return (exponential(a[0])[0], exponential(a[1])[1])


def exponential(value):
    """Bounds from two nested decimal roundings: the argument's and the result's."""
    if value == 0:
        return exact(1)
    context = Context(prec=100)
    decimal = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    middle, width = Fraction(context.exp(decimal)), Fraction(1, 10 ** 80)
    return (middle * (1 - width), middle * (1 + width))


def answer(text, convention=None):
    """The facts of the whole enumeration; where an instance decides a leading block, those of it alone too."""
    convention = convention or DEFAULT
    root = parse(text)
    run = Evaluation(convention)
    run.root = root
    result = {"truth": run.truth(root), "systems": run.systems, "instances": run.instances, "witness": None,
              "instance_facts": None}
    if run.decision and result["truth"] is not None:
        values, system = run.decision
        result["witness"] = [(name, system if name == "system" else value) for name, value in values]
        result["instance_facts"] = instance_facts(root, values, system, convention)
        if any(name == "system" for name, _ in values):
            run.touch(system)
    result["facts"] = [(system, run.facts[system.key()]) for system in run.used]
    return result


def instance_facts(root, values, system, convention):
    """Facts in mode `witness`: the witness' system first, then domains and conditions in order, then the body."""
    run = Evaluation(convention)
    if any(name == "system" for name, _ in values):
        run.touch(system)
    for (name, value), (_, domain, where) in zip(values, root[2]):
        run.elements(domain)
        run.enter(name, value)
        if where is not None:
            run.truth(where)
    run.truth(root[3])
    return [(used, run.facts[used.key()]) for used in run.used]
