package io.sluice.service.remote;

import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.util.List;

/** {@code rws}: any HTTP API by its address. */
record HttpServiceType() implements ServiceType {
    @Override
    public String name() {
        return "rws";
    }

    @Override
    public String label() {
        return "HTTP Service";
    }

    @Override
    public String description() {
        return "An HTTP API somewhere else, under the rights and scripts of this one.";
    }

    @Override
    public String group() {
        return "Remote Service";
    }

    @Override
    public List<ConfigField> config() {
        return List.of(
                ConfigField.of("base_url", "Base URL", "string")
                        .asRequired()
                        .describedAs("What every address begins with: https://api.example.com/v1."),
                ConfigField.of("options", "Options", "object")
                        .describedAs(
                                "timeout (seconds for a whole call, 30) and connect_timeout (5). Others are not used."),
                ConfigField.of("replace_link", "Replace links", "boolean")
                        .or(false)
                        .describedAs("Put this service's address in place of the base URL in what comes back as text."),
                ConfigField.of("implements_access_list", "Knows access lists", "boolean")
                        .or(false)
                        .describedAs("Pass on calls with as_access_list in place of answering them here."),
                ConfigField.of("preserve_forward_trailing_slash", "Keep trailing slashes", "boolean")
                        .or(false)
                        .describedAs("Pass on a slash at the end of a path."),
                ConfigField.of("parameters", "Parameters", "array")
                        .describedAs(
                                "A list of {name, value, exclude, outbound, action}: exclude takes the caller's parameter"
                                        + " away, outbound adds it with this value. action is the mask of verbs it holds for; all"
                                        + " when left out.")
                        .withSecretsInRows(),
                ConfigField.of("headers", "Headers", "array")
                        .describedAs("A list of {name, value, pass_from_client, action}: sent with each call;"
                                + " pass_from_client takes the caller's own header where there is one.")
                        .withSecretsInRows());
    }

    @Override
    public Service open(ServiceDefinition definition) {
        return new RemoteService(definition.name(), definition.document(), RemoteConfig.of(definition));
    }
}
