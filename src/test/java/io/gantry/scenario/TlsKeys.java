package io.gantry.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A key with a certificate for this machine's names, made anew, and clients that trust it. */
record TlsKeys(Path keyStore, String password) {

    static TlsKeys make() {
        Path file = Path.of("target", "tls-" + ProcessHandle.current().pid() + ".p12")
                .toAbsolutePath();
        TlsKeys keys = new TlsKeys(file, "a test's secret");
        try {
            Files.createDirectories(file.getParent());
            Files.deleteIfExists(file);
            Process keytool = new ProcessBuilder(keys.keytool()).inheritIO().start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + keytool.exitValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return keys;
    }

    /** For clients. */
    SSLContext trust() {
        try (InputStream in = Files.newInputStream(keyStore)) {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(in, password.toCharArray());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            KeyStore certificates = KeyStore.getInstance("PKCS12");
            certificates.load(null, null);
            certificates.setCertificateEntry("gantry", trusted.getCertificate("gantry"));
            trust.init(certificates);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> keytool() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "gantry",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2",
                "-keystore",
                keyStore.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                password);
    }
}
