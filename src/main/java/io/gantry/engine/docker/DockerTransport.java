package io.gantry.engine.docker;

import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.transport.UnixSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionOperator;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentLengthStrategy;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP to the engine, in place of docker-java's own client, for four reasons: each request goes out exactly once (no retry
 * after a 503 or a broken connection, no redirect), so that a start can't be repeated behind our back; each request has a
 * connection of its own, so that none meets a stale one after a restart of the engine and no full pool blocks; nothing
 * waits where a thread's interruption can't reach it, which is what deadlines rely on; and a response can be closed from
 * another thread. A connection to a Unix socket costs a tenth of a millisecond.
 */
final class DockerTransport implements DockerHttpClient {

    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(5);
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    /** Of an answer that is read whole; what an engine says of all our containers takes some kilobytes. */
    private static final long LONGEST_BODY = 4 << 20;

    private static final int SUCCESS = 2;
    /** Without limits, the HTTP client keeps all headers that come, and they may never end. */
    private static final Http1Config HEADERS = Http1Config.custom()
            .setMaxLineLength(64 * 1024)
            .setMaxHeaderCount(200)
            .build();
    /** What stands in the Host header; the engine doesn't care on a Unix socket. */
    private static final HttpHost UNIX_TARGET = new HttpHost("http", "localhost", 80);

    private final DockerHost host;
    private final HttpHost target;
    private final CloseableHttpClient http;

    DockerTransport(DockerHost host) {
        this.host = host;
        this.target = host.isUnixSocket()
                ? UNIX_TARGET
                : new HttpHost(
                        host.certificates().isPresent() ? "https" : "http",
                        host.uri().getHost(),
                        host.uri().getPort());
        this.http = HttpClients.custom()
                .setConnectionManager(connections())
                .setConnectionReuseStrategy((request, response, context) -> false)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.DISABLED)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableConnectionState()
                .build();
    }

    private PoolingHttpClientConnectionManager connections() {
        PoolingHttpClientConnectionManager manager = new PoolingHttpClientConnectionManager(
                operator(),
                null,
                null,
                TimeValue.NEG_ONE_MILLISECOND,
                ManagedHttpClientConnectionFactory.builder()
                        .http1Config(HEADERS)
                        .incomingContentLengthStrategy(DockerTransport::contentLength)
                        .build());
        manager.setMaxTotal(UNBOUNDED);
        manager.setDefaultMaxPerRoute(UNBOUNDED);
        manager.setDefaultConnectionConfig(ConnectionConfig.custom()
                .setConnectTimeout(CONNECT_TIMEOUT)
                .setSocketTimeout(Timeout.DISABLED)
                .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                .build());
        return manager;
    }

    private HttpClientConnectionOperator operator() {
        TlsSocketStrategy tls = host.certificates()
                .map(folder -> new DefaultClientTlsStrategy(sslContext(folder.toString())))
                .orElseGet(DefaultClientTlsStrategy::createSystemDefault);
        return new DefaultHttpClientConnectionOperator(
                this::newSocket,
                DefaultSchemePortResolver.INSTANCE,
                SystemDefaultDnsResolver.INSTANCE,
                scheme -> "https".equalsIgnoreCase(scheme) ? tls : null);
    }

    /** Sockets over channels, since these end when the thread that waits on them is interrupted. */
    private Socket newSocket(Proxy unused) throws IOException {
        return host.isUnixSocket()
                ? UnixSocket.get(host.uri().getPath())
                : SocketChannel.open().socket();
    }

    private static SSLContext sslContext(String folder) {
        SSLContext context = new LocalDirectorySSLConfig(folder).getSSLContext();
        if (context == null) {
            throw new IllegalArgumentException("there is no ca.pem, cert.pem and key.pem in " + folder);
        }
        return context;
    }

    /** Some engines send raw streams as {@code identity}, which HTTP has dropped. */
    private static long contentLength(HttpMessage message) throws HttpException {
        var encoding = message.getFirstHeader(HttpHeaders.TRANSFER_ENCODING);
        return encoding != null && "identity".equalsIgnoreCase(encoding.getValue())
                ? ContentLengthStrategy.UNDEFINED
                : DefaultContentLengthStrategy.INSTANCE.determineLength(message);
    }

    @Override
    public Response execute(Request request) {
        return send(request, LONGEST_BODY);
    }

    /** Like {@link #execute}, but if all is well, the answer is a stream of any length. */
    Response stream(Request request) {
        return send(request, Long.MAX_VALUE);
    }

    private Response send(Request request, long longestBody) {
        HttpUriRequestBase outgoing = new HttpUriRequestBase(request.method(), URI.create(request.path()));
        outgoing.setScheme(target.getSchemeName());
        outgoing.setAuthority(new URIAuthority(target));
        request.headers().forEach(outgoing::addHeader);
        byte[] body = request.bodyBytes();
        if (body != null) {
            outgoing.setEntity(new ByteArrayEntity(body, null));
        }
        try {
            ClassicHttpResponse response = http.executeOpen(target, outgoing, HttpCoreContext.create());
            boolean good = response.getCode() / 100 == SUCCESS;
            return new DockerResponse(outgoing, response, good ? longestBody : Math.min(longestBody, LONGEST_BODY));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
