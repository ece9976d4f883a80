/**
 * The vocabulary of one call: the values that move from room to room, and the pure code that reads them off the wire.
 *
 * <p>{@link io.sluice.api.RawExchange} → {@link io.sluice.api.ApiRequest} → {@link io.sluice.api.AuthorisedRequest} →
 * {@link io.sluice.api.ServiceRequest} → {@link io.sluice.api.ServiceResult} → {@link io.sluice.api.ApiResponse}.
 * Path, verb override, parameters and payload decoding live here, so does {@link io.sluice.api.ApiError}. No I/O, no
 * clock, no logger. Calls no other room; every room may call it.
 */
@NullMarked
package io.sluice.api;

import org.jspecify.annotations.NullMarked;
