package io.sluice.app;

import io.sluice.app.scripts.ScriptRun;
import io.sluice.app.scripts.ScriptTests;
import io.sluice.config.Settings;
import io.sluice.script.DryRuns;
import io.sluice.script.ScriptSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice script run} and {@code sluice script test}. Without a server and without a data folder. */
final class ScriptCommands {
    private ScriptCommands() {}

    static CommandSpec spec() {
        CommandSpec run =
                Main.command("run", "Runs a script file against a sample event; nothing leaves this machine.");
        run.addPositional(positional("EVENT", "The event's name, or service:NAME.", true));
        run.addOption(Main.option("--event", "FILE", "The event or parts of it, JSON or YAML; - is standard input."));
        run.addOption(
                Main.option("--script", "FILE", "The script; default: the file here that is named after the event."));
        run.addOption(Main.option("--type", "TYPE", "Its language; default: as its ending tells."));
        run.addOption(Main.option(
                "--stubs", "FILE", "Answers for platform.api and fetch: a map with stubs, store, session."));
        CommandSpec test = Main.command("test", "Runs the script tests (*.test.yaml) below a folder.");
        test.addPositional(positional("DIR", "The folder, or one file; default: here.", false));
        test.addOption(Main.option("--filter", "TEXT", "Only cases and files whose names hold this text."));
        test.addOption(Main.option("--junit", "FILE", "Writes a report in JUnit's XML."));
        CommandSpec script = Main.command("script", "Scripts in files.");
        script.addSubcommand("run", run);
        script.addSubcommand("test", test);
        return script;
    }

    private static PositionalParamSpec positional(String label, String description, boolean needed) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index("0")
                .arity(needed ? "1" : "0..1")
                .type(String.class)
                .description(description)
                .build();
    }

    static int run(ParseResult command, PrintWriter out) {
        Settings settings = Main.settings(command, Map.of());
        try (ScriptEngines engines = ScriptEngines.of(settings)) {
            DryRuns runs = new DryRuns(engines.engines(), ScriptSettings.ofThisServer());
            return command.commandSpec().name().equals("run")
                    ? ScriptRun.run(oneRun(command), runs, out)
                    : ScriptTests.run(tests(command), runs, out);
        }
    }

    private static ScriptRun.Asked oneRun(ParseResult command) {
        return new ScriptRun.Asked(
                command.matchedPositionalValue(0, ""),
                text(command, "--event").map(Path::of),
                text(command, "--script").map(Path::of),
                text(command, "--type"),
                text(command, "--stubs").map(Path::of));
    }

    private static ScriptTests.Asked tests(ParseResult command) {
        return new ScriptTests.Asked(
                Path.of(command.matchedPositionalValue(0, ".")),
                text(command, "--filter"),
                text(command, "--junit").map(Path::of));
    }

    private static Optional<String> text(ParseResult command, String option) {
        return Optional.ofNullable(command.matchedOptionValue(option, (String) null));
    }
}
