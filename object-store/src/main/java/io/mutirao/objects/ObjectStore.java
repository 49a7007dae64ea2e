package io.mutirao.objects;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Keeps objects under paths, in folders. A put is seen whole or not at all, and the last of two
 * wins. A store that cannot be reached throws; an object that is not there is an empty answer.
 */
public interface ObjectStore {

  /** What became of a change. */
  enum Change {
    DONE,
    /** There is nothing at the path. */
    MISSING,
    /** Something stands where something new was to be. */
    TAKEN,
    /** A part of the path is an object and not a folder. */
    BLOCKED,
    /** The folder still holds something. */
    NOT_EMPTY
  }

  /** Stores what the stream gives, to its end, in place of what stood there. */
  void put(ObjectPath path, InputStream content) throws IOException;

  /**
   * Stores what the stream gives.
   *
   * @param replace whether an object that stands there gives way; of two who may not replace, one
   *     wins. A folder never gives way
   */
  Change put(ObjectPath path, InputStream content, boolean replace) throws IOException;

  /**
   * Adds to the end of an object, or makes it. Of what fails on the way, nothing stays.
   *
   * @return how long the object was before
   */
  long append(ObjectPath path, byte[] bytes) throws IOException;

  /**
   * Reads a piece.
   *
   * @param from the first byte wanted; past the end gives an empty piece
   * @param limit the most bytes wanted
   */
  Optional<Piece> get(ObjectPath path, long from, int limit) throws IOException;

  boolean exists(ObjectPath path) throws IOException;

  /** What stands there, object or folder. */
  Optional<Entry> find(ObjectPath path) throws IOException;

  /** What is in a folder, by name; nothing when there is no such folder. */
  List<Entry> list(ObjectPath folder) throws IOException;

  /** Makes a folder and those above it; one that is there stays. */
  Change makeFolder(ObjectPath folder) throws IOException;

  /**
   * Gives an object or a folder, with all in it, another place.
   *
   * @param replace whether an object there gives way to an object; a folder never does
   */
  Change move(ObjectPath from, ObjectPath to, boolean replace) throws IOException;

  /** Of an object that is not there: nothing happens. */
  void delete(ObjectPath path) throws IOException;

  /**
   * Deletes an object or a folder.
   *
   * @param whole whether a folder may hold something; that is not done in one step
   */
  Change delete(ObjectPath path, boolean whole) throws IOException;
}
