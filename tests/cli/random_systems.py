"""Small random edges systems and analyze options, biased to corners."""

from fractions import Fraction


def random_weights(rng, count):
    parts = [rng.choice([0, 1, 1, 2, 3]) for _ in range(count)]
    if not any(parts):
        parts[rng.randrange(count)] = 1
    return [Fraction(part, sum(parts)) for part in parts]


def random_system(rng):
    n = rng.choice([1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8])
    count = rng.choice([1, 2, 2, 2, 3, 4])
    self_loops = rng.random() < 0.6
    cyclic = rng.random() < 0.12
    repaired = rng.random() < 0.75  # every node has a way on and a source, unless this is off
    sink = n - 1 if rng.random() < 0.92 else rng.randrange(n)
    heads = []
    for _ in range(count):
        density = rng.choice([0.2, 0.5, 0.8])
        edges = {(j, i) for j in range(n) for i in range(j + 1, n) if rng.random() < density}
        if not self_loops:
            edges |= {(j, j) for j in range(n) if rng.random() < 0.5}
        if cyclic and n > 1:
            edges |= {(i, j) for j in range(n) for i in range(j + 1, n) if rng.random() < 0.2}
        if repaired:
            for j in range(n - 1):
                if not any((j, i) in edges for i in range(j + 1, n)):
                    edges.add((j, rng.randrange(j + 1, n)))
            if not self_loops:
                for i in range(n):
                    if not any((j, i) in edges for j in range(n)):
                        edges.add((i, i))
                if not any((n - 1, i) in edges for i in range(n)):
                    edges.add((n - 1, n - 1))
        edges = sorted(edges)
        if self_loops:
            edges = [(j, i) for j, i in edges if i != j]
        heads.append(edges)
    if count > 1 and rng.random() < 0.05:
        heads[1] = heads[0]
    return {"n": n, "sink": sink, "self_loops": self_loops, "heads": heads,
            "weights": random_weights(rng, count)}


def random_options(rng):
    return {"first_step": rng.choice([1, 1, 0]), "sink_counts": rng.choice(["yes", "yes", "no"]),
            "distance": rng.choice(["tv", "tv", "l1"]), "start": rng.choice(["worst", "worst", "average"]),
            "cutoff": rng.choice([0, 1, 5, 20])}


def is_cyclic(system):
    return any(j > i for edges in system["heads"] for j, i in edges)


def document(system):
    names = [str(j + 1) for j in range(system["n"])]
    return {"schema": "crosshead.system/1", "name": "random", "nodes": system["n"],
            "sink": names[system["sink"]], "self_loops": system["self_loops"],
            "heads": [{"edges": [[names[j], names[i]] for j, i in edges]} for edges in system["heads"]],
            "weights": [str(weight) for weight in system["weights"]]}
