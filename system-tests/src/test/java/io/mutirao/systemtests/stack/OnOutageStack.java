package io.mutirao.systemtests.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * As {@link OnFaultStack}, for what takes the broker or a dispatcher away: on a stack of their own
 * these classes go on beside the other faults, for most of their time is waiting.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Stacks.class)
@ResourceLock("outage stack")
public @interface OnOutageStack {}
