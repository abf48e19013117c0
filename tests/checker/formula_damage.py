"""Certificates that are rejected for their witnesses, for malformed formulas, or beyond a limit."""
import json

import simplex_corpus
from certificates import canonical
from damage import BAD_JSON, GIVEN, NEEDED, R, S, both, changes_of, drop, formula, put, reorder, repeat, swap, tree


def damaged(good):
    """Name, text and expected reason of each."""
    change = changes_of(good)
    text = json.dumps(good["superharmonic"], ensure_ascii=False)
    # Witnesses.
    w = (R, 0, "witness")
    decides = "readings[0].witness: the instance that decides is "
    first_word = decides + '[{"name":"w","word":[2,1,2]}]'
    yield change("witness-missing", "first-word", drop(*w), "readings[0].formula: the instance that decides is " + '[{"name":"w","word":[2,1,2]}]')
    yield change("witness-where-none-decides", "no-system", put(R, 0, {**{k: v for k, v in good["no-system"][R][0].items() if k != S}, "witness": [], S: []}), decides)
    yield change("witness-of-a-connective", "superharmonic", put(R, 0, {**{k: v for k, v in good["superharmonic"][R][0].items() if k != S}, "witness": [{"name": "j", "value": "1"}], S: good["superharmonic"][R][0][S]}), decides)
    yield change("witness-later-word", "first-word", put(*w, 0, "word", [2, 2, 1]), first_word)
    yield change("witness-earlier-word", "first-word", put(*w, 0, "word", [1, 2, 2]), first_word)
    yield change("witness-of-another-name", "first-word", put(*w, 0, "name", "v"), first_word)
    yield change("witness-word-as-strings", "first-word", put(*w, 0, "word", ["2", "1", "2"]), first_word)
    yield change("witness-empty", "first-word", put(*w, []), first_word)
    yield change("witness-twice", "first-word", repeat(*w, 0), first_word)
    yield change("witness-with-a-further-key", "first-word", put(*w, 0, "value", "1"), first_word)
    yield change("witness-keys-reordered", "first-word", reorder(*w, 0), first_word)
    yield change("witness-of-the-other-end", "holds-if", put(*w, 0, "value", "2"), decides + '[{"name":"k","value":"0"}]')
    yield change("witness-value-as-an-integer", "holds-if", put(*w, 0, "value", 0), decides + '[{"name":"k","value":"0"}]')
    yield change("witness-not-in-list", "witness-word", put(*w, 1, "value", "3"), decides)
    yield change("witness-not-in-lowest-terms", "witness-word", put(*w, 1, "value", "2/4"), decides)
    yield change("witness-name-missing", "witness-word", drop(*w, 1), decides)
    yield change("witness-names-swapped", "witness-word", swap(*w, 0), decides)
    yield change("witness-against-its-condition", "witness-weights", put(*w, 1, "weights", ["3/4", "1/4"]), decides)
    yield change("witness-of-another-system", "witness-weights", put(*w, 0, "system", "heads", 0, {"edges": [[1, 1], [1, 2], [2, 2], [2, 3], [3, 3]]}), decides)
    yield change("witness-with-the-weights-of-the-family", "witness-weights", put(*w, 0, "system", "weights", ["1/2", "1/2"]), decides)
    yield change("witness-is-the-sink", "witness-weights", put(*w, 2, "value", "3"), decides)
    yield change("witness-as-an-index", "witness-refutes", put(*w, 0, "system", 0), decides)
    s = (*w, 0, "system")
    yield change("witness-has-two-sinks", "witness-refutes", put(*s, "heads", 1, "edges", [[1, 1], [1, 2], [2, 2], [3, 3]]), decides)
    yield change("witness-heads-unordered", "witness-refutes", swap(*s, "heads", 0), decides)
    yield change("witness-weights-not-uniform", "witness-refutes", put(*s, "weights", ["1/4", "3/4"]), decides)
    yield change("witness-other-sink", "witness-refutes", put(*s, "sink", 2), decides)
    yield change("witness-of-too-few-nodes", "witness-refutes", formula("forall system in unique_sink(4..5, 2): phi_min(mean) <= 1/8"), NEEDED)
    yield change("witness-of-matrices", "witness-refutes", formula("forall system in chains(2..5, 2, 2): phi_min(mean) <= 1/8"), "readings[0].formula: ")
    yield change("witness-not-exact", "no-system", tree(["exists", ["x", ["list", ["exp", 1]]], ["<", 2, "x"]]), "readings[0].formula: the number that decides is not exact")
    yield change("witness-undefined", "no-system", tree(["exists", ["x", ["list", ["/", 1, 0]]], ["not", ["defined", "x"]]]), "readings[0].formula: the number that decides is not exact")
    yield change("witness-injected-by-a-name", "no-system", tree(["exists", ['k","value":"1"},{"name":"m', ["..", 2, 2]], "true"]), "readings[0].formula: the instance that decides is " + r'[{"name":"k\",\"value\":\"1\"},{\"name\":\"m","value":"2"}]')
    # Formulas: the whole formula is malformed, or the part that is given last.
    bad = "readings[0].formula: malformed formula: "
    one_two, ok = ["..", 1, 2], ["=", 1, 1]
    for name, value, *part in (
            ("null", None), ("true-of-json", True), ("object", {"=": [1, 1]}), ("fraction", ["=", 0.5, 1], 0.5), ("empty-array", []),
            ("text", "1 = 1"), ("number-text", ["=", "1", 1], "1"), ("unknown-operation", ["xor", ok, ok]), ("upper-case-operation", ["AND", ok]),
            ("number-as-operation", [1, 2], 1), ("operation-in-an-array", [["="], 1, 1], ["="]), ("unknown-name", ["=", "k", "k"], "k"),
            ("operation-as-a-name", "and"), ("name-as-an-operation", ["n", 1]), ("true-as-an-operation", ["true"]),
            ("number-for-truth", ["+", 1, 1]), ("number-in-a-connective", ["or", 2, ok], 2), ("half-for-truth", ["not", ["/", 1, 2]], ["/", 1, 2]),
            ("inexact-for-truth", ["not", ["exp", 1]], ["exp", 1]), ("condition-of-if", ["if", 3, ok, ok], 3),
            ("two-operands-missing", ["="]), ("operand-missing", ["=", 1]), ("operand-too-many", ["=", 1, 1, 1]), ("minus-of-one", ["=", ["-", 1], -1], ["-", 1]),
            ("sum-of-three", ["=", ["+", 1, 1, 1], 3], ["+", 1, 1, 1]), ("not-of-two", ["not", "false", "false"]), ("and-of-none", ["and"]), ("or-of-none", ["or"]),
            ("if-without-else", ["if", "true", ok]), ("if-of-four", ["if", "true", ok, ok, ok]), ("floor-of-two", ["=", ["floor", 1, 2], 1], ["floor", 1, 2]),
            ("defined-of-none", ["defined"]), ("choose-of-one", ["=", ["choose", 3], 1], ["choose", 3]),
            ("forall-without-binder", ["forall", "true"]), ("forall-of-none", ["forall"]), ("forall-as-a-name", "forall"), ("sum-without-binder", ["=", ["sum", 1], 1], ["sum", 1]),
            ("bound-twice", ["forall", ["k", one_two], ["k", one_two], ok], ["k", one_two]),
            ("bound-twice-inside", ["forall", ["k", one_two], ["exists", ["k", one_two], ok]], ["k", one_two]),
            ("binder-without-domain", ["forall", ["k"], ok], ["k"]), ("binder-as-a-name", ["forall", "k", ok], "k"), ("binder-of-four", ["forall", ["k", one_two, "true", "true"], ok], ["k", one_two, "true", "true"]),
            ("binder-name-in-an-array", ["forall", [["k"], one_two], ok], ["k"]), ("binder-name-empty", ["forall", ["", one_two], ok], ["", one_two]),
            ("binder-name-a-digit", ["forall", ["1", one_two], ok], ["1", one_two]), ("binder-name-greek", ["forall", ["\u03c4", one_two], ok], ["\u03c4", one_two]),
            ("condition-a-number", ["forall", ["k", one_two, "k"], ok], "k"), ("condition-unknown", ["forall", ["k", one_two, "m"], ok], "m"),
            ("domain-a-name", ["forall", ["k", "nodes"], ok], "nodes"), ("domain-unknown", ["forall", ["k", ["nodes", 3]], ok], ["nodes", 3]),
            ("range-of-one", ["forall", ["k", ["..", 1]], ok], ["..", 1]), ("range-of-three", ["forall", ["k", ["..", 1, 2, 3]], ok], ["..", 1, 2, 3]),
            ("range-of-ranges", ["forall", ["k", ["..", one_two, 3]], ok], one_two), ("list-of-none", ["forall", ["k", ["list"]], ok], ["list"]),
            ("family-for-a-number", ["forall", ["k", ["line", 3]], ok], ["line", 3]), ("range-for-a-system", ["forall", ["system", one_two], ok], one_two),
            ("range-for-weights", ["forall", ["weights", one_two], ok], one_two), ("grid-for-a-number", ["forall", ["k", ["grid", 2]], ok], ["grid", 2]),
            ("family-a-name", ["forall", ["system", "line"], ok], "line"), ("family-without-arguments", ["forall", ["system", ["line"]], ok], ["line"]),
            ("family-of-too-many", ["forall", ["system", ["line", 3, 2]], ok], ["line", 3, 2]), ("family-without-heads", ["forall", ["system", ["unique_sink", 3]], ok], ["unique_sink", 3]),
            ("family-without-denominator", ["forall", ["system", ["chains", 2, 1]], ok], ["chains", 2, 1]), ("line-without-p", ["forall", ["system", ["lazy_line", 3]], ok], ["lazy_line", 3]),
            ("range-for-a-width", ["forall", ["system", ["local", 3, one_two]], ok], one_two), ("range-for-a-denominator", ["forall", ["system", ["chains", 2, 1, one_two]], ok], one_two),
            ("range-as-a-number", ["=", one_two, 1], one_two), ("system-as-a-number", ["forall", ["system", ["line", 2]], ["=", "system", 1]], "system"),
            ("word-as-a-number", ["forall", ["system", ["line", 2]], ["w", ["words", 1]], ["defined", "w"]], "w"),
            ("printed-name-unknown", ["=", ["printed", "x"], 1], ["printed", "x"]), ("mean-as-a-number", ["=", "mean", 1], "mean")):
        shown = canonical(part[0] if part else value)
        yield change("formula-" + name, "quoted-label", tree(value), bad + ("" if "." in shown and ".." not in shown else shown))
    for name, value, part in (
            ("chain-missing", ["=", ["W", 1, 1], 1], ["W", 1, 1]), ("chain-a-number", ["=", ["W", 1, 1, 1], 1], 1), ("chain-unknown", ["=", ["W", "union", 1, 1], 1], "union"),
            ("chain-mean-in-an-array", ["=", ["W", ["mean"], 1, 1], 1], ["mean"]), ("chain-head-as-a-name", ["=", ["W", "head", 1, 1], 1], "head"),
            ("chain-head-of-two", ["=", ["W", ["head", 1, 2], 1, 1], 1], ["head", 1, 2]), ("chain-for-a-node", ["=", ["W", "mean", "mean", 1], 1], "mean"),
            ("word-as-a-bare-array", ["=", ["product", [1, 2], 1, 1], 1], 1), ("word-a-number", ["=", ["letters", 1, 1], 1], 1), ("word-as-a-name", ["=", ["letters", "word", 1], 0], "word"),
            ("word-missing", ["=", ["product", 1, 1], 1], ["product", 1, 1]), ("number-for-a-word", ["forall", ["k", one_two], ["=", ["letters", "k", 1], 1]], "k"),
            ("function-of-too-many", ["=", ["signal", "mean", 1, 1, 1], 1], ["signal", "mean", 1, 1, 1]), ("sink-as-a-node-of-reaches", ["reaches", "mean", 1], ["reaches", "mean", 1]),
            ("phi-min", ["=", ["phi_min", "mean"], 1], ["phi_min", "mean"]), ("printed-entry-without-column", ["=", ["printed", "rows", 2], 1], ["printed", "rows", 2]),
            ("printed-entry-of-a-number", ["=", ["printed", "cross", 1, 1], 1], ["printed", "cross", 1, 1]), ("printed-rows-as-a-number", ["=", ["printed", "rows"], 1], ["printed", "rows"]),
            ("printed-name-in-an-array", ["=", ["printed", ["cross"]], 1], ["cross"])):
        yield change("formula-" + name, "words", tree(value), bad + canonical(part))
    for name, value in (("name", ["=", "n", 3]), ("chain", ["=", ["W", "mean", 1, 1], 1]), ("words", ["forall", ["w", ["words", 1]], ok])):
        yield change("formula-without-a-system-" + name, "quoted-label", tree(value), bad + "no system")
    # Limits.
    def nested(depth, tree_):
        for _ in range(depth):
            tree_ = ["-", 0, tree_]
        return ["=", tree_, 1]

    many = "too much work"
    for name, value, reason in (
            ("deep", nested(1100, 1), "a formula nested deeper than 300"),
            ("binders", ["forall", *(["k%d" % k, ["..", 1, 1]] for k in range(5000)), ok], "more than 100 names bound"),
            ("long-words-nested", ["forall", ["system", ["line", 2]], *(["w%d" % k, ["words", 10000]] for k in range(150)), ok], many),
            ("huge-power", ["<", 0, ["^", 2, ["^", 10, 15]]], many), ("power-of-one", ["=", 1, ["^", 1, ["^", 10, 18]]], many),
            ("power-of-powers", ["<", 0, ["^", ["^", ["^", 7, 5000], 5000], 5000]], many),
            ("huge-exponent", ["<", 0, ["^", 1, ["^", 10, 30]]], "an integer of more than 63 bits"),
            ("huge-binomial", ["<", 0, ["choose", ["^", 10, 9], ["*", 5, ["^", 10, 8]]]], many),
            ("huge-range", ["forall", ["k", ["..", 1, ["^", 10, 12]]], ["<", 0, "k"]], many),
            ("huge-empty-range", ["forall", ["k", ["..", 1, 10 ** 18], "false"], ok], many),
            ("far-counterexample", ["forall", ["k", ["..", 1, ["^", 10, 12]]], ["<", ["^", "k", 2], ["^", 10, 20]]], many),
            ("huge-words", ["forall", ["system", ["star", 2]], ["w", ["words", ["^", 10, 11]]], ok], "lists of more than 10000 elements"),
            ("many-words", ["forall", ["system", ["lazy_line", 2, 1, ["/", 1, 2]]], ["w", ["words", 40]], ok], many),
            ("heads-of-huge-count", ["exists", ["system", ["unique_sink", 2, ["..", 2, 10 ** 18]]], ok], None),
            ("huge-line", ["forall", ["system", ["line", 10 ** 9]], ok], "more than 1000 nodes"),
            ("huge-family", ["forall", ["system", ["digraphs", 9, 2]], ok], many),
            ("family-of-1000-nodes", ["forall", ["system", ["digraphs", 1000, 2]], ok], "lists of more than 10000 elements"),
            ("many-nodes", ["forall", ["system", ["full", ["..", 100, 1000]]], ["<", ["signal", "mean", 1, 2], 2]], many),
            ("huge-time", ["forall", ["system", ["full", 5]], ["<", 0, ["signal", "mean", 1, ["^", 10, 15]]]], many),
            ("huge-moves", ["forall", ["system", ["full", 5]], ["<", 0, ["moves", "mean", 1, 10 ** 9, 10 ** 8]]], "more than 1000 states"),
            ("more-moves-than-bytes", ["forall", ["system", ["full", 5]], ["<", 0, ["moves", "mean", 1, 2 ** 63 - 1, 2 ** 63 - 1]]], "more than 1000 states"),
            ("huge-exponential", ["<", 0, ["exp", 1001]], "exp beyond 1000"), ("tiny-exponential", ["<", 0, ["exp", ["-", 0, 1001]]], "exp beyond 1000"),
            ("huge-grid", ["forall", ["system", ["lazy_line", 2, 1, ["/", 1, 2], ["/", 1, 3], ["/", 1, 4]]], ["weights", ["grid", ["^", 10, 6]]], ok], many)):
        reason = "readings[0].formula: beyond a limit: " + reason if reason else "readings[0].formula: vacuous"
        yield change("limit-" + name, "quoted-label", tree(value), reason)
    zero = {"nodes": 2, "sink": 2, "heads": [{"diffusion": [["0", "0"], ["0", "0"]]}], "weights": ["1"]}
    yield change("limit-signal-of-nothing", "superharmonic", both(put(*GIVEN, zero), tree(["=", ["signal", "mean", 1, 10 ** 15], 0])), "readings[0].formula: beyond a limit: " + many)
    yield from simplex_corpus.damaged(change)
    yield "limit-deeper-than-the-parser", text.replace('"formula": [', '"formula": ' + '["-", 0, ' * 2100 + "[", 1), BAD_JSON
