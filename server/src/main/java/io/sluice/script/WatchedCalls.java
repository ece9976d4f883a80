package io.sluice.script;

import io.sluice.engine.PlatformCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Remembers what a script changed through {@code platform.api}: when it fails later, that stands. Thread-safe. */
final class WatchedCalls implements PlatformCalls {
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
    private static final int MOST = 10;

    private final PlatformCalls calls;
    private final List<String> changes = new ArrayList<>();
    private int more;

    WatchedCalls(PlatformCalls calls) {
        this.calls = calls;
    }

    @Override
    public Answer call(Request request) {
        Answer answer = calls.call(request);
        String method = request.method().strip().toUpperCase(Locale.ROOT);
        if (!READS.contains(method) && answer.status() < 400) {
            remember(method + " " + address(request.path()) + " " + answer.status());
        }
        return answer;
    }

    /** Parameters may hold secrets. */
    private static String address(String path) {
        int query = path.indexOf('?');
        return query < 0 ? path : path.substring(0, query);
    }

    private synchronized void remember(String change) {
        if (changes.size() < MOST) {
            changes.add(change);
        } else {
            more++;
        }
    }

    /** {@code ; before it did POST db/_table/contact 201}, or nothing. */
    synchronized String words() {
        if (changes.isEmpty()) {
            return "";
        }
        return "; before it did " + String.join(", ", changes) + (more == 0 ? "" : " and " + more + " more");
    }

    @Override
    public Fetched fetch(Outward request) {
        return calls.fetch(request);
    }

    @Override
    public KeyValues store() {
        return calls.store();
    }
}
