package io.sluice.app;

import io.sluice.access.Access;
import io.sluice.api.ApiException;
import io.sluice.config.Settings;
import io.sluice.store.Store;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** {@code sluice admin create}: asks for what it was not told; a password may also come on standard input, one line. */
final class AdminCreate {
    private AdminCreate() {}

    static int run(Settings settings, String email, PrintWriter out, PrintWriter err) {
        Answers answers = new Answers();
        String address = email.isBlank() ? answers.to("Email: ") : email;
        String password = answers.secretlyTo("Password (16 characters or more): ");
        try (Store store = Server.openStore(settings)) {
            Access access = new Access(store, Server.secrets(settings), Clock.systemUTC());
            access.directory().createAdministrator(address, password);
            out.println("Administrator " + address + " created.");
            return 0;
        } catch (ApiException e) {
            err.println("sluice: " + e.getMessage());
            return 1;
        }
    }

    /** A person at a terminal, or lines on standard input. */
    private static final class Answers {
        private final @Nullable Console console = System.console();
        private final BufferedReader lines =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

        String to(String prompt) {
            return console == null || !console.isTerminal() ? line() : said(console.readLine(prompt));
        }

        String secretlyTo(String prompt) {
            if (console == null || !console.isTerminal()) {
                return line();
            }
            char[] typed = console.readPassword(prompt);
            return typed == null ? "" : new String(typed);
        }

        private String line() {
            try {
                return said(lines.readLine());
            } catch (IOException e) {
                throw new StartException("Standard input cannot be read: " + e.getMessage(), e);
            }
        }

        private static String said(@Nullable String line) {
            return line == null ? "" : line.strip();
        }
    }
}
