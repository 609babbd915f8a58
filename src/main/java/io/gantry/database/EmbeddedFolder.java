package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Where an embedded Postgres lives: its programs, its data, its password, its log. */
record EmbeddedFolder(Path root) {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");
    private static final int PASSWORD_BYTES = 24;
    private static final long LARGE_LOG_BYTES = 10_000_000;

    /** Creates the folder if need be. */
    static EmbeddedFolder at(Path path) {
        Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            refuseForeign(root);
            return new EmbeddedFolder(root.toRealPath());
        } catch (AccessDeniedException e) {
            throw new CannotStart(
                    "The folder " + root + " for the embedded Postgres can't be made or used (" + e.getMessage()
                            + ": permission denied). Choose another with GANTRY_DATA_DIR.",
                    e);
        } catch (IOException e) {
            throw new CannotStart("The folder " + root + " for the embedded Postgres can't be made: " + e, e);
        }
    }

    private static void refuseForeign(Path root) throws IOException {
        int self = FileTrees.owner(Path.of("/proc/self"));
        int owner = FileTrees.owner(root);
        if (owner != self) {
            throw new CannotStart("The folder " + root + " for the embedded Postgres belongs to user id " + owner
                    + ", but this process runs as user id " + self
                    + ". Run it as that user, or choose another folder with GANTRY_DATA_DIR.");
        }
    }

    Path data() {
        return root.resolve("data");
    }

    Path lock() {
        return root.resolve("lock");
    }

    Path log() {
        return root.resolve("postgres.log");
    }

    Path toolOutput() {
        return root.resolve("last-command.log");
    }

    Path passwordFile() {
        return root.resolve("password");
    }

    String password() throws IOException {
        return Files.readString(passwordFile()).strip();
    }

    /** The password; a new one if there is none yet. */
    String makePassword() throws IOException {
        if (!Files.exists(passwordFile())) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            writePrivately(passwordFile(), HexFormat.of().formatHex(random));
        }
        return password();
    }

    /** Makes the log ready to be appended to, keeping one older one once it has grown. */
    void prepareLog(UnprivilegedUser user) throws IOException {
        if (Files.exists(log()) && Files.size(log()) > LARGE_LOG_BYTES) {
            Files.move(log(), root.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(log())) {
            Files.createFile(log(), PosixFilePermissions.asFileAttribute(PRIVATE));
        }
        user.own(log());
    }

    /** Writes a file that only its owner can read, whole or not at all. */
    static void writePrivately(Path file, String text) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PRIVATE));
        Files.writeString(partial, text + "\n");
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
