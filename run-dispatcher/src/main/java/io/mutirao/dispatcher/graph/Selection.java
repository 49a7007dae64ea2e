package io.mutirao.dispatcher.graph;

import io.mutirao.contracts.job.Dependency;
import io.mutirao.contracts.job.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tasks a run is asked to do: {@code KEY}, {@code +KEY} with all that it waits for, {@code
 * KEY+} with all that wait for it. Pure.
 */
public final class Selection {

  private static final String MORE = "+";

  /** The key that a word is about, whether there is such a task or not. */
  public static String key(String word) {
    int from = word.startsWith(MORE) ? 1 : 0;
    int to = word.length() - (word.length() > from && word.endsWith(MORE) ? 1 : 0);
    return word.substring(from, to);
  }

  /** The keys of the tasks that are meant, in the order of the definition; of no words none. */
  public static List<String> of(List<Task> tasks, List<String> words) {
    Set<String> meant = new HashSet<>();
    for (String word : words) {
      Set<String> up = new HashSet<>(Set.of(key(word)));
      Set<String> down = new HashSet<>(up);
      meant.addAll(up);
      // At most as often as there are tasks: no path is longer.
      for (int i = 0; i < tasks.size(); i++) {
        for (Task task : tasks) {
          List<String> upstream = task.dependsOn().stream().map(Dependency::task).toList();
          if (word.startsWith(MORE) && up.contains(task.key())) {
            up.addAll(upstream);
          }
          if (word.endsWith(MORE) && upstream.stream().anyMatch(down::contains)) {
            down.add(task.key());
          }
        }
      }
      meant.addAll(up);
      meant.addAll(down);
    }
    return tasks.stream().map(Task::key).filter(meant::contains).toList();
  }

  private Selection() {}
}
