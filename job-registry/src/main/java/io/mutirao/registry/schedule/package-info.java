/**
 * What starts runs by itself: times and files become commands here, in the lane of their job. Start
 * with {@link io.mutirao.registry.schedule.Schedules}; when something fires is decided in {@link
 * io.mutirao.registry.schedule.Firing}. Jobs that always have a run belong to the dispatcher, which
 * knows of runs.
 */
@NullMarked
package io.mutirao.registry.schedule;

import org.jspecify.annotations.NullMarked;
