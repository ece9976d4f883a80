/**
 * What object stores have in common: bytes under keys in a container, without folders. {@code ContainerFiles} makes files and folders of
 * them, the same for each; a {@code Container} says how one kind of store is spoken to. Doors: both, and what kinds need to read their
 * config.
 */
@NullMarked
package io.sluice.service.file.object;

import org.jspecify.annotations.NullMarked;
