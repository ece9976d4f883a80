package io.sluice.service.file.s3;

import io.sluice.service.file.object.Container;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** An object on its way in parts. */
final class MultipartUpload implements Container.Upload {
    /** @param id by which the store knows the upload */
    record Address(String bucket, String key, String id) {}

    private final S3Client client;
    private final S3Errors errors;
    private final Address at;
    private final List<CompletedPart> parts = new ArrayList<>();

    MultipartUpload(S3Client client, S3Errors errors, Address at) {
        this.client = client;
        this.errors = errors;
        this.at = at;
    }

    private <T> T ask(Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw errors.of(e);
        }
    }

    @Override
    public void part(byte[] content) throws IOException {
        int number = parts.size() + 1;
        UploadPartResponse answer = ask(() -> client.uploadPart(
                of -> of.bucket(at.bucket()).key(at.key()).uploadId(at.id()).partNumber(number),
                S3Container.body(content, "application/octet-stream")));
        parts.add(CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build());
    }

    @Override
    public void finish() throws IOException {
        ask(() -> client.completeMultipartUpload(
                of -> of.bucket(at.bucket()).key(at.key()).uploadId(at.id()).multipartUpload(all -> all.parts(parts))));
    }

    @Override
    public void abandon() throws IOException {
        ask(() -> client.abortMultipartUpload(
                of -> of.bucket(at.bucket()).key(at.key()).uploadId(at.id())));
    }
}
