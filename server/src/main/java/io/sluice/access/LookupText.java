package io.sluice.access;

import io.sluice.api.Caller;
import io.sluice.api.LookupPattern;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Replaces {@code {name}} and {@code {modifier(name)}} in a text by what it stands for in one call: {@code {user.id}},
 * {@code {role.name}}, {@code {app.id}}, {@code {session.token}} and the lookup records that are not private. What is unknown
 * stays as it is.
 */
record LookupText(Caller caller, Map<String, String> lookups) implements UnaryOperator<String> {
    @Override
    public String apply(String text) {
        return LookupPattern.replace(text, this::value);
    }

    private Optional<String> value(String name) {
        return switch (name) {
            case "role.id" -> caller.role().map(role -> Long.toString(role.id()));
            case "role.name" -> caller.role().map(Caller.Role::name);
            case "app.id" -> caller.app().map(app -> Long.toString(app.id()));
            case "app.api_key" -> caller.apiKey();
            case "session.id", "session.token" -> caller.token();
            default ->
                name.startsWith("user.")
                        ? caller.person().flatMap(person -> user(person, name.substring(5)))
                        : Optional.ofNullable(lookups.get(name));
        };
    }

    private static Optional<String> user(Caller.Person person, String field) {
        return switch (field) {
            case "id" -> Optional.of(Long.toString(person.id()));
            case "name", "display_name" -> Optional.of(person.name());
            case "username" -> Optional.of(person.username());
            case "first_name" -> Optional.of(person.firstName());
            case "last_name" -> Optional.of(person.lastName());
            case "email" -> Optional.of(person.email());
            case "is_sys_admin" -> Optional.of(person.admin() ? "1" : "0");
            case "last_login_date" -> Optional.of(person.lastLoginDate());
            default -> Optional.empty();
        };
    }
}
