package io.mutirao.gateway.databricks.dbfs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mutirao.objects.Entry;
import java.util.List;

/** What DBFS answers. */
final class DbfsWire {

  /**
   * FileInfo.
   *
   * @param modificationTime milliseconds since 1970
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record File(String path, boolean isDir, long fileSize, long modificationTime) {

    static File of(Entry entry) {
      return new File(
          DbfsPath.of(entry.path()).text(),
          entry.folder(),
          entry.size(),
          entry.modifiedAt().toEpochMilli());
    }
  }

  record Files(List<File> files) {}

  record Handle(long handle) {}

  /**
   * A piece of a file.
   *
   * @param data in base64
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @SuppressWarnings("ArrayRecordComponent") // Never compared, only written.
  record Read(int bytesRead, byte[] data) {}

  private DbfsWire() {}
}
