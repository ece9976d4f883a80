package io.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Calls hostile scripts, one after the other, all as the text of one script service. */
final class Attacker {
    /** After so many runs of a text its engine keeps what is costly to make, as far as it ever does. */
    private static final int RUNS_BEFORE = 5;

    private static final int BUSY = 503;
    private static final int LOOKS_AGAIN = 20;
    private static final int SAID = 160;

    private final ServerProcess server;
    private final ScriptKind kind;
    private final HostileLanguage language;
    private final OtherCalls others;
    private final int service;
    private final String path;
    private final String apiKey;
    private final String attack;

    /** @param secret file of the server that the scripts try to read */
    Attacker(ServerProcess server, ScriptKind kind, OtherCalls others, String secret) throws IOException {
        this.server = server;
        this.kind = kind;
        this.language = HostileLanguage.of(kind);
        this.others = others;
        String name = "hostile_" + kind.service();
        this.path = "/api/v2/" + name;
        this.attack = "?attack=1&secret=" + secret + "&port=" + server.port() + "&server=" + server.pid();
        try (Administrator admin = new Administrator(server.port())) {
            service = admin.scriptService(name, kind.language(), kind.isolation(), "", 1_000);
            apiKey = admin.app(name, Map.of(service, "*"));
        }
    }

    /** The service's other runs are made before and after it; only its own call is timed. */
    Attack attack(HostileScript script) {
        try {
            putIn(script);
        } catch (IOException | BenchException e) {
            return new Attack(
                    script, "not put in: " + e.getMessage(), 0, 0, false, false, new long[others.made().length]);
        }
        String before = "";
        for (int i = 0; i < RUNS_BEFORE; i++) {
            before = look();
        }
        long[] began = others.made();
        Answer answer = call(attack);
        long[] made = others.made();
        for (int i = 0; i < made.length; i++) {
            made[i] -= began[i];
        }
        String after = look();
        boolean unseen = before.contains("\"sees\"") && after.equals(before);
        return new Attack(
                script,
                unseen ? said(answer) : difference(before, after),
                answer.nanos() / 1e6,
                script.millisBeyond(answer),
                script.endedAsItShould(answer),
                unseen,
                made);
    }

    /** What the runs before and after it saw, from where they differ. */
    private static String difference(String before, String after) {
        int same = 0;
        while (same < before.length() && same < after.length() && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        return "seen before: " + part(before, same) + ", and after: " + part(after, same);
    }

    private static String part(String text, int from) {
        return text.substring(Math.max(0, from - 20), Math.min(text.length(), from + SAID));
    }

    private void putIn(HostileScript script) throws IOException {
        try (Administrator admin = new Administrator(server.port())) {
            admin.changeScript(
                    service,
                    kind.isolation(),
                    language.program(script),
                    script.timeoutMillis(),
                    language.memoryMegabytes(script));
        }
    }

    private static boolean waited(Answer answer) {
        return answer.status() == BUSY || answer.text().contains("waited for a free worker");
    }

    /** One that waited its time away, since the worker before it is just being replaced, is asked again: nobody's doing is seen in that. */
    private String look() {
        Answer answer = call("");
        for (int i = 0; i < LOOKS_AGAIN && waited(answer); i++) {
            answer = call("");
        }
        return answer.status() + " " + answer.text();
    }

    /** A connection each: the server may close the one that a hostile answer went over. No answer has the status 0. */
    private Answer call(String query) {
        long began = System.nanoTime();
        try (HttpConnection connection = new HttpConnection(server.port())) {
            return connection.call(
                    Call.get("hostile script", path + query, apiKey).request());
        } catch (IOException e) {
            byte[] words = ("no answer: " + e.getMessage()).getBytes(StandardCharsets.UTF_8);
            return new Answer(0, words, System.nanoTime() - began);
        }
    }

    private static String said(Answer answer) {
        byte[] body = answer.body();
        return answer.status() + " " + new String(body, 0, Math.min(SAID, body.length), StandardCharsets.UTF_8);
    }
}
