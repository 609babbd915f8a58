package io.gantry.database;

import java.nio.file.Path;

/**
 * Where data is kept on this machine.
 *
 * @param base the folder that relative paths of the configuration start from: that of the configuration file
 * @param dataFolder absolute
 */
public record DataFolders(Path base, Path dataFolder) {

    /** From what is configured. */
    public static DataFolders of(Path base, String dataDir) {
        Path absolute = base.toAbsolutePath().normalize();
        return new DataFolders(absolute, absolute.resolve(dataDir));
    }
}
