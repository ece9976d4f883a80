/** {@code ftp_file}: a folder of an FTP server, in clear or with TLS. Door: {@link io.sluice.service.file.ftp.FtpFiles}. */
@NullMarked
package io.sluice.service.file.ftp;

import org.jspecify.annotations.NullMarked;
