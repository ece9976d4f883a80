package io.sluice.service.sql;

import io.sluice.service.ServiceType;
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

/** The kinds of databases that can be services. */
public final class SqlServiceTypes {
    private SqlServiceTypes() {}

    /** All of them, with drivers that are not shipped taken from the class path alone. */
    static List<ServiceType> all(List<Path> fileRoots) {
        return all(fileRoots, Path.of("no-drivers"));
    }

    /**
     * All of them, for registration.
     *
     * @param fileRoots folders below which database files must lie; a relative file name is below the first
     * @param drivers folder of the JDBC drivers that are not shipped; need not exist
     */
    public static List<ServiceType> all(List<Path> fileRoots, Path drivers) {
        DropInDrivers dropIns = new DropInDrivers(drivers);
        return List.of(
                new SqlServiceType(new PostgreSql()),
                new SqlServiceType(MariaDb.mysql()),
                new SqlServiceType(MariaDb.mariadb()),
                new SqlServiceType(new Sqlite(fileRoots)),
                new SqlServiceType(new H2(fileRoots)),
                new SqlServiceType(new DuckDb(fileRoots, dropIns)),
                new SqlServiceType(new SqlServer()),
                new SqlServiceType(new Oracle(dropIns)));
    }
}
