package io.sluice.api;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;

/**
 * A content type taken apart.
 *
 * @param name lower case, without parameters; empty when none was sent
 * @param parameters what follows the first semicolon, as sent
 */
public record MediaType(String name, String parameters) {

    public static MediaType of(String contentType) {
        int semicolon = contentType.indexOf(';');
        String name = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        String parameters = semicolon < 0 ? "" : contentType.substring(semicolon + 1);
        return new MediaType(name.trim().toLowerCase(Locale.ROOT), parameters);
    }

    public boolean isJson() {
        return name.equals("application/json") || name.equals("text/json") || name.endsWith("+json");
    }

    public boolean isXml() {
        return name.equals("application/xml") || name.equals("text/xml") || name.endsWith("+xml");
    }

    public boolean isCsv() {
        return name.equals("text/csv") || name.equals("application/csv");
    }

    /** JSON, one value per line. It has several names and none is registered. */
    public boolean isJsonLines() {
        return switch (name) {
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" -> true;
            default -> false;
        };
    }

    public boolean isForm() {
        return name.equals("application/x-www-form-urlencoded");
    }

    public boolean isText() {
        return name.equals("text/plain");
    }

    /** The body is one of the forms in which records travel, or may be, since nothing was said. */
    public boolean isData() {
        return name.isEmpty() || isJson() || isXml() || isCsv() || isJsonLines() || isForm();
    }

    /** The value of a parameter, quotes taken off; empty when it is not there. */
    public String parameter(String wanted) {
        for (String part : parameters.split(";")) {
            int eq = part.indexOf('=');
            if (eq > 0 && part.substring(0, eq).trim().equalsIgnoreCase(wanted)) {
                return part.substring(eq + 1).trim().replace("\"", "");
            }
        }
        return "";
    }

    /** The character set that was named, else UTF-8. One that does not exist is a 400. */
    public Charset charset() {
        String named = parameter("charset");
        if (named.isEmpty()) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(named);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw ApiException.badRequest("The character set '" + named + "' of the body is unknown; use UTF-8.");
        }
    }
}
