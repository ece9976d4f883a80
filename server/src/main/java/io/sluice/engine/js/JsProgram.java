package io.sluice.engine.js;

import io.sluice.engine.Invocation;
import io.sluice.engine.Program;
import io.sluice.engine.Run;

/** A parsed script. */
final class JsProgram implements Program {
    private final JsRuntime runtime;
    private final Script script;
    private final Isolation strict;
    private final Isolation usual;

    /** @param hardenable whether hardened contexts may be tried ({@link Hardenable#looks}) */
    JsProgram(JsRuntime runtime, Script script, boolean hardenable) {
        this.runtime = runtime;
        this.script = script;
        NewContextEachRun each = new NewContextEachRun(runtime, script);
        this.strict = each;
        this.usual = hardenable ? new HardenedPlaces(runtime, script, each) : each;
    }

    @Override
    public Run run(Invocation invocation) {
        Isolation isolation = invocation.strict() ? strict : usual;
        return runtime.threads().run(invocation.limits(), (console, reply) -> {
            Place place = isolation.enter();
            try {
                reply.accept(new JsRun(runtime.watchdog(), place, invocation, console).run());
            } finally {
                isolation.leave(place);
            }
        });
    }

    /** Makes a context as a run would, and gives it back. */
    void warm() {
        Place.forOneRun(runtime, script).close();
    }

    /** Hardened contexts that wait for a run just now. */
    int hardenedReady() {
        return usual instanceof HardenedPlaces places ? places.readyCount() : 0;
    }

    @Override
    public void close() {
        usual.close();
    }
}
