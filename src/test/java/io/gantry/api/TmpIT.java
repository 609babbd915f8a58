package io.gantry.api;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TmpIT {
    @RegisterExtension
    static final Api api = new Api();

    @Test
    void x() throws Exception {
        Api.Answer task = api.createTask("t");
        String run = task.text("/data/attributes/lastRun/id");
        URI uri = URI.create(api.url("/"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
        socket.getOutputStream()
                .write(("GET /runs/" + run + " HTTP/1.1\r\nHost: 127.0.0.1\r\nPrefer: wait=50\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        org.awaitility.Awaitility.await()
                .pollDelay(java.time.Duration.ofSeconds(1))
                .until(() -> true);
        socket.close();
        org.awaitility.Awaitility.await()
                .pollDelay(java.time.Duration.ofSeconds(1))
                .until(() -> true);
        System.out.println("TMP ending");
    }
}
