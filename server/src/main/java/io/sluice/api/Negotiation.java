package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * In which form a caller wants data. Does not hold for answers that have a content type of their own (files, a script's
 * text). Pure.
 */
public final class Negotiation {
    private Negotiation() {}

    /**
     * What was chosen.
     *
     * @param found empty when nothing that Sluice writes is wanted, which may be right for a file
     * @param headers to be added to the answer: {@code Content-Disposition} when a download was asked for
     */
    public record Choice(Optional<Format> found, Map<String, String> headers) {
        public Choice {
            headers = Map.copyOf(headers);
        }

        /** The form for data; a 406 when nothing that Sluice writes is wanted. */
        public Format format() {
            return found.orElseThrow(() -> new ApiException(ApiError.of(
                    406,
                    "No acceptable form: this answer can be had as application/json, application/xml, text/csv or"
                            + " application/x-ndjson.")));
        }
    }

    /**
     * {@code file=name.csv} decides by its extension, then the query's {@code accept}, then the header {@code Accept}; with
     * neither, JSON.
     */
    public static Choice of(ApiRequest request) {
        Optional<String> file = request.parameters()
                .text("file")
                .filter(value -> !value.equalsIgnoreCase("false") && !value.equals("0"))
                .map(value -> fileName(value, request.resource()));
        if (file.isEmpty()) {
            return new Choice(accepted(request), Map.of());
        }
        Optional<Format> format = byExtension(file.get()).or(() -> accepted(request));
        return new Choice(format, Map.of("Content-Disposition", disposition(file.get())));
    }

    /** {@code file=true} names the download after the resource. */
    private static String fileName(String value, ResourcePath resource) {
        if (!Parameters.isTrue(value)) {
            return value;
        }
        String last = resource.at(resource.size() - 1);
        return (last.isEmpty() ? "download" : last) + ".json";
    }

    private static Optional<Format> byExtension(String file) {
        return switch (file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "json" -> Optional.of(Format.JSON);
            case "xml" -> Optional.of(Format.XML);
            case "csv" -> Optional.of(Format.CSV);
            case "ndjson", "jsonl" -> Optional.of(Format.NDJSON);
            default -> Optional.empty();
        };
    }

    private static String disposition(String file) {
        String plain = file.replaceAll("[^ -~]|[\"\\\\/:*?<>|;]", "_");
        String header = "attachment; filename=\"" + plain + "\";";
        boolean ascii = file.chars().allMatch(c -> c < 0x80);
        return ascii ? header : header + " filename*=UTF-8''" + escaped(file);
    }

    private static String escaped(String file) {
        StringBuilder text = new StringBuilder();
        for (byte b : file.getBytes(StandardCharsets.UTF_8)) {
            if (b > 0 && (Character.isLetterOrDigit(b) || b == '.' || b == '-' || b == '_')) {
                text.append((char) b);
            } else {
                text.append('%').append(String.format(Locale.ROOT, "%02X", b & 0xff));
            }
        }
        return text.toString();
    }

    private static Optional<Format> accepted(ApiRequest request) {
        Optional<String> wanted =
                request.parameters().text("accept").or(() -> request.headers().first("accept"));
        return wanted.isEmpty() ? Optional.of(Format.JSON) : best(wanted.get());
    }

    /** The supported type of highest quality, the first among equals. A list that takes anything is given JSON. */
    private static Optional<Format> best(String accept) {
        Optional<Format> best = Optional.empty();
        double bestQuality = 0;
        for (String range : accept.split(",")) {
            MediaType type = MediaType.of(range);
            double quality = quality(type);
            if (quality > 0 && type.name().equals("*/*")) {
                return Optional.of(Format.JSON);
            }
            Optional<Format> format = format(type);
            if (quality > bestQuality && format.isPresent()) {
                best = format;
                bestQuality = quality;
            }
        }
        return best;
    }

    private static Optional<Format> format(MediaType type) {
        if (type.isJson()
                || type.isText()
                || type.name().equals("application/*")
                || type.name().equals("text/*")) {
            return Optional.of(Format.JSON);
        }
        if (type.name().equals("application/xml") || type.name().equals("text/xml")) {
            return Optional.of(Format.XML);
        }
        if (type.isJsonLines()) {
            return Optional.of(Format.NDJSON);
        }
        return type.isCsv() ? Optional.of(Format.CSV) : Optional.empty();
    }

    private static double quality(MediaType type) {
        String q = type.parameter("q");
        if (q.isEmpty()) {
            return 1;
        }
        try {
            return Double.parseDouble(q);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
