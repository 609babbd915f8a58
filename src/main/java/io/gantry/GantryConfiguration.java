package io.gantry;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.validation.ValidationMethod;
import io.gantry.access.AccessConfiguration;
import io.gantry.access.oidc.OidcConfiguration;
import io.gantry.client.ClientsConfiguration;
import io.gantry.database.DatabaseConfiguration;
import io.gantry.engine.docker.DockerConfiguration;
import io.gantry.execution.ExecutionConfiguration;
import io.gantry.invariant.InvariantsConfiguration;
import io.gantry.logs.LogsConfiguration;
import io.gantry.node.NodeConfiguration;
import io.gantry.queue.QueueConfiguration;
import io.gantry.task.TasksConfiguration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

/** All that can be configured, a field a feature. */
public final class GantryConfiguration extends Configuration {

    @NotEmpty
    private String dataDir = "data";

    @Valid
    @NotNull
    private ClientsConfiguration clients = ClientsConfiguration.defaults();

    @Valid
    @NotNull
    private DatabaseConfiguration database = DatabaseConfiguration.embedded();

    @Valid
    @NotNull
    private DockerConfiguration docker = DockerConfiguration.defaults();

    @Valid
    @NotNull
    private NodeConfiguration node = new NodeConfiguration((String) null);

    @Valid
    @NotNull
    private TasksConfiguration tasks = TasksConfiguration.defaults();

    @Valid
    @NotNull
    private QueueConfiguration queue = QueueConfiguration.defaults();

    @Valid
    @NotNull
    private LogsConfiguration logs = LogsConfiguration.defaults();

    @Valid
    @NotNull
    private ExecutionConfiguration execution = ExecutionConfiguration.defaults();

    @Valid
    @NotNull
    private AccessConfiguration access = AccessConfiguration.defaults();

    @Valid
    @NotNull
    private OidcConfiguration oidc = OidcConfiguration.none();

    @Valid
    @NotNull
    private InvariantsConfiguration invariants = InvariantsConfiguration.defaults();

    @ValidationMethod(message = "oidc.issuer needs access.authentication: required")
    @JsonIgnore
    public boolean isIssuerAsked() {
        return !oidc.isUsed() || access.authenticates();
    }

    @JsonProperty
    public AccessConfiguration access() {
        return access;
    }

    @JsonProperty("access")
    void setAccess(AccessConfiguration access) {
        this.access = access;
    }

    @JsonProperty
    public OidcConfiguration oidc() {
        return oidc;
    }

    @JsonProperty("oidc")
    void setOidc(OidcConfiguration oidc) {
        this.oidc = oidc;
    }

    @JsonProperty
    public InvariantsConfiguration invariants() {
        return invariants;
    }

    @JsonProperty("invariants")
    void setInvariants(InvariantsConfiguration invariants) {
        this.invariants = invariants;
    }

    @JsonProperty
    public String dataDir() {
        return dataDir;
    }

    @JsonProperty("dataDir")
    void setDataDir(String dataDir) {
        this.dataDir = dataDir;
    }

    @JsonProperty
    public ClientsConfiguration clients() {
        return clients;
    }

    @JsonProperty("clients")
    void setClients(ClientsConfiguration clients) {
        this.clients = clients;
    }

    @JsonProperty
    public DatabaseConfiguration database() {
        return database;
    }

    @JsonProperty("database")
    void setDatabase(DatabaseConfiguration database) {
        this.database = database;
    }

    @JsonProperty
    public DockerConfiguration docker() {
        return docker;
    }

    @JsonProperty("docker")
    void setDocker(DockerConfiguration docker) {
        this.docker = docker;
    }

    @JsonProperty
    public NodeConfiguration node() {
        return node;
    }

    @JsonProperty("node")
    void setNode(NodeConfiguration node) {
        this.node = node;
    }

    @JsonProperty
    public TasksConfiguration tasks() {
        return tasks;
    }

    @JsonProperty("tasks")
    void setTasks(TasksConfiguration tasks) {
        this.tasks = tasks;
    }

    @JsonProperty
    public QueueConfiguration queue() {
        return queue;
    }

    @JsonProperty("queue")
    void setQueue(QueueConfiguration queue) {
        this.queue = queue;
    }

    @JsonProperty
    public LogsConfiguration logs() {
        return logs;
    }

    @JsonProperty("logs")
    void setLogs(LogsConfiguration logs) {
        this.logs = logs;
    }

    @JsonProperty
    public ExecutionConfiguration execution() {
        return execution;
    }

    @JsonProperty("execution")
    void setExecution(ExecutionConfiguration execution) {
        this.execution = execution;
    }
}
