package io.sluice.app;

import io.sluice.config.Settings;
import io.sluice.engine.Engines;
import io.sluice.engine.js.JavaScriptEngine;
import io.sluice.engine.js.JsSettings;
import io.sluice.engine.php.PhpEngine;
import io.sluice.engine.php.PhpSettings;
import io.sluice.engine.process.Confinement;
import io.sluice.engine.python.PythonEngine;
import io.sluice.engine.python.PythonSettings;
import java.util.List;

/** The engines of all languages, for the server and for commands that run scripts without one. */
record ScriptEngines(Confinement confinement, Engines engines) implements AutoCloseable {

    static ScriptEngines of(Settings settings) {
        Confinement confinement = new Confinement(settings.interpreters().unconfined(), new WorkersWayOut());
        Engines engines = new Engines(List.of(
                new JavaScriptEngine(JsSettings.defaults().withSlots(settings.scriptSlots())),
                new PythonEngine(confinement, python(settings)),
                new PhpEngine(
                        confinement,
                        PhpSettings.defaults()
                                .withProgram(settings.interpreters().php()))));
        return new ScriptEngines(confinement, engines);
    }

    private static PythonSettings python(Settings settings) {
        return PythonSettings.in(settings.dataDir().resolve("python"))
                .withInterpreter(settings.interpreters().python())
                .withPip(settings.interpreters().pipOptions(), settings.filesRoots());
    }

    @Override
    public void close() {
        engines.close();
        confinement.close();
    }
}
