package io.gantry.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import io.gantry.jsonapi.DocumentationResource;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTest {

    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

    @Test
    void every_resource_method_says_which_right_it_needs() {
        List<JavaMethod> methods = new ClassFileImporter()
                .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.gantry").stream()
                        .filter(type -> !type.isEquivalentTo(DocumentationResource.class))
                        .flatMap(type -> type.getMethods().stream())
                        .filter(method -> METHODS.stream().anyMatch(method::isAnnotatedWith))
                        .toList();

        assertThat(methods).hasSizeGreaterThan(15).allMatch(method -> method.isAnnotatedWith(Needs.class));
    }
}
