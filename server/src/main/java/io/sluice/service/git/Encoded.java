package io.sluice.service.git;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names as parts of an address. */
final class Encoded {
    private Encoded() {}

    /** As one segment or value: slashes are encoded too. */
    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** As segments, the slashes between them kept. */
    static String path(String path) {
        return Arrays.stream(path.split("/")).map(Encoded::segment).collect(Collectors.joining("/"));
    }
}
