package io.sluice.engine.php;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How PHP runs on this server.
 *
 * @param program empty: looked for
 * @param cliOnly php is used even where there is php-fpm
 * @param workersPerScript workers that run one script at the same time
 * @param workers workers in all
 * @param idle after which a worker that served nobody is ended
 */
public record PhpSettings(Optional<Path> program, boolean cliOnly, int workersPerScript, int workers, Duration idle) {
    private static final int MOST_PER_SCRIPT = 4;
    private static final int PER_CORE = 6;

    public PhpSettings {
        if (workersPerScript < 1 || workers < workersPerScript) {
            throw new IllegalArgumentException("PHP settings out of range");
        }
    }

    public static PhpSettings defaults() {
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new PhpSettings(
                Optional.empty(), false, Math.min(cores, MOST_PER_SCRIPT), cores * PER_CORE, Duration.ofMinutes(2));
    }

    public PhpSettings withProgram(Optional<Path> path) {
        return new PhpSettings(path, cliOnly, workersPerScript, workers, idle);
    }

    public PhpSettings withWorkers(int perScript, int all) {
        return new PhpSettings(program, cliOnly, perScript, all, idle);
    }

    public PhpSettings withIdle(Duration time) {
        return new PhpSettings(program, cliOnly, workersPerScript, workers, time);
    }

    public PhpSettings withCliOnly() {
        return new PhpSettings(program, true, workersPerScript, workers, idle);
    }
}
