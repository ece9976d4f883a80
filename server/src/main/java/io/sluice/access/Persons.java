package io.sluice.access;

import static io.sluice.store.Table.Kind.FLAG;
import static io.sluice.store.Table.Kind.NUMBER;
import static io.sluice.store.Table.Kind.TEXT;
import static io.sluice.store.Table.Kind.TIME;

import io.sluice.api.ApiException;
import io.sluice.api.Caller;
import io.sluice.store.Table;
import io.sluice.store.Tx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Administrators and users: one table, two families. */
final class Persons {
    static final Table TABLE = new Table(
            "person",
            Stamps.after(
                    Table.columns(TEXT, "name username first_name last_name"),
                    Table.columns(TIME, "last_login_date"),
                    Table.columns(TEXT, "email"),
                    Table.columns(FLAG, "is_active"),
                    Table.columns(TEXT, "phone security_question"),
                    Table.columns(NUMBER, "default_app_id"),
                    Table.columns(TEXT, "password security_answer"),
                    Table.columns(FLAG, "is_sys_admin")));

    private static final RecordForm FORM = RecordForm.of(
            RecordForm.Field.text("name", 255),
            RecordForm.Field.text("username", 255),
            RecordForm.Field.text("first_name", 255),
            RecordForm.Field.text("last_name", 255),
            RecordForm.Field.text("email", 255).asRequired(),
            RecordForm.Field.text("phone", 64),
            RecordForm.Field.text("security_question", 0),
            RecordForm.Field.text("security_answer", 0),
            RecordForm.Field.number("default_app_id"),
            RecordForm.Field.flag("is_active", true),
            RecordForm.Field.text("password", 0));
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    private Persons() {}

    static Family family(boolean admins, Passwords passwords, Stamps stamps, Consumer<Tx> changed) {
        return new Family(
                admins ? "admin" : "user",
                TABLE,
                "is_sys_admin = " + (admins ? 1 : 0),
                FORM,
                new PersonRules(admins, passwords),
                List.of(Assignments.of("user_to_app_to_role_by_user_id", "user_id", stamps)),
                Map.of(),
                stamps,
                changed);
    }

    static Optional<Map<String, @Nullable Object>> byEmail(Tx tx, String email, boolean admin) {
        return TABLE.one(tx, "lower(email) = lower(?) and is_sys_admin = ?", email, admin);
    }

    private record PersonRules(boolean admins, Passwords passwords) implements Family.Rules {
        @Override
        public void complete(
                Tx tx,
                Map<String, @Nullable Object> row,
                Map<String, @Nullable Object> given,
                Optional<Map<String, @Nullable Object>> before,
                Problems problems) {
            if (before.isEmpty()) {
                row.put("is_sys_admin", admins);
            }
            fill(row, before.isPresent());
            check(row, problems);
            Family.unique(tx, TABLE, "email", row, before, problems);
            Family.unique(tx, TABLE, "username", row, before, problems);
            Assignments.exists(tx, Apps.TABLE, row, "default_app_id", problems);
            hash(row, problems);
        }

        /** Names that are missing come from the email: {@code jane.doe@…} is Jane Doe. An empty value erases no name. */
        private static void fill(Map<String, @Nullable Object> row, boolean stored) {
            if (stored) {
                for (String name : List.of("name", "username", "email", "password")) {
                    row.remove(name, null);
                }
                return;
            }
            Object email = row.get("email");
            String local = email == null ? "" : email.toString().split("@", 2)[0];
            String[] parts = local.split("\\.", 2);
            row.merge("first_name", capital(parts[0]), (given, derived) -> given);
            if (parts.length > 1) {
                row.merge("last_name", capital(parts[1]), (given, derived) -> given);
            }
            Object last = row.get("last_name");
            row.merge(
                    "name",
                    last == null ? row.get("first_name") + "" : row.get("first_name") + " " + last,
                    (given, derived) -> given);
            row.merge("username", email == null ? local : email, (given, derived) -> given);
        }

        private static String capital(String word) {
            return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        }

        private static void check(Map<String, @Nullable Object> row, Problems problems) {
            Object email = row.get("email");
            if (email != null && !EMAIL.matcher(email.toString()).matches()) {
                problems.add("email", "The email field must be a valid email address.");
            }
            Object username = row.get("username");
            if (username != null
                    && (username.toString().length() < 6 || username.toString().matches(".*\\s.*"))) {
                problems.add("username", "The username field must be at least 6 characters, without blanks.");
            }
        }

        /** Secrets are kept as hashes. Work is spared for a record that will be refused anyway. */
        private void hash(Map<String, @Nullable Object> row, Problems problems) {
            Object password = row.get("password");
            if (password != null) {
                Passwords.check(password.toString(), problems);
            }
            for (String secret : List.of("password", "security_answer")) {
                Object value = row.get(secret);
                if (value != null && problems.isEmpty()) {
                    row.put(secret, passwords.hash(value.toString()));
                }
            }
        }

        @Override
        public Map<String, @Nullable Object> shown(Map<String, @Nullable Object> row) {
            Map<String, @Nullable Object> shown = new LinkedHashMap<>(row);
            boolean confirmed = shown.remove("password") != null;
            shown.remove("security_answer");
            shown.remove("is_sys_admin");
            shown.put("confirmed", confirmed);
            shown.put("expired", false);
            return shown;
        }

        @Override
        public void deleting(Map<String, @Nullable Object> row, Caller caller) {
            long id = (Long) Objects.requireNonNull(row.get("id"));
            if (caller.person().filter(person -> person.id() == id).isPresent()) {
                throw ApiException.forbidden("You cannot delete yourself.");
            }
        }
    }
}
