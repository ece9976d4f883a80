package io.sluice.service.sql;

import io.sluice.service.SchemaSettings;
import io.sluice.service.ServiceType;
import io.sluice.service.sql.dialect.MariaDb;
import io.sluice.service.sql.dialect.PostgreSql;
import io.sluice.service.sql.dialect.Sqlite;
import java.nio.file.Path;
import java.util.List;

/** The kinds of databases that can be services. */
public final class SqlServiceTypes {
    private SqlServiceTypes() {}

    /** All of them, with a place for what the databases themselves cannot hold. */
    public static List<ServiceType> all(List<Path> fileRoots, SchemaSettings settings) {
        return all(fileRoots).stream()
                .<ServiceType>map(type -> new SqlServiceType(((SqlServiceType) type).dialect(), settings))
                .toList();
    }

    /**
     * All of them; labels, aliases and the like last as long as the process.
     *
     * @param fileRoots folders below which database files must lie; a relative file name is below the first
     */
    public static List<ServiceType> all(List<Path> fileRoots) {
        return List.of(
                new SqlServiceType(new PostgreSql()),
                new SqlServiceType(MariaDb.mysql()),
                new SqlServiceType(MariaDb.mariadb()),
                new SqlServiceType(new Sqlite(fileRoots)));
    }
}
