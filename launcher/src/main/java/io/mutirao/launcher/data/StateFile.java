package io.mutirao.launcher.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which a running stack keeps its {@link StackState}. Not there: nothing runs. */
public record StateFile(Path file) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public static StateFile in(Path dataFolder) {
    return new StateFile(dataFolder.resolve("state.json"));
  }

  public Optional<StackState> read() throws IOException {
    try {
      return Optional.of(JSON.readValue(Files.readString(file), StackState.class));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  public void write(StackState state) throws IOException {
    KeptValues.writePrivately(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(state) + "\n");
  }

  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
