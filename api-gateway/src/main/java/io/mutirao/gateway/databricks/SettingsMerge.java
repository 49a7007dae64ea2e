package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What jobs/update makes of settings: fields at the top are replaced whole, arrays are merged by
 * the keys of their items, and what is to be removed goes first. Pure.
 */
final class SettingsMerge {

  /** Arrays whose items are known by a key. */
  private static final Map<String, String> KEYS =
      Map.of(
          "tasks", "task_key",
          "job_clusters", "job_cluster_key",
          "environments", "environment_key",
          "parameters", "name");

  /** The arrays single items of which can be removed. */
  private static final Set<String> REMOVABLE = Set.of("tasks", "job_clusters");

  /** Giving one of them takes the other away: a job has one of both. */
  private static final Map<String, String> INSTEAD_OF =
      Map.of(
          ClusterMapping.EXISTING, ClusterMapping.NEW,
          ClusterMapping.NEW, ClusterMapping.EXISTING);

  /** The settings as they will be; {@code now} stays as it is. */
  static ObjectNode merged(ObjectNode now, Fields request) throws Rejected {
    Fields changes = request.object("new_settings");
    List<String> removals = request.texts("fields_to_remove");
    ObjectNode settings =
        (aboutTasks(changes, removals) ? SettingsView.severalTasks(now) : now).deepCopy();
    for (String name : removals) {
      remove(settings, name, request);
    }
    if (changes != null) {
      for (Map.Entry<String, JsonNode> field : changes.node().properties()) {
        if (!field.getValue().isNull()) {
          set(settings, field.getKey(), field.getValue(), changes);
        }
      }
    }
    return settings;
  }

  private static boolean aboutTasks(@Nullable Fields changes, List<String> removals) {
    return (changes != null && REMOVABLE.stream().anyMatch(changes::has))
        || removals.stream().anyMatch(name -> name.contains("/"));
  }

  private static void remove(ObjectNode settings, String name, Fields request) throws Rejected {
    String[] path = name.split("/", 2);
    if (path.length == 1 && !name.isEmpty() && !name.contains(".")) {
      settings.remove(name);
    } else if (path.length == 2 && REMOVABLE.contains(path[0]) && !path[1].isEmpty()) {
      removeItem(settings, path[0], path[1]);
    } else {
      throw Rejected.field(
          request.at("fields_to_remove"),
          "expected a field of the settings, tasks/KEY or job_clusters/KEY, not " + name);
    }
  }

  private static void removeItem(ObjectNode settings, String array, String key) {
    if (settings.get(array) instanceof ArrayNode items) {
      ArrayNode rest = settings.arrayNode();
      items.forEach(item -> {
        if (!key.equals(item.path(KEYS.get(array)).asText())) {
          rest.add(item);
        }
      });
      if (rest.isEmpty()) {
        settings.remove(array);
      } else {
        settings.set(array, rest);
      }
    }
  }

  private static void set(ObjectNode settings, String name, JsonNode value, Fields changes)
      throws Rejected {
    String key = KEYS.get(name);
    if (key != null) {
      settings.set(name, mergedArray(settings, name, key, changes));
      return;
    }
    if (name.endsWith(TaskField.SUFFIX)) {
      TaskSpec.names(settings).stream()
          .filter(other -> !changes.has(other))
          .forEach(settings::remove);
    }
    String other = INSTEAD_OF.get(name);
    if (other != null && !changes.has(other)) {
      settings.remove(other);
    }
    settings.set(name, value);
  }

  /** Items keep their places; new ones come last. */
  private static ArrayNode mergedArray(ObjectNode settings, String name, String key, Fields changes)
      throws Rejected {
    Map<String, JsonNode> items = new LinkedHashMap<>();
    settings.path(name).forEach(item -> items.put(item.path(key).asText(), item));
    Set<String> given = new HashSet<>();
    for (Fields item : changes.objects(name)) {
      String itsKey = item.text(key);
      if (!given.add(itsKey)) {
        throw item.wrong(key, "a key that no other has");
      }
      items.put(itsKey, item.node());
    }
    ArrayNode merged = settings.arrayNode();
    items.values().forEach(merged::add);
    return merged;
  }

  private SettingsMerge() {}
}
