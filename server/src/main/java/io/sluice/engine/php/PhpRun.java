package io.sluice.engine.php;

import io.sluice.engine.Invocation;
import io.sluice.engine.Limits;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Limit;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.process.Console;
import io.sluice.engine.process.Stopped;
import io.sluice.engine.process.Watch;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** One run in one worker, on the calling thread. */
final class PhpRun {
    private final PhpWorker worker;
    private final Invocation invocation;
    private final Words words;
    private final Watch watch;
    private final PhpCalls calls;
    private final Console console = new Console();
    private @Nullable Outcome outcome;
    private boolean over;

    PhpRun(PhpWorker worker, Invocation invocation, PhpBox box, Watch watch) {
        this.worker = worker;
        this.invocation = invocation;
        this.words = new Words(box);
        this.watch = watch;
        this.calls = new PhpCalls(invocation.calls());
    }

    /** Whether the worker has ended this run in order. */
    boolean reusable() {
        return over && worker.reusable() && watch.tripped().isEmpty();
    }

    /** What the script's author should know, before all that it prints. */
    void warn(String words) {
        console.print("warn", words);
    }

    Run run(long began) {
        Outcome ended = outcome();
        return new Run(ended, console.lines(), Duration.ofNanos(System.nanoTime() - began));
    }

    private Outcome outcome() {
        try {
            begin();
            talk();
        } catch (EventJson.TooDeep e) {
            return new Outcome.Threw(500, String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            worker.rest().forEach(this::told);
        }
        Outcome said = outcome;
        Limit tripped = watch.tripped().orElse(null);
        if (tripped != null) {
            return Stopped.by(tripped, invocation.limits());
        }
        return said != null ? said : gone();
    }

    /** A crash of PHP itself; most often the native stack is used up by functions that call each other through PHP's own. */
    private Outcome gone() {
        return new Outcome.Threw(
                500,
                "The PHP process ended in the middle of the script. Does it call itself, or nest data, too deeply?",
                "");
    }

    private void begin() throws IOException, EventJson.TooDeep {
        byte[] input = EventJson.write(invocation.event());
        Limits limits = invocation.limits();
        worker.begin("run", limits.memoryBytes(), limits.timeoutMillis());
        worker.send(input);
    }

    private void talk() throws IOException {
        while (!over && !(outcome instanceof Outcome.Stopped)) {
            Heard heard = worker.hear();
            if (heard instanceof Heard.Message message) {
                message(message);
            } else {
                told(heard);
            }
        }
    }

    private void told(Heard heard) {
        switch (heard) {
            case Heard.Printed(String text) -> words.plain(text).lines().forEach(line -> console.print("log", line));
            case Heard.Logged(String text) -> logged(text);
            case Heard.TooMuch much -> outcome = Stopped.by(Limit.OUTPUT, invocation.limits());
            case Heard.Over end -> over = true;
            case Heard.Message late -> {}
        }
    }

    private void logged(String text) {
        Words.Line line = words.logged(text);
        console.print(line.level(), line.text());
        if (outcome == null && line.limit() != null) {
            outcome = Stopped.by(line.limit(), invocation.limits());
        }
    }

    private void message(Heard.Message message) throws IOException {
        try {
            understood(message);
        } catch (JacksonException e) {
            throw forged();
        }
    }

    /** The bootstrap writes no such thing, so a script has. */
    private IOException forged() {
        outcome = new Outcome.Threw(500, "The script wrote into the messages of its own run.", "");
        return new IOException("a forged message");
    }

    private void understood(Heard.Message message) throws IOException {
        Map<String, @Nullable Object> said = EventJson.read(message.bytes(), 1, message.bytes().length - 1);
        switch (message.kind()) {
            case 'C' -> answer(() -> calls.call(said));
            case 'S' -> answer(() -> calls.store(said));
            case 'P' -> answer(() -> calls.part(invocation.platform(), String.valueOf(said.get("name"))));
            case 'R' -> end(result(said));
            case 'E' -> end(words.thrown(said));
            case 'F' -> end(words.fatal(said, invocation.limits()));
            default -> throw forged();
        }
    }

    private void answer(java.util.function.Supplier<byte[]> work) throws IOException {
        watch.calling(true);
        byte[] answer;
        try {
            answer = work.get();
        } finally {
            watch.calling(false);
        }
        worker.send(answer);
    }

    /** The first word counts: what functions that run at the end of the script say after it is late. */
    private void end(Outcome said) throws IOException {
        if (outcome == null) {
            outcome = said;
            worker.endOfMessages();
        }
    }

    private Outcome result(Map<String, @Nullable Object> said) {
        try {
            Changes.apply(said.get("changes"), invocation.event());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | UnsupportedOperationException e) {
            return new Outcome.Threw(500, "The script's changes of the event cannot be read: " + e.getMessage(), "");
        }
        if (Boolean.TRUE.equals(said.get("same"))) {
            return new Outcome.Completed(true, invocation.event());
        }
        return new Outcome.Completed(said.containsKey("value"), said.get("value"));
    }
}
