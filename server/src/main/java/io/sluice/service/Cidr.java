package io.sluice.service;

import java.net.InetAddress;
import java.util.regex.Pattern;

/** A range of addresses, such as {@code 10.0.0.0/8}; a single address is a range of one. */
record Cidr(InetAddress network, int bits) {
    private static final Pattern FOUR_PARTS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");

    Cidr {
        if (bits < 0 || bits > network.getAddress().length * 8) {
            throw new IllegalArgumentException("a prefix of " + bits + " bits");
        }
    }

    /** @throws IllegalArgumentException when it is neither an address nor a range of addresses */
    static Cidr parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (address.indexOf(':') < 0 && !FOUR_PARTS.matcher(address).matches()) {
            throw new IllegalArgumentException("no address: " + address); // Java would take 10.1 for 10.0.0.1
        }
        InetAddress network = InetAddress.ofLiteral(Outbound.unbracketed(address));
        int all = network.getAddress().length * 8;
        return new Cidr(network, slash < 0 ? all : Integer.parseInt(text.substring(slash + 1)));
    }

    boolean contains(InetAddress address) {
        byte[] one = network.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        for (int i = 0; i < whole; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        return rest == 0 || ((one[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
    }
}
