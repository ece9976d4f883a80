package io.sluice.service.file.ftp;

import java.io.IOException;
import org.apache.commons.net.ftp.FTPClient;

/** How FTP is spoken: in clear, or with TLS. */
sealed interface Clients {
    /** Not connected yet. */
    FTPClient make();

    /** What is to be agreed on after the login, before any data. */
    void secure(FTPClient client) throws IOException;

    /** FTP as it was. */
    record Clear() implements Clients {
        @Override
        public FTPClient make() {
            return new FTPClient();
        }

        @Override
        public void secure(FTPClient client) {}
    }

    /** FTPS, explicit. */
    record Encrypted(Trust trust, String host) implements Clients {
        @Override
        public FTPClient make() {
            return new TlsClient(trust.context(), host);
        }

        @Override
        public void secure(FTPClient client) throws IOException {
            ((TlsClient) client).protectData();
        }
    }
}
