package io.sluice.service.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Proxy;
import java.net.URL;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/** A connection that tells its exchange what comes in, and ends when that is too much or too late. */
final class WatchedConnection extends JDKHttpConnection {
    private final GitExchange exchange;

    WatchedConnection(URL url, Proxy proxy, GitExchange exchange) throws IOException {
        super(url, proxy);
        this.exchange = exchange;
    }

    @Override
    public void setConnectTimeout(int millis) {
        super.setConnectTimeout(Math.min(millis, exchange.connectMillis()));
    }

    @Override
    public void setReadTimeout(int millis) {
        super.setReadTimeout(Math.min(millis, exchange.millisLeft()));
    }

    /** Packs are compressed already, and a compressed list of references could unpack without end. */
    @Override
    public void setRequestProperty(String name, String value) {
        super.setRequestProperty(name, name.equalsIgnoreCase("Accept-Encoding") ? "identity" : value);
    }

    @Override
    public int getResponseCode() throws IOException {
        int status = super.getResponseCode();
        exchange.answered(status);
        return status;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                exchange.received(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                exchange.received(Math.max(read, 0));
                return read;
            }
        };
    }
}
