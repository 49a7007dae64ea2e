package io.mutirao.objects;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What is known of a notebook besides its text, which stands at the workspace path itself. An
 * object of the workspace without this is an ordinary file.
 */
public record Notebook(Language language, Format format) {

  /** In which language cells are that do not say. */
  public enum Language {
    PYTHON,
    SCALA,
    SQL,
    R
  }

  /** How the text is written. */
  public enum Format {
    /** Source code; cells are separated by lines of comment, and magics are comments. */
    SOURCE,
    /** Jupyter's JSON. */
    JUPYTER
  }

  private static final int MOST_BYTES = 100;

  /** Where it stands, by the notebook's place below {@code workspace/}. */
  public static ObjectPath path(ObjectPath inWorkspace) {
    return ObjectPath.of("workspace-notebooks", inWorkspace);
  }

  public void store(ObjectStore store, ObjectPath inWorkspace) throws IOException {
    String words = language.name() + " " + format.name();
    store.put(path(inWorkspace), new ByteArrayInputStream(words.getBytes(UTF_8)));
  }

  public static Optional<Notebook> read(ObjectStore store, ObjectPath inWorkspace)
      throws IOException {
    return store.get(path(inWorkspace), 0, MOST_BYTES).flatMap(piece -> parsed(piece.bytes()));
  }

  /** What cannot be read was not written by us: then it is an ordinary file. */
  private static Optional<Notebook> parsed(byte[] bytes) {
    String[] words = new String(bytes, UTF_8).toUpperCase(Locale.ROOT).split(" ", -1);
    return words.length == 2
        ? Arrays.stream(Language.values())
            .filter(language -> language.name().equals(words[0]))
            .flatMap(language ->
                Arrays.stream(Format.values())
                    .filter(format -> format.name().equals(words[1]))
                    .map(format -> new Notebook(language, format)))
            .findFirst()
        : Optional.empty();
  }
}
