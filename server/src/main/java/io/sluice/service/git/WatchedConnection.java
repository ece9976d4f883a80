package io.sluice.service.git;

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
        return new WatchedInput(super.getInputStream(), exchange);
    }
}
