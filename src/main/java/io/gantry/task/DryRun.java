package io.gantry.task;

import io.gantry.engine.ImageReference;
import io.gantry.jsonapi.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says what would become of a task, without creating it. */
public final class DryRun {

    static final String PARAMETER = "dryRun";

    private final TaskStore tasks;
    private final Function<ImageReference, ImagePresence> images;
    private final int slots;

    /**
     * @param images asks the engine of this node for an image
     * @param slots how many runs may go on at a time
     */
    public DryRun(TaskStore tasks, Function<ImageReference, ImagePresence> images, int slots) {
        this.tasks = tasks;
        this.images = images;
        this.slots = slots;
    }

    /** Whether the client wants no more than that. */
    static boolean isWanted(Query query) {
        Optional<String> value = query.parameter(PARAMETER);
        if (value.isPresent() && !List.of("true", "false").contains(value.get())) {
            throw Query.invalid(PARAMETER, "It must be true or false.").asException();
        }
        return value.map(Boolean::parseBoolean).orElse(false);
    }

    /** For {@code meta}. Raises what the creation would raise. */
    Map<String, @Nullable Object> of(NewTask wanted) {
        Outlook outlook = tasks.foresee(wanted);
        TaskSpec spec = wanted.draft().spec();
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        attributes.put("title", wanted.draft().title());
        attributes.put("description", wanted.draft().description());
        attributes.putAll(TaskDocument.attributes(spec));
        ImageOutlook itsImage = new ImageOutlook(spec.pullPolicy(), images.apply(new ImageReference(spec.image())));
        Map<String, @Nullable Object> image = new LinkedHashMap<>();
        image.put("reference", spec.normalisedImage());
        image.put("present", itsImage.isPresent());
        image.put("pull", itsImage.willBePulled());
        Map<String, @Nullable Object> queue = new LinkedHashMap<>();
        queue.put("position", outlook.queued() + 1);
        queue.put("running", outlook.running());
        queue.put("slots", slots);
        Map<String, @Nullable Object> meta = new LinkedHashMap<>();
        meta.put("dryRun", true);
        meta.put("attributes", attributes);
        meta.put("image", image);
        meta.put("queue", queue);
        meta.put("tasks", Map.of("stored", outlook.tasks(), "limit", tasks.limit()));
        meta.put("explanation", explanation(itsImage, outlook));
        return meta;
    }

    private String explanation(ImageOutlook image, Outlook outlook) {
        String line = outlook.queued() == 0 && outlook.running() < slots
                ? "It would get a slot at once"
                : "It would be number " + (outlook.queued() + 1) + " in line, with " + outlook.running() + " of "
                        + slots + " slots taken";
        return line + ", and " + image.clause() + ".";
    }
}
