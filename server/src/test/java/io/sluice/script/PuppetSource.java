package io.sluice.script;

import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.service.Catalogue;
import io.sluice.service.ConfigField;
import io.sluice.service.EventPath;
import io.sluice.service.GitHost;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A source of texts that does as it is told: answers, fails, or is slow until let go. */
public final class PuppetSource implements Service, GitHost {
    private final Map<String, Reading> files = new ConcurrentHashMap<>();
    final List<Address> asked = new CopyOnWriteArrayList<>();
    final Semaphore arrived = new Semaphore(0);
    private volatile Semaphore gate;
    private volatile boolean dead;
    private volatile String head = "c0ffee0000000000000000000000000000000001";
    volatile Runnable afterRead = () -> {};

    PuppetSource has(String path, String text) {
        return has(
                path,
                text,
                Hash.of(new io.sluice.engine.SourceSet("", "", text, Map.of())).substring(0, 40));
    }

    PuppetSource has(String path, String text, String revision) {
        files.put(path, new Reading.Found(text, revision, Instant.EPOCH, Optional.of("Ada"), Optional.of("why not")));
        dead = false;
        return this;
    }

    void lacks(String path) {
        files.remove(path);
    }

    void die() {
        dead = true;
    }

    /** From now on each read takes its answer, reports its arrival, and then waits to be let go. */
    void hold() {
        arrived.drainPermits();
        gate = new Semaphore(0);
    }

    void letGo(int reads) {
        gate.release(reads);
    }

    void letAllGo() {
        Semaphore old = gate;
        gate = null;
        old.release(1_000_000);
    }

    void awaitArrival() throws InterruptedException {
        if (!arrived.tryAcquire(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody asked the source");
        }
    }

    int reads() {
        return asked.size();
    }

    void headIs(String commit) {
        head = commit;
    }

    @Override
    public Reading read(Address address) {
        asked.add(address);
        Reading answer = dead
                ? new Reading.Unreachable("the host does not answer")
                : files.getOrDefault(address.path(), new Reading.Missing("there is no such file"));
        Semaphore waiting = gate;
        arrived.release();
        if (waiting != null) {
            waiting.acquireUninterruptibly();
        }
        afterRead.run();
        return answer;
    }

    @Override
    public Reading head(String repository, String reference) {
        return dead
                ? new Reading.Unreachable("the host does not answer")
                : new Reading.Found(head, head, Instant.EPOCH, Optional.empty(), Optional.empty());
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        throw new AssertionError("a script's text is not read by a call");
    }

    @Override
    public Catalogue catalogue() {
        return Catalogue.EMPTY;
    }

    @Override
    public List<EventPath> events(ServiceRequest request) {
        throw new AssertionError("reading a script's text fires no events");
    }

    /** Always gives the same service, whatever the definition. */
    record Type(String name, Service service) implements ServiceType {
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
            return service;
        }
    }
}
