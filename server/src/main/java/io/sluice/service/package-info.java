/**
 * The SPI of services: {@link io.sluice.service.ServiceType} makes {@link io.sluice.service.Service}s from definitions;
 * {@link io.sluice.service.Services} holds the running ones by name.
 *
 * <p>A service may have further faces: {@link io.sluice.service.TextSource} (scripts can be linked to it),
 * {@link io.sluice.service.GitHost} (its texts have commits) and {@link io.sluice.service.Described} (it says what its operations
 * take and give). {@link io.sluice.service.Outbound} and {@link io.sluice.service.LocalRoots} say where services may reach, {@link io.sluice.service.OutboundRule} where scripts may,
 * {@link io.sluice.service.Effects} whether a call may have changed anything yet. Door: {@link io.sluice.service.Services}. May call
 * {@code api} only; each kind of service is a room of its own below this package and is known here only by its type.
 */
@NullMarked
package io.sluice.service;

import org.jspecify.annotations.NullMarked;
