"""An independent evaluator of the claim language over fractions, written from FORMAT.md, sections 2, 3 and 5.

A number is a pair (lower, upper), or None where it has no value; a truth value is True, False or None.
answer(text, convention) gives truth, witness, counts and the facts in the order of first use.
"""
from fractions import Fraction
from itertools import product as cartesian

from formula_oracle_numbers import compare, conjunction, exact, opposite, plain, whole
from formula_oracle_parser import parse
from formula_oracle_quantities import Quantities
from formula_oracle_systems import graph_family, lazy_line, matrix_family, one_head

DEFAULT = {"first_step": 1, "sink_counts": True, "distance": "tv", "start": "worst"}


class Evaluation(Quantities):
    def __init__(self, convention):
        self.convention = convention
        self.system, self.names = None, {}
        self.systems, self.instances = 0, 0
        self.used, self.facts = [], {}
        self.root = self.decision = None
        self.vacuous = True  # the leading quantifier's body is never reached

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

    def quantified(self, node, depth):
        _, word, binders, body = node
        if depth == len(binders):
            self.instances += 1
            self.vacuous = self.vacuous and node is not self.root
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


def is_word(value):
    return isinstance(value, tuple) and all(isinstance(letter, int) for letter in value)


def answer(text, convention=None):
    """The facts of the whole enumeration; where an instance decides a leading block, those of it alone too."""
    convention = convention or DEFAULT
    root = parse(text)
    run = Evaluation(convention)
    run.root = root
    result = {"truth": run.truth(root), "systems": run.systems, "instances": run.instances, "witness": None,
              "instance_facts": None, "vacuous": root[0] == "bind" and run.vacuous}
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
