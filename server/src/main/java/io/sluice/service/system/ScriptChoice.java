package io.sluice.service.system;

import io.sluice.api.ApiException;
import io.sluice.api.Parameters;
import io.sluice.script.ScriptDefinition;
import io.sluice.script.ScriptDefinition.Link;
import io.sluice.service.Services;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Scripts by the place that their text comes from, and by how their names begin. Everything that is given has to fit. */
record ScriptChoice(
        OptionalLong service,
        Optional<String> repository,
        Optional<String> reference,
        Optional<String> path,
        Optional<String> prefix)
        implements Predicate<ScriptDefinition> {

    static ScriptChoice of(Parameters parameters, Services services) {
        Optional<String> service = parameters.text("service");
        ScriptChoice choice = new ScriptChoice(
                service.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(services.find(service.get())
                                .orElseThrow(
                                        () -> ApiException.notFound("Could not find a service for " + service.get()))
                                .definition()
                                .id()),
                parameters.text("repository"),
                parameters.text("reference", "branch"),
                parameters.text("path"),
                parameters.text("prefix"));
        if (!choice.asksForPlace() && choice.prefix().isEmpty()) {
            throw ApiException.badRequest(
                    "Say which scripts: service, repository, reference, path (where the text comes"
                            + " from) or prefix (of the name). DELETE system/cache clears all.");
        }
        return choice;
    }

    private boolean asksForPlace() {
        return service.isPresent() || repository.isPresent() || reference.isPresent() || path.isPresent();
    }

    @Override
    public boolean test(ScriptDefinition script) {
        return prefix.filter(start -> !script.id().name().startsWith(start)).isEmpty()
                && (!asksForPlace()
                        || script.linked() && script.link().filter(this::fits).isPresent());
    }

    private boolean fits(Link link) {
        return (service.isEmpty() || service.getAsLong() == link.serviceId())
                && repository
                        .filter(wanted -> !wanted.equals(link.repository()))
                        .isEmpty()
                && reference.filter(wanted -> !wanted.equals(link.reference())).isEmpty()
                && path.filter(wanted -> !wanted.equals(link.address().path())).isEmpty();
    }
}
