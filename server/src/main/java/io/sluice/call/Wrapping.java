package io.sluice.call;

import io.sluice.api.Content;
import io.sluice.api.Drained;
import io.sluice.api.Parameters;
import java.util.Map;

/** The {@code wrap} parameter: lists come inside {@code resource} unless the caller wants them bare. */
enum Wrapping {
    WRAPPED {
        @Override
        Content apply(Content content) {
            return content;
        }
    },
    BARE {
        /** A list with {@code meta} beside it stays wrapped, since there is nowhere else to put that. */
        @Override
        Content apply(Content content) {
            Content whole = content instanceof Content.Rows rows ? Drained.of(rows) : content;
            return whole instanceof Content.Tree(Map<?, ?> map) && map.size() == 1 && map.containsKey("resource")
                    ? new Content.Tree(map.get("resource"))
                    : whole;
        }
    };

    abstract Content apply(Content content);

    static Wrapping of(Parameters parameters) {
        return parameters.has("wrap") && !parameters.flag("wrap") ? BARE : WRAPPED;
    }
}
