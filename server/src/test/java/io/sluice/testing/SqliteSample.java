package io.sluice.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;

/** A small SQLite database below a server's root of local files, and the service record for it. */
public final class SqliteSample {
    private SqliteSample() {}

    /** Makes the file and the service {@code db} with a table {@code contact} of that many rows. */
    public static void serve(TestServer server, Path data, int rows) throws Exception {
        Path file = Files.createDirectories(data.resolve("files")).resolve("sample.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("create table contact (id integer primary key autoincrement, name varchar(40) not null,"
                    + " age integer, email varchar(60) unique)");
            statement.execute(
                    "with recursive n(i) as (select 1 union all select i + 1 from n where i < " + rows + ")"
                            + " insert into contact (name, age, email) select 'Name ' || i, i % 90, 'n' || i || '@example.com' from n");
        }
        server.admin()
                .post(
                        "system/service",
                        Api.one(Map.of(
                                "name",
                                "db",
                                "label",
                                "Sample",
                                "type",
                                "sqlite",
                                "is_active",
                                true,
                                "config",
                                Map.of("database", file.toString()))))
                .expect(201);
    }
}
