/**
 * Databases as services: {@code pgsql}, {@code mysql}, {@code mariadb}, {@code sqlite}, {@code h2}, {@code sqlsrv}, {@code oracle},
 * {@code duckdb}.
 *
 * <p>Filter and options become a plan, a plan becomes SQL, rows stream to whoever reads them. Names from callers are
 * looked up in the introspected schema and quoted by the dialect; values are only ever bound. A role's row rule is a
 * predicate of its own in every plan. {@code dialect} holds one small class per database with what differs.
 *
 * <p>Door: {@link io.sluice.service.sql.SqlServiceTypes}. May call {@code service} and {@code api}.
 */
@NullMarked
package io.sluice.service.sql;

import org.jspecify.annotations.NullMarked;
