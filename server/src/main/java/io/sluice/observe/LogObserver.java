package io.sluice.observe;

import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observations as log lines, one each: what, which script, which source, which revision, how long. */
public final class LogObserver implements Observe {
    private final Logger log = LoggerFactory.getLogger("sluice");

    @Override
    public void happened(Observation observation) {
        switch (observation) {
            case Observation.ServerReady ready ->
                log.info(
                        "ready on {} in {} ms",
                        ready.address(),
                        ready.sinceLaunch().toMillis());
            case Observation.CallAnswered call ->
                log.debug(
                        "call          {} {}  {}  {}  from {}  [{}]",
                        call.verb(),
                        call.path(),
                        call.status(),
                        time(call.took()),
                        call.remoteAddress(),
                        call.id());
            case Observation.CallFailed call ->
                log.error("call failed   {} {}  [{}]", call.verb(), call.path(), call.id(), call.cause());
            case Observation.ScriptCleared clear -> log.info("script clear  {}  by={}", clear.script(), clear.by());
            case Observation.ScriptFetched fetch ->
                log.info(
                        "script fetch  {}  {}  {}  {}",
                        fetch.script(),
                        fetch.source(),
                        fetch.revision(),
                        time(fetch.took()));
            case Observation.ScriptUnavailable gone ->
                log.warn(
                        "script fetch  {}  {}  not available: {}; {}",
                        gone.script(),
                        gone.source(),
                        gone.why(),
                        gone.next());
            case Observation.ScriptPromoted up ->
                log.info(
                        "script live   {}  v{} {}  promotion {}",
                        up.script(),
                        up.version(),
                        up.revision(),
                        up.promotion());
            case Observation.ScriptRefused refused ->
                log.warn(
                        "script refuse {}  {}  {}; {}",
                        refused.script(),
                        refused.revision(),
                        refused.why(),
                        refused.next());
            case Observation.ScriptRan ran ->
                log.info(
                        "script run    {}  v{} {}  {}  {}{}",
                        ran.script(),
                        ran.version(),
                        ran.revision(),
                        time(ran.took()),
                        ran.outcome(),
                        ran.unlogged() == 0 ? "" : "  (and " + ran.unlogged() + " more runs)");
            case Observation.ScriptPrinted line ->
                log.info("script print  {}  {}: {}", line.script(), line.level(), oneLine(line.text()));
            case Observation.JobQueued job ->
                log.debug(
                        "job queued    {}  {}  in {} s",
                        job.id(),
                        job.name(),
                        job.delay().toSeconds());
            case Observation.JobRefused job ->
                log.error("job refused   {}  will not run: {}", job.name(), oneLine(job.why()), job.cause());
            // The script's own line is the one at info.
            case Observation.JobRan job ->
                log.debug(
                        "job run       {}  {}  try {}  {}  {}",
                        job.id(),
                        job.name(),
                        job.tries(),
                        time(job.took()),
                        job.outcome());
            case Observation.JobFailed job ->
                log.warn(
                        "job failed    {}  {}  try {}: {}; next at {}",
                        job.id(),
                        job.name(),
                        job.tries(),
                        oneLine(job.why()),
                        job.next());
            case Observation.JobPostponed job ->
                log.debug("job postponed {}  {}  {}; next at {}", job.id(), job.name(), oneLine(job.why()), job.next());
            case Observation.JobDead job ->
                log.error(
                        "job dead      {}  {}  try {}: {}; retry it with POST system/job/{}/retry",
                        job.id(),
                        job.name(),
                        job.tries(),
                        oneLine(job.why()),
                        job.id());
            case Observation.JobsForgotten gone ->
                log.error(
                        "job forgotten {}  of the oldest dead letters, since {} are kept; raise jobs.most to keep more",
                        gone.count(),
                        gone.kept());
            case Observation.JobBroken job -> log.error("job broken    {}  {}", job.id(), job.name(), job.cause());
            case Observation.DeliveryTaken taken ->
                log.info(
                        "webhook delivery {}  {} {}  {} {}  {} {}{}",
                        taken.webhook(),
                        taken.provider(),
                        taken.event(),
                        oneLine(taken.where()),
                        shortId(taken.commit()),
                        taken.verdict(),
                        taken.delivery(),
                        because(taken.problem()));
            case Observation.DeliveryRefused refused ->
                log.warn(
                        "webhook refuse   {}  {}  bad_signature {}  from {}{}",
                        refused.webhook(),
                        refused.provider(),
                        refused.delivery(),
                        refused.remoteAddress(),
                        refused.silent() == 0 ? "" : "  (and " + refused.silent() + " more before)");
            case Observation.DeliveryDone done -> delivered(done);
            case Observation.DeliveryBroken broken -> log.error("webhook broken   {}", broken.by(), broken.cause());
            case Observation.FeedbackFailed failed ->
                log.warn("webhook feedback {}  not told: {}", failed.by(), oneLine(failed.why()));
            case Observation.ServiceFailed failed ->
                log.error(
                        "service       {}: {}  cause: {}",
                        failed.service(),
                        failed.why(),
                        String.valueOf(failed.cause()));
            case Observation.Note note -> log.info("{}", note.text());
        }
    }

    private void delivered(Observation.DeliveryDone done) {
        String line = "webhook done     {}  {} {}  {}{}  {} moved, {} refused  for {} deliveries  {}";
        Object[] values = {
            done.by(),
            oneLine(done.where()),
            shortId(done.commit()),
            done.verdict(),
            because(done.problem()),
            done.moved(),
            done.refused(),
            done.deliveries(),
            time(done.took())
        };
        if (done.problem().isEmpty()) {
            log.info(line, values);
        } else {
            log.warn(line, values);
        }
    }

    private static String because(String problem) {
        return problem.isEmpty() ? "" : ": " + oneLine(problem);
    }

    private static String shortId(String commit) {
        return commit.isEmpty() ? "-" : commit.substring(0, Math.min(7, commit.length()));
    }

    private static String time(Duration took) {
        long micros = took.toNanos() / 1_000;
        return micros < 10_000 ? micros + " us" : String.format(Locale.ROOT, "%d ms", micros / 1_000);
    }

    /** Scripts must not be able to forge lines of the log. */
    private static String oneLine(String text) {
        return text.replace("\r", "\\r").replace("\n", "\\n");
    }
}
