"""A mail server on the loopback that keeps what it is given, or refuses it."""

import socketserver
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy


class _Session(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand over a mail."""

    def handle(self):
        self.say("220 mailbox")
        for line in self.rfile:
            verb = line.decode().split(maxsplit=1)[0].strip().upper()
            if verb == "DATA":
                self.say("354 go on")
                self.server.mails.append(message_from_bytes(self.mail(), policy=policy.default))
                self.say("250 kept")
            elif verb == "RCPT" and self.server.is_full:
                self.say("452 full")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 mailbox")

    def mail(self):
        lines = []
        for line in self.rfile:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        return b"".join(lines)

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@contextmanager
def mail_server(is_full=False):
    """Run the server; yields its address as UMBEL_MAIL_URL names it, and the list of mails that it was given."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.mails, server.is_full = [], is_full
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"smtp://127.0.0.1:{server.server_address[1]}?tls=off", server.mails
        server.shutdown()
