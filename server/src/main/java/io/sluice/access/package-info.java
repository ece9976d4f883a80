/**
 * Who makes a call, and may they: API keys, session tokens, basic auth; roles, verb masks, row filters.
 *
 * <p>Owns the records of administrators, users, roles, apps, lookups and sessions. Doors: {@link io.sluice.access.Access} for the
 * decision. May call {@code api} and {@code store}.
 */
@NullMarked
package io.sluice.access;

import org.jspecify.annotations.NullMarked;
