package io.sluice.service.file;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a file; empty when it begins behind the file's end. */
record ByteRange(long from, long length) {
    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** One range of a {@code Range} header; several ranges, or what cannot be read, count as none: the whole file answers. */
    static Optional<ByteRange> parse(String header, long size) {
        Matcher parts = ONE.matcher(header.trim());
        if (!parts.matches() || header.trim().equals("bytes=-")) {
            return Optional.empty();
        }
        if (parts.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(parts.group(2)), size);
            return Optional.of(new ByteRange(size - last, last));
        }
        long from = Long.parseLong(parts.group(1));
        long to = parts.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(parts.group(2)), size - 1);
        return to < from && from < size
                ? Optional.empty()
                : Optional.of(new ByteRange(from, Math.max(0, to - from + 1)));
    }

    boolean empty() {
        return length == 0;
    }

    /** {@code bytes 0-4/10}. */
    String header(long size) {
        return "bytes " + from + "-" + (from + length - 1) + "/" + size;
    }
}
