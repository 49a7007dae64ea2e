package io.mutirao.worker.runner.sql;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** What the last query gave, as JSON in a file that is there when all went well. */
final class SqlResult {

  private static final int MAX_ROWS = 10_000;

  /** Of the rows, as JSON. */
  private static final int MAX_BYTES = 4_000_000;

  private final Path file;
  private final Path draft;

  SqlResult(Path file) throws IOException {
    this.file = file;
    draft = Files.writeString(file.resolveSibling(file.getFileName() + ".draft"), "{}");
  }

  /** Rows in place of those of the query before; tells how many they are. */
  String read(ResultSet rows) throws SQLException, IOException {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(draft.toFile(), JsonEncoding.UTF8)) {
      json.writeStartObject();
      ResultSetMetaData about = rows.getMetaData();
      int width = about.getColumnCount();
      json.writeArrayFieldStart("columns");
      for (int i = 1; i <= width; i++) {
        json.writeStartObject();
        json.writeStringField("name", about.getColumnLabel(i));
        json.writeStringField("type", about.getColumnTypeName(i));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("rows");
      int count = 0;
      long bytes = 0;
      boolean truncated = false;
      while (!truncated && rows.next()) {
        String[] row = new String[width];
        for (int i = 0; i < width; i++) {
          String value = rows.getString(i + 1);
          row[i] = value;
          bytes += value == null ? 4 : bytesInJson(value);
        }
        truncated = count == MAX_ROWS || bytes > MAX_BYTES;
        if (!truncated) {
          json.writeArray(row, 0, width);
          count++;
        }
      }
      json.writeEndArray();
      json.writeBooleanField("truncated", truncated);
      json.writeEndObject();
      return count + (truncated ? " rows and more" : " rows");
    }
  }

  void keep() throws IOException {
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static long bytesInJson(String value) {
    long bytes = 2;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x80) {
        bytes += c < ' ' ? 6 : 1;
      } else {
        bytes += c < 0x800 ? 2 : 3;
      }
    }
    return bytes;
  }
}
