"""Random closed formulas over small domains, biased to corners: undefined indices, ties, empty domains."""


class Generator:
    """Formulas whose every domain is small enough for the oracle."""

    FAMILIES = ["unique_sink(2..3, 1..2)", "unique_sink(3, 2)", "unique_sink(2..4, 1)", "feedforward(1..3, 1)",
                "feedforward(2, 2)", "feedforward(3, 2)", "optional_loops(2, 1..2)", "optional_loops(1..3, 1)",
                "digraphs(2, 1..2)", "digraphs(3, 1)", "chains(2..3, 1, 2)", "chains(2, 2, 3)", "diffusions(2..3, 1, 2)",
                "diffusions(3, 2, 2)", "diffusions(2, 1..3, 3)", "line(1..4)", "star(2..4)", "full(1..4)",
                "local(2..4, 2)", "local(3, 0)", "lazy_line(2..3, 1/3, 1/2)", "lazy_line(3, 1)", "lazy_line(2, 0, 1)",
                "unique_sink(3, 3)", "unique_sink(2, 2)", "unique_sink(0..1, 1)", "chains(1..2, 1, 1)"]
    NUMBERS = ["0", "1", "2", "1/2", "1/3", "3/4", "0.25", "-1", "1/0"]
    EPSILONS = ["1/4", "1/2", "1/10", "1", "1/3"]

    def __init__(self, random):
        self.random, self.fresh = random, 0

    def chance(self, one_in):
        return self.random.randrange(one_in) == 0

    def pick(self, *choices):
        return self.random.choice(choices)

    def name(self, kind):
        self.fresh += 1
        return f"{kind}{self.fresh}"

    def formula(self):
        self.fresh = 0
        if self.chance(12):
            return self.truth({}, 2)
        return self.quantified({}, 2, self.random.choice(self.FAMILIES))

    def quantified(self, scope, depth, family=None):
        scope, binders = dict(scope), []
        if family is not None:
            scope["system"] = True
            binders.append(f"system in {family}{self.where(scope, depth)}")
            if self.chance(4):
                binders.append(f"weights in {self.pick('grid(2)', 'grid(3)', 'inner_grid(3)', 'grid(1)', 'grid(0)')}")
        for _ in range(self.random.randrange(0 if binders else 1, 3)):
            binders.append(self.binder(scope, depth))
        return f"{self.pick('forall', 'exists')} {', '.join(binders)}: {self.truth(scope, depth)}"

    def where(self, scope, depth):
        return f" where {self.truth(scope, min(depth - 1, 1))}" if self.chance(4) else ""

    def binder(self, scope, depth):
        """Adds a name to the scope."""
        kind = self.pick("head", "node", "time", "number", "eps", "word") if "system" in scope else \
            self.pick("time", "number")
        name = self.name(kind[0])
        domain = {"head": lambda: "heads", "node": lambda: self.pick("nodes", "others"),
                  "time": lambda: self.pick("0..2", "1..3", "0..n" if "system" in scope else "0..1", "2..1"),
                  "number": lambda: "{" + ", ".join(self.random.sample(self.NUMBERS, 2)) + "}",
                  "eps": lambda: "{" + ", ".join(self.random.sample(self.EPSILONS, 2)) + "}",
                  "word": lambda: f"words({self.pick('0', '1', '2')})"}[kind]()
        scope.setdefault(kind, [])
        scope[kind] = scope[kind] + [name]
        return f"{name} in {domain}{self.where(scope, depth)}"

    def truth(self, scope, depth):
        if depth <= 0 or self.chance(3):
            return self.atom(scope, depth)
        one, two = (lambda: self.truth(scope, depth - 1)), (lambda: f"({self.truth(scope, depth - 1)})")
        return self.pick(lambda: f"{two()} and {two()}", lambda: f"{two()} or {two()}", lambda: f"not {two()}",
                         lambda: f"{two()} implies {two()}", lambda: f"{two()} iff {two()}", one,
                         lambda: f"({self.quantified(scope, depth - 1)})", lambda: self.atom(scope, depth),
                         lambda: f"defined({self.sum(scope, 1)})")()

    def atom(self, scope, depth):
        if "system" in scope and self.chance(4):
            chain, graph = self.chain(scope), self.pick("mean", "union", self.chain(scope))
            return self.pick(f"feedforward({graph})", f"acyclic({graph})", f"unique_sink({graph})",
                             f"reaches({graph}, {self.node(scope)})", f"has_walk({chain})", f"has_diffusion({chain})",
                             f"stationary_at_sink({chain})", f"attained({chain}, {self.node(scope)})")
        marks = ["<=", "<", "=", "!=", ">=", ">"]
        text = f"{self.sum(scope, depth)} {self.random.choice(marks)} {self.sum(scope, depth)}"
        return text + f" {self.random.choice(marks)} {self.sum(scope, 0)}" if self.chance(6) else text

    def chain(self, scope):
        return self.pick("mean", "mean", f"head {self.head(scope)}")

    def head(self, scope):
        return self.random.choice(scope.get("head", []) * 3 + ["1", "1", "H", "2"])

    def node(self, scope):
        return self.random.choice(scope.get("node", []) * 4 + ["1", "n", "tau", "N", "(n - 1)", "4"])

    def time(self, scope):
        return self.random.choice(scope.get("time", []) * 4 + ["0", "1", "2", "3", "-1", "1/2"])

    def word(self, scope):
        return self.random.choice(scope.get("word", []) * 3 + ["[1, 2, 1]", "[H]", "[1, 1]", "[2, 3]"])

    def epsilon(self, scope):
        return self.random.choice(scope.get("eps", []) * 3 + self.EPSILONS + ["0", "-1/4"])

    def sum(self, scope, depth):
        if depth <= 0 or self.chance(2):
            return self.factor(scope, depth)
        return self.pick(lambda: f"{self.factor(scope, 0)} {self.pick('+', '-', '*')} {self.factor(scope, depth - 1)}",
                         lambda: f"{self.factor(scope, 0)} / {self.factor(scope, 0)}",
                         lambda: f"{self.factor(scope, 0)} ^ {self.pick('2', '3', '0', '(-1)', '1/2')}",
                         lambda: self.aggregate(scope, depth))()

    def aggregate(self, scope, depth):
        scope = dict(scope)
        binder = self.binder(scope, depth)
        return f"({self.pick('min', 'max', 'sum')} {binder}: {self.sum(scope, depth - 1)})"

    def factor(self, scope, depth):
        names = [name for kind in ("number", "time", "eps", "node", "head") for name in scope.get(kind, [])]
        if self.chance(5) and names:
            return self.random.choice(names)
        if "system" in scope and not self.chance(5):
            return self.quantity(scope)
        if depth <= 0:
            return self.pick(*self.NUMBERS, "choose(4, 2)", "choose(3, 5)", "choose(1/2, 1)", "exp(1/2)", "exp(-1)",
                             "exp(0)", "exp(1) ^ 2")
        inner = self.sum(scope, depth - 1)
        return self.pick(f"floor({inner} / 2)", f"ceil({inner})", f"abs({inner} - 1)", f"min({inner}, 1/2)",
                         f"max(1, {inner})", f"if({self.atom(scope, depth - 1)}, 1, {inner})")

    def quantity(self, scope):
        chain, graph = self.chain(scope), self.pick("mean", "union", self.chain(scope))
        node, other, time, word = self.node(scope), self.node(scope), self.time(scope), self.word(scope)
        return self.pick(
            "n", "N", "H", "tau", f"weight({self.head(scope)})", f"word_weight({word})",
            f"letters({word}, {self.head(scope)})", f"W({chain}, {node}, {other})", f"D({chain}, {node}, {other})",
            f"signal({chain}, {node}, {time})", f"absorbed({chain}, {node}, {time})", f"distance({chain}, {time})",
            f"t_mix({chain}, {self.epsilon(scope)})", f"t_mix({chain}, {self.epsilon(scope)})",
            f"t_mix_l1({chain}, {self.epsilon(scope)})", f"p({chain})", f"phi({chain}, {node})",
            f"phi({chain}, {node})", f"phi_min({chain})", f"phi_min({chain})", f"product({word}, {node}, {other})",
            f"rollout({word}, {node}, {other})", f"moves({chain}, {node}, {time}, {self.time(scope)})",
            f"walks({graph}, {node}, {time})", f"all_walks({graph}, {node}, {time})", f"edges({graph})",
            f"indegree({graph}, {node})", f"outdegree({graph}, {node})")
