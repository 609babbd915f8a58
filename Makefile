# The front door: `make help` lists what there is.

MVN := mvn -B -ntp
# Warnings are errors here, so -q, which hides them, would hide the reason.
QUIET := -Dorg.slf4j.simpleLogger.defaultLogLevel=warn -Dorg.slf4j.simpleLogger.log.org.apache.maven.plugins.shade=error \
	-Dorg.slf4j.simpleLogger.log.com.networknt=error
JAR := target/gantry.jar
ARCHIVE := target/gantry.jsa
# There are classes that were compiled without the checks that make test asks for.
UNCHECKED := target/unchecked
# The quick compiler alone, and early: 5 s of processor time until it is up, instead of 9 s, and 50 ms for a run, instead of
# 180 ms with the thorough one, which compiles for minutes what a service that mostly waits seldom does.
JVM := -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.1 -XX:+ExitOnOutOfMemoryError
# Runs a program of the tests, which starts the jar as others do.
define TRY
$(MVN) $(QUIET) test-compile dependency:build-classpath -Dspotless.check.skip=true \
	-DincludeScope=test -Dmdep.outputFile=target/test.classpath
exec java $(JVM) -Dgantry.jar=$(JAR) -cp target/test-classes:target/classes:$$(cat target/test.classpath)
endef
# Of `make chaos`; none is all.
PARTS := $(strip $(POINTS)$(RANDOM)$(POSTGRES)$(NODES)$(ENGINE)$(DISK)$(CLOCK))
IMAGE := gantry:latest
BASE_IMAGE := eclipse-temurin:17-jre
REDOCLY := @redocly/cli@2.77.0

# Folders count too, so that a deleted file is noticed.
SOURCES := $(shell find pom.xml openapi.yaml migrations src/main 2>/dev/null)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help build run archive test coverage format lint bench chaos crowd attack chaos-release garbage busybox engine image clean

help: ## List the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | sort | expand -t 15

build: $(JAR) ## Build target/gantry.jar, without tests

$(JAR): $(SOURCES)
	$(MVN) $(QUIET) package -Psbom -Dmaven.test.skip=true -Dspotless.check.skip=true -Dunchecked
	@touch $@ $(UNCHECKED)

run: engine build ## Start the service on 127.0.0.1:5000 (admin port 5001); Ctrl-C stops it
	@archive=; [ $(ARCHIVE) -nt $(JAR) ] && archive=-XX:SharedArchiveFile=$(ARCHIVE); \
	exec src/scripts/until-told java $(JVM) $$archive -jar $(JAR) server config.yml

archive: build ## Let later starts take two thirds of the time: write down the classes as this Java has them
	src/scripts/class-archive $(JAR) $(JVM)

test: engine busybox ## Build with all gates and run all tests; needs a Docker engine
	@[ ! -e $(UNCHECKED) ] || rm -rf $(UNCHECKED) target/classes target/maven-status
	$(MVN) verify

coverage: MVN += -Pcoverage
coverage: test ## Run all tests and count what they reach; writes target/site/jacoco

format: ## Format the code
	$(MVN) $(QUIET) spotless:apply

lint: ## Check openapi.yaml with Redocly (needs npm)
	@command -v npx >/dev/null || { echo 'lint needs npx: sudo apt-get install npm' >&2; exit 1; }
	REDOCLY_TELEMETRY=off npx --yes $(REDOCLY) lint openapi.yaml

bench: engine busybox archive ## Measure speed (MEASURES="echo queue log crash"); writes target/bench.md
	$(MVN) $(QUIET) test-compile -Dspotless.check.skip=true
	exec java $(JVM) -cp $(JAR):target/test-classes io.gantry.bench.Benchmark $(MEASURES)

chaos: engine busybox build ## Take away whatever can be, kills included, or parts of it (see CONTRIBUTING.md); writes target/chaos.md
	$(TRY) io.gantry.chaos.Campaign points=$(POINTS) trials=$(TRIALS) random=$(RANDOM) \
		postgres=$(POSTGRES) nodes=$(NODES) engine=$(ENGINE) \
		disk=$(DISK) clock=$(CLOCK) seed=$(SEED)
	$(if $(PARTS),,$(MAKE) garbage)

crowd: engine busybox build ## 3,000 short runs on two nodes, which die now and then (RUNS= SERVICES= ENGINES=own CALM= SEED=)
	$(TRY) io.gantry.chaos.Crowd runs=$(RUNS) nodes=$(SERVICES) engines=$(ENGINES) calm=$(CALM) seed=$(SEED)

attack: engine build ## 100,000 generated bad requests, none of which may do harm (REQUESTS= SEED=); writes target/attack.md
	$(TRY) io.gantry.attack.Attack requests=$(REQUESTS) seed=$(SEED)

chaos-release: ## The same, much longer, with 10,000 runs on two nodes, and with every spoiled answer of an engine
	$(MAKE) chaos POINTS=all TRIALS=40 RANDOM=500 POSTGRES=60 NODES=30 ENGINE=40 DISK=10 CLOCK=10
	$(MAKE) crowd RUNS=10000 SERVICES=2
	$(MAKE) crowd RUNS=1000 SERVICES=3 ENGINES=own
	$(MAKE) garbage

garbage: engine busybox build ## An engine that answers nonsense, in every way at every call, and a line of a gibibyte
	$(MVN) test -Dtest='AnEngineThatAnswersGarbageIT,HostileContainersIT' -Dsurefire.failIfNoSpecifiedTests=false \
		-Dgantry.spoil=all -Dgantry.line=1073741824

busybox: engine ## Make a small busybox image from the machine's own packages
	@src/scripts/busybox-image

engine: ## Install and start a Docker engine if none answers
	@src/scripts/docker-engine

image: engine build ## Build the Docker image (BASE_IMAGE=... has Java 17 and bash)
	docker build --build-arg BASE_IMAGE=$(BASE_IMAGE) -t $(IMAGE) .

clean: ## Remove what was built, but not data/
	rm -rf target
