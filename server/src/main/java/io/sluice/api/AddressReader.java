package io.sluice.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads the path of a call: {@code /api}, {@code /api/v2}, {@code /api/v2/{service}/{resource…}} and the same without the version. A segment
 * is decoded after the path was split, so {@code %2F} stays inside its segment. Pure.
 */
final class AddressReader {
    static final String VERSION = "2";
    private static final String PREFIX = "/api";

    private AddressReader() {}

    /**
     * Where a call goes.
     *
     * @param service name in lower case; empty for the root index
     */
    record Address(String version, String service, ResourcePath resource) {}

    static Address read(String rawPath) {
        if (!rawPath.equals(PREFIX) && !rawPath.startsWith(PREFIX + "/")) {
            throw ApiException.notFound("There is nothing at this address; the API begins at /api/v2.");
        }
        List<String> segments = segments(rawPath.substring(PREFIX.length()));
        int first = 0;
        if (!segments.isEmpty() && isVersion(segments.getFirst())) {
            checkVersion(segments.getFirst());
            first = 1;
        }
        if (segments.size() == first) {
            return new Address(VERSION, "", ResourcePath.ROOT);
        }
        String service = segments.get(first).toLowerCase(Locale.ROOT);
        List<String> below = segments.subList(first + 1, segments.size());
        return new Address(VERSION, service, new ResourcePath(below, rawPath.endsWith("/")));
    }

    private static List<String> segments(String raw) {
        List<String> segments = new ArrayList<>();
        for (String part : raw.split("/")) {
            if (!part.isEmpty()) {
                segments.add(decoded(part));
            }
        }
        return segments;
    }

    /** Dots are refused wherever a backend could take them for a step in a path: also behind an encoded slash. */
    private static String decoded(String part) {
        String segment = PercentDecoder.decode(part);
        if (segment.indexOf('.') < 0) {
            return segment;
        }
        for (String step : segment.split("[/\\\\]")) {
            if (step.equals(".") || step.equals("..")) {
                throw ApiException.badRequest("The path of the address must not hold the steps '.' and '..'.");
            }
        }
        return segment;
    }

    private static boolean isVersion(String segment) {
        if (segment.length() < 2 || segment.charAt(0) != 'v') {
            return false;
        }
        return Character.isDigit(segment.charAt(1))
                && segment.substring(1).chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }

    private static void checkVersion(String segment) {
        if (!segment.equals("v" + VERSION)) {
            throw ApiException.notFound("There is no version '" + segment + "' of the API; use /api/v" + VERSION + ".");
        }
    }
}
