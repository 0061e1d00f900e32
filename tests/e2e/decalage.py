"""A process of the site whose clock runs from a day that the test writes.

``python -m tests.e2e.decalage site | heure``

The file ``PALIER_ESSAI_HORLOGE`` holds an instant; each reading adds what has passed since it was written.
Only the clock of the web room moves (``django.utils.timezone.now``): that of the machine does not.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from pathlib import Path

from django.utils import timezone

HORLOGE = "PALIER_ESSAI_HORLOGE"


def set_clock(fichier: Path, instant: dt.datetime) -> None:
    """Start the clock of the site again from an instant."""
    fichier.write_text(f"{instant.timestamp() - time.time()}", encoding="ascii")


def _now() -> dt.datetime:
    shift = float(Path(os.environ[HORLOGE]).read_text(encoding="ascii"))
    return dt.datetime.fromtimestamp(time.time() + shift, dt.UTC)


def _hour() -> None:
    """Do what the worker does each hour, then what waits, and stop."""
    import django

    django.setup()
    from procrastinate.contrib.django import app

    from palier.web.apps.attributions.tasks import passer_echeances, preparer_rappels

    passer_echeances.defer(timestamp=0)
    preparer_rappels.defer(timestamp=0)
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]
        worker.run_worker(wait=False, listen_notify=False, install_signal_handlers=False)


def main(kind: str) -> None:
    """Run gunicorn (``site``, with its arguments), or the jobs of an hour (``heure``)."""
    timezone.now = _now
    if kind == "heure":
        return _hour()
    from gunicorn.app.wsgiapp import run

    sys.argv = ["gunicorn", *sys.argv[2:]]
    return run()


if __name__ == "__main__":
    main(sys.argv[1])
