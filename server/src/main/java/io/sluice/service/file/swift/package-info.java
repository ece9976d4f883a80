/**
 * OpenStack Swift and Rackspace Cloud Files as file stores, over a thin client of our own.
 *
 * <p>A {@code Login} asks the identity service (auth v1, Keystone v2 or v3) for a {@code Session}; {@code Sessions} keeps it until it ends.
 * {@code Cluster} sends calls with it, {@code Container} knows the verbs, {@code SwiftStore} makes folders of it: Swift has none, only names with
 * slashes in them and empty objects that stand for a folder. Doors: {@link io.sluice.service.file.swift.SwiftFiles},
 * {@link io.sluice.service.file.swift.RackspaceFiles}.
 */
@NullMarked
package io.sluice.service.file.swift;

import org.jspecify.annotations.NullMarked;
