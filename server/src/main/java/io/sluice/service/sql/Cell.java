package io.sluice.service.sql;

import io.sluice.api.RowSink;
import io.sluice.service.sql.dialect.ColumnType;
import io.sluice.service.sql.dialect.Dialect;
import io.sluice.service.sql.dialect.Kind;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Moves one value from a result set into a sink without boxing it. Chosen once per column. Stateless. */
interface Cell {
    /** From that place of the result set (counted from 1) to that column of the sink. */
    void move(ResultSet rows, int place, int column, RowSink sink) throws SQLException;

    static Cell of(ColumnType type, Dialect dialect) {
        int digits = dialect.fractionDigits(type);
        return digits < 0
                ? of(type.kind(), dialect)
                : (rows, place, column, sink) -> clock(rows, place, column, sink, digits);
    }

    static Cell of(Kind kind, Dialect dialect) {
        return dialect.looselyTyped() ? loose(kind) : typed(kind, dialect.textAsUtf8());
    }

    private static void clock(ResultSet rows, int place, int column, RowSink sink, int digits) throws SQLException {
        String value = rows.getString(place);
        if (value == null) {
            sink.nothing(column);
        } else {
            sink.text(column, fraction(value, digits));
        }
    }

    /** The text with exactly that many digits behind the point. */
    private static String fraction(String text, int digits) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        if (digits == 0) {
            return whole;
        }
        String given = point < 0 ? "" : text.substring(point + 1);
        return whole + "." + (given + "000000").substring(0, digits);
    }

    private static Cell typed(Kind kind, boolean utf8) {
        return switch (kind) {
            case INTEGER -> Cell::integer;
            case DECIMAL, BIG_INTEGER -> Cell::decimal;
            case REAL -> Cell::real;
            case SINGLE -> Cell::single;
            case BOOLEAN -> Cell::bool;
            case BINARY -> Cell::binary;
            case JSON_TREE -> Cell::tree;
            case TEXT, DATE, TIME, TIMESTAMP, TIMESTAMP_TZ, UUID, JSON, ARRAY, OTHER -> utf8 ? Cell::utf8 : Cell::text;
        };
    }

    private static Cell loose(Kind kind) {
        return switch (kind) {
            case BOOLEAN -> Cell::looseBool;
            case JSON_TREE -> Cell::tree;
            default -> Cell::asStored;
        };
    }

    private static void integer(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        long value = rows.getLong(place);
        if (value == 0 && rows.wasNull()) {
            sink.nothing(column);
        } else {
            sink.integer(column, value);
        }
    }

    private static void real(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        double value = rows.getDouble(place);
        // A null is 0 to most drivers, NaN to DuckDB's.
        if ((value == 0 || Double.isNaN(value)) && rows.wasNull()) {
            sink.nothing(column);
        } else if (Double.isFinite(value)) {
            sink.real(column, value);
        } else {
            sink.text(column, Double.toString(value));
        }
    }

    /** The shortest digits that are the same number of this size: 0.1, not 0.10000000149011612. */
    private static void single(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        float value = rows.getFloat(place);
        if ((value == 0 || Float.isNaN(value)) && rows.wasNull()) {
            sink.nothing(column);
        } else if (Float.isFinite(value)) {
            sink.real(column, Double.parseDouble(Float.toString(value)));
        } else {
            sink.text(column, Float.toString(value));
        }
    }

    private static void utf8(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        byte[] value = rows.getBytes(place);
        if (value == null) {
            sink.nothing(column);
        } else {
            sink.utf8(column, value);
        }
    }

    private static void tree(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        String value = rows.getString(place);
        if (value == null) {
            sink.nothing(column);
        } else {
            sink.tree(column, JsonText.tree(value));
        }
    }

    private static void bool(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        boolean value = rows.getBoolean(place);
        if (!value && rows.wasNull()) {
            sink.nothing(column);
        } else {
            sink.bool(column, value);
        }
    }

    private static void decimal(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        String digits = rows.getString(place);
        if (digits == null) {
            sink.nothing(column);
        } else if (digits.isEmpty() || digits.charAt(digits.length() - 1) > '9') {
            // NaN and Infinity are numbers to the database, not to JSON.
            sink.text(column, digits);
        } else {
            sink.decimal(column, digits);
        }
    }

    private static void text(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        String value = rows.getString(place);
        if (value == null) {
            sink.nothing(column);
        } else {
            sink.text(column, value);
        }
    }

    private static void binary(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        byte[] value = rows.getBytes(place);
        if (value == null) {
            sink.nothing(column);
        } else {
            sink.text(column, Base64.getEncoder().encodeToString(value));
        }
    }

    private static void looseBool(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        if (rows.getObject(place) instanceof Number number) {
            sink.bool(column, number.doubleValue() != 0);
        } else {
            asStored(rows, place, column, sink);
        }
    }

    private static void asStored(ResultSet rows, int place, int column, RowSink sink) throws SQLException {
        @Nullable Object value = rows.getObject(place);
        switch (value) {
            case null -> sink.nothing(column);
            case Integer whole -> sink.integer(column, whole);
            case Long whole -> sink.integer(column, whole);
            case Double real when Double.isFinite(real) -> sink.real(column, real);
            case BigDecimal digits -> sink.decimal(column, digits.toPlainString());
            case byte[] bytes -> sink.text(column, Base64.getEncoder().encodeToString(bytes));
            case Boolean truth -> sink.bool(column, truth);
            default -> text(rows, place, column, sink);
        }
    }
}
