package io.sluice.service.git;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** What answers of Bitbucket Server and Data Center say. */
record BitbucketServerAnswers(Refusals refusals) {
    private CommitAnswers commits() {
        return new CommitAnswers(refusals);
    }

    Commit commit(Json answer) throws NotRead {
        OptionalLong millis = answer.at("committerTimestamp").number();
        if (millis.isEmpty()) {
            millis = answer.at("authorTimestamp").number();
        }
        return commits()
                .commit(
                        answer.at("id"),
                        Instant.ofEpochMilli(millis.orElseThrow(refusals::nonsense)),
                        answer.at("author", "name"),
                        answer.at("message"));
    }

    NamedCommit named(Json answer) throws NotRead {
        return commits().named(answer.at("displayId"), answer.at("latestCommit"));
    }

    /** An entry of a folder, with the names that all hosts have beside those of Bitbucket. */
    Map<String, Object> entry(Json entry, String prefix, String commit) throws NotRead {
        String path = prefix + entry.at("path", "toString").text().orElseThrow(refusals::nonsense);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", path.substring(path.lastIndexOf('/') + 1));
        shown.put("path", path);
        shown.put("type", type(entry.at("type").text().orElse("")));
        shown.put(
                "node",
                entry.at("contentId").text().or(() -> entry.at("node").text()).orElse(commit));
        shown.put("revision", commit);
        entry.at("size").number().ifPresent(size -> shown.put("size", size));
        return shown;
    }

    private static String type(String type) {
        return switch (type) {
            case "DIRECTORY" -> "dir";
            case "SUBMODULE" -> "submodule";
            default -> "file";
        };
    }
}
