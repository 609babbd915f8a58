package io.gantry.engine.docker;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** What may come instead of an engine's answer. */
public enum SpoiledAnswer {
    NOTHING(""),
    NO_HTTP("\0\1\2 this is no HTTP \377\376\r\n\r\n"),
    HALF_A_HEAD("HTTP/1.1 200 OK\r\nContent-Le"),
    NO_JSON(ok("nope")),
    HALF_JSON(ok("{\"Id\":\"ab")),
    NULL(ok("null")),
    NO_FIELDS(ok("{}")),
    NULL_FIELDS(ok("{\"Id\":null,\"ID\":null,\"State\":null,\"Action\":null,\"ApiVersion\":null}")),
    WRONG_TYPES(
            ok("{\"Id\":[7],\"ID\":{\"a\":[]},\"State\":\"exited\",\"Action\":{},\"ApiVersion\":[1],\"Labels\":7}")),
    LIST_OF_NULL(ok("[null]")),
    HTML(ok("<html><body>Welcome to the network</body></html>")),
    CUT_BODY("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"Id\":"),
    CUT_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n{\"Id\":"),
    NO_LAST_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
    BAD_CHUNK("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n"),
    ERROR_500(status(500, "application/json", "{\"message\":\"something broke\"}")),
    ERROR_500_HTML(status(500, "text/html", "<html><h1>500 no such file or directory</h1></html>")),
    ERROR_503(status(503, "text/plain", "try later")),
    NOT_FOUND(status(404, "application/json", "{\"message\":\"page not found\"}")),
    NOT_FOUND_HTML(status(404, "text/html", "<html><h1>404 Not Found: no such image</h1></html>")),
    CONFLICT_HTML(status(409, "text/html", "<html><h1>already in use</h1></html>")),
    REDIRECT("HTTP/1.1 302 Found\r\nLocation: http://localhost/login\r\nContent-Length: 0\r\n\r\n"),
    HANG {
        @Override
        void give(Exchange exchange) {
            exchange.awaitHangUp();
        }
    },
    HANG_IN_BODY {
        @Override
        void give(Exchange exchange) throws IOException {
            exchange.write(CUT_BODY.latin);
            exchange.awaitHangUp();
        }
    },
    TRICKLE {
        @Override
        void give(Exchange exchange) throws IOException {
            exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
            while (true) {
                exchange.write(" ");
                LockSupport.parkNanos(5_000_000);
            }
        }
    },
    ENDLESS_LIST {
        @Override
        void give(Exchange exchange) throws IOException {
            endlessly(exchange, "HTTP/1.1 200 OK\r\n\r\n[", "{},".repeat(20_000));
        }
    },
    ENDLESS_LINES {
        @Override
        void give(Exchange exchange) throws IOException {
            endlessly(exchange, "HTTP/1.1 200 OK\r\n\r\n", "{\"Action\":\"die\",\"timeNano\":1}\n".repeat(2_000));
        }
    },
    ENDLESS_ERROR {
        @Override
        void give(Exchange exchange) throws IOException {
            endlessly(exchange, "HTTP/1.1 500 Oops\r\n\r\n", "x".repeat(60_000));
        }
    },
    ENDLESS_HEADER {
        @Override
        void give(Exchange exchange) throws IOException {
            endlessly(exchange, "HTTP/1.1 200 OK\r\nX-Long: ", "x".repeat(60_000));
        }
    },
    ENDLESS_HEADERS {
        @Override
        void give(Exchange exchange) throws IOException {
            endlessly(exchange, "HTTP/1.1 200 OK\r\n", "X-Many: x\r\n".repeat(6_000));
        }
    },
    /** Of a stream: nothing but its head. */
    EMPTY_STREAM(frames("")),
    SILENT_STREAM {
        @Override
        void give(Exchange exchange) throws IOException {
            exchange.write(frames(""));
            exchange.awaitHangUp();
        }
    },
    UNKNOWN_FRAME(frames("\7\0\0\0\0\0\0\3abc")),
    SHORT_FRAME(frames("\1\0\0\0\0\0\0\144one")),
    HUGE_FRAME(frames("\1\0\0\0\377\377\377\377one\n")),
    HALF_FRAME_HEADER(frames("\1\0\0\0")),
    WRONG_BYTES(frames("\1\0\0\0\0\0\0\4two\n")),
    /** The real stream, cut off in the middle of its first frame. */
    CUT_STREAM {
        @Override
        void give(Exchange exchange) throws IOException {
            exchange.pass(10);
        }
    },
    /** The real stream, ended after its first frame as if it were its last, if that has four bytes. */
    CLEANLY_CUT_STREAM {
        @Override
        void give(Exchange exchange) throws IOException {
            exchange.pass(12);
        }
    },
    /** The real stream, of which nothing more comes after its first frame. */
    STUCK_STREAM {
        @Override
        void give(Exchange exchange) throws IOException {
            exchange.pass(12);
            exchange.awaitHangUp();
        }
    };

    private final String latin;

    SpoiledAnswer() {
        this("");
    }

    SpoiledAnswer(String latin) {
        this.latin = latin;
    }

    void give(Exchange exchange) throws IOException {
        exchange.write(latin);
    }

    /** Whether it makes sense for a container's output only. */
    public boolean isOfStreams() {
        return compareTo(SILENT_STREAM) >= 0;
    }

    private static void endlessly(Exchange exchange, String beginning, String piece) throws IOException {
        exchange.write(beginning);
        while (true) {
            exchange.write(piece);
        }
    }

    private static String ok(String body) {
        return status(200, "application/json", body);
    }

    private static String status(int status, String type, String body) {
        return "HTTP/1.1 " + status + " Whatever\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String frames(String frames) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/vnd.docker.raw-stream\r\n\r\n" + frames;
    }
}
