"""Parses a formula of the claim language into nested tuples."""
import re
from fractions import Fraction as F

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
        if self.accept("mean", "union"):
            return ("chain", None)
        if self.accept("head"):
            return ("chain", self.primary())
        return self.formula()
