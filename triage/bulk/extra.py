"""What needs the extra ``spark``: loaded only when somebody asks for it, with a word for what is missing."""

from __future__ import annotations

import os
import shutil
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from triage.bulk.cohort import Cohort
from triage.errors import UsageError


def spark_module(name: str, *needed: str) -> Any:
    """A module of this package that needs the extra ``spark``; loaded when somebody asks for it.

    Raises ``UsageError`` with what is missing.
    """
    missing = [module for module in needed if find_spec(module) is None]
    if missing:
        hint = "pip install 'facial-triage[spark]'"
        raise UsageError(f"Spark needs {' and '.join(missing)}, which are not installed", hint=hint)
    return import_module(f"triage.bulk.{name}")


def spark_cohort(master: str) -> type[Cohort]:
    """A ``Cohort`` that Spark assesses; ``master`` is where. Raises ``UsageError`` where Spark cannot run."""
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise UsageError("Spark needs Java, and no `java` was found", hint="install Java 17 or later")
    kind: type[Cohort] = spark_module("cluster", "pyspark", "sqlglot").cohort_on(master)
    return kind
