package io.sluice.service.file.s3;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Copies of objects within a bucket, made by the store. Those that are too large for one request are copied in parts.
 *
 * @param atOnce how large an object may be that is copied by one request
 * @param part how large a part is
 */
record MultipartCopy(S3Client client, String bucket, long atOnce, long part) {
    private static final long MOST_AT_ONCE = 5L << 30;
    private static final long PART = 1L << 30;

    MultipartCopy(S3Client client, String bucket) {
        this(client, bucket, MOST_AT_ONCE, PART);
    }

    /** The ETag of the copy. */
    String copy(String from, String to) {
        HeadObjectResponse source = client.headObject(of -> of.bucket(bucket).key(from));
        if (source.contentLength() > atOnce) {
            return inParts(from, to, source);
        }
        return client.copyObject(of -> of.sourceBucket(bucket)
                        .sourceKey(from)
                        .destinationBucket(bucket)
                        .destinationKey(to))
                .copyObjectResult()
                .eTag();
    }

    private String inParts(String from, String to, HeadObjectResponse source) {
        String id = client.createMultipartUpload(of -> of.bucket(bucket).key(to).contentType(source.contentType()))
                .uploadId();
        try {
            List<CompletedPart> parts = parts(from, to, id, source.contentLength());
            return client.completeMultipartUpload(
                            of -> of.bucket(bucket).key(to).uploadId(id).multipartUpload(all -> all.parts(parts)))
                    .eTag();
        } catch (RuntimeException e) {
            client.abortMultipartUpload(of -> of.bucket(bucket).key(to).uploadId(id));
            throw e;
        }
    }

    private List<CompletedPart> parts(String from, String to, String id, long size) {
        List<CompletedPart> parts = new ArrayList<>();
        for (long start = 0; start < size; start += part) {
            String range = "bytes=" + start + "-" + (Math.min(start + part, size) - 1);
            int number = parts.size() + 1;
            CopyPartResult copied = client.uploadPartCopy(of -> of.sourceBucket(bucket)
                            .sourceKey(from)
                            .copySourceRange(range)
                            .destinationBucket(bucket)
                            .destinationKey(to)
                            .uploadId(id)
                            .partNumber(number))
                    .copyPartResult();
            parts.add(CompletedPart.builder()
                    .partNumber(number)
                    .eTag(copied.eTag())
                    .checksumCRC32(copied.checksumCRC32())
                    .build());
        }
        return parts;
    }
}
