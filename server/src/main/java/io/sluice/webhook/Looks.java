package io.sluice.webhook;

import io.sluice.api.ApiException;
import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Push;
import io.sluice.script.Pushed;
import io.sluice.script.Scripts;
import io.sluice.service.GitHost;
import io.sluice.service.Services;
import io.sluice.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The work that deliveries ask for. Of each repository one look is under way at most, and one more waits, which serves all deliveries that
 * came meanwhile: each of them gets its verdict in the log. Thread-safe.
 */
final class Looks implements AutoCloseable {
    private static final long STOPPING_SECONDS = 10;

    /** Lines of the log written in one transaction; a flood must not keep others from writing. */
    private static final int AT_ONCE = 200;

    private final Scripts scripts;
    private final Services services;
    private final Store store;
    private final Observe observe;
    private final WebhookSettings settings;
    private final Feedback feedback;
    private final Map<Target, Line> lines = new ConcurrentHashMap<>();

    /** By service, so that a host that is down holds up no other one. */
    private final Map<Long, Semaphore> places = new ConcurrentHashMap<>();

    private volatile boolean closed;

    Looks(Scripts scripts, Services services, Store store, Observe observe, WebhookSettings settings) {
        this.scripts = scripts;
        this.services = services;
        this.store = store;
        this.observe = observe;
        this.settings = settings;
        this.feedback = new Feedback(services, store, observe);
    }

    /** Has it looked at, now or after the look that is under way. Returns at once. */
    void ask(Ask ask) {
        Target target = Target.of(services, ask);
        AtomicBoolean begins = new AtomicBoolean();
        Line line = lines.compute(target, (key, known) -> {
            Line one = known == null ? new Line() : known;
            begins.set(one.add(ask));
            return one;
        });
        if (begins.get()) {
            begin(target, line);
        }
    }

    private void begin(Target target, Line line) {
        Thread.ofVirtual().name("webhook-look").start(() -> work(target, line));
    }

    private void work(Target target, Line line) {
        List<Ask> asks = line.first();
        while (!asks.isEmpty() && !closed) {
            lookWhenThereIsPlace(target, line, asks);
            asks = line.next();
        }
        lines.computeIfPresent(target, (key, one) -> one.isIdle() ? null : one);
    }

    private Semaphore places(long serviceId) {
        return places.computeIfAbsent(serviceId, unknown -> new Semaphore(settings.looks()));
    }

    private void lookWhenThereIsPlace(Target target, Line line, List<Ask> asks) {
        Semaphore own = places(target.serviceId());
        own.acquireUninterruptibly();
        try {
            if (!closed) {
                look(target, line, asks);
            }
        } catch (RuntimeException | Error e) {
            // The log of deliveries cannot be written. The line must live on: its deliveries are open, and more may
            // come.
            observe.happened(new Observation.DeliveryBroken(asks.getLast().by(), e));
            tryAgain(target, line, asks);
        } finally {
            own.release();
        }
    }

    private void look(Target target, Line line, List<Ask> asks) {
        long began = System.nanoTime();
        Map<String, Outcome> outcomes = outcomes(asks);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        List<Settled> settled = asks.stream().map(ask -> settled(ask, outcomes)).toList();
        List<Ask> failed = settled.stream()
                .filter(Settled::open)
                .map(one -> one.ask().again())
                .toList();
        if (closed && !failed.isEmpty()) {
            return; // It may have failed because of the stop itself: the next start begins with it.
        }
        write(settled);
        outcomes.forEach((reference, outcome) -> tell(asks, reference, outcome, took));
        feedback.tell(
                settled.stream()
                        .filter(one -> !one.overtook())
                        .map(Settled::ask)
                        .toList(),
                outcomes);
        if (failed.isEmpty()) {
            line.succeeded();
        } else {
            tryAgain(target, line, failed);
        }
    }

    /** By reference; what was told of one by several deliveries is looked at once, for the newest of them. */
    private Map<String, Outcome> outcomes(List<Ask> asks) {
        Map<String, Ask> newest = new LinkedHashMap<>();
        asks.forEach(ask -> ask.claim().moves().forEach(move -> newest.put(move.reference(), ask)));
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        newest.forEach((reference, ask) -> outcomes.put(reference, outcome(ask, reference)));
        return outcomes;
    }

    /** Whatever goes wrong is a failure of this look; it may not take the thread with it. */
    private Outcome outcome(Ask ask, String reference) {
        try {
            Optional<GitHost> host = Target.host(services, ask.serviceId());
            if (host.isEmpty()) {
                return Outcome.failed("the service of the webhook does not run, or is no Git service");
            }
            Optional<Boolean> own = isOwn(ask, host.get());
            if (own.isEmpty()) {
                return Outcome.failed("the host does not say now which repository the webhook is for");
            }
            if (!own.get()) {
                return Outcome.none();
            }
            Push push = new Push(ask.serviceId(), ask.claim().repository(), reference, ask.by());
            int concerned = scripts.concerned(push).size();
            if (concerned == 0) {
                return Outcome.none();
            }
            Pushed pushed = scripts.push(push);
            return new Outcome(pushed.commit(), concerned, pushed.scripts(), pushed.problem());
        } catch (ApiException e) {
            return Outcome.failed(e.error().message());
        } catch (RuntimeException | Error e) {
            observe.happened(new Observation.DeliveryBroken(ask.by(), e));
            return Outcome.failed("an internal error: see the log");
        }
    }

    /** Whether it is about the repository of its webhook; empty when the host, which is asked for the name, does not say. */
    private Optional<Boolean> isOwn(Ask ask, GitHost host) {
        if (ask.only().isEmpty()) {
            return Optional.of(true);
        }
        String only = host.fullName(ask.only().get());
        return Target.isOne(services, ask.serviceId(), only, ask.claim().repository());
    }

    /**
     * @param overtook it was here before what it tells of could be seen at the host
     * @param open it is tried again
     */
    private record Settled(Ask ask, Outcome outcome, boolean overtook, boolean open) {}

    private Settled settled(Ask ask, Map<String, Outcome> outcomes) {
        List<Outcome> own = new ArrayList<>();
        ask.claim()
                .moves()
                .forEach(move ->
                        Optional.ofNullable(outcomes.get(move.reference())).ifPresent(own::add));
        Outcome outcome = Outcome.of(own);
        boolean gone = ask.claim().moves().stream().allMatch(Claim.Move::deleted);
        boolean overtook = ask.claim().moves().stream().anyMatch(move -> isUnseen(move, outcomes));
        boolean again = (outcome.problem().isPresent() || overtook) && !gone && ask.tried() < settings.tries();
        return new Settled(ask, outcome, overtook && again, again);
    }

    private static boolean isUnseen(Claim.Move move, Map<String, Outcome> outcomes) {
        return Optional.ofNullable(outcomes.get(move.reference()))
                .flatMap(Outcome::commit)
                .filter(move::isAheadOf)
                .isPresent();
    }

    private void write(List<Settled> settled) {
        for (int from = 0; from < settled.size(); from += AT_ONCE) {
            List<Settled> some = settled.subList(from, Math.min(settled.size(), from + AT_ONCE));
            store.write(tx -> {
                some.forEach(one -> DeliveryRecords.settle(
                        tx,
                        one.ask().number(),
                        one.outcome(),
                        one.ask().tried(),
                        one.open(),
                        settings.clock().instant()));
                return tx;
            });
        }
    }

    private void tell(List<Ask> asks, String reference, Outcome outcome, Duration took) {
        List<Ask> about = asks.stream()
                .filter(ask -> ask.claim().moves().stream()
                        .anyMatch(move -> move.reference().equals(reference)))
                .toList();
        Ask newest = about.getLast();
        String where = newest.claim().repository() + "@" + Claim.name(reference);
        observe.happened(new Observation.DeliveryDone(
                newest.by(),
                where,
                outcome.commit().orElse(""),
                outcome.verdict().word(),
                outcome.problem().orElse(""),
                outcome.moved(),
                outcome.refused().size(),
                about.size(),
                took));
    }

    /** Deliveries that come before the pause is over are looked at with those that failed, and do not use up their tries. */
    private void tryAgain(Target target, Line line, List<Ask> failed) {
        line.putOff(failed)
                .ifPresent(failures -> settings.timetable().in(settings.pauses().after(failures), () -> {
                    if (!closed && line.again()) {
                        begin(target, line);
                    }
                }));
    }

    /** Begins no further look and lets those under way end, for some seconds; the rest is done after the next start. */
    @Override
    public void close() {
        closed = true;
        settings.timetable().close();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOPPING_SECONDS);
        try {
            for (Semaphore own : places.values()) {
                own.tryAcquire(settings.looks(), Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        feedback.close();
    }
}
