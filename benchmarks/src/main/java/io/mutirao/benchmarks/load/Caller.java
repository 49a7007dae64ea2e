package io.mutirao.benchmarks.load;

import java.io.IOException;

/** Asks for one thing at a time and waits for the answer. Used by one thread. */
public interface Caller extends AutoCloseable {

  /** Asks, waits, and names what was accepted. Throws when the answer is not the expected one. */
  long call() throws Exception;

  @Override
  void close() throws IOException;

  /** Makes the n-th caller. */
  @FunctionalInterface
  interface Factory {
    Caller open(int n) throws Exception;
  }
}
