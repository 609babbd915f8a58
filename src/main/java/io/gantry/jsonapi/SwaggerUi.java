package io.gantry.jsonapi;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The files of the interactive documentation: Swagger UI from its webjar, started by a page of our own. */
final class SwaggerUi {

    private static final String OURS = "io/gantry/jsonapi/";
    private static final String JAVASCRIPT = "text/javascript; charset=utf-8";
    private static final String CSS = "text/css; charset=utf-8";

    private final StaticFile page;
    private final Map<String, StaticFile> files;

    private SwaggerUi(StaticFile page, Map<String, StaticFile> files) {
        this.page = page;
        this.files = files;
    }

    static SwaggerUi packaged() {
        String webjar = "META-INF/resources/webjars/swagger-ui/" + version() + "/";
        return new SwaggerUi(
                StaticFile.packaged("text/html; charset=utf-8", OURS + "documentation.html"),
                Map.of(
                        "start.js", StaticFile.packaged(JAVASCRIPT, OURS + "documentation.js"),
                        "page.css", StaticFile.packaged(CSS, OURS + "documentation.css"),
                        "swagger-ui.css", StaticFile.packaged(CSS, webjar + "swagger-ui.css"),
                        "swagger-ui-bundle.js", StaticFile.packaged(JAVASCRIPT, webjar + "swagger-ui-bundle.js"),
                        "favicon.png", StaticFile.packaged("image/png", webjar + "favicon-32x32.png")));
    }

    StaticFile page() {
        return page;
    }

    Optional<StaticFile> file(String name) {
        return Optional.ofNullable(files.get(name));
    }

    /** The webjar says itself which version it is, so that only the build has to know. */
    private static String version() {
        Properties properties = new Properties();
        try {
            properties.load(
                    new ByteArrayInputStream(StaticFile.read("META-INF/maven/org.webjars/swagger-ui/pom.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
