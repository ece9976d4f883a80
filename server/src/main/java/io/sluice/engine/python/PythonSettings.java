package io.sluice.engine.python;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How Python runs on this server.
 *
 * @param interpreter empty: looked for
 * @param environments where installed packages are kept; made when needed
 * @param pipOptions further options of {@code pip install}
 * @param shownToPip folders that those may name
 * @param workersPerScript processes that run one script at the same time
 * @param workers processes in all
 * @param idle after which a worker that served nobody is ended
 */
public record PythonSettings(
        Optional<Path> interpreter,
        Path environments,
        List<String> pipOptions,
        List<Path> shownToPip,
        int workersPerScript,
        int workers,
        Duration idle) {
    private static final int MOST_PER_SCRIPT = 4;
    private static final int PER_CORE = 6;

    public PythonSettings {
        pipOptions = List.copyOf(pipOptions);
        shownToPip = List.copyOf(shownToPip);
        if (workersPerScript < 1 || workers < workersPerScript) {
            throw new IllegalArgumentException("Python settings out of range");
        }
    }

    /** @param environments where installed packages are kept */
    public static PythonSettings in(Path environments) {
        int cores = Math.max(2, Runtime.getRuntime().availableProcessors());
        return new PythonSettings(
                Optional.empty(),
                environments,
                List.of(),
                List.of(),
                Math.min(cores, MOST_PER_SCRIPT),
                cores * PER_CORE,
                Duration.ofMinutes(2));
    }

    public PythonSettings withInterpreter(Optional<Path> path) {
        return new PythonSettings(path, environments, pipOptions, shownToPip, workersPerScript, workers, idle);
    }

    public PythonSettings withPip(List<String> options, List<Path> shown) {
        return new PythonSettings(interpreter, environments, options, shown, workersPerScript, workers, idle);
    }

    public PythonSettings withWorkers(int perScript, int all) {
        return new PythonSettings(interpreter, environments, pipOptions, shownToPip, perScript, all, idle);
    }
}
