package io.sluice.service.file.ftp;

import io.sluice.service.file.StoreFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;
import org.jspecify.annotations.Nullable;

/**
 * FTP with TLS on both kinds of connections. Connections for data go on with the session of the control connection, which servers ask
 * for so that nobody else takes over the data; the library alone would begin a session for each.
 */
final class TlsClient extends FTPSClient {
    private final SSLContext context;
    private final String host;
    private @Nullable Socket plainControl;
    private @Nullable Socket plainData;

    /** {@code context}: for this client alone; servers know their sessions for one login only. */
    TlsClient(SSLContext context, String host) {
        super(false, context);
        this.context = context;
        this.host = host.replaceAll("^\\[|]$", "");
        setEndpointCheckingEnabled(true);
    }

    @Override
    protected void _connectAction_() throws IOException {
        plainControl = _socket_;
        _hostname_ = host; // what the certificate must say; the connection itself goes to the judged address
        try {
            super._connectAction_();
        } catch (SSLException e) {
            throw untrusted(e) ? StoreFailure.denied("the certificate of its server is not trusted", e) : e;
        }
    }

    @Override
    protected void execAUTH() throws IOException {
        if (sendCommand("AUTH", "TLS") != FTPReply.SECURITY_DATA_EXCHANGE_COMPLETE) {
            throw StoreFailure.denied("its server does not offer TLS", null);
        }
    }

    private static boolean untrusted(@Nullable Throwable cause) {
        return cause != null && (cause instanceof CertificateException || untrusted(cause.getCause()));
    }

    /** From now on data are encrypted, or not sent. */
    void protectData() throws IOException {
        try {
            execPBSZ(0);
            execPROT("P");
        } catch (SSLException e) {
            throw StoreFailure.denied("its server does not encrypt files", e);
        }
        setSocketFactory(null); // plain sockets, on which TLS begins below
        setServerSocketFactory(null);
    }

    /** TLS would wait for the server's farewell first. */
    @Override
    public void disconnect() throws IOException {
        close(plainData);
        close(plainControl);
        super.disconnect();
    }

    private static void close(@Nullable Socket plain) throws IOException {
        if (plain != null) {
            plain.close();
        }
    }

    @Override
    protected @Nullable Socket _openDataConnection_(String command, String argument) throws IOException {
        @Nullable Socket plain = super._openDataConnection_(command, argument);
        if (plain == null) {
            return null;
        }
        try {
            return encrypted(plain);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    @Override
    protected @Nullable OutputStream _storeFileStream(String command, String file) throws IOException {
        @Nullable Socket data = _openDataConnection_(command, file);
        return data == null ? null : new TlsUpload(data);
    }

    private SSLSocket encrypted(Socket plain) throws IOException {
        plainData = plain;
        Socket alias = new PortAlias(plain, getRemotePort());
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(alias, host, getRemotePort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        return encrypted;
    }
}
