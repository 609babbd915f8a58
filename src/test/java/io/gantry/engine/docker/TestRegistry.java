package io.gantry.engine.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.GZIPOutputStream;

/** An image registry on a loopback port, which Docker trusts without TLS. It has what a test puts into it. */
public final class TestRegistry implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /** The first byte of a TLS handshake; Docker tries that first. */
    private static final int HANDSHAKE = 0x16;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean denies;
    private volatile boolean stalls;

    private TestRegistry(ServerSocket server) {
        this.server = server;
        threads.execute(this::accept);
    }

    public static TestRegistry start() {
        try {
            return new TestRegistry(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The full name of an image in it: {@code 127.0.0.1:<port>/<name>}. */
    public String image(String name) {
        return "127.0.0.1:" + server.getLocalPort() + "/" + name;
    }

    /** Puts an image like busybox into it, and returns the digest under which it has it. */
    public String has(String name, String tag) {
        try {
            byte[] tar = TestImages.rootFileSystem();
            byte[] layer = gzipped(tar);
            String layerDigest = add(layer);
            byte[] config = config(name, tar);
            String configDigest = add(config);
            byte[] manifest = manifest(configDigest, config.length, layerDigest, layer.length);
            String digest = add(manifest);
            manifests.put(name + "/manifests/" + tag, manifest);
            manifests.put(name + "/manifests/" + digest, manifest);
            return digest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From now on it shows nothing to anybody. */
    public TestRegistry denies() {
        denies = true;
        return this;
    }

    /** From now on the bytes of an image never come. */
    public TestRegistry stalls() {
        stalls = true;
        return this;
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                threads.execute(() -> serve(connection));
            }
        } catch (IOException | RejectedExecutionException e) {
            // closed by the test
        }
    }

    /** One request a connection; a connection with TLS is hung up at once, so that Docker tries without. */
    private void serve(Socket connection) {
        try (connection) {
            PushbackInputStream in = new PushbackInputStream(connection.getInputStream());
            int first = in.read();
            if (first >= 0 && first != HANDSHAKE) {
                in.unread(first);
                connection.getOutputStream().write(answer(readHead(in)));
            }
        } catch (IOException e) {
            // Docker hung up first
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String[] readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString().split(" ", 3);
    }

    private byte[] answer(String[] request) throws InterruptedException {
        String path = request[1].substring("/v2/".length());
        boolean headOnly = request[0].equals("HEAD");
        if (path.isEmpty()) {
            return response(headOnly, 200, "application/json", json("{}"));
        }
        if (denies) {
            return response(
                    headOnly, 403, "application/json", error("DENIED", "requested access to the resource is denied"));
        }
        if (path.contains("/blobs/")) {
            return blob(headOnly, path.substring(path.indexOf("/blobs/") + "/blobs/".length()));
        }
        byte[] manifest = manifests.get(path);
        return manifest == null
                ? response(headOnly, 404, "application/json", error("MANIFEST_UNKNOWN", "manifest unknown"))
                : response(headOnly, 200, MANIFEST, manifest);
    }

    private byte[] blob(boolean headOnly, String digest) throws InterruptedException {
        byte[] blob = blobs.get(digest);
        if (blob == null) {
            return response(headOnly, 404, "application/json", error("BLOB_UNKNOWN", "blob unknown"));
        }
        if (stalls) {
            closing.await();
        }
        return response(headOnly, 200, "application/octet-stream", blob);
    }

    private static byte[] response(boolean headOnly, int status, String type, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(
                json("HTTP/1.1 " + status + " Answer\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
                        + "\r\nDocker-Distribution-Api-Version: registry/2.0\r\nDocker-Content-Digest: " + digest(body)
                        + "\r\nConnection: close\r\n\r\n"));
        if (!headOnly) {
            bytes.writeBytes(body);
        }
        return bytes.toByteArray();
    }

    private String add(byte[] blob) {
        String digest = digest(blob);
        blobs.put(digest, blob);
        return digest;
    }

    private static byte[] config(String name, byte[] tar) {
        return json("""
                {"architecture":"amd64","os":"linux","created":"2026-01-01T00:00:00Z",
                 "config":{"Env":["PATH=/bin"],"Cmd":["sh"],"Labels":{"name":"%s"}},
                 "history":[{"created":"2026-01-01T00:00:00Z","created_by":"test"}],
                 "rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(name, digest(tar)));
    }

    private static byte[] manifest(String config, int configSize, String layer, int layerSize) {
        return json("""
                {"schemaVersion":2,"mediaType":"%s",
                 "config":{"mediaType":"%s","size":%d,"digest":"%s"},
                 "layers":[{"mediaType":"%s","size":%d,"digest":"%s"}]}""".formatted(MANIFEST, CONFIG, configSize, config, LAYER, layerSize, layer));
    }

    private static byte[] error(String code, String message) {
        return json("{\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}".formatted(code, message));
    }

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String digest(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        threads.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
