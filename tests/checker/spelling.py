"""Spells a formula of the claim language out as a tree (src/certificate/FORMAT.md, section 8)."""
import itertools

from claim_language import Parser

NODES, HEADS = ["..", 1, "n"], ["..", 1, "H"]
MARKS = {"<": lambda x, y: ["<", x, y], "<=": lambda x, y: ["<=", x, y], "=": lambda x, y: ["=", x, y],
         ">": lambda x, y: ["<", y, x], ">=": lambda x, y: ["<=", y, x], "!=": lambda x, y: ["not", ["=", x, y]]}


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
