package io.gantry.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What accepting and claiming cost with a short and with a very long queue. */
final class LongQueue {

    private static final Map<String, String> NO_ENGINE = Map.of("GANTRY_DOCKER_HOST", "unix:///nowhere.sock");
    private static final int SHORT = 10;
    private static final int LONG = 100_000;
    /** More than there are threads, so that the last one's turn still waits in Quartz's tables. */
    private static final int SAMPLED = 4;

    private static final int SAMPLES = 100;
    private static final int CLAIMS = 40;

    private LongQueue() {}

    static void measure(Path folder, Report report) throws IOException, InterruptedException, SQLException {
        Cost few = cost(folder.resolve("short"), SHORT);
        Cost many = cost(folder.resolve("long"), LONG);
        compare(report, "accept, with " + LONG + " queued against " + SHORT + "; p50", many.accept(), few.accept());
        compare(report, "end to next claim, the same; p50", many.claim(), few.claim());
    }

    private static void compare(Report report, String measure, double many, double few) {
        report.compare(measure, Report.millis(many), Report.millis(few), Report.ratio(many / few), "<= 2.0");
    }

    private static Cost cost(Path folder, int queued) throws IOException, InterruptedException, SQLException {
        double accept = accept(folder, queued);
        try (Service service = Service.start(folder, Map.of())) {
            while (ended(service) < CLAIMS) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            List<Double> gaps =
                    EchoBesideDocker.gaps(service.get("/runs?filter%5Bstatus%5D=succeeded&page%5Bsize%5D=100")
                            .path("data")
                            .findValues("attributes"));
            return new Cost(accept, Numbers.median(gaps));
        } finally {
            PlainDocker.removeContainersOf(Service.NODE);
        }
    }

    /** Without an engine nothing is claimed, so the queue stays as long as it was made. */
    private static double accept(Path folder, int queued) throws IOException, InterruptedException, SQLException {
        try (Service service = Service.start(folder, NO_ENGINE)) {
            for (int i = 0; i < SAMPLED; i++) {
                service.submit(List.of("echo", "hello"), Duration.ZERO);
            }
            try (Connection connection = service.database()) {
                multiply(connection, queued - SAMPLED);
            }
            accepts(service);
            return Numbers.median(accepts(service));
        }
    }

    private static List<Double> accepts(Service service) throws IOException, InterruptedException {
        List<Double> samples = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            long start = System.nanoTime();
            service.submit(List.of("echo", "hello"), Duration.ZERO);
            samples.add((System.nanoTime() - start) / 1e6);
        }
        return samples;
    }

    private static int ended(Service service) throws IOException, InterruptedException {
        return service.get("/runs?filter%5Bstatus%5D=succeeded&page%5Bsize%5D=1")
                .path("meta")
                .path("total")
                .asInt();
    }

    /** Copies a task with its run and its turn; a hundred thousand requests would take many minutes. */
    private static void multiply(Connection connection, int copies) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(COPY.replace(":copies", Integer.toString(copies)));
        }
        connection.commit();
    }

    private static final String COPY = """
            select id from ledger for update;
            create temp table copies on commit drop as
                select gen_random_uuid() as task, gen_random_uuid() as run, last_position + n as place,
                    last_stamp + n * interval '1 microsecond' as stamp
                from ledger, generate_series(1, :copies) n;
            insert into tasks (id, title, spec, latest_run_id, created_at, updated_at)
                select task, title, spec, run, stamp, stamp from (select * from tasks limit 1) sample, copies;
            insert into runs (id, task_id, position, trigger, status, spec, queued_at)
                select run, task, place, trigger, status, spec, stamp from (select * from runs limit 1) sample, copies;
            update ledger set tasks = tasks + :copies, last_position = last_position + :copies,
                last_stamp = last_stamp + :copies * interval '1 microsecond';
            insert into qrtz_job_details
                select sched_name, run::text, job_group, description, job_class_name, is_durable, is_nonconcurrent,
                    is_update_data, requests_recovery, job_data
                from (select * from qrtz_job_details limit 1) sample, copies;
            analyze qrtz_job_details;
            insert into qrtz_triggers
                select sched_name, run::text, trigger_group, run::text, job_group, description, place,
                    prev_fire_time, priority, trigger_state, trigger_type, place, end_time, calendar_name,
                    misfire_instr, job_data
                from (select * from qrtz_triggers where trigger_state = 'WAITING' limit 1) sample, copies;
            analyze qrtz_triggers;
            insert into qrtz_simple_triggers
                select sched_name, run::text, trigger_group, repeat_count, repeat_interval, times_triggered
                from (select * from qrtz_simple_triggers limit 1) sample, copies;
            analyze""";

    /** Milliseconds. */
    private record Cost(double accept, double claim) {}
}
