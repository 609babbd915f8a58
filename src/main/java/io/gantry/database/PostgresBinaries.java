package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The Postgres programs that travel on the classpath, for Linux on x86-64 and ARM64. */
final class PostgresBinaries {

    private static final String PREFIX = "binaries-";
    private static final String PARTIAL = "unpacking-";

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** Unpacks the programs below a folder that nobody else uses, unless they are there already. */
    static PostgresBinaries unpackInto(Path folder) throws IOException {
        URL archive = archiveFor(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        Path home = folder.resolve(PREFIX + fingerprint(archive));
        if (!Files.isDirectory(home)) {
            unpack(archive, folder, home);
        }
        return new PostgresBinaries(home);
    }

    private static void unpack(URL archive, Path folder, Path home) throws IOException {
        FileTrees.deleteMatching(folder, PARTIAL + "*");
        try (InputStream in = archive.openStream()) {
            Path partial = Files.createDirectory(folder.resolve(PARTIAL + home.getFileName()));
            unpack(in, partial);
            FileTrees.deleteMatching(folder, PREFIX + "*");
            Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTrees.deleteMatching(folder, PARTIAL + "*");
        }
    }

    static URL archiveFor(String os, String arch) {
        String name = switch (arch) {
            case "amd64", "x86_64" -> "/postgres-linux-x86_64.txz";
            case "aarch64" -> "/postgres-linux-arm_64.txz";
            default -> "";
        };
        URL archive = os.toLowerCase(Locale.ROOT).contains("linux") && !name.isEmpty()
                ? PostgresBinaries.class.getResource(name)
                : null;
        if (archive == null) {
            throw new CannotStart("There is no embedded Postgres for " + os + " on " + arch
                    + ": use an external Postgres (GANTRY_DATABASE_URL=jdbc:postgresql:...).");
        }
        return archive;
    }

    /** The checksum that the jar keeps of the archive: it changes with every version and costs nothing to read. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        if (connection instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path path) throws IOException {
        Files.createDirectories(entry.isDirectory() ? path : path.resolveSibling(""));
        if (entry.isDirectory()) {
            return;
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            Files.setPosixFilePermissions(
                    path, PosixFilePermissions.fromString((entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
        }
    }
}
