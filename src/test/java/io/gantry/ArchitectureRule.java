package io.gantry;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** What holds for the code, each with the package of a small breach that it must find. */
@SuppressWarnings("ImmutableEnumChecker") // ArchUnit's rules are immutable, but not annotated
enum ArchitectureRule {
    ARROWS_FOLLOW_THE_DIAGRAM(
            Subject.PRODUCT,
            "arrow",
            classes().should(ArchitectureDiagram.read().adherence())),

    EVERY_PACKAGE_IS_IN_THE_DIAGRAM(
            Subject.PRODUCT,
            "stranger",
            classes().should().resideInAnyPackage(ArchitectureDiagram.read().packagePatterns())),

    PACKAGES_HAVE_NO_CYCLES(
            Subject.PRODUCT,
            "cycle",
            slices().matching("..gantry.(**)").should().beFreeOfCycles()),

    QUARTZ_STAYS_IN_QUEUE_QUARTZ(Subject.PRODUCT, "quartz", only(within("queue.quartz"), "org.quartz..")),

    DOCKER_JAVA_STAYS_IN_ENGINE_DOCKER(
            Subject.PRODUCT, "docker", only(within("engine.docker"), "com.github.dockerjava..")),

    JDBI_STAYS_IN_DATABASE_AND_STORES(
            Subject.PRODUCT, "jdbi", only(within("database").or(partOfA("Store")), "org.jdbi..")),

    MIGRATIONS_AND_DRIVER_STAY_IN_DATABASE(
            Subject.PRODUCT, "driver", only(within("database"), "liquibase..", "org.postgresql..")),

    JAX_RS_STAYS_AT_THE_EDGE(
            Subject.PRODUCT,
            "jaxrs",
            only(
                    within("jsonapi").or(within("access")).or(partOfA("Resource")),
                    "jakarta.ws.rs..",
                    "org.glassfish.jersey..")),

    TASKS_KNOW_ONLY_IMAGE_REFERENCES_OF_ENGINES(
            Subject.PRODUCT,
            "image",
            noClasses()
                    .that(within("task"))
                    .should()
                    .dependOnClassesThat(within("engine").and(not(simpleName("ImageReference"))))),

    TIME_COMES_FROM_AN_INJECTED_CLOCK(
            Subject.PRODUCT,
            "clock",
            noClasses().that().doNotHaveSimpleName("Services").should().accessTargetWhere(readsTheSystemClock())),

    PACKAGES_ARE_FEATURES_NOT_LAYERS(
            Subject.PRODUCT,
            "dao",
            noClasses()
                    .should()
                    .resideInAnyPackage("..dao..", "..dto..", "..model..", "..service..", "..util..", "..common..")),

    NAMES_SAY_WHAT_A_THING_IS(
            Subject.PRODUCT,
            "name",
            noClasses()
                    .should()
                    .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Common|Info)")
                    .orShould()
                    .haveNameMatching(".*[.$](Base|Abstract)[A-Z]\\w*")),

    STATIC_FIELDS_NEVER_CHANGE(
            Subject.PRODUCT, "state", fields().that().areStatic().should().beFinal()),

    CLASSES_ARE_FINAL_OR_ABSTRACT(
            Subject.PRODUCT,
            "open",
            classes()
                    .that()
                    .areTopLevelClasses()
                    .and()
                    .areNotInterfaces()
                    .and()
                    .areNotEnums()
                    .and()
                    .doNotHaveModifier(JavaModifier.ABSTRACT)
                    .should()
                    .haveModifier(JavaModifier.FINAL)),

    OBSERVERS_SHARE_NO_CODE_WITH_THE_PRODUCT(
            Subject.TESTS,
            "observer",
            noClasses()
                    .that(resideInAnyPackage("..gantry.chaos.observer", "..gantry.chaos.invariant"))
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.gantry..")
                            .and(not(resideInAnyPackage("..gantry.chaos.observer", "..gantry.chaos.invariant"))))),

    TESTS_NEVER_SLEEP(Subject.TESTS, "sleep", noClasses().should().callMethod(Thread.class, "sleep", long.class)),

    TESTS_ARE_NEVER_SKIPPED(
            Subject.TESTS,
            "disabled",
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .haveNameMatching("org\\.junit\\.jupiter\\.api\\.(Disabled|Assumptions|condition\\..*)"
                            + "|org\\.assertj\\.core\\.api\\.Assumptions"));

    private final Subject subject;
    private final String breach;
    private final ArchRule rule;

    ArchitectureRule(Subject subject, String breach, ArchRule rule) {
        this.subject = subject;
        this.breach = "io.gantry.breach." + breach;
        this.rule = rule;
    }

    Subject subject() {
        return subject;
    }

    /** The package of the classes that break this rule. */
    String breach() {
        return breach;
    }

    ArchRule rule() {
        return rule;
    }

    /** Whose code a rule is about. */
    enum Subject {
        PRODUCT,
        TESTS
    }

    private static ArchRule only(DescribedPredicate<JavaClass> home, String... libraries) {
        return noClasses().that(not(home)).should().dependOnClassesThat().resideInAnyPackage(libraries);
    }

    /** Ends alike for the product and for a breach, which lies further down: {@code io.gantry.breach.image.gantry.task}. */
    private static DescribedPredicate<JavaClass> within(String feature) {
        return resideInAPackage("..gantry." + feature);
    }

    private static DescribedPredicate<JavaClass> partOfA(String ending) {
        return describe(
                "part of a class called …" + ending,
                type -> outermost(type).getSimpleName().endsWith(ending));
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureRule::outermost).orElse(type);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheSystemClock() {
        Set<String> reads = Set.of("now", "system", "systemUTC", "systemDefaultZone", "currentTimeMillis");
        return describe("the system clock is read", access -> {
            String owner = access.getTargetOwner().getName();
            return reads.contains(access.getName())
                    && (owner.startsWith("java.time.") || owner.equals("java.lang.System"));
        });
    }
}
