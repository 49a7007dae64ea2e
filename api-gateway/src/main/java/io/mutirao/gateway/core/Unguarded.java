package io.mutirao.gateway.core;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.inject.Qualifier;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Jobs and runs as their owners give them to anybody. Dialects get those that look at rights. */
@Qualifier
@Retention(RUNTIME)
@Target({TYPE, PARAMETER, METHOD})
public @interface Unguarded {}
