package io.sluice.service.file.swift;

import java.io.IOException;

/** One way to get into an account: asks the identity service each time. */
sealed interface Login permits AuthV1, KeystoneV2, KeystoneV3 {
    /** @throws io.sluice.service.file.StoreFailure when it is refused or nobody answers */
    Session session() throws IOException;
}
