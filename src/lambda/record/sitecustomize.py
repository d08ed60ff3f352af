"""Brings to the recorder what is sent by clients that ask for no proxy, such as urllib3.

Python loads this before anything else. Names are not looked up: each has an address that stands for
it, and who connects to that is led through the recorder, as through a proxy. Nothing else leaves the
machine; what is on it is reached as ever.
"""

import errno
import os
import socket
import sys
import zlib

_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_send_to = socket.socket.sendto
_look_up = socket.getaddrinfo
_look_up_name = socket.gethostbyname
_names = {}


def _is_near(host):
    return host in ("", "localhost", "0.0.0.0", "::", "::1") or host.startswith("127.")


def _text(host):
    return host.decode("idna") if isinstance(host, (bytes, bytearray)) else host


def _address(host):
    """An address of those that are kept for tests (RFC 2544), the same in each run."""
    try:
        socket.inet_aton(host)
        return host
    except OSError:
        pass
    number = zlib.crc32(host.encode())
    while _names.setdefault(number & 0x1FFFF, host) != host:
        number += 1
    number &= 0x1FFFF
    return f"198.{18 + (number >> 16)}.{number >> 8 & 255}.{number & 255}"


def _name(address):
    parts = address.split(".")
    if len(parts) == 4 and parts[0] == "198" and parts[1] in ("18", "19"):
        number = (int(parts[1]) - 18 << 16) | int(parts[2]) << 8 | int(parts[3])
        return _names.get(number, address)
    return address


def _getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    host = _text(host)
    if host is None or _is_near(host):
        return _look_up(host, port, family, type, proto, flags)
    if family not in (0, socket.AF_INET):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return _look_up(_address(host), port, socket.AF_INET, type, proto)


def _gethostbyname(host):
    host = _text(host)
    return _look_up_name(host) if _is_near(host) else _address(host)


def _far(self, address):
    if self.family not in (socket.AF_INET, socket.AF_INET6):
        return False
    return not _is_near(_text(address[0]))


def _tunnel(self, address):
    if self.family != socket.AF_INET or self.type != socket.SOCK_STREAM:
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
    target = f"{_name(_text(address[0]))}:{address[1]}"
    wait = self.gettimeout()
    self.settimeout(10)
    try:
        _connect(self, _RECORDER)
        self.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
        answer = b""
        while not answer.endswith(b"\r\n\r\n"):
            part = self.recv(1)
            if not part:
                raise ConnectionRefusedError(errno.ECONNREFUSED, os.strerror(errno.ECONNREFUSED))
            answer += part
    finally:
        self.settimeout(wait)


def _connected(self, address):
    return _tunnel(self, address) if _far(self, address) else _connect(self, address)


def _connected_ex(self, address):
    if not _far(self, address):
        return _connect_ex(self, address)
    try:
        _tunnel(self, address)
    except OSError as error:
        return error.errno or errno.ECONNREFUSED
    return 0


def _sent_to(self, data, *rest):
    if _far(self, rest[-1]):
        raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
    return _send_to(self, data, *rest)


sys.path[:] = [entry for entry in sys.path if entry != os.path.dirname(__file__)]
_host, _, _port = os.environ.get("HTTPS_PROXY", "").rpartition("/")[2].rpartition(":")
if _port.isdigit():
    _RECORDER = (_host, int(_port))
    socket.getaddrinfo = _getaddrinfo
    socket.gethostbyname = _gethostbyname
    socket.socket.connect = _connected
    socket.socket.connect_ex = _connected_ex
    socket.socket.sendto = _sent_to
