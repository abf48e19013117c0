"""Certificates that are rejected for their text, keys, readings, verdicts, vacuity, hashes or numbers."""
import json

from certificates import digest
from damage import BAD_JSON, FACT, PROOF, R, S, both, changed_text, changes_of, drop, formula, put, reorder


def damaged(good):
    """Name, text and expected reason of each."""
    change = changes_of(good)
    text = json.dumps(good["superharmonic"], ensure_ascii=False)
    # Not JSON, or not all of it.
    yield "empty", "", BAD_JSON
    yield "white-space-alone", " \n", BAD_JSON
    yield "truncated", text[:len(text) // 2], BAD_JSON
    yield "last-brace-missing", text[:-1], BAD_JSON
    yield "trailing-bytes", text + "x", BAD_JSON
    yield "trailing-null-byte", text + "\0", BAD_JSON
    yield "two-certificates", text + text, BAD_JSON
    yield "byte-order-mark", "\ufeff" + text, BAD_JSON
    yield "trailing-comma", text[:-1] + ",}", BAD_JSON
    yield "leading-zero", text.replace('"time": 1', '"time": 01', 1), BAD_JSON
    yield "plus-sign-of-an-integer", text.replace('"time": 1', '"time": +1', 1), BAD_JSON
    yield "horizon-of-30-digits", text.replace('"horizon": ', '"horizon": 1' + "0" * 29, 1), BAD_JSON
    yield "unknown-escape", text.replace("made for", "\\made for", 1), BAD_JSON
    yield "escaped-null-byte", text.replace("made for", "\\u0000made for", 1), BAD_JSON
    yield "lone-surrogate", text.replace("made for", "\\ud800made for", 1), BAD_JSON
    yield "raw-control-character", text.replace("made for", "made\tfor", 1), BAD_JSON
    yield "single-quotes", text.replace('"', "'"), BAD_JSON
    yield "comment", text[:-1] + "/* all of it */}", BAD_JSON
    yield "too-deep", "[" * 3000 + "]" * 3000, BAD_JSON
    yield changed_text("float-time", good["superharmonic"], '"time":1,', '"time":1.0,', "readings[0].systems[0].facts[0].proof.time: expected an integer")
    yield "array-for-object", "[]\n", "certificate: expected an object"
    yield "null-for-object", "null\n", "certificate: expected an object"
    yield "number-for-object", "1\n", "certificate: expected an object"
    # Keys.
    first = '{"format": "crosshead.certificate/1", '
    yield "duplicated-key", first + text[1:], BAD_JSON
    yield changed_text("duplicated-inner-key", good["superharmonic"], '"attained":true,', '"attained":true,"attained":true,', BAD_JSON)
    yield changed_text("duplicated-printed-name", good["words"], '"printed":{', '"printed":{"cross":"1/4",', BAD_JSON)
    yield change("printed-null", "no-system", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([("printed", None), (key, value)] if key == "truth" else [(key, value)])})(c), "readings[0].printed: expected an object")
    yield change("given-null", "no-system", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([("given", None), (key, value)] if key == "truth" else [(key, value)])})(c), "readings[0].given: expected an object")
    yield change("witness-null", "no-system", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([("witness", None), (key, value)] if key == "systems" else [(key, value)])})(c), "readings[0].witness: the instance that decides is ")
    yield change("mode", "superharmonic", lambda c: put(R, 0, {k: v for key, value in c[R][0].items() for k, v in ([(key, value), ("mode", "enumerated")] if key == "truth" else [(key, value)])})(c), "readings[0]: expected next the key systems")
    yield change("no-text", "superharmonic", drop(R, 0, "text"), "readings[0]: expected next the key text")
    yield change("text-no-string", "superharmonic", put(R, 0, "text", 1), "readings[0].text: expected a string")
    yield change("sink-counts-no-truth-value", "superharmonic", put(R, 0, "convention", "sink_counts", 1), "readings[0].convention.sink_counts: expected true or false")
    yield change("unknown-start", "superharmonic", put(R, 0, "convention", "start", "best"), "readings[0].convention.start: ")
    yield change("reordered-keys", "superharmonic", reorder(), 'certificate: expected next the key format')
    yield change("reordered-convention", "superharmonic", reorder(R, 0, "convention"), 'readings[0].convention: expected next the key first_step')
    yield change("unknown-key", "superharmonic", put("comment", "x"), 'certificate: a key that is not expected here')
    yield change("no-verdict", "superharmonic", drop("verdict"), 'certificate: expected next the key verdict')
    yield change("no-hashes", "superharmonic", drop("hashes"), 'certificate: expected next the key hashes')
    yield change("no-truth", "superharmonic", drop(R, 0, "truth"), 'readings[0]: expected next the key truth')
    yield change("no-epsilon", "mixing", drop(*FACT, "epsilon"), "readings[0].systems[0].facts[0]: not one of the facts")
    yield change("stale-version", "superharmonic", put("format", "crosshead.certificate/0"), "format: not the format")
    yield change("later-version", "superharmonic", put("format", "crosshead.certificate/2"), "format: not the format")
    yield change("unknown-verdict", "superharmonic", put("verdict", "proved"), "verdict: the truths of the readings give verified")
    yield change("unknown-kind", "superharmonic", put("kind", "lemma"), "kind: not one of the words")
    yield change("unknown-role", "superharmonic", put(R, 0, "role", "assumed"), "readings[0].role: not one of the words")
    yield change("unknown-distance", "superharmonic", put(R, 0, "convention", "distance", "l2"), "readings[0].convention.distance: not one of the words")
    yield change("first-step-2", "superharmonic", put(R, 0, "convention", "first_step", 2), "readings[0].convention.first_step: expected 0 or 1")
    yield change("truth-as-a-string", "superharmonic", put(R, 0, "truth", "true"), "readings[0].truth: expected true or false")
    # Readings and verdicts.
    yield change("no-reading", "superharmonic", put(R, []), "readings: no stated reading")
    yield change("no-stated-reading", "superharmonic", put(R, 0, "role", "fact"), "readings: no stated reading")
    yield change("hypothesis-alone", "superharmonic", put(R, 0, "role", "hypothesis"), "readings: no stated reading")
    yield change("wrong-verdict", "superharmonic", put("verdict", "refuted"), "verdict: the truths of the readings give verified")
    yield change("verdict-of-a-definition", "definition", put("verdict", "verified"), "verdict: the truths of the readings give not-a-claim")
    yield change("definition-for-a-claim", "superharmonic", put("kind", "definition"), "verdict: the truths of the readings give not-a-claim")
    yield change("holds-if-without-hypothesis", "holds-if", drop(R, 1), "verdict: the truths of the readings give refuted")
    yield change("fact-counted-as-stated", "holds-if", put(R, 2, "role", "stated"), "verdict: the truths of the readings give ambiguous")
    yield change("ambiguous-called-verified", "ambiguous", put("verdict", "verified"), "verdict: the truths of the readings give ambiguous")
    yield change("wrong-truth", "superharmonic", put(R, 0, "truth", False), "readings[0].formula: the formula does not have the stated truth")
    yield change("wrong-truth-and-verdict", "attenuates-none", both(put(R, 0, "truth", True), put("verdict", "verified")),
                 "readings[0].formula: the formula does not have the stated truth")
    yield change("no-truth-value", "no-system", formula("forall k in 1..6, m in {0, 1, k}: 1 / m > 0"), "readings[0].formula: the formula has no truth value")
    yield change("undecided-enclosure", "enclosures", formula("exp(1) * exp(-1) = 1"), "readings[0].formula: the formula has no truth value")
    # Vacuity.
    yield change("vacuous-forall", "no-system", formula("forall k in 1..0: k > k"), "readings[0].formula: vacuous")
    yield change("vacuous-where", "no-system", formula("forall k in 1..6 where k > 6: k > k"), "readings[0].formula: vacuous")
    yield change("vacuous-inner", "no-system", formula("forall k in 1..6, m in 1..k - 6: k > k or k < 6"), "readings[0].formula: vacuous")
    yield change("vacuous-family", "line-mixes", both(formula("forall system in line(6..2): 1 = 2"), put(R, 0, S, [])),
                 "readings[0].formula: vacuous")
    # Hashes.
    wrong = "0" * 64
    yield change("wrong-sha256", "superharmonic", put("sha256", wrong), "sha256: the hash does not match", hashes=False)
    yield change("upper-case-sha256", "superharmonic", lambda c: put("sha256", c["sha256"].upper())(c), "sha256: the hash does not match", hashes=False)

    def stale(path, value):
        def act(c):
            put(*path, value)(c)
            c["sha256"] = digest({k: v for k, v in c.items() if k != "sha256"})
        return act
    yield change("wrong-claim-hash", "superharmonic", stale(("hashes", "claim"), wrong), "hashes.claim: the hash does not match", hashes=False)
    yield change("changed-statement", "superharmonic", stale(("claim", "statement"), "Something else."), "hashes.claim: the hash does not match", hashes=False)
    yield change("wrong-system-hash", "superharmonic", stale(("hashes", "systems", 0), wrong), "hashes.systems[0]: the hash does not match", hashes=False)
    yield change("missing-system-hash", "superharmonic", stale(("hashes", "systems"), []), "hashes.systems: too few hashes", hashes=False)
    yield change("extra-system-hash", "no-system", stale(("hashes", "systems"), [wrong]), "hashes.systems: too many hashes", hashes=False)
    yield change("short-ledger-hash", "with-ledger", put("hashes", "ledger", "abc"), "hashes.ledger: not a hash")
    # Numbers.
    for name, value in (("not-lowest-terms", "2/8"), ("denominator-1", "1/1"), ("plus-sign", "+1/4"), ("decimal", "0.25"),
                        ("zero-denominator", "1/0"), ("negative-zero", "-0"), ("leading-zero-digits", "01/4"),
                        ("space-in-number", " 1/4"), ("empty-number", ""), ("negative-denominator", "1/-4"), ("hex-number", "0x1")):
        yield change("noncanonical-" + name, "superharmonic", put(*FACT, "phi", value), "readings[0].systems[0].facts[0].phi: ")
    yield change("number-as-integer", "superharmonic", put(*FACT, "phi", 0), "readings[0].systems[0].facts[0].phi: expected a string")
    yield change("time-as-string", "superharmonic", put(*PROOF, "time", "2"), "readings[0].systems[0].facts[0].proof.time: expected an integer")
    yield change("noncanonical-printed", "words", put(R, 0, "printed", "rows", [["1", "0"], ["2/4"]]), "readings[0].printed.rows[1][0]: ")
