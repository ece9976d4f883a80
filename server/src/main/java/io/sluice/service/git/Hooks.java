package io.sluice.service.git;

import io.sluice.service.HookMaker.Made;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Webhooks of one repository at a host.
 *
 * @param target of their list, without a query
 * @param page the query that asks for a page of them, by its number
 * @param items the hooks in an answer with a page of them
 * @param address where a hook delivers to
 * @param id of a hook
 * @param change the method that changes one
 * @param right that the token needs, as a message names it
 */
record Hooks(
        JsonApi api,
        String target,
        Function<Integer, String> page,
        UnaryOperator<Json> items,
        Function<Json, Optional<String>> address,
        Function<Json, Optional<String>> id,
        String change,
        String right) {
    private static final int MOST_PAGES = 10;
    private static final String WHAT = "the webhook";

    Made.Ready put(String delivery, Map<String, ?> hook) throws NotRead {
        Optional<String> there = find(delivery);
        if (there.isPresent()) {
            api.write(change, target + "/" + Encoded.segment(there.get()), hook, WHAT, right);
            return new Made.Ready(there.get(), false);
        }
        Json made = api.write("POST", target, hook, WHAT, right);
        return new Made.Ready(id.apply(made).orElseThrow(() -> api.refusals().nonsense()), true);
    }

    private Optional<String> find(String delivery) throws NotRead {
        for (int number = 1; number <= MOST_PAGES; number++) {
            ApiAnswer answer = api.ask(target + page.apply(number));
            api.refusals().checkWrite(answer, WHAT, right);
            Json hooks = items.apply(api.json(answer));
            Optional<String> found = hooks.items().stream()
                    .filter(hook -> address.apply(hook).filter(delivery::equals).isPresent())
                    .flatMap(hook -> id.apply(hook).stream())
                    .findFirst();
            if (found.isPresent() || hooks.items().isEmpty()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
