package io.sluice.service.git;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Commits out of answers, checked: what has no id or no date is no commit. */
record CommitAnswers(Refusals refusals) {
    Commit commit(Json id, Json date, Json author, Json message) throws NotRead {
        return commit(id, at(date), author, message);
    }

    Commit commit(Json id, Instant at, Json author, Json message) throws NotRead {
        return new Commit(id(id), at, author.text(), message.text().flatMap(Commit::firstLine));
    }

    String id(Json id) throws NotRead {
        return id.text().filter(text -> text.matches("[0-9a-f]{40}")).orElseThrow(refusals::nonsense);
    }

    private Instant at(Json date) throws NotRead {
        try {
            return OffsetDateTime.parse(date.text().orElseThrow(refusals::nonsense))
                    .toInstant();
        } catch (DateTimeException e) {
            throw refusals.nonsense();
        }
    }

    NamedCommit named(Json name, Json commit) throws NotRead {
        Optional<String> text = name.text();
        return new NamedCommit(text.orElseThrow(refusals::nonsense), id(commit));
    }
}
