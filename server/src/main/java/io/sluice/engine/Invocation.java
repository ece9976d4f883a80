package io.sluice.engine;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param script {@code event:NAME} or {@code service:NAME}, for messages
 * @param event what the script sees as {@code event}; maps and lists are changed in place by the script
 * @param platform the data members of {@code platform}: {@code session}, {@code config}
 * @param calls answers {@code platform.api}
 * @param strict nothing that this script ran before may be reused for it but its compiled text ({@code isolation: strict})
 * @param outbound hosts that the script's record lets it call. To worker processes it is all that they reach; without any they have no
 *     network
 */
public record Invocation(
        String script,
        Map<String, @Nullable Object> event,
        Map<String, @Nullable Object> platform,
        PlatformCalls calls,
        Limits limits,
        boolean strict,
        List<String> outbound) {
    public Invocation {
        outbound = List.copyOf(outbound);
    }
}
