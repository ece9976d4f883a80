package io.sluice.bench;

import java.nio.charset.StandardCharsets;

/**
 * One HTTP answer.
 *
 * @param body after removal of chunking; not copied, not to be changed
 * @param nanos from before the first byte of the request was written until the last byte of the body was read
 */
record Answer(int status, byte[] body, long nanos) {
    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** How often the bytes occur in the body, without overlaps. */
    int count(byte[] wanted) {
        int found = 0;
        int last = body.length - wanted.length;
        for (int i = 0; i <= last; i++) {
            if (body[i] == wanted[0] && matches(i, wanted)) {
                found++;
                i += wanted.length - 1;
            }
        }
        return found;
    }

    private boolean matches(int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (body[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
