"""Read by Python when it starts: connections that know nothing of the recorder go to it too.

urllib3, http.client and aiohttp by themselves look at no proxy variables. Whatever host they ask
for gets an address of the loopback network here, and a connection to that becomes one to the
recorder, which is asked for the host.
"""

import os
import socket


def _divert(proxy):
    resolve, connect = socket.getaddrinfo, socket.socket.connect
    hosts, addresses = {}, {}

    def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
        name = host.decode() if isinstance(host, bytes) else host
        if not name or name == "localhost" or name == "::1" or name.startswith("127."):
            return resolve(host, port, family, type, proto, flags)
        if name not in addresses:
            number = len(addresses) + 1
            addresses[name] = f"127.255.{number // 250}.{number % 250 + 1}"
            hosts[addresses[name]] = name
        return resolve(addresses[name], port, socket.AF_INET, type, proto, flags)

    def diverted(self, address):
        host = hosts.get(address[0]) if isinstance(address, tuple) else None
        if host is None:
            return connect(self, address)
        timeout = self.gettimeout()
        if timeout == 0:
            self.settimeout(10)
        try:
            connect(self, proxy)
            asked = f"CONNECT {host}:{address[1]} HTTP/1.1\r\nHost: {host}\r\n\r\n"
            self.sendall(asked.encode())
            answer = b""
            while not answer.endswith(b"\r\n\r\n"):
                byte = self.recv(1)
                if not byte:
                    raise ConnectionRefusedError(f"{host} is not reached")
                answer += byte
        finally:
            self.settimeout(timeout)

    socket.getaddrinfo = getaddrinfo
    socket.socket.connect = diverted


def _begin():
    address = os.environ.get("HTTPS_PROXY", "").rpartition("/")[2]
    host, _, port = address.rpartition(":")
    if host.startswith("127.") and port.isdigit():
        _divert((host, int(port)))


_begin()
