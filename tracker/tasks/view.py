"""The reports of a workspace in the browser, from a local server that serves nothing else."""

from __future__ import annotations

import html
import json
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import unquote, urlsplit

from tracker.errors import TrackerError
from tracker.findings.change_claims import claims, mover_words, run_day, speech_words, theme_words
from tracker.findings.change_records import Changes
from tracker.tasks.workspace import Workspace

LOCAL = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Run:
    """A report on disk: its folder's name, title, command and first finding."""

    name: str
    title: str
    command: str
    speeches: int
    headline: str


def list_runs(workspace: Workspace) -> tuple[Run, ...]:
    """The reports of a workspace, newest first."""
    folders = (f for f in workspace.reports_path.glob("[!.]*-*") if (f / "index.html").exists() and not f.is_symlink())
    return tuple(_run(folder) for folder in sorted(folders, key=lambda f: f.name, reverse=True))


def find_run(workspace: Workspace, prefix: str = "") -> Run:
    """The report whose name begins with `prefix`; the newest without one.

    Raises:
        TrackerError: There is no report, or several begin so.
    """
    runs = list_runs(workspace)
    if not runs:
        raise TrackerError(f"no report in `{workspace.reports_path}`", hint="tracker report")
    found = [run for run in runs if run.name.startswith(prefix)]
    if not prefix or len(found) == 1:
        return (found or runs)[0]
    names = tuple(run.name for run in (found or runs)[:8])
    raise TrackerError(f"{'no report' if not found else f'{len(found)} reports'} `{prefix}`", looked_at=names, hint=f"tracker view {names[0]}")


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
    if browser:
        webbrowser.open(address)
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
        return ThreadingHTTPServer((LOCAL, port), Handler)
    except OSError as error:
        raise TrackerError(f"cannot listen on port {port}: {error.strerror}", hint="tracker view --port 0") from error


class _ReportsHandler(BaseHTTPRequestHandler):
    """GET only, this host only, below reports/ only; the list of runs at `/`."""

    space: Workspace
    server_version = "tracker"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer one request."""
        host = (self.headers.get("Host") or "").rpartition(":")[0] or self.headers.get("Host") or ""
        if host not in (LOCAL, "localhost"):
            self.send_error(HTTPStatus.FORBIDDEN, "this server answers only as 127.0.0.1")
            return
        path = unquote(urlsplit(self.path).path)
        if path == "/":
            self._send(runs_page(list_runs(self.space)).encode(), "text/html; charset=utf-8")
            return
        if path.startswith("/diff/"):
            self._compare(path)
            return
        target = self._file(path)
        if target is None:
            self.send_error(HTTPStatus.NOT_FOUND, "no such file in reports/")
            return
        kind = guess_type(target.name)[0] or "application/octet-stream"
        self._send(target.read_bytes(), f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)

    def _compare(self, path: str) -> None:
        """Answer with what changed between the two runs of `/diff/OLDER/NEWER`; only names on the list are looked for."""
        from tracker.tasks.diff import diff

        names = path.removeprefix("/diff/").split("/")
        known = {run.name for run in list_runs(self.space)}
        if len(names) != 2 or names[0] == names[1] or not known.issuperset(names):
            self.send_error(HTTPStatus.NOT_FOUND, "no such reports")
            return
        try:
            page = changes_page(diff(self.space, *names))
        except TrackerError as error:
            page = _page("What changed", f"<p>{html.escape(error.message)}</p>")
        self._send(page.encode("utf-8", "replace"), "text/html; charset=utf-8")

    def _file(self, path: str) -> Path | None:
        """The file of a path below reports/, a folder's page for the folder; None for anything else."""
        root = self.space.reports_path.resolve()
        try:
            target = (root / path.lstrip("/")).resolve()
            if target.is_dir() and path.endswith("/"):
                target = (target / "index.html").resolve()
            return target if target.is_relative_to(root) and target.is_file() else None
        except (OSError, ValueError):  # a name no file can have
            return None

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in (
            ("Content-Type", kind),
            ("Content-Length", str(len(body))),
            ("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:"),
            ("X-Content-Type-Options", "nosniff"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: the terminal belongs to the command."""


def runs_page(runs: tuple[Run, ...]) -> str:
    """The list of reports as a page, each with what changed since the one before."""
    rows = []
    for place, run in enumerate(runs):
        older = f' · <a href="/diff/{html.escape(runs[place + 1].name)}/{html.escape(run.name)}">what changed</a>' if place + 1 < len(runs) else ""
        rows.append(
            f'<li><a href="/{html.escape(run.name)}/index.html">{html.escape(run.title)}</a><p>{html.escape(run.headline)}</p>'
            f"<small>{html.escape(run_day(run.name))} · {html.escape(run.name)} · {run.speeches} speeches · "
            f"<code>{html.escape(run.command)}</code>{older}</small></li>"
        )
    return _page("Reports", f"<ol>{''.join(rows) or '<li>none yet</li>'}</ol>")


def changes_page(found: Changes) -> str:
    """What changed between two reports as a page."""
    said = [*claims(found), *found.asked, *found.settings, *found.words, *found.others, *map(speech_words, found.speeches)]
    links = " and ".join(f'<a href="/{html.escape(name)}/index.html">{html.escape(name)}</a>' for name in (found.before, found.after))
    themes = [f"{theme_words(theme)}. {'; '.join(mover_words(m, theme.now.verdict if theme.now else '') for m in theme.movers)}" for theme in found.themes]
    lists = "".join(f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>" for lines in (said, themes) if lines)
    return _page("What changed", f'<p><a href="/">All reports</a></p><p>{links}</p>{lists}')


def _page(heading: str, body: str) -> str:
    style = (
        ":root{color-scheme:light dark}body{font:1.0625rem/1.6 Georgia,serif;max-width:44rem;margin:3rem auto;padding:0 1rem;overflow-wrap:anywhere}"
        "ol{list-style:none;padding:0}ol li{padding:1.25rem 0;border-top:1px solid}ol li>a{font-size:1.35rem}p{margin:.4rem 0}"
        "ul{padding-left:1.1rem}ul li{margin:.3rem 0}a{color:inherit}small{font-family:system-ui,sans-serif}"
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{heading}</title>'
        f"<style>{style}</style><main><h1>{heading}</h1>{body}</main></html>"
    )


def open_page(path: str) -> None:
    """Open a page from disk in the browser."""
    webbrowser.open(Path(path).resolve().as_uri())


def _run(folder: Path) -> Run:
    """Read what a report says of itself; a damaged one still shows by its name."""
    try:
        told = json.loads((folder / "report.json").read_text(encoding="utf-8"))
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        found = told["data"]["findings"]
        return Run(folder.name, told["data"]["title"], manifest["command"], told["corpus"]["speeches"], found[0]["claim"] if found else "")
    except (OSError, ValueError, KeyError, TypeError):
        return Run(folder.name, folder.name, "", 0, "its report.json cannot be read")
