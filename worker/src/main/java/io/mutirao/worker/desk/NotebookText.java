package io.mutirao.worker.desk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.objects.Notebook;
import io.mutirao.objects.Notebook.Format;
import io.mutirao.objects.Notebook.Language;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import java.io.IOException;
import java.util.Optional;

/** Which kind of notebook stands at a path of the workspace. */
public final class NotebookText {

  private static final int FIRST_BYTES = 200;

  /** As it was imported; of an ordinary file as its first line says. */
  public static Notebook kind(ObjectStore store, ObjectPath object) throws IOException {
    String below = object.value().replaceFirst("^workspace/", "");
    Optional<Notebook> known = Notebook.read(store, new ObjectPath(below));
    if (known.isPresent()) {
      return known.get();
    }
    String text =
        store
            .get(object, 0, FIRST_BYTES)
            .map(piece -> new String(piece.bytes(), UTF_8))
            .orElse("")
            .strip();
    if (text.startsWith("{")) {
      return new Notebook(Language.PYTHON, Format.JUPYTER);
    }
    Language language =
        text.startsWith("-- Databricks notebook")
            ? Language.SQL
            : text.startsWith("// Databricks notebook") ? Language.SCALA : Language.PYTHON;
    return new Notebook(language, Format.SOURCE);
  }

  private NotebookText() {}
}
