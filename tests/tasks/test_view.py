import http.client
import json
import socket
import socketserver
import struct
import threading
from contextlib import contextmanager

import pytest

from tracker.errors import TrackerError
from tracker.findings.change_records import Changes, SpeechChange
from tracker.tasks.view import find_run, list_runs, make_server, open_page, runs_page, serve
from tracker.tasks.view_pages import changes_page
from tracker.tasks.workspace import init

OLD, NEW = "20260101T000000-aaaaaaaa", "20260202T000000-bbbbbbbb"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    made = init(tmp_path_factory.mktemp("view") / "workspace", themes="none")
    for name, title in ((OLD, "First <b>title</b>"), (NEW, "Second title")):
        folder = made.reports_path / name
        (folder / "charts").mkdir(parents=True)
        (folder / "index.html").write_text(f"<!doctype html><title>{name}</title>", encoding="utf-8")
        (folder / "charts" / "themes.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>", encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps({"command": "tracker report 2022 2023", "written": "2026-02-02T08:04:19Z"}), encoding="utf-8")
        finding = {"claim": "Only the 2022 speech says “quay”."}
        answer = {"corpus": {"speeches": 2}, "data": {"title": title, "findings": [finding]}}
        (folder / "report.json").write_text(json.dumps(answer), encoding="utf-8")
    (made.reports_path / "latest").symlink_to(NEW)
    outside = made.path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("outside", encoding="utf-8")
    (made.reports_path / "away").symlink_to(outside)
    (made.reports_path / NEW / "secret.db").symlink_to(made.corpus_path)
    (made.reports_path / "turned").mkdir()
    (made.reports_path / "turned" / "index.html").symlink_to(outside / "index.html")
    draft = made.reports_path / ".writing-x1"
    draft.mkdir()
    (draft / "index.html").write_text("half", encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def port(workspace):
    server = make_server(workspace)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def asked(port, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, path, skip_host="host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    yield answer, answer.read().decode()
    connection.close()


def test_the_root_lists_the_reports_newest_first_with_title_command_and_first_finding(port):
    with asked(port, "/") as (answer, body):
        assert answer.status == 200
        assert body.index(NEW) < body.index(OLD)
        assert "First &lt;b&gt;title&lt;/b&gt;" in body
        assert "Only the 2022 speech says “quay”." in body
        assert "2026-02-02 08:04 UTC · 2 speeches" in body
        assert ".writing-x1" not in body


@pytest.mark.parametrize(
    ("path", "kind"), [("index.html", "text/html; charset=utf-8"), ("", "text/html; charset=utf-8"), ("charts/themes.svg", "image/svg+xml")]
)
def test_a_page_and_its_files_are_served(port, path, kind):
    with asked(port, f"/{NEW}/{path}") as (answer, _):
        assert (answer.status, answer.getheader("Content-Type")) == (200, kind)
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert "default-src 'self'" in answer.getheader("Content-Security-Policy")


def test_two_reports_stand_beside_each_other_the_older_first(port):
    with asked(port, f"/compare?run={NEW}&run={OLD}") as (answer, body):
        assert answer.status == 200
        assert body.index(OLD) < body.index(NEW)
        assert "First &lt;b&gt;title&lt;/b&gt;" in body
        assert "<b>title" not in body


@pytest.mark.parametrize("query", ["", f"?run={NEW}", f"?run={NEW}&run={NEW}", f"?run={NEW}&run=../outside", f"?run={NEW}&run=away", "?run=%00&run=latest"])
def test_only_two_different_reports_of_the_list_are_compared(port, query):
    with asked(port, f"/compare{query}") as (answer, body):
        assert answer.status == 200
        assert "Tick two reports" in body
        assert "First" not in body


def test_a_file_that_cannot_be_read_is_not_found(workspace, port, monkeypatch):
    def refuse(_):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.read_bytes", refuse)
    with asked(port, f"/{NEW}/index.html") as (answer, _):
        assert answer.status == 404


def test_a_browser_that_hangs_up_early_leaves_no_word_in_the_terminal(port, workspace, capfd, monkeypatch):
    (workspace.reports_path / NEW / "large.csv").write_bytes(b"x" * 40_000_000)
    for _ in range(3):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.sendall(f"GET /{NEW}/large.csv HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        connection.recv(100)
        connection.close()
    with asked(port, "/") as (answer, _):
        assert answer.status == 200
    assert capfd.readouterr().err == ""


def test_latest_leads_to_the_newest_report(port):
    with asked(port, "/latest/index.html?print=1#top") as (answer, body):
        assert (answer.status, NEW in body) == (200, True)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT"])
def test_nothing_but_get_is_answered(port, method):
    with asked(port, f"/{NEW}/index.html", method, **{"Content-Length": "0"}) as (answer, _):
        assert (answer.status, answer.getheader("Allow")) == (405, "GET")


def test_a_method_that_nobody_knows_is_refused(port):
    with asked(port, f"/{NEW}/index.html", "FROB") as (answer, _):
        assert answer.status == 501


@pytest.mark.parametrize("path", ["/", "/compare", f"/{NEW}/index.html", "/none"])
def test_every_answer_forbids_others_to_show_keep_or_guess_at_it(port, path):
    with asked(port, path) as (answer, _):
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert answer.getheader("Cross-Origin-Resource-Policy") == "same-origin"
        assert (answer.getheader("Referrer-Policy"), answer.getheader("Cache-Control")) == ("no-referrer", "no-store")
        assert answer.status == 404 or "frame-ancestors 'none'" in answer.getheader("Content-Security-Policy")


def test_the_viewers_own_pages_may_run_no_script(port):
    with asked(port, "/") as (answer, body):
        assert "default-src 'none'" in answer.getheader("Content-Security-Policy")
        assert "script" not in answer.getheader("Content-Security-Policy")
        assert "<script" not in body


@pytest.mark.parametrize("host", ["example.org", "example.org:80", "127.0.0.1.example.org", "[::1]", ""])
def test_another_host_name_is_forbidden(port, host):
    with asked(port, "/", host=host) as (answer, body):
        assert answer.status == 403
        assert NEW not in body


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:8000"])
def test_this_machine_is_answered_under_its_own_names(port, host):
    with asked(port, "/", host=host) as (answer, _):
        assert answer.status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../corpus.db",
        "/%2e%2e/corpus.db",
        "/..%2fcorpus.db",
        f"/{NEW}/../../corpus.db",
        f"/{NEW}/%2e%2e/%2e%2e/tracker.toml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/away/index.html",
        "/away/",
        f"/{NEW}/secret.db",
        "/turned/",
        "/turned/index.html",
        "/.writing-x1/index.html",
        "/.writing-x1/",
        f"/{NEW}/charts",
        f"/{NEW}/charts/",
        f"/{NEW}",
        "/none",
        "/%00",
        "/%ff",
        "/" + "x" * 5000,
    ],
)
def test_nothing_outside_the_reports_and_no_folder_is_served(port, path):
    with asked(port, path) as (answer, body):
        assert answer.status == 404
        assert "SQLite" not in body
        assert "outside" not in body


def test_the_server_listens_on_this_machine_alone(workspace):
    server = make_server(workspace)
    assert server.server_address[0] == "127.0.0.1"
    server.server_close()


def test_a_port_that_is_taken_is_an_error_with_a_way_out(workspace, port):
    with pytest.raises(TrackerError, match=f"cannot listen on port {port}") as caught:
        make_server(workspace, port)
    assert caught.value.hint == "tracker view --port 0"


def test_reports_are_listed_newest_first_without_links_and_drafts(workspace):
    assert [run.name for run in list_runs(workspace)] == [NEW, OLD]


def test_a_report_is_found_by_the_beginning_of_its_name_and_the_newest_without_one(workspace):
    assert (find_run(workspace).name, find_run(workspace, "202601").name) == (NEW, OLD)
    with pytest.raises(TrackerError, match="2 reports `2026`"):
        find_run(workspace, "2026")
    with pytest.raises(TrackerError, match="no report `1999`"):
        find_run(workspace, "1999")


def test_a_damaged_report_still_shows_by_its_name(workspace, tmp_path):
    other = init(tmp_path / "w", themes="none")
    (other.reports_path / NEW).mkdir(parents=True)
    (other.reports_path / NEW / "index.html").write_text("x", encoding="utf-8")
    (other.reports_path / NEW / "report.json").write_text("[1]", encoding="utf-8")
    assert [(run.title, run.headline) for run in list_runs(other)] == [(NEW, "its report.json cannot be read")]


def test_without_a_report_there_is_nothing_to_view(tmp_path):
    other = init(tmp_path / "w", themes="none")
    with pytest.raises(TrackerError, match="no report in"):
        find_run(other)
    assert "none yet" in runs_page(list_runs(other))


@pytest.mark.parametrize("path", ["/diff/", f"/diff/{NEW}", f"/diff/{NEW}/{NEW}", f"/diff/..%2f{OLD}/{NEW}", f"/diff/{OLD}/latest", f"/diff/{OLD}/{NEW}/x"])
def test_only_two_runs_of_the_list_can_be_compared(port, path):
    with asked(port, path) as (answer, _):
        assert answer.status == 404


def test_the_list_links_to_what_changed_and_damaged_runs_say_so(port):
    with asked(port, "/") as (_, body):
        assert f'href="/diff/{OLD}/{NEW}"' in body
        assert "2026-02-02" in body
    with asked(port, f"/diff/{OLD}/{NEW}") as (answer, body):
        assert (answer.status, "cannot be read" in body) == (200, True)


def test_what_changed_is_a_page_in_which_nothing_of_a_corpus_is_markup():
    speech = SpeechChange("added", "a1", "2023-01-01", "<b>A</b>", "after")
    found = Changes(OLD, NEW, "x", "y", True, (), (speech,), (), (), (), (), 0, (), (), ())
    page = changes_page(found)
    assert "added: &lt;b&gt;A&lt;/b&gt;, 2023-01-01, in the second period" in page
    assert page.count(f'href="/{OLD}/index.html"') == 1


def test_the_browser_is_opened_on_the_report_once_the_server_answers_and_need_not_return(workspace, monkeypatch):
    seen, done = [], threading.Event()

    def browse(address):
        host, _, path = address.removeprefix("http://").partition("/")
        with asked(int(host.rpartition(":")[2]), f"/{path}") as (answer, _):
            seen.append((answer.status, path))
        done.set()
        threading.Event().wait(0.2)  # a browser in the terminal stays

    def interrupt(server, *_):
        made.append(server)
        threading.Thread(target=lambda: (done.wait(10), server.shutdown()), daemon=True).start()
        plain(server, 0.05)
        raise KeyboardInterrupt

    made, told, plain = [], [], socketserver.BaseServer.serve_forever
    monkeypatch.setattr("webbrowser.open", browse)
    monkeypatch.setattr(socketserver.BaseServer, "serve_forever", interrupt)
    serve(workspace, find_run(workspace), started=told.append)
    assert seen == [(200, f"{NEW}/index.html")]
    assert told == [f"http://127.0.0.1:{made[0].server_address[1]}/{NEW}/index.html"]


def test_a_page_is_opened_from_disk_and_it_is_told_whether_there_is_a_browser(tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr("webbrowser.open", lambda address: bool(opened.append(address)))
    page = tmp_path / "a page.html"
    assert open_page(str(page)) is False
    assert opened == [page.resolve().as_uri()]
