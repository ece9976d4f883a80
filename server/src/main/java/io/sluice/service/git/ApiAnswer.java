package io.sluice.service.git;

import java.util.Map;

/**
 * What a host's API answered, with any status.
 *
 * @param headers names in lower case
 */
record ApiAnswer(int status, Map<String, String> headers, byte[] body) {
    /** Empty when there is none. */
    String header(String lowerCaseName) {
        return headers.getOrDefault(lowerCaseName, "");
    }

    boolean ok() {
        return status >= 200 && status < 300;
    }
}
