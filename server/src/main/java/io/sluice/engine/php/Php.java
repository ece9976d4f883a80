package io.sluice.engine.php;

import io.sluice.engine.process.Interpreter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A PHP on this machine.
 *
 * @param program php-fpm, or php where there is none
 * @param fpm which of the two
 * @param cli a php, if there is one
 * @param version {@code 8.2.7}
 * @param extensions files of the extensions that scripts get, the ones that reach nothing outside the process
 * @param outward those that scripts with hosts to reach get as well
 * @param shown folders that it needs beside the system's
 */
record Php(
        Path program,
        boolean fpm,
        Optional<Path> cli,
        String version,
        List<String> extensions,
        List<String> outward,
        List<Path> shown) {
    private static final int OLDEST_MINOR = 1;
    private static final int NEWEST_MINOR = 9;
    private static final List<String> WANTED = List.of(
            "mbstring",
            "ctype",
            "iconv",
            "tokenizer",
            "calendar",
            "bcmath",
            "gmp",
            "intl",
            "dom",
            "xml",
            "simplexml",
            "xmlreader",
            "xmlwriter");

    private static final List<String> WANTED_OUTWARD = List.of("openssl", "curl");

    /** The configured one; else the newest php-fpm, else the newest php. */
    static Optional<Php> find(PhpSettings settings) {
        Stream<Path> candidates = settings.program().isPresent() ? settings.program().stream() : found(settings);
        return candidates.flatMap(path -> asked(path).stream()).findFirst();
    }

    private static Stream<Path> found(PhpSettings settings) {
        Stream<Path> cli = clis();
        return settings.cliOnly()
                ? cli
                : Stream.concat(Interpreter.candidates(names("php-fpm", "php-fpm8.", "php-fpm8")).stream(), cli);
    }

    private static Stream<Path> clis() {
        return Interpreter.candidates(names("php", "php8.", "php8")).stream();
    }

    private static boolean isCli(Path program) {
        return Interpreter.answer(List.of(program.toString(), "-n", "-r", "echo PHP_SAPI;"))
                .filter(List.of("cli")::equals)
                .isPresent();
    }

    /** The plain name, then the newest first, as Debian ({@code php8.2}) and Alpine ({@code php82}) name them. */
    private static List<String> names(String plain, String dotted, String joined) {
        List<String> names = new ArrayList<>();
        IntStream.rangeClosed(0, NEWEST_MINOR - OLDEST_MINOR)
                .map(back -> NEWEST_MINOR - back)
                .forEach(minor -> names.addAll(List.of(dotted + minor, joined + minor)));
        names.add(plain);
        return names;
    }

    private static Optional<Php> asked(Path program) {
        // Not the machine's own php.ini: only what is compiled in.
        return Interpreter.answer(
                        List.of("/usr/bin/env", "PHP_INI_SCAN_DIR=", program.toString(), "-c", "/dev/null", "-i"))
                .flatMap(lines -> read(program, lines));
    }

    private static Optional<Php> read(Path program, List<String> lines) {
        boolean fpm = value(lines, "Server API").startsWith("FPM");
        String version = value(lines, "PHP Version");
        if (!version.matches("8\\.[1-9]\\d*\\..*|9\\..*|[1-9]\\d+\\..*")) {
            return Optional.empty();
        }
        Path folder = Path.of(value(lines, "extension_dir"));
        List<String> extensions = there(folder, Stream.concat(Stream.of("opcache"), WANTED.stream()));
        Optional<Path> cli = fpm ? clis().filter(Php::isCli).findFirst() : Optional.of(program);
        List<Path> shown = Interpreter.beyondTheSystem(Stream.of(program.toAbsolutePath(), folder));
        return Optional.of(
                new Php(program, fpm, cli, version, extensions, there(folder, WANTED_OUTWARD.stream()), shown));
    }

    private static List<String> there(Path folder, Stream<String> names) {
        return names.map(name -> name + ".so")
                .filter(file -> Files.isReadable(folder.resolve(file)))
                .toList();
    }

    /** {@code name => value}, the first. */
    private static String value(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " => "))
                .findFirst()
                .map(line -> line.split(" => ")[1].strip())
                .orElse("");
    }

    /** As lines of a php.ini. */
    String loading() {
        return loading(extensions);
    }

    /** What comes after these for scripts with hosts to reach. */
    String outwardLoading() {
        return loading(outward);
    }

    private static String loading(List<String> files) {
        StringBuilder lines = new StringBuilder();
        for (String file : files) {
            lines.append(file.equals("opcache.so") ? "zend_extension=" : "extension=")
                    .append(file)
                    .append('\n');
        }
        return lines.toString();
    }

    Map<String, String> environment() {
        return Map.of("PHP_INI_SCAN_DIR", "", "LANG", "C.UTF-8", "HOME", "/tmp", "TMPDIR", "/tmp");
    }
}
