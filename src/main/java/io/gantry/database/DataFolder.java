package io.gantry.database;

import io.gantry.problem.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Makes the data folder of a new embedded Postgres, with our role and our database in it: whole or not at all. */
final class DataFolder {

    private static final String STAGING = "initdb-";

    private final EmbeddedFolder folder;
    private final UnprivilegedUser user;
    private final PostgresTool tool;

    DataFolder(EmbeddedFolder folder, UnprivilegedUser user, PostgresTool tool) {
        this.folder = folder;
        this.user = user;
        this.tool = tool;
    }

    /** Once there, only the ownership of the folder is seen to. */
    void make() throws IOException {
        if (Files.isDirectory(folder.data())) {
            user.own(folder.data());
            return;
        }
        FileTrees.deleteMatching(folder.root(), STAGING + "*");
        try {
            Path staging = Files.createTempDirectory(folder.root(), STAGING);
            Path data = staging.resolve("data");
            initialise(staging, data);
            Files.move(data, folder.data(), StandardCopyOption.ATOMIC_MOVE);
            FileTrees.sync(folder.root());
        } finally {
            FileTrees.deleteMatching(folder.root(), STAGING + "*");
        }
    }

    private void initialise(Path staging, Path data) throws IOException {
        String password = folder.makePassword();
        Path passwordFile = staging.resolve("password");
        EmbeddedFolder.writePrivately(passwordFile, password);
        user.own(staging);
        require(tool.run(
                "initdb",
                "--pgdata=" + data,
                "--username=" + EmbeddedPostgres.ADMINISTRATOR,
                "--pwfile=" + passwordFile,
                "--auth=scram-sha-256",
                "--data-checksums",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        // Each line is one statement to a single-user server. Many iterations make weak passwords costly to guess, and
        // each
        // new connection costly: this one is random, and nobody can guess it.
        String statements = "set scram_iterations = 1\n" + "create role gantry login password '" + password + "'\n"
                + "create database gantry owner gantry\n";
        require(tool.runWithInput(statements, "postgres", "--single", "-D", data.toString(), "postgres"));
    }

    private void require(PostgresTool.Result result) {
        if (!result.succeeded() || result.output().contains("ERROR:")) {
            throw new CannotStart("The embedded Postgres can't make its data folder in " + folder.root() + ": "
                    + PostgresLog.reason(result.output()));
        }
    }
}
