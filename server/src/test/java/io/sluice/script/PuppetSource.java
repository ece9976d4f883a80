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
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;

/**
 * A Git host of one branch that does as it is told: answers, fails, or is slow until let go. Each change of its files is a commit; a
 * file is read as it was at the commit that is asked for.
 */
public final class PuppetSource implements Service, GitHost {
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, Map<String, String>> commits = new HashMap<>();
    private final Map<String, String> parents = new HashMap<>();
    final List<Address> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger headsAsked = new AtomicInteger();
    final AtomicInteger listsAsked = new AtomicInteger();
    final Semaphore arrived = new Semaphore(0);
    private volatile Semaphore gate;
    private volatile boolean dead;
    private volatile boolean deleted;
    private String head = "";
    private String withheld = "";
    private String unfit = "";

    /** Whether it tells the ids of all files at once. */
    volatile boolean lists;

    volatile Optional<Ancestry> ancestry = Optional.empty();
    volatile String defaultBranch = "main";
    /** Done at the beginning of each question for it. */
    volatile Runnable defaultAsked = () -> {};

    volatile Runnable afterRead = () -> {};
    /** Done at the beginning of each question. */
    volatile Runnable outside = () -> {};

    PuppetSource() {
        headIs("c0ffee0000000000000000000000000000000001");
    }

    PuppetSource has(String path, String text) {
        commits(Map.of(path, text));
        return this;
    }

    synchronized PuppetSource has(String path, String text, String commit) {
        files.put(path, text);
        headIs(commit);
        dead = false;
        return this;
    }

    /** Commits all of these at once; the id of the commit. */
    synchronized String commits(Map<String, String> texts) {
        files.putAll(texts);
        headIs(id());
        dead = false;
        return head;
    }

    synchronized void lacks(String path) {
        files.remove(path);
        headIs(id());
    }

    /** By what is in it and what came before it, as in Git. */
    private String id() {
        return blob(new TreeMap<>(files) + head);
    }

    void die() {
        dead = true;
    }

    void live() {
        dead = false;
    }

    void deleteBranch() {
        deleted = true;
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

    /** Commits the files of now under that name. */
    synchronized void headIs(String commit) {
        parents.put(commit, head);
        commits.put(commit, Map.copyOf(files));
        head = commit;
    }

    synchronized String head() {
        return head;
    }

    /** Moves the branch to a commit that was there before. */
    synchronized void goesBackTo(String commit) {
        head = commit;
        files.clear();
        files.putAll(commits.get(commit));
    }

    /** The commit that came before that one; itself when it is the first. */
    synchronized String before(String commit) {
        String parent = parents.get(commit);
        return parent.isEmpty() ? commit : parent;
    }

    /** Puts a commit with those texts in the place of the newest one. */
    synchronized void rewrites(Map<String, String> texts) {
        goesBackTo(before(head));
        commits(texts);
    }

    @Override
    public Reading read(Address address) {
        outside.run();
        asked.add(address);
        Reading answer = dead ? new Reading.Unreachable("the host does not answer") : file(address);
        Semaphore waiting = gate;
        arrived.release();
        if (waiting != null) {
            waiting.acquireUninterruptibly();
        }
        afterRead.run();
        return answer;
    }

    /** Like a replica that lags behind: it lists the file, but says that there is none. */
    synchronized void withholds(String path) {
        withheld = path;
    }

    /** No script can be read from that file. */
    synchronized void isUnfit(String path) {
        unfit = path;
    }

    private synchronized Reading file(Address address) {
        if (address.path().equals(unfit)) {
            return new Reading.Unfit(unfit + " is not text");
        }
        if (address.path().equals(withheld)) {
            return new Reading.Missing("404");
        }
        String commit = commits.containsKey(address.reference()) ? address.reference() : head;
        String text = commits.get(commit).get(address.path());
        return text == null ? new Reading.Missing("there is no such file") : found(text, commit);
    }

    private static Reading.Found found(String text, String commit) {
        return new Reading.Found(text, commit, Instant.EPOCH, Optional.of("Ada"), Optional.of("why not"));
    }

    @Override
    public Reading head(String repository, String reference) {
        outside.run();
        headsAsked.incrementAndGet();
        if (dead) {
            return read(new Address(repository, reference, ""));
        }
        synchronized (this) {
            return deleted ? new Reading.Missing("there is no branch '" + reference + "'") : found(head, head);
        }
    }

    @Override
    public Optional<String> defaultBranch(String repository) {
        defaultAsked.run();
        return Optional.of(defaultBranch).filter(name -> !name.isEmpty());
    }

    @Override
    public synchronized Ancestry ancestry(String repository, String older, String newer) {
        outside.run();
        return ancestry.orElseGet(() -> {
            if (older.equals(newer)) {
                return Ancestry.SAME;
            }
            return follows(newer, older) ? Ancestry.AFTER : follows(older, newer) ? Ancestry.BEFORE : Ancestry.APART;
        });
    }

    private boolean follows(String newer, String older) {
        return Stream.iterate(newer, commit -> commit != null && !commit.isEmpty(), parents::get)
                .anyMatch(older::equals);
    }

    @Override
    public synchronized Optional<Map<String, String>> blobs(String repository, String commit) {
        if (!lists) {
            return Optional.empty();
        }
        outside.run();
        listsAsked.incrementAndGet();
        return Optional.of(commits.get(commit).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, file -> blob(file.getValue()))));
    }

    /** As Git computes it. */
    private static String blob(String text) {
        try (ObjectInserter.Formatter git = new ObjectInserter.Formatter()) {
            return git.idFor(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8))
                    .name();
        }
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
