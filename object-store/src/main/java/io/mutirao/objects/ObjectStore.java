package io.mutirao.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Keeps objects under paths. A put is seen whole or not at all, and the last of two wins. A store
 * that cannot be reached throws; an object that is not there is an empty answer.
 */
public interface ObjectStore {

  /** Stores what the stream gives, to its end, in place of what stood there. */
  void put(ObjectPath path, InputStream content) throws IOException;

  /**
   * Reads a piece.
   *
   * @param from the first byte wanted; past the end gives an empty piece
   * @param limit the most bytes wanted
   */
  Optional<Piece> get(ObjectPath path, long from, int limit) throws IOException;

  boolean exists(ObjectPath path) throws IOException;

  /** Of an object that is not there: nothing happens. */
  void delete(ObjectPath path) throws IOException;
}
