package io.sluice.webhook;

import io.sluice.observe.Observation;
import io.sluice.observe.Observe;
import io.sluice.script.Refreshed;
import io.sluice.script.ScriptId;
import io.sluice.service.CommitFeedback;
import io.sluice.service.CommitFeedback.State;
import io.sluice.service.CommitFeedback.Status;
import io.sluice.service.Services;
import io.sluice.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Shows beside a commit what became of its scripts, where the service wants that. On threads of its own: nobody waits for it. */
final class Feedback implements AutoCloseable {
    private static final String CONTEXT = "sluice";
    private static final int LONGEST = 140;
    private static final long STOPPING_SECONDS = 5;

    /** How a compiler's complaint begins: {@code orders.js line 4, column 7: …}. */
    private static final Pattern COMPILER = Pattern.compile("^\\S+ line \\d+");

    private final Services services;
    private final Store store;
    private final Observe observe;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-feedback-", 0).factory());

    Feedback(Services services, Store store, Observe observe) {
        this.services = services;
        this.store = store;
        this.observe = observe;
    }

    /** @param outcomes by reference */
    void tell(List<Ask> asks, Map<String, Outcome> outcomes) {
        outcomes.forEach((reference, outcome) -> asks.reversed().stream()
                .filter(ask -> ask.claim().moves().stream()
                        .anyMatch(move -> move.reference().equals(reference)))
                .findFirst()
                .ifPresent(newest -> tell(newest, outcome)));
    }

    private void tell(Ask ask, Outcome outcome) {
        Optional<CommitFeedback> host = host(ask.serviceId());
        if (host.isEmpty() || outcome.commit().isEmpty() || outcome.scripts().isEmpty()) {
            return;
        }
        try {
            threads.execute(() -> send(host.get(), ask, outcome.commit().get(), status(outcome)));
        } catch (RejectedExecutionException stopped) {
            // The server ends; the scripts are where they should be, and only the host is not told.
            observe.happened(new Observation.FeedbackFailed(ask.by(), "the server stops"));
        }
    }

    private Optional<CommitFeedback> host(long service) {
        return services.byId(service)
                .map(Services.Running::service)
                .filter(CommitFeedback.class::isInstance)
                .map(CommitFeedback.class::cast)
                .filter(CommitFeedback::wanted);
    }

    private void send(CommitFeedback host, Ask ask, String commit, Status status) {
        Optional<String> problem;
        try {
            problem = host.tell(ask.claim().repository(), commit, status);
        } catch (RuntimeException e) {
            observe.happened(new Observation.DeliveryBroken(ask.by(), e));
            problem = Optional.of("an internal error: see the log");
        }
        problem.ifPresent(why -> observe.happened(new Observation.FeedbackFailed(ask.by(), why)));
        keep(ask, problem.map(why -> "not told: " + why).orElseGet(status::description));
    }

    private void keep(Ask ask, String said) {
        try {
            store.write(tx -> {
                DeliveryRecords.feedback(tx, ask.number(), said);
                return tx;
            });
        } catch (RuntimeException e) {
            observe.happened(new Observation.DeliveryBroken(ask.by(), e));
        }
    }

    static Status status(Outcome outcome) {
        List<Map.Entry<ScriptId, Refreshed.Refused>> refused = outcome.refused();
        if (refused.isEmpty()) {
            return new Status(State.SUCCESS, CONTEXT, success(outcome));
        }
        return new Status(State.FAILURE, CONTEXT, cut(failure(outcome, refused).replaceAll("\\s+", " ")));
    }

    /** Those that do not compile come first: others may only be held back with them. */
    private static String failure(Outcome outcome, List<Map.Entry<ScriptId, Refreshed.Refused>> refused) {
        int all = outcome.scripts().size();
        List<String> uncompilable = refused.stream()
                .map(one -> one.getValue().why())
                .filter(why -> COMPILER.matcher(why).find())
                .toList();
        if (!uncompilable.isEmpty()) {
            return uncompilable.size() + " of " + all + (uncompilable.size() == 1 ? " does" : " do") + " not compile: "
                    + uncompilable.getFirst();
        }
        Map.Entry<ScriptId, Refreshed.Refused> first = refused.getFirst();
        return refused.size() + " of " + all + " refused: " + first.getKey().name() + ": "
                + first.getValue().why();
    }

    private static String success(Outcome outcome) {
        long moved = outcome.moved();
        return moved == 0 ? "no script changed" : moved == 1 ? "1 script promoted" : moved + " scripts promoted";
    }

    private static String cut(String words) {
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST - 1) + "…";
    }

    /** Lets what is under way end, for some seconds. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            threads.awaitTermination(STOPPING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
