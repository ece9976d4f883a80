package io.sluice.engine.php;

import io.sluice.api.Row;
import io.sluice.api.RowShape;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Data as a worker reads and writes them. Confined to one thread. */
final class EventJson {
    /** As deep as PHP reads JSON. */
    private static final int DEEPEST = 500;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .build();
    private static final JsonMapper READER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
    private final JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes);
    private int depth;

    /** The data go deeper than PHP can read. */
    static final class TooDeep extends Exception {
        private static final long serialVersionUID = 1;

        TooDeep() {
            super("The data are nested deeper than " + DEEPEST + " levels.");
        }
    }

    private EventJson() {}

    static byte[] write(@Nullable Object value) throws TooDeep {
        EventJson writer = new EventJson();
        writer.value(value);
        writer.json.close();
        return writer.bytes.toByteArray();
    }

    /** An object as a map; what is none is an empty one. */
    static Map<String, @Nullable Object> read(byte[] text, int from, int length) {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        if (READER.readValue(text, from, length, Object.class) instanceof Map<?, ?> read) {
            read.forEach((name, value) -> map.put(String.valueOf(name), value));
        }
        return map;
    }

    private void value(@Nullable Object value) throws TooDeep {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            case Row row -> row(row);
            case Map<?, ?> map -> map(map);
            case Iterable<?> list -> list(list);
            case BigDecimal number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case Number number -> real(number.doubleValue());
            case byte[] raw -> json.writeString(Base64.getEncoder().encodeToString(raw));
            default -> json.writeString(value.toString());
        }
    }

    private void row(Row row) throws TooDeep {
        RowShape shape = row.shape();
        enter();
        json.writeStartObject();
        for (int column = 0; column < shape.size(); column++) {
            if (row.present(column)) {
                json.writeName(shape.jsonName(column));
                value(row.value(column));
            }
        }
        json.writeEndObject();
        depth--;
    }

    private void map(Map<?, ?> map) throws TooDeep {
        enter();
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeName(String.valueOf(entry.getKey()));
            value(entry.getValue());
        }
        json.writeEndObject();
        depth--;
    }

    private void list(Iterable<?> list) throws TooDeep {
        enter();
        json.writeStartArray();
        for (Object element : list) {
            value(element);
        }
        json.writeEndArray();
        depth--;
    }

    private void enter() throws TooDeep {
        if (++depth > DEEPEST) {
            throw new TooDeep();
        }
    }

    private void real(double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
