package io.sluice.service.file.webdav;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.FirstBytes;
import io.sluice.service.file.HostBytes;
import io.sluice.service.file.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.URI;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** The verbs: bytes in and out, folders made, anything deleted or moved. */
record Files(DavServer server, DavAddresses addresses) {
    /** Content up to this size is held, so that it can be sent again with the credentials that the server asks for. */
    static final int HELD_BYTES = 1 << 20;

    InputStream get(URI address, long from, long length) throws IOException {
        boolean toTheEnd = length > Long.MAX_VALUE - from;
        HostReply reply = server.send(() -> {
            HostCall call = HostCall.of("GET", address);
            return from == 0 && toTheEnd
                    ? call
                    : call.with("Range", "bytes=" + from + "-" + (toTheEnd ? "" : from + length - 1));
        });
        return switch (reply.status()) {
            case 206 -> begun(new FirstBytes(new HostBytes(reply.body()), length));
            case 200 -> whole(reply, from, length);
            case 416 -> nothing(reply);
            case 404 -> {
                DavServer.ended(reply);
                throw new FileNotFoundException(address.getPath());
            }
            default -> throw DavServer.failure(reply, address.getPath());
        };
    }

    /** From a server that knows no parts. */
    private static InputStream whole(HostReply reply, long from, long length) throws IOException {
        InputStream body = new HostBytes(reply.body());
        try {
            body.skipNBytes(from);
            return begun(new FirstBytes(body, length));
        } catch (EOFException e) {
            return nothing(reply);
        }
    }

    /** With its first byte read: servers may open a file only when they are about to send of it. */
    private static InputStream begun(InputStream body) throws IOException {
        PushbackInputStream begun = new PushbackInputStream(body);
        int first = begun.read();
        if (first >= 0) {
            begun.unread(first);
        }
        return begun;
    }

    private static InputStream nothing(HostReply reply) {
        reply.close();
        return InputStream.nullInputStream();
    }

    /** Sends what fits into memory; makes the container when it is missing. */
    void put(URI address, InputStream content, int length) throws IOException {
        byte[] bytes = content.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the content ended after " + bytes.length + " of " + length + " bytes");
        }
        inContainer(
                address,
                () -> HostCall.of("PUT", address).with(new ByteArrayInputStream(bytes), OptionalLong.of(bytes.length)));
    }

    /** Sends what is read meanwhile. */
    void put(URI address, InputStream content, OptionalLong length) throws IOException {
        DavServer.done(
                server.sendOnce(
                        HostCall.of("PUT", address).with(content, length).waiting(DavServer.LONG_WORK)),
                address.getPath());
    }

    void makeFolder(URI address) throws IOException {
        inContainer(address, () -> HostCall.of("MKCOL", address));
    }

    /** That the parent is missing is a 409, or with some servers a 404. */
    private void inContainer(URI address, Supplier<HostCall> call) throws IOException {
        HostReply reply = server.send(call);
        if (reply.status() == 409 || reply.status() == 404) {
            DavServer.ended(reply);
            makeContainer();
            reply = server.send(call);
        }
        DavServer.done(reply, address.getPath());
    }

    void makeContainer() throws IOException {
        for (URI folder : addresses.toContainer()) {
            HostReply reply = server.send(() -> HostCall.of("MKCOL", folder));
            if (reply.status() == 403) {
                // So mod_dav calls it when another call makes the folder at the same moment. Asked again, it says that
                // it is there.
                DavServer.ended(reply);
                reply = server.send(() -> HostCall.of("MKCOL", folder));
            }
            if (reply.status() == 405) {
                DavServer.ended(reply); // there already
            } else {
                DavServer.done(reply, folder.getPath());
            }
        }
    }

    /** Fine when there is none. A folder with all that is in it. */
    void delete(URI address) throws IOException {
        HostReply reply = server.send(() -> HostCall.of("DELETE", address).waiting(DavServer.LONG_WORK));
        if (reply.status() == 404) {
            DavServer.ended(reply);
        } else {
            DavServer.done(reply, address.getPath());
        }
    }

    /** COPY or MOVE; false when there is nothing at the address. */
    boolean transfer(String method, URI from, URI to) throws IOException {
        HostReply reply = server.transfer(method, from, to);
        switch (reply.status()) {
            case 404 -> {
                DavServer.ended(reply);
                return false;
            }
            case 405, 501 -> {
                reply.close();
                throw StoreFailure.denied(
                        "its WebDAV server does not know " + method
                                + ", which is needed so that nobody sees half a file",
                        null);
            }
            case 502 -> {
                reply.close();
                throw StoreFailure.denied(
                        "its WebDAV server takes its own address for that of another server (502);"
                                + " 'base_uri' must be the address that it knows itself by",
                        null);
            }
            default -> DavServer.done(reply, to.getPath());
        }
        return true;
    }
}
