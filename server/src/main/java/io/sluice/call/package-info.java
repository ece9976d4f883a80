/**
 * One API call, from {@link io.sluice.api.RawExchange} to {@link io.sluice.api.ApiResponse}: the only room that knows the whole
 * order. A script's {@code platform.api} call re-enters here, after reading and identification, in process.
 *
 * <p>Door: {@link io.sluice.call.Calls}, {@link io.sluice.call.Idempotency}. May call {@code api}, {@code access}, {@code event}, {@code service}, {@code store}, {@code observe};
 * implements {@code PlatformCalls} of {@code engine}.
 */
@NullMarked
package io.sluice.call;

import org.jspecify.annotations.NullMarked;
