package io.mutirao.gateway.databricks.workspace;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.StoredFiles;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.databricks.FileStream;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.objects.Entry;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.ObjectStore.Change;
import io.mutirao.objects.Piece;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/2.0/workspace}: notebooks, files and folders. */
@Singleton
final class WorkspaceResource implements Dialect {

  private static final String WORKSPACE = "/api/2.0/workspace/";
  private static final String IMPORT_FILE = "/api/2.0/workspace-files/import-file/*";
  private static final Answer NOTHING = Answer.ok(Map.of());

  private final StoredFiles files;
  private final Folders folders;

  WorkspaceResource(StoredFiles files, Folders folders) {
    this.files = files;
    this.folders = folders;
  }

  @Override
  public String root() {
    return "/api/2.0/workspace";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        post(WORKSPACE + "import", this::importObject).taking(Takes.FORM),
        get(WORKSPACE + "export", this::exportObject),
        get(WORKSPACE + "list", this::list),
        get(WORKSPACE + "get-status", this::getStatus),
        post(WORKSPACE + "mkdirs", this::mkdirs),
        post(WORKSPACE + "delete", this::delete),
        post(IMPORT_FILE, this::importFile).taking(Takes.BYTES));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer importObject(Call call) throws Rejected {
    boolean overwrite = call.in().flag("overwrite");
    return store(call, Imported.of(call.in(), call.file("content")), overwrite, 400);
  }

  private Answer importFile(Call call) throws Rejected {
    boolean overwrite = call.in().flag("overwrite");
    String path = call.part("*");
    WorkspacePath to = WorkspacePath.of("path", path.startsWith("/") ? path : "/" + path);
    return store(call, Imported.automatic(to, call.body()), overwrite, 409);
  }

  private Answer store(Call call, Imported object, boolean overwrite, int taken) throws Rejected {
    WorkspacePath path = object.path();
    enter(call, path);
    if (path.isRoot()) {
      throw Rejected.field("path", "expected a path below the root");
    }
    WorkspacePath parent = path.parent();
    Optional<Entry> folder = files.find(parent.object());
    if (folder.isEmpty() || !folder.get().folder()) {
      throw new Rejected(
          new Problem.Missing("The parent folder (" + parent.text() + ") does not exist."));
    }
    boolean wasThere = files.find(path.object()).isPresent();
    if (object.notebook() != null && !wasThere) {
      files.describe(path.inWorkspace(), object.notebook());
    }
    Change change = files.put(path.object(), object.content(), overwrite);
    if (change != Change.DONE) {
      return DatabricksErrors.error(
          taken, "RESOURCE_ALREADY_EXISTS", "Path (" + path.text() + ") already exists.");
    }
    if (object.notebook() == null) {
      files.delete(Notebook.path(path.inWorkspace()), true);
    } else {
      files.describe(path.inWorkspace(), object.notebook());
    }
    return NOTHING;
  }

  private Answer exportObject(Call call) throws Rejected {
    WorkspacePath path = WorkspacePath.in(call.in());
    String asked = call.in().word("format", Exported.FORMATS);
    boolean direct = call.in().flag("direct_download");
    enter(call, path);
    if (entry(path).folder()) {
      throw Rejected.field("path", path.text() + " is a folder; folders are not exported");
    }
    Optional<Notebook> notebook = files.notebook(path.inWorkspace());
    if (notebook.isEmpty() && direct) {
      return new FileStream(files, path.object()).answer();
    }
    Piece whole =
        files.read(path.object(), 0, Imported.MOST_OF_A_NOTEBOOK).orElseThrow(() -> missing(path));
    byte[] text = whole.bytes();
    if (whole.size() > text.length) {
      return DatabricksErrors.error(
          400,
          "MAX_NOTEBOOK_SIZE_EXCEEDED",
          path.text()
              + " has more than "
              + Imported.MOST_OF_A_NOTEBOOK
              + " bytes (10 MB); set direct_download to get the file");
    }
    Exported exported =
        notebook.isEmpty()
            ? new Exported(text, "")
            : Exported.of(
                path.names().getLast(), text, notebook.get(), asked == null ? "SOURCE" : asked);
    return direct
        ? new Answer(200, exported.content(), FileStream.BYTES)
        : Answer.ok(new ObjectWire.Content(exported.content(), exported.fileType()));
  }

  private Answer list(Call call) throws Rejected {
    WorkspacePath path = WorkspacePath.in(call.in());
    Long after = call.in().optionalId("notebooks_modified_after");
    enter(call, path);
    Entry entry = entry(path);
    List<ObjectWire> objects = new ArrayList<>();
    if (!entry.folder()) {
      objects.add(wire(path, entry));
    }
    for (Entry child : entry.folder() ? files.list(path.object()) : List.<Entry>of()) {
      WorkspacePath at = path.child(child.name());
      if (Folders.mayEnter(call.caller().who(), at)) {
        objects.add(wire(at, child));
      }
    }
    if (after != null) {
      objects.removeIf(
          object -> object.objectType().equals("NOTEBOOK") && object.modifiedAt() < after);
    }
    return Answer.ok(new ObjectWire.Objects(objects));
  }

  private Answer getStatus(Call call) throws Rejected {
    WorkspacePath path = WorkspacePath.in(call.in());
    enter(call, path);
    return Answer.ok(wire(path, entry(path)));
  }

  private ObjectWire wire(WorkspacePath path, Entry entry) throws Rejected {
    return ObjectWire.of(
        path, entry, entry.folder() ? Optional.empty() : files.notebook(path.inWorkspace()));
  }

  private Answer mkdirs(Call call) throws Rejected {
    WorkspacePath path = WorkspacePath.in(call.in());
    enter(call, path);
    if (files.makeFolder(path.object()) != Change.DONE) {
      throw new Rejected(
          new Problem.Taken("Path (" + path.text() + ") or a part of it is no folder."));
    }
    return NOTHING;
  }

  private Answer delete(Call call) throws Rejected {
    WorkspacePath path = WorkspacePath.in(call.in());
    boolean recursive = call.in().flag("recursive");
    enter(call, path);
    if (Folders.isProtected(path)) {
      return DatabricksErrors.error(
          400, "DIRECTORY_PROTECTED", "Folder (" + path.text() + ") is protected.");
    }
    return switch (files.delete(path.object(), recursive)) {
      case MISSING -> throw missing(path);
      case NOT_EMPTY ->
          DatabricksErrors.error(
              400, "DIRECTORY_NOT_EMPTY", "Folder (" + path.text() + ") is not empty.");
      case DONE, TAKEN, BLOCKED -> {
        files.delete(Notebook.path(path.inWorkspace()), true);
        yield NOTHING;
      }
    };
  }

  private void enter(Call call, WorkspacePath path) throws Rejected {
    Folders.requireEntry(call.caller().who(), path);
    folders.make(call.caller().who());
  }

  private Entry entry(WorkspacePath path) throws Rejected {
    return files.find(path.object()).orElseThrow(() -> missing(path));
  }

  private static Rejected missing(WorkspacePath path) {
    return new Rejected(new Problem.Missing("Path (" + path.text() + ") doesn't exist."));
  }
}
