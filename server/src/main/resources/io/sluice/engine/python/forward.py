# Takes connections on a port of 127.0.0.1, where nobody else is but the worker that this stands beside, and passes each on, byte
# for byte, to a socket in the file system. Arguments: the port, the socket.
import socket
import struct
import sys
import threading

PLACES = threading.BoundedSemaphore(100)
# What nobody takes for 30 seconds is not waited for, so that places become free again.
PATIENCE = struct.pack('ll', 30, 0)


def pump(source, sink):
    try:
        data = source.recv(65536)
        while data:
            sink.sendall(data)
            data = source.recv(65536)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        end(source, sink)


def end(*sockets):
    for each in sockets:
        try:
            each.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client, path):
    try:
        with client, socket.socket(socket.AF_UNIX) as server:
            for each in client, server:
                each.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, PATIENCE)
            server.connect(path)
            up = threading.Thread(target=pump, args=(client, server), daemon=True)
            up.start()
            pump(server, client)
            end(client, server)
            up.join()
    except OSError as error:
        print('a connection is not passed on:', error, file=sys.stderr)
    finally:
        PLACES.release()


def main(port, path):
    threading.stack_size(256 << 10)
    listener = socket.create_server(('127.0.0.1', int(port)), backlog=64)
    print('open', flush=True)
    while True:
        client, _ = listener.accept()
        # None waits here, where the next run would find it.
        if PLACES.acquire(blocking=False):
            threading.Thread(target=serve, args=(client, path), daemon=True).start()
        else:
            client.close()


main(*sys.argv[1:])
