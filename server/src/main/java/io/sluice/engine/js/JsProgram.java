package io.sluice.engine.js;

import io.sluice.engine.Invocation;
import io.sluice.engine.Program;
import io.sluice.engine.Run;

/** A parsed script. */
final class JsProgram implements Program {
    private final JsRuntime runtime;
    private final Isolation isolation;

    JsProgram(JsRuntime runtime, Script script) {
        this.runtime = runtime;
        this.isolation = new NewContextEachRun(runtime, script);
    }

    @Override
    public Run run(Invocation invocation) {
        return runtime.threads().run(invocation.limits(), (console, reply) -> {
            Place place = isolation.enter();
            try {
                reply.accept(new JsRun(runtime.watchdog(), place, invocation, console).run());
            } finally {
                isolation.leave(place);
            }
        });
    }

    @Override
    public void close() {
        isolation.close();
    }
}
