package io.gantry.engine.docker;

import com.github.dockerjava.transport.DockerHttpClient.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An answer of the engine, whose body is read up to a given length only. Closing it drops the connection, from any thread
 * and whatever is being read.
 */
final class DockerResponse implements Response {

    private static final Logger LOG = LoggerFactory.getLogger(DockerResponse.class);

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private final long longestBody;

    DockerResponse(HttpUriRequestBase request, ClassicHttpResponse response, long longestBody) {
        this.request = request;
        this.response = response;
        this.longestBody = longestBody;
    }

    @Override
    public int getStatusCode() {
        return response.getCode();
    }

    @Override
    public Map<String, List<String>> getHeaders() {
        return Arrays.stream(response.getHeaders())
                .collect(Collectors.groupingBy(
                        Header::getName, Collectors.mapping(Header::getValue, Collectors.toList())));
    }

    @Override
    public InputStream getBody() {
        try {
            return response.getEntity() == null
                    ? InputStream.nullInputStream()
                    : new BoundedBody(response.getEntity().getContent(), longestBody);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        request.abort();
        try {
            response.close();
        } catch (IOException e) {
            LOG.debug("closing a response", e);
        }
    }
}
