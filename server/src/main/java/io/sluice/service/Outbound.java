package io.sluice.service;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The host of a service's config is trusted, private and loopback ones included; the addresses at which clouds hand out the machine's own
 * credentials never are. Judged on the resolved address, right before connecting; the JVM keeps a resolved name for the moment between.
 */
public final class Outbound {
    private static final Set<String> METADATA_V4 =
            Set.of("100.100.100.200", "192.0.0.192", "168.63.129.16"); // beside 169.254/16: Alibaba, Oracle, Azure
    private static final byte[] AWS_V6 = {(byte) 0xfd, 0, 0x0e, (byte) 0xc2}; // fd00:ec2::/32
    private static final byte[] GOOGLE_V6 = {(byte) 0xfd, 0x20, 0, (byte) 0xce}; // fd20:ce::/32

    private Outbound() {}

    /** The connection would go where it never may. */
    public static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        public Refused(String why) {
            super(why);
        }
    }

    /** Resolves the host and judges each of its addresses: these, and no others, may be connected to. */
    public static List<InetAddress> check(String host) throws Refused, UnknownHostException {
        List<InetAddress> addresses = List.of(InetAddress.getAllByName(unbracketed(host)));
        for (InetAddress address : addresses) {
            refuseMetadata(address);
        }
        return addresses;
    }

    static void refuseMetadata(InetAddress address) throws Refused {
        if (isMetadata(address)) {
            throw new Refused("the address of a cloud's metadata service is never called");
        }
    }

    /** Judges a host that is written as a number, without resolving anything. */
    public static boolean isMetadataLiteral(String host) {
        try {
            return isMetadata(InetAddress.ofLiteral(unbracketed(host)));
        } catch (IllegalArgumentException notALiteral) {
            return isPosixLiteral(host);
        }
    }

    /** Such as {@code 2852039166} or {@code 0xA9FEA9FE}, which a resolver may take for an address. */
    private static boolean isPosixLiteral(String host) {
        try {
            return isMetadata(Inet4Address.ofPosixLiteral(host));
        } catch (IllegalArgumentException notALiteral) {
            return false;
        }
    }

    static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static boolean isMetadata(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isMetadataV4(bytes);
        }
        return Arrays.equals(bytes, 0, 4, AWS_V6, 0, 4)
                || Arrays.equals(bytes, 0, 4, GOOGLE_V6, 0, 4)
                || embedsV4AtTheEnd(bytes) && isMetadataV4(Arrays.copyOfRange(bytes, 12, 16))
                || bytes[0] == 0x20 && bytes[1] == 0x02 && isMetadataV4(Arrays.copyOfRange(bytes, 2, 6)); // 6to4
    }

    /** {@code ::a.b.c.d}, {@code ::ffff:a.b.c.d} or {@code 64:ff9b::a.b.c.d}. */
    private static boolean embedsV4AtTheEnd(byte[] bytes) {
        String front = HexFormat.of().formatHex(bytes, 0, 12);
        return front.equals("0".repeat(24))
                || front.equals("0".repeat(20) + "ffff")
                || front.equals("0064ff9b" + "0".repeat(16));
    }

    private static boolean isMetadataV4(byte[] bytes) {
        boolean linkLocal = (bytes[0] & 0xff) == 169 && (bytes[1] & 0xff) == 254;
        String text = (bytes[0] & 0xff) + "." + (bytes[1] & 0xff) + "." + (bytes[2] & 0xff) + "." + (bytes[3] & 0xff);
        return linkLocal || METADATA_V4.contains(text);
    }
}
