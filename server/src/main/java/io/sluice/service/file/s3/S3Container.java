package io.sluice.service.file.s3;

import io.sluice.outbound.Hosts;
import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.object.Container;
import io.sluice.service.file.object.ContainerMissing;
import io.sluice.service.file.object.ExplainedStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A bucket. */
final class S3Container implements Container {
    private static final int RANGE_BEHIND_THE_END = 416;

    private final S3Client client;
    private final String bucket;
    private final S3Errors errors;
    private final MultipartCopy copies;

    private S3Container(S3Client client, S3Settings settings) {
        this.client = client;
        this.bucket = settings.place().container();
        this.errors = new S3Errors(bucket, settings.region());
        this.copies = new MultipartCopy(client, bucket);
    }

    static S3Container of(S3Settings settings, Hosts hosts) {
        return new S3Container(Connection.to(settings, hosts), settings);
    }

    private <T> T ask(Supplier<T> call) throws IOException {
        try {
            return call.get();
        } catch (SdkException e) {
            throw errors.of(e);
        }
    }

    @Override
    public Optional<Listed> find(String key) throws IOException {
        try {
            HeadObjectResponse head =
                    ask(() -> client.headObject(of -> of.bucket(bucket).key(key)));
            return Optional.of(new Listed(key, head.lastModified(), head.contentLength()));
        } catch (FileNotFoundException | ContainerMissing e) {
            return Optional.empty();
        }
    }

    @Override
    public Page list(String prefix, boolean deep, Optional<String> after, int most) throws IOException {
        ListObjectsV2Response page = ask(() -> client.listObjectsV2(of -> of.bucket(bucket)
                .prefix(prefix)
                .delimiter(deep ? null : "/")
                .continuationToken(after.orElse(null))
                .maxKeys(most)));
        Stream<Listed> below = page.commonPrefixes().stream().map(common -> Listed.beginning(common.prefix()));
        Stream<Listed> objects =
                page.contents().stream().map(object -> new Listed(object.key(), object.lastModified(), object.size()));
        return new Page(Stream.concat(below, objects).toList(), next(page));
    }

    private Optional<String> next(ListObjectsV2Response page) throws StoreFailure {
        if (!Boolean.TRUE.equals(page.isTruncated())) {
            return Optional.empty();
        }
        if (page.nextContinuationToken() == null) {
            throw StoreFailure.unreachable(
                    "the store of the bucket '" + bucket + "' cut off a list and does not tell how it goes on", null);
        }
        return Optional.of(page.nextContinuationToken());
    }

    @Override
    public InputStream open(String key, long from, long length) throws IOException {
        try {
            ResponseInputStream<GetObjectResponse> content = client.getObject(
                    of -> of.bucket(bucket).key(key).range(range(from, length)), ResponseTransformer.toInputStream());
            return AnsweredRange.of(content.response(), new ExplainedStream(content, errors::of), from, length);
        } catch (S3Exception e) {
            if (e.statusCode() == RANGE_BEHIND_THE_END) {
                return InputStream.nullInputStream();
            }
            throw errors.of(e);
        } catch (SdkException e) {
            throw errors.of(e);
        }
    }

    private static @Nullable String range(long from, long length) {
        boolean toTheEnd = length > Long.MAX_VALUE - from;
        if (toTheEnd) {
            return from == 0 ? null : "bytes=" + from + "-";
        }
        return "bytes=" + from + "-" + (from + length - 1);
    }

    @Override
    public void put(String key, byte[] content, String type) throws IOException {
        ask(() -> client.putObject(of -> of.bucket(bucket).key(key).contentType(type), body(content, type)));
    }

    /** Not copied: nobody changes it. */
    static RequestBody body(byte[] content, String type) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromByteArrayUnsafe(content), content.length, type);
    }

    @Override
    public Upload begin(String key, String type) throws IOException {
        String id = ask(() -> client.createMultipartUpload(
                        of -> of.bucket(bucket).key(key).contentType(type)))
                .uploadId();
        return new MultipartUpload(client, errors, new MultipartUpload.Address(bucket, key, id));
    }

    @Override
    public void delete(List<String> keys) throws IOException {
        if (keys.size() == 1) {
            ask(() -> client.deleteObject(of -> of.bucket(bucket).key(keys.getFirst())));
        } else if (!keys.isEmpty()) {
            List<ObjectIdentifier> objects = keys.stream()
                    .map(key -> ObjectIdentifier.builder().key(key).build())
                    .toList();
            refused(ask(() -> client.deleteObjects(
                    of -> of.bucket(bucket).delete(what -> what.objects(objects).quiet(true)))));
        }
    }

    private void refused(DeleteObjectsResponse answer) throws IOException {
        if (!answer.errors().isEmpty()) {
            String code = answer.errors().getFirst().code();
            throw errors.of(code, code.equals("AccessDenied") ? 403 : 200, null);
        }
    }

    @Override
    public void copy(String from, String to) throws IOException {
        ask(() -> copies.copy(from, to));
    }

    @Override
    public void make() throws IOException {
        try {
            client.createBucket(of -> of.bucket(bucket));
        } catch (BucketAlreadyOwnedByYouException e) {
            // somebody was quicker
        } catch (SdkException e) {
            throw errors.of(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
