package io.gantry.access.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * The text of an API token: {@code gantry_<prefix>_<secret><checksum>}, so that scanners know it when they see it, and a
 * mistyped one is refused without asking the database.
 *
 * @param prefix 10 characters by which it is found and told from others; no secret
 */
record TokenText(String text, String prefix) {

    private static final String START = "gantry_";
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS_PER_CHARACTER = 5;
    private static final int PREFIX_LENGTH = 10;
    /** 200 random bits. */
    private static final int SECRET_LENGTH = 40;
    /** A CRC-32 needs as many. */
    private static final int CHECKSUM_LENGTH = 7;

    private static final Pattern FORM = Pattern.compile("(gantry_([a-z2-7]{" + PREFIX_LENGTH + "})_[a-z2-7]{"
            + SECRET_LENGTH + "})([a-z2-7]{" + CHECKSUM_LENGTH + "})");

    /** A new one. */
    static TokenText random(SecureRandom random) {
        String prefix = characters(random, PREFIX_LENGTH);
        String text = START + prefix + "_" + characters(random, SECRET_LENGTH);
        return new TokenText(text + checksum(text), prefix);
    }

    static boolean looksLikeOne(String text) {
        return text.startsWith(START);
    }

    /** What somebody sent; empty if it can't be one of ours. */
    static Optional<TokenText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() && checksum(matcher.group(1)).equals(matcher.group(3))
                ? Optional.of(new TokenText(text, matcher.group(2)))
                : Optional.empty();
    }

    /** What is stored of it: SHA-256. A slow hash would add nothing, since nobody can try 200 bits. */
    byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String characters(SecureRandom random, int length) {
        StringBuilder characters = new StringBuilder(length);
        random.ints(length, 0, ALPHABET.length()).forEach(i -> characters.append(ALPHABET.charAt(i)));
        return characters.toString();
    }

    private static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        StringBuilder characters = new StringBuilder(CHECKSUM_LENGTH);
        for (int i = 0; i < CHECKSUM_LENGTH; i++) {
            characters.append(ALPHABET.charAt((int) (crc.getValue() >> (i * BITS_PER_CHARACTER)) & 31));
        }
        return characters.toString();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return START + prefix + "_...";
    }
}
