package io.sluice.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * The column names that many rows share, each with its place and its ready-made JSON form. Immutable; {@link #with} gives
 * the same extended shape for the same name, so rows that a script widens alike go on sharing one.
 */
public final class RowShape {
    private static final int MAX_TRANSITIONS = 64;

    private final String[] names;
    private final SerializableString[] jsonNames;
    private final byte[][] jsonKeys;
    private final Map<String, Integer> index;
    private final Map<String, RowShape> wider = new ConcurrentHashMap<>();

    private RowShape(String[] names) {
        this.names = names;
        this.jsonNames = new SerializableString[names.length];
        this.jsonKeys = new byte[names.length][];
        this.index = HashMap.newHashMap(names.length);
        for (int i = 0; i < names.length; i++) {
            jsonNames[i] = new SerializedString(names[i]);
            jsonKeys[i] = (",\"" + new String(jsonNames[i].asQuotedChars()) + "\":").getBytes(StandardCharsets.UTF_8);
            index.put(names[i], i);
        }
    }

    public static RowShape of(List<String> names) {
        return new RowShape(names.toArray(String[]::new));
    }

    public int size() {
        return names.length;
    }

    public String name(int column) {
        return names[column];
    }

    public SerializableString jsonName(int column) {
        return jsonNames[column];
    }

    /** Comma, quoted name and colon as bytes of JSON; not to be changed. */
    public byte[] jsonKey(int column) {
        return jsonKeys[column];
    }

    public List<String> names() {
        return Collections.unmodifiableList(Arrays.asList(names));
    }

    /** The place of that column, -1 when there is none. */
    public int indexOf(Object name) {
        Integer place = index.get(name);
        return place == null ? -1 : place;
    }

    /** This shape with one more column at the end. */
    public RowShape with(String name) {
        RowShape known = wider.get(name);
        if (known != null) {
            return known;
        }
        String[] more = Arrays.copyOf(names, names.length + 1);
        more[names.length] = name;
        RowShape made = new RowShape(more);
        if (wider.size() >= MAX_TRANSITIONS) {
            return made;
        }
        RowShape other = wider.putIfAbsent(name, made);
        return other == null ? made : other;
    }
}
