package io.sluice.service;

import org.jspecify.annotations.Nullable;

/**
 * The name under which a call fires its events, without verb and stage.
 *
 * @param path {@code db._table.{table_name}} or {@code db._table.contact}, in the backend's own spelling of names
 * @param resource what scripts see as {@code event.resource}: text, or a map of placeholders for script services, or null
 */
public record EventPath(String path, @Nullable Object resource) {}
