"""The reports of a workspace in the browser, from a local server that serves nothing else."""

from __future__ import annotations

import sys
import threading
import webbrowser
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tracker.errors import TrackerError
from tracker.tasks.view_pages import COMPARE, DIFF, changes_page, choice_page, error_page, runs_page, two_page
from tracker.tasks.workspace import Workspace
from tracker.tasks.written_reports import Run, find_run, list_runs, read_answer

__all__ = ["Run", "find_run", "list_runs", "make_server", "open_page", "runs_page", "serve"]
LOCAL = "127.0.0.1"
# A report's page forbids itself everything but its own script; the viewer's own pages have none.
_REPORT_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:"
_OWN_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_EVERYWHERE = "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"


def serve(workspace: Workspace, run: Run, *, port: int = 0, browser: bool = True, started: Callable[[str], None]) -> None:
    """Serve the reports on 127.0.0.1 until interrupted.

    Args:
        workspace: Whose `reports/`.
        run: The report that is opened.
        port: 0 takes a free one.
        browser: Whether the browser is opened.
        started: Called with the address once the server answers.

    Raises:
        TrackerError: The port is taken.
    """
    server = make_server(workspace, port)
    address = f"http://{LOCAL}:{server.server_address[1]}/{run.name}/index.html"
    started(address)
    if browser:  # on its own thread: a browser in the terminal returns only when it is left, and needs the server meanwhile
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


def make_server(workspace: Workspace, port: int = 0) -> ThreadingHTTPServer:
    """A server that answers GET for files below `reports/` and nothing else.

    Raises:
        TrackerError: The port is taken or not allowed.
    """

    class Handler(_ReportsHandler):
        space = workspace

    try:
        return _Server((LOCAL, port), Handler)
    except OSError as error:
        raise TrackerError(f"cannot listen on port {port}: {error.strerror}", hint="tracker view --port 0") from error


class _Server(ThreadingHTTPServer):
    """One that says nothing when a browser hangs up early."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Let a broken connection go; anything else is told as usual."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _ReportsHandler(BaseHTTPRequestHandler):
    """GET only, this host only, below reports/ only; the list of runs at `/`, two beside each other at `/compare`, what changed at `/diff`."""

    space: Workspace
    server_version = "tracker"
    sys_version = ""
    timeout = 60  # seconds without a word from the browser

    def do_GET(self) -> None:
        """Answer one request."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host") or ""
        if host not in (LOCAL, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN, "this server answers only as 127.0.0.1")
            return
        asked = urlsplit(self.path)
        path = unquote(asked.path)
        if path == "/":
            self._page(runs_page(list_runs(self.space)))
        elif path == COMPARE:
            self._page(self._two(parse_qs(asked.query).get("run", [])))
        elif path.startswith(DIFF):
            self._changes(path)
        elif (read := self._file(path)) is None:
            self.send_error(HTTPStatus.NOT_FOUND, "no such file in reports/")
        else:
            kind = guess_type(read[0])[0] or "application/octet-stream"
            self._send(read[1], f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, _REPORT_POLICY)

    def _refuse(self) -> None:
        self.send_error(HTTPStatus.METHOD_NOT_ALLOWED, "this server answers GET only")

    do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_TRACE = do_CONNECT = _refuse  # noqa: N815 - http.server's names

    def _two(self, names: list[str]) -> str:
        """The page of two reports; names that are no report's count as none."""
        runs = {run.name: run for run in list_runs(self.space)}
        chosen = [runs[name] for name in dict.fromkeys(names) if name in runs]
        if len(chosen) != 2:
            return choice_page(len(chosen))
        first, second = chosen
        folder = self.space.reports_path
        return two_page((first, second), (read_answer(folder / first.name), read_answer(folder / second.name)))

    def _changes(self, path: str) -> None:
        """Answer with what changed between the two reports of `/diff/OLDER/NEWER`; only names on the list are looked for."""
        from tracker.tasks.diff import diff

        names = path.removeprefix(DIFF).split("/")
        known = {run.name for run in list_runs(self.space)}
        if len(names) != 2 or names[0] == names[1] or not known.issuperset(names):
            self.send_error(HTTPStatus.NOT_FOUND, "no such reports")
            return
        try:
            self._page(changes_page(diff(self.space, *names)))
        except TrackerError as error:
            self._page(error_page(error.message))

    def _file(self, path: str) -> tuple[str, bytes] | None:
        """Name and bytes of the file of a path below reports/, a folder's page for the folder; None for anything else and for hidden ones."""
        root = self.space.reports_path.resolve()
        try:
            target = (root / path.lstrip("/")).resolve()
            if target.is_dir() and path.endswith("/"):
                target = (target / "index.html").resolve()
            if not target.is_relative_to(root) or any(part.startswith(".") for part in target.relative_to(root).parts):
                return None
            return (target.name, target.read_bytes()) if target.is_file() else None
        except (OSError, ValueError):  # a name no file can have, or one that cannot be read
            return None

    def _page(self, text: str) -> None:
        self._send(text.encode("utf-8", "replace"), "text/html; charset=utf-8", _OWN_POLICY)

    def _send(self, body: bytes, kind: str, policy: str) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), ("Content-Security-Policy", policy + _EVERYWHERE)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        """Say with every answer, errors too, that nobody else may show, keep or guess at it."""
        for name, value in (
            ("Allow", "GET"),
            ("X-Content-Type-Options", "nosniff"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: the terminal belongs to the command."""


def open_page(path: str) -> bool:
    """Open a page from disk in the browser; whether there is one."""
    return webbrowser.open(Path(path).resolve().as_uri())
