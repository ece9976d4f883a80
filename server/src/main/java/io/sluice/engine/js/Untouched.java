package io.sluice.engine.js;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;

/** What the language's own objects are in a new context, as text, to be held against those of a context in which a script ran. */
final class Untouched {
    private static final Source NAMES = JsRuntime.source("(names)", "Object.getOwnPropertyNames(globalThis).join(' ')");

    private final Source description;
    private final String names;
    private final String asNew;

    /** @param fresh a context in which nothing ran */
    Untouched(Context fresh, Source description) {
        this.description = description;
        this.names = fresh.eval(NAMES).asString();
        this.asNew = description(fresh);
    }

    private String description(Context context) {
        return context.eval(description).execute(names).asString();
    }

    boolean isSoIn(Context context) {
        return asNew.equals(description(context));
    }
}
