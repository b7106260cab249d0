"""What `ELASTICSEARCH_URL` may say, and that a wrong value is refused in one line without its secrets."""

import base64
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from search.engines import EngineUnavailableError, get_engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch.addresses import client_arguments
from search.query import SearchQuery
from search.service import search

ROOT = Path(__file__).resolve().parents[2]
PRINT = "AB:" * 31 + "cd"
BAD = [
    "localhost",
    "localhost:9200",
    "http://localhost",
    "ftp://localhost:9200",
    "https://:9200",
    "https://u:s3cret@:9200",
    "https://u:s3cret@host:port",
    "https://u:s3cret@host:99999",
    "https://u:s3cret@[::1:9200",
    "https://user@host:9200",
    "https://u:@host:9200",
    "https://:s3cret@host:9200",
    "https://u:s3cret/@host:9200",
    "https://u:12/s3cret@host:9200",
    "https://u:12?s3cret@host:9200",
    "https://u:12#s3cret@host:9200",
    "https://u:12@s3cret@host:9200",
    "https://u:s3cret@host:9200 ",
    "https://u:s3crét@host:9200",
    "https://u:s3cret\x00@host:9200",
    "https://u:s3cret\ud800@host:9200",
    "https://host:9200?api_key=",
    "https://host:9200?api_key=s3cret%0A",
    "https://u:p@host:9200?api_key=s3cret",
    "https://host:9200?apikey=s3cret",
    "https://host:9200?verify_certs=false",
    "https://host:9200?ca_certs=/nowhere/ca.pem",
    "https://host:9200?ca_certs=%00",
    "https://host:9200?ca_certs=" + "x" * 10_000,
    f"http://host:9200?fingerprint={PRINT}",
    "https://host:9200?fingerprint=abc",
    "https://u:" + "s3cret" * 100_000 + "@host",
]


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["http://127.0.0.1:9200"], {"hosts": ["http://127.0.0.1:9200"]}),
        (["http://[::1]:9200/"], {"hosts": ["http://[::1]:9200"]}),
        (["https://a:9200/search/", "https://b:9200"], {"hosts": ["https://a:9200/search", "https://b:9200"]}),
        (
            ["https://elastic:p%40ss%3A%2F%2C%C3%A9@host:9200"],
            {"hosts": ["https://host:9200"], "basic_auth": ("elastic", "p@ss:/,é")},
        ),
        (["https://h:1?api_key=aWQ6a2V5%2B/=="], {"hosts": ["https://h:1"], "api_key": "aWQ6a2V5+/=="}),
        (["https://h:1/?api_key=id:key"], {"hosts": ["https://h:1"], "api_key": ("id", "key")}),
        ([f"https://h:1?fingerprint={PRINT}"], {"hosts": ["https://h:1"], "ssl_assert_fingerprint": "ab" * 31 + "cd"}),
        (["https://u:p@a:1", "https://u:p@b:1"], {"hosts": ["https://a:1", "https://b:1"], "basic_auth": ("u", "p")}),
        (["https://u:p@a:1", "https://b:1"], {"hosts": ["https://a:1", "https://b:1"], "basic_auth": ("u", "p")}),
    ],
)
def test_an_address_says_the_nodes_who_asks_and_whom_to_trust(urls, expected):
    assert client_arguments(urls) == expected


def test_the_file_of_an_authority_is_looked_at(tmp_path):
    (tmp_path / "ca.pem").write_text("")

    assert client_arguments([f"https://h:1?ca_certs={tmp_path}/ca.pem"])["ca_certs"] == f"{tmp_path}/ca.pem"
    with pytest.raises(EngineUnavailableError, match="cannot be read"):
        client_arguments([f"https://h:1?ca_certs={tmp_path}"])


@pytest.mark.parametrize("url", BAD, ids=lambda url: ascii(url[:40]))
def test_what_cannot_be_meant_is_refused_in_one_line_without_its_secrets(url):
    with pytest.raises(EngineUnavailableError, match=r"^ELASTICSEARCH_URL") as refusal:
        client_arguments(["https://good:9200", url])

    line = str(refusal.value)
    assert "s3cr" not in line
    assert "\n" not in line
    assert len(line) < 400


@pytest.mark.parametrize(
    "urls",
    [
        ["https://u:p@a:1", "https://u:s3cret@b:1"],
        ["https://a:1?api_key=x", "https://b:1?api_key=s3cret"],
        ["https://u:p@a:1", "https://b:1?api_key=s3cret"],
        [f"https://a:1?ca_certs={__file__}", f"https://b:1?fingerprint={PRINT}"],
    ],
)
def test_addresses_that_contradict_each_other_are_refused(urls):
    with pytest.raises(EngineUnavailableError, match=r"^ELASTICSEARCH_URL") as refusal:
        client_arguments(urls)
    assert "s3cret" not in str(refusal.value)


@pytest.fixture
def listener():
    """A node of our own making that notes who asks and refuses everybody."""
    asked = []

    class Refusing(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append((self.path, self.headers.get("Authorization")))
            body = b'{"error": {"reason": "who are you"}}'
            self.send_response(401)
            for name, value in (("Content-Type", "application/json"), ("X-Elastic-Product", "Elasticsearch")):
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("user", "query", "expected"),
    [
        ("us%40er:p%3Ass@", "", "Basic " + base64.b64encode(b"us@er:p:ss").decode()),
        ("", "?api_key=a%2Bb=", "ApiKey a+b="),
        ("", "?api_key=id:key", "ApiKey " + base64.b64encode(b"id:key").decode()),
        ("", "", None),
    ],
)
def test_a_node_hears_who_asks_and_its_refusal_is_an_answer(listener, user, query, expected):
    address, asked = listener
    engine = ElasticsearchEngine([f"http://{user}{address}/prefix{query}"], "test")

    with pytest.raises(EngineUnavailableError, match="who are you"):
        engine.count()

    (path, authorization), *_others = asked
    assert path.startswith("/prefix/test-current-")
    assert authorization == expected


@pytest.mark.django_db
def test_wrong_settings_take_search_away_and_the_checks_say_why(settings, caplog):
    settings.ELASTICSEARCH_URL = ["https://u:s3cret@host"]

    assert not search(SearchQuery("x")).available
    with pytest.raises(SystemCheckError, match="address 1 needs http or https, a host and a port"):
        call_command("check")
    assert "s3cret" not in caplog.text

    settings.ELASTICSEARCH_URL = ["https://u:s3cret@host:9200"]
    assert isinstance(get_engine(), ElasticsearchEngine)
    call_command("check")


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"ELASTICSEARCH_URL": "https://a:9200, https://u:s3cret@b"}, "ELASTICSEARCH_URL: address 2 needs"),
        ({"ELASTICSEARCH_URL": "https://a:9200", "ELASTICSEARCH_INDEX": "A B"}, "ELASTICSEARCH_INDEX may hold"),
    ],
)
def test_the_server_does_not_start_with_them_and_says_so_in_one_line(tmp_path, variables, reason):
    environment = {
        "PATH": os.environ["PATH"],
        "VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "portal.settings.local",
        **variables,
    }
    command = [sys.executable, "manage.py", "serve", "--port", "0"]

    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)

    assert (run.returncode, run.stdout) == (1, "")
    (line,) = run.stderr.strip().splitlines()
    assert line.startswith(reason)
    assert "s3cret" not in line
    assert not (tmp_path / "portal.sqlite3").exists()
