package io.sluice.webhook;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.store.Store;
import io.sluice.store.Tx;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Writes deliveries into their log and says so; what asks for work is handed on once its line is committed. */
final class Intake {
    /** The logs of all webhooks are cut back once for so many lines. */
    private static final int PRUNED_EACH = 64;

    private final Store store;
    private final Observe observe;
    private final Clock clock;
    private final Consumer<Ask> work;
    private final BadSignatures bad;

    Intake(Store store, Observe observe, Clock clock, BadSignatures bad, Consumer<Ask> work) {
        this.store = store;
        this.observe = observe;
        this.clock = clock;
        this.bad = bad;
        this.work = work;
    }

    /** Its sender is not proved: counted, and for a few a minute written down. */
    void refuse(Webhook hook, Optional<String> name, String event, String remoteAddress) {
        OptionalLong silent = bad.add(hook.id());
        if (silent.isPresent()) {
            Entry entry = entry(hook, name, event, Verdict.BAD_SIGNATURE, Optional.empty(), Optional.empty());
            store.write(tx -> inserted(tx, entry));
            observe.happened(new Observation.DeliveryRefused(
                    hook.name(),
                    hook.provider().word(),
                    Entry.shortName(entry.name()),
                    remoteAddress,
                    silent.getAsLong()));
        }
    }

    Verdict keep(Webhook hook, Optional<String> name, String event, Verdict verdict) {
        return written(entry(hook, name, event, verdict, Optional.empty(), Optional.empty()));
    }

    /** Nothing is to be done for it. */
    Verdict pass(Webhook hook, Optional<String> name, String event, Optional<Claim> claim, String why) {
        return written(entry(hook, name, event, Verdict.NO_MATCH, claim, Optional.of(why)));
    }

    Verdict fail(Webhook hook, Optional<String> name, String event, String why) {
        return written(entry(hook, name, event, Verdict.FAILED, Optional.empty(), Optional.of(why)));
    }

    /** Commits it and begins its work, unless one of that name was accepted before and its work has not failed. */
    Verdict take(Webhook hook, Optional<String> name, String event, Claim claim) {
        Entry accepted = entry(hook, name, event, Verdict.ACCEPTED, Optional.of(claim), Optional.empty());
        return written(accepted);
    }

    private Entry entry(
            Webhook hook,
            Optional<String> name,
            String event,
            Verdict verdict,
            Optional<Claim> claim,
            Optional<String> why) {
        return new Entry(hook, name, event, clock.instant(), verdict, claim, why);
    }

    private Verdict written(Entry wanted) {
        Kept kept = store.write(tx -> kept(tx, wanted));
        Entry entry = kept.entry();
        observe.happened(new Observation.DeliveryTaken(
                entry.webhook().name(),
                entry.webhook().provider().word(),
                entry.event(),
                entry.where(),
                entry.commit(),
                entry.verdict().word(),
                Entry.shortName(entry.name()),
                entry.problem().orElse("")));
        if (entry.isOpen()) {
            work.accept(ask(kept));
        }
        return entry.verdict();
    }

    private record Kept(long number, Entry entry) {}

    private static Ask ask(Kept kept) {
        Entry entry = kept.entry();
        return new Ask(
                kept.number(),
                entry.webhook().provider(),
                entry.webhook().serviceId(),
                entry.webhook().repository(),
                entry.name(),
                entry.claim().orElseThrow().withoutPaths(),
                0,
                false);
    }

    /** Looked up and written in one transaction: of two deliveries of one name one is the duplicate. */
    private Kept kept(Tx tx, Entry wanted) {
        boolean again = wanted.isOpen()
                && wanted.name()
                        .map(name ->
                                DeliveryRecords.isAccepted(tx, wanted.webhook().id(), name))
                        .orElse(false);
        Entry entry = again ? wanted.as(Verdict.DUPLICATE) : wanted;
        return new Kept(inserted(tx, entry), entry);
    }

    private long inserted(Tx tx, Entry entry) {
        long number = DeliveryRecords.insert(tx, entry);
        if (number % PRUNED_EACH == 0) {
            DeliveryRecords.prune(tx, entry.at());
        }
        return number;
    }
}
