package io.gantry.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.util.Duration;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigurationTest {

    private static final DataFolders FOLDERS = DataFolders.of(Path.of("/etc/gantry"), "data");

    private final ObjectMapper json = Jackson.newObjectMapper();

    @Test
    void everything_has_a_default() throws Exception {
        DatabaseConfiguration configuration = json.readValue("{}", DatabaseConfiguration.class);

        assertThat(configuration.url()).isEqualTo("embedded:");
        assertThat(configuration.connections()).isEqualTo(20);
        assertThat(configuration.idleInTransactionTimeout()).isEqualTo(Duration.seconds(5));
    }

    @ParameterizedTest
    @CsvSource({
        "embedded:, /etc/gantry/data/postgres",
        "embedded:other, /etc/gantry/other",
        "embedded:/var/lib/gantry, /var/lib/gantry"
    })
    void an_embedded_postgres_lives_in_the_data_folder_or_where_the_url_says(String url, Path folder) {
        assertThat(configured(url).embeddedFolder(FOLDERS)).hasValue(folder);
    }

    @Test
    void an_external_postgres_has_no_folder() {
        assertThat(configured("jdbc:postgresql://host/gantry").embeddedFolder(FOLDERS))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "embedded", "jdbc:mysql://host/gantry", "postgres://host/gantry"})
    void another_url_is_refused(String url) {
        try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
            Validator validator = factory.getValidator();

            assertThat(validator.validate(configured(url)))
                    .extracting(violation -> violation.getPropertyPath().toString())
                    .containsExactly("url");
        }
    }

    @Test
    void the_password_stays_out_of_logs() {
        DatabaseAddress address = new DatabaseAddress("jdbc:postgresql://host/gantry", "someone", "secret");

        assertThat(address.toString()).doesNotContain("secret");
        assertThat(DatabaseConfiguration.of(address).toString()).doesNotContain("secret");
    }

    private static DatabaseConfiguration configured(String url) {
        return DatabaseConfiguration.withDefaults(url, null, null, null, null, null, null);
    }
}
