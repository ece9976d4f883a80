package io.sluice.api;

import java.util.Locale;
import java.util.Optional;

/** The five verbs of the API with the bits that role masks use. HEAD is read as GET, {@code MERGE} as PATCH. */
public enum Verb {
    GET(1),
    POST(2),
    PUT(4),
    PATCH(8),
    DELETE(16);

    private final int mask;

    Verb(int mask) {
        this.mask = mask;
    }

    /** The bit of this verb in {@code verb_mask}. */
    public int mask() {
        return mask;
    }

    /** The verb as event names spell it. */
    public String lower() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The verb of that name in any case, empty when there is none. */
    public static Optional<Verb> parse(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "GET", "HEAD" -> Optional.of(GET);
            case "POST" -> Optional.of(POST);
            case "PUT" -> Optional.of(PUT);
            case "PATCH", "MERGE" -> Optional.of(PATCH);
            case "DELETE" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }
}
