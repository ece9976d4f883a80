/**
 * An HTTP API as a service: the type {@code rws}.
 *
 * <p>Method, path, query and body go to the host of the service's config, with the headers and parameters that the config adds;
 * the caller's own key and token never do. JSON comes back as data that scripts can change, anything else as bytes. Door:
 * {@link io.sluice.service.remote.RemoteServiceTypes}. May call {@code service} and {@code api}.
 */
@NullMarked
package io.sluice.service.remote;

import org.jspecify.annotations.NullMarked;
