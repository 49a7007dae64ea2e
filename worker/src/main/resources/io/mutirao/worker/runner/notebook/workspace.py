"""What a notebook finds in its kernel: dbutils, display, displayHTML, and spark where there is one.

Only the standard library.
"""

import html
import importlib.util
import json
import os
import sqlite3
import subprocess
import sys
import time

from databricks_utilities import DBUtils, FOLDER

MOST_ROWS = 1000
LARGEST_PIECE = 1024 * 1024


class LazySpark:
    """A Spark session, made when it is first used."""

    def __getattr__(self, name):
        from pyspark.sql import SparkSession

        return getattr(SparkSession.builder.getOrCreate(), name)


def table(columns, rows, more=False):
    """Rows as a page shows them, and as a terminal does."""
    from IPython.display import display

    head = "".join("<th>%s</th>" % html.escape(str(c)) for c in columns)
    body = "".join(
        "<tr>%s</tr>" % "".join("<td>%s</td>" % html.escape(str(v)) for v in row) for row in rows
    )
    plain = "\n".join("\t".join(str(v) for v in row) for row in [columns, *rows])
    if more:
        plain += "\n(more rows are not shown)"
    page = "<table><thead><tr>%s</tr></thead><tbody>%s</tbody></table>" % (head, body)
    display({"text/html": page, "text/plain": plain}, raw=True)


def show(*things):
    from IPython.display import display

    for thing in things:
        if hasattr(thing, "toPandas") and hasattr(thing, "limit"):
            thing = thing.limit(MOST_ROWS).toPandas()
        if isinstance(thing, list) and thing and hasattr(thing[0], "_fields"):
            table(thing[0]._fields, thing[:MOST_ROWS], len(thing) > MOST_ROWS)
        else:
            display(thing)


def show_html(page):
    from IPython.display import HTML, display

    display(HTML(page))


class Sql:
    """Statements of %sql cells: for Spark, or else for a database of this notebook alone."""

    def __init__(self):
        self.database = None

    def __call__(self, text):
        if importlib.util.find_spec("pyspark") is not None:
            frame = None
            for statement in self.statements(text):
                frame = LazySpark().sql(statement)
            if frame is not None and frame.columns:
                show(frame)
            return frame
        if self.database is None:
            print("There is no Spark here: %sql cells are answered by SQLite.")
            self.database = sqlite3.connect(":memory:", isolation_level=None)
        rows = None
        for statement in self.statements(text):
            cursor = self.database.execute(statement)
            if cursor.description:
                rows = cursor.fetchmany(MOST_ROWS + 1)
                columns = [column[0] for column in cursor.description]
        if rows is not None:
            table(columns, rows[:MOST_ROWS], len(rows) > MOST_ROWS)
            return [dict(zip(columns, row)) for row in rows[:MOST_ROWS]]
        return None

    @staticmethod
    def statements(text):
        found, pending = [], ""
        for part in text.split(";"):
            pending += part
            if sqlite3.complete_statement(pending + ";"):
                if pending.strip():
                    found.append(pending.strip())
                pending = ""
            else:
                pending += ";"
        if pending.strip("; \n\t"):
            found.append(pending.strip())
        return found


def shell(script, strict):
    ended = subprocess.Popen(
        ["bash", "-c", script], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    for line in ended.stdout:
        print(line.decode(errors="replace"), end="", flush=True)
    code = ended.wait()
    if code and strict:
        raise RuntimeError("the shell ended with code %d" % code)


def pip(arguments):
    site = os.path.join(FOLDER, "site")
    words = list(arguments)
    if words and words[0] == "install":
        words[1:1] = ["--quiet", "--disable-pip-version-check", "--target", site]
    subprocess.run([sys.executable, "-m", "pip", *words], check=True)
    if site not in sys.path:
        sys.path.insert(0, site)
    importlib.invalidate_caches()


def send_soon(stream):
    """A loop that prints without end would fill the memory before its kernel sends a first piece."""
    write, pending = stream.write, 0

    def write_some(text):
        nonlocal pending
        written = write(text)
        pending += len(text)
        if pending > LARGEST_PIECE:
            pending = 0
            stream.flush()
        return written

    stream.write = write_some


def enter(namespace):
    """Puts all of it into the notebook's names."""
    send_soon(sys.stdout)
    send_soon(sys.stderr)
    with open(os.path.join(FOLDER, "order.json")) as file:
        order = json.load(file)
    namespace["dbutils"] = DBUtils(order)
    namespace["display"] = show
    namespace["displayHTML"] = show_html
    namespace["getArgument"] = namespace["dbutils"].widgets.get
    if importlib.util.find_spec("pyspark") is not None:
        namespace["spark"] = LazySpark()
    sql = Sql()
    scopes = []

    def begin(parameters):
        scopes.append(namespace["dbutils"].widgets._swap(parameters))

    def end():
        namespace["dbutils"].widgets._swap(scopes.pop())

    namespace["_mutirao"] = {
        "sql": sql, "shell": shell, "pip": pip, "begin": begin, "end": end, "time": time.time,
    }
