"""Calls an entry point of an installed package: wheel.py PACKAGE ENTRY_POINT PARAMETERS...

The entry point is one that the package's metadata name; where they name none of that name, it is
the function of that name in the package itself.
"""
import importlib
import sys
from importlib import metadata


def find(package, name):
    try:
        distribution = metadata.distribution(package)
    except metadata.PackageNotFoundError:
        distribution = None
    if distribution is not None:
        for entry in distribution.entry_points:
            if entry.name == name:
                return entry.load()
    try:
        module = importlib.import_module(package)
    except ModuleNotFoundError as e:
        if e.name != package.partition(".")[0] and e.name != package:
            raise
        sys.exit(f"There is no package {package}; is its wheel among the task's libraries?")
    function = getattr(module, name, None)
    if function is None:
        known = [] if distribution is None else sorted({e.name for e in distribution.entry_points})
        sys.exit(f"The package {package} has no entry point {name}; it has {known}")
    return function


def main():
    package, name = sys.argv[1:3]
    del sys.argv[1:3]
    sys.argv[0] = package
    # What the program imports is the package's, not what stands beside this file.
    sys.path[0] = ""
    find(package, name)()


main()
