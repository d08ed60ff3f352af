import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest


@pytest.fixture
def bank():
    """A payment service that refuses amounts of 1000 and more."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            refused = float(asked["amount"]) >= 1000
            self.send_response(402 if refused else 200)
            self.end_headers()
            self.wfile.write(json.dumps({"id": f"charge-{asked['order']}"}).encode())

        def log_message(self, *_):
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/charges"
    server.shutdown()


def test_takes_a_payment(load, bank, event, context):
    payment = load("functions/payment/payment.py", PAYMENT_URL=bank)
    assert payment.take(event("take-payment"), context)["charge"] == "charge-1"


def test_says_that_the_bank_said_no(load, bank, event, context):
    payment = load("functions/payment/payment.py", PAYMENT_URL=bank)
    with pytest.raises(payment.PaymentRefused):
        payment.take({**event("take-payment"), "total": "1000"}, context)
