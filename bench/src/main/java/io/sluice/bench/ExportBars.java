package io.sluice.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A million rows of ten columns as NDJSON and as CSV, out of a server with a heap of 128 MB. */
final class ExportBars {
    private static final int ROWS = 1_000_000;
    private static final int ROUNDS = 5;
    private static final double MOST_FIRST_BYTE_MS = 100;
    private static final String MEMORY = "-XX:+UseSerialGC -Xms32m -Xmx128m";
    private static final String MAKE = "create view contact_million as select contact.id + 100000 * copy as id, "
            + ContactTable.FIELDS.substring("id,".length()) + " from contact, generate_series(0, 9) copy";

    private ExportBars() {}

    /** The view that gives each contact ten times; closing drops it. */
    private record Million(Database database) implements AutoCloseable {
        static Million in(Database database) throws SQLException {
            run(database, MAKE);
            return new Million(database);
        }

        private static void run(Database database, String sql) throws SQLException {
            try (Connection connection = DriverManager.getConnection(database.url());
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            run(database, "drop view contact_million");
        }
    }

    static List<Finding> measure(Sluice sluice, Database database, Workspace workspace)
            throws IOException, SQLException, InterruptedException {
        Million million = workspace.open(() -> Million.in(database));
        ServerProcess server = sluice.serve(workspace.folder("data"), MEMORY, workspace);
        try {
            String key = apiKey(server, database);
            List<Finding> findings = new ArrayList<>();
            findings.addAll(export("NDJSON", "ndjson", ROWS, server, key));
            findings.addAll(export("CSV", "csv", ROWS + 1, server, key));
            return findings;
        } finally {
            workspace.end(server);
            workspace.end(million);
        }
    }

    private static String apiKey(ServerProcess server, Database database) throws IOException {
        try (Administrator admin = new Administrator(server.port())) {
            int service = admin.sqlService("pg", database, ROWS);
            return admin.app("bench", Map.of(service, "_table/*"));
        }
    }

    private static List<Finding> export(String name, String extension, int lines, ServerProcess server, String key)
            throws IOException {
        Call call = Call.get(name, "/api/v2/pg/_table/contact_million?file=million." + extension, key);
        double[] firstByte = new double[ROUNDS];
        double[] seconds = new double[ROUNDS];
        long bytes = 0;
        for (int i = 0; i < ROUNDS; i++) {
            try (HttpConnection connection = new HttpConnection(server.port())) {
                HttpConnection.Export export = connection.export(call.request());
                if (export.status() != 200 || export.lines() != lines) {
                    throw new BenchException("%s: status %d and %,d lines, not %,d"
                            .formatted(name, export.status(), export.lines(), lines));
                }
                firstByte[i] = export.firstByteNanos() / 1e6;
                seconds[i] = export.nanos() / 1e9;
                bytes = export.bytes();
            }
        }
        return findings(name, Estimate.of(firstByte), Estimate.of(seconds), firstByte[0], bytes, server);
    }

    private static List<Finding> findings(
            String name, Estimate firstByte, Estimate seconds, double cold, long bytes, ServerProcess server) {
        String first = "median of %d exports, %.1f to %.1f ms; the first of them %.1f ms"
                .formatted(ROUNDS, firstByte.low(), firstByte.high(), cold);
        String whole =
                "%.2f s (%.2f to %.2f), %,.0f rows/s, %.0f MB/s; RSS of all processes afterwards %.0f MB, heap 128 MB"
                        .formatted(
                                seconds.median(),
                                seconds.low(),
                                seconds.high(),
                                ROWS / seconds.median(),
                                bytes / 1e6 / seconds.median(),
                                ProcessFigures.residentBytesOfTree(server.pid()) / 1e6);
        return List.of(
                new Finding.Bar(
                        "export: first byte of 1,000,000 rows, " + name,
                        firstByte.median(),
                        MOST_FIRST_BYTE_MS,
                        "ms",
                        first),
                new Finding.Note("export: 1,000,000 rows of 10 columns, " + name, whole));
    }
}
