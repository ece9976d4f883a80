package io.sluice.service.script;

import com.github.benmanes.caffeine.cache.Ticker;
import io.sluice.engine.Language;
import io.sluice.script.RunQueue;
import io.sluice.script.Scripts;
import io.sluice.service.ConfigField;
import io.sluice.service.Service;
import io.sluice.service.ServiceDefinition;
import io.sluice.service.ServiceType;
import java.util.List;
import java.util.function.LongSupplier;

/** The type of script services in one language. */
public final class ScriptServiceType implements ServiceType {
    private final Language language;
    private final Scripts scripts;
    private final RunQueue queue;
    private final LongSupplier changes;

    private ScriptServiceType(Language language, Scripts scripts, RunQueue queue, LongSupplier changes) {
        this.language = language;
        this.scripts = scripts;
        this.queue = queue;
        this.changes = changes;
    }

    /**
     * One type for each language that a record may name; those without an engine say so and answer 501 when called.
     *
     * @param changes how often roles, apps or services have changed: answers that were kept before are not given any more
     */
    public static List<ServiceType> all(Scripts scripts, RunQueue queue, LongSupplier changes) {
        return scripts.languages().stream()
                .<ServiceType>map(language -> new ScriptServiceType(language, scripts, queue, changes))
                .toList();
    }

    @Override
    public String name() {
        return language.name();
    }

    @Override
    public String label() {
        return language.label();
    }

    @Override
    public String description() {
        return "A service whose work is a script. " + language.description();
    }

    @Override
    public String group() {
        return "Script";
    }

    @Override
    public List<ConfigField> config() {
        return ScriptServiceConfig.fields();
    }

    @Override
    public Service open(ServiceDefinition definition) {
        return new ScriptService(definition, language, scripts, queue, changes, Ticker.systemTicker());
    }
}
