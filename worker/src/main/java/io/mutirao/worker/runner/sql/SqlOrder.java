package io.mutirao.worker.runner.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What the program of a SQL task is to do; handed over in a file that only its user can read, and
 * that it removes first.
 *
 * @param kept how many bytes of what it prints are kept
 */
record SqlOrder(
    String url,
    String user,
    String password,
    String text,
    Map<String, String> parameters,
    int kept) {

  static final String FILE = ".sql-order.json";

  /** A piece at a time: a program that ends soon loads no more classes than it needs. */
  static SqlOrder read(Path file) throws IOException {
    Map<String, String> words = new HashMap<>();
    Map<String, String> parameters = new HashMap<>();
    try (JsonParser json = new JsonFactory().createParser(file.toFile())) {
      Map<String, String> to = words;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          to = "parameters".equals(json.currentName()) ? parameters : words;
        } else if (token == JsonToken.END_OBJECT) {
          to = words;
        } else if (token.isScalarValue()) {
          to.put(json.currentName(), json.getText());
        }
      }
    }
    return new SqlOrder(
        words.getOrDefault("url", ""),
        words.getOrDefault("user", ""),
        words.getOrDefault("password", ""),
        words.getOrDefault("text", ""),
        parameters,
        Integer.parseInt(words.getOrDefault("kept", "0")));
  }

  /** Where the program writes what came of it. */
  static final String RESULT = ".sql-result.json";
}
