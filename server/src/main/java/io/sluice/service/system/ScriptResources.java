package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.script.Scripts;
import io.sluice.service.Services;
import io.sluice.store.Store;
import java.util.List;

/** The resources of {@code system} that are about scripts and events. */
public final class ScriptResources {
    private ScriptResources() {}

    /** For {@link SystemServices}. */
    public static List<SystemResource> of(Store store, Access access, Services services, Scripts scripts) {
        return List.of(
                new EventScriptResource(store, new EventScriptFamily(scripts)),
                new ScriptTypeResource(scripts),
                new ScriptResource(scripts, new ScriptTypesOf(services, access)),
                new CacheResource(services, scripts, access),
                new EventResource(services, access));
    }
}
