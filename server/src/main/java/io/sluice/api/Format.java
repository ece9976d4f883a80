package io.sluice.api;

/** The forms in which trees and rows are written. */
public enum Format {
    JSON("application/json"),
    XML("application/xml"),
    CSV("text/csv");

    private final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    public String mediaType() {
        return mediaType;
    }
}
