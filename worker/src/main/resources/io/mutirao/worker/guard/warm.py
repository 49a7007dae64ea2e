"""An interpreter that waits, ready, for one script: started ahead, so that its task need not wait.

The order comes as one line of JSON on descriptor 3: script, args, env, folder. The script then runs
as if this interpreter had been started with it. Without an order it ends.
"""

import ctypes
import importlib.machinery
import json
import os
import sys
import types

MARK = "MUTIRAO_ATTEMPT_ID"


def wait():
    """Reads the order to its end and says that it was read: from then on this is its task."""
    parts = []
    while not parts or parts[-1]:
        parts.append(os.read(3, 65536))
    if len(parts) == 1:
        os._exit(0)
    os.write(3, b"1")
    os.close(3)
    return json.loads(b"".join(parts))


def take_name(attempt):
    """By its environment a process is found, so it must say the truth where the kernel shows it."""
    getenv = ctypes.CDLL(None).getenv
    getenv.restype = ctypes.c_void_p
    place = getenv(MARK.encode())
    room = len(os.environ.get(MARK, ""))
    if place and len(attempt) <= room:
        ctypes.memmove(place, attempt.encode().ljust(room, b"\0"), room)


def run(order):
    take_name(order["env"].get(MARK, ""))
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["folder"])
    script = order["script"]
    sys.argv[:] = [script, *order["args"]]
    sys.path[0] = os.path.dirname(os.path.realpath(script))
    main = types.ModuleType("__main__")
    main.__file__ = script
    main.__builtins__ = __builtins__
    main.__loader__ = importlib.machinery.SourceFileLoader("__main__", script)
    main.__annotations__ = {}
    main.__cached__ = None
    sys.modules["__main__"] = main
    try:
        with open(script, "rb") as file:
            source = file.read()
        exec(compile(source, script, "exec", dont_inherit=True), main.__dict__)
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as e:
        # As the interpreter itself tells it: without the line above.
        trace = e.__traceback__.tb_next if e.__traceback__ else None
        sys.excepthook(type(e), e.with_traceback(trace), trace)
        sys.exit(1)


if __name__ == "__main__":
    run(wait())
