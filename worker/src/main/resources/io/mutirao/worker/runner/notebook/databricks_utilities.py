"""dbutils, as a notebook finds it.

Files of DBFS, notebooks and secrets come from the worker, through a socket of this attempt (its
desk); everything else stands in the order that the worker wrote. Only the standard library.
"""

import collections
import json
import os
import shutil
import socket
import subprocess
import sys

MOST_VALUES = 250
LARGEST_VALUE = 48 * 1024
LARGEST_EXIT = 1024 * 1024

FOLDER = os.environ.get("MUTIRAO_NOTEBOOK_FOLDER", "")


class NotebookExit(BaseException):
    """Ends the notebook well: no handler of ordinary errors may stop it."""


class DeskError(Exception):
    """The worker said no; the message says why."""


class Desk:
    """Asks the worker: a line of JSON and bytes go there, a line of JSON and bytes come back."""

    def ask(self, do, body=b"", **words):
        path = os.environ.get("MUTIRAO_DESK")
        if not path:
            raise DeskError("there is no worker to ask")
        words.update(do=do, bytes=len(body))
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as desk:
            desk.connect(path)
            desk.sendall(json.dumps(words).encode() + b"\n" + body)
            with desk.makefile("rb") as answers:
                answer = json.loads(answers.readline() or b'{"error": "the worker is gone"}')
                if "error" in answer:
                    raise DeskError(answer["error"])
                content = answers.read(answer.get("bytes", 0))
        return answer, content


DESK = Desk()


def notebook_path(path, beside):
    """An absolute path of the workspace, from one that may be relative to another notebook."""
    if path.startswith("/Workspace/"):
        path = path[len("/Workspace") :]
    if not path.startswith("/"):
        path = os.path.join(os.path.dirname(beside), path)
    return os.path.normpath(path)


class Widgets:
    def __init__(self, given):
        self._given = dict(given)
        self._defaults = {}

    def _add(self, name, default):
        self._defaults[name] = str(default)

    def text(self, name, defaultValue="", label=None):
        self._add(name, defaultValue)

    def dropdown(self, name, defaultValue, choices, label=None):
        if str(defaultValue) not in [str(c) for c in choices]:
            raise ValueError("%s: the default %r is none of the choices" % (name, defaultValue))
        self._add(name, defaultValue)

    def combobox(self, name, defaultValue, choices=(), label=None):
        self._add(name, defaultValue)

    def multiselect(self, name, defaultValue, choices, label=None):
        self._add(name, defaultValue)

    def get(self, name):
        if name in self._given:
            return self._given[name]
        if name in self._defaults:
            return self._defaults[name]
        raise ValueError("InputWidgetNotDefined: No input widget named %s is defined" % name)

    getArgument = get

    def getAll(self):
        return {**self._defaults, **self._given}

    def remove(self, name):
        self._defaults.pop(name, None)

    def removeAll(self):
        self._defaults.clear()

    def _swap(self, given):
        """Other values from now on; the ones before."""
        before, self._given = self._given, given
        return before


class NotebookUtils:
    def __init__(self, order):
        self._order = order
        self._children = 0

    def exit(self, value=""):
        text = str(value).encode(errors="replace")
        with open(os.path.join(FOLDER, "exit"), "wb") as file:
            file.write(text[: LARGEST_EXIT + 1])
        raise NotebookExit(str(value)[:1000])

    def run(self, path, timeout_seconds=0, arguments=None):
        wanted = notebook_path(path, self._order["path"])
        self._children += 1
        folder = os.path.join(FOLDER, "child-%d" % self._children)
        os.makedirs(folder)
        order = dict(self._order, path=wanted, parameters=dict(arguments or {}))
        with open(os.path.join(folder, "order.json"), "w") as file:
            json.dump(order, file)
        driver = os.path.join(os.path.dirname(os.path.abspath(__file__)), "driver.py")
        child = subprocess.Popen(
            [sys.executable, "-u", driver, folder],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            printed, _ = child.communicate(timeout=timeout_seconds or None)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, 9)
            child.communicate()
            raise TimeoutError("%s did not end within %s seconds" % (wanted, timeout_seconds))
        text = printed.decode(errors="replace")
        print(text, end="")
        if child.returncode != 0:
            lines = [line for line in text.splitlines() if line.strip()]
            raise RuntimeError("%s failed: %s" % (wanted, lines[-1] if lines else "without a word"))
        try:
            with open(os.path.join(folder, "exit"), encoding="utf-8", errors="replace") as file:
                return file.read()
        except FileNotFoundError:
            return ""


FileInfo = collections.namedtuple("FileInfo", ["path", "name", "size", "modificationTime"])


class FileSystem:
    """DBFS, and files of the machine with file:/ before them."""

    @staticmethod
    def _local(path):
        if path.startswith("file:"):
            return "/" + path[len("file:") :].lstrip("/")
        return None

    @staticmethod
    def _object(path):
        if ":" in path.split("/", 1)[0] and not path.startswith("dbfs:"):
            raise ValueError("%s: expected a path that starts with dbfs:/, file:/ or /" % path)
        name = os.path.normpath("/" + path.split(":", 1)[-1]).strip("/")
        return "dbfs/" + name if name else "dbfs"

    def _get(self, path):
        local = self._local(path)
        if local is not None:
            with open(local, "rb") as file:
                return file.read()
        return DESK.ask("get", path=self._object(path))[1]

    def _put(self, path, content, overwrite):
        local = self._local(path)
        if local is None:
            DESK.ask("put", content, path=self._object(path), replace=overwrite)
            return
        os.makedirs(os.path.dirname(local) or "/", exist_ok=True)
        with open(local, "wb" if overwrite else "xb") as file:
            file.write(content)

    def _entries(self, path):
        local = self._local(path)
        if local is None:
            answer, _ = DESK.ask("list", path=self._object(path))
            root = "dbfs:/" + answer["path"][len("dbfs") :].strip("/")
            return root.rstrip("/") + "/", answer["entries"], answer["folder"]
        if not os.path.isdir(local):
            found = [os.path.basename(local)]
            root = os.path.dirname(local)
        else:
            found, root = sorted(os.listdir(local)), local
        entries = []
        for name in found:
            seen = os.stat(os.path.join(root, name))
            folder = os.path.isdir(os.path.join(root, name))
            entries.append(
                dict(
                    name=name,
                    folder=folder,
                    size=0 if folder else seen.st_size,
                    modified=int(seen.st_mtime * 1000),
                )
            )
        return "file:" + root.rstrip("/") + "/", entries, os.path.isdir(local)

    def ls(self, dir):
        root, entries, _ = self._entries(dir)
        listed = []
        for entry in entries:
            name = entry["name"] + ("/" if entry["folder"] else "")
            listed.append(FileInfo(root + name, name, entry["size"], entry["modified"]))
        return listed

    def head(self, file, maxBytes=65536):
        return self._get(file)[:maxBytes].decode(errors="replace")

    def put(self, file, contents, overwrite=False):
        content = contents.encode()
        self._put(file, content, overwrite)
        print("Wrote %d bytes." % len(content))
        return True

    def mkdirs(self, dir):
        local = self._local(dir)
        if local is None:
            DESK.ask("mkdirs", path=self._object(dir))
        else:
            os.makedirs(local, exist_ok=True)
        return True

    def cp(self, from_, to, recurse=False):
        root, entries, folder = self._entries(from_)
        if not folder:
            if to.endswith("/"):
                to += from_.rstrip("/").rsplit("/", 1)[-1]
            self._put(to, self._get(from_), True)
            return True
        if not recurse:
            raise ValueError("%s is a folder; expected recurse=True" % from_)
        self.mkdirs(to)
        for entry in entries:
            self.cp(root + entry["name"], to.rstrip("/") + "/" + entry["name"], True)
        return True

    def mv(self, from_, to, recurse=False):
        self.cp(from_, to, recurse)
        return self.rm(from_, True)

    def rm(self, dir, recurse=False):
        local = self._local(dir)
        if local is None:
            return DESK.ask("delete", path=self._object(dir), whole=recurse)[0]["done"]
        if not os.path.exists(local):
            return False
        if os.path.isdir(local) and recurse:
            shutil.rmtree(local)
        elif os.path.isdir(local):
            os.rmdir(local)
        else:
            os.remove(local)
        return True


class Secrets:
    def get(self, scope, key):
        return DESK.ask("secret", scope=scope, key=key)[1].decode()

    def getBytes(self, scope, key):
        return DESK.ask("secret", scope=scope, key=key)[1]

    def list(self, scope):
        metadata = collections.namedtuple("SecretMetadata", ["key"])
        return [metadata(key) for key in DESK.ask("secrets", scope=scope)[0]["keys"]]

    def listScopes(self):
        scopes = collections.namedtuple("SecretScope", ["name"])
        return [scopes(name) for name in DESK.ask("scopes")[0]["scopes"]]


NOTHING = object()


class TaskValues:
    def __init__(self, order):
        self._told = order.get("told", {})

    def set(self, key, value):
        if not isinstance(key, str) or not key:
            raise ValueError("key: expected a text that is not empty, not %r" % (key,))
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError) as e:
            raise ValueError("value of %s: it cannot be written as JSON: %s" % (key, e)) from None
        if len(text.encode()) > LARGEST_VALUE:
            raise ValueError(
                "value of %s: its JSON has %d bytes, at most %d are allowed"
                % (key, len(text.encode()), LARGEST_VALUE)
            )
        path = os.environ["MUTIRAO_TASK_VALUES"]
        values = {}
        if os.path.exists(path):
            with open(path) as file:
                values = json.load(file)
        values[key] = value
        if len(values) > MOST_VALUES:
            raise ValueError("at most %d values may be set" % MOST_VALUES)
        with open(path + ".new", "w") as file:
            json.dump(values, file)
        os.replace(path + ".new", path)

    def get(self, taskKey, key, default=NOTHING, debugValue=None):
        task = self._told.get(taskKey, {})
        if key in task:
            return task[key]
        if default is not NOTHING and default is not None:
            return default
        raise ValueError("task %s has set no value %s, and no default is given" % (taskKey, key))


class Jobs:
    def __init__(self, order):
        self.taskValues = TaskValues(order)


class Library:
    def restartPython(self):
        """Nothing is to be done: what %pip installs is found at once."""


class DBUtils:
    def __init__(self, order):
        self.widgets = Widgets(order["parameters"])
        self.notebook = NotebookUtils(order)
        self.fs = FileSystem()
        self.secrets = Secrets()
        self.jobs = Jobs(order)
        self.library = Library()
