package io.gantry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import io.gantry.problem.ProblemCode;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the Jersey resources and the problem codes are, and what {@code openapi.yaml} says that they are. */
final class OpenApiMatchesTheCodeTest {

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.gantry");

    private final OpenApiDocument document = OpenApiDocument.ofProject();

    @Test
    void the_same_operations_are_there() {
        Map<String, String> described = new TreeMap<>();
        document.operations().forEach(operation -> described.put(operation.toString(), operation.id()));

        assertThat(operationsOfTheCode()).containsExactlyInAnyOrderEntriesOf(described);
    }

    @Test
    void paths_have_the_same_parameters() {
        Map<String, Set<String>> described = new TreeMap<>();
        document.operations().forEach(operation -> described.put(operation.toString(), operation.parameters("path")));

        assertThat(pathParametersOfTheCode()).isEqualTo(described);
    }

    @Test
    void every_problem_of_the_code_is_described_with_its_title() {
        Map<String, String> titles = ErrorExamples.titles(document);

        assertThat(problemCodes())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(titles).containsEntry(problem.code(), problem.title()));
    }

    @Test
    void no_problem_is_described_that_the_code_does_not_have() {
        assertThat(ErrorExamples.titles(document).keySet())
                .isEqualTo(problemCodes().map(ProblemCode::code).collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void the_packaged_copy_is_the_file() throws IOException {
        try (InputStream packaged = ProblemCode.class.getResourceAsStream("/io/gantry/jsonapi/openapi.yaml")) {
            assertThat(packaged).hasBinaryContent(Files.readAllBytes(OpenApiDocument.FILE));
        }
    }

    private Map<String, String> operationsOfTheCode() {
        Map<String, String> operations = new TreeMap<>();
        scan().getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) ->
                                operations.put(method + " " + path, operation.getOperationId())));
        return operations;
    }

    private Map<String, Set<String>> pathParametersOfTheCode() {
        Map<String, Set<String>> parameters = new TreeMap<>();
        scan().getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) ->
                                parameters.put(method + " " + path, pathParameters(item, operation))));
        return parameters;
    }

    private static Set<String> pathParameters(PathItem item, io.swagger.v3.oas.models.Operation operation) {
        return Stream.of(Optional.ofNullable(item.getParameters()), Optional.ofNullable(operation.getParameters()))
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .filter(parameter -> "path".equals(parameter.getIn()))
                .map(parameter -> parameter.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private OpenAPI scan() {
        Set<Class<?>> resources = PRODUCT.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .map(JavaClass::reflect)
                .collect(Collectors.toSet());
        return new Reader(new OpenAPI()).read(resources);
    }

    private Stream<ProblemCode> problemCodes() {
        return PRODUCT.stream()
                .filter(type -> type.isEnum() && type.isAssignableTo(ProblemCode.class))
                .flatMap(type -> Stream.of(type.reflect().getEnumConstants()))
                .map(ProblemCode.class::cast);
    }
}
