package io.sluice.service.git;

import io.sluice.service.BaseUrl;
import io.sluice.service.Outbound;
import java.io.IOException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.Optional;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/** How a Git server is reached. Thread-safe. */
sealed interface GitDoor extends AutoCloseable {
    /** What the addresses of its repositories begin with. */
    URI base();

    boolean hasCredentials();

    /** Has the transport connect through this door, under the bounds of that exchange. */
    void lead(Transport transport, GitExchange exchange) throws IOException;

    @Override
    default void close() {}

    /** Smart HTTP. */
    record Web(URI base, Optional<Credentials> credentials) implements GitDoor {
        @Override
        public boolean hasCredentials() {
            return credentials.isPresent();
        }

        @Override
        public void lead(Transport transport, GitExchange exchange) throws IOException {
            if (!(transport instanceof TransportHttp http)) {
                throw new IOException("no transport for http");
            }
            http.setHttpConnectionFactory(new OneHost(base, exchange));
            credentials.ifPresent(known -> http.setPreemptiveBasicAuthentication(known.username(), known.secret()));
        }
    }

    /** Connections to one host. */
    record OneHost(URI base, GitExchange exchange) implements HttpConnectionFactory {
        @Override
        public HttpConnection create(URL url) throws IOException {
            return create(url, Proxy.NO_PROXY);
        }

        @Override
        public HttpConnection create(URL url, Proxy proxy) throws IOException {
            URI target = URI.create(url.toString());
            if (!BaseUrl.origin(target).equals(BaseUrl.origin(base))) {
                throw new Outbound.Refused("the host redirects to another one, which is not followed");
            }
            if (proxy.type() == Proxy.Type.DIRECT) {
                Outbound.check(url.getHost());
            }
            return new WatchedConnection(url, proxy, exchange);
        }
    }

    /** SSH. */
    record Shell(URI base, SshServer server) implements GitDoor {
        @Override
        public boolean hasCredentials() {
            return true;
        }

        @Override
        public void lead(Transport transport, GitExchange exchange) throws IOException {
            if (!(transport instanceof SshTransport ssh)) {
                throw new IOException("no transport for ssh");
            }
            ssh.setSshSessionFactory(new SshSessions(server, exchange));
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
