package io.sluice.service.git;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.jspecify.annotations.Nullable;

/** A command that runs at an SSH server. */
final class SshProcess extends Process {
    private static final Duration STATUS_COMES_WITHIN = Duration.ofSeconds(1);

    private final ChannelExec channel;
    private final InputStream output;

    SshProcess(ChannelExec channel, GitExchange exchange) {
        this.channel = channel;
        this.output = new WatchedInput(channel.getInvertedOut(), exchange);
    }

    @Override
    public OutputStream getOutputStream() {
        return channel.getInvertedIn();
    }

    @Override
    public InputStream getInputStream() {
        return output;
    }

    @Override
    public InputStream getErrorStream() {
        return channel.getInvertedErr();
    }

    @Override
    public int waitFor() {
        channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), 0L);
        return exitValue();
    }

    /** The status comes after the end of the output. */
    @Override
    public int exitValue() {
        channel.waitFor(EnumSet.of(ClientChannelEvent.EXIT_STATUS, ClientChannelEvent.CLOSED), STATUS_COMES_WITHIN);
        @Nullable Integer status = channel.getExitStatus();
        if (status == null) {
            throw new IllegalThreadStateException("the command has not ended");
        }
        return status;
    }

    @Override
    public void destroy() {
        channel.close(true);
    }
}
