package io.gantry.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** A task's spec as the database keeps it. */
public final class TaskSpecJson {

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public String write(TaskSpec spec) {
        try {
            return mapper.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a valid spec has a JSON form", e);
        }
    }

    /** Reads what {@link #write} wrote. What can't be read isn't quoted: it may hold the values of variables. */
    public TaskSpec read(String json) {
        try {
            return mapper.readValue(json, TaskSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds a spec that can't be read", e);
        }
    }
}
