package io.sluice.webhook;

/** What a delivery is about, once its sender is proved. */
sealed interface Message {
    /** The host tries out whether somebody is there. */
    record Ping() implements Message {}

    /** Branches or tags of a repository moved. */
    record Push(Claim claim) implements Message {}

    /** Something that moves no branch. */
    record Other(String why) implements Message {}

    /** It does not have the form that this event has. */
    record Unreadable(String why) implements Message {}

    /** The push, unless it lacks names or its names cannot be names. */
    static Message push(Claim claim) {
        return claim.isPlain()
                ? new Push(claim)
                : new Unreadable("it does not name a repository and a branch or tag as this host's pushes do");
    }

    static Message other(String event) {
        return new Other(event.isEmpty() ? "it names no event" : "the event '" + event + "' moves no branch or tag");
    }
}
