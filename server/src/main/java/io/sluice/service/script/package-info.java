/**
 * Script services: a service whose whole work is one script.
 *
 * <p>The service holds only its script's id; record, text and versions belong to {@code script}. Door:
 * {@link io.sluice.service.script.ScriptServiceType}, and {@link io.sluice.service.script.ScriptServiceConfig}, which makes the
 * script's record from the service's definition for whoever saves it. May call {@code service}, {@code api}, {@code script} and
 * {@code engine}.
 */
@NullMarked
package io.sluice.service.script;

import org.jspecify.annotations.NullMarked;
