package io.sluice.service.sql;

import io.sluice.api.ApiException;
import io.sluice.service.SchemaSettings.Entry;
import io.sluice.service.SchemaSettings.Kind;
import io.sluice.service.sql.dialect.Dialect;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Steps that add, change and drop fields of one table. */
final class FieldMaker {
    private static final int MOST_OF_A_NAME = 24;

    private final Database database;
    private final Dialect.Ddl ddl;
    private final String table;
    private final String quoted;
    private final TableExtras extras;

    FieldMaker(Database database, Table table) {
        this(database, table.id().real(), table.quoted(), table.extras());
    }

    /** {@code table} by the database's own name. */
    FieldMaker(Database database, String table, String quoted, TableExtras extras) {
        this.database = database;
        this.ddl = database.dialect().ddl();
        this.table = table;
        this.quoted = quoted;
        this.extras = extras;
    }

    /** By alias or by the database's own name. */
    static Optional<Column> column(Table table, String name) {
        return table.column(name).or(() -> table.realColumn(name));
    }

    static Optional<Map.Entry<String, Extra>> virtual(Table table, String name) {
        return table.extras().virtualFields().entrySet().stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .findFirst();
    }

    static ApiException missing(Table table, String name) {
        return ApiException.notFound("Field '" + name + "' does not exist in table '" + table.name() + "'.");
    }

    /** Adds the field, or changes the one that is there. */
    void put(SchemaSteps steps, Table of, Map<?, ?> given) {
        Optional<Column> column = column(of, FieldDefinition.name(given));
        if (column.isPresent()) {
            if (!of.id().view()) {
                new FieldChange(database, of, column.get(), given).add(steps);
            }
            keep(steps, of, column.get(), given);
        } else if (TableMaker.isVirtual(given)
                || virtual(of, FieldDefinition.name(given)).isPresent()) {
            Extra old = extras.field(FieldDefinition.name(given));
            steps.keep(ExtraInput.virtualField(table, given, old));
        } else if (of.id().view()) {
            throw ApiException.badRequest("'" + of.name() + "' is a view; its fields are those of its query.");
        } else {
            add(steps, FieldDefinition.read(given, database));
        }
    }

    private void add(SchemaSteps steps, FieldDefinition field) {
        if (field.identity() && !ddl.addsIdentity()) {
            throw ApiException.notImplemented("Field '" + field.name() + "' of type '"
                    + FieldDefinition.type(field.given()) + "' cannot be added to table '" + table + "': "
                    + database.dialect().label() + " takes identifiers only when the table is made.");
        }
        String done = "field '" + field.name() + "' of table '" + table + "' was added";
        boolean inline = ddl.referencesInline() && field.reference().isPresent();
        steps.add(
                done,
                "ALTER TABLE " + quoted + " " + ddl.add() + field.quoted() + " " + field.sql()
                        + (inline ? field.inlineReference() : ""));
        if (!inline) {
            field.reference().ifPresent(key -> steps.add(done, "ALTER TABLE " + quoted + " ADD " + key));
        }
        beside(steps, field);
    }

    /** What a field that was just made has beside its column: an index, a comment, settings. */
    void beside(SchemaSteps steps, FieldDefinition field) {
        if (field.flag("is_index")) {
            index(steps, field.name(), field.quoted(), false);
        }
        field.text("description").ifPresent(text -> comment(steps, field.name(), field.quoted(), text));
        keep(steps, ExtraInput.field(table, field.name(), field.given(), Extra.NONE, noComments()), Extra.NONE);
    }

    void index(SchemaSteps steps, String name, String column, boolean unique) {
        String index = database.dialect().quote(indexName(name, unique ? "unique" : "index"));
        steps.add(
                "field '" + name + "' of table '" + table + "' got an index",
                (unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") + index + " ON " + quoted + " (" + column + ")");
    }

    /** Short enough for every database, and its own for each field. */
    private String indexName(String field, String ending) {
        String plain = table.substring(table.lastIndexOf('.') + 1);
        String mark = Integer.toHexString((table + "." + field).hashCode());
        return cut(plain) + "_" + cut(field) + "_" + mark + "_" + ending;
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(MOST_OF_A_NAME / 2, name.length()));
    }

    void comment(SchemaSteps steps, String name, String column, String text) {
        steps.add(
                "the description of field '" + name + "' was set",
                ddl.columnComment(quoted, column, ddl.literal(text)));
    }

    private boolean noComments() {
        return ddl.columnComment("x", "x", "''").isEmpty();
    }

    private void keep(SchemaSteps steps, Table of, Column column, Map<?, ?> given) {
        @Nullable Object description = given.get("description");
        if (given.containsKey("description") && !String.valueOf(description).equals(String.valueOf(column.comment()))) {
            comment(steps, column.name(), column.quoted(), description == null ? "" : String.valueOf(description));
        }
        Extra old = extras.field(column);
        Entry entry = ExtraInput.field(table, column.real(), given, old, noComments());
        boolean taken = new Extra(entry.settings())
                .text("alias")
                .flatMap(alias -> column(of, alias))
                .filter(other -> !other.equals(column))
                .isPresent();
        ExtraInput.refuseTaken(entry, "field of table '" + of.name() + "'", taken);
        keep(steps, entry, old);
    }

    private static void keep(SchemaSteps steps, Entry entry, Extra old) {
        if (!entry.settings().equals(old.values())) {
            steps.keep(entry);
        }
    }

    void drop(SchemaSteps steps, Column column) {
        String done = "field '" + column.name() + "' of table '" + table + "' was dropped";
        if (ddl.indexesHoldColumns()) {
            for (String ending : List.of("index", "unique")) {
                String index = database.dialect().quote(indexName(column.real(), ending));
                steps.add(done, "DROP INDEX IF EXISTS " + index);
            }
        }
        steps.add(done, "ALTER TABLE " + quoted + " DROP COLUMN " + column.quoted());
        forget(steps, column.real());
    }

    void dropVirtual(SchemaSteps steps, String name) {
        forget(steps, name);
    }

    private void forget(SchemaSteps steps, String real) {
        if (extras.field(real) != Extra.NONE) {
            steps.keep(new Entry(Kind.FIELD, table.toLowerCase(Locale.ROOT), real.toLowerCase(Locale.ROOT), Map.of()));
        }
    }
}
