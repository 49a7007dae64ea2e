package io.mutirao.gateway.databricks.workspace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.objects.Entry;
import io.mutirao.objects.Notebook;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * ObjectInfo.
 *
 * @param objectId made of the path, so that it is the same always and everywhere
 * @param modifiedAt milliseconds since 1970
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record ObjectWire(
    String objectType,
    String path,
    @Nullable String language,
    long objectId,
    String resourceId,
    long createdAt,
    long modifiedAt,
    @Nullable Long size,
    @Nullable String reposExportFormat) {

  static ObjectWire of(WorkspacePath path, Entry entry, Optional<Notebook> notebook) {
    long id = id(path.place());
    long modified = entry.modifiedAt().toEpochMilli();
    return new ObjectWire(
        entry.folder() ? "DIRECTORY" : notebook.isPresent() ? "NOTEBOOK" : "FILE",
        path.text(),
        notebook.map(n -> n.language().name()).orElse(null),
        id,
        Long.toString(id),
        modified,
        modified,
        entry.folder() || notebook.isPresent() ? null : entry.size(),
        notebook.map(n -> n.format().name()).orElse(null));
  }

  private static long id(String place) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(place.getBytes(UTF_8));
      return 1 + Math.floorMod(ByteBuffer.wrap(hash).getLong(), LaneKey.MAX);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  record Objects(List<ObjectWire> objects) {}

  /**
   * The answer of an export.
   *
   * @param content in base64
   */
  @JsonNaming(SnakeCaseStrategy.class)
  @SuppressWarnings("ArrayRecordComponent") // Never compared, only written.
  record Content(byte[] content, String fileType) {}
}
