package io.sluice.service.file.sftp;

import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.connected.Refusal;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/** What the status codes of refusals mean (draft-ietf-secsh-filexfer). */
final class Faults {
    private static final Pattern ROOM = Pattern.compile("(?i)no space|quota|disk full");

    private Faults() {}

    /** @param doing in the words of "its server refuses to …" */
    static IOException said(SftpException e, String doing) {
        String what = "its server refuses to " + doing + " (status " + e.getStatus() + ")";
        return switch (e.getStatus()) {
            case SftpConstants.SSH_FX_PERMISSION_DENIED,
                    SftpConstants.SSH_FX_WRITE_PROTECT,
                    SftpConstants.SSH_FX_CANNOT_DELETE -> StoreFailure.denied(what, e);
            case SftpConstants.SSH_FX_NO_SPACE_ON_FILESYSTEM, SftpConstants.SSH_FX_QUOTA_EXCEEDED -> full(e);
            case SftpConstants.SSH_FX_NO_CONNECTION, SftpConstants.SSH_FX_CONNECTION_LOST -> e;
            default -> ROOM.matcher(String.valueOf(e.getMessage())).find() ? full(e) : refusal(what, e);
        };
    }

    /** In the middle of content, OpenSSH says of a full disk no more than "Failure". */
    static IOException saidOfContent(SftpException e) {
        return e.getStatus() == SftpConstants.SSH_FX_FAILURE ? full(e) : said(e, "write a file");
    }

    private static StoreFailure full(SftpException e) {
        return StoreFailure.full("its server has no room left (status " + e.getStatus() + ")", e);
    }

    private static Refusal refusal(String what, SftpException e) {
        Refusal refusal = new Refusal(what);
        refusal.initCause(e);
        return refusal;
    }

    static boolean isMissing(SftpException e) {
        return switch (e.getStatus()) {
            case SftpConstants.SSH_FX_NO_SUCH_FILE,
                    SftpConstants.SSH_FX_NO_SUCH_PATH,
                    SftpConstants.SSH_FX_NOT_A_DIRECTORY,
                    SftpConstants.SSH_FX_INVALID_FILENAME -> true;
            default -> false;
        };
    }
}
