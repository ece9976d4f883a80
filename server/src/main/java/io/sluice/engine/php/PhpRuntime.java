package io.sluice.engine.php;

import io.sluice.engine.process.Child;
import io.sluice.engine.process.Command;
import io.sluice.engine.process.Confinement;
import io.sluice.engine.process.Places;
import io.sluice.engine.process.Quota;
import io.sluice.engine.process.Watchdog;
import io.sluice.engine.process.WorkerPool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What all PHP scripts of this server share. Thread-safe. */
final class PhpRuntime implements AutoCloseable {
    /** Address space beyond a script's own memory limit, which PHP keeps itself: the program, its libraries, opcache. */
    private static final Quota QUOTA = Quota.ofMemory(5L << 30);

    /** Resident memory of a worker before a script has done anything: php-fpm's two processes and those that confine them. */
    static final long OWN_BYTES = 96L << 20;

    private final Php php;
    private final Confinement confinement;
    private final PhpSettings settings;
    private final PhpFolder folder = PhpFolder.make();
    private final Path settingsFile;
    private final Watchdog watchdog = Watchdog.start();
    private final Places places;

    PhpRuntime(Php php, Confinement confinement, PhpSettings settings) {
        this.php = php;
        this.confinement = confinement;
        this.settings = settings;
        this.places = Places.of(settings.workers(), settings.idle());
        this.settingsFile = folder.folder("ini").resolve("php.ini");
        PhpFolder.write(settingsFile, PhpBox.text("php.ini") + php.loading());
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Path newFolder() {
        return folder.folder("script");
    }

    WorkerPool<PhpWorker> pool(PhpBox box) {
        return new WorkerPool<>(places, settings.workersPerScript(), () -> php.fpm() ? fpm(box) : cli(box));
    }

    private PhpWorker fpm(PhpBox box) {
        Path run = folder.folder("run");
        Path configuration = run.resolve("php-fpm.conf");
        PhpFolder.write(
                configuration,
                PhpBox.text("php-fpm.conf")
                        .replace("%RUN%", run.toString())
                        .replace("%BOX%", box.folder().toString()));
        List<String> line = List.of(
                php.program().toString(),
                "--nodaemonize",
                "--allow-to-run-as-root",
                "-c",
                settingsFile.toString(),
                "--fpm-config",
                configuration.toString());
        Child child = confinement.start(new Command(line, shown(box), List.of(run), php.environment(), QUOTA, false));
        return FpmWorker.started(child, run, box);
    }

    private PhpWorker cli(PhpBox box) {
        List<String> line = List.of(
                php.program().toString(),
                "-c",
                settingsFile.toString(),
                "-d",
                "open_basedir=" + box.folder() + "/",
                "-d",
                "display_errors=1",
                "-d",
                "log_errors=0",
                box.bootstrap().toString());
        return new CliWorker(confinement.start(Command.of(line, shown(box), php.environment(), QUOTA)), box);
    }

    private List<Path> shown(PhpBox box) {
        List<Path> shown = new ArrayList<>(php.shown());
        shown.add(box.folder());
        shown.add(settingsFile);
        return shown;
    }

    @Override
    public void close() {
        places.close();
        watchdog.close();
        folder.close();
    }
}
