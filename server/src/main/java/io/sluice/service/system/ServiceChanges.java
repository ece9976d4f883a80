package io.sluice.service.system;

import io.sluice.api.Caller;
import io.sluice.service.ServiceDefinition;
import io.sluice.store.Tx;

/**
 * What other rooms do when the record of a service changes, in the same transaction. An ApiException refuses the change; caches
 * and notices belong into {@link Tx#afterCommit}.
 */
public interface ServiceChanges {
    /** Nobody cares. */
    ServiceChanges NONE = new ServiceChanges() {
        @Override
        public void saved(Tx tx, ServiceDefinition definition, Caller caller) {}

        @Override
        public void deleting(Tx tx, long id, String name) {}
    };

    /** The service was made or changed by that caller; config in clear, and complete. */
    void saved(Tx tx, ServiceDefinition definition, Caller caller);

    /** The service gets another name; {@link #saved} follows. */
    default void renaming(Tx tx, long id, String from, String to) {}

    /** The service is about to go. */
    void deleting(Tx tx, long id, String name);
}
