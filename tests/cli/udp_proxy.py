"""SOCKS 5 servers on loopback for UDP ASSOCIATE: prints the ports of one that passes datagrams on, one that refuses,
one that asks for a password, one that says yes and passes nothing on, and one that names a foreign host."""
import socket
import struct
import threading


def relay(udp):
    client = None
    while True:
        data, peer = udp.recvfrom(4096)
        if data[:4] == b"\0\0\0\1" and peer != client:
            client = peer
        if peer == client:
            host, port = socket.inet_ntoa(data[4:8]), struct.unpack(">H", data[8:10])[0]
            out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            out.settimeout(2)
            out.sendto(data[10:], (host, port))
            try:
                answer, sender = out.recvfrom(4096)
            except OSError:
                continue
            udp.sendto(b"\0\0\0\1" + socket.inet_aton(sender[0]) + struct.pack(">H", sender[1]) + answer, client)


def serve(c, method, code, bound, deaf):
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    if not deaf:
        threading.Thread(target=relay, args=(udp,), daemon=True).start()
    c.recv(64)
    c.sendall(bytes([5, method]))
    if c.recv(64):
        c.sendall(bytes([5, code, 0, 1]) + socket.inet_aton(bound) + struct.pack(">H", udp.getsockname()[1]))
        c.recv(1)
    c.close()


def listen(*how):
    listener = socket.create_server(("127.0.0.1", 0))

    def accept():
        while True:
            c, _ = listener.accept()
            threading.Thread(target=serve, args=(c, *how), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


print(listen(0, 0, "0.0.0.0", False), listen(0, 7, "0.0.0.0", False), listen(2, 0, "0.0.0.0", False),
      listen(0, 0, "127.0.0.1", True), listen(0, 0, "192.0.2.1", False), flush=True)
threading.Event().wait(60)
