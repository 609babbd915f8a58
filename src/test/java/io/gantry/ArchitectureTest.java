package io.gantry;

import static com.tngtech.archunit.core.importer.ImportOption.Predefined.DO_NOT_INCLUDE_TESTS;
import static com.tngtech.archunit.core.importer.ImportOption.Predefined.ONLY_INCLUDE_TESTS;
import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.gantry.ArchitectureDiagram.Arrow;
import io.gantry.ArchitectureRule.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(Lifecycle.PER_CLASS)
final class ArchitectureTest {

    private final JavaClasses product = importOf(DO_NOT_INCLUDE_TESTS, "io.gantry");
    private final JavaClasses tests = importOf(ONLY_INCLUDE_TESTS, "io.gantry").that(areNoBreach());

    @ParameterizedTest
    @EnumSource
    void the_code_keeps(ArchitectureRule rule) {
        rule.rule().check(classesOf(rule.subject()));
    }

    @ParameterizedTest
    @EnumSource
    void a_breach_turns_red(ArchitectureRule rule) {
        JavaClasses breach = importOf(ONLY_INCLUDE_TESTS, rule.breach());

        assertThat(rule.rule().evaluate(breach).hasViolation()).isTrue();
    }

    @Test
    void no_arrow_of_the_diagram_is_idle() {
        assertThat(ArchitectureDiagram.read().arrows())
                .filteredOn(not(this::isUsed))
                .isEmpty();
    }

    private JavaClasses classesOf(Subject subject) {
        return switch (subject) {
            case PRODUCT -> product;
            case TESTS -> tests;
        };
    }

    private boolean isUsed(Arrow arrow) {
        return product.stream()
                .filter(JavaClass.Predicates.resideInAPackage(arrow.from()))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .anyMatch(dependency ->
                        JavaClass.Predicates.resideInAPackage(arrow.to()).test(dependency.getTargetClass()));
    }

    private static JavaClasses importOf(ImportOption option, String packageName) {
        return new ClassFileImporter().withImportOption(option).importPackages(packageName);
    }

    private static DescribedPredicate<JavaClass> areNoBreach() {
        return DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.gantry.breach.."));
    }
}
