package io.sluice.service.sql;

import io.sluice.service.SchemaSettings;
import io.sluice.service.ServiceType;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.DropInDrivers;
import io.sluice.service.sql.dialect.DuckDb;
import io.sluice.service.sql.dialect.H2;
import io.sluice.service.sql.dialect.MariaDb;
import io.sluice.service.sql.dialect.Oracle;
import io.sluice.service.sql.dialect.PostgreSql;
import io.sluice.service.sql.dialect.SqlServer;
import io.sluice.service.sql.dialect.Sqlite;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The kinds of databases that can be services. */
public final class SqlServiceTypes {
    private SqlServiceTypes() {}

    /** All of them, with drivers that are not shipped taken from the class path alone; settings last as long as the process. */
    static List<ServiceType> all(List<Path> fileRoots) {
        return all(fileRoots, Path.of("no-drivers"), SchemaSettings.inMemory());
    }

    /**
     * All of them, for registration.
     *
     * @param fileRoots folders below which database files must lie; a relative file name is below the first
     * @param drivers folder of the JDBC drivers that are not shipped; need not exist
     * @param settings a place for what the databases themselves cannot hold
     */
    public static List<ServiceType> all(List<Path> fileRoots, Path drivers, SchemaSettings settings) {
        DropInDrivers dropIns = new DropInDrivers(drivers);
        return Stream.<Dialect>of(
                        new PostgreSql(),
                        MariaDb.mysql(),
                        MariaDb.mariadb(),
                        new Sqlite(fileRoots),
                        new H2(fileRoots),
                        new DuckDb(fileRoots, dropIns),
                        new SqlServer(),
                        new Oracle(dropIns))
                .<ServiceType>map(dialect -> new SqlServiceType(dialect, settings))
                .toList();
    }
}
