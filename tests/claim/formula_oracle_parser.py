"""A second reader of the claim language, written from FORMAT.md, section 2, alone.

parse(text) gives nested tuples whose first item says what they are:
  ("number", Fraction), ("truth", bool), ("text", str), ("name", str), ("word", [..]), ("chain", "mean" | "union"),
  ("head", number), ("call", name, [arguments]), ("compare", [sides], [marks]),
  ("bind", "forall" | "exists" | "min" | "max" | "sum", [(name, domain, where)], body).
Operators are calls: + - * / ^ negate and or not implies iff.
"""
import re
from fractions import Fraction

TOKEN = re.compile(r'\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|"([^"]*)"|(\.\.|<=|>=|!=|[<=>+\-*/^()\[\]{},:]))')
QUANTIFIERS = ("forall", "exists")
COMPARISONS = ("<=", "<", "=", "!=", ">=", ">")


def tokens_of(text):
    tokens, place = [], 0
    text = text.rstrip()
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match:
            raise SyntaxError(f"no token at {place}: {text[place:]!r}")
        number, name, string, mark = match.groups()
        if number is not None:
            tokens.append(("number", Fraction(number)))
        elif name is not None:
            tokens.append(("name", name))
        elif string is not None:
            tokens.append(("text", string))
        else:
            tokens.append(("mark", mark))
        place = match.end()
    return tokens + [("end", None)]


class Parser:
    def __init__(self, text):
        self.tokens, self.place = tokens_of(text), 0

    def peek(self, ahead=0):
        return self.tokens[min(self.place + ahead, len(self.tokens) - 1)][1]

    def take(self, wanted=None):
        kind, value = self.tokens[self.place]
        if wanted is not None and (value != wanted or kind == "text"):
            raise SyntaxError(f"expected {wanted}, found {value}")
        self.place += 1
        return value

    def taken(self, wanted):
        if self.peek() == wanted and self.tokens[self.place][0] != "text":
            self.place += 1
            return True
        return False

    def formula(self):
        if self.peek() in QUANTIFIERS:
            return self.bind(self.formula)
        left = self.implication()
        return ("call", "iff", [left, self.implication()]) if self.taken("iff") else left

    def equivalence(self):
        left = self.implication()
        return ("call", "iff", [left, self.implication()]) if self.taken("iff") else left

    def implication(self):
        left = self.series("or", self.conjunction)
        if not self.taken("implies"):
            return left
        right = self.bind(self.formula) if self.peek() in QUANTIFIERS else self.implication()
        return ("call", "implies", [left, right])

    def conjunction(self):
        return self.series("and", self.negation)

    def series(self, word, part):
        result = part()
        while self.taken(word):
            result = ("call", word, [result, part()])
        return result

    def negation(self):
        if self.taken("not"):
            return ("call", "not", [self.negation()])
        if self.peek() in QUANTIFIERS:
            return self.bind(self.formula)
        sides, marks = [self.sum()], []
        while self.tokens[self.place][0] == "mark" and self.peek() in COMPARISONS:
            marks.append(self.take())
            sides.append(self.sum())
        return ("compare", sides, marks) if marks else sides[0]

    def sum(self):
        result = self.product()
        while self.peek() in ("+", "-"):
            result = ("call", self.take(), [result, self.product()])
        return result

    def product(self):
        result = self.factor()
        while self.peek() in ("*", "/"):
            result = ("call", self.take(), [result, self.factor()])
        return result

    def factor(self):
        if self.taken("-"):
            return ("call", "negate", [self.factor()])
        base = self.primary()
        return ("call", "^", [base, self.factor()]) if self.taken("^") else base

    def primary(self):
        kind, value = self.tokens[self.place]
        if kind == "number":
            return ("number", self.take())
        if kind == "mark":
            if self.taken("("):
                inside = self.formula()
                self.take(")")
                return inside
            self.take("[")
            letters = [self.sum()]
            while self.taken(","):
                letters.append(self.sum())
            self.take("]")
            return ("word", letters)
        if value in ("min", "max", "sum") and self.peek(1) != "(":
            return self.bind(self.sum)
        self.take()
        if value in ("true", "false"):
            return ("truth", value == "true")
        if self.peek() != "(" or kind != "name":
            return ("name", value)
        self.take("(")
        arguments = [self.argument()]
        while self.taken(","):
            arguments.append(self.argument())
        self.take(")")
        return ("call", value, arguments)

    def argument(self):
        kind, value = self.tokens[self.place]
        if kind == "text":
            return ("text", self.take())
        if kind == "name" and value in ("mean", "union"):
            return ("chain", self.take())
        if kind == "name" and value == "head":
            self.take()
            return ("head", self.primary())
        return self.formula()

    def bind(self, body):
        word, binders = self.take(), []
        while not binders or self.taken(","):
            name = self.take()
            self.take("in")
            domain = self.domain(name)
            where = self.equivalence() if self.taken("where") else None
            binders.append((name, domain, where))
        self.take(":")
        return ("bind", word, binders, body())

    def domain(self, name):
        word = self.peek()
        if name == "system":
            self.take()
            self.take("(")
            arguments = [self.family_argument()]
            while self.taken(","):
                arguments.append(self.family_argument())
            self.take(")")
            return ("family", word, arguments)
        if word in ("nodes", "others", "heads"):
            return (self.take(),)
        if word in ("words", "grid", "inner_grid"):
            self.take()
            self.take("(")
            argument = self.sum()
            self.take(")")
            return (word, argument)
        if self.taken("{"):
            elements = [self.sum()]
            while self.taken(","):
                elements.append(self.sum())
            self.take("}")
            return ("list", elements)
        lower = self.sum()
        self.take("..")
        return ("range", lower, self.sum())

    def family_argument(self):
        lower = self.sum()
        return (lower, self.sum()) if self.taken("..") else (lower, None)


def parse(text):
    parser = Parser(text)
    result = parser.formula()
    if parser.peek() is not None:
        raise SyntaxError(f"more follows: {parser.peek()}")
    return result
