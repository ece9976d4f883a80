package io.sluice.script;

/** {@code event:db._table.orders.get.post_process} or {@code service:php-test}. */
public record ScriptId(Kind kind, String name) implements Comparable<ScriptId> {
    /** What a script is attached to. */
    public enum Kind {
        EVENT,
        SERVICE
    }

    public static ScriptId event(String name) {
        return new ScriptId(Kind.EVENT, name);
    }

    public static ScriptId service(String name) {
        return new ScriptId(Kind.SERVICE, name);
    }

    /** Reads {@code event:NAME} or {@code service:NAME}. */
    public static java.util.Optional<ScriptId> parse(String text) {
        if (text.startsWith("event:")) {
            return java.util.Optional.of(event(text.substring(6)));
        }
        if (text.startsWith("service:")) {
            return java.util.Optional.of(service(text.substring(8)));
        }
        return java.util.Optional.empty();
    }

    @Override
    public int compareTo(ScriptId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return (kind == Kind.EVENT ? "event:" : "service:") + name;
    }
}
