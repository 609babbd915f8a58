package io.gantry.engine.docker;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** An image registry on a loopback port, which Docker trusts without TLS. It has what a test puts into it. */
public final class TestRegistry implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile boolean denies;
    private volatile boolean stalls;

    private TestRegistry(HttpServer server) {
        this.server = server;
    }

    public static TestRegistry start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            TestRegistry registry = new TestRegistry(server);
            server.createContext("/v2/", registry::answer);
            server.setExecutor(registry.threads);
            server.start();
            return registry;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The full name of an image in it: {@code 127.0.0.1:<port>/<name>}. */
    public String image(String name) {
        return "127.0.0.1:" + server.getAddress().getPort() + "/" + name;
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

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/v2/".length());
            if (path.isEmpty()) {
                send(exchange, 200, "application/json", json("{}"));
            } else if (denies) {
                send(exchange, 403, "application/json", error("DENIED", "requested access to the resource is denied"));
            } else if (path.contains("/blobs/")) {
                sendBlob(exchange, path.substring(path.indexOf("/blobs/") + "/blobs/".length()));
            } else {
                sendManifest(exchange, manifests.get(path));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendManifest(HttpExchange exchange, byte @Nullable [] manifest)
            throws IOException {
        if (manifest == null) {
            send(exchange, 404, "application/json", error("MANIFEST_UNKNOWN", "manifest unknown"));
        } else {
            exchange.getResponseHeaders().add("Docker-Content-Digest", digest(manifest));
            send(exchange, 200, MANIFEST, manifest);
        }
    }

    private void sendBlob(HttpExchange exchange, String digest) throws IOException, InterruptedException {
        byte[] blob = blobs.get(digest);
        if (blob == null) {
            send(exchange, 404, "application/json", error("BLOB_UNKNOWN", "blob unknown"));
        } else {
            if (stalls) {
                closing.await();
            }
            send(exchange, 200, "application/octet-stream", blob);
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.getResponseHeaders().add("Docker-Distribution-Api-Version", "registry/2.0");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().add("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
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
                 "layers":[{"mediaType":"%s","size":%d,"digest":"%s"}]}"""
                .formatted(MANIFEST, CONFIG, configSize, config, LAYER, layerSize, layer));
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
                    + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
