package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.MariaServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MariaRoutineTest extends FreshSample {
    @Override
    DatabaseServer server(Path root) {
        return MariaServer.get();
    }

    @BeforeEach
    void make() {
        gone();
        server.run(config, """
                CREATE FUNCTION plus(a int, b int) RETURNS int DETERMINISTIC RETURN a + b;
                CREATE PROCEDURE in_city(IN wanted varchar(40)) SELECT id, name FROM customer WHERE city = wanted ORDER BY id;
                CREATE PROCEDURE both_kinds(IN a int, INOUT b int, OUT c decimal(8,2)) BEGIN SET b = a * b; SET c = 1.5; SELECT a AS x; END;
                CREATE PROCEDURE sets(IN a int) BEGIN SELECT a AS x; SELECT a + 1 AS y, 'z' AS z; END;
                CREATE PROCEDURE quiet() BEGIN DELETE FROM note; END;
                CREATE PROCEDURE fail() SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'out of paper';
                """);
    }

    @Test
    void allThatComesBackHasAnEnd() {
        server.run(config, """
                CREATE PROCEDURE much() BEGIN SELECT seq FROM seq_1_to_60000; SELECT seq FROM seq_1_to_60000; END;
                CREATE PROCEDURE many() BEGIN FOR i IN 1..1001 DO SELECT i; END FOR; END;
                """);
        assertThat(api.failure(Verb.GET, "_proc/much", null)).startsWith("400 The routine gives more than 100000 rows");
        assertThat(api.failure(Verb.GET, "_proc/many", null)).startsWith("400 The routine gives more than 1000 sets");
    }

    @AfterEach
    void gone() {
        server.run(config, """
                DROP FUNCTION IF EXISTS plus;
                DROP PROCEDURE IF EXISTS in_city;
                DROP PROCEDURE IF EXISTS both_kinds;
                DROP PROCEDURE IF EXISTS sets;
                DROP PROCEDURE IF EXISTS quiet;
                DROP PROCEDURE IF EXISTS fail;
                DROP PROCEDURE IF EXISTS much;
                DROP PROCEDURE IF EXISTS many;
                """);
    }

    @Test
    void listsAndDescribes() {
        is(api.get("_func?as_list=true"), "{`resource`:[`plus`]}");
        is(api.get("_proc?as_list=true"), "{`resource`:[`both_kinds`,`fail`,`in_city`,`quiet`,`sets`]}");
        Map<?, ?> both = named(api.get("_proc?ids=BOTH_kinds"), "resource", "both_kinds");
        assertThat(((List<?>) both.get("params")).stream().map(each -> (Object) ((Map<?, ?>) each).get("param_type")))
                .containsExactly("IN", "INOUT", "OUT");
    }

    @Test
    void calls() {
        is(api.get("_func/plus(1,2)"), "3");
        is(api.post("_func/plus", "{`a`:1,`b`:5}"), "6");
        is(api.get("_proc/in_city?wanted=Oslo"), "[{`id`:1,`name`:`Ann Vale`},{`id`:4,`name`:`Di Moss`}]");
        is(api.get("_proc/sets(4)"), "[[{`x`:4}],[{`y`:5,`z`:`z`}]]");
        is(api.post("_proc/both_kinds", "{`params`:[3,4]}"), "{`b`:12,`c`:1.5,`resource`:[{`x`:3}]}");
        is(
                api.post("_proc/both_kinds", "{`params`:{`a`:3,`b`:4},`wrapper`:`rows`}"),
                "{`b`:12,`c`:1.5,`rows`:[{`x`:3}]}");
        is(api.post("_proc/quiet", "{}"), "[]");
    }

    @Test
    void failuresAndHostileText() {
        assertThat(api.failure(Verb.GET, "_proc/fail", null))
                .isEqualTo("500 Failed to call database stored procedure. out of paper");
        assertThat(api.failure(Verb.GET, "_proc/nosuch(1)", null))
                .isEqualTo("404 Procedure 'nosuch' does not exist in the database.");
        for (String hostile : DatabaseContract.HOSTILE) {
            is(api.call(Verb.POST, "_proc/in_city", Map.of("params", List.of(hostile))), "[]");
        }
        is(api.get("_table/customer?count_only=true"), "6");
    }
}
