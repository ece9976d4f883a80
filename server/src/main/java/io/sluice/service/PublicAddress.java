package io.sluice.service;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether an address is one of the public Internet: everything that IANA's registries of special-purpose addresses (RFC 6890 and its
 * updates) do not set aside. IPv6 addresses that carry one of IPv4 are judged by that one.
 */
final class PublicAddress {
    private static final List<Cidr> SPECIAL_V4 = ranges(
            "0.0.0.0/8", // this network; 0.0.0.0 connects to the machine itself
            "10.0.0.0/8", // private
            "100.64.0.0/10", // shared by carriers
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    private static final Cidr GLOBAL_V6 = Cidr.parse("2000::/3");
    private static final List<Cidr> SPECIAL_V6 = ranges(
            "2001::/23", // protocol assignments, Teredo
            "2001:db8::/32", // documentation
            "3fff::/20"); // documentation
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");

    /** Translated or compatible addresses; the mapped ones are IPv4 already when Java has made an address of them. */
    private static final List<Cidr> V4_AT_THE_END = ranges("64:ff9b::/96", "::/96");

    private PublicAddress() {}

    private static List<Cidr> ranges(String... texts) {
        return Stream.of(texts).map(Cidr::parse).toList();
    }

    static boolean is(InetAddress address) {
        if (address.getAddress().length == 4) {
            return within(SPECIAL_V4, address).isEmpty();
        }
        byte[] bytes = address.getAddress();
        if (SIX_TO_FOUR.contains(address)) {
            return is(v4(bytes, 2));
        }
        if (within(V4_AT_THE_END, address).isPresent()) {
            return is(v4(bytes, 12));
        }
        return GLOBAL_V6.contains(address) && within(SPECIAL_V6, address).isEmpty();
    }

    private static Optional<Cidr> within(List<Cidr> ranges, InetAddress address) {
        return ranges.stream().filter(range -> range.contains(address)).findFirst();
    }

    private static InetAddress v4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
