package io.sluice.service.sql;

import io.sluice.api.ResourcePath;
import io.sluice.service.EventPath;
import java.util.List;

/** The event paths of calls on a database: first with placeholders, then with the name that the database itself uses. Pure. */
final class EventNames {
    private final String service;
    private final Names names;

    /** What turns names as typed into those that the database uses. */
    interface Names {
        String table(String typed);

        String routine(String typed, boolean function);
    }

    EventNames(String service, Names names) {
        this.service = service;
        this.names = names;
    }

    List<EventPath> of(ResourcePath path) {
        if (path.size() < 2) {
            String name = path.isRoot() ? service : service + "." + path.at(0);
            return List.of(new EventPath(name, ""));
        }
        return switch (path.at(0)) {
            case "_table" -> table(path);
            case "_schema" -> schema(path);
            case "_proc" -> routine(path, "{procedure_name}", false);
            case "_func" -> routine(path, "{function_name}", true);
            default -> List.of(new EventPath(service + "." + path.at(0), path.from(1)));
        };
    }

    private List<EventPath> table(ResourcePath path) {
        String ending = path.size() == 3 ? ".{id}" : "";
        String concrete = path.size() == 3 ? path.at(2) : path.from(1);
        return both(path, "{table_name}", names.table(path.at(1)), ending, path.from(1), concrete);
    }

    private List<EventPath> schema(ResourcePath path) {
        String concrete = path.size() > 2 ? path.from(2) : path.from(1);
        return both(path, "{table_name}", names.table(path.at(1)), schemaEnding(path), path.from(1), concrete);
    }

    private static String schemaEnding(ResourcePath path) {
        return switch (path.at(2)) {
            case "" -> "";
            case "_field" -> path.size() > 3 ? "._field.{field_name}" : "._field";
            case "_related" -> path.size() > 3 ? "._related.{relationship_name}" : "._related";
            default -> ".{field}";
        };
    }

    private List<EventPath> routine(ResourcePath path, String placeholder, boolean function) {
        String typed = path.from(1);
        int open = typed.indexOf('(');
        String name = names.routine(open < 0 ? typed : typed.substring(0, open), function);
        return both(path, placeholder, name, "", typed, typed);
    }

    private List<EventPath> both(
            ResourcePath path, String placeholder, String name, String ending, String generic, String concrete) {
        String before = service + "." + path.at(0) + ".";
        return List.of(
                new EventPath(before + placeholder + ending, generic), new EventPath(before + name + ending, concrete));
    }
}
