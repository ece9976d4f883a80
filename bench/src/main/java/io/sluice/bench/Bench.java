package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The command {@code bench/run}. Exit status: 0 every bar is met, 1 one is not or could not be measured, 2 wrong usage. */
public final class Bench {
    private static final String USAGE =
            "usage: bench/run [all|script|plain|start|export|webhooks|hostile|soak|scripts10k] [--minutes N] [--kind auto|strict|python|php] [--pg jdbc:postgresql://HOST:PORT/DB?user=U&password=P]";

    private enum Part {
        START,
        PLAIN,
        SCRIPT,
        EXPORT,
        WEBHOOKS,
        HOSTILE,
        SOAK,
        SCRIPTS10K
    }

    /** What {@code all} means: everything but what takes long. */
    private static final Set<Part> ALL = EnumSet.complementOf(EnumSet.of(Part.HOSTILE, Part.SOAK, Part.SCRIPTS10K));

    private static final Set<Part> ON_FILES = EnumSet.of(Part.WEBHOOKS, Part.SCRIPTS10K);

    private record Options(Set<Part> parts, Optional<String> database, int minutes, Set<ScriptKind> kinds) {
        static Options of(String[] arguments) {
            Set<Part> parts = EnumSet.noneOf(Part.class);
            Set<ScriptKind> kinds = EnumSet.noneOf(ScriptKind.class);
            Optional<String> database = Optional.empty();
            int minutes = SoakBars.MINUTES;
            for (int i = 0; i < arguments.length; i++) {
                switch (arguments[i]) {
                    case "all" -> parts.addAll(ALL);
                    case "script", "plain", "start", "export", "webhooks", "hostile", "soak", "scripts10k" ->
                        parts.add(Part.valueOf(arguments[i].toUpperCase(Locale.ROOT)));
                    case "--kind" -> {
                        i++;
                        kinds.add(
                                ScriptKind.valueOf(i < arguments.length ? arguments[i].toUpperCase(Locale.ROOT) : ""));
                    }
                    case "--pg" -> {
                        i++;
                        database = Optional.of(i < arguments.length ? arguments[i] : "");
                    }
                    case "--minutes" -> {
                        i++;
                        minutes = minutes(i < arguments.length ? arguments[i] : "");
                    }
                    default -> throw new IllegalArgumentException(USAGE);
                }
            }
            return new Options(
                    parts.isEmpty() ? ALL : parts,
                    database,
                    minutes,
                    kinds.isEmpty() ? EnumSet.allOf(ScriptKind.class) : kinds);
        }

        private static ScriptKind kind(String given) {
            return EnumSet.allOf(ScriptKind.class).stream()
                    .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(given))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--kind: auto, strict, python or php"));
        }

        private static int minutes(String given) {
            if (!given.matches("[3-9]|[1-9][0-9]{1,3}")) {
                throw new IllegalArgumentException("--minutes: how long the soak is to last, 3 or more");
            }
            return Integer.parseInt(given);
        }
    }

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws Exception {
        try {
            return measure(Options.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        } catch (BenchException e) {
            System.err.println("bench: " + e.getMessage());
            return 1;
        }
    }

    private static int measure(Options options) throws IOException, SQLException, InterruptedException {
        if (!Files.exists(Path.of("/proc/self/stat"))) {
            throw new BenchException("CPU time and memory are read from /proc, so this needs Linux");
        }
        Machine.Load loadBefore = Machine.load();
        Sluice sluice = new Sluice(Path.of(System.getProperty("sluice.launcher", "./sluice")));
        List<Finding> findings = new ArrayList<>();
        findings.add(new Finding.Note("machine", Machine.text()));
        try (Workspace workspace = new Workspace()) {
            findings.addAll(measured(options, sluice, workspace));
        }
        findings.add(Machine.loadNote(loadBefore, Machine.load()));
        Report report = new Report(findings);
        System.out.print(report.text());
        return report.allMet() ? 0 : 1;
    }

    /** The starts first, while nothing else runs. */
    private static List<Finding> measured(Options options, Sluice sluice, Workspace workspace)
            throws IOException, SQLException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        say("building");
        sluice.build();
        if (options.parts.contains(Part.START)) {
            say("ten starts");
            findings.addAll(StartBars.measure(sluice, workspace));
        }
        for (Part part : options.parts) {
            if (part == Part.WEBHOOKS || part == Part.SCRIPTS10K) {
                sayMeasuring(part);
                findings.addAll(
                        part == Part.WEBHOOKS
                                ? WebhookBars.measure(sluice, workspace)
                                : ManyScriptsBars.measure(sluice, workspace));
            }
        }
        if (!ON_FILES.containsAll(options.parts)) {
            findings.addAll(onDatabase(options, sluice, workspace));
        }
        return findings;
    }

    private static List<Finding> onDatabase(Options options, Sluice sluice, Workspace workspace)
            throws IOException, SQLException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        Database database = Database.open(options.database, workspace);
        for (Part part : options.parts) {
            sayMeasuring(part);
            findings.addAll(
                    switch (part) {
                        case START -> MemoryBar.measure(sluice, database, workspace);
                        case PLAIN -> PlainBars.measure(sluice, database, workspace);
                        case SCRIPT -> ScriptBars.measure(options.kinds, sluice, database, workspace);
                        case EXPORT -> ExportBars.measure(sluice, database, workspace);
                        case HOSTILE -> HostileBars.measure(options.kinds, sluice, database, workspace);
                        case SOAK -> SoakBars.measure(sluice, database, workspace, options.minutes);
                        case WEBHOOKS, SCRIPTS10K -> List.<Finding>of(); // measured, without a database
                    });
        }
        return findings;
    }

    private static void sayMeasuring(Part part) {
        say("measuring " + part.name().toLowerCase(Locale.ROOT));
    }

    private static void say(String what) {
        System.err.println("bench: " + what + "...");
    }
}
