package io.sluice.script;

import io.sluice.api.Caller;
import io.sluice.engine.Run;
import io.sluice.service.Services;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes secrets out of what a run tells the log, by their value: the caller's key and token, the credentials in the configs of
 * services, the private lookups that the script knows. Values under six characters would mask ordinary words, and stay.
 */
final class Masking {
    static final String MASK = "**********";
    private static final int SHORTEST = 6;

    private final Services services;

    Masking(Services services) {
        this.services = services;
    }

    /** The same lines without secrets. */
    List<Run.Printed> lines(List<Run.Printed> lines, Caller caller, Collection<String> secrets) {
        if (lines.isEmpty()) {
            return lines;
        }
        List<String> known = known(caller, secrets);
        return lines.stream()
                .map(line -> new Run.Printed(line.level(), masked(line.text(), known)))
                .toList();
    }

    String text(String text, Caller caller, Collection<String> secrets) {
        return masked(text, known(caller, secrets));
    }

    private static String masked(String text, List<String> secrets) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** Longest first: a secret may be part of another. */
    private List<String> known(Caller caller, Collection<String> more) {
        List<String> all = new ArrayList<>(more);
        caller.apiKey().ifPresent(all::add);
        caller.token().ifPresent(all::add);
        services.all().stream().flatMap(this::secrets).forEach(all::add);
        return all.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private Stream<String> secrets(Services.Running one) {
        return services.type(one.definition().type()).stream()
                .flatMap(type -> type.config().stream())
                .flatMap(field -> field.secretsOf(one.definition().config().get(field.name())).stream());
    }
}
