package io.gantry.engine.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/** An image registry on a loopback port, which Docker trusts without TLS. It has what a test puts into it. */
public final class TestRegistry implements AutoCloseable {

    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
    private static final String CONFIG = "application/vnd.docker.container.image.v1+json";
    private static final String LAYER = "application/vnd.docker.image.rootfs.diff.tar.gzip";

    /** The first byte of a TLS handshake; Docker tries that first. */
    private static final int HANDSHAKE = 0x16;

    private static final int PIECE = 64 * 1024;

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> blobs = new ConcurrentHashMap<>();
    private final Map<String, byte[]> manifests = new ConcurrentHashMap<>();
    private final Map<String, byte[]> layers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile Optional<String> account = Optional.empty();
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

    public String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The full name of an image in it: {@code 127.0.0.1:<port>/<name>}. */
    public String image(String name) {
        return host() + "/" + name;
    }

    /** Puts an image like busybox into it, and returns the digest under which it has it. */
    public String has(String name, String tag) {
        return has(name, tag, 0);
    }

    /**
     * The same with so much data on top, in a layer of its own that no engine has: another image each time.
     *
     * @param size bytes that can't be packed
     */
    public String has(String name, String tag, int size) {
        try {
            List<byte[]> tars = size == 0
                    ? List.of(TestImages.rootFileSystem())
                    : List.of(TestImages.rootFileSystem(), TestImages.noise(size));
            return put(name, tag, tars);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String put(String name, String tag, List<byte[]> tars) throws IOException {
        List<String> entries = new ArrayList<>();
        for (byte[] tar : tars) {
            byte[] packed = gzipped(tar);
            String digest = add(packed);
            layers.put(digest, packed);
            entries.add(entry(LAYER, digest, packed.length));
        }
        byte[] config = config(name, tars);
        byte[] manifest = manifest(entry(CONFIG, add(config), config.length), entries);
        String digest = add(manifest);
        manifests.put(name + "/manifests/" + tag, manifest);
        manifests.put(name + "/manifests/" + digest, manifest);
        return digest;
    }

    /** From now on it wants this name and password (RFC 7617), and shows nothing to others. */
    public TestRegistry wants(String user, String password) {
        account = Optional.of(Base64.getEncoder().encodeToString(json(user + ":" + password)));
        return this;
    }

    /** From now on it sends the first half of each layer, slowly, and the rest after {@link #goesOn}. */
    public TestRegistry stopsHalfway() {
        gate = new CountDownLatch(1);
        return this;
    }

    public void goesOn() {
        gate.countDown();
    }

    /** How often it was asked what this tag is: once a pull. */
    public long pullsOf(String name, String tag) {
        return requests.stream()
                .filter(("HEAD /v2/" + name + "/manifests/" + tag)::equals)
                .count();
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
                String head = readHead(in);
                String[] request = head.split(" ", 3);
                requests.add(request[0] + " " + request[1]);
                send(isAllowed(head) ? answer(request) : unauthorized(request), connection.getOutputStream(), request);
            }
        } catch (IOException e) {
            // Docker hung up first
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(byte[] answer, OutputStream out, String[] request) throws IOException, InterruptedException {
        String digest = request[1].substring(request[1].lastIndexOf('/') + 1);
        int half = layers.containsKey(digest) ? answer.length / 2 : 0;
        for (int sent = 0; sent < half; sent += PIECE) {
            out.write(answer, sent, Math.min(PIECE, half - sent));
            gate.await(
                    10, TimeUnit.MILLISECONDS); // Docker tells of its progress ten times a second, if bytes come then.
        }
        if (half > 0) {
            gate.await();
        }
        out.write(answer, half, answer.length - half);
    }

    private boolean isAllowed(String head) {
        return account.map(wanted -> head.contains("\r\nAuthorization: Basic " + wanted + "\r\n"))
                .orElse(true);
    }

    private static byte[] unauthorized(String[] request) {
        byte[] body = error("UNAUTHORIZED", "authentication required");
        return response(
                request[0].equals("HEAD"),
                "401 Answer\r\nWWW-Authenticate: Basic realm=\"test\"",
                "application/json",
                body);
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.append((char) next);
        }
        return head.toString();
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
        return response(headOnly, status + " Answer", type, body);
    }

    private static byte[] response(boolean headOnly, String status, String type, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(json("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length
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

    private static byte[] config(String name, List<byte[]> tars) {
        return json("""
                {"architecture":"amd64","os":"linux","created":"2026-01-01T00:00:00Z",
                 "config":{"Env":["PATH=/bin"],"Cmd":["sh"],"Labels":{"name":"%s"}},
                 "history":[%s],
                 "rootfs":{"type":"layers","diff_ids":[%s]}}""".formatted(
                        name,
                        listed(tars, tar -> "{\"created\":\"2026-01-01T00:00:00Z\",\"created_by\":\"test\"}"),
                        listed(tars, tar -> "\"" + digest(tar) + "\"")));
    }

    private static byte[] manifest(String config, List<String> layers) {
        return json("""
                {"schemaVersion":2,"mediaType":"%s","config":%s,"layers":[%s]}""".formatted(MANIFEST, config, String.join(",", layers)));
    }

    private static String entry(String type, String digest, int size) {
        return "{\"mediaType\":\"%s\",\"size\":%d,\"digest\":\"%s\"}".formatted(type, size, digest);
    }

    private static <T> String listed(List<T> all, Function<T, String> text) {
        return all.stream().map(text).collect(Collectors.joining(","));
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
        goesOn();
        threads.shutdownNow();
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
