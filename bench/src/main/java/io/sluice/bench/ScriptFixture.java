package io.sluice.bench;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A Sluice set up for measuring scripts: the service {@code pg}, on which none listens, and one for each kind of script, all over
 * the same database; a script service of each kind that never ends; and an app whose role may use them.
 *
 * @param apiKey of that app, as a header line
 */
record ScriptFixture(String apiKey) {
    static final String PLAIN = "pg";
    private static final int ENDLESS_MS = 200;
    private static final String ID_FIELD = "\"visits\":";
    private static final String FLAG = "\"flag\":\"ok\"";
    private static final String ADDED_FIELD = "\"full_name\":";

    static ScriptFixture make(ServerProcess sluice, Database database, List<ScriptKind> kinds) throws IOException {
        try (Administrator admin = new Administrator(sluice.port())) {
            Map<Integer, String> components = new HashMap<>();
            components.put(admin.sqlService(PLAIN, database), "_table/*");
            for (ScriptKind kind : kinds) {
                components.put(admin.sqlService(kind.service(), database), "_table/*");
                components.put(
                        admin.scriptService(
                                kind.endlessService(), kind.language(), kind.isolation(), kind.endless(), ENDLESS_MS),
                        "*");
            }
            return new ScriptFixture(admin.app("bench", components));
        }
    }

    /** Puts both event scripts of that kind onto its service. */
    static void addScripts(ServerProcess sluice, ScriptKind kind) throws IOException {
        try (Administrator admin = new Administrator(sluice.port())) {
            String table = kind.service() + "._table.contact";
            admin.eventScript(table + ".{id}.get.post_process", kind.language(), kind.isolation(), kind.forOne());
            admin.eventScript(table + ".get.post_process", kind.language(), kind.isolation(), kind.forRows());
        }
    }

    /** Puts a script before the reads of one record, which throws when it is asked to. */
    static void addFailures(ServerProcess sluice, ScriptKind kind) throws IOException {
        try (Administrator admin = new Administrator(sluice.port())) {
            admin.eventScript(
                    kind.service() + "._table.contact.{id}.get.pre_process",
                    kind.language(),
                    kind.isolation(),
                    kind.failing());
        }
    }

    /** One record that the script before it refuses. */
    Call refused(ScriptKind kind) {
        return Call.get(
                        "refused record of " + kind.service(),
                        "/api/v2/" + kind.service() + "/_table/contact/54321?fail=1",
                        apiKey,
                        new Call.Expected("asked to fail", 1))
                .answered(500);
    }

    /** A script that never ends, so that its time limit ends it. */
    Call endless(ScriptKind kind) {
        return Call.get("endless script", "/api/v2/" + kind.endlessService(), apiKey)
                .answered(504);
    }

    /** One record of 20 columns. */
    Call one(String service, boolean scripted) {
        return Call.get(
                "one record of " + service,
                "/api/v2/" + service + "/_table/contact/54321",
                apiKey,
                new Call.Expected(ID_FIELD, 1),
                new Call.Expected(FLAG, scripted ? 1 : 0));
    }

    /** 100 records of 20 columns. */
    Call rows(String service, boolean scripted) {
        return Call.get(
                "100 records of " + service,
                "/api/v2/" + service + "/_table/contact?order=id&limit=100",
                apiKey,
                new Call.Expected(ID_FIELD, 100),
                new Call.Expected(ADDED_FIELD, scripted ? 100 : 0));
    }
}
