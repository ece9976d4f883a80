package io.sluice.service.git;

import io.sluice.service.git.GithubApi.Answer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What GitHub's refusals mean. GitHub's own words are not repeated: they may echo what was sent. */
record GithubRefusals(String host, boolean hasCredentials) {
    private static final int LONGEST_WAIT_SECONDS = 3600;

    /** Throws unless the answer is a success. */
    void check(Answer answer, String what) throws NotRead {
        int status = answer.status();
        if (status >= 200 && status < 300) {
            return;
        }
        if (isLimit(answer)) {
            throw limited(answer);
        }
        throw switch (status) {
            case 404, 410, 409, 422 ->
                NotRead.missing("there is no " + what + " at " + host
                        + (hasCredentials
                                ? ", or the token of this service may not see it"
                                : ", or it is private and this service has no token"));
            case 401 ->
                NotRead.unreachable(
                        hasCredentials
                                ? "the host " + host
                                        + " refuses the token of this service (status 401); it may have expired"
                                : "the host " + host + " asks for a token (status 401) and this service has none",
                        null);
            case 403 ->
                NotRead.unreachable(
                        "the host " + host + " forbids this (status 403); check what the token of this service may do",
                        null);
            default -> NotRead.unreachable("the host " + host + " answered with status " + status, null);
        };
    }

    private static boolean isLimit(Answer answer) {
        return answer.status() == 429
                || answer.status() == 403
                        && (answer.header("x-ratelimit-remaining").equals("0")
                                || !answer.header("retry-after").isEmpty());
    }

    private NotRead limited(Answer answer) {
        String reset = answer.header("x-ratelimit-reset");
        if (reset.matches("\\d{1,11}") && answer.header("retry-after").isEmpty()) {
            Instant opens = Instant.ofEpochSecond(Long.parseLong(reset));
            long wait = ChronoUnit.SECONDS.between(Instant.now(), opens);
            return NotRead.limited("the rate limit of " + host + " is used up until " + opens, bounded(wait));
        }
        String after = answer.header("retry-after");
        return NotRead.limited(
                "the host " + host + " asks to call less often",
                bounded(after.matches("\\d{1,9}") ? Long.parseLong(after) : 60));
    }

    private static int bounded(long seconds) {
        return (int) Math.clamp(seconds, 1, LONGEST_WAIT_SECONDS);
    }

    /** An answer that GitHub would not give: a proxy's page, a truncated text. */
    NotRead nonsense() {
        return NotRead.unreachable("the answer of " + host + " is not that of GitHub's API", null);
    }
}
