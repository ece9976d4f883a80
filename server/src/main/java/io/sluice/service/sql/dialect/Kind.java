package io.sluice.service.sql.dialect;

/** How values of a column are read, checked and bound. */
public enum Kind {
    INTEGER,
    /** Whole numbers beyond 64 bits signed. */
    BIG_INTEGER,
    DECIMAL,
    REAL,
    /** Of 32 bits: its shortest digits are fewer. */
    SINGLE,
    BOOLEAN,
    TEXT,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMP_TZ,
    UUID,
    JSON,
    /** JSON that travels as a tree, not as text. */
    JSON_TREE,
    BINARY,
    /** A list of values; travels as the text that the database makes of it, or of JSON. */
    ARRAY,
    /** Anything else; travels as the text that the database makes of it. */
    OTHER;

    public boolean numeric() {
        return switch (this) {
            case INTEGER, BIG_INTEGER, DECIMAL, REAL, SINGLE -> true;
            case BOOLEAN, TEXT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, UUID, JSON, JSON_TREE, BINARY, ARRAY, OTHER ->
                false;
        };
    }
}
