package io.sluice.encode;

import io.sluice.api.RowShape;
import io.sluice.api.RowSink;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes cells as they come from the cursor; nothing is made for a row or a cell. */
final class JsonRowSink implements RowSink {
    private final JsonGenerator json;
    private final JsonWriter trees;
    private final RowShape shape;

    JsonRowSink(JsonGenerator json, JsonWriter trees, RowShape shape) {
        this.json = json;
        this.trees = trees;
        this.shape = shape;
    }

    @Override
    public void beginRow() {
        json.writeStartObject();
    }

    @Override
    public void nothing(int column) {
        json.writeName(shape.jsonName(column));
        json.writeNull();
    }

    @Override
    public void integer(int column, long value) {
        json.writeName(shape.jsonName(column));
        json.writeNumber(value);
    }

    @Override
    public void real(int column, double value) {
        json.writeName(shape.jsonName(column));
        trees.real(value);
    }

    /** Databases also say NaN and Infinity, which JSON cannot. */
    @Override
    public void decimal(int column, String digits) {
        json.writeName(shape.jsonName(column));
        char last = digits.charAt(digits.length() - 1);
        if (last >= '0' && last <= '9') {
            json.writeNumber(digits);
        } else {
            json.writeNull();
        }
    }

    @Override
    public void bool(int column, boolean value) {
        json.writeName(shape.jsonName(column));
        json.writeBoolean(value);
    }

    @Override
    public void text(int column, String value) {
        json.writeName(shape.jsonName(column));
        json.writeString(value);
    }

    @Override
    public void tree(int column, @Nullable Object value) {
        json.writeName(shape.jsonName(column));
        trees.value(value);
    }

    @Override
    public void endRow() {
        json.writeEndObject();
    }
}
