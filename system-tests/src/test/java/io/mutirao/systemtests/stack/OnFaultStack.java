package io.mutirao.systemtests.stack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A class that does harm to a stack, shared with the others that do, and leaves it healthy. Leases
 * are short there, so that nobody waits long. Its constructor may ask for {@link Mutirao}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Stacks.class)
@ResourceLock("fault stack")
public @interface OnFaultStack {

  /** Whether this class makes what cannot be carried out; any other fails over dead letters. */
  boolean deadLetters() default false;
}
