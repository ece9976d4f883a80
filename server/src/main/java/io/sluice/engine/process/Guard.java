package io.sluice.engine.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A small shell that outlives the server by a moment: it knows the children by number, and when the pipe from the server ends,
 * however that came, it kills those that are left. Thread-safe.
 */
final class Guard implements AutoCloseable {
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            all=' '
            while read -r what pid; do
              case $what in
              +) all="$all$pid " ;;
              -) all="${all%% $pid *} ${all#* $pid }" ;;
              esac
            done
            for pid in $all; do kill -KILL "$pid"; done
            """;

    private final Process process;
    private final OutputStream in;

    private Guard(Process process) {
        this.process = process;
        this.in = process.getOutputStream();
    }

    static Guard start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", SCRIPT)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        return new Guard(builder.start());
    }

    void began(Process child) throws IOException {
        say("+ " + child.pid() + "\n");
    }

    void ended(Process child) {
        try {
            say("- " + child.pid() + "\n");
        } catch (IOException e) {
            // The guard is gone, which happens when the server closes; then nothing is left to be told.
        }
    }

    private synchronized void say(String line) throws IOException {
        in.write(line.getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
