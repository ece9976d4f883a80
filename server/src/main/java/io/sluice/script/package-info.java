/**
 * Scripts: their definitions, where the text lives, the script cache with its immutable versions and releases, and the one
 * way to run a script.
 *
 * <p>A cached script never expires by itself. A <em>version</em> is a text that never changes; a <em>release</em> is one
 * immutable map from script to version, swapped once; a call takes the release at its start and its nested calls inherit it.
 * A script that cannot be loaded is never silently skipped unless its record says so. Door:
 * {@link io.sluice.script.Scripts}. May call {@code service} (the SPI only), {@code engine}, {@code store}, {@code outbound}, {@code observe}.
 */
@NullMarked
package io.sluice.script;

import org.jspecify.annotations.NullMarked;
