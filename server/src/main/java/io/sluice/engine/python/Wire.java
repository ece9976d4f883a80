package io.sluice.engine.python;

import io.sluice.api.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.ByteArrayBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Event data as JSON in ASCII, and back. Half surrogate pairs, which JSON bodies can hold, go both ways as escapes. */
final class Wire {
    /** Deeper data is a mistake; whoever walks a tree may recurse. */
    private static final int MAX_DEPTH = 200;

    /** Python's own limit for whole numbers as text is 4,300 digits. */
    private static final int MAX_DIGITS = 5_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(FACTORY).build();

    private Wire() {}

    static byte[] bytes(@Nullable Object value) {
        ByteArrayBuilder out = new ByteArrayBuilder(1 << 14);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            write(json, value);
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Double number -> real(json, number);
            case BigDecimal number -> decimal(json, number);
            case BigInteger number -> json.writeNumber(number);
            case Number number -> real(json, number.doubleValue());
            case Row row -> row(json, row);
            case Map<?, ?> map -> map(json, map);
            case Collection<?> items -> {
                json.writeStartArray();
                items.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }

    private static void real(JsonGenerator json, double number) {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    /** One that is no finite float for Python is shown as text. */
    private static void decimal(JsonGenerator json, BigDecimal number) {
        if (Double.isFinite(number.doubleValue())) {
            json.writeNumber(number);
        } else {
            json.writeString(number.toString());
        }
    }

    private static void row(JsonGenerator json, Row row) {
        json.writeStartObject();
        for (int column = 0; column < row.shape().size(); column++) {
            if (row.present(column)) {
                json.writeName(row.shape().jsonName(column));
                write(json, row.value(column));
            }
        }
        json.writeEndObject();
    }

    private static void map(JsonGenerator json, Map<?, ?> map) {
        json.writeStartObject();
        map.forEach((name, value) -> {
            json.writeName(String.valueOf(name));
            write(json, value);
        });
        json.writeEndObject();
    }

    /** Maps, lists and scalars. {@link Unreadable} when it is no JSON, or deeper than any tree here may be. */
    static @Nullable Object read(byte[] bytes, int from, int length) throws Unreadable {
        try {
            return MAPPER.readValue(bytes, from, length, Object.class);
        } catch (JacksonException e) {
            throw new Unreadable(e);
        }
    }

    static Map<?, ?> map(byte[] bytes) throws Unreadable {
        if (read(bytes, 0, bytes.length) instanceof Map<?, ?> map) {
            return map;
        }
        throw new Unreadable(null);
    }

    /** What a worker sent cannot be read as data. */
    static final class Unreadable extends java.io.IOException {
        private static final long serialVersionUID = 1;

        Unreadable(@Nullable Throwable cause) {
            super("not readable as data", cause);
        }
    }
}
