"""The door to Spark: a session whose workers run this very interpreter, and errors that say what to do."""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

from figures.extract.many import cores

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

__all__ = ["DEFAULT_MASTER", "SparkError", "open_session", "problem", "quietly"]

DEFAULT_MASTER: Final = "local[*,4]"
"""All cores of this machine; a task that fails is tried four times before the job gives up."""

_CONFIGURATION: Final[Mapping[str, str]] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    # Articles are long: ten thousand of them, the default, would be a hundred megabytes in one message to a worker.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
    # Names of stories are joined in the driver; how much may come there is a matter of its memory.
    "spark.driver.maxResultSize": "0",
    "spark.sql.files.ignoreCorruptFiles": "false",
}
_LOCAL: Final[Mapping[str, str]] = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


_RAISED: Final = re.compile(r"(?!pyspark|py4j|org\.|java)[\w.]+(?:Error|Exception|Interrupt)\b: ")


class SparkError(ValueError):
    """Spark cannot do what was asked; one line says why and what to do next."""


def problem() -> str | None:
    """What this machine lacks to run Spark, None where it lacks nothing."""
    try:
        with quietly():
            import pyspark  # noqa: F401
    except ModuleNotFoundError:
        return "Spark needs the spark extra; install it with: pip install 'figures[spark]'"
    home = os.environ.get("JAVA_HOME")
    if not (home and os.access(os.path.join(home, "bin", "java"), os.X_OK)) and shutil.which("java") is None:  # noqa: PTH118
        return "Spark needs Java 17; on Debian install it with: apt-get install openjdk-17-jre-headless"
    return None


@contextmanager
def quietly() -> Iterator[None]:
    """Without the warning that Spark is not tried on pandas 3: the equality of both ways is what our tests show."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="PySpark does not yet fully support pandas", category=FutureWarning)
        # Spark's own sources, its threads and sockets, are not ours to mend.
        warnings.filterwarnings("ignore", category=ResourceWarning)
        warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"pyspark\b")
        yield


def open_session(master: str | None = None, settings: Mapping[str, str] | None = None) -> SparkSession:
    """A session, or the one that runs already. ``settings`` are Spark's own, over ours.

    Without ``master`` the one that spark-submit gives, else all cores of this machine. Workers run this interpreter
    unless PYSPARK_PYTHON names another. Raises SparkError where Spark or Java is missing.
    """
    lacking = problem()
    if lacking is not None:
        raise SparkError(lacking)
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    submitted = "PYSPARK_GATEWAY_PORT" in os.environ
    if master is None and not submitted:
        master = DEFAULT_MASTER
    with quietly():
        builder: Any = SparkSession.builder
        builder = builder.appName("figures")
        if master is not None:
            builder = builder.master(master)
        chosen = {**_CONFIGURATION, **(settings or {})}
        if master is not None and master.startswith("local"):
            # Spark's 200 parts of every shuffle are 200 calls of Python: here they take longer than the work itself.
            chosen = {**_LOCAL, "spark.sql.shuffle.partitions": str(3 * cores()), **chosen}
        chosen.setdefault("spark.ui.showConsoleProgress", "true" if sys.stderr.isatty() else "false")
        for name, value in chosen.items():
            builder = builder.config(name, value)
        try:
            session: SparkSession = builder.getOrCreate()
        except Exception as error:
            raise SparkError(f"Spark does not start ({first_line(error)}); see its own lines above") from error
        session.sparkContext.setLogLevel("ERROR")
    return session


def first_line(error: BaseException) -> str:
    """What an error of Spark says, without the Java stack below it."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    raised = [line for line in lines if _RAISED.match(line)]
    # What a worker raised stands at the end of its traceback.
    return (raised[0] if raised else lines[0].strip() if lines else type(error).__name__)[:300]


def write(frame: DataFrame, path: str, *, files: int | None = None) -> None:
    """Write a frame as a folder of Parquet. Raises SparkError where there is something already."""
    with quietly():
        out = frame if files is None else frame.coalesce(files)
        try:
            out.write.mode("errorifexists").option("compression", "zstd").parquet(path)
        except Exception as error:
            text = str(error)
            if "PATH_ALREADY_EXISTS" in text or "already exists" in text:
                raise SparkError(f"{path}: is there already; name another folder, or remove it first") from None
            raise SparkError(f"{path}: cannot be written ({first_line(error)})") from error
