/**
 * What a running task may ask of its worker, through a socket of its attempt: files of DBFS,
 * notebooks, secrets. Start with {@link io.mutirao.worker.desk.Desks}. Who asks is known by the
 * socket; what may be asked is decided here.
 */
@NullMarked
package io.mutirao.worker.desk;

import org.jspecify.annotations.NullMarked;
