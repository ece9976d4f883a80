/**
 * What differs between databases: addresses, catalogue queries, type names, quoting, generated keys, error codes. One
 * class per database; everything else is written once in {@code service.sql}. Part of that room, not for others.
 */
@NullMarked
package io.sluice.service.sql.dialect;

import org.jspecify.annotations.NullMarked;
