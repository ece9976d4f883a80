package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** How two commits of {@link GithubHost} stand to each other, as GitHub's API tells it: {@code compare/OLDER...NEWER}. */
final class GithubComparison {
    private GithubComparison() {}

    /** @param commits what GitHub says of each, by id */
    static void answer(HttpExchange exchange, Map<String, Map<String, Object>> commits, String pair)
            throws IOException {
        String older = pair.split("\\.\\.\\.")[0];
        String newer = pair.substring(pair.lastIndexOf('.') + 1);
        if (!commits.containsKey(older) || !commits.containsKey(newer)) {
            GithubHost.json(exchange, 404, Map.of("message", "Not Found"));
            return;
        }
        String status = older.equals(newer)
                ? "identical"
                : isBehind(commits, older, newer) ? "ahead" : isBehind(commits, newer, older) ? "behind" : "diverged";
        GithubHost.json(exchange, 200, Map.of("status", status, "commits", List.of(), "files", List.of()));
    }

    private static boolean isBehind(Map<String, Map<String, Object>> commits, String older, String newer) {
        String commit = newer;
        while (!commit.equals(older) && !commit.isEmpty()) {
            List<?> parents = (List<?>) commits.get(commit).get("parents");
            commit = parents.isEmpty() ? "" : String.valueOf(((Map<?, ?>) parents.getFirst()).get("sha"));
        }
        return commit.equals(older);
    }
}
