package io.sluice.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/**
 * A certificate that signed itself, made by the JDK's keytool.
 *
 * @param store PKCS #12
 */
public record OwnCertificate(Path store) {
    public static final String PASSWORD = "changeit";
    private static final String ALIAS = "own";

    /** For the address 127.0.0.1 alone. */
    public static OwnCertificate forLoopback(Path folder) throws IOException, InterruptedException {
        return forNames(folder, "ip:127.0.0.1");
    }

    /** {@code names}: as keytool's extension SAN wants them. */
    public static OwnCertificate forNames(Path folder, String names) throws IOException, InterruptedException {
        Path store = folder.resolve("own.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-alias",
                ALIAS,
                "-dname",
                "CN=sluice test",
                "-ext",
                "SAN=" + names,
                "-validity",
                "30",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(said);
        }
        return new OwnCertificate(store);
    }

    /** As text, to be trusted. */
    public String pem() throws IOException, GeneralSecurityException {
        Certificate certificate = loaded().getCertificate(ALIAS);
        return block("CERTIFICATE", certificate.getEncoded());
    }

    /** The private key as text. */
    public String keyPem() throws IOException, GeneralSecurityException {
        Key key = loaded().getKey(ALIAS, PASSWORD.toCharArray());
        return block("PRIVATE KEY", key.getEncoded());
    }

    private KeyStore loaded() throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }

    private static String block(String what, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }
}
