package io.sluice.http;

import io.sluice.api.ApiResponse;
import io.sluice.api.Content;
import io.sluice.api.Format;
import java.util.Map;

/** The page at {@code /}. */
final class HomePage {
    private static final String HTML = """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>Sluice</title>
            <style>body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem }</style>
            <h1>Sluice</h1>
            <p>A REST API in front of databases, files and Git hosts.</p>
            <ul>
            <li><a href="/api/v2">/api/v2</a> &mdash; the API: the services that you can reach</li>
            <li><a href="/status">/status</a> &mdash; what runs here</li>
            <li><a href="/health/ready">/health/ready</a> &mdash; for monitors</li>
            </ul>
            </html>
            """;

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type",
            "text/html",
            "X-Content-Type-Options",
            "nosniff",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");

    private HomePage() {}

    static ApiResponse answer() {
        return new ApiResponse(200, HEADERS, new Content.Tree(HTML), Format.JSON, false);
    }
}
