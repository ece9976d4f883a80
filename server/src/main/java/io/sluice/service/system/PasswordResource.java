package io.sluice.service.system;

import io.sluice.access.Accounts;
import io.sluice.api.ServiceRequest;
import io.sluice.api.ServiceResult;
import io.sluice.api.Verb;
import io.sluice.service.Catalogue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A new password in place of the old one. */
record PasswordResource(String name, Accounts accounts, boolean admin) implements SystemResource {
    @Override
    public ServiceResult handle(ServiceRequest request) {
        if (request.verb() == Verb.GET || request.verb() == Verb.DELETE) {
            throw Unsupported.on(request, name);
        }
        return done(accounts.changePassword(request, admin));
    }

    /** {@code {"success": true}}, with the token that the change led to. */
    static ServiceResult done(Optional<String> token) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("success", true);
        token.ifPresent(text -> answer.put("session_token", text));
        return ServiceResult.ok(answer);
    }

    @Override
    public List<Catalogue.Endpoint> endpoints() {
        return List.of(new Catalogue.Endpoint(name, List.of(Verb.POST, Verb.PUT, Verb.PATCH)));
    }
}
