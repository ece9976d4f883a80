/**
 * Who makes a call, and may they: API keys, session tokens, basic auth; roles, verb masks, row filters.
 *
 * <p>Owns the records of administrators, users, roles, apps, lookups and sessions. Doors: {@link io.sluice.access.Access} for the
 * decision, with {@link io.sluice.access.Directory} for the records and {@link io.sluice.access.Sessions} for logging in;
 * {@link io.sluice.access.RecordForm}, {@link io.sluice.access.Problems} and {@link io.sluice.access.Stamps} are shared with the
 * admin API. May call {@code api} and {@code store}.
 */
@NullMarked
package io.sluice.access;

import org.jspecify.annotations.NullMarked;
