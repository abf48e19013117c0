"""Numbers as pairs of bounds, None where undefined, and the truth values that comparing them gives."""
NO, UNKNOWN, YES = 0, 1, 2


def exact(x):
    return x is not None and x[0] == x[1]


def integer(x, low=None, high=None):
    if not exact(x) or x[0].denominator != 1 or (low is not None and x[0] < low) or (high is not None and x[0] > high):
        return None
    return int(x[0])


def times(a, b):
    if not a or not b:
        return None
    corners = [x * y for x in a for y in b]
    return min(corners), max(corners)


def compare(a, mark, b):
    if not a or not b:
        return UNKNOWN
    less = YES if a[1] < b[0] else NO if a[0] >= b[1] else UNKNOWN
    more = YES if b[1] < a[0] else NO if b[0] >= a[1] else UNKNOWN
    same = YES if exact(a) and a == b else NO if YES in (less, more) else UNKNOWN
    return {"<": less, ">": more, "<=": 2 - more, ">=": 2 - less, "=": same, "!=": 2 - same}[mark]
