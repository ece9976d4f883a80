package io.sluice.service;

import java.net.IDN;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a call may go whose host no administrator put into a service's config: to every public address (or to none, see
 * {@link #LISTED_ONLY}), and to others only where they are listed by host name or range of addresses. Never to a cloud's metadata
 * service, listed or not. Judges resolved addresses: a name says nothing about where it leads. Rules with the same entries are equal.
 */
public final class OutboundRule {
    /** Public addresses only. */
    public static final OutboundRule PUBLIC_ONLY = new OutboundRule(true, Set.of(), Set.of());

    /** Nothing but what is listed, public or not. */
    public static final OutboundRule LISTED_ONLY = new OutboundRule(false, Set.of(), Set.of());

    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+(/.*)?");

    private final boolean everythingPublic;

    /** In lower case; {@code *.example.com} for all below a domain. */
    private final Set<String> names;

    private final Set<Cidr> ranges;

    private OutboundRule(boolean everythingPublic, Set<String> names, Set<Cidr> ranges) {
        this.everythingPublic = everythingPublic;
        this.names = Set.copyOf(names);
        this.ranges = Set.copyOf(ranges);
    }

    /**
     * The rule with more entries: {@code example.com}, {@code *.example.com}, {@code 10.1.2.3}, {@code 10.0.0.0/8}, {@code fd00::/8}.
     *
     * @throws IllegalArgumentException in words that name the entry which is none of these
     */
    public OutboundRule and(List<String> entries) {
        if (entries.isEmpty()) {
            return this;
        }
        Set<String> allNames = new HashSet<>(names);
        Set<Cidr> allRanges = new HashSet<>(ranges);
        for (String entry : entries) {
            String text = entry.strip().toLowerCase(Locale.ROOT);
            if (text.indexOf('/') >= 0
                    || text.indexOf(':') >= 0
                    || NUMBERS.matcher(text).matches()) {
                allRanges.add(range(entry, text));
            } else {
                allNames.add(name(entry, text));
            }
        }
        return new OutboundRule(everythingPublic, allNames, allRanges);
    }

    private static Cidr range(String entry, String text) {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(unclear(entry), e);
        }
    }

    private static String name(String entry, String text) {
        String name = ascii(text);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(unclear(entry));
        }
        return name;
    }

    private static String unclear(String entry) {
        return "'" + entry
                + "' is no host name (example.com, *.example.com), address or range of addresses (10.0.0.0/8);"
                + " schemes, ports and paths are left out.";
    }

    private static String ascii(String host) {
        try {
            String ascii = IDN.toASCII(host.startsWith("*.") ? host.substring(2) : host, IDN.ALLOW_UNASSIGNED);
            return host.startsWith("*.") ? "*." + ascii : ascii;
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    /**
     * Judges one address that a host was resolved to.
     *
     * @param host as the call names it
     */
    public void judge(String host, InetAddress address) throws Outbound.Refused {
        Outbound.refuseMetadata(address);
        if (!(everythingPublic && PublicAddress.is(address)) && !lists(host, address)) {
            throw new Outbound.Refused(
                    everythingPublic
                            ? "it is at no public address (loopback, private and reserved ones are refused unless"
                                    + " 'outbound.allow' or the script's 'outbound' lists the host or its range of addresses)"
                            : "the script's 'outbound' lists neither the host nor its range of addresses");
        }
    }

    private boolean lists(String host, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address)) || lists(plain(host));
    }

    private boolean lists(String host) {
        if (names.contains(host)) {
            return true;
        }
        int dot = host.indexOf('.');
        while (dot >= 0) {
            if (names.contains("*" + host.substring(dot))) {
                return true;
            }
            dot = host.indexOf('.', dot + 1);
        }
        return false;
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OutboundRule rule
                && rule.everythingPublic == everythingPublic
                && rule.names.equals(names)
                && rule.ranges.equals(ranges);
    }

    @Override
    public int hashCode() {
        return Objects.hash(everythingPublic, names, ranges);
    }
}
