package io.sluice.engine.js;

import io.sluice.engine.Compilation;
import io.sluice.engine.SourceSet;
import io.sluice.testing.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Programs that run in hardened contexts, whatever their text looks like; on one script thread, so that runs follow each other. */
final class Hardening {
    /** No contexts of one run are made ahead, and no hardened one is given back by itself. */
    static final JsRuntime RUNTIME =
            JsRuntime.start(new JsSettings(1, 0, 0, 3_600_000, 10_000, 1_000_000, 1 << 20, 1 << 20));

    private Hardening() {}

    static JsProgram program(String text) {
        Compilation compilation = new JsCompiler(RUNTIME, source -> true).compile(source(text));
        if (compilation instanceof Compilation.Compiled(JsProgram program)) {
            return program;
        }
        throw new AssertionError(compilation + " of " + text);
    }

    static SourceSet source(String text) {
        return new SourceSet("orders.js", "nodejs", text, Map.of());
    }

    /** Runs it until a hardened context waits for the next run. */
    static void harden(JsProgram program, Runnable run) {
        Eventually.is("hardened", () -> {
            run.run();
            return program.hardenedReady() > 0;
        });
        settled(program);
    }

    /** Waits until the last run's context is tidied up. */
    static void settled(JsProgram program) {
        Eventually.is("tidied up", () -> program.hardenedReady() > 0);
    }

    /** The lines of a file of test data, without comments. */
    static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Hardening.class.getResourceAsStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
