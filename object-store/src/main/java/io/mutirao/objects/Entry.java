package io.mutirao.objects;

import java.time.Instant;

/**
 * An object or a folder.
 *
 * @param size of an object, in bytes; 0 of a folder
 * @param modifiedAt when it was put, or when something came into the folder or went
 */
public record Entry(ObjectPath path, boolean folder, long size, Instant modifiedAt) {

  /** The last part of the path. */
  public String name() {
    return path.value().substring(path.value().lastIndexOf('/') + 1);
  }
}
