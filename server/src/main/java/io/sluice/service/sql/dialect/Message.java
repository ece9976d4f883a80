package io.sluice.service.sql.dialect;

import java.sql.SQLException;

/** What a database says beside its code; only here names are taken out of it, and nothing of it is ever shown. */
record Message(String text) {
    static Message of(SQLException failure) {
        return new Message(failure.getMessage() == null ? "" : failure.getMessage());
    }

    boolean has(String part) {
        return text.contains(part);
    }

    /** What stands between the first of the one and the next of the other; empty when they are not there. */
    String between(String before, String after) {
        int start = text.indexOf(before);
        int from = start + before.length();
        int end = start < 0 ? -1 : text.indexOf(after, from);
        return end < 0 ? "" : text.substring(from, end);
    }

    /** The last part of a path such as {@code schema.table}. */
    static String last(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
