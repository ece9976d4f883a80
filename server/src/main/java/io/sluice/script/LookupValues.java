package io.sluice.script;

import io.sluice.api.Caller;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the names in a script's text stand for in one call. Of private lookups only those that the script declares; of the caller's
 * credentials only the token of the scope. Pure.
 *
 * @param secrets the declared private ones
 */
record LookupValues(
        Caller caller,
        String token,
        Map<String, @Nullable Object> config,
        Map<String, String> open,
        Map<String, String> secrets) {

    /** What people can write themselves must not be able to be program: no quotes, brackets, operators, line breaks. */
    private static final Pattern HARMLESS = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._@+-]*");

    static LookupValues of(
            ScriptDefinition script,
            Caller caller,
            String token,
            Map<String, @Nullable Object> config,
            Surroundings around) {
        Map<String, String> secrets = new LinkedHashMap<>();
        script.declaredLookups()
                .forEach(name -> around.secretLookup(name).ifPresent(value -> secrets.put(name, value)));
        return new LookupValues(caller, token, config, around.openLookups(), secrets);
    }

    /** A person's own value cannot be put into a program as it is. */
    static final class Harmful extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String name;

        Harmful(String name) {
            super(name, null, false, false);
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    /** Empty for a name that stands for nothing. Throws {@link Harmful}. */
    Optional<String> value(String name) {
        return switch (name) {
            case "session.id", "session.token" -> caller.token().map(known -> token);
            case "app.api_key" -> caller.apiKey().map(known -> token);
            case "app.id" -> caller.app().map(app -> Long.toString(app.id()));
            case "app.name" -> caller.app().map(Caller.App::name);
            case "user.last_login_date" -> caller.person().map(Caller.Person::lastLoginDate);
            case "role.id" -> caller.role().map(role -> Long.toString(role.id()));
            case "role.name" -> caller.role().map(Caller.Role::name);
            default -> named(name);
        };
    }

    private Optional<String> named(String name) {
        if (name.startsWith("user.")) {
            return caller.person().flatMap(person -> user(person, name.substring("user.".length())));
        }
        if (name.startsWith("df.")) {
            return Optional.ofNullable(config.get(name.substring("df.".length())))
                    .map(Object::toString);
        }
        return Optional.ofNullable(secrets.get(name)).or(() -> Optional.ofNullable(open.get(name)));
    }

    private static Optional<String> user(Caller.Person person, String field) {
        Optional<String> value = switch (field) {
            case "id" -> Optional.of(Long.toString(person.id()));
            case "name", "display_name" -> Optional.of(person.name());
            case "username" -> Optional.of(person.username());
            case "first_name" -> Optional.of(person.firstName());
            case "last_name" -> Optional.of(person.lastName());
            case "email" -> Optional.of(person.email());
            case "is_sys_admin" -> Optional.of(person.admin() ? "1" : "0");
            default -> Optional.empty();
        };
        if (value.filter(text -> !HARMLESS.matcher(text).matches()).isPresent()) {
            throw new Harmful("user." + field);
        }
        return value;
    }
}
