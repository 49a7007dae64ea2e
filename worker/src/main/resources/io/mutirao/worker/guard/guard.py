"""The guard of one worker: ends every task whose worker is gone, stopped, or has lost its lease.

Orders come as JSON lines on stdin, answers go as JSON lines to stdout. For each task the guard
forks a supervisor, which starts the task and watches it on its own: nothing that happens to the
worker or to the guard keeps a supervisor from ending its tree.

  who dies or stops       what ends the tree
  worker dies             the guard reads the end of stdin and closes the supervisors' control pipes
  worker stops            nobody renews; each supervisor sees its deadline pass
  guard dies              the supervisors read the end of their control pipes
  guard stops             nobody renews; each supervisor sees its deadline pass
  supervisor dies         the kernel kills the task, the guard kills what is left
  supervisor stops        the guard continues it

A process cannot slip away by calling setsid: guard and supervisors are subreapers, so whoever
loses its parent becomes their child.
"""

import binascii
import ctypes
import fcntl
import json
import mmap
import os
import select
import signal
import socket
import sys
import time

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
LIBC = ctypes.CDLL(None, use_errno=True)

MOST_TASKS = 4096
MOST_LOST_SPARES = 20
MOST_DEATHS = 5
# A line up to this size is written to a pipe in one piece (PIPE_BUF), whoever else writes.
LAST_LINE_BYTES = 1500
TAIL_BYTES = 8192
# How much is read of a task's output at a time, and from when on of one that prints too much.
PIECE = 65536
WIDE_PIECE = 1 << 20
F_SETPIPE_SZ = 1031
MOST_TIMES = 100_000
NOTICE = b"\n[The output is cut here: only its first %d bytes are kept. The task goes on.]\n"
# How much later than a supervisor's deadline the guard steps in, in ns.
OVERDUE = 1_000_000_000
# How long the supervisors have to end their trees when the worker is gone, in ns.
FAREWELL = 3_000_000_000


def say(**answer):
    try:
        os.write(1, json.dumps(answer, ensure_ascii=False).encode() + b"\n")
    except OSError:
        pass  # The worker is gone; there is nobody to tell.


def wakeups():
    """A descriptor that becomes readable when a child changes its state."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    os.set_blocking(write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(write)
    return read


def drain(descriptor):
    try:
        while os.read(descriptor, 4096):
            pass
    except BlockingIOError:
        pass


def descendants(spare=()):
    """All living processes below this one, without those in spare and what is below them."""
    children = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open("/proc/" + name + "/stat", "rb") as file:
                    state, parent = file.read().rpartition(b")")[2].split()[:2]
            except OSError:
                continue  # It ended meanwhile.
            children.setdefault(int(parent), []).append((int(name), state))
    found, todo = [], [os.getpid()]
    while todo:
        for pid, state in children.get(todo.pop(), ()):
            if pid not in spare:
                todo.append(pid)
                if state != b"Z":
                    found.append(pid)
    return found


def kill(pid):
    """False if the process may not be killed by us: it is somebody else's by now."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    except PermissionError:
        return False
    return True


class Masks:
    """What of its output nobody may see, in a file of lines in base64 that may grow at any time.

    The worker writes a secret there before it hands it to the task.
    """

    def __init__(self, path):
        self.path = path
        self.known = 0
        self.secrets = []
        self.held = b""

    def hide(self, data, last):
        self.look()
        if not self.secrets:
            return data
        data = self.held + data
        for secret in self.secrets:
            data = data.replace(secret, b"[REDACTED]")
        # What may be the beginning of a secret waits for what follows.
        hold = 0
        if not last:
            for secret in self.secrets:
                for length in range(min(len(secret) - 1, len(data)), hold, -1):
                    if data.endswith(secret[:length]):
                        hold = length
                        break
        self.held = data[len(data) - hold :]
        return data[: len(data) - hold]

    def look(self):
        try:
            size = os.stat(self.path).st_size
            if size != self.known:
                with open(self.path, "rb") as file:
                    lines = file.read().split()
                self.known = size
                # Longest first: of two that begin alike the longer one is found.
                self.secrets = sorted(map(binascii.a2b_base64, lines), key=len, reverse=True)
        except OSError:
            pass  # There are none.


class Output:
    """What a task prints: the beginning goes to a file, the end is kept for the error line.

    A second file tells when what was printed: lines of "OFFSET MILLIS".
    """

    def __init__(self, descriptor, path, limit):
        self.descriptor = descriptor
        self.piece = PIECE
        self.limit = self.left = limit
        self.tail = b""
        self.masks = Masks(path + ".masks")
        self.file = None
        self.times = None
        self.timed = 0
        self.last_time = 0
        os.set_blocking(descriptor, False)
        try:
            # What prepared the task may have printed already.
            self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            self.size = os.fstat(self.file).st_size
            self.left = max(0, limit - self.size)
            self.times = os.open(path + ".times", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError as e:
            self.lose(e)

    def take(self):
        """False when there is nothing more for now."""
        try:
            data = os.read(self.descriptor, self.piece)
        except BlockingIOError:
            return False
        read = bool(data)
        # An empty read is the last one.
        data = self.masks.hide(data, last=not read)
        self.tail = (self.tail + data[-TAIL_BYTES:])[-TAIL_BYTES:]
        kept = data[: max(0, self.left)]
        if data and self.left >= 0 and len(kept) < len(data):
            kept += NOTICE % self.limit
            self.left = -1  # It was said that the rest is not kept.
            self.widen()
        else:
            self.left -= len(kept)
        try:
            if kept and self.file is not None:
                self.time()
                self.size += len(kept)
            while kept and self.file is not None:
                kept = kept[os.write(self.file, kept) :]
        except OSError as e:
            self.lose(e)
        return read

    def widen(self):
        """Whoever prints without end is heard in large pieces: that is less work for both."""
        try:
            fcntl.fcntl(self.descriptor, F_SETPIPE_SZ, WIDE_PIECE)
            self.piece = WIDE_PIECE
        except OSError:
            pass  # The user has many of them already.

    def time(self):
        """Before the bytes themselves: whoever sees them finds their time."""
        now = time.time_ns() // 1_000_000
        if now > self.last_time and self.timed < MOST_TIMES:
            self.last_time = now
            self.timed += 1
            os.write(self.times, b"%d %d\n" % (self.size, now))

    def lose(self, e):
        # The task must go on: it would block, or die, if nobody took what it prints.
        self.file = None
        sys.stderr.write("The output of a task is lost: %s\n" % e)
        sys.stderr.flush()

    def last_line(self):
        last = ""
        for line in reversed(self.tail.decode(errors="replace").splitlines()):
            line = "".join(c for c in line if c.isprintable() or c == "\t").rstrip()
            if line.strip():
                last = last or line
                if not is_frame(line):
                    last = line
                    break
        return last.strip().replace("\t", " ").encode()[:LAST_LINE_BYTES].decode(errors="ignore")


def is_frame(line):
    """Java tells where it failed after it has told why."""
    return line.startswith(("\tat ", "\t... "))


def tell_group(group, name, value):
    with open(os.path.join(group["path"], name), "w") as file:
        file.write("%s\n" % value)


LATER = 2**63 - 1


class Supervisor:
    """Runs one task to its end, in a process of its own."""

    def __init__(self, order, deadline, control):
        self.order = order
        self.deadline = deadline
        self.control = control
        self.status = None
        self.why = "exited"
        self.kill_at = None

    def run(self):
        if time.monotonic_ns() >= self.deadline():
            say(did="ended", attempt=self.order["attempt"], why="lease", exit=None, signal=None, last="")
            return
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.wake = wakeups()
        if self.make_groups():
            self.attend(self.spawn(self.order))

    def make_groups(self):
        """The kernel's groups that limit the task; False: it cannot be limited, so it must not run."""
        try:
            for group in self.order.get("groups", ()):
                os.mkdir(group["path"])
                for name, value in group["files"].items():
                    tell_group(group, name, value)
            return True
        except OSError as e:
            self.remove_groups()
            say(
                did="ended", attempt=self.order["attempt"], why="refused", exit=None, signal=None,
                last="its limits cannot be set: %s" % e,
            )
            return False

    def remove_groups(self):
        """Whether the kernel killed one of its processes for want of memory."""
        killed = False
        for group in self.order.get("groups", ()):
            for name in ("memory.events", "memory.oom_control"):
                try:
                    with open(os.path.join(group["path"], name)) as file:
                        killed |= any(
                            words[0] == "oom_kill" and words[1] != "0"
                            for words in map(str.split, file)
                        )
                except OSError:
                    pass  # A group of another kind.
            for _ in range(50):
                try:
                    os.rmdir(group["path"])
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.01)  # The last of its processes is still counted.
        return killed

    def spawn(self, order, *passed):
        """Starts a program; the descriptor that has what it prints."""
        read, write = os.pipe()
        me = os.getpid()
        self.task = os.fork()
        if self.task == 0:
            become_task(order, write, me, *passed)
        os.close(write)
        return read

    def attend(self, printed):
        """Sees the task to its end, which is told."""
        self.output = Output(printed, self.order["output"], self.order["limit"])
        say(did="started", attempt=self.order["attempt"], supervisor=os.getpid(), task=self.task)
        self.watch()
        self.end_tree()
        while self.output.take():
            pass
        signaled = self.status is not None and os.WIFSIGNALED(self.status)
        code = os.WTERMSIG(self.status) if signaled else os.WEXITSTATUS(self.status or 0)
        exit, number = (None, code) if signaled else (code, None)
        if self.order.get("walled") and not signaled and 128 < code <= 128 + 64:
            # Bubblewrap tells a signal by its own code, which a program may as well have chosen.
            number = code - 128
        starved = self.remove_groups()
        say(
            did="ended",
            attempt=self.order["attempt"],
            why="memory" if starved and self.why == "exited" and code != 0 else self.why,
            exit=exit,
            signal=number,
            last=self.output.last_line(),
        )

    def watch(self):
        poll = select.poll()
        for descriptor in (self.control, self.wake, self.output.descriptor):
            poll.register(descriptor, select.POLLIN)
        while self.status is None:
            now = time.monotonic_ns()
            deadline = self.deadline()
            if now >= deadline:
                self.why = "lease"
                return
            if self.kill_at is not None and now >= self.kill_at:
                return
            edge = deadline if self.kill_at is None else min(deadline, self.kill_at)
            wait = min((edge - now) // 1_000_000 + 1, 60_000)
            for descriptor, event in poll.poll(wait):
                if descriptor == self.wake:
                    drain(self.wake)
                    self.reap()
                elif descriptor == self.control:
                    if not self.obey():
                        return
                elif not self.output.take() and event & select.POLLHUP:
                    poll.unregister(descriptor)

    def obey(self):
        grace = os.read(self.control, 1)
        if not grace:
            self.why = "orphaned"
            return False
        self.why = "stopped"
        if self.kill_at is None:
            try:
                os.killpg(self.task, signal.SIGTERM)
            except ProcessLookupError:
                os.kill(self.task, signal.SIGTERM)  # It has not made its group yet.
        kill_at = time.monotonic_ns() + grace[0] * 1_000_000_000
        self.kill_at = kill_at if self.kill_at is None else min(self.kill_at, kill_at)
        return True

    def reap(self):
        """True when there are no children any more."""
        try:
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == self.task:
                    self.status = status
                if pid == 0:
                    return False
        except ChildProcessError:
            return True

    def end_tree(self):
        beyond = set()
        while not self.reap():
            if self.status is None:
                # All of the group at one blow: a fork cannot outrun this.
                try:
                    os.killpg(self.task, signal.SIGKILL)
                except (ProcessLookupError, PermissionError):
                    pass
            left = [pid for pid in descendants() if pid not in beyond]
            beyond.update(pid for pid in left if not kill(pid))
            if not left and beyond:
                return
            select.select([self.wake], [], [], 0.02)
            drain(self.wake)


class Spare(Supervisor):
    """Keeps an interpreter ready, and hands it the first task that comes."""

    def __init__(self, warm, deadline, control, hand):
        super().__init__(None, deadline, control)
        self.warm = warm
        self.hand = hand

    def run(self):
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        self.wake = wakeups()
        self.prepare()
        handed = self.wait()
        if handed is None:
            self.end_tree()
            return
        self.order = handed
        if time.monotonic_ns() >= self.deadline():
            self.end_tree()
            say(did="ended", attempt=handed["attempt"], why="lease", exit=None, signal=None, last="")
            return
        if not self.make_groups():
            self.end_tree()
            return
        for group in self.order.get("groups", ()):
            for pid in descendants():
                tell_group(group, "cgroup.procs", pid)
        if self.hand_over():
            self.attend(self.printed)
            return
        # It died before it had the order: nothing of the task ran.
        self.end_tree()
        self.status = None
        os.close(self.printed)
        self.attend(self.spawn(handed))

    def prepare(self):
        """Starts an interpreter that waits."""
        orders, self.tell = socket.socketpair()
        self.printed = self.spawn(self.warm, orders.fileno())
        orders.close()

    def hand_over(self):
        """Whether the interpreter has the order."""
        words = {name: self.order[name] for name in ("env", "folder")}
        words.update(self.order["warm"])
        try:
            self.tell.sendall(json.dumps(words).encode())
            self.tell.shutdown(socket.SHUT_WR)
            return self.tell.recv(1) == b"1"
        except OSError:
            return False
        finally:
            self.tell.close()

    def wait(self):
        """The task's order; None when none will come. Meanwhile an interpreter that dies is replaced."""
        poll = select.poll()
        for descriptor in (self.control, self.wake, self.hand):
            poll.register(descriptor, select.POLLIN)
        deaths = 0
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self.hand in ready:
                # First of all: an order to stop the task may have come close behind it.
                with open(self.hand, "rb") as file:
                    line = file.read()
                return json.loads(line) if line else None
            if self.control in ready:
                return None
            drain(self.wake)
            self.reap()
            if self.status is not None and deaths < MOST_DEATHS:
                deaths += 1
                self.end_tree()
                self.status = None
                self.tell.close()
                os.close(self.printed)
                self.prepare()


def become_task(order, output, supervisor, orders=None):
    try:
        os.setsid()
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != supervisor:
            os._exit(127)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if orders is not None:
            os.dup2(orders, 3)
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGPIPE, signal.SIGXFSZ, signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        if order.get("walled"):
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        for group in order.get("groups", ()):
            tell_group(group, "cgroup.procs", 0)
        os.chdir(order["folder"])
        os.execve(order["argv"][0], order["argv"], order["env"])
    except (OSError, ValueError) as e:
        why = getattr(e, "strerror", None) or e  # a variable may have an impossible name
        os.write(2, ("cannot start %s: %s\n" % (order["argv"][0], why)).encode())
    finally:
        os._exit(127)


class Task:
    """What the guard knows of a supervisor."""

    def __init__(self, attempt, slot, control):
        self.attempt = attempt
        self.slot = slot
        self.control = control
        self.overdue = False

    def let_go(self):
        """Its supervisor reads the end of its control pipe, and ends what it guards."""
        os.close(self.control)
        self.control = os.open("/dev/null", os.O_WRONLY)


class Waiting:
    """What the guard knows of an interpreter that waits for a task, and of its supervisor."""

    def __init__(self, python, task, hand):
        self.python = python
        self.task = task
        self.hand = hand
        self.leaves = False


class Guard:
    def __init__(self):
        LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        # Until when each task may live, by the monotonic clock in ns; the supervisors read it
        # without asking anybody.
        self.board = memoryview(mmap.mmap(-1, MOST_TASKS * 8)).cast("q")
        self.free = list(range(MOST_TASKS))
        self.tasks = {}
        # Attempts whose supervisor died and whose processes are not all gone yet.
        self.bereaved = []
        # Which interpreters are to wait for tasks, by name: what they are started with; those that
        # do, by the pid of their supervisor; and how many of which were lost.
        self.warm = {}
        self.spares = {}
        self.lost = {}

    def run(self):
        wake = wakeups()
        poll = select.poll()
        poll.register(0, select.POLLIN)
        poll.register(wake, select.POLLIN)
        say(did="ready", now=time.monotonic_ns())
        pending = b""
        while True:
            for descriptor, _ in poll.poll(self.patience()):
                if descriptor == wake:
                    drain(wake)
                    self.reap()
                    continue
                data = os.read(0, 65536)
                if not data:
                    self.farewell(wake)
                    return
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    self.obey(json.loads(line))
            self.step_in()
            self.keep_warm()

    def obey(self, order):
        if order["do"] == "start":
            self.start(order)
        elif order["do"] == "stop":
            for task in self.tasks.values():
                if task.attempt == order["attempt"]:
                    try:
                        os.write(task.control, bytes([order["grace"]]))
                    except BrokenPipeError:
                        pass  # It is over already.
        elif order["do"] == "renew":
            for task in self.tasks.values():
                until = order["until"].get(task.attempt, 0)
                self.board[task.slot] = max(self.board[task.slot], until)
            say(did="renewed")
        elif order["do"] == "warm":
            self.warm[order["python"]] = order
            self.lost[order["python"]] = 0

    def keep_warm(self):
        """As many interpreters wait as were asked for, unless they die of themselves."""
        for python, order in list(self.warm.items()):
            wait = [spare for spare in self.spares.values() if spare.python == python and not spare.leaves]
            for spare in wait[order["count"] :]:
                spare.leaves = True
                spare.task.let_go()
            if self.lost[python] > MOST_LOST_SPARES:
                sys.stderr.write("%s dies when it is started ahead; it is not any more\n" % python)
                sys.stderr.flush()
                order["count"] = 0
            for _ in range(len(wait), order["count"]):
                self.spare(order)
            if order["count"] == 0:
                del self.warm[python]

    def spare(self, order):
        slot = self.free.pop()
        self.board[slot] = LATER
        control = os.pipe()
        hand = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                keep_only(control[0], hand[0])
                Spare(order, lambda: self.board[slot], control[0], hand[0]).run()
                os._exit(0)
            finally:
                sys.excepthook(*sys.exc_info())
                sys.stderr.flush()
                os._exit(1)
        os.close(control[0])
        os.close(hand[0])
        self.spares[pid] = Waiting(order["python"], Task(None, slot, control[1]), hand[1])

    def start_warm(self, order):
        """Whether an interpreter that waited has it now."""
        python = order["warm"]["python"]
        found = [
            pid for pid, spare in self.spares.items() if spare.python == python and not spare.leaves
        ]
        if not found:
            return False
        pid = found[0]  # the one that has waited longest is certainly ready
        spare = self.spares.pop(pid)
        task, hand = spare.task, spare.hand
        self.board[task.slot] = order["until"]
        task.attempt = order["attempt"]
        self.tasks[pid] = task
        try:
            with open(hand, "wb") as file:
                file.write(json.dumps(order).encode())
        except BrokenPipeError:
            # It died this moment. Nothing of the task ran; what is left of it is swept away.
            self.tasks.pop(pid, None)
            spare.hand = os.open("/dev/null", os.O_WRONLY)
            spare.leaves = True
            self.spares[pid] = spare
            task.attempt = None
            return False
        return True

    def start(self, order):
        if order.get("warm") and self.start_warm(order):
            return
        try:
            slot = self.free.pop()
            self.board[slot] = order["until"]
            read, write = os.pipe()
            pid = os.fork()
        except (OSError, IndexError) as e:
            say(did="ended", attempt=order["attempt"], why="refused", exit=None, signal=None, last=str(e))
            return
        if pid == 0:
            try:
                keep_only(read)
                Supervisor(order, lambda: self.board[slot], read).run()
                os._exit(0)
            finally:
                # An exception was a bug: it shows in the worker's log, and the guard cleans up.
                sys.excepthook(*sys.exc_info())
                sys.stderr.flush()
                os._exit(1)
        os.close(read)
        self.tasks[pid] = Task(order["attempt"], slot, write)

    def reap(self):
        look = bool(self.bereaved)
        try:
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG | os.WUNTRACED)
                if pid == 0:
                    break
                spare = self.spares.get(pid)
                task = self.tasks.get(pid) if spare is None else spare.task
                if os.WIFSTOPPED(status):
                    # A supervisor that is stopped guards nothing.
                    if task is not None:
                        os.kill(pid, signal.SIGCONT)
                    continue
                if task is None:
                    look = True
                    continue
                if spare is not None:
                    del self.spares[pid]
                    os.close(spare.hand)
                    if spare.python in self.warm:
                        self.lost[spare.python] += 1
                    look = True
                else:
                    del self.tasks[pid]
                os.close(task.control)
                self.free.append(task.slot)
                if status != 0 and spare is None:
                    look = True
                    self.bereaved.append(task.attempt)
        except ChildProcessError:
            pass
        if look:
            self.sweep()

    def sweep(self):
        """Kills what dead supervisors left behind; each death wakes us to look again."""
        left = [pid for pid in descendants({**self.tasks, **self.spares}) if kill(pid)]
        if not left:
            for attempt in self.bereaved:
                say(did="ended", attempt=attempt, why="unguarded", exit=None, signal=None, last="")
            self.bereaved.clear()

    def patience(self):
        if self.bereaved:
            return 20
        waits = [self.board[t.slot] + OVERDUE for t in self.tasks.values() if not t.overdue]
        if not waits:
            return None
        return max(0, min((min(waits) - time.monotonic_ns()) // 1_000_000 + 1, 60_000))

    def step_in(self):
        if self.bereaved:
            self.sweep()
        now = time.monotonic_ns()
        for pid, task in self.tasks.items():
            if not task.overdue and now >= self.board[task.slot] + OVERDUE:
                task.overdue = True
                os.kill(pid, signal.SIGKILL)

    def farewell(self, wake):
        self.warm.clear()
        for spare in self.spares.values():
            spare.task.let_go()
        for task in self.tasks.values():
            task.let_go()
        end = time.monotonic_ns() + FAREWELL
        while self.tasks or self.bereaved or self.spares:
            select.select([wake], [], [], 0.1)
            drain(wake)
            self.reap()
            if time.monotonic_ns() >= end:
                for pid in [*self.tasks, *self.spares]:
                    os.kill(pid, signal.SIGKILL)


def keep_only(*kept):
    """A supervisor holds nothing of the others': else it would keep their control pipes open."""
    null = os.open("/dev/null", os.O_RDONLY)
    os.dup2(null, 0)
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) not in kept:
            try:
                os.close(int(name))
            except OSError:
                pass  # The descriptor of this very listing.


if __name__ == "__main__":
    try:
        os.setsid()
    except OSError:
        pass  # It leads a group already.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Guard().run()
