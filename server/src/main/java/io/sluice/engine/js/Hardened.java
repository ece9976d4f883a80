package io.sluice.engine.js;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyIterable;
import org.graalvm.polyglot.proxy.ProxyIterator;
import org.graalvm.polyglot.proxy.ProxyObject;

/** What {@code harden.js} answers for a context: the ways to tidy it up. */
record Hardened(Value restorer, Value settle, Value drainage, Value tidying) {
    /**
     * Hardens a context in which nothing else ran yet.
     *
     * @param shared the one among equal texts that all contexts use: what is compiled of it is kept with it
     */
    static Hardened in(Context context, Source hardening, UnaryOperator<Source> shared) {
        ProxyExecutable function = arguments -> arguments.length;
        ProxyIterator iterator = ProxyIterator.from(List.<Object>of().iterator());
        ProxyIterable iterable = () -> iterator;
        Value answer = context.eval(hardening)
                .execute(ProxyArray.fromArray(
                        ProxyObject.fromMap(Map.of()), ProxyArray.fromArray(), function, iterable, iterator));
        Source restoring =
                JsRuntime.source("(restore)", answer.getArrayElement(0).asString());
        Value restorer = context.eval(shared.apply(restoring));
        return new Hardened(restorer, answer.getArrayElement(1), answer.getArrayElement(2), answer.getArrayElement(3));
    }

    /** To be called when the platform's own globals are there. */
    void settled() {
        settle.executeVoid(restorer);
    }

    void drain() {
        drainage.executeVoid();
    }

    boolean tidied() {
        return tidying.execute().asBoolean();
    }
}
