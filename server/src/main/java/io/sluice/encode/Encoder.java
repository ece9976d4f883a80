package io.sluice.encode;

import io.sluice.api.ApiResponse;
import java.io.IOException;
import java.io.OutputStream;

/** Writes answers. Stateless. Signatures that other rooms already use; the wire helper completes it. */
public final class Encoder {
    /** The content type of the answer: that of its headers or bytes, else that of its format. */
    public String contentType(ApiResponse response) {
        throw new UnsupportedOperationException("to be written " + response);
    }

    /** Writes the body and closes the content. An ApiException of a cursor passes through; the stream is left open. */
    public void write(ApiResponse response, OutputStream out) throws IOException {
        throw new UnsupportedOperationException("to be written " + response + out);
    }
}
