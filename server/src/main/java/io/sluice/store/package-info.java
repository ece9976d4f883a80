/**
 * The system database: connections, transactions, migrations, secrets at rest, and the small JDBC helper that every
 * repository is written on.
 *
 * <p>Knows no table's meaning: each family of records has its repository in its own room, on {@link io.sluice.store.Tx}.
 * Door: {@link io.sluice.store.Store}. Calls no other room.
 */
@NullMarked
package io.sluice.store;

import org.jspecify.annotations.NullMarked;
