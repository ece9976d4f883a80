package io.sluice.service.file.ftp;

import io.sluice.api.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Which certificates of servers are believed: those that Java trusts, or those of the config alone. Never all. */
record Trust(TrustManagerFactory managers) {
    static Trust of(Optional<String> pem) {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(pem.isPresent() ? store(pem.get()) : null);
            return new Trust(managers);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Java has no TLS", e);
        }
    }

    /** Each has sessions of its own. */
    SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java has no TLS", e);
        }
    }

    private static KeyStore store(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate certificate : certificates(pem)) {
            store.setCertificateEntry("trusted-" + store.size(), certificate);
        }
        return store;
    }

    private static Collection<? extends Certificate> certificates(String pem) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        try {
            var certificates =
                    factory.generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException e) {
            // said below
        }
        throw ApiException.badRequest(
                "The config's 'ca_certificate' is no certificate: it needs text from -----BEGIN CERTIFICATE----- to"
                        + " -----END CERTIFICATE-----.");
    }
}
