package io.gantry.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.gantry.contract.OpenApiDocument.Located;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One method of one path of {@code openapi.yaml}. */
public final class Operation {

    private final OpenApiDocument document;
    private final String template;
    private final String method;
    private final Located located;
    private final Pattern pattern;

    Operation(OpenApiDocument document, String template, String method) {
        this.document = document;
        this.template = template;
        this.method = method;
        this.located = document.at("/paths/" + OpenApiDocument.escape(template) + "/" + method);
        this.pattern = Pattern.compile(template.replaceAll("\\{[^}]+}", "[^/]+"));
    }

    public String template() {
        return template;
    }

    /** Upper case. */
    public String method() {
        return method.toUpperCase(Locale.ROOT);
    }

    public String id() {
        return located.node().path("operationId").asText();
    }

    boolean fits(String path) {
        return pattern.matcher(path).matches();
    }

    /** Each way in which this may be answered, by status. */
    List<Integer> statuses() {
        return located.node().path("responses").properties().stream()
                .map(response -> Integer.valueOf(response.getKey()))
                .toList();
    }

    Optional<Located> response(int status) {
        Located response = located.child("responses").child(Integer.toString(status));
        return response.isMissing() ? Optional.empty() : Optional.of(document.at(response.pointer()));
    }

    Optional<Located> requestBody() {
        Located body = located.child("requestBody");
        return body.isMissing() ? Optional.empty() : Optional.of(document.at(body.pointer()));
    }

    /** The examples of the body that it takes; none if it takes none. */
    public List<JsonNode> bodies() {
        return requestBody()
                .map(body ->
                        body.child("content").child("application/vnd.api+json").child("examples"))
                .map(examples -> examples.node().properties().stream()
                        .map(example -> document.at(
                                        examples.child(example.getKey()).pointer())
                                .node()
                                .path("value"))
                        .toList())
                .orElse(List.of());
    }

    /** What a query parameter may say, where the contract lists it. */
    public List<String> words(String parameter) {
        return Stream.concat(parametersAt(located), parametersAt(document.at(parentPointer())))
                .filter(it -> it.path("name").asText().equals(parameter))
                .flatMap(it -> Stream.of(it.at("/schema/enum"), it.at("/schema/items/enum")))
                .flatMap(list -> IntStream.range(0, list.size())
                        .mapToObj(i -> list.get(i).asText()))
                .toList();
    }

    /** Names of the parameters in a place: path, query, header. */
    public Set<String> parameters(String place) {
        return Stream.concat(parametersAt(located), parametersAt(document.at(parentPointer())))
                .filter(parameter -> parameter.path("in").asText().equals(place))
                .map(parameter -> parameter.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<JsonNode> parametersAt(Located owner) {
        Located list = owner.child("parameters");
        return IntStream.range(0, list.node().size())
                .mapToObj(i -> document.at(list.pointer() + "/" + i).node());
    }

    private String parentPointer() {
        return "/paths/" + OpenApiDocument.escape(template);
    }

    @Override
    public String toString() {
        return method() + " " + template;
    }
}
