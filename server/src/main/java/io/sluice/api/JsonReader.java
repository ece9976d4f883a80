package io.sluice.api;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * JSON to maps, lists and scalars, without loss: whole numbers as Integer, Long or BigInteger, others as BigDecimal. Pure.
 */
final class JsonReader {
    /** Deeper data is an attack or a mistake; whoever walks a tree may recurse. */
    static final int MAX_DEPTH = 200;

    /** Larger exponents are held in few bytes, but unfold to gigabytes once somebody calculates with them. */
    private static final int MAX_SCALE = 10_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonReader() {}

    /** The value; a 400 with line and column when the text is malformed. */
    static @Nullable Object read(byte[] bytes) {
        try {
            return read(bytes, 0, bytes.length);
        } catch (Malformed e) {
            throw ApiException.badRequest(
                    "The body " + e.what + " at line " + e.at.getLineNr() + ", column " + e.at.getColumnNr() + ".");
        }
    }

    /** The value of one line of many; a 400 with that line and a column when it is malformed. */
    static @Nullable Object line(byte[] bytes, int offset, int length, int line) {
        try {
            return read(bytes, offset, length);
        } catch (Malformed e) {
            throw ApiException.badRequest(
                    "Line " + line + " of the body " + e.what + " at column " + e.at.getColumnNr() + ".");
        }
    }

    private static @Nullable Object read(byte[] bytes, int offset, int length) throws Malformed {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            try {
                return document(parser);
            } catch (JacksonException e) {
                throw new Malformed(e.getLocation() == null ? parser.currentLocation() : e.getLocation());
            }
        }
    }

    private static @Nullable Object document(JsonParser parser) throws Malformed {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return null;
        }
        @Nullable Object value = value(parser, first);
        if (parser.nextToken() != null) {
            throw new Malformed(parser.currentTokenLocation());
        }
        return value;
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) throws Malformed {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new Malformed(parser.currentTokenLocation());
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws Malformed {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            int before = map.size();
            map.put(name, value(parser, parser.nextToken()));
            if (map.size() == before) {
                throw Malformed.twice(name, parser.currentTokenLocation());
            }
        }
        return map;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws Malformed {
        List<@Nullable Object> list = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            list.add(value(parser, token));
        }
        return list;
    }

    private static BigDecimal decimal(JsonParser parser) throws Malformed {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > MAX_SCALE) {
            throw new Malformed(parser.currentTokenLocation());
        }
        return number;
    }

    /** Where the text stops being JSON that can be taken, and why. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        private final String what;
        private final transient TokenStreamLocation at;

        Malformed(TokenStreamLocation at) {
            this("is malformed JSON", at);
        }

        private Malformed(String what, TokenStreamLocation at) {
            super(what, null, false, false);
            this.what = what;
            this.at = at;
        }

        /** One of the two would be lost, and which one is a matter of taste that others may not share. */
        static Malformed twice(String name, TokenStreamLocation at) {
            return new Malformed("holds the name '" + name + "' twice in one object, the second time", at);
        }
    }
}
