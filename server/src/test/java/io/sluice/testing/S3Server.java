package io.sluice.testing;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** A store that speaks the protocol of S3 and checks signatures (s3proxy, on a temporary folder). One for all tests of this JVM. */
public final class S3Server {
    public static final String KEY = "access";
    public static final String SECRET = "a secret/with+signs";

    private final S3Proxy server;

    private S3Server(S3Proxy server) {
        this.server = server;
    }

    private static final class Holder {
        static final S3Server ONLY = start();
    }

    public static S3Server get() {
        return Holder.ONLY;
    }

    private static S3Server start() {
        try {
            Path folder = Files.createTempDirectory("sluice-s3");
            S3Proxy server = S3Proxy.builder()
                    .blobStore(new FilesystemNio2BlobStore(folder.toString()))
                    .endpoint(URI.create("http://127.0.0.1:0"))
                    .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY, SECRET)
                    .build();
            server.start();
            return new S3Server(server);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public int port() {
        return server.getPort();
    }
}
