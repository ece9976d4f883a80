package io.sluice.service.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.api.Verb;
import io.sluice.service.EventPath;
import io.sluice.testing.DatabaseServer;
import io.sluice.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Fault F45 where the name that is asked for is not the name that the rights are given for. */
class F45_RoutinesJunctionsAliasesTest extends NamedRightsContract {
    @Override
    DatabaseServer server(Path root) {
        return PostgresServer.get();
    }

    private void makeWipe() {
        server.run(config, "CREATE PROCEDURE wipe(t text DEFAULT '') LANGUAGE sql AS 'DELETE FROM note'");
    }

    @Test
    void noSpellingOfAForbiddenRoutineCallsIt() {
        makeWipe();
        SqlApi few = api.with(RelatedContract.rights(Set.of("wipe"), Map.of()));
        Object before = api.get("_table/note?count_only=true");
        for (String spelling :
                List.of("wipe(", "wipe ", " wipe", "wipe()x", "wipe()", "wipe('a)b')", "WIPE", "wipe ()", "wipe()(")) {
            assertThat(few.failure(Verb.POST, "_proc/" + spelling, "{}"))
                    .as("'%s'", spelling)
                    .matches("40[34] .*");
        }
        assertThat(api.get("_table/note?count_only=true")).isEqualTo(before);
        is(api.post("_proc/wipe(')')", "{}"), "[]");
        is(api.get("_table/note?count_only=true"), "0");
    }

    @Test
    void theEventOfARoutineHasItsOwnName() {
        makeWipe();
        for (String spelling : List.of("wipe", "WIPE", "Wipe('x')", "wipe('a/b')")) {
            assertThat(api.service().events(api.request(Verb.POST, "_proc/" + spelling, null)))
                    .extracting(EventPath::path)
                    .as(spelling)
                    .containsExactly("sample._proc.{procedure_name}", "sample._proc.wipe");
        }
    }
}
