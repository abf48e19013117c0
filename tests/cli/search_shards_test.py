"""Searches in parts, their journals, and what is left of them when the program is killed.

usage: search_shards_test.py PROGRAM SYSTEMS_FOLDER
"""

import json
import os
import random
import re
import resource
import signal
import subprocess
import time

from program_case import ProgramCase, main

# 49,455 pairs in 99 shards; slices of six nodes where time is needed.
SMALL = ("search", "amplifies", "--nodes", "5", "--heads", "2", "--shard-size", "500")
# 12 million pairs in 240 shards.
LARGE = ("search", "amplifies", "--nodes", "6", "--heads", "2", "--count", "12000000", "--shard-size", "50000")


def answer(text):
    """The result without what tells of the run."""
    document = json.loads(text)
    del document["seconds"], document["filter"]["instructions"]
    return document


class SearchShards(ProgramCase):
    def journal(self, name="journal"):
        return os.path.join(self.folder.name, name)

    def answered(self, *arguments, code=0):
        result = self.run_program(*arguments, "--json")
        self.assertEqual(result.returncode, code, result.stderr)
        return answer(result.stdout)

    def content(self, name="journal"):
        with open(self.journal(name), "rb") as stream:
            return stream.read()

    def lines(self, name="journal"):
        return self.content(name).split(b"\n")[:-1]

    def killed(self, seconds, *arguments, signals=signal.SIGKILL):
        """Runs the program and kills it after a while; its exit code."""
        with subprocess.Popen([self.program, *arguments], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as process:
            time.sleep(seconds)
            process.send_signal(signals)
            return process.wait(60)

    # --- the answer does not depend on how it was found

    def test_a_journal_does_not_change_the_answer(self):
        plain = self.answered(*SMALL)
        self.assertEqual(plain["systems"], 49455)
        self.assertEqual(self.answered(*SMALL, "--journal", self.journal()), plain)
        self.assertEqual(len(self.lines()), 1 + 99)
        self.assertEqual(self.answered(*SMALL, "--journal", self.journal(), "--resume"), plain)
        self.assertEqual(len(self.lines()), 1 + 99)
        self.assertEqual(self.answered("search", "merge", self.journal()), plain)
        for size in ("1000", "49454", "49455", "1000000"):
            self.assertEqual(self.answered(*SMALL[:-1], size), plain)

    def test_parts_merge_to_the_whole(self):
        randomly = random.Random(1)
        for claim, options in (("attenuates", ()), ("mixes-slower", ("--epsilon", "1/10")),
                               ("amplifies", ("--symmetry", "--family", "union-sink", "--nodes", "4", "--heads", "2"))):
            arguments = ("search", claim, "--nodes", "5", "--heads", "2", "--shard-size", "900", *options)
            if "union-sink" in options:
                arguments = ("search", claim, "--shard-size", "100", *options)
            plain = self.answered(*arguments)
            for parts in (2, 7):
                files = [self.journal(f"{claim}-{k}-{parts}") for k in range(1, parts + 1)]
                done = 0
                for k, file in enumerate(files, 1):
                    part = self.answered(*arguments, "--shard", f"{k}/{parts}", "--journal", file)
                    self.assertEqual(part["part"], {"shard": f"{k}/{parts}", "complete": True})
                    self.assertIs(part["complete"], False)
                    done += part["range"]["done"]
                self.assertEqual(done, plain["range"]["count"])
                randomly.shuffle(files)
                self.assertEqual(self.answered("search", "merge", *files), plain)
                text = self.run_program("search", "merge", *files).stdout
                expected = self.run_program(*arguments).stdout
                self.assertEqual(re.sub("time .*", "", text), re.sub("time .*", "", expected))

    def test_missing_parts(self):
        arguments = (*SMALL[:-1], "5000")  # ten shards
        for k in (1, 3):
            self.answered(*arguments, "--shard", f"{k}/3", "--journal", self.journal(str(k)))
        files = [self.journal("1"), self.journal("3")]
        self.refused(3, "search", "merge", *files,
                     says="3 of 10 shards are in no journal: ranks 5000 to 9999, 20000 to 24999, 35000 to 39999 "
                          "(15000 ranks)")
        partial = self.answered("search", "merge", *files, "--partial", code=4)
        self.assertIs(partial["complete"], False)
        self.assertEqual(partial["systems"], 34455)
        self.refused(3, "search", "merge", *files, files[1], says=("the ranks ", " as well; expected each shard once"))

    # --- killed, stopped, out of room

    def test_killed_at_random_points(self):
        randomly = random.Random(20)
        plain = self.answered(*LARGE)
        for trial in range(3):
            name, lost = f"journal-{trial}", 0
            command = (*LARGE, "--threads", "2", "--journal", self.journal(name), "--resume")
            kills, longest = 0, 0.5
            while kills < 200:
                if self.killed(randomly.uniform(0.0, longest), *command) == 0:
                    if kills > 0:
                        break
                    # A fast machine: once more from the start, with less time before the kill.
                    os.remove(self.journal(name))
                    longest /= 2
                    continue
                kills += 1
                if os.path.exists(self.journal(name)) and randomly.random() < 0.3:
                    # What a write that the kill cut short leaves behind.
                    content = self.content(name)
                    end = content.rfind(b"\n", 0, max(len(content) - 1, 0)) + 1
                    cut = randomly.randrange(end, len(content) + 1) if content else 0
                    os.truncate(self.journal(name), cut)
                    lost += 1
            self.assertGreater(kills, 0)
            self.assertEqual(self.answered(*command), plain, (kills, lost))
            self.assertEqual(self.answered("search", "merge", self.journal(name)), plain)

    def test_a_kill_loses_only_the_shards_under_way(self):
        command = (*LARGE, "--threads", "2", "--journal", self.journal(), "--resume")
        counts = [0]
        for _ in range(3):
            self.killed(0.4, *command)
            counts.append(len(self.lines()) - 1 if os.path.exists(self.journal()) else 0)
        self.assertEqual(counts, sorted(counts))
        self.assertGreater(counts[-1], counts[0])
        result = self.run_program(*command)
        self.assertEqual(result.returncode, 0)
        self.assertIn(f"resuming after {counts[-1]} shards", result.stderr)
        starts = [tuple(json.loads(line)["shard"]) for line in self.lines()[1:]]
        self.assertEqual(len(starts), len(set(starts)))
        self.assertEqual(len(starts), 240)

    def test_interrupted(self):
        command = (*LARGE, "--threads", "1", "--journal", self.journal())
        with subprocess.Popen([self.program, *command, "--json"], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            while not os.path.exists(self.journal()) or len(self.lines()) < 3:
                time.sleep(0.01)
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=60)
        self.assertEqual((process.returncode, errors), (4, b""))
        stopped = answer(output)
        self.assertIs(stopped["complete"], False)
        done = sum(json.loads(line)["shard"][1] for line in self.lines()[1:])
        self.assertEqual(stopped["range"]["done"], done)
        self.assertLess(done, 12000000)
        self.assertEqual(self.answered(*command, "--resume"), self.answered(*LARGE))

    def test_a_full_disk(self):
        plain = self.answered(*SMALL, "--journal", self.journal("plain"))
        size = os.path.getsize(self.journal("plain"))
        header = len(self.lines("plain")[0]) + 1
        for room in (0, header - 1, header, header + 100, size // 3, size - 1):
            name = f"journal-{room}"

            def limit(room=room):
                resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))

            result = self.run_program(*SMALL, "--journal", self.journal(name), preexec_fn=limit)
            self.assertEqual((result.returncode, result.stdout), (3, ""), result.stderr)
            self.assertRegex(result.stderr, r"\Acrosshead: \S+: the journal cannot be written \(its first \d+ bytes "
                                            r"are in order\): File too large\n\Z")
            kept = len(self.lines(name))
            resumed = self.run_program(*SMALL, "--journal", self.journal(name), "--resume", "--json")
            self.assertEqual(resumed.returncode, 0, resumed.stderr)
            self.assertEqual(answer(resumed.stdout), plain)
            if kept > 1:
                self.assertIn(f"resuming after {kept - 1} shards", resumed.stderr)
            self.assertEqual(len(self.lines(name)), 100)

    # --- what is refused

    def test_journals_that_cannot_be_used(self):
        command = (*SMALL, "--journal", self.journal())
        self.answered(*command)
        content = self.content()
        self.refused(2, *command, says="exists already; --resume continues it")
        other = ("search", "attenuates", *command[2:])
        self.refused(3, *other, "--resume", says=("of another search: its claim is \"amplifies\"", "attenuates"))
        self.refused(3, *command, "--shard", "1/2", "--resume", says=("is of part 1/1", "expected part 1/2"))
        self.refused(3, *command, "--from", "1", "--resume", says="its slice is [0,49455], expected [1,49454]")
        self.refused(3, *SMALL[:-1], "501", "--journal", self.journal(), "--resume", says="shard_size is 500, expected 501")
        middle = len(content) // 2
        for damaged, says in ((content[:middle] + b"x" + content[middle + 1:], "checksum does not match"),
                              (content + content.split(b"\n")[1] + b"\n", "is there twice"),
                              (b"x" + content, "no journal of a search"), (b"", "nothing is journalled")):
            file = self.file(damaged, "damaged")
            self.refused(3, "search", "merge", file, says=(says, "byte "))
        self.refused(3, *SMALL, "--journal", self.file(content[:middle] + b"x" + content[middle + 1:]), "--resume",
                     says=("byte ", "checksum does not match"))
        self.refused(3, *SMALL, "--journal", "/dev/full", "--resume", says="no regular file")
        self.refused(3, *SMALL, "--journal", self.journal("absent/journal"), says="No such file or directory")
        self.refused(3, "search", "merge", self.journal("absent"), says="there is no such journal")
        self.assertEqual(self.content(), content)

    def test_options_that_cannot_be(self):
        journal = ("--journal", self.journal())
        for part in ("0/3", "4/3", "1", "1/0", "a/b", "1/3x", "-1/3"):
            self.refused(2, *SMALL, *journal, f"--shard={part}", says=("is no part i/N", "1 <= i <= N"))
        self.refused(2, *SMALL, *journal, "--shard", "100/200", says="expected a part from 1 to 99")
        self.refused(2, *SMALL, "--shard", "1/2", says="--shard requires --journal")
        self.refused(2, *SMALL, "--resume", says="--resume requires --journal")
        self.refused(2, *SMALL[:-1], "0", says="--shard-size")
        self.refused(2, "search", "amplifies", "--nodes", "7", "--heads", "2", "--shard-size", "10", says="at most")
        self.refused(2, "search", "merge", says="JOURNAL is required")
        self.refused(2, "search", "--nodes", "5", "merge", self.journal(), says="--nodes is none of merge's options")
        self.refused(2, "search", says="is required")
        self.refused(2, "search", "--nodes", "5", "--heads", "2", says="CLAIM is required")
        self.assertFalse(os.path.exists(self.journal()))


if __name__ == "__main__":
    main()
