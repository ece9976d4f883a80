package io.sluice.bench;

/** The three reads of {@link ContactTable} that are measured against others, and what they may cost. */
enum ReadCall {
    ONE("one row by id", 1, "/54321", 0.75, "select %s from contact where id = 54321"),
    HUNDRED(
            "100 rows x 10 columns",
            100,
            "?fields=" + ContactTable.FIELDS + "&order=id&limit=100&offset=0",
            0.45,
            "select " + ContactTable.FIELDS + " from contact order by id limit 100 offset 0"),
    THOUSAND(
            "1000 rows x 20 columns",
            1_000,
            "?order=id&limit=1000&offset=0",
            0.25,
            "select %s from contact order by id limit 1000 offset 0");

    /** Most CPU, times the bare core's. */
    static final double MOST_OF_BARE = 1.25;

    private final String text;
    private final int rows;
    private final String path;
    private final double mostOfPeer;
    private final String sql;

    ReadCall(String text, int rows, String path, double mostOfPeer, String sql) {
        this.text = text;
        this.rows = rows;
        this.path = path;
        this.mostOfPeer = mostOfPeer;
        this.sql = sql;
    }

    String text() {
        return text;
    }

    int rows() {
        return rows;
    }

    /** What follows the table's name in the address. */
    String path() {
        return path;
    }

    /** Most CPU, times that of the service written by hand. */
    double mostOfPeer() {
        return mostOfPeer;
    }

    /** The same read in SQL. */
    String sql() {
        return sql.formatted(ContactTable.ALL_FIELDS);
    }
}
