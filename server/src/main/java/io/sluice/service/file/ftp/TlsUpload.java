package io.sluice.service.file.ftp;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * Data on their way to a server with TLS. At their end, what the server sent meanwhile is read: the ticket by which the next connection
 * for data goes on with the session. In TLS 1.3 each is good for one connection.
 */
final class TlsUpload extends FilterOutputStream {
    private final Socket socket;

    TlsUpload(Socket socket) throws IOException {
        super(socket.getOutputStream());
        this.socket = socket;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        try (socket;
                InputStream answer = socket.getInputStream()) {
            out.flush();
            socket.shutdownOutput();
            answer.transferTo(OutputStream.nullOutputStream());
        }
    }
}
