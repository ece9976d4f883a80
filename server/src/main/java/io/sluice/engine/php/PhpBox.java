package io.sluice.engine.php;

import io.sluice.engine.SourceSet;
import io.sluice.engine.process.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of one script version: all that its workers can read beside PHP itself.
 *
 * @param source what is in it
 */
record PhpBox(Path folder, SourceSet source) implements AutoCloseable {
    private static final String BOOTSTRAP = "sluice-bootstrap.php";
    private static final String BOOTSTRAP_TEXT = text("bootstrap.php");

    /** @param folder empty, the script's own from now on */
    static PhpBox fill(Path folder, SourceSet source) {
        PhpBox box = new PhpBox(folder, source);
        PhpFolder.write(box.bootstrap(), BOOTSTRAP_TEXT);
        source.siblings().forEach((path, text) -> {
            Path file = folder.resolve(path).normalize();
            if (file.startsWith(folder) && !file.equals(folder) && !file.equals(box.bootstrap())) {
                open(folder, file);
                PhpFolder.write(file, text);
            }
        });
        PhpFolder.write(box.entry(), PhpText.file(source.text()));
        return box;
    }

    private static void open(Path folder, Path file) {
        try {
            Path parent = folder;
            for (Path name : folder.relativize(file)) {
                Path next = parent.resolve(name);
                if (!next.equals(file) && !Files.isDirectory(next)) {
                    PhpFolder.openToAll(Files.createDirectory(next));
                }
                parent = next;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for PHP", e);
        }
    }

    Path bootstrap() {
        return folder.resolve(BOOTSTRAP);
    }

    Path entry() {
        return folder.resolve("script.php");
    }

    /** Words of PHP without the places of files on this machine. */
    String plain(String words) {
        return words.replace(entry().toString(), source.name())
                .replace(folder + "/", "")
                .replace(folder.toString(), ".");
    }

    /** {@code orders.php line 4: $x = $y['z'];} for a place in one of the script's files; empty for any other. */
    Optional<String> place(String file, int line) {
        if (file.equals(entry().toString())) {
            return Optional.of(place(source.name(), line, source.text()));
        }
        return source.siblings().entrySet().stream()
                .filter(sibling -> folder.resolve(sibling.getKey()).toString().equals(file))
                .findFirst()
                .map(sibling -> place(sibling.getKey(), line, sibling.getValue()));
    }

    private static String place(String name, int line, String text) {
        String words = PhpText.line(text, line);
        return name + " line " + line + (words.isEmpty() ? "" : ": " + words);
    }

    static String text(String resource) {
        try (InputStream in = PhpBox.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        PrivateFolder.remove(folder);
    }
}
