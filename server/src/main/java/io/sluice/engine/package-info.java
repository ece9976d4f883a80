/**
 * Compiles and runs script texts under limits. It gets text, never locations, and knows neither events nor stores.
 *
 * <p>Door: {@link io.sluice.engine.Engines}, which picks the engine for a language; each language is a package below this one
 * ({@code engine.js}). What scripts see as {@code event} and {@code platform} is built here from plain maps. Declares
 * {@link io.sluice.engine.SourceSet} (a text and the texts it imports), {@link io.sluice.engine.Program} (compiled) and
 * {@link io.sluice.engine.PlatformCalls} (who answers {@code platform.api}). May call {@code api} and {@code observe}.
 */
@NullMarked
package io.sluice.engine;

import org.jspecify.annotations.NullMarked;
