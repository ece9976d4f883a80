package io.sluice.service.file.webdav;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.FirstBytes;
import io.sluice.service.file.HostBytes;
import io.sluice.service.file.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Looks: what there is at an address, what lies in a folder. */
record Folders(DavServer server) {
    /** Room for about 100,000 entries of a chatty server. */
    private static final long MOST_BYTES = 64L << 20;

    /** What is at that address; empty when nothing is, or the other kind. */
    Optional<Resource> at(URI address) throws IOException {
        return ask(address, "0").flatMap(all -> all.stream().findFirst());
    }

    /** What lies in that folder; empty when there is none. */
    Optional<List<Resource>> in(URI folder) throws IOException {
        return ask(folder, "1").map(all -> children(Hrefs.names(folder.getRawPath()), all));
    }

    private Optional<List<Resource>> ask(URI address, String depth) throws IOException {
        byte[] question = Multistatus.QUESTION.getBytes(StandardCharsets.UTF_8);
        HostReply reply = server.send(() -> HostCall.of("PROPFIND", address)
                .with("Depth", depth)
                .with("Content-Type", "application/xml; charset=utf-8")
                .with(new ByteArrayInputStream(question), OptionalLong.of(question.length)));
        if (reply.status() == 207) {
            return Optional.of(read(reply));
        }
        if (reply.status() == 404 || isOtherKind(address, reply)) {
            DavServer.ended(reply);
            return Optional.empty();
        }
        if (reply.ok() || reply.status() == 405 || reply.status() == 501) {
            reply.close();
            throw StoreFailure.denied("what answers at its 'base_uri' does not speak WebDAV", null);
        }
        throw DavServer.failure(reply, address.getPath());
    }

    private static List<Resource> read(HostReply reply) throws IOException {
        try (reply) {
            return Multistatus.read(new FirstBytes(new HostBytes(reply.body()), MOST_BYTES));
        }
    }

    /**
     * Servers send a call for a folder without its slash on to the address with it, or say that a file with a slash behind it is no
     * address.
     */
    private static boolean isOtherKind(URI address, HostReply reply) {
        if (address.getRawPath().endsWith("/")) {
            return reply.status() == 400;
        }
        return reply.status() >= 301
                && reply.status() <= 308
                && reply.header("location").filter(to -> to.endsWith("/")).isPresent();
    }

    /**
     * Those one name below the folder. A server behind another one may tell its own addresses in place of those that we know; then
     * the folder itself, which is always told too, says where they begin.
     */
    private static List<Resource> children(List<String> asked, List<Resource> all) {
        boolean known = all.stream().anyMatch(each -> each.names().equals(asked));
        List<String> folder = known
                ? asked
                : all.stream()
                        .filter(Resource::folder)
                        .map(Resource::names)
                        .min(Comparator.comparing(List::size))
                        .orElse(asked);
        int depth = folder.size();
        return all.stream()
                .filter(each -> each.names().size() == depth + 1)
                .filter(each -> each.names().subList(0, depth).equals(folder))
                .toList();
    }
}
