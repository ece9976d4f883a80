/**
 * OpenAPI documents of services: 3.1, and 3.0 for older readers.
 *
 * <p>A service that is {@link io.sluice.service.Described} says itself what its operations take and give; others are known by the
 * addresses and verbs of their catalogue. What the reader's role lacks is left out, together with every schema that only it
 * refers to. Made when asked for, never at the start. Door: {@link io.sluice.openapi.ApiDocument}. May call {@code service} and
 * {@code api}. Pure but for what services ask their backends.
 */
@NullMarked
package io.sluice.openapi;

import org.jspecify.annotations.NullMarked;
