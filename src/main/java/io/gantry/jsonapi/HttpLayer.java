package io.gantry.jsonapi;

import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.server.ServerProperties;

/** Makes a Dropwizard service speak JSON:API from every layer and on every port. */
public final class HttpLayer {

    private final List<Guard> guards;

    /**
     * A layer that nothing is installed into yet.
     *
     * @param guards the outermost first
     */
    public HttpLayer(List<Guard> guards) {
        this.guards = List.copyOf(guards);
    }

    /** To be called once, before the server starts. */
    public void install(ServerFactory factory, Environment environment) {
        if (factory instanceof AbstractServerFactory server) {
            server.setRegisterDefaultExceptionMappers(false);
            server.setDetailedJsonProcessingExceptionMapper(false);
        }
        environment.jersey().register(Negotiation.class);
        environment.jersey().register(RequestRules.class);
        environment.jersey().register(OptionsAnswer.class);
        environment.jersey().register(HeadLength.class);
        environment.jersey().register(ProblemMapper.class);
        // Otherwise nothing of a streamed answer is sent before its first 8 KiB.
        environment.jersey().property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, 0);
        environment.jersey().property(ServerProperties.WADL_FEATURE_DISABLE, true);
        ErrorPages pages = new ErrorPages();
        environment.getApplicationContext().setErrorHandler(pages);
        environment.getAdminContext().setErrorHandler(pages);
        environment.lifecycle().addEventListener(new Wrapping(pages));
    }

    /** Puts frame and guards around all handlers, in the last moment in which the server lets us. */
    private final class Wrapping implements LifeCycle.Listener {

        private final ErrorPages pages;

        Wrapping(ErrorPages pages) {
            this.pages = pages;
        }

        @Override
        public void lifeCycleStarting(LifeCycle starting) {
            if (starting instanceof Server server) {
                server.setErrorHandler(pages);
                Handler inner = ArrivedBodies.before(server.getHandler());
                for (int i = guards.size() - 1; i >= 0; i--) {
                    guards.get(i).setHandler(inner);
                    inner = guards.get(i);
                }
                RequestFrame frame = new RequestFrame();
                frame.setHandler(inner);
                server.setHandler(frame);
            }
        }
    }
}
