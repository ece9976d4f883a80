package io.sluice.service.file.swift;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.Encoded;
import io.sluice.service.file.HostBytes;
import io.sluice.service.file.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The objects of one container, by their whole names. */
final class Container {
    static final String FOLDER_TYPE = "application/directory";

    private static final ObjectReader LISTED = new JsonMapper().readerForListOf(Listed.class);

    private final Cluster cluster;
    private final String name;

    Container(Cluster cluster, String name) {
        this.cluster = cluster;
        this.name = name;
    }

    private URI address(String storage, String object) {
        return URI.create(storage + path(object));
    }

    /** Below the account; that of the container itself for no object. */
    String path(String object) {
        return "/" + Encoded.name(name)
                + (object.isEmpty() ? "" : "/" + Encoded.path(Arrays.asList(object.split("/", -1))));
    }

    Cluster cluster() {
        return cluster;
    }

    /** Empty when there is none; of the container itself for no object. */
    Optional<Head> head(String object) throws IOException {
        try (HostReply reply = cluster.send(storage -> HostCall.of("HEAD", address(storage, object)))) {
            if (reply.status() == 404) {
                Cluster.ended(reply);
                return Optional.empty();
            }
            Cluster.done(reply, object);
            return Optional.of(Head.of(reply));
        }
    }

    /** Makes sure that the container is there and that the token holds, before content is sent that can be read once. */
    void ready() throws IOException {
        if (head("").isEmpty()) {
            make();
        }
    }

    private void make() throws IOException {
        Cluster.done(cluster.send(storage -> put(storage, "", new byte[0])), name);
    }

    /**
     * The next objects whose names begin so, in the order of their names; as many as the cluster tells at once, none when there are no more.
     *
     * @param shallow what lies below further slashes as one line
     * @param marker the last name of the page before
     */
    List<Listed> page(String prefix, boolean shallow, String marker) throws IOException {
        return list("?format=json&prefix=" + Encoded.name(prefix) + "&marker=" + Encoded.name(marker)
                + (shallow ? "&delimiter=/" : ""));
    }

    /** Whether any object's name begins so. */
    boolean hasAny(String prefix) throws IOException {
        return !list("?format=json&limit=1&prefix=" + Encoded.name(prefix)).isEmpty();
    }

    private List<Listed> list(String query) throws IOException {
        try (HostReply reply = cluster.send(storage -> HostCall.of("GET", URI.create(storage + path("") + query)))) {
            if (reply.status() == 404) {
                Cluster.ended(reply);
                return List.of();
            }
            if (!reply.ok()) {
                throw Cluster.failure(reply, name);
            }
            return LISTED.readValue(reply.body());
        } catch (JacksonException e) {
            throw StoreFailure.unreachable("its cluster broke off a list, or sent one that cannot be read", e);
        }
    }

    InputStream get(String object, Optional<String> range) throws IOException {
        HostReply reply = cluster.send(storage -> {
            HostCall call = HostCall.of("GET", address(storage, object));
            return range.map(text -> call.with("Range", text)).orElse(call);
        });
        if (reply.status() == 404) {
            reply.close();
            throw new FileNotFoundException(object);
        }
        if (reply.status() == 416) { // it begins behind the end
            Cluster.ended(reply);
            return InputStream.nullInputStream();
        }
        if (reply.status() != (range.isPresent() ? 206 : 200)) {
            throw Cluster.failure(reply, object);
        }
        return new HostBytes(reply.body());
    }

    /** Puts what is held in memory; makes the container when it is missing. */
    String put(String object, byte[] content) throws IOException {
        return put(object, storage -> put(storage, object, content));
    }

    /** Puts an empty object that stands for a folder. */
    void putFolder(String object) throws IOException {
        put(object, storage -> put(storage, object, new byte[0]).with("Content-Type", FOLDER_TYPE));
    }

    private String put(String object, Function<String, HostCall> call) throws IOException {
        HostReply reply = cluster.send(call);
        if (reply.status() == 404) {
            Cluster.ended(reply);
            make();
            reply = cluster.send(call);
        }
        return stored(reply, object);
    }

    private HostCall put(String storage, String object, byte[] content) {
        return HostCall.of("PUT", address(storage, object))
                .with(new ByteArrayInputStream(content), OptionalLong.of(content.length));
    }

    /** Puts what is read while it is sent. The container is there. */
    String put(String object, InputStream content, OptionalLong length) throws IOException {
        return stored(
                cluster.sendOnce(storage -> HostCall.of("PUT", address(storage, object))
                        .with(content, length)
                        .waiting(Cluster.LONG_WORK)),
                object);
    }

    /** The hash of what is stored now; empty where something between drops it. */
    private static String stored(HostReply reply, String object) throws IOException {
        String tag = reply.header("etag").orElse("").replace("\"", "");
        Cluster.done(reply, object);
        return tag;
    }

    /** False when there is none. */
    boolean copy(String from, String to) throws IOException {
        HostReply reply = cluster.send(storage -> HostCall.of("COPY", address(storage, from))
                .with("Destination", path(to).substring(1))
                .waiting(Cluster.LONG_WORK));
        if (reply.status() == 404) {
            Cluster.ended(reply);
            return false;
        }
        Cluster.done(reply, to);
        return true;
    }

    /** Fine when there is none. */
    void delete(String object) throws IOException {
        HostReply reply = cluster.send(storage -> HostCall.of("DELETE", address(storage, object)));
        if (reply.status() == 404) {
            Cluster.ended(reply);
        } else {
            Cluster.done(reply, object);
        }
    }
}
