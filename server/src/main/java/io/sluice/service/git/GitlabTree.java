package io.sluice.service.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GitLab's trees, told in pages that follow one another by a token (keyset pagination). */
record GitlabTree(GitlabNames names, JsonApi api) {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;\\s*rel=\"?next\"?");
    /** Older servers count pages though they were asked for tokens. */
    private static final List<Pattern> WHERE_IT_GOES_ON =
            List.of(Pattern.compile("[?&](page_token=[A-Za-z0-9._%=-]+)"), Pattern.compile("[?&](page=\\d+)"));

    private static final String PAGE = "&pagination=keyset&per_page=100";

    /** The pages of a tree at a commit; empty when there are more than that many. */
    Optional<List<Json>> pages(Spot spot, String commit, boolean recursive, int most) throws NotRead {
        String target = names.project(spot) + "/repository/tree?ref=" + commit
                + (spot.isRoot() ? "" : "&path=" + Encoded.segment(spot.path()))
                + (recursive ? "&recursive=true" : "")
                + PAGE;
        List<Json> pages = new ArrayList<>();
        Optional<String> from = Optional.of("");
        while (from.isPresent()) {
            if (pages.size() == most) {
                return Optional.empty();
            }
            ApiAnswer answer = api.ask(target + from.get());
            api.refusals().check(answer, Spot.shown(spot.toString()));
            pages.add(api.json(answer));
            from = next(answer);
        }
        return Optional.of(pages);
    }

    /** Only that is taken from the address of the next page: behind a proxy, the host may not know its own. */
    private static Optional<String> next(ApiAnswer answer) {
        Matcher link = NEXT.matcher(answer.header("link"));
        if (!link.find()) {
            return Optional.empty();
        }
        return WHERE_IT_GOES_ON.stream()
                .map(pattern -> pattern.matcher(link.group(1)))
                .filter(Matcher::find)
                .map(found -> "&" + found.group(1))
                .findFirst();
    }
}
