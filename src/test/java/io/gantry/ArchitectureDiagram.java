package io.gantry;

import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInAnyPackage;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The component diagram in ARCHITECTURE.md: which packages there are and which may know which. */
final class ArchitectureDiagram {

    private static final Pattern BLOCK = Pattern.compile("```plantuml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMPONENT = Pattern.compile("\\[[^]]+] <<([a-z.]+)>> as (\\w+)");
    private static final Pattern ARROW = Pattern.compile("(?m)^(\\w+) --> (\\w+)$");

    private final String text;

    private ArchitectureDiagram(String text) {
        this.text = text;
    }

    static ArchitectureDiagram read() {
        try {
            Matcher block = BLOCK.matcher(Files.readString(Path.of("ARCHITECTURE.md")));
            if (!block.find()) {
                throw new IllegalStateException("ARCHITECTURE.md has no ```plantuml block");
            }
            return new ArchitectureDiagram(block.group(1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ArchCondition<JavaClass> adherence() {
        try {
            Path file = Files.createTempFile("architecture", ".puml");
            try {
                Files.writeString(file, text);
                return adhereToPlantUmlDiagram(file, consideringOnlyDependenciesInAnyPackage("io.gantry.."));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packages of all components, as ArchUnit's patterns. */
    String[] packagePatterns() {
        return COMPONENT.matcher(text).results().map(found -> found.group(1)).toArray(String[]::new);
    }

    List<Arrow> arrows() {
        return ARROW.matcher(text)
                .results()
                .map(found -> new Arrow(packageOf(found.group(1)), packageOf(found.group(2))))
                .toList();
    }

    private String packageOf(String alias) {
        return COMPONENT
                .matcher(text)
                .results()
                .filter(found -> found.group(2).equals(alias))
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no component is called " + alias));
    }

    /** One package may know another. */
    record Arrow(String from, String to) {}
}
