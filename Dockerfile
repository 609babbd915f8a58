# Gantry in a container. The base needs Java 17, bash and glibc.
ARG BASE_IMAGE=eclipse-temurin:17-jre
FROM ${BASE_IMAGE} AS gantry

# A name for the user: the embedded Postgres refuses root, and a user without one.
RUN echo 'gantry:x:10001:10001:Gantry:/var/lib/gantry:/bin/false' >>/etc/passwd \
    && echo 'gantry:x:10001:' >>/etc/group \
    && mkdir -p /var/lib/gantry \
    && chown 10001:10001 /var/lib/gantry

COPY target/gantry.jar config.yml /opt/gantry/

ENV GANTRY_DATA_DIR=/var/lib/gantry LANG=C.UTF-8
WORKDIR /opt/gantry

# Its classes as this Java has them: a start takes two thirds of the time.
FROM gantry AS classes
COPY src/scripts/class-archive /usr/local/bin/
RUN chown 10001:10001 /opt/gantry
USER 10001:10001
RUN sh /usr/local/bin/class-archive gantry.jar -XX:+UseSerialGC -XX:TieredStopAtLevel=1

FROM gantry
COPY --from=classes /opt/gantry/gantry.jsa /opt/gantry/
VOLUME /var/lib/gantry
USER 10001:10001

# 503 and its reason while the database or the container engine is away.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${GANTRY_ADMIN_PORT:-5001} && printf 'GET /ready HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.1", "-XX:+ExitOnOutOfMemoryError", "-XX:MaxRAMPercentage=60", "-XX:SharedArchiveFile=gantry.jsa", "-jar", "gantry.jar"]
CMD ["server", "config.yml"]
