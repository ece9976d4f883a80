package io.sluice.service.file.s3;

import io.sluice.service.file.FirstBytes;
import io.sluice.service.file.StoreFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** The bytes that were asked for. Some stores and what lies before them answer a range with all of the object. */
final class AnsweredRange {
    private static final int PART = 206;

    private AnsweredRange() {}

    static InputStream of(GetObjectResponse answer, InputStream content, long from, long length) throws IOException {
        try {
            return new FirstBytes(beginning(answer, content, from), length);
        } catch (IOException | RuntimeException e) {
            content.close();
            throw e;
        }
    }

    private static InputStream beginning(GetObjectResponse answer, InputStream content, long from) throws IOException {
        if (answer.sdkHttpResponse().statusCode() != PART) {
            return skipped(content, from);
        }
        String range = answer.contentRange();
        if (range != null && !range.startsWith("bytes " + from + "-")) {
            throw StoreFailure.unreachable("the store sent other bytes of the file than it was asked for", null);
        }
        return content;
    }

    private static InputStream skipped(InputStream content, long bytes) throws IOException {
        try {
            content.skipNBytes(bytes);
            return content;
        } catch (EOFException e) {
            return content; // it begins behind the end
        }
    }
}
