package io.sluice.engine.php;

import io.sluice.engine.process.Child;
import io.sluice.engine.process.Command;
import io.sluice.engine.process.Confinement;
import io.sluice.engine.process.Forwarder;
import io.sluice.engine.process.Interpreter;
import io.sluice.engine.process.Network;
import io.sluice.engine.process.Places;
import io.sluice.engine.process.Quota;
import io.sluice.engine.process.Watchdog;
import io.sluice.engine.process.WorkerPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What all PHP scripts of this server share. Thread-safe. */
final class PhpRuntime implements AutoCloseable {
    /** Address space beyond a script's own memory limit, which PHP keeps itself: the program, its libraries, opcache. */
    private static final Quota QUOTA = Quota.ofMemory(5L << 30);

    /** Resident memory of a worker before a script has done anything: php-fpm's two processes and those that confine them. */
    static final long OWN_BYTES = 96L << 20;

    /** Without its opening tag, as php takes a text from its arguments. */
    private static final String FORWARDER = PhpBox.text("forward.php").replaceFirst("^<\\?php", "");

    private final Php php;
    private final Confinement confinement;
    private final PhpSettings settings;
    private final PhpFolder folder = PhpFolder.make();
    private final Path settingsFile;
    private final Path outwardSettingsFile;
    private final Watchdog watchdog = Watchdog.start();
    private final Places places;

    PhpRuntime(Php php, Confinement confinement, PhpSettings settings) {
        this.php = php;
        this.confinement = confinement;
        this.settings = settings;
        this.places = Places.of(settings.workers(), settings.idle());
        this.settingsFile = folder.folder("ini").resolve("php.ini");
        this.outwardSettingsFile = settingsFile.resolveSibling("outward.ini");
        String usual = PhpBox.text("php.ini") + php.loading();
        PhpFolder.write(settingsFile, usual);
        PhpFolder.write(outwardSettingsFile, usual + php.outwardLoading() + "allow_url_fopen = 1\n");
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Path newFolder() {
        return folder.folder("script");
    }

    /**
     * Workers for one script.
     *
     * @param outbound the hosts that they may reach
     */
    WorkerPool<PhpWorker> pool(PhpBox box, List<String> outbound) {
        Network network = network(outbound);
        return new WorkerPool<>(
                places, settings.workersPerScript(), () -> php.fpm() ? fpm(box, network) : cli(box, network));
    }

    private Network network(List<String> outbound) {
        return outbound.isEmpty() || objection(outbound).isPresent()
                ? new Network.None()
                : new Network.Listed(outbound, forwarder(php.cli().orElseThrow()));
    }

    private Forwarder forwarder(Path cli) {
        List<Path> shown = new ArrayList<>(php.shown());
        shown.addAll(Interpreter.beyondTheSystem(Stream.of(cli.toAbsolutePath())));
        return new Forwarder(List.of(cli.toString(), "-n", "-r", FORWARDER, "--"), shown);
    }

    /** Why scripts with that list reach nothing all the same, in plain words. */
    Optional<String> objection(List<String> outbound) {
        if (outbound.isEmpty()) {
            return Optional.empty();
        }
        if (!confinement.confines()) {
            return Optional.of("The hosts in 'outbound' are not reached: this server cannot confine PHP to them.");
        }
        return php.cli().isPresent()
                ? Optional.empty()
                : Optional.of("The hosts in 'outbound' are not reached: that needs the php of the command line beside"
                        + " php-fpm (Debian and Ubuntu: apt install php-cli; Alpine: apk add php83).");
    }

    private PhpWorker fpm(PhpBox box, Network network) {
        Path run = folder.folder("run");
        Path configuration = run.resolve("php-fpm.conf");
        PhpFolder.write(
                configuration,
                PhpBox.text("php-fpm.conf")
                                .replace("%RUN%", run.toString())
                                .replace("%BOX%", box.folder().toString())
                        + environment(network));
        List<String> line = List.of(
                php.program().toString(),
                "--nodaemonize",
                "--allow-to-run-as-root",
                "-c",
                settings(network).toString(),
                "--fpm-config",
                configuration.toString());
        Child child = confinement.start(
                new Command(line, shown(box, network), List.of(run), php.environment(), QUOTA, network));
        return FpmWorker.started(child, run, box);
    }

    /** php-fpm clears its own from what it starts. */
    private static String environment(Network network) {
        return network instanceof Network.Listed
                ? Network.Listed.proxies().entrySet().stream()
                        .map(one -> "env[" + one.getKey() + "] = " + one.getValue() + "\n")
                        .collect(Collectors.joining())
                : "";
    }

    private Path settings(Network network) {
        return network instanceof Network.Listed ? outwardSettingsFile : settingsFile;
    }

    private PhpWorker cli(PhpBox box, Network network) {
        List<String> line = List.of(
                php.program().toString(),
                "-c",
                settings(network).toString(),
                "-d",
                "open_basedir=" + box.folder() + "/",
                "-d",
                "display_errors=1",
                "-d",
                "log_errors=0",
                box.bootstrap().toString());
        Command command = new Command(line, shown(box, network), List.of(), php.environment(), QUOTA, network);
        return new CliWorker(confinement.start(command), box);
    }

    private List<Path> shown(PhpBox box, Network network) {
        List<Path> shown = new ArrayList<>(php.shown());
        shown.add(box.folder());
        shown.add(settings(network));
        return shown;
    }

    @Override
    public void close() {
        places.close();
        watchdog.close();
        folder.close();
    }
}
