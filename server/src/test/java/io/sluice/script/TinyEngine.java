package io.sluice.script;

import io.sluice.engine.Compilation;
import io.sluice.engine.Gathering;
import io.sluice.engine.Invocation;
import io.sluice.engine.Language;
import io.sluice.engine.PlatformCalls;
import io.sluice.engine.Program;
import io.sluice.engine.Run;
import io.sluice.engine.Run.Outcome;
import io.sluice.engine.ScriptEngine;
import io.sluice.engine.SourceSet;
import io.sluice.engine.Tree;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A script language of one command a line, for tests: {@code return TEXT}, {@code throw STATUS TEXT}, {@code stop LIMIT},
 * {@code print TEXT}, {@code use PATH} (at the beginning of a line; reads that text), {@code call METHOD PATH}, {@code session}, {@code limits}, {@code error STATUS TEXT}. A line with {@code !!!}
 * does not compile.
 */
public final class TinyEngine implements ScriptEngine {
    final Map<String, AtomicInteger> compiled = new ConcurrentHashMap<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger usedAfterClose = new AtomicInteger();
    volatile Throwable faultWhileCompiling;
    /** Done at the beginning of each compilation. */
    volatile Runnable outside = () -> {};
    /** What compiling comes to while it is set. */
    volatile Compilation.NotNow shortage;
    /** Texts that take until their latch is open. */
    final Map<String, CountDownLatch> slow = new ConcurrentHashMap<>();

    final List<Invocation> invocations = java.util.Collections.synchronizedList(new ArrayList<>());

    @Override
    public List<Language> languages() {
        return List.of(new Language("nodejs", "Node.js", "Tiny.", true, List.of("v8js")));
    }

    public List<Invocation> invocations() {
        return invocations;
    }

    int compilations(String text) {
        return compiled.getOrDefault(text, new AtomicInteger()).get();
    }

    /** What lies at the path of each line {@code use PATH}. */
    @Override
    public Gathering gather(SourceSet entry, Tree tree) {
        Map<String, String> siblings = new HashMap<>();
        for (String line :
                entry.text().lines().filter(one -> one.startsWith("use ")).toList()) {
            switch (tree.leaf(line.substring(4))) {
                case Tree.Leaf.Text text -> siblings.put(line.substring(4), text.text());
                case Tree.Leaf.None none -> {
                    return new Gathering.Refused("it uses " + line.substring(4) + ": " + none.why());
                }
            }
        }
        return new Gathering.Whole(entry.with(siblings));
    }

    @Override
    public Compilation compile(SourceSet source) {
        outside.run();
        compiled.computeIfAbsent(source.text(), text -> new AtomicInteger()).incrementAndGet();
        switch (faultWhileCompiling) {
            case RuntimeException fault -> throw fault;
            case Error fault -> throw fault;
            case null, default -> {}
        }
        waitFor(slow.getOrDefault(source.text(), new CountDownLatch(0)));
        Compilation.NotNow nowShort = shortage;
        if (nowShort != null) {
            return nowShort;
        }
        List<String> lines = source.text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).contains("!!!")) {
                return new Compilation.Refused(
                        "unexpected !!!", i + 1, lines.get(i).indexOf("!!!") + 1);
            }
        }
        open.incrementAndGet();
        return new Compilation.Compiled(new Tiny(lines));
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {}

    private final class Tiny implements Program {
        private final List<String> lines;
        private volatile boolean closed;

        Tiny(List<String> lines) {
            this.lines = lines;
        }

        @Override
        public Run run(Invocation invocation) {
            if (closed) {
                usedAfterClose.incrementAndGet();
            }
            invocations.add(invocation);
            List<Run.Printed> console = new ArrayList<>();
            Outcome outcome = new Outcome.Completed(false, null);
            for (String line : lines) {
                String[] words = line.split(" ", 3);
                switch (words[0]) {
                    case "print" -> console.add(new Run.Printed("log", line.substring(6)));
                    case "return" -> outcome = new Outcome.Completed(true, line.substring(7));
                    case "error" ->
                        outcome = new Outcome.Completed(
                                true,
                                Map.of(
                                        "error",
                                        Map.of("status_code", Integer.parseInt(words[1]), "message", words[2])));
                    case "throw" ->
                        outcome = new Outcome.Threw(Integer.parseInt(words[1]), words[2], "tiny line 1, column 1");
                    case "stop" -> outcome = new Outcome.Stopped(Run.Limit.valueOf(words[1]), "stopped by " + words[1]);
                    case "session" ->
                        outcome = new Outcome.Completed(
                                true, invocation.platform().get("session"));
                    case "call" -> {
                        PlatformCalls.Answer answer = invocation
                                .calls()
                                .call(new PlatformCalls.Request(words[1], words[2], null, Map.of(), Map.of()));
                        outcome = new Outcome.Completed(true, answer.content());
                    }
                    default -> {}
                }
            }
            return new Run(outcome, console, Duration.ofNanos(7000));
        }

        @Override
        public void close() {
            closed = true;
            open.decrementAndGet();
        }
    }
}
