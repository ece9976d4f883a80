package io.sluice.engine.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program to start, and what it sees beside the system's own programs and libraries.
 *
 * @param line the program by its absolute path, and its arguments
 * @param shown files and folders that it can read, under the same path; everybody must have the right to read them
 * @param writable folders that it can write, under the same path; they become those of its user
 * @param environment all of it
 */
public record Command(
        List<String> line,
        List<Path> shown,
        List<Path> writable,
        Map<String, String> environment,
        Quota quota,
        Network network) {
    public Command {
        line = List.copyOf(line);
        shown = List.copyOf(shown);
        writable = List.copyOf(writable);
        environment = Map.copyOf(environment);
    }

    /** Without network, and with nothing to write but its own temporary folder. */
    public static Command of(List<String> line, List<Path> shown, Map<String, String> environment, Quota quota) {
        return new Command(line, shown, List.of(), environment, quota, new Network.None());
    }
}
