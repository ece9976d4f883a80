package io.sluice.engine.python;

import io.sluice.engine.Invocation;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.process.Console;
import io.sluice.engine.process.Frames;
import io.sluice.engine.process.Frames.Frame;
import io.sluice.engine.process.Stopped;
import io.sluice.engine.process.Watch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run in one worker, on the calling thread. */
final class PythonRun {
    private static final int INT = 4;

    private final PythonWorker worker;
    private final Invocation invocation;
    private final Console console = new Console();
    private final HostCalls calls;
    private boolean reusable;

    PythonRun(PythonWorker worker, Invocation invocation) {
        this.worker = worker;
        this.invocation = invocation;
        this.calls = new HostCalls(invocation.calls());
    }

    /** Whether the worker can serve another run: known when this one is over. */
    boolean reusable() {
        return reusable;
    }

    /** @throws RuntimeException what a call of the script threw inside the server; it is no fault of the script */
    Run run(Watch watch, long began) {
        Outcome outcome = outcome(watch);
        watch.close();
        if (watch.tripped().isPresent()) {
            reusable = false;
        }
        RuntimeException failure = calls.failure();
        if (failure != null && !(outcome instanceof Outcome.Stopped)) {
            throw failure;
        }
        return new Run(outcome, console.lines(), Duration.ofNanos(System.nanoTime() - began));
    }

    private Outcome outcome(Watch watch) {
        try {
            return exchanged(watch);
        } catch (Wire.Unreadable e) {
            return watch.tripped()
                    .map(limit -> Stopped.by(limit, invocation.limits()))
                    .orElseGet(() -> new Outcome.Threw(
                            500, "What the script returned or left in the event is nested too deeply to be sent.", ""));
        } catch (Frames.Broken e) {
            return Stopped.by(watch.tripped().orElse(Limit.OUTPUT), invocation.limits());
        } catch (IOException e) {
            return ended(watch);
        }
    }

    /** The worker's process has ended in the middle of the run. */
    private Outcome ended(Watch watch) {
        if (watch.tripped().isPresent()) {
            return Stopped.by(watch.tripped().get(), invocation.limits());
        }
        String said = worker.child().said().lines().reduce("", (before, line) -> line.isBlank() ? before : line);
        if (said.contains("MemoryError") || said.contains("Cannot allocate memory")) {
            return Stopped.by(Limit.MEMORY, invocation.limits());
        }
        return new Outcome.Threw(
                500,
                "The Python process of the script ended in the middle of the run"
                        + (said.isEmpty() ? "." : ": " + said),
                "");
    }

    private Outcome exchanged(Watch watch) throws IOException {
        byte[] event = Wire.bytes(invocation.event());
        int run = worker.begin(invocation.strict() ? 'F' : 'E', length(event), event, Wire.bytes(platform()));
        while (true) {
            Frame frame = worker.frames().receive();
            if (frame.run() != run) {
                throw new IOException("a message of another run");
            }
            switch (frame.kind()) {
                case 'L' -> printed(Wire.read(frame.body(), 0, frame.body().length));
                case 'C' -> answer(run, frame.body(), watch);
                case 'R' -> {
                    return finished(ByteBuffer.wrap(frame.body()));
                }
                default -> throw new IOException("a message of an unknown kind");
            }
        }
    }

    private Map<String, @Nullable Object> platform() {
        Map<String, @Nullable Object> data = new LinkedHashMap<>(invocation.platform());
        data.putIfAbsent("config", Map.of());
        data.putIfAbsent("session", Map.of());
        return data;
    }

    private void answer(int run, byte[] body, Watch watch) throws IOException {
        HostCalls.Reply reply;
        watch.calling(true);
        try {
            reply = calls.answer(Wire.map(body));
        } finally {
            watch.calling(false);
        }
        byte[] about = Wire.bytes(reply.about());
        worker.frames().send('A', run, length(about), about, reply.content());
    }

    private Outcome finished(ByteBuffer body) throws IOException {
        if (body.remaining() < 1 + 2 * INT) {
            throw new IOException("a result that is too short");
        }
        reusable = body.get() == 0;
        Map<?, ?> about = part(body) instanceof Map<?, ?> map ? map : Map.of();
        printed(about.get("lines"));
        @Nullable Object event = part(body);
        if (event instanceof Map<?, ?> edited) {
            Edits.apply(invocation.event(), edited);
        }
        if (about.get("error") instanceof Map<?, ?> error) {
            return failed(error);
        }
        @Nullable Object returned = Edits.fresh(part(body));
        return new Outcome.Completed(Boolean.TRUE.equals(about.get("returned")), returned);
    }

    private static @Nullable Object part(ByteBuffer body) throws IOException {
        int length = body.remaining() < INT ? 0 : body.getInt();
        if (length < 0 || length > body.remaining()) {
            throw new IOException("a result that is cut off");
        }
        if (length == 0) {
            return null;
        }
        int from = body.position();
        body.position(from + length);
        return Wire.read(body.array(), from, length);
    }

    private Outcome failed(Map<?, ?> error) {
        if (Boolean.TRUE.equals(error.get("memory"))) {
            reusable = false;
            return Stopped.by(Limit.MEMORY, invocation.limits());
        }
        int status = error.get("status") instanceof Number number ? number.intValue() : 500;
        return new Outcome.Threw(
                status >= 400 && status <= 599 ? status : 500,
                String.valueOf(error.get("message")),
                error.get("where") instanceof String where ? where : "");
    }

    private void printed(@Nullable Object lines) {
        if (lines instanceof List<?> list) {
            for (Object line : list) {
                if (line instanceof List<?> pair && pair.size() == 2) {
                    console.print(String.valueOf(pair.get(0)), String.valueOf(pair.get(1)));
                }
            }
        }
    }

    private static byte[] length(byte[] part) {
        return ByteBuffer.allocate(INT).putInt(part.length).array();
    }
}
