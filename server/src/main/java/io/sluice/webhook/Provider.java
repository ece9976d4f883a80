package io.sluice.webhook;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of hosts whose deliveries are understood. */
enum Provider {
    GITHUB(new GithubSender()),
    GITLAB(new GitlabSender()),
    BITBUCKET(new BitbucketSender()),
    GITEA(new GiteaSender()),
    GENERIC(new GenericSender());

    private final Sender sender;

    Provider(Sender sender) {
        this.sender = sender;
    }

    Sender sender() {
        return sender;
    }

    /** As records spell it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Provider> parse(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Provider::word).toList();
    }
}
