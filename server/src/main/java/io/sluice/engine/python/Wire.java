package io.sluice.engine.python;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import io.sluice.api.Utf8Buffer;
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

/** Event data as JSON, and back. Half surrogate pairs, which JSON bodies can hold, go both ways as escapes. */
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

    private final ByteArrayBuilder out = new ByteArrayBuilder(1 << 14);
    private final JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    private final Utf8Buffer held = new Utf8Buffer(out);

    private Wire() {}

    static byte[] bytes(@Nullable Object value) {
        Wire wire = new Wire();
        try (wire.json) {
            wire.write(value);
        }
        return wire.out.toByteArray();
    }

    private void write(@Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean flag -> json.writeBoolean(flag);
            case Double number -> real(number);
            case BigDecimal number -> decimal(number);
            case BigInteger number -> json.writeNumber(number);
            case Number number -> real(number.doubleValue());
            case Row row -> row(row);
            case Map<?, ?> map -> map(map);
            case Collection<?> items -> {
                json.writeStartArray();
                items.forEach(this::write);
                json.writeEndArray();
            }
            default -> json.writeString(value.toString());
        }
    }

    private void real(double number) {
        if (Double.isFinite(number)) {
            json.writeNumber(number);
        } else {
            json.writeNull();
        }
    }

    /** One that is no finite float for Python is shown as text. */
    private void decimal(BigDecimal number) {
        if (Double.isFinite(number.doubleValue())) {
            json.writeNumber(number);
        } else {
            json.writeString(number.toString());
        }
    }

    private void row(Row row) {
        RowShape shape = row.shape();
        if (shape.size() > 0 && row.heldUntil(0) == shape.size()) {
            asHeld(row);
            return;
        }
        json.writeStartObject();
        for (int column = 0; column < shape.size(); column++) {
            if (row.present(column)) {
                json.writeName(shape.jsonName(column));
                write(row.value(column));
            }
        }
        json.writeEndObject();
    }

    /** The JSON that its cells are in goes as it stands, between what the generator has written and will write. */
    private void asHeld(Row row) {
        json.writeRawValue("");
        json.flush();
        held.ascii('{');
        row.putHeld(0, row.shape().size(), true, held);
        held.ascii('}');
        held.flush();
    }

    private void map(Map<?, ?> map) {
        json.writeStartObject();
        map.forEach((name, value) -> {
            json.writeName(String.valueOf(name));
            write(value);
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
