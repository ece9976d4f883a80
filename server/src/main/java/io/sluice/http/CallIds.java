package io.sluice.http;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Names for calls: different in each run of the server, then counted. */
final class CallIds implements Supplier<String> {
    private final String prefix = Integer.toHexString(new SecureRandom().nextInt() | 0x1000_0000);
    private final AtomicLong count = new AtomicLong();

    @Override
    public String get() {
        return prefix + "-" + count.incrementAndGet();
    }
}
