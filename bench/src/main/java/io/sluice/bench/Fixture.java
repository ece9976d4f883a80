package io.sluice.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A Sluice set up for measuring: the services {@code pg} and {@code scripted} over the same database, a script service
 * {@code greet}, and an app whose role may use all three.
 *
 * @param apiKey of that app, as a header line
 */
record Fixture(String apiKey) {
    static final String EVENT = "scripted._table.contact.get.post_process";

    /** Adds a field to each row, made from two others. */
    static final String SCRIPT = """
        event.response.content.resource.forEach(function (row) {
            row.full_name = row.first_name + ' ' + row.last_name;
        });
        """;

    private static final String GREETING =
            "return {greeting: 'Hello ' + (event.request.parameters.name || 'world'), verb: event.request.method};";
    private static final String ROW_FIELD = "\"created_at\":";
    private static final String ADDED_FIELD = "\"full_name\":";

    static Fixture make(ServerProcess sluice, Database database) throws IOException {
        try (Administrator admin = new Administrator(sluice.port())) {
            int plain = admin.sqlService("pg", database);
            int scripted = admin.sqlService("scripted", database);
            int greet = admin.scriptService("greet", GREETING);
            return new Fixture(admin.app("bench", Map.of(plain, "_table/*", scripted, "_table/*", greet, "*")));
        }
    }

    /** Puts the event script onto the list of the service {@code scripted}. */
    static void addScript(ServerProcess sluice) throws IOException {
        try (Administrator admin = new Administrator(sluice.port())) {
            admin.eventScript(EVENT, "nodejs", "auto", SCRIPT);
        }
    }

    /** 100 rows of 10 columns; the same bytes are sent to the bare core. */
    Call plainList() {
        return list("plain GET", "pg", 0);
    }

    /** The same bytes are sent to the bare core and to the peer. */
    Call read(ReadCall call) {
        return Call.get(
                call.text(),
                "/api/v2/pg/_table/contact" + call.path(),
                apiKey,
                new Call.Expected(ROW_FIELD, call.rows()));
    }

    /** The same list from the service {@code scripted}, each row with the script's field. */
    Call scriptedList() {
        return list("scripted GET", "scripted", ContactTable.ROWS);
    }

    private Call list(String name, String service, int added) {
        String path = "/api/v2/" + service + "/_table/contact?fields=" + ContactTable.FIELDS + "&order=id&limit="
                + ContactTable.ROWS + "&offset=0";
        return Call.get(
                name,
                path,
                apiKey,
                new Call.Expected(ROW_FIELD, ContactTable.ROWS),
                new Call.Expected(ADDED_FIELD, added));
    }

    Call filteredList(int i) {
        String filter = encoded("(country = 'DE') and (balance > " + (i * 10) + ")");
        return Call.get(
                "filtered GET",
                "/api/v2/pg/_table/contact?filter=" + filter + "&order=id&limit=20",
                apiKey,
                new Call.Expected(ROW_FIELD, 20));
    }

    Call greeting(int i) {
        return Call.get(
                "script service",
                "/api/v2/greet/someone?name=n" + i,
                apiKey,
                new Call.Expected("\"Hello n" + i + "\"", 1));
    }

    Call create(int i) {
        String row = "{\"resource\":[{\"first_name\":\"F%d\",\"last_name\":\"L\",\"email\":\"f%d@example.com\"}]}";
        return Call.of("POST", "POST", "/api/v2/pg/_table/contact_new", apiKey, row.formatted(i, i));
    }

    Call change(int id) {
        return Call.of("PATCH", "PATCH", "/api/v2/pg/_table/contact_new/" + id, apiKey, "{\"city\":\"Zürich\"}");
    }

    Call delete(int id) {
        return Call.of("DELETE", "DELETE", "/api/v2/pg/_table/contact_new/" + id, apiKey, "");
    }

    private static String encoded(String parameter) {
        return URLEncoder.encode(parameter, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
