/**
 * Programs on Spark: JARs, what spark-submit takes, and Python files that want it. In local mode
 * unless a master is configured. Start with {@link io.mutirao.worker.runner.spark.Spark}. Spark
 * itself decides all the rest.
 */
@NullMarked
package io.mutirao.worker.runner.spark;

import org.jspecify.annotations.NullMarked;
