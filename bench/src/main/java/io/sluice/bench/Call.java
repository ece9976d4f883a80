package io.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as bytes, and what every answer to it must hold.
 *
 * @param status the answer's status; 0: any of 200 to 299
 */
record Call(String name, byte[] request, int status, List<Expected> expected) {

    /** So often must this text occur in the body. */
    record Expected(byte[] text, int times) {
        Expected(String text, int times) {
            this(text.getBytes(StandardCharsets.UTF_8), times);
        }
    }

    static Call get(String name, String path, String header, Expected... expected) {
        return of(name, "GET", path, header, "", expected);
    }

    /** {@code header} is one line such as {@code X-API-Key: abc}; an empty body is none. */
    static Call of(String name, String verb, String path, String header, String body, Expected... expected) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String type =
                body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n";
        String head = verb + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\n" + header
                + "\r\n" + type + "\r\n";
        return new Call(name, (head + body).getBytes(StandardCharsets.UTF_8), 0, List.of(expected));
    }

    /** The same, to be answered with that status. */
    Call answered(int itsStatus) {
        return new Call(name, request, itsStatus, expected);
    }

    /** Makes the call and looks at the answer; throws where it is not as expected. The look is not in the answer's time. */
    Answer on(HttpConnection connection) throws IOException {
        Answer answer = connection.call(request);
        check(answer);
        return answer;
    }

    private void check(Answer answer) {
        boolean right = status == 0 ? answer.status() >= 200 && answer.status() <= 299 : answer.status() == status;
        if (!right) {
            throw new BenchException("%s answered %d: %s".formatted(name, answer.status(), start(answer)));
        }
        for (Expected e : expected) {
            int times = answer.count(e.text());
            if (times != e.times()) {
                throw new BenchException("%s: the answer holds %s %d times, not %d: %s"
                        .formatted(
                                name, new String(e.text(), StandardCharsets.UTF_8), times, e.times(), start(answer)));
            }
        }
    }

    private static String start(Answer answer) {
        String text = answer.text();
        return text.substring(0, Math.min(400, text.length()));
    }
}
