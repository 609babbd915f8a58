package io.gantry.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/** A pull as the database keeps it. */
final class ImagePullJson {

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    String write(ImagePull pull) {
        try {
            return mapper.writeValueAsString(pull);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a pull has a JSON form", e);
        }
    }

    /** Reads what {@link #write} wrote. */
    ImagePull read(String json) {
        try {
            return mapper.readValue(json, ImagePull.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds a pull that can't be read: " + json, e);
        }
    }
}
