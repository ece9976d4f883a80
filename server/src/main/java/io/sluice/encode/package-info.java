/**
 * Answers as bytes: trees and rows as JSON, NDJSON, XML or CSV. Pure: writes to the stream it is given.
 *
 * <p>Door: {@link io.sluice.encode.Encoder}. May call {@code api}.
 */
@NullMarked
package io.sluice.encode;

import org.jspecify.annotations.NullMarked;
