"""Runs one notebook to its end: reads it, executes its cells in a kernel, shows what came of it.

    driver.py FOLDER

FOLDER holds order.json, and the notebook itself as the file "notebook", or else the worker is asked
for it. Afterwards it holds view.html, and what the notebook left: exit, failure.
"""

import base64
import html
import json
import os
import re
import shlex
import signal
import sys
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

LARGEST_CELL = 8 * 1024 * 1024
LARGEST_VIEW = 24 * 1024 * 1024
DEEPEST_RUN = 20
COMMENTS = {"PYTHON": "#", "R": "#", "SCALA": "//", "SQL": "--"}
# Of a kernel's start a third is its debugger and its completer, for which only somebody at a keyboard
# has use. A notebook may import both.
KERNEL = """
import sys
if sys.path[0] == "":
    del sys.path[0]
unused = ("debugpy", "jedi")
sys.modules.update(dict.fromkeys(unused))
from ipykernel import kernelapp
for name in unused:
    del sys.modules[name]
kernelapp.launch_new_instance()
"""
ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Wrong(Exception):
    """The notebook cannot be run; the message says why."""


class Cell:
    """A cell as it was written: its language, its text without the magic, the magic's words."""

    def __init__(self, text, language):
        self.written = text
        self.kind, self.text, self.words = language, text, ""
        first, _, rest = text.partition("\n")
        magic = re.match(r"%(python|sql|sh|md|md-sandbox|run|fs|pip|scala|r|skip)(?:\s+(.*))?$", first)
        if magic:
            self.kind = magic[1].upper()
            self.words = magic[2] or ""
            self.text = rest

    def whole(self):
        return (self.words + "\n" + self.text).strip("\n")


def without_magic(line, comment):
    """A line of a magic cell, as it stands in the source behind a comment."""
    if line.startswith(comment + " MAGIC "):
        return line[len(comment) + 7 :]
    return "" if line.rstrip() == comment + " MAGIC" else line


def cells_of(content, format, language):
    text = content.decode("utf-8", errors="replace").replace("\r\n", "\n")
    if format == "JUPYTER":
        return jupyter(text, language)
    comment = COMMENTS[language]
    first, _, rest = text.partition("\n")
    if first.rstrip() == comment + " Databricks notebook source":
        text = rest
    parts = re.split(r"(?m)^%s COMMAND ----------[ \t]*$" % re.escape(comment), text)
    found = []
    for part in parts:
        lines = [without_magic(line, comment) for line in part.split("\n")]
        lines = [line for line in lines if not line.startswith(comment + " DBTITLE ")]
        joined = "\n".join(lines).strip()
        if joined:
            found.append(Cell(joined, language))
    return found


def jupyter(text, language):
    try:
        notebook = json.loads(text)
    except ValueError as e:
        raise Wrong("the notebook is not JSON: %s" % e) from None
    found = []
    for cell in notebook.get("cells", []):
        source = cell.get("source", "")
        source = ("".join(source) if isinstance(source, list) else source).strip()
        if cell.get("cell_type") != "code" and not source.startswith("%md"):
            source = "%md\n" + source
        if source:
            found.append(Cell(source, language))
    return found


def code_of(cell):
    """What the kernel executes for a cell; None: nothing."""
    if cell.kind == "PYTHON":
        return cell.whole() if cell.written.startswith("%python") else cell.text
    if cell.kind == "SQL":
        text = cell.whole() if cell.written.startswith("%sql") else cell.text
        return "_sqldf = _mutirao['sql'](%r)" % text
    if cell.kind == "SH":
        strict = re.match(r"-e\b\s*", cell.words)
        script = (cell.words[strict.end() :] if strict else cell.words) + "\n" + cell.text
        if strict:
            script = "set -e\n" + script
        return "_mutirao['shell'](%r, %r)" % (script.strip("\n"), bool(strict))
    if cell.kind == "FS":
        words = shlex.split(cell.whole())
        if not words or not words[0].isidentifier():
            raise Wrong("%fs: expected a command, for example ls")
        return "display(dbutils.fs.%s(%s))" % (words[0], ", ".join(repr(w) for w in words[1:]))
    if cell.kind == "PIP":
        return "_mutirao['pip'](%r)\n%s" % (shlex.split(cell.words), cell.text)
    if cell.kind in ("MD", "MD-SANDBOX", "SKIP"):
        return None
    raise Wrong("this worker runs Python, SQL and shell cells, not %s" % cell.kind.capitalize())


def run_words(cell):
    """The notebook that a %run cell names, and its parameters."""
    words = shlex.split(cell.whole())
    if not words:
        raise Wrong("%run: expected the path of a notebook")
    parameters = {}
    for word in words[1:]:
        name, equals, value = word.lstrip("$").partition("=")
        if not equals:
            raise Wrong("%%run %s: expected $name=value, not %s" % (words[0], word))
        parameters[name] = value
    return words[0], parameters


def read_notebook(folder, path):
    """Content, format, language: of the notebook beside the order, or as the worker has it."""
    from databricks_utilities import DESK, DeskError

    here = os.path.join(folder, "notebook")
    if os.path.exists(here):
        with open(here, "rb") as file, open(os.path.join(folder, "order.json")) as order:
            words = json.load(order)
            return file.read(), words["format"], words["language"]
    try:
        answer, content = DESK.ask("notebook", path="workspace" + path)
    except DeskError as e:
        raise Wrong("%s: %s" % (path, e)) from None
    return content, answer["format"], answer["language"]


def client_of(book):
    """Imported late: what is wrong with an order is told at once."""
    import nbclient

    class Client(nbclient.NotebookClient):
        """Passes on what cells print while they print it, and counts it."""

        printed = 0
        limit = None

        def process_message(self, msg, cell, cell_index):
            if self.limit is not None:
                return None  # What is still on its way may be very much.
            content = msg["content"]
            if msg["msg_type"] == "stream":
                out = sys.stderr if content["name"] == "stderr" else sys.stdout
                out.write(ANSI.sub("", content["text"]))
                out.flush()
                self.printed += len(content["text"].encode(errors="replace"))
            elif msg["msg_type"] in ("display_data", "execute_result"):
                data = content["data"]
                plain = data.get("text/plain", "")
                print(ANSI.sub("", plain), flush=True)
                self.printed += sum(len(str(part).encode(errors="replace")) for part in data.values())
            if self.printed > LARGEST_CELL:
                self.limit = cell_index
                cell.outputs.clear()
                # Not an interrupt: the cell may well catch it and print on.
                os.kill(self.km.provisioner.process.pid, signal.SIGKILL)
                return None
            return super().process_message(msg, cell, cell_index)

    use_this_interpreter()
    return Client(book, timeout=None, kernel_name="python3", record_timing=False)


def use_this_interpreter():
    """The kernel sees what was installed for this run; the machine's own kernel would not."""
    home = os.environ["JUPYTER_RUNTIME_DIR"]
    kernel = os.path.join(home, "kernels", "python3")
    os.makedirs(kernel, exist_ok=True)
    argv = [sys.executable, "-c", KERNEL, "--log-level=ERROR", "-f", "{connection_file}"]
    with open(os.path.join(kernel, "kernel.json"), "w") as file:
        json.dump({"argv": argv, "display_name": "Python 3", "language": "python"}, file)
    os.environ["JUPYTER_PATH"] = home


class Notebook:
    def __init__(self, folder):
        import nbformat

        self.folder = folder
        with open(os.path.join(folder, "order.json")) as file:
            self.path = json.load(file)["path"]
        content, format, self.language = read_notebook(folder, self.path)
        self.cells = cells_of(content, format, self.language)
        self.new = nbformat.v4.new_code_cell
        self.book = nbformat.v4.new_notebook()
        self.shown = []
        self.client = client_of(self.book)

    def run(self):
        """None, or what went wrong: a line, and the lines that tell where."""
        from nbclient.exceptions import DeadKernelError

        environment = dict(os.environ, MUTIRAO_NOTEBOOK_FOLDER=self.folder)
        environment.setdefault("MUTIRAO_TASK_VALUES", os.path.join(self.folder, "values.json"))
        environment["PYTHONPATH"] = os.pathsep.join(
            part for part in (HERE, os.environ.get("PYTHONPATH")) if part
        )
        failure = None
        try:
            with self.client.setup_kernel(env=environment, cwd=os.getcwd()):
                self.execute("import workspace as _w; _w.enter(globals()); del _w", None)
                for cell in self.cells:
                    failure = self.run_cell(cell, self.path, 0)
                    if failure is not None:
                        break
        except DeadKernelError:
            failure = ("Fatal error: the Python kernel died", [])
            if self.client.limit is not None:
                failure = too_large(self.book.cells[-1])
        except Wrong as e:
            failure = (str(e), [])
        return None if failure == EXITED else failure

    def run_cell(self, cell, beside, depth):
        """None to go on; EXITED; or what went wrong."""
        from databricks_utilities import notebook_path

        if cell.kind == "RUN":
            if depth >= DEEPEST_RUN:
                raise Wrong("%%run goes deeper than %d notebooks" % DEEPEST_RUN)
            named, parameters = run_words(cell)
            path = notebook_path(named, beside)
            self.shown.append((cell, self.new(cell.written)))
            ended = self.execute("_mutirao['begin'](%r)" % (parameters,), None)
            for inner in cells_of(*read_notebook(os.path.join(self.folder, "none"), path)):
                ended = ended or self.run_cell(inner, path, depth + 1)
            return ended or self.execute("_mutirao['end']()", None)
        code = code_of(cell)
        if code is None:
            self.shown.append((cell, None))
            return None
        return self.execute(code, cell)

    def execute(self, code, cell):
        from nbclient.exceptions import CellExecutionError

        entry = self.new(code)
        self.book.cells.append(entry)
        if cell is not None:
            self.shown.append((cell, entry))
        self.client.printed = 0
        try:
            self.client.execute_cell(entry, len(self.book.cells) - 1)
        except CellExecutionError as e:
            if self.client.limit is not None:
                return too_large(entry)
            if e.ename == "NotebookExit":
                entry.outputs = [o for o in entry.outputs if o.output_type != "error"]
                entry.outputs.append({"output_type": "stream", "name": "stdout",
                                      "text": "Notebook exited: %s" % e.evalue})
                return EXITED
            error = [o for o in entry.outputs if o.output_type == "error"]
            lines = ANSI.sub("", "\n".join(error[-1].traceback)).split("\n") if error else []
            return ANSI.sub("", "%s: %s" % (e.ename, e.evalue)), lines
        return too_large(entry) if self.client.limit is not None else None


EXITED = ("", [])


def too_large(entry):
    why = "The output of the cell is larger than 8 MB; the rest of the run is canceled"
    entry.outputs = [{"output_type": "stream", "name": "stderr", "text": why}]
    return why, []


def output_page(output):
    """One output of a cell as HTML."""
    if output["output_type"] == "stream":
        return "<pre>%s</pre>" % html.escape(ANSI.sub("", output["text"]))
    if output["output_type"] == "error":
        return "<pre>%s</pre>" % html.escape(ANSI.sub("", "\n".join(output["traceback"])))
    data = output["data"]
    if "text/html" in data:
        return data["text/html"]
    for kind in ("image/png", "image/jpeg"):
        if kind in data:
            return '<img src="data:%s;base64,%s">' % (kind, data[kind].strip())
    if "image/svg+xml" in data:
        return data["image/svg+xml"]
    return "<pre>%s</pre>" % html.escape(ANSI.sub("", data.get("text/plain", "")))


def view(path, language, shown, failure):
    """The notebook with its output: for people, and as the model that programs read."""
    commands, body, size = [], [], 0
    for cell, entry in shown:
        outputs = [] if entry is None else [output_page(output) for output in entry.outputs]
        page = "\n".join(outputs)
        size += len(page)
        if size > LARGEST_VIEW:
            page = "<pre>This output is not kept: all of them together are too large.</pre>"
        command = {
            "version": "CommandV1",
            "position": float(len(commands) + 1),
            "command": cell.written,
            "state": "finished",
            "results": None,
            "errorSummary": None,
        }
        if page:
            command["results"] = {"type": "html", "data": page, "arguments": {}}
        commands.append(command)
        body.append("<pre class=\"cell\">%s</pre>\n%s" % (html.escape(cell.written), page))
    if failure is not None and commands:
        commands[-1]["state"] = "error"
        commands[-1]["errorSummary"] = html.escape(failure[0])
    name = path.rsplit("/", 1)[-1]
    model = {"version": "NotebookV1", "name": name, "language": language.lower(), "commands": commands}
    encoded = base64.b64encode(urllib.parse.quote(json.dumps(model)).encode()).decode()
    return PAGE % (html.escape(name), encoded, "\n".join(body))


PAGE = """<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<title>%s</title>
<script>var __DATABRICKS_NOTEBOOK_MODEL = '%s';</script>
<style>.cell { background: #f4f4f4; padding: .6em; }</style>
</head>
<body>
%s
</body>
</html>
"""


def main(folder):
    shown, path, language = [], "notebook", "PYTHON"
    try:
        notebook = Notebook(folder)
        failure = notebook.run()
        shown, path, language = notebook.shown, notebook.path, notebook.language
    except Wrong as e:
        failure = (str(e), [])
    with open(os.path.join(folder, "view.html"), "w", encoding="utf-8", errors="replace") as file:
        file.write(view(path, language, shown, failure))
    if failure is None:
        return 0
    line, trace = failure
    print("Traceback (most recent call last):", file=sys.stderr)
    for each in trace or [line]:
        print(each, file=sys.stderr)
    one = " ".join(line.split())
    print(one, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main(os.path.abspath(sys.argv[1])))
