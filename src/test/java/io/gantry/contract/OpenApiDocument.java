package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The project's {@code openapi.yaml}, as a tree in which references can be followed. */
public final class OpenApiDocument {

    public static final Path FILE = Path.of("openapi.yaml");

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete", "head", "options");

    private final JsonNode root;
    private final List<Operation> operations;

    private OpenApiDocument(JsonNode root) {
        this.root = root;
        this.operations = collect();
    }

    public static OpenApiDocument ofProject() {
        try {
            return new OpenApiDocument(new YAMLMapper().readTree(FILE.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode root() {
        return root;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** What stands at a pointer, or where the reference there leads to. */
    Located at(String pointer) {
        JsonNode node = root.at(pointer);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("openapi.yaml has nothing at " + pointer);
        }
        JsonNode reference = node.get("$ref");
        boolean onlyReference = reference != null && node.size() == 1;
        return onlyReference ? at(reference.textValue().substring(1)) : new Located(pointer, node);
    }

    /** The operations of the most literal path that fits. */
    List<Operation> operationsOf(String path) {
        return operations.stream()
                .filter(operation -> operation.fits(path))
                .map(Operation::template)
                .min(Comparator.comparingInt(template -> template.split("\\{", -1).length))
                .map(template -> operations.stream()
                        .filter(operation -> operation.template().equals(template))
                        .toList())
                .orElse(List.of());
    }

    Optional<Operation> operation(String operationId) {
        return operations.stream()
                .filter(operation -> operation.id().equals(operationId))
                .findFirst();
    }

    /** A part of the document and where it stands. */
    record Located(String pointer, JsonNode node) {

        Located child(String name) {
            JsonNode child = node.path(name);
            return new Located(pointer + "/" + escape(name), child);
        }

        boolean isMissing() {
            return node.isMissingNode();
        }
    }

    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private List<Operation> collect() {
        List<Operation> all = new ArrayList<>();
        root.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(member -> {
                    if (METHODS.contains(member.getKey())) {
                        all.add(new Operation(this, path.getKey(), member.getKey()));
                    }
                }));
        return List.copyOf(all);
    }
}
