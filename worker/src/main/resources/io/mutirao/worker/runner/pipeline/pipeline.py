"""Runs the steps of a pipeline one after the other; the first that fails ends it.

    pipeline.py FOLDER

FOLDER holds steps.json; when a step fails it holds a file "failed" with one line that says which.
"""

import json
import os
import select
import signal
import subprocess
import sys
import time

TAIL_BYTES = 8192
PATIENCE = 0.1
# How long what a step left running may still be heard, in seconds.
LAST_WORDS = 1


def last_line(printed):
    for line in reversed(printed.decode(errors="replace").splitlines()):
        line = "".join(c for c in line if c.isprintable()).strip()
        if line:
            return line
    return ""


def run(step):
    """Its exit code, and the last line that it printed. What it prints passes through."""
    read, write = os.pipe()
    child = subprocess.Popen(
        step["argv"],
        cwd=step["folder"],
        env=dict(os.environ, **step["env"]),
        stdin=subprocess.DEVNULL,
        stdout=write,
        stderr=write,
    )
    os.close(write)
    os.set_blocking(read, False)
    tail = b""
    end = None
    while True:
        if end is None and child.poll() is not None:
            end = time.monotonic() + LAST_WORDS
        ready = select.select([read], [], [], PATIENCE)[0]
        if end is not None and (not ready or time.monotonic() > end):
            break
        data = os.read(read, 65536) if ready else None
        if data == b"":
            break
        tail = (tail + (data or b""))[-TAIL_BYTES:]
        while data:
            data = data[os.write(1, data) :]
    os.close(read)
    return child.wait(), last_line(tail)


def main(folder):
    asked = []
    # Who is to end has time to do so: its group got the signal, too.
    signal.signal(signal.SIGTERM, lambda *_: asked.append(True))
    with open(os.path.join(folder, "steps.json")) as file:
        steps = json.load(file)
    for number, step in enumerate(steps, 1):
        print("[%d of %d] %s" % (number, len(steps), step["path"]), flush=True)
        code, last = run(step)
        if asked:
            return 143
        if code != 0:
            why = "exit code %d" % code if code > 0 else "killed by signal %d" % -code
            if last and code == 1:
                why = last
            elif last:
                why += ": " + last
            with open(os.path.join(folder, "failed"), "w", errors="replace") as file:
                file.write("%s failed: %s" % (step["path"], why))
            return code if code > 0 else 128 - code
    return 0


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
