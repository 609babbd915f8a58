package io.gantry.engine.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.engine.ContainerEvent;
import io.gantry.engine.ContainerId;
import io.gantry.engine.ContainerPlans;
import io.gantry.engine.ContainerState;
import io.gantry.engine.ContainerSummary;
import io.gantry.engine.CreateResult;
import io.gantry.engine.ImageFacts;
import io.gantry.engine.ImageReference;
import io.gantry.engine.StartResult;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every version of Docker's API from 20.10 to 29: the oldest one that an engine speaks, its newest, and ours. */
class DockerReleasesIT {

    private static final ContainerId CONTAINER = new ContainerId("ab".repeat(32));
    private static final String BUSYBOX = "/images/docker.io%2Flibrary%2Fbusybox:latest/json";
    private static final String TIME = "2026-01-01T10:00:00.5Z";
    private static final String IMAGE = "sha256:" + "cd".repeat(32);

    private final FakeDockerd dockerd = FakeDockerd.speaking("1.12", "1.41");
    private final DockerEngine engine = new DockerEngine(
            new DockerHost(URI.create(dockerd.host()), Optional.empty()),
            TestDocker.configuration(),
            (call, took, answer) -> {});

    @AfterEach
    void close() {
        engine.close();
        dockerd.close();
    }

    @ParameterizedTest
    @CsvSource({
        "1.12, 1.41, 1.41",
        "1.12, 1.42, 1.42",
        "1.12, 1.43, 1.43",
        "1.24, 1.44, 1.44",
        "1.24, 1.45, 1.44",
        "1.24, 1.46, 1.44",
        "1.24, 1.47, 1.44",
        "1.24, 1.48, 1.44",
        "1.24, 1.49, 1.44",
        "1.24, 1.50, 1.44",
        "1.24, 1.51, 1.44",
        "1.44, 1.52, 1.44",
        "1.44, 1.53, 1.44",
        "1.44, 1.54, 1.44",
        "1.44, 1.55, 1.44",
    })
    void are_spoken_to_in_one_version_from_the_first_call_to_the_last(String least, String most, String spoken) {
        dockerd.behaves(request -> request.equals("GET /version") ? FakeDockerd.versions(least, most) : terse(request));

        aWholeLife();

        assertThat(dockerd.requests()).first().isEqualTo("GET /version");
        assertThat(dockerd.requests().subList(1, dockerd.requests().size()))
                .extracting(request -> request.replaceFirst("[?].*", ""))
                .containsExactly(
                        "GET /v" + spoken + "/info",
                        "GET /v" + spoken + BUSYBOX,
                        "POST /v" + spoken + "/containers/create",
                        "POST /v" + spoken + "/containers/" + CONTAINER + "/start",
                        "GET /v" + spoken + "/containers/" + CONTAINER + "/json",
                        "GET /v" + spoken + "/containers/json",
                        "GET /v" + spoken + "/events");
    }

    private void aWholeLife() {
        ImageReference busybox = new ImageReference("busybox");
        assertThat(engine.identify().id()).isEqualTo("one host /var/lib/docker");
        assertThat(engine.findImage(busybox)).contains(new ImageFacts(IMAGE, Optional.of(IMAGE)));
        assertThat(engine.create(ContainerPlans.exec("true").plan())).isEqualTo(new CreateResult.Created(CONTAINER));
        assertThat(engine.start(CONTAINER)).isEqualTo(new StartResult.Started());
        ContainerState state = engine.inspect(CONTAINER).orElseThrow();
        assertThat(state.phase()).isEqualTo(ContainerState.Phase.EXITED);
        assertThat(state.exitCode()).contains(3);
        assertThat(state.labels()).containsExactly(Map.entry("a", "b"));
        assertThat(engine.list(Map.of("a", "b")))
                .extracting(ContainerSummary::id)
                .containsExactly(CONTAINER);
        Instant end = Instant.parse(TIME);
        assertThat(engine.eventsOf(CONTAINER, end.minusSeconds(60), end))
                .containsExactly(new ContainerEvent.Died(end, 3));
    }

    /** Without what Docker has ceased to say up to 29, and with some of what it says since. */
    private static String terse(String request) {
        String path = request.replaceFirst("^[A-Z]+ /v[0-9.]+", "").replaceFirst("[?].*", "");
        return switch (path) {
            case "/info" -> FakeDockerd.json(200, """
                        {"ID":"one","Name":"host","DockerRootDir":"/var/lib/docker","ServerVersion":"29.0.0",
                         "LiveRestoreEnabled":false,"SystemTime":"%s","FirewallBackend":{"Driver":"nftables"},
                         "DiscoveredDevices":[{"Source":"cdi","ID":"vendor.com/gpu=0"}],"NRI":{"Info":[]},
                         "Containerd":{"Address":"/run/containerd/containerd.sock"},"CDISpecDirs":[],
                         "DriverStatus":[["driver-type","io.containerd.snapshotter.v1"]],"Warnings":null}""".formatted(TIME));
            case BUSYBOX -> FakeDockerd.json(200, """
                        {"Id":"%s","RepoTags":["busybox:latest"],"RepoDigests":["busybox@%s"],"Size":1,
                         "Architecture":"amd64","Os":"linux","RootFS":{"Type":"layers","Layers":[]},
                         "Config":{},"Descriptor":{"mediaType":"application/vnd.oci.image.index.v1+json"},
                         "Metadata":{"LastTagTime":"%s"},"Identity":{"Pull":[]}}""".formatted(IMAGE, IMAGE, TIME));
            case "/containers/create" -> FakeDockerd.json(201, "{\"Id\":\"" + CONTAINER + "\",\"Warnings\":[]}");
            case "/containers/json" -> FakeDockerd.json(200, """
                        [{"Id":"%s","Names":["/gantry-test"],"Created":1767261600,"Labels":{"a":"b"},"State":"exited",
                          "ImageManifestDescriptor":{"digest":"%s"},"Health":{"Status":"none","FailingStreak":0},
                          "HostConfig":{"NetworkMode":"none","Annotations":{}},"NetworkSettings":{"Networks":{}}}]""".formatted(CONTAINER, IMAGE));
            case "/events" ->
                "HTTP/1.1 200 OK\r\n\r\n" + """
                    {"Type":"container","Action":"die","scope":"local","timeNano":1767261600500000000,
                     "Actor":{"ID":"%s","Attributes":{"exitCode":"3","execDuration":"1"}}}""".formatted(CONTAINER).replace("\n", "") + "\n" + FakeDockerd.OPEN;
            default ->
                path.endsWith("/start")
                        ? FakeDockerd.json(204, "")
                        : FakeDockerd.json(200, """
                    {"Id":"%s","Created":"%s","Name":"/gantry-test","ImageManifestDescriptor":{"digest":"%s"},
                     "State":{"Status":"exited","OOMKilled":false,"ExitCode":3,"Error":"",
                              "StartedAt":"%s","FinishedAt":"%s"},
                     "Config":{"Labels":{"a":"b"}},"Storage":{"RootFS":{"Snapshot":{"Name":"overlayfs"}}},
                     "HostConfig":{"NetworkMode":"none"},"NetworkSettings":{"Networks":{"none":{
                       "DNSNames":null,"GwPriority":0,"MacAddress":""}}}}""".formatted(CONTAINER, TIME, IMAGE, TIME, TIME));
        };
    }
}
