package io.sluice.engine.js;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** A context with our globals and the script's function, in which nothing of the script ran yet. */
final class Place {
    private final Context context;
    private final Script script;
    private final HostLink link;
    private final Value[] functions = new Value[Prelude.values().length];

    Place(JsRuntime runtime, Script script) {
        this.script = script;
        this.context = runtime.newContext(script.modules());
        this.link = new HostLink(
                library -> context.eval(runtime.library(library)), new JsModules(context, runtime, script.modules()));
        runtime.making(() -> make(runtime));
    }

    private void make(JsRuntime runtime) {
        Value function = context.eval(script.source());
        Value prelude = context.eval(runtime.prelude()).execute(link.functions(), function);
        for (int i = 0; i < functions.length; i++) {
            functions[i] = prelude.getArrayElement(i);
        }
        if (script.modules().isPresent()) {
            context.eval(JsModules.BRIDGE);
        }
    }

    Context context() {
        return context;
    }

    Script script() {
        return script;
    }

    /** What the script's calls out of the context reach, once a run is bound to it. */
    HostLink link() {
        return link;
    }

    Value function(Prelude function) {
        return functions[function.ordinal()];
    }

    /** The functions that {@code prelude.js} hands out, in its order. */
    enum Prelude {
        START,
        TURN,
        RESULT,
        FAIL,
        SET_RESPONSE,
        SET_REQUEST,
        SET_RETURN,
        API
    }

    /** Also ends what may still run in it. */
    void close() {
        context.close(true);
    }
}
