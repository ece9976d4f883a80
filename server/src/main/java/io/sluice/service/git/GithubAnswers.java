package io.sluice.service.git;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What answers in GitHub's shapes say; Gitea has the same. */
record GithubAnswers(Refusals refusals) {
    private static final Set<String> PLAIN_FILES = Set.of("100644", "100755");

    private CommitAnswers commits() {
        return new CommitAnswers(refusals);
    }

    Commit commit(Json answer) throws NotRead {
        return commits()
                .commit(
                        answer.at("sha"),
                        answer.at("commit", "committer", "date"),
                        answer.at("commit", "author", "name"),
                        answer.at("commit", "message"));
    }

    NamedCommit tag(Json answer) throws NotRead {
        return commits().named(answer.at("name"), answer.at("commit", "sha"));
    }

    /** Adds the plain files of a tree to those by path. */
    void blobs(Json tree, Map<String, String> blobs) throws NotRead {
        for (Json entry : tree.at("tree").items()) {
            if (PLAIN_FILES.contains(entry.at("mode").text().orElse(""))) {
                blobs.put(
                        entry.at("path").text().orElseThrow(refusals::nonsense),
                        commits().id(entry.at("sha")));
            }
        }
    }

    Map<String, String> blobs(Json tree) throws NotRead {
        Map<String, String> blobs = new LinkedHashMap<>();
        blobs(tree, blobs);
        return blobs;
    }
}
