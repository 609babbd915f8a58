package io.gantry;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.gantry.database.DatabaseConfiguration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

/** All that can be configured, a field a feature. */
public final class GantryConfiguration extends Configuration {

    @NotEmpty
    private String dataDir = "data";

    @Valid
    @NotNull
    private DatabaseConfiguration database = DatabaseConfiguration.embedded();

    @JsonProperty
    public String dataDir() {
        return dataDir;
    }

    @JsonProperty("dataDir")
    void setDataDir(String dataDir) {
        this.dataDir = dataDir;
    }

    @JsonProperty
    public DatabaseConfiguration database() {
        return database;
    }

    @JsonProperty("database")
    void setDatabase(DatabaseConfiguration database) {
        this.database = database;
    }
}
