package io.sluice.testing;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.AbstractNio2BlobStore;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;

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

    /** S3proxy deletes a list of keys in ten threads at a time, which leaves folders behind when it does so to one within the other. */
    private static final class InOrder extends AbstractNio2BlobStore {
        InOrder(Path folder) {
            super(folder);
        }

        @Override
        public DeleteObjectsResponse removeBlobs(DeleteObjectsRequest request) {
            List<DeleteObjectsResponse> answers = request.delete().objects().stream()
                    .map(one -> request.toBuilder()
                            .delete(what -> what.objects(one))
                            .build())
                    .map(one -> super.removeBlobs(one))
                    .toList();
            return DeleteObjectsResponse.builder()
                    .deleted(answers.stream()
                            .flatMap(one -> one.deleted().stream())
                            .toList())
                    .errors(answers.stream()
                            .flatMap(one -> one.errors().stream())
                            .toList())
                    .build();
        }
    }

    private static S3Server start() {
        try {
            Path folder = Files.createTempDirectory("sluice-s3");
            S3Proxy server = S3Proxy.builder()
                    .blobStore(new InOrder(folder))
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
