"""Searches under mpirun: one answer whatever the number of processes, and a journal that outlives them.

usage: search_mpi_test.py PROGRAM SYSTEMS_FOLDER; the environment's MPIRUN names the launcher
"""

import json
import os
import random
import shutil
import signal
import subprocess
import time
import unittest

from program_case import ProgramCase, main, unwrapped
from search_shards_test import LARGE, SMALL, answer

MPIRUN = os.environ.get("MPIRUN") or shutil.which("mpirun")
MOST_KILLS = 25  # then the search may end


def processes_of(folder):
    """Ids of the running programs whose journal is in the folder, and of those only the searches themselves."""
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            with open(f"/proc/{entry}/cmdline", "rb") as stream:
                command = stream.read().split(b"\0")
        except OSError:
            continue
        if command[0] == ProgramCase.program.encode() and any(folder.encode() in word for word in command):
            found.append(int(entry))
    return found


@unittest.skipUnless(MPIRUN, "there is no mpirun")
class SearchUnderMpi(ProgramCase):
    def journal(self, name="journal"):
        return os.path.join(self.folder.name, name)

    def launch(self, count, *arguments, **options):
        environment = dict(os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                           **options.pop("environment", {}))
        return subprocess.Popen([MPIRUN, "-n", str(count), "--oversubscribe", self.program, *arguments],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, **options)

    def launched(self, count, *arguments, **options):
        with self.launch(count, *arguments, **options) as job:
            output, errors = job.communicate(timeout=120)
        return job.returncode, output, unwrapped(errors)

    def alone(self, *arguments, code=0):
        result = self.run_program(*arguments, "--json")
        self.assertEqual(result.returncode, code, result.stderr)
        return answer(result.stdout)

    def lines(self):
        with open(self.journal(), "rb") as stream:
            return stream.read().split(b"\n")[:-1]

    def test_the_answer_is_that_of_one_process(self):
        plain = self.alone(*SMALL)
        for count in (1, 2, 3, 5):
            self.assertEqual(self.launched(count, *SMALL)[0], 0)
            code, output, errors = self.launched(count, *SMALL, "--json")
            self.assertEqual((code, errors), (0, ""))
            self.assertEqual(answer(output), plain)  # one document: the other processes print nothing
        code, output, errors = self.launched(2, *SMALL, "--json", "--threads", "3")
        self.assertEqual((code, answer(output), errors), (0, plain, ""))

    def test_a_claim_file_and_another_convention(self):
        file = self.file("""id = "own"
section = "own"
source = "made for this test"
statement = "No pair mixes faster than both heads."
expected = "refuted"
[[reading]]
name = "L1, on average"
formula = 'forall system in unique_sink(4, 2): t_mix(mean, 1/10) >= min h in heads: t_mix(head h, 1/10)'
expected = false
[reading.convention]
distance = "l1"
start = "average"
""", "own.toml")
        sizes = ["--nodes", "4", "--heads", "2"]
        code, output, errors = self.launched(2, "search", file, *sizes, "--json")
        self.assertEqual((code, errors), (0, ""))
        plain = self.alone("search", "mixes-faster", *sizes, "--epsilon", "1/10", "--distance", "l1", "--start", "average")
        found = answer(output)
        del found["named"]
        self.assertEqual(found, plain)

    def test_the_users_choice_of_transport_counts(self):
        code, output, _ = self.launched(2, *SMALL, "--json", environment={"OMPI_MCA_pml": "nonexistent"})
        self.assertNotEqual(code, 0)
        self.assertEqual(output, "")

    def test_parts_and_journals(self):
        files = [self.journal(str(k)) for k in (1, 2)]
        for k, file in enumerate(files, 1):
            self.assertEqual(self.launched(3, *SMALL, "--shard", f"{k}/2", "--journal", file)[0], 0)
        self.assertEqual(self.alone("search", "merge", *files), self.alone(*SMALL))
        code, output, errors = self.launched(2, *SMALL, "--shard", "1/2", "--journal", files[0], "--resume", "--json")
        self.assertEqual(code, 0)
        self.assertIn("resuming after 50 shards", errors)
        self.assertEqual(json.loads(output)["part"], {"shard": "1/2", "complete": True})

    def test_a_lost_process_costs_only_the_shards_under_way(self):
        randomly = random.Random(5)
        plain = self.alone(*LARGE)
        command = (*LARGE, "--journal", self.journal(), "--resume")
        kills, before, longest = 0, 0, 0.8
        for _ in range(50):
            with self.launch(3, *command) as job:
                while not processes_of(self.folder.name) and job.poll() is None:
                    time.sleep(0.005)
                time.sleep(randomly.uniform(0, longest))
                victims = processes_of(self.folder.name)
                if victims and job.poll() is None and kills < MOST_KILLS:
                    # Any of them: the one that writes the journal, or one that works for it.
                    os.kill(randomly.choice(victims), signal.SIGKILL)
                    kills += 1
                errors = self.end_of(job)
            done = len(self.lines()) if os.path.exists(self.journal()) else 0
            self.assertGreaterEqual(done, before)
            if done == before:  # a slow machine: more time before the next kill
                longest *= 1.5
            before = done
            if job.returncode == 0 and kills > 0:
                break
            if job.returncode == 0:  # a fast machine: once more from the start, with less time before the kill
                os.remove(self.journal())
                before, longest = 0, longest / 2
        self.assertGreater(kills, 0)
        self.assertEqual((job.returncode, processes_of(self.folder.name)), (0, []), errors)
        starts = [json.loads(line)["shard"][0] for line in self.lines()[1:]]
        self.assertEqual((len(starts), len(set(starts))), (240, 240))
        self.assertEqual(self.alone("search", "merge", self.journal()), plain)

    def end_of(self, job):
        """What a job said on stderr, once it has ended. mpirun now and then waits for itself when one of its processes
        is killed (Open MPI 4.1): it is ended when ours have been gone for ten seconds."""
        gone = 0
        for _ in range(60):
            try:
                return job.communicate(timeout=1)[1]
            except subprocess.TimeoutExpired:
                gone = 0 if processes_of(self.folder.name) else gone + 1
            if gone == 10:
                break
        left = processes_of(self.folder.name)
        for process in (*left, job.pid):
            os.kill(process, signal.SIGKILL)
        errors = job.communicate()[1]
        self.assertEqual(left, [], errors)
        return errors

    def test_errors_are_said_once_and_end_every_process(self):
        for arguments, code, says in (
                (("--journal", "/dev/full", "--resume"), 3, "/dev/full: this is no regular file"),
                (("--shard", "100/200", "--journal", self.journal()), 2, "part 100/200 of 99 shards is empty"),
                (("--shard", "3/2", "--journal", self.journal()), 2, "is no part i/N"),
                (("--from", "50000"), 2, "--from: ranks are 0 to 49454")):
            for _ in range(4):
                returned, output, errors = self.launched(3, *SMALL, *arguments)
                self.assertEqual((returned, output), (code, ""), errors)
                # mpirun now and then loses the last words of a process that ends all others.
                if "crosshead: " in errors:
                    break
            self.assertEqual(errors.count("crosshead: "), 1, errors)
            self.assertIn(says, errors)

    def test_without_the_module(self):
        environment = {"CROSSHEAD_MPI_MODULE": self.journal("absent.so")}
        code, output, errors = self.launched(2, *SMALL, environment=environment)
        self.assertEqual((code, output), (5, ""), errors)
        self.assertIn("2 processes were started together, but the MPI module", errors)
        code, output, errors = self.launched(1, *SMALL, "--json", environment=environment)
        self.assertEqual((code, errors), (0, ""))
        self.assertEqual(answer(output), self.alone(*SMALL))

    def test_another_launcher(self):
        # It says two, but MPI knows of nobody else.
        result = self.run_program(*SMALL, env=dict(os.environ, PMI_SIZE="2", PMI_RANK="0"))
        self.assertEqual((result.returncode, result.stdout), (5, ""), result.stderr)
        self.assertIn("2 processes were started together, but MPI sees 1 of them", result.stderr)


if __name__ == "__main__":
    main()
