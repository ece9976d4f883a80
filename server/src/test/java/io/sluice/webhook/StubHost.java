package io.sluice.webhook;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.service.Catalogue;
import io.sluice.service.CommitFeedback;
import io.sluice.service.ConfigField;
import io.sluice.service.EventPath;
import io.sluice.service.GitHost;
import io.sluice.service.HookMaker;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A Git host that does as it is told: answers, is slow until let go, is dead; shows what it was asked and told. */
final class StubHost implements Service, GitHost, CommitFeedback, HookMaker {
    /** A hook that somebody made here. */
    record MadeHook(String repository, URI address, String secret) {}

    /** A status beside a commit. */
    record Told(String repository, String commit, Status status) {}

    final AtomicInteger reads = new AtomicInteger();
    final List<MadeHook> hooks = new CopyOnWriteArrayList<>();
    final List<Told> told = new CopyOnWriteArrayList<>();
    final Semaphore arrived = new Semaphore(0);
    private final Map<String, String> files = new ConcurrentHashMap<>();
    private volatile Semaphore gate = new Semaphore(1_000_000);
    private volatile int commits;
    volatile boolean dead;
    volatile boolean namesTold;
    volatile boolean wanted;
    volatile Optional<String> refusesFeedback = Optional.empty();
    volatile Optional<String> refusesHooks = Optional.empty();

    /** A commit; its id. */
    String commit(String path, String text) {
        files.put(path, text);
        commits++;
        return head();
    }

    String head() {
        return String.format("%040x", 0xc0ffee000L + commits);
    }

    /** From now on whoever asks waits. */
    void hold() {
        arrived.drainPermits();
        gate = new Semaphore(0);
    }

    void letGo() {
        gate.release(1_000_000);
    }

    void awaitArrival() throws InterruptedException {
        if (!arrived.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked the host");
        }
    }

    private void enter() {
        arrived.release();
        gate.acquireUninterruptibly();
    }

    /** Names without a slash are those of {@code acme}, which only the host knows. */
    @Override
    public String fullName(String repository) {
        if (knownName(repository).isEmpty()) {
            enter();
            namesTold = !dead;
        }
        return knownName(repository).orElse(repository);
    }

    @Override
    public Optional<String> knownName(String repository) {
        String name = repository.toLowerCase(Locale.ROOT);
        return name.contains("/")
                ? Optional.of(name)
                : Optional.of("acme/" + name).filter(full -> namesTold);
    }

    @Override
    public Reading head(String repository, String reference) {
        enter();
        return dead ? new Reading.Unreachable("the host does not answer") : found(head());
    }

    private Reading found(String text) {
        return new Reading.Found(text, head(), Instant.EPOCH, Optional.of("Ada"), Optional.of("why not"));
    }

    @Override
    public Reading read(Address address) {
        enter();
        reads.incrementAndGet();
        if (dead) {
            return new Reading.Unreachable("the host does not answer");
        }
        String text = files.get(address.path());
        return text == null ? new Reading.Missing("there is no such file") : found(text);
    }

    @Override
    public boolean wanted() {
        return wanted;
    }

    @Override
    public Optional<String> tell(String repository, String commit, Status status) {
        told.add(new Told(repository, commit, status));
        return refusesFeedback;
    }

    @Override
    public Made make(String repository, URI address, String secret) {
        if (refusesHooks.isPresent()) {
            return new Made.Refused(refusesHooks.get());
        }
        boolean isNew = hooks.stream().noneMatch(hook -> hook.address().equals(address));
        hooks.add(new MadeHook(repository, address, secret));
        return new Made.Ready("h1", isNew);
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        throw new AssertionError("webhooks make no calls");
    }

    @Override
    public Catalogue catalogue() {
        return Catalogue.EMPTY;
    }

    @Override
    public List<EventPath> events(ServiceRequest request) {
        throw new AssertionError("webhooks fire no events");
    }

    /** Always this host. */
    ServiceType type(String name) {
        return new ServiceType() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String label() {
                return name;
            }

            @Override
            public String description() {
                return name;
            }

            @Override
            public String group() {
                return "Test";
            }

            @Override
            public List<ConfigField> config() {
                return List.of();
            }

            @Override
            public Service open(ServiceDefinition definition) {
                return StubHost.this;
            }
        };
    }
}
