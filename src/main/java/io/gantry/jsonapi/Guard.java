package io.gantry.jsonapi;

import io.gantry.problem.Problem;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A rule that every request on every port must pass before anything else looks at it. */
public abstract class Guard extends Handler.Wrapper {

    /** Why this request is refused, if it is. */
    protected abstract Optional<Problem> refusal(Request request);

    /** Told of each request that is refused, before its answer is sent. */
    protected void refused(Request request, Problem why) {}

    @Override
    public final boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Problem> refusal = refusal(request);
        if (refusal.isEmpty()) {
            return super.handle(request, response, callback);
        }
        refused(request, refusal.get());
        ErrorPages.write(new ErrorDocument(List.of(refusal.get()), RequestId.of(request)), request, response, callback);
        return true;
    }
}
