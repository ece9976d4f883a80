/**
 * What FTP and SFTP have in common: a store over a bounded number of logged-in connections. {@code ConnectedStore} knows how files are
 * replaced, trees are walked and what broke off is put in order; a {@code Connection} speaks one protocol and knows nothing of that.
 */
@NullMarked
package io.sluice.service.file.connected;

import org.jspecify.annotations.NullMarked;
