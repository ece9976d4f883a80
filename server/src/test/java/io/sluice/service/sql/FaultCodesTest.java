package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.DropInDrivers;
import io.sluice.service.sql.dialect.Fault;
import io.sluice.service.sql.dialect.Oracle;
import io.sluice.service.sql.dialect.SqlServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.junit.jupiter.api.Test;

/** What the codes of servers mean that cannot be had for tests; messages as their makers document them. */
class FaultCodesTest {
    private static final Dialect SQL_SERVER = new SqlServer();
    private static final Dialect ORACLE = new Oracle(new DropInDrivers(Path.of("none")));

    private static void is(Dialect dialect, int code, String message, Fault expected) {
        assertThat(dialect.classify(new SQLException(message, "S0001", code)))
                .as("%s %d", dialect.name(), code)
                .isEqualTo(expected);
    }

    @Test
    void sqlServer() {
        is(
                SQL_SERVER,
                2627,
                "Violation of UNIQUE KEY constraint 'UQ_email'. Cannot insert duplicate key in object 'dbo.customer'. The duplicate key value is (a).",
                new Fault.Duplicate("UQ_email"));
        is(
                SQL_SERVER,
                2601,
                "Cannot insert duplicate key row in object 'dbo.customer' with unique index 'ix_email'. The duplicate key value is (a).",
                new Fault.Duplicate("ix_email"));
        is(
                SQL_SERVER,
                547,
                "The INSERT statement conflicted with the FOREIGN KEY constraint \"FK_c\". The conflict occurred in database \"shop\", table \"dbo.customer\", column 'id'.",
                new Fault.BrokenReference("FK_c", ""));
        is(
                SQL_SERVER,
                547,
                "The DELETE statement conflicted with the REFERENCE constraint \"FK_c\". The conflict occurred in database \"shop\", table \"dbo.orders\", column 'customer_id'.",
                new Fault.BrokenReference("FK_c", "orders"));
        is(
                SQL_SERVER,
                547,
                "The INSERT statement conflicted with the CHECK constraint \"CK_qty\". The conflict occurred in database \"shop\", table \"dbo.order_item\", column 'qty'.",
                new Fault.CheckFailed("CK_qty"));
        is(
                SQL_SERVER,
                515,
                "Cannot insert the value NULL into column 'name', table 'shop.dbo.customer'; column does not allow nulls. INSERT fails.",
                new Fault.NullValue("name"));
        is(
                SQL_SERVER,
                2628,
                "String or binary data would be truncated in table 'shop.dbo.customer', column 'name'. Truncated value: 'x'.",
                new Fault.BadValue("name"));
        is(
                SQL_SERVER,
                8115,
                "Arithmetic overflow error converting expression to data type int.",
                new Fault.BadValue(""));
        is(SQL_SERVER, 208, "Invalid object name 'dbo.nosuch'.", new Fault.UndefinedName());
        is(SQL_SERVER, 2714, "There is already an object named 'customer' in the database.", new Fault.AlreadyExists());
        is(SQL_SERVER, 1205, "Transaction (Process ID 52) was deadlocked on lock resources.", new Fault.InTheWay());
        is(SQL_SERVER, 229, "The SELECT permission was denied on the object 'customer'.", new Fault.NotAllowed());
        is(SQL_SERVER, 18456, "Login failed for user 'x'.", new Fault.Unreachable());
        is(SQL_SERVER, 102, "Incorrect syntax near 'x'.", new Fault.Other());
        assertThat(SQL_SERVER.classify(new SQLTimeoutException("The query has timed out.")))
                .isEqualTo(new Fault.TimedOut());
        assertThat(SQL_SERVER.classify(new SQLException("Connection reset", "08S01")))
                .isEqualTo(new Fault.Unreachable());
    }

    @Test
    void oracle() {
        is(ORACLE, 1, "ORA-00001: unique constraint (SHOP.UQ_EMAIL) violated", new Fault.Duplicate("UQ_EMAIL"));
        is(
                ORACLE,
                2291,
                "ORA-02291: integrity constraint (SHOP.FK_C) violated - parent key not found",
                new Fault.BrokenReference("FK_C", ""));
        is(
                ORACLE,
                2292,
                "ORA-02292: integrity constraint (SHOP.FK_C) violated - child record found",
                new Fault.BrokenReference("FK_C", ""));
        is(
                ORACLE,
                1400,
                "ORA-01400: cannot insert NULL into (\"SHOP\".\"CUSTOMER\".\"NAME\")",
                new Fault.NullValue("NAME"));
        is(ORACLE, 2290, "ORA-02290: check constraint (SHOP.CK_QTY) violated", new Fault.CheckFailed("CK_QTY"));
        is(
                ORACLE,
                12899,
                "ORA-12899: value too large for column \"SHOP\".\"CUSTOMER\".\"NAME\" (actual: 61, maximum: 60)",
                new Fault.BadValue("NAME"));
        is(ORACLE, 1722, "ORA-01722: invalid number", new Fault.BadValue(""));
        is(ORACLE, 942, "ORA-00942: table or view does not exist", new Fault.UndefinedName());
        is(ORACLE, 955, "ORA-00955: name is already used by an existing object", new Fault.AlreadyExists());
        is(ORACLE, 1013, "ORA-01013: user requested cancel of current operation", new Fault.TimedOut());
        is(ORACLE, 60, "ORA-00060: deadlock detected while waiting for resource", new Fault.InTheWay());
        is(ORACLE, 1031, "ORA-01031: insufficient privileges", new Fault.NotAllowed());
        is(ORACLE, 12541, "ORA-12541: Cannot connect. No listener at host x port 1521.", new Fault.Unreachable());
        is(ORACLE, 900, "ORA-00900: invalid SQL statement", new Fault.Other());
    }
}
