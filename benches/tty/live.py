#!/usr/bin/env python3
"""live.py - from a write in the folder to the screen of one who reads it.

Needs: Linux, Python 3.9+, standard library only.

  live.py CHANCERY FOLDER [--runs 10] [--starts 3]

Opens FOLDER in CHANCERY in a pty of 160x48, waits until it is quiet, and then, run by run: adds a file that has
today's newest date, edits it, removes it.  Measured is the time from the end of the write until the bytes come that
show the notice of it, which is drawn with the change itself.  150 ms of it are the wait for quiet, by design.
Then, for ten seconds without a change: bytes, context switches and CPU of the program.
At last it is ended and started so many times with the index that it has kept by then; measured is the same for the
first change after each start, and for the second, which takes it back.
FOLDER is left as it was.
"""
import argparse, fcntl, os, pty, select, statistics, struct, sys, tempfile, termios, time

TEXT = "title: {}\ndate: 2999-01-01\nbody: |\n  A briefing of the bench, run {}.\n"


class Reader:
    def __init__(self, program, folder, state):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            env = {"PATH": os.environ["PATH"], "HOME": state, "XDG_STATE_HOME": state, "XDG_CONFIG_HOME": state,
                   "TERM": "xterm-256color", "LANG": "C.UTF-8"}
            os.execve(program, [program, folder], env)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", 48, 160, 0, 0))

    def read(self, timeout):
        ready, _, _ = select.select([self.fd], [], [], timeout)
        return os.read(self.fd, 65536) if ready else b""

    def quiet(self, seconds):
        """Until nothing has come, and no CPU was used, for so long."""
        since, used = time.monotonic(), self.cpu()
        while time.monotonic() - since < seconds:
            if self.read(0.1) or self.cpu() != used:
                since, used = time.monotonic(), self.cpu()

    def until(self, words, patience=60):
        seen, end = b"", time.monotonic() + patience
        # Only what differs is sent: the footer's last part, in the last row.
        while words not in seen[max(seen.rfind(b"\x1b[48;"), 0):]:
            if time.monotonic() > end:
                sys.exit(f"{words!r} did not come; the last bytes: {seen[-300:]!r}")
            seen += self.read(0.5)
        return time.monotonic()

    def cpu(self):
        fields = open(f"/proc/{self.pid}/stat").read().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    def switches(self):
        total = 0
        for task in os.listdir(f"/proc/{self.pid}/task"):
            for line in open(f"/proc/{self.pid}/task/{task}/status"):
                if "ctxt_switches" in line:
                    total += int(line.split()[1])
        return total

    def memory(self):
        return next(int(line.split()[1]) for line in open(f"/proc/{self.pid}/status") if line.startswith("VmRSS")) // 1024


    def end(self):
        os.write(self.fd, b"\x1b")
        time.sleep(0.2)
        os.write(self.fd, b"q")
        try:
            while self.read(60):
                pass
        except OSError:  # the other side is closed
            pass
        os.waitpid(self.pid, 0)


def write(path, what, run):
    with open(path, "w") as f:
        f.write(TEXT.format(what, run))
    return time.monotonic()


def first_changes(program, folder, state, path, starts):
    """After each start with a kept index: one file comes, and goes."""
    for start in range(starts):
        reader = Reader(program, folder, state)
        try:
            reader.quiet(2)
            before = reader.memory()
            wrote = write(path, "first", start)
            first = (reader.until(b"new") - wrote) * 1000
            after = reader.memory()
            os.write(reader.fd, b"\x0c\x1b")
            reader.quiet(4)  # it keeps what it has for the next start
            os.remove(path)
            wrote = time.monotonic()
            second = (reader.until(b"gone") - wrote) * 1000
            os.write(reader.fd, b"\x0c\x1b")
            reader.quiet(4)
            print(f"start {start + 1}: first change {first:6.0f} ms, second {second:6.0f} ms; "
                  f"resident before {before} MB, after the first {after} MB")
        finally:
            if os.path.exists(path):
                os.remove(path)
            reader.end()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("program")
    ap.add_argument("folder")
    ap.add_argument("--runs", type=int, default=10)
    ap.add_argument("--starts", type=int, default=3)
    o = ap.parse_args()
    program, state = os.path.abspath(o.program), tempfile.mkdtemp()
    reader = Reader(program, o.folder, state)
    path = os.path.join(o.folder, "zz-bench-live.yaml")
    times = {"added": [], "edited": [], "removed": []}
    try:
        reader.quiet(2)
        for run in range(o.runs):
            for what, words in (("added", b"new"), ("edited", b"anged"), ("removed", b"gone")):
                if what == "removed":
                    os.remove(path)
                    wrote = time.monotonic()
                else:
                    wrote = write(path, what, run)
                times[what].append((reader.until(words) - wrote) * 1000)
                os.write(reader.fd, b"\x0c\x1b")
                reader.quiet(0.5)
        for what, all_ in times.items():
            print(f"{what:8} min {min(all_):6.0f}  median {statistics.median(all_):6.0f}  max {max(all_):6.0f} ms")
        reader.quiet(8)  # it keeps what it has, and gives back what it needs no more
        cpu, switches = reader.cpu(), reader.switches()
        idle = reader.read(10)
        print(f"10 s idle: {len(idle)} bytes, {reader.switches() - switches} context switches, "
              f"{reader.cpu() - cpu} ticks of CPU; resident {reader.memory()} MB")
    finally:
        if os.path.exists(path):
            os.remove(path)
        reader.end()
    first_changes(program, o.folder, state, path, o.starts)


main()
