/**
 * Sockets: reads requests into {@link io.sluice.api.RawExchange}, with limits, and sends answers: spooled up to 64 KB, so that small ones
 * get a length and an ETag and an early error a clean status; compressed when the caller likes; broken off, never
 * shortened, when they fail half way. The only room that knows the server library.
 *
 * <p>Door: {@link io.sluice.http.HttpServer}, made from {@link io.sluice.http.HttpSettings} and {@link io.sluice.http.Route}s. May call
 * {@code call}, {@code api}, {@code encode}, {@code observe}.
 */
@NullMarked
package io.sluice.http;

import org.jspecify.annotations.NullMarked;
