package io.sluice.service.system;

import io.sluice.access.Access;
import io.sluice.access.Stamps;
import io.sluice.job.Jobs;
import io.sluice.observe.Observe;
import io.sluice.script.Scripts;
import io.sluice.service.Services;
import io.sluice.store.Store;
import io.sluice.webhook.WebhookRecords;
import java.time.Clock;
import java.util.List;

/** The resources of {@code system} that are about scripts, events, queued runs and webhooks. */
public final class ScriptResources {
    private ScriptResources() {}

    /** For {@link SystemServices}. */
    public static List<SystemResource> of(
            Store store,
            Access access,
            Services services,
            Scripts scripts,
            Jobs jobs,
            WebhookRecords webhooks,
            Clock clock,
            Observe observe) {
        return List.of(
                new EventScriptResource(store, new EventScriptFamily(scripts, new LinkRight(access, services))),
                new ScriptTypeResource(scripts),
                new ScriptResource(scripts, new ScriptTypesOf(services, access)),
                new JobResource(store, jobs),
                new WebhookResource(store, webhooks, new Stamps(clock)),
                new CacheResource(services, scripts, access),
                new EventResource(new EventList(services, observe), services, access));
    }
}
