/**
 * Settings: {@code sluice.yaml} and the environment, read once, checked once, handed out as a record.
 *
 * <p>Door: {@link io.sluice.config.Settings}; every setting is a {@link io.sluice.config.Setting}. Calls no other room.
 */
@NullMarked
package io.sluice.config;

import org.jspecify.annotations.NullMarked;
