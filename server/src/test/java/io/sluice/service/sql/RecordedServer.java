package io.sluice.service.sql;

import io.sluice.service.sql.dialect.Dialect;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for a server that cannot be had: keeps the statements that come and answers them from a script of rows, found by a
 * part of the statement's text. What a real server makes of the statements it cannot say.
 */
final class RecordedServer {
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private final Set<String> session = new ConcurrentSkipListSet<>();
    private final Map<String, List<List<Object>>> answers = new TreeMap<>();
    private final Dialect dialect;

    RecordedServer(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Rows for the metadata call of that name, or for statements that hold that text. */
    RecordedServer answer(String part, List<?>... rows) {
        answers.put(part, Arrays.stream(rows).<List<Object>>map(ArrayList::new).toList());
        return this;
    }

    /** What came, in order, with the values that were bound. */
    String transcript() {
        List<String> all = new ArrayList<>(session);
        all.addAll(statements);
        return String.join("\n", all) + "\n";
    }

    /** The dialect with this in the place of its driver. */
    Dialect dialect() {
        return proxy(Dialect.class, (self, method, given) -> switch (method.getName()) {
            case "driver" -> driver();
            case "within" -> self;
            default -> method.invoke(dialect, given);
        });
    }

    private Driver driver() {
        return proxy(
                Driver.class,
                (self, method, given) ->
                        method.getName().equals("connect") ? connection() : usual(method.getReturnType()));
    }

    private Connection connection() {
        return proxy(Connection.class, (self, method, given) -> switch (method.getName()) {
            case "prepareStatement" ->
                prepared((String) given[0], given.length > 1 ? (String[]) given[1] : new String[0]);
            case "createStatement" -> statement();
            case "getMetaData" -> metadata();
            case "isValid", "getAutoCommit" -> true;
            default -> usual(method.getReturnType());
        });
    }

    private DatabaseMetaData metadata() {
        return proxy(DatabaseMetaData.class, (self, method, given) -> switch (method.getName()) {
            case "getConnection" -> connection();
            case "getPrimaryKeys", "getIndexInfo", "getImportedKeys", "getExportedKeys" ->
                rows(answers.getOrDefault(method.getName() + " " + given[2], List.of()));
            default -> usual(method.getReturnType());
        });
    }

    private Statement statement() {
        return proxy(Statement.class, (self, method, given) -> {
            if (method.getName().equals("execute")) {
                // Once per connection, and when the pool makes one is its own affair.
                String sql = (String) given[0];
                (sql.startsWith("ALTER SESSION") || sql.startsWith("SET ") ? session : statements).add(sql);
            }
            return usual(method.getReturnType());
        });
    }

    private PreparedStatement prepared(String sql, String[] keys) {
        Map<Integer, Object> bound = new TreeMap<>();
        return proxy(PreparedStatement.class, (self, method, given) -> {
            String name = method.getName();
            if (name.startsWith("set") && given != null && given.length == 2 && given[0] instanceof Integer place) {
                bound.put(place, name.equals("setNull") ? "null" : name.substring(3) + " " + given[1]);
                return null;
            }
            if (name.equals("getGeneratedKeys")) {
                return rows(answers.getOrDefault("generated", List.of()));
            }
            if (name.startsWith("execute")) {
                boolean catalogue = sql.contains("sys.") || sql.contains("all_");
                statements.add(sql
                        + (catalogue ? "" : bound.values().toString())
                        + (keys.length == 0 ? "" : " keys " + List.of(keys)));
                return name.equals("executeUpdate") ? (Object) 1 : rows(found(sql, bound));
            }
            return usual(method.getReturnType());
        });
    }

    private List<List<Object>> found(String sql, Map<Integer, Object> bound) {
        String whole = sql + bound.values();
        return answers.entrySet().stream()
                .filter(each -> whole.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(List.of());
    }

    /** Cells by place; by name for those of metadata, whose rows are maps in a list. */
    private static ResultSet rows(List<List<Object>> all) {
        Iterator<List<Object>> rows = all.iterator();
        List<Object> row = new ArrayList<>();
        boolean[] wasNull = {false};
        return proxy(ResultSet.class, (self, method, given) -> {
            if (method.getName().equals("next")) {
                row.clear();
                boolean more = rows.hasNext();
                row.addAll(more ? rows.next() : List.of());
                return more;
            }
            if (method.getName().equals("wasNull")) {
                return wasNull[0];
            }
            if (method.getName().startsWith("get") && given != null && given.length == 1) {
                Object cell = given[0] instanceof Integer place
                        ? row.get(place - 1)
                        : ((Map<?, ?>) row.getFirst()).get(given[0]);
                wasNull[0] = cell == null || cell.equals("");
                return converted(wasNull[0] ? null : cell, method.getReturnType());
            }
            return usual(method.getReturnType());
        });
    }

    private static Object converted(Object cell, Class<?> wanted) {
        if (cell == null) {
            return usual(wanted);
        }
        return switch (wanted.getName()) {
            case "boolean" -> cell.equals(true) || cell.equals(1);
            case "long" -> ((Number) cell).longValue();
            case "int" -> ((Number) cell).intValue();
            case "short" -> ((Number) cell).shortValue();
            case "double" -> ((Number) cell).doubleValue();
            default -> wanted == String.class ? cell.toString() : cell;
        };
    }

    private static Object usual(Class<?> type) {
        return switch (type.getName()) {
            case "boolean" -> false;
            case "int" -> 0;
            case "long" -> 0L;
            case "short" -> (short) 0;
            case "double" -> 0.0;
            default -> null;
        };
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
