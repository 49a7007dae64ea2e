/**
 * What CONTRIBUTING says of the code, as tests over the class files of all modules.
 *
 * <p>Start at {@link io.mutirao.systemtests.rules.Rules}. Each rule is also run against the classes
 * of {@code planted}, which break it: a rule that finds nothing there does not bite.
 */
@NullMarked
package io.mutirao.systemtests.rules;

import org.jspecify.annotations.NullMarked;
