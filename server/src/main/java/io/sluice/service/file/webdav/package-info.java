/**
 * WebDAV servers as file stores, over a thin client of our own.
 *
 * <p>{@code DavServer} sends calls with the credentials that the server asks for ({@code Credentials}: Basic, Digest); {@code Multistatus} reads
 * what PROPFIND answers; {@code DavStore} does the rest: an upload goes to a hidden name beside and is moved into place when all of it is
 * there. Door: {@link io.sluice.service.file.webdav.WebDavFiles}.
 */
@NullMarked
package io.sluice.service.file.webdav;

import org.jspecify.annotations.NullMarked;
