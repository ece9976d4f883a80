package io.sluice.service.git;

import io.sluice.service.Outbound;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.lib.EmptyProgressMonitor;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BasePackFetchConnection;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.FilterSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.URIish;

/**
 * One conversation with a Git server: where it may connect to, how long it may take, how much it may bring, and what became of it.
 * Confined to one call.
 */
final class GitExchange extends EmptyProgressMonitor {
    private static final int LONGEST_SILENCE_SECONDS = 15;
    private static final int SERVER_FAILED = 500;
    private static final Pattern COMMIT = Pattern.compile("\\b[0-9a-f]{40}\\b");

    private final GitDoor door;
    private final NetLimits limits;
    private final long deadline;
    private long bytesRead;
    private int lastStatus;
    private boolean refsReceived;
    private String messages = "";

    GitExchange(GitDoor door, NetLimits limits) {
        this.door = door;
        this.limits = limits;
        this.deadline = System.nanoTime() + limits.fetch().toNanos();
    }

    /** The server cannot leave anything out of a fetch. */
    static final class CannotLeaveOut extends Exception {
        private static final long serialVersionUID = 1L;

        CannotLeaveOut(Throwable cause) {
            super(cause);
        }
    }

    Transport transport(Repository objects, String repository, FetchPlan plan) throws IOException {
        // Another address of the same host may answer (a renamed repository); other hosts are refused when connecting.
        objects.getConfig().setString("http", null, "followRedirects", "initial");
        Transport transport = Transport.open(objects, address(repository));
        transport.setTimeout((int) Math.clamp(limits.fetch().toSeconds(), 1, LONGEST_SILENCE_SECONDS));
        transport.setDepth(plan.depth());
        transport.setTagOpt(TagOpt.NO_TAGS);
        if (!plan.leftOut().isEmpty()) {
            transport.setFilterSpec(FilterSpec.fromFilterLine(plan.leftOut()));
        }
        door.lead(transport, this);
        return transport;
    }

    private URIish address(String repository) throws IOException {
        String path = Arrays.stream(repository.split("/"))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        try {
            return new URIish(door.base() + "/" + path);
        } catch (URISyntaxException e) {
            throw new IOException("address of a repository", e);
        }
    }

    /** Asks for the references with these beginnings. */
    FetchConnection connect(Transport transport, String... prefixes) throws IOException, NotRead {
        FetchConnection connection = transport.openFetch(List.of(), prefixes);
        if (!(connection instanceof BasePackFetchConnection)) {
            connection.close();
            throw NotRead.unreachable("the host does not speak Git's smart HTTP protocol", null);
        }
        refsReceived = true;
        return connection;
    }

    /** Milliseconds until the conversation must have ended, at least 1. */
    int millisLeft() {
        return (int) Math.clamp((deadline - System.nanoTime()) / 1_000_000, 1, Integer.MAX_VALUE);
    }

    int connectMillis() {
        return (int) Math.min(limits.connect().toMillis(), millisLeft());
    }

    void answered(int status) {
        lastStatus = status;
    }

    /** What the server told beside its answer. */
    void said(String what) {
        messages = what;
    }

    /** Counts bytes of answers; too many, or too late, end the conversation. */
    void received(long bytes) throws IOException {
        bytesRead += bytes;
        if (bytesRead > limits.packBytes()) {
            throw new Outbound.Refused(
                    "the repository is larger than the " + (limits.packBytes() >> 20) + " MB that a fetch may bring");
        }
        if (System.nanoTime() - deadline > 0) {
            throw new SocketTimeoutException("deadline");
        }
    }

    @Override
    public boolean isCancelled() {
        return System.nanoTime() - deadline > 0;
    }

    long bytesRead() {
        return bytesRead;
    }

    /** What a failure means. JGit's own words stay in the cause, since they hold addresses. */
    NotRead explain(Spot spot, IOException failure) throws CannotLeaveOut {
        if (asksToLeaveOutInVain(failure)) {
            throw new CannotLeaveOut(failure);
        }
        Optional<String> network = network(failure);
        if (network.isPresent()) {
            return isRefusedHere(failure)
                    ? NotRead.refused(network.get(), failure)
                    : NotRead.unreachable(network.get(), failure);
        }
        return protocol(spot, failure);
    }

    /** By our own limits, which are the same the next time. */
    private static boolean isRefusedHere(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(Outbound.Refused.class::isInstance);
    }

    private static boolean asksToLeaveOutInVain(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof PackProtocolException
                        && String.valueOf(cause.getMessage()).endsWith(JGitText.get().filterRequiresCapability));
    }

    private static boolean namesACommit(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .anyMatch(cause ->
                        COMMIT.matcher(String.valueOf(cause.getMessage())).find());
    }

    private Optional<String> network(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> why = switch (cause) {
                case Outbound.Refused refused -> Optional.of(String.valueOf(refused.getMessage()));
                case UnknownHostException unknown ->
                    Optional.of("the host " + door.base().getHost() + " is not known");
                case ConnectException refused ->
                    Optional.of("the host " + door.base().getHost() + " takes no connections");
                case SocketTimeoutException late ->
                    Optional.of("the host " + door.base().getHost() + " did not answer in time");
                case TimeoutException late ->
                    Optional.of("the host " + door.base().getHost() + " did not answer in time");
                case SSLException insecure ->
                    Optional.of("no trusted TLS connection to " + door.base().getHost() + " came about");
                default -> Optional.empty();
            };
            if (why.isPresent()) {
                return why;
            }
        }
        return isCancelled()
                ? Optional.of("the host " + door.base().getHost() + " did not answer in time")
                : Optional.empty();
    }

    private NotRead protocol(Spot spot, IOException failure) {
        String repository = Spot.shown(spot.repository());
        if (lastStatus == 401 || lastStatus == 403) {
            return NotRead.unreachable(
                    door.hasCredentials()
                            ? "the host refuses the credentials of this service (status " + lastStatus
                                    + "); check its token or password"
                            : "the host asks for credentials (status " + lastStatus + ") and this service has none",
                    failure);
        }
        if (failure instanceof NoRemoteRepositoryException || lastStatus == 404 || lastStatus == 410) {
            return NotRead.missing(
                    "there is no repository " + repository + ", or the credentials of this service may not see it");
        }
        if (spot.isCommitId() && refsReceived && lastStatus < 501 && lastStatus != 429) {
            String why = "the host does not give out a commit " + spot.reference() + " of " + repository;
            // Servers refuse an unknown commit by a line that names it, by a 500 (JGit's) or by breaking off.
            // The last two may as well be trouble of theirs.
            if (namesACommit(failure) || COMMIT.matcher(messages).find()) {
                return NotRead.missing(why);
            }
            String instead = lastStatus == SERVER_FAILED ? "it answered with status 500" : "it broke off";
            return NotRead.ungiven(why + "; " + instead + " when it was asked for it", failure);
        }
        return NotRead.unreachable(
                lastStatus >= 400
                        ? "the host answered with status " + lastStatus
                        : "the host's answer is not that of a Git server",
                failure);
    }
}
