package io.sluice.webhook;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A room for each test, with one script that is linked and live. */
abstract class FreshHookRoom {
    @TempDir
    Path folder;

    HookRoom room;
    long hook;

    @BeforeEach
    void open() {
        room = new HookRoom(folder);
        room.host.commit("orders.js", "return 1");
        room.link(HookRoom.ORDERS, HookRoom.REPOSITORY, "orders.js");
        hook = room.hook();
        room.host.reads.set(0);
    }

    @AfterEach
    void close() {
        room.close();
    }
}
