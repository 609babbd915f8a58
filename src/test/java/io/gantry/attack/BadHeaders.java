package io.gantry.attack;

import java.util.List;

/** Header lines that are wrong, though the request as a whole is HTTP. */
final class BadHeaders {

    private static final String LONG = "x".repeat(7_000);

    private static final List<String> LINES = List.of(
            "Accept: text/html",
            "Accept: application/json;q=0",
            "Accept: ;;;",
            "Accept: application/vnd.api+json; ext=\"x\"",
            "Accept: application/vnd.api+json; charset=utf-8",
            "Accept: */*;q=2",
            "Accept: application/x-ndjson",
            "Accept: " + "a/b,".repeat(1_000),
            "Accept: \u0080\u00ff",
            "Accept-Encoding: gzip",
            "Accept-Encoding: identity;q=0, *;q=0",
            "Accept-Language: " + "x,".repeat(500),
            "Content-Type: text/plain",
            "Content-Type: application/json; charset=utf-16",
            "Content-Type: application/vnd.api+json; charset=utf-8",
            "Content-Type: application/json;;;=",
            "Content-Type: multipart/form-data; boundary=x",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: json",
            "Content-Type:",
            "Content-Type: */*",
            "Content-Encoding: gzip",
            "Content-Encoding: identity",
            "Content-Encoding: x, y, z",
            "If-Match: *",
            "If-Match: \"no such version\"",
            "If-Match: W/\"weak\"",
            "If-Match: unquoted",
            "If-Match: \"a\", \"b",
            "If-Match: ,,,",
            "If-Match: \"" + LONG + "\"",
            "If-None-Match: *",
            "If-None-Match: \"x\" \"y\"",
            "If-None-Match: \"\u00ff\"",
            "If-Modified-Since: yesterday",
            "If-Unmodified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
            "If-Range: x",
            "Prefer: wait=-1",
            "Prefer: wait",
            "Prefer: wait=1.5",
            "Prefer: wait=99999999999999999999",
            "Prefer: wait=0, wait=0",
            "Prefer: wait=\"0\"",
            "Prefer: respond-async, ;;; =",
            "Prefer: " + "x,".repeat(3_000),
            "Idempotency-Key:",
            "Idempotency-Key: \u00e4",
            "Idempotency-Key: " + "k".repeat(256),
            "Idempotency-Key: a\tb",
            "Range: bytes=0-",
            "Range: bytes=-0",
            "Range: bytes=5-1",
            "Range: bytes=99999999999999999999-",
            "Range: bytes=0-0,1-1,2-2",
            "Range: lines=1-2",
            "Range: bytes",
            "Range: bytes=" + "0-0,".repeat(1_500) + "0-0",
            "X-Request-Id: a b",
            "X-Request-Id: \u001b[31m",
            "X-Request-Id: " + "i".repeat(129),
            "X-Request-Id: ok-1",
            "Origin: http://evil.example",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "Host: evil.example",
            "Host: 127.0.0.1:99999",
            "Host: [::1]",
            "Host: a b",
            "Host: x@y",
            "Host:",
            "Host: " + "h".repeat(300),
            "Expect: 100-continue",
            "Expect: something-else",
            "Connection: Host, Authorization, Content-Length",
            "Connection: close",
            "TE: trailers",
            "Upgrade: websocket",
            "Cookie: " + "a=b; ".repeat(300),
            "Cookie: token=x; $Version=1; =; ;",
            "X-Forwarded-For: 10.0.0.1",
            "X-Forwarded-Host: evil.example",
            "X-Forwarded-Proto: gopher",
            "Forwarded: for=\"_x\";host=evil.example",
            "X-HTTP-Method-Override: DELETE",
            "X-Original-URL: /tokens",
            "X-Long: " + LONG,
            "X-Too-Long: " + "y".repeat(9_000),
            "X-Latin: \u00e4\u00f6\u00fc",
            "Via: " + "1.1 a, ".repeat(200),
            "Max-Forwards: -1",
            "From: ${jndi:ldap://127.0.0.1:1/a}",
            "User-Agent: () { :;}; id",
            "Referer: javascript:alert(1)",
            "Date: never");

    private static final List<String> CREDENTIALS = List.of(
            "Authorization:",
            "Authorization: Bearer",
            "Authorization: Bearer ",
            "Authorization: Basic cm9vdDpyb290",
            "Authorization: Bearer gantry_",
            "Authorization: Bearer gantry_aaaaaaaaaa_" + "a".repeat(47),
            "Authorization: Bearer gantry_aaaaaaaaaa_" + "a".repeat(6_000),
            "Authorization: Bearer a.b.c",
            "Authorization: Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.",
            "Authorization: Bearer " + "e30.".repeat(2) + "e30",
            "Authorization: Bearer ' or 1=1--",
            "Authorization: Bearer \u00e4\u00ff",
            "Authorization: Digest username=\"x\"",
            "Authorization: " + "Bearer ".repeat(100),
            "Authorization: Bearer " + "z".repeat(7_500));

    private final Dice dice;

    BadHeaders(Dice dice) {
        this.dice = dice;
    }

    void credentials(Draft draft) {
        draft.put(dice.of(CREDENTIALS));
    }

    void spoil(Draft draft) {
        switch (dice.below(12)) {
            case 0 -> many(draft);
            case 1 ->
                draft.add(dice.of(
                        LINES.stream().filter(line -> !line.startsWith("Host")).toList()));
            default -> draft.put(dice.of(LINES));
        }
    }

    private void many(Draft draft) {
        int count = dice.of(List.of(50, 500));
        for (int i = 0; i < count; i++) {
            draft.add("X-" + i + ": " + i);
        }
    }
}
