package io.sluice.engine.php;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A script of {@code hostile.txt}, which means harm.
 *
 * @param name with the number of the fault that it stands for
 * @param end how it must end, see there
 */
record HostilePhp(String name, End end, String text) {
    enum End {
        TIME,
        MEMORY,
        OUTPUT,
        STOPPED,
        THREW,
        DENIED,
        ENDS
    }

    static List<HostilePhp> all() {
        List<HostilePhp> all = new ArrayList<>();
        for (String block : corpus().split("(?m)^### ")) {
            if (!block.startsWith("#")) {
                String head = block.lines().findFirst().orElseThrow();
                String[] words = head.split(" ", 2);
                all.add(new HostilePhp(
                        words[1],
                        End.valueOf(words[0]),
                        block.substring(head.length() + 1).strip()));
            }
        }
        return all;
    }

    private static String corpus() {
        try (InputStream in = Objects.requireNonNull(HostilePhp.class.getResourceAsStream("hostile.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
