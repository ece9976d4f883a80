/**
 * The SPI of services: {@link io.sluice.service.ServiceType} makes {@link io.sluice.service.Service}s from definitions;
 * {@link io.sluice.service.Services} holds the running ones by name.
 *
 * <p>A service may have further faces: {@link io.sluice.service.TextSource} (scripts can be linked to it) and
 * {@link io.sluice.service.GitHost} (its texts have commits). Door: {@link io.sluice.service.Services}. May call
 * {@code api} only; each kind of service is a room of its own below this package and is known here only by its type.
 */
@NullMarked
package io.sluice.service;

import org.jspecify.annotations.NullMarked;
