package io.sluice.service.remote;

import java.io.InputStream;
import java.net.http.HttpHeaders;

/**
 * What came back.
 *
 * @param body still on its way; whoever has the answer closes it
 */
record Answer(int status, HttpHeaders headers, InputStream body) {
    String contentType() {
        return headers.firstValue("Content-Type").orElse("");
    }

    long length() {
        return headers.firstValueAsLong("Content-Length").orElse(-1);
    }
}
