package io.sluice.service.system;

import io.sluice.access.Directory;
import io.sluice.api.Caller;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How to log in; and, for those who may know, what this server is. */
record EnvironmentResource(Directory directory, String version) implements SystemResource {
    private static final Map<String, Object> LOGIN =
            Map.of("email", "string", "password", "string", "remember_me", "bool");
    private static final Set<String> APP_FIELDS = Set.of(
            "id",
            "name",
            "description",
            "url",
            "allow_fullscreen_toggle",
            "requires_fullscreen",
            "toggle_location",
            "launch_url");

    @Override
    public String name() {
        return "environment";
    }

    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() != Verb.GET) {
            throw Unsupported.on(request, name());
        }
        Caller caller = request.caller();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("authentication", authentication());
        answer.put("apps", apps(caller));
        if (caller.person().isPresent() || caller.role().isPresent()) {
            answer.put("platform", platform());
            answer.put("client", client(request));
            answer.put("config", config());
        }
        if (caller.unrestricted()) {
            answer.put("server", server());
        }
        return ServiceResult.ok(answer);
    }

    private static Map<String, @Nullable Object> authentication() {
        Map<String, @Nullable Object> how = new LinkedHashMap<>();
        how.put("admin", Map.of("path", "system/admin/session", "verb", "POST", "payload", LOGIN));
        how.put("user", Map.of("path", "user/session", "verb", "POST", "payload", LOGIN));
        how.put("oauth", List.of());
        how.put("adldap", List.of());
        how.put("saml", List.of());
        how.put("allow_open_registration", false);
        how.put("open_reg_email_service_id", null);
        how.put("allow_forever_sessions", false);
        how.put("login_attribute", "email");
        return how;
    }

    private List<Map<String, @Nullable Object>> apps(Caller caller) {
        return directory.launchable(caller).stream()
                .map(app -> {
                    Map<String, @Nullable Object> shown = new LinkedHashMap<>(app);
                    shown.keySet().retainAll(APP_FIELDS);
                    shown.put("is_default", false);
                    return shown;
                })
                .toList();
    }

    private Map<String, Object> platform() {
        return Map.of(
                "version", version, "license", "OPEN SOURCE", "is_hosted", false, "is_trial", false, "name", "Sluice");
    }

    private static Map<String, Object> client(ServiceRequest request) {
        return Map.of(
                "user_agent",
                request.headers().first("user-agent").orElse(""),
                "ip_address",
                request.remoteAddress(),
                "locale",
                request.headers().first("accept-language").orElse(""));
    }

    private static Map<String, Object> config() {
        return Map.of(
                "always_wrap_resources",
                true,
                "resources_wrapper",
                "resource",
                "db",
                Map.of("max_records_returned", 1000));
    }

    private static Map<String, Object> server() {
        return Map.of(
                "server_os", System.getProperty("os.name", ""),
                "release", System.getProperty("os.version", ""),
                "machine", System.getProperty("os.arch", ""),
                "java", System.getProperty("java.version", ""));
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(new Catalogue.Endpoint(name(), List.of(Verb.GET)));
    }
}
