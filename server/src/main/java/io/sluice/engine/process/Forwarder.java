package io.sluice.engine.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that takes connections on a port of 127.0.0.1 and passes each on, byte for byte, to a socket in the file system: the only
 * thing that stands both in a child's empty network and in the server's files. Its last two arguments are that port and that socket.
 * It says {@code open} once it listens.
 *
 * @param line the program by its absolute path, and its first arguments
 * @param shown files and folders that it needs beside the system's
 */
public record Forwarder(List<String> line, List<Path> shown) {
    /** Memory that is really there, with what confines it. */
    static final long OWN_BYTES = 40L << 20;

    private static final Quota QUOTA = new Quota(1L << 30, 256, 512, 1 << 20);

    public Forwarder {
        line = List.copyOf(line);
        shown = List.copyOf(shown);
    }

    Command command(Path socket) {
        List<String> words = new ArrayList<>(line);
        words.addAll(List.of(Integer.toString(Network.PORT), socket.toString()));
        List<Path> seen = new ArrayList<>(shown);
        seen.add(socket);
        return Command.of(words, seen, Map.of(), QUOTA);
    }
}
