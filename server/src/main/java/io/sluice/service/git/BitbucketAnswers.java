package io.sluice.service.git;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What answers of Bitbucket's cloud say, and how its lists go on. */
record BitbucketAnswers(JsonApi api) {
    private static final int MOST_PAGES = 100;

    private CommitAnswers commits() {
        return new CommitAnswers(api.refusals());
    }

    Commit commit(Json answer) throws NotRead {
        Json user = answer.at("author", "user", "display_name");
        Json author = user.text().isPresent() ? user : person(answer.at("author", "raw"));
        return commits().commit(answer.at("hash"), answer.at("date"), author, answer.at("message"));
    }

    /** {@code Ann Vale <ann@example.com>} without the address. */
    static Json person(Json raw) {
        return new Json(
                raw.text().map(text -> text.replaceFirst("\\s*<[^>]*>$", "")).orElse(null));
    }

    NamedCommit named(Json answer) throws NotRead {
        return commits().named(answer.at("name"), answer.at("target", "hash"));
    }

    /**
     * Elements of a list whose pages name the next one.
     *
     * @param target of the first page
     * @param most elements that are wanted
     */
    List<Json> values(String target, long most, String what) throws NotRead {
        List<Json> values = new ArrayList<>();
        Optional<String> page = Optional.of(target);
        for (int pages = 0; page.isPresent(); pages++) {
            if (pages == MOST_PAGES) {
                throw NotRead.missing("the list of " + what + " is too long to be told so far down");
            }
            Json answer = api.get(page.get(), what);
            if (!answer.at("values").isList()) {
                throw api.refusals().nonsense();
            }
            values.addAll(answer.at("values").items());
            page = values.size() < most ? next(answer) : Optional.empty();
        }
        return values.stream().limit(most).toList();
    }

    private Optional<String> next(Json answer) throws NotRead {
        Optional<String> address = answer.at("next").text();
        if (address.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(api.calls().target(address.get()).orElseThrow(api.refusals()::nonsense));
    }

    /** An entry of a folder, with the names that all hosts have beside those of Bitbucket. */
    Map<String, Object> entry(Json entry) throws NotRead {
        String path = entry.at("path").text().orElseThrow(api.refusals()::nonsense);
        String commit = entry.at("commit", "hash").text().orElse("");
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", path.substring(path.lastIndexOf('/') + 1));
        shown.put("path", path);
        shown.put("type", isFolder(entry) ? "dir" : "file");
        shown.put("node", commit);
        shown.put("revision", commit);
        entry.at("size").number().ifPresent(size -> shown.put("size", size));
        return shown;
    }

    static boolean isFolder(Json entry) {
        return entry.at("type").text().filter("commit_directory"::equals).isPresent();
    }
}
