package io.sluice.service.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What GitLab's answers say. */
record GitlabAnswers(Refusals refusals) {
    private static final Set<String> PLAIN_FILES = Set.of("100644", "100755");

    private CommitAnswers commits() {
        return new CommitAnswers(refusals);
    }

    Commit commit(Json answer) throws NotRead {
        return commits()
                .commit(answer.at("id"), answer.at("committed_date"), answer.at("author_name"), answer.at("message"));
    }

    NamedCommit named(Json answer) throws NotRead {
        return commits().named(answer.at("name"), answer.at("commit", "id"));
    }

    /** Adds the plain files of a page of a tree to those by path. */
    void blobs(Json page, Map<String, String> blobs) throws NotRead {
        for (Json entry : page.items()) {
            if (PLAIN_FILES.contains(entry.at("mode").text().orElse(""))) {
                blobs.put(
                        entry.at("path").text().orElseThrow(refusals::nonsense),
                        commits().id(entry.at("id")));
            }
        }
    }

    /** The file as GitLab tells of it, and its path under the name that all hosts have. */
    Map<String, Object> file(Json answer) throws NotRead {
        Map<String, Object> shown = new LinkedHashMap<>(answer.fields());
        shown.put("path", answer.at("file_path").text().orElseThrow(refusals::nonsense));
        return shown;
    }
}
