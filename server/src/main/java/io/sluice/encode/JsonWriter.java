package io.sluice.encode;

import io.sluice.api.Content;
import io.sluice.api.Row;
import io.sluice.api.RowShape;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Trees and rows as JSON in UTF-8, straight into the stream. */
final class JsonWriter {
    /**
     * Nothing is closed or completed behind our back: a body that broke off must not look whole. Pairs of surrogates go out as
     * escapes, since half a pair, which scripts can make, would be an error otherwise.
     */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
            .disable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final JsonGenerator json;

    JsonWriter(JsonGenerator json) {
        this.json = json;
    }

    static void tree(@Nullable Object value, OutputStream out) {
        JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
        new JsonWriter(json).value(value);
        json.close();
    }

    /** {@code {"resource": […], "meta": {…}}}, the latter when there is any. After a failure the rest in the buffer is dropped. */
    static void rows(Content.Rows rows, OutputStream out) {
        JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
        JsonWriter writer = new JsonWriter(json);
        json.writeStartObject();
        json.writeName("resource");
        json.writeStartArray();
        rows.drainTo(new JsonRowSink(json, writer, rows.shape()));
        json.writeEndArray();
        Map<String, Object> meta = rows.meta();
        if (!meta.isEmpty()) {
            json.writeName("meta");
            writer.map(meta);
        }
        json.writeEndObject();
        json.close();
    }

    /** JSON text, for a cell that holds a tree. */
    static String text(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tree(value, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    void value(@Nullable Object value) {
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
            case Number number -> real(number.doubleValue(), number);
            case byte[] bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes));
            case Object[] array -> array(array);
            default -> json.writeString(value.toString());
        }
    }

    private void row(Row row) {
        RowShape shape = row.shape();
        json.writeStartObject();
        for (int column = 0; column < shape.size(); column++) {
            if (row.present(column)) {
                json.writeName(shape.jsonName(column));
                value(row.value(column));
            }
        }
        json.writeEndObject();
    }

    private void map(Map<?, ?> map) {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.writeName(String.valueOf(entry.getKey()));
            value(entry.getValue());
        }
        json.writeEndObject();
    }

    private void list(Iterable<?> list) {
        json.writeStartArray();
        for (Object element : list) {
            value(element);
        }
        json.writeEndArray();
    }

    private void array(@Nullable Object[] array) {
        json.writeStartArray();
        for (Object element : array) {
            value(element);
        }
        json.writeEndArray();
    }

    private void real(double value, Number number) {
        if (number instanceof Float single && Float.isFinite(single)) {
            json.writeNumber(single);
        } else if (number instanceof Short || number instanceof Byte) {
            json.writeNumber(number.intValue());
        } else {
            real(value);
        }
    }

    /** JSON has no word for what is not finite. */
    void real(double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
