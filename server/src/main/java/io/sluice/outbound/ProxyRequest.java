package io.sluice.outbound;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client asks a proxy for: a tunnel to a host, or a request that goes to it. Pure.
 *
 * @param host without brackets
 * @param tunnel the client is told of the connection, and then has it for itself
 * @param opening what is sent to the host first; empty for a tunnel
 */
record ProxyRequest(String host, int port, boolean tunnel, byte[] opening) {
    private static final Pattern LINE = Pattern.compile("([A-Za-z][A-Za-z-]{0,30}) (\\S+) (HTTP/1\\.[01])");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\s:/?#@\\[\\]]+):(\\d{1,5})");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)");
    private static final int HIGHEST_PORT = 65_535;
    private static final int HTTP = 80;

    /** Of this connection, not of the request; a host is told the one that was judged. */
    private static final Set<String> LEFT_OUT = Set.of("host", "connection", "keep-alive", "upgrade", "te");

    /**
     * @param head the first line and the headers, up to their empty line
     * @throws MalformedCall in words for the script's author
     */
    static ProxyRequest parse(byte[] head) {
        List<String> lines = new String(head, StandardCharsets.ISO_8859_1)
                .lines()
                .takeWhile(line -> !line.isEmpty())
                .toList();
        Matcher line = LINE.matcher(lines.isEmpty() ? "" : lines.getFirst());
        if (!line.matches()) {
            throw new MalformedCall("What was sent is no request of HTTP/1.1.");
        }
        return line.group(1).equals("CONNECT") ? tunnel(line.group(2)) : request(line, lines.subList(1, lines.size()));
    }

    private static ProxyRequest tunnel(String authority) {
        Matcher parts = AUTHORITY.matcher(authority);
        if (!parts.matches() || !isPort(Integer.parseInt(parts.group(2)))) {
            throw new MalformedCall("CONNECT needs a host and a port.");
        }
        return new ProxyRequest(unbracketed(parts.group(1)), Integer.parseInt(parts.group(2)), true, new byte[0]);
    }

    private static boolean isPort(int number) {
        return number > 0 && number <= HIGHEST_PORT;
    }

    private static ProxyRequest request(Matcher line, List<String> headers) {
        Target target = Target.parse(address(line.group(2), headers));
        int port = target.uri().getPort() < 0 ? HTTP : target.uri().getPort();
        if (!isPort(port)) {
            throw new MalformedCall("The address has no valid port.");
        }
        String query =
                target.uri().getRawQuery() == null ? "" : "?" + target.uri().getRawQuery();
        StringBuilder opening =
                new StringBuilder(line.group(1) + " " + target.uri().getRawPath() + query);
        opening.append(' ').append(line.group(3)).append("\r\n");
        opening.append("Host: ").append(target.uri().getRawAuthority()).append("\r\n");
        kept(headers).forEach(header -> opening.append(header).append("\r\n"));
        // One request for each connection: the next one may be for a host that was not judged.
        opening.append("Connection: close\r\n\r\n");
        byte[] bytes = opening.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new ProxyRequest(unbracketed(target.host()), port, false, bytes);
    }

    /** Some clients say only the path, and the host in its header, as they would to the host itself. */
    private static String address(String target, List<String> headers) {
        Optional<String> host = headers.stream()
                .filter(header -> target.startsWith("/") && name(header).equals("host"))
                .map(header -> header.substring(header.indexOf(':') + 1).strip())
                .findFirst();
        String address = host.map(named -> "http://" + named + target).orElse(target);
        if (!address.regionMatches(true, 0, "http://", 0, 7)) {
            throw new MalformedCall("Only http:// addresses and CONNECT lead out of a script.");
        }
        return address;
    }

    private static List<String> kept(List<String> headers) {
        Set<String> leftOut = new HashSet<>(LEFT_OUT);
        headers.stream()
                .filter(header -> name(header).equals("connection"))
                .flatMap(header ->
                        List.of(header.substring(header.indexOf(':') + 1).split(",")).stream())
                .forEach(name -> leftOut.add(name.strip().toLowerCase(Locale.ROOT)));
        return headers.stream()
                .filter(header -> !name(header).startsWith("proxy-") && !leftOut.contains(name(header)))
                .toList();
    }

    private static String name(String header) {
        Matcher parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw new MalformedCall("One of the headers is none.");
        }
        return parts.group(1).toLowerCase(Locale.ROOT);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
