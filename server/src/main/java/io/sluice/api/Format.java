package io.sluice.api;

/** The forms in which trees and rows are written. */
public enum Format {
    JSON("application/json", true),
    XML("application/xml", true),
    CSV("text/csv", false),
    /** A record per line, each of them JSON. */
    NDJSON("application/x-ndjson", false);

    private final String mediaType;
    private final boolean envelope;

    Format(String mediaType, boolean envelope) {
        this.mediaType = mediaType;
        this.envelope = envelope;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Records stand inside something that has room for {@code meta}; otherwise there is nothing but records. */
    public boolean hasEnvelope() {
        return envelope;
    }
}
