package io.sluice.app;

import io.sluice.app.scripts.UsageException;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.SettingsException;
import io.sluice.observe.LogSetup;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The command line: {@code serve}, {@code demo}, {@code admin create}, {@code script run}, {@code script test}. */
public final class Main {
    private static final int USAGE = 2;

    private Main() {}

    public static void main(String[] arguments) {
        int status = run(arguments, new PrintWriter(System.out, true), new PrintWriter(System.err, true));
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Exit status: 0 well, 1 failed, 2 the command line or a setting is wrong. */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        CommandLine line = new CommandLine(commands()).setOut(out).setErr(err);
        line.setExecutionStrategy(parsed -> execute(parsed, out, err));
        return line.execute(arguments);
    }

    private static CommandSpec commands() {
        CommandSpec root =
                command("sluice", "A REST API in front of databases, file stores and Git hosts, with scripts.");
        root.addSubcommand("serve", withServerOptions(command("serve", "Runs the server.")));
        root.addSubcommand(
                "demo",
                withServerOptions(command(
                        "demo", "Runs the server on 127.0.0.1 with a sample database, a Git repository and scripts.")));
        CommandSpec train = command("train", "A start for the launcher to learn from.");
        train.usageMessage().hidden(true);
        root.addSubcommand("train", train);
        CommandSpec create = command("create", "Creates an administrator; asks for what is not given.");
        create.addOption(option("--email", "EMAIL", "Their email, which is also their login."));
        create.addOption(option("--data", "DIR", "The data folder, default ./data."));
        CommandSpec admin = command("admin", "Administrators.");
        admin.addSubcommand("create", create);
        root.addSubcommand("admin", admin);
        root.addSubcommand("script", ScriptCommands.spec());
        return root;
    }

    static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(description);
        spec.version("Sluice " + Version.NUMBER);
        return spec;
    }

    private static CommandSpec withServerOptions(CommandSpec spec) {
        spec.addOption(option("--port", "PORT", "TCP port, default 8080; 0 picks a free one."));
        spec.addOption(option("--host", "ADDRESS", "Address to listen on."));
        spec.addOption(option("--data", "DIR", "The data folder, default ./data."));
        spec.addOption(option("--config", "FILE", "Settings, default ./sluice.yaml."));
        return spec;
    }

    static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    private static int execute(ParseResult parsed, PrintWriter out, PrintWriter err) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        ParseResult chosen = parsed;
        while (chosen.hasSubcommand()) {
            chosen = chosen.subcommand();
        }
        try {
            return switch (chosen.commandSpec().name()) {
                case "train" -> Training.run(System.getenv());
                case "serve" -> serve(settings(chosen, Map.of()), out);
                case "demo" -> Demo.run(settings(chosen, Map.of(Setting.HTTP_HOST, "127.0.0.1")), out);
                case "create" ->
                    AdminCreate.run(settings(chosen, Map.of()), chosen.matchedOptionValue("--email", ""), out, err);
                case "run", "test" -> ScriptCommands.run(chosen, out);
                default -> {
                    chosen.commandSpec().commandLine().usage(err);
                    yield USAGE;
                }
            };
        } catch (SettingsException | StartException | UsageException e) {
            err.println("sluice: " + e.getMessage());
            return e instanceof StartException ? 1 : USAGE;
        }
    }

    static Settings settings(ParseResult command, Map<Setting, String> defaults) {
        Map<Setting, String> given = new EnumMap<>(Setting.class);
        given.putAll(defaults);
        put(given, Setting.HTTP_PORT, command, "--port");
        put(given, Setting.HTTP_HOST, command, "--host");
        put(given, Setting.DATA_DIR, command, "--data");
        String file = command.commandSpec().findOption("--config") == null
                ? "sluice.yaml"
                : command.matchedOptionValue("--config", "sluice.yaml");
        Settings settings = Settings.read(Path.of(file), System.getenv(), given);
        System.setProperty(LogSetup.FORMAT, settings.logFormat().name().toLowerCase(Locale.ROOT));
        return settings;
    }

    private static void put(Map<Setting, String> given, Setting setting, ParseResult command, String option) {
        if (command.hasMatchedOption(option)) {
            given.put(setting, command.matchedOptionValue(option, ""));
        }
    }

    private static int serve(Settings settings, PrintWriter out) {
        Server server = Server.start(settings);
        server.announce(out);
        server.awaitEnd();
        return 0;
    }
}
