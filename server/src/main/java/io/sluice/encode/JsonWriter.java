package io.sluice.encode;

import io.sluice.api.Content;
import io.sluice.api.Row;
import io.sluice.api.Utf8Buffer;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Trees and rows as JSON in UTF-8, straight into the stream: trees by the library, rows by {@link JsonRowSink}, also those that lie in trees. */
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

    /** Lines are ended here, each with its record, not by what comes after it. */
    private static final JsonFactory LINES =
            FACTORY.rebuild().rootValueSeparator((String) null).build();

    private final OutputStream out;
    private final JsonGenerator json;

    private JsonWriter(JsonFactory factory, OutputStream out) {
        this.out = out;
        this.json = factory.createGenerator(ObjectWriteContext.empty(), out);
    }

    static void tree(@Nullable Object value, OutputStream out) {
        JsonWriter writer = new JsonWriter(FACTORY, out);
        writer.value(value);
        writer.json.close();
    }

    /** {@code {"resource": […], "meta": {…}}}, the latter when there is any. After a failure the rest in the buffer is dropped. */
    static void rows(Content.Rows rows, OutputStream out) {
        Utf8Buffer json = new Utf8Buffer(out);
        json.ascii("{\"resource\":[");
        rows.drainTo(new JsonRowSink(json, out, rows.shape(), false));
        json.ascii(']');
        Map<String, Object> meta = rows.meta();
        if (!meta.isEmpty()) {
            json.ascii(",\"meta\":");
            json.empty();
            tree(meta, out);
        }
        json.ascii('}');
        json.empty();
    }

    /** A line per record, nothing else. */
    static void lines(Content.Rows rows, OutputStream out) {
        Utf8Buffer json = new Utf8Buffer(out);
        rows.drainTo(new JsonRowSink(json, out, rows.shape(), true));
        json.empty();
    }

    /** The elements of a list, or of the list in {@code resource}, each on a line; anything else is one line. */
    static void lines(@Nullable Object value, OutputStream out) {
        JsonWriter writer = new JsonWriter(LINES, out);
        @Nullable
        Object records =
                value instanceof Map<?, ?> map && map.get("resource") instanceof Iterable<?> list ? list : value;
        if (records instanceof Iterable<?> list) {
            list.forEach(writer::line);
        } else {
            writer.line(value);
        }
        writer.json.close();
    }

    private void line(@Nullable Object value) {
        value(value);
        json.writeRaw('\n');
    }

    /** JSON text, for a cell that holds a tree. */
    static String text(@Nullable Object value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        tree(value, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private void value(@Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case String text -> json.writeString(text);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case Boolean bool -> json.writeBoolean(bool);
            case Row row -> rows(List.of(row), false);
            case Map<?, ?> map -> map(map);
            case List<?> list when !list.isEmpty() && list.getFirst() instanceof Row -> rows(list, true);
            case Iterable<?> list -> list(list);
            case BigDecimal number -> json.writeNumber(number);
            case BigInteger number -> json.writeNumber(number);
            case Number number -> real(number.doubleValue(), number);
            case byte[] bytes -> json.writeString(Base64.getEncoder().encodeToString(bytes));
            case Object[] array -> array(array);
            default -> json.writeString(value.toString());
        }
    }

    /** Past the generator, which is told that a value stands here. */
    private void rows(List<?> elements, boolean asArray) {
        json.writeRawValue("");
        json.flush();
        Utf8Buffer text = new Utf8Buffer(out);
        new HeldRows(text, out).write(elements, asArray);
        text.empty();
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
    private void real(double value) {
        if (Double.isFinite(value)) {
            json.writeNumber(value);
        } else {
            json.writeNull();
        }
    }
}
