package io.gantry.attack;

import java.util.List;
import java.util.stream.Stream;

/** Texts that somebody has once stumbled over. */
final class Texts {

    static final List<String> INJECTIONS = List.of(
            "' or 1=1--",
            "'; drop table tasks; --",
            "\" or \"\"=\"",
            "1) union select null--",
            "%' or '1'='1",
            "\\",
            "\\'",
            "${jndi:ldap://127.0.0.1:1/a}",
            "{{7*7}}",
            "$(id)",
            "`id`",
            "; id",
            "<script>alert(1)</script>",
            "../../../../etc/passwd",
            "..\\..\\",
            "/dev/zero",
            "*)(uid=*",
            "%s%s%n",
            "%00",
            "\r\nX-Evil: 1",
            "a,b,c",
            ",,,",
            "a=b&c=d",
            "[object Object]",
            "undefined",
            "NaN",
            "-");

    static final List<String> UNICODE = List.of(
            "\u202egnp.exe",
            "\ufeff",
            "\ufffe\uffff",
            "e\u0301\u0301\u0301\u0301",
            "\ud83d\udca9\ud83c\udff3\ufe0f\u200d\ud83c\udf08",
            "\u0130\u0131\u017f\ufb00",
            "\u0001\u001b[31m\u0007\u009b",
            "\u2028\u2029\u0085",
            "\u0661\u0662\u0663",
            "\u00a0\u3000\u200b");

    static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "00",
            "1.0",
            "1e3",
            "0x10",
            "+1",
            " 1",
            "1 ",
            "101",
            "2147483648",
            "9223372036854775808",
            "99999999999999999999999999",
            "1e999",
            "Infinity",
            "\u0661");

    static final List<String> TIMES = List.of(
            "0000-00-00T00:00:00Z",
            "-999999999-01-01T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "2030-02-30T00:00:00Z",
            "2030-01-01T24:00:00Z",
            "2030-01-01T00:00:00+99:99",
            "2030-01-01",
            "999999999999999",
            "0.0000000001",
            "999999999h",
            "-10m",
            "infinity",
            "now");

    static final List<String> IDS = List.of(
            "0",
            "00000000-0000-0000-0000-000000000000",
            "ffffffff-ffff-ffff-ffff-ffffffffffff",
            "1-1-1-1-1",
            "01985A3E-7B1C-7D42-9C3E-5F0A8B2D4E61",
            "{01985a3e-7b1c-7d42-9c3e-5f0a8b2d4e61}",
            "01985a3e7b1c7d429c3e5f0a8b2d4e61",
            "01985a3e-7b1c-7d42-9c3e-5f0a8b2d4e6",
            "01985a3e-7b1c-7d42-9c3e-5f0a8b2d4e611");

    static final List<String> LONG =
            List.of("x".repeat(256), "x".repeat(4097), "\u00e4".repeat(2000), "1".repeat(1001));

    static final List<String> ALL = Stream.of(INJECTIONS, UNICODE, NUMBERS, TIMES, IDS, LONG, List.of("", " ", "null"))
            .flatMap(List::stream)
            .toList();

    private Texts() {}
}
