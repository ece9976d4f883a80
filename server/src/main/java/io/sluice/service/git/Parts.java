package io.sluice.service.git;

import java.util.ArrayList;
import java.util.List;

/** Lists made of a host's lists. */
final class Parts {
    private Parts() {}

    /** What becomes of one element. */
    interface Part<T> {
        T of(Json element) throws NotRead;
    }

    static <T> List<T> of(Json list, Part<T> part) throws NotRead {
        List<T> parts = new ArrayList<>();
        for (Json element : list.items()) {
            parts.add(part.of(element));
        }
        return parts;
    }
}
