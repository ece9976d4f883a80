package io.sluice.webhook;

import io.sluice.api.ApiError;
import io.sluice.api.ApiException;
import io.sluice.service.HookMaker;
import io.sluice.service.Services;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a webhook at its host, through the host's API, where the service's credentials may. */
record Installing(Services services, Optional<URI> publicUrl) {

    /**
     * What was made.
     *
     * @param address of this server, in place of the one in its settings
     * @param repository needed when the webhook is for any
     */
    Map<String, @Nullable Object> install(
            Webhook hook, String secret, Optional<String> address, Optional<String> repository) {
        URI base = address.map(Installing::base)
                .or(() -> publicUrl)
                .orElseThrow(
                        () -> ApiException.badRequest(
                                "Where can the host reach this server? Set http.public_url, or send {\"address\": \"https://…\"}."));
        String where = hook.repository()
                .or(() -> repository)
                .orElseThrow(
                        () -> ApiException.badRequest(
                                "This webhook is for any repository: send {\"repository\": …} to say at which it is to be made."));
        URI url = URI.create(base.toString().replaceFirst("/+$", "") + "/hooks/" + hook.id());
        return switch (maker(hook).make(where, url, secret)) {
            case HookMaker.Made.Ready(String id, boolean isNew) -> made(id, isNew, where, url);
            case HookMaker.Made.Refused(String why) ->
                throw new ApiException(ApiError.because(
                        502, "webhook_not_installed", "The host did not make the webhook at '" + where + "': " + why));
        };
    }

    private static Map<String, @Nullable Object> made(String id, boolean isNew, String repository, URI url) {
        Map<String, @Nullable Object> made = new LinkedHashMap<>();
        made.put("success", true);
        made.put("host_id", id);
        made.put("is_new", isNew);
        made.put("repository", repository);
        made.put("url", url.toString());
        return made;
    }

    private HookMaker maker(Webhook hook) {
        Services.Running running = services.byId(hook.serviceId())
                .orElseThrow(() -> ApiException.badRequest("The service of this webhook does not exist any more."));
        String type = running.definition().type();
        if (running.service() instanceof HookMaker maker
                && type.equals(hook.provider().word())) {
            return maker;
        }
        throw ApiException.badRequest("The service '" + running.definition().name() + "' of type '" + type
                + "' cannot make webhooks of the provider '" + hook.provider().word()
                + "'. Make it by hand at the host: its address is the url of the record.");
    }

    private static URI base(String text) {
        try {
            URI address = URI.create(text.strip());
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getUserInfo() == null && address.getQuery() == null) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            // Said below, with all other texts that are no such address.
        }
        throw ApiException.badRequest("The address must be one like https://sluice.example.com.");
    }
}
