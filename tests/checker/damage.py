"""Ways to damage a certificate, each a function that changes a copy of one in place.

A path is the keys and indices that lead to a place.
"""
import copy
import hashlib
import json

from certificates import CONVENTION, canonical, rehash
from spelling import tree_of

R, S = "readings", "systems"
FACT = (R, 0, S, 0, "facts", 0)
PROOF = FACT + ("proof",)
GIVEN = (R, 0, "given")
BAD_JSON = "certificate: not JSON: "
NEEDED = "readings[0].formula: a fact is needed that is not listed: "


def found(c, path):
    for step in path:
        c = c[step]
    return c


def put(*path_value):
    *path, last, value = path_value

    def act(c):
        found(c, path)[last] = value
    return act


def drop(*path):
    def act(c):
        del found(c, path[:-1])[path[-1]]
    return act


def swap(*path):
    """Exchanges an element of an array with the next one."""
    def act(c):
        parent, k = found(c, path[:-1]), path[-1]
        parent[k], parent[k + 1] = parent[k + 1], parent[k]
    return act


def repeat(*path):
    def act(c):
        found(c, path[:-1]).insert(path[-1], copy.deepcopy(found(c, path)))
    return act


def reverse(*path):
    def act(c):
        found(c, path).reverse()
    return act


def reorder(*path):
    """Moves the first key of an object to its end."""
    def act(c):
        old = found(c, path)
        first = next(iter(old))
        old[first] = old.pop(first)
    return act


def both(*acts):
    def act(c):
        for one in acts:
            one(c)
    return act


def tree(value):
    return put(R, 0, "formula", value)


def formula(text):
    return tree(tree_of(text, CONVENTION))


def changes_of(good):
    """Makes name, text and reason of a changed certificate, with its hashes right again unless they are the damage."""
    def change(name, base, act, reason, hashes=True):
        c = copy.deepcopy(good[base])
        act(c)
        return name, json.dumps(rehash(c) if hashes else c, ensure_ascii=False) + "\n", reason
    return change


def changed_text(name, certificate, old, new, reason):
    """Changes the canonical text by hand, where a parser would not leave the damage, and makes its last hash right."""
    body = canonical(certificate)
    assert old in body
    body = body.replace(old, new, 1)
    body = body[:body.rindex(',"sha256":')] + "}"
    return name, body[:-1] + ',"sha256":"' + hashlib.sha256(body.encode()).hexdigest() + '"}', reason
