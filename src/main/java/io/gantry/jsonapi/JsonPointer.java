package io.gantry.jsonapi;

/** Spells JSON pointers (RFC 6901). */
final class JsonPointer {

    private JsonPointer() {}

    static String to(String parent, String member) {
        return parent + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    static String to(String parent, int index) {
        return parent + "/" + index;
    }
}
