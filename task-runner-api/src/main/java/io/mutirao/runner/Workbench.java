package io.mutirao.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the worker lends a runner while it prepares an attempt. */
public interface Workbench {

  /**
   * Copies an object of the installation's store, for example {@code dbfs/jobs/x.py} or {@code
   * workspace/Users/ana/x}.
   *
   * @param to what stands there is replaced; the folders above it are made
   * @return false: there is no such object
   * @throws IOException when the store does not answer
   */
  boolean fetch(String object, Path to) throws IOException;

  /** Of a notebook of the workspace its language and its format, for example {@code SQL SOURCE}. */
  String kindOf(String object) throws IOException;

  /** The names of the objects in a folder of the store, folders with a slash at their end. */
  List<String> list(String folder) throws IOException;

  /** What tasks of the same run that are over have told: values by key, by key of the task. */
  ObjectNode told() throws IOException, InterruptedException;

  /**
   * A socket at which the running task may ask the worker for files of DBFS, notebooks and secrets;
   * it is closed when the attempt ends. A program finds it in {@code MUTIRAO_DESK}.
   */
  Path desk() throws IOException;

  /**
   * A folder that all attempts of this worker share, and that outlives the worker. Whoever puts
   * something there makes it elsewhere first and moves it: others may look at any time.
   *
   * @param name of what is kept there, for example {@code maven}
   */
  Path cache(String name) throws IOException;

  /** A text, or the texts in a tree, without the secrets that the attempt was given. */
  JsonNode masked(JsonNode tree);

  /** A line for the reader of the task's log: what takes so long, or where something came from. */
  void note(String line);

  /**
   * Runs a program in the attempt's folder, guarded as the task itself, and waits for it. What it
   * prints goes to the task's log.
   *
   * @return how it ended; its whole process tree is gone
   * @throws InterruptedException the attempt is to stop; the program has ended already
   */
  Finished run(List<String> argv, Map<String, String> environment)
      throws IOException, InterruptedException;

  /**
   * How a program ended.
   *
   * @param code 0 is success; 128 and the signal's number when a signal ended it
   * @param lastLines the last lines that it printed, at most some 8,000 characters
   */
  record Finished(int code, String lastLines) {}
}
