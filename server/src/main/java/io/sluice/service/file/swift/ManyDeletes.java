package io.sluice.service.file.swift;

import io.sluice.outbound.HostCall;
import io.sluice.outbound.HostReply;
import io.sluice.service.file.StoreFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Deletes many objects: all in one call where the cluster can, else one by one. */
final class ManyDeletes {
    /** What every cluster takes in one call that takes many at all. */
    private static final int AT_ONCE = 1000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Container container;
    private volatile boolean inOneCall = true;

    ManyDeletes(Container container) {
        this.container = container;
    }

    void delete(List<String> objects) throws IOException {
        for (int from = 0; from < objects.size(); from += AT_ONCE) {
            some(objects.subList(from, Math.min(objects.size(), from + AT_ONCE)));
        }
    }

    private void some(List<String> objects) throws IOException {
        if (inOneCall && together(objects)) {
            return;
        }
        inOneCall = false;
        for (String object : objects) {
            container.delete(object);
        }
    }

    /** False when the cluster does not know such a call: it takes it for one about the account then, and says no word. */
    private boolean together(List<String> objects) throws IOException {
        byte[] names = objects.stream()
                .map(container::path)
                .collect(Collectors.joining("\n"))
                .getBytes(StandardCharsets.UTF_8);
        HostReply reply = container
                .cluster()
                .send(storage -> HostCall.of("POST", URI.create(storage + "?bulk-delete"))
                        .with("Content-Type", "text/plain")
                        .with("Accept", "application/json")
                        .with(new ByteArrayInputStream(names), OptionalLong.of(names.length))
                        .waiting(Cluster.LONG_WORK));
        if (reply.status() >= 500) {
            throw Cluster.failure(reply, "");
        }
        boolean told = reply.status() == 200;
        String words = Cluster.ended(reply);
        return told && done(words);
    }

    /** The status of the answer says nothing, its words do. */
    private static boolean done(String words) throws IOException {
        JsonNode said;
        try {
            said = JSON.readTree(words);
        } catch (JacksonException e) {
            return false;
        }
        if (!said.path("Response Status").isString()) {
            return false;
        }
        for (JsonNode error : said.path("Errors")) {
            throw refused(error.path(1).asString(""));
        }
        String status = said.path("Response Status").asString("");
        if (!status.startsWith("200") && !status.startsWith("404")) {
            throw refused(status);
        }
        return true;
    }

    private static StoreFailure refused(String status) {
        return status.startsWith("401") || status.startsWith("403")
                ? StoreFailure.denied("the configured user may not delete in the container", null)
                : StoreFailure.unreachable("its cluster could not delete all that it was asked to", null);
    }
}
