package io.sluice.engine.python;

import io.sluice.engine.process.Interpreter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python on this machine.
 *
 * @param program the real one, not a wrapper
 * @param version {@code 3.11}
 * @param shown folders that it needs beside the system's
 */
record Python(Path program, String version, List<Path> shown) {
    private static final String ASK = "import sys;print(sys.executable);print(sys.base_prefix);print(sys.exec_prefix);"
            + "print('%d.%d'%sys.version_info[:2]);sys.exit(sys.version_info<(3,9))";
    private static final int LINES = 4;

    /** The configured one, else the first of the PATH and the usual folders that is new enough. */
    static Optional<Python> find(Optional<Path> configured) {
        Stream<Path> candidates =
                configured.map(Stream::of).orElseGet(() -> Interpreter.candidates(List.of("python3")).stream());
        return candidates.map(Python::ask).flatMap(Optional::stream).findFirst();
    }

    private static Optional<Python> ask(Path program) {
        return Interpreter.answer(List.of(program.toString(), "-I", "-S", "-c", ASK))
                .filter(lines -> lines.size() == LINES && !lines.getFirst().isEmpty())
                .map(Python::of);
    }

    private static Python of(List<String> lines) {
        Path program = Path.of(lines.getFirst());
        List<Path> shown = Interpreter.beyondTheSystem(
                Stream.of(lines.get(1), lines.get(2)).map(Path::of).filter(folder -> folder.getNameCount() > 0));
        return new Python(program, lines.get(3), shown);
    }
}
