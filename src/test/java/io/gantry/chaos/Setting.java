package io.gantry.chaos;

import java.util.Optional;

/**
 * Where a scene plays.
 *
 * @param disk a small one that the database lives on
 * @param clock the service's, if it isn't the machine's
 */
record Setting(Engine engine, Optional<SmallDisk> disk, Optional<ServiceClock> clock) {

    static Setting with(Engine engine) {
        return new Setting(engine, Optional.empty(), Optional.empty());
    }

    static Setting with(SmallDisk disk) {
        return new Setting(Engine.shared(), Optional.of(disk), Optional.empty());
    }

    static Setting with(ServiceClock clock) {
        return new Setting(Engine.shared(), Optional.empty(), Optional.of(clock));
    }
}
