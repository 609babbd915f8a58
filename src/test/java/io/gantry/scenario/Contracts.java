package io.gantry.scenario;

import io.gantry.contract.ContractCoverage;
import io.gantry.contract.OpenApiContract;
import io.gantry.contract.OpenApiDocument;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The one contract of a test run, so that coverage is counted over all of it. */
final class Contracts {

    private static final Namespace NAMESPACE = Namespace.create(Contracts.class);

    private Contracts() {}

    static OpenApiContract of(ExtensionContext context) {
        ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
        OpenApiDocument document =
                store.getOrComputeIfAbsent("document", key -> OpenApiDocument.ofProject(), OpenApiDocument.class);
        ContractCoverage coverage = store.getOrComputeIfAbsent(
                "coverage",
                key -> new ContractCoverage(document, Path.of("target", "contract-coverage.txt")),
                ContractCoverage.class);
        return store.getOrComputeIfAbsent(
                "contract", key -> new OpenApiContract(document, coverage), OpenApiContract.class);
    }
}
