/** {@code sftp_file}: a folder of an SSH server. Door: {@link io.sluice.service.file.sftp.SftpFiles}. */
@NullMarked
package io.sluice.service.file.sftp;

import org.jspecify.annotations.NullMarked;
