package io.sluice.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;

/**
 * What a plain call is measured against: the least that Jetty, HikariCP, JDBC and Jackson can do for the three queries of
 * {@link ReadCall}, with nothing of Sluice. It is the prototype with which these libraries were chosen, cut down to them. It
 * knows the three addresses by heart: no routing, no access checks, no planning, no errors. A program of its own; its argument
 * is the JDBC address.
 */
final class BareCore extends Handler.Abstract {
    private static final String LIST = "select %s from contact order by id limit ? offset ?";
    private static final String ONE = "select %s from contact where id = ?";
    private static final int POOL = 16;
    private static final int THREADS = 200;
    private static final HttpField JSON_TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
    private static final JsonFactory JSON = JsonFactory.builder().build();

    private final HikariDataSource source;
    private final Query one = new Query(ONE.formatted(ContactTable.ALL_FIELDS));
    private final Query hundred = new Query(LIST.formatted(ContactTable.FIELDS));
    private final Query thousand = new Query(LIST.formatted(ContactTable.ALL_FIELDS));

    private BareCore(HikariDataSource source) {
        this.source = source;
    }

    /** A statement, and how its rows are written once that is known. */
    private static final class Query {
        private final String sql;
        private volatile @Nullable Plan plan;

        Query(String sql) {
            this.sql = sql;
        }

        Plan plan(ResultSet rows) throws SQLException {
            Plan known = plan;
            if (known == null) {
                known = Plan.of(rows.getMetaData());
                plan = known;
            }
            return known;
        }
    }

    public static void main(String[] arguments) throws Exception {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(arguments[0]);
        pool.setMaximumPoolSize(POOL);
        ServerConnector connector = serve(new BareCore(new HikariDataSource(pool)));
        Instant started = ProcessHandle.current().info().startInstant().orElseThrow();
        System.out.printf(
                "bare core ready on http://127.0.0.1:%d in %d ms%n",
                connector.getLocalPort(),
                Duration.between(started, Instant.now()).toMillis());
        // The input is the benchmark's: it ends when the benchmark ends, however that was.
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static ServerConnector serve(Handler handler) throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(THREADS);
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(handler);
        server.start();
        return connector;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        response.getHeaders().put(JSON_TYPE);
        try (OutputStream out = new BareSpool(length -> {
            if (length >= 0) {
                response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
            }
            return Content.Sink.asOutputStream(response);
        })) {
            answer(request, out);
        }
        callback.succeeded();
        return true;
    }

    private void answer(Request request, OutputStream out) throws SQLException, IOException {
        String path = request.getHttpURI().getPath();
        if (path.endsWith("/contact")) {
            boolean many = request.getHttpURI().getQuery().contains("limit=1000");
            list(many ? thousand : hundred, many ? 1_000 : 100, out);
        } else {
            one(Long.parseLong(path.substring(path.lastIndexOf('/') + 1)), out);
        }
    }

    private void one(long id, OutputStream out) throws SQLException, IOException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(one.sql)) {
            statement.setLong(1, id);
            try (ResultSet rows = statement.executeQuery();
                    JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
                rows.next();
                one.plan(rows).row(rows, json);
            }
        }
    }

    private void list(Query query, int limit, OutputStream out) throws SQLException, IOException {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(query.sql)) {
            statement.setInt(1, limit);
            statement.setInt(2, 0);
            try (ResultSet rows = statement.executeQuery()) {
                write(query, rows, out);
            }
        }
    }

    private static void write(Query query, ResultSet rows, OutputStream out) throws SQLException {
        Plan columns = query.plan(rows);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("resource");
            json.writeStartArray();
            while (rows.next()) {
                columns.row(rows, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private interface Column {
        void write(ResultSet rows, int index, JsonGenerator json) throws SQLException;
    }

    private record Plan(SerializedString[] names, Column[] columns) {
        static Plan of(ResultSetMetaData meta) throws SQLException {
            int n = meta.getColumnCount();
            SerializedString[] names = new SerializedString[n];
            Column[] columns = new Column[n];
            for (int i = 0; i < n; i++) {
                names[i] = new SerializedString(meta.getColumnLabel(i + 1).toLowerCase(Locale.ROOT));
                columns[i] = column(meta.getColumnType(i + 1));
            }
            return new Plan(names, columns);
        }

        void row(ResultSet rows, JsonGenerator json) throws SQLException {
            json.writeStartObject();
            for (int i = 0; i < columns.length; i++) {
                json.writeName(names[i]);
                columns[i].write(rows, i + 1, json);
            }
            json.writeEndObject();
        }

        /** Only texts and times of the table are ever null. */
        private static Column column(int type) {
            return switch (type) {
                case Types.BIGINT, Types.INTEGER -> (rows, i, json) -> json.writeNumber(rows.getLong(i));
                case Types.DOUBLE -> (rows, i, json) -> json.writeNumber(rows.getDouble(i));
                case Types.NUMERIC -> (rows, i, json) -> json.writeNumber(rows.getString(i));
                case Types.BIT, Types.BOOLEAN -> (rows, i, json) -> json.writeBoolean(rows.getBoolean(i));
                default ->
                    (rows, i, json) -> {
                        String value = rows.getString(i);
                        if (value == null) {
                            json.writeNull();
                        } else {
                            json.writeString(value);
                        }
                    };
            };
        }
    }
}
