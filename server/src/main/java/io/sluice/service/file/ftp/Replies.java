package io.sluice.service.file.ftp;

import io.sluice.service.file.StoreFailure;
import io.sluice.service.file.connected.Refusal;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.commons.net.ftp.FTPClient;

/** What the numbers of refusals mean (RFC 959, RFC 4217). The texts are the server's own and stay in the log: they may tell paths. */
final class Replies {
    private static final Pattern RIGHTS = Pattern.compile("(?i)permission|denied|not allowed|forbidden|privilege");

    private Replies() {}

    /** @param doing in the words of "its server refuses to …" */
    static IOException refused(FTPClient client, String doing) {
        int code = client.getReplyCode();
        IOException text =
                new IOException(String.valueOf(client.getReplyString()).strip());
        String what = "its server refuses to " + doing + " (reply " + code + ")";
        return switch (code) {
            case 450, 530, 532, 533, 534, 550, 553 -> StoreFailure.denied(what, text);
            case 451, 452, 552 -> StoreFailure.full("its server has no room left (reply " + code + ")", text);
            case 421, 425, 426 -> text;
            default -> refusal(what, text);
        };
    }

    private static Refusal refusal(String what, IOException text) {
        Refusal refusal = new Refusal(what);
        refusal.initCause(text);
        return refusal;
    }

    /** Whether a 550, which also says that something is missing, is about rights. */
    static boolean isAboutRights(FTPClient client) {
        return RIGHTS.matcher(String.valueOf(client.getReplyString())).find();
    }
}
