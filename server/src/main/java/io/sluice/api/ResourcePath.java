package io.sluice.api;

import java.util.List;

/**
 * What is addressed below a service: decoded segments, so a segment may itself hold a slash (sent as {@code %2F}).
 *
 * @param segments in order, never empty strings
 * @param folder the path ended in a slash; only file services care
 */
public record ResourcePath(List<String> segments, boolean folder) {
    public static final ResourcePath ROOT = new ResourcePath(List.of(), false);

    public ResourcePath {
        segments = List.copyOf(segments);
    }

    /** A path given as plain text, such as {@code _table/contact/5}. */
    public static ResourcePath of(String text) {
        List<String> segments =
                List.of(text.split("/")).stream().filter(s -> !s.isEmpty()).toList();
        return new ResourcePath(segments, text.endsWith("/") && !segments.isEmpty());
    }

    public boolean isRoot() {
        return segments.isEmpty();
    }

    public int size() {
        return segments.size();
    }

    /** The segment at that place, or the empty string. */
    public String at(int index) {
        return index < segments.size() ? segments.get(index) : "";
    }

    /** The segments from that place on, joined by slashes. */
    public String from(int index) {
        return index >= segments.size() ? "" : String.join("/", segments.subList(index, segments.size()));
    }

    /** Joined by slashes, without a leading or trailing one. */
    public String text() {
        return String.join("/", segments);
    }
}
