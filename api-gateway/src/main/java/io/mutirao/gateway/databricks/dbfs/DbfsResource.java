package io.mutirao.gateway.databricks.dbfs;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.id.LaneKey;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.StoredFiles;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import io.mutirao.gateway.http.Fields;
import io.mutirao.gateway.http.Sent;
import io.mutirao.objects.Entry;
import io.mutirao.objects.ObjectStore.Change;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /api/2.0/dbfs}: every user sees and changes every file. */
@Singleton
final class DbfsResource implements Dialect {

  private static final String DBFS = "/api/2.0/dbfs/";

  /** Of a block, of contents in base64, and of what is read at once. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final int DEFAULT_READ = MAX_BYTES / 2;
  private static final Answer NOTHING = Answer.ok(Map.of());

  private final StoredFiles files;
  private final Uploads uploads;

  DbfsResource(StoredFiles files, Uploads uploads) {
    this.files = files;
    this.uploads = uploads;
  }

  @Override
  public String root() {
    return "/api/2.0/dbfs";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        post(DBFS + "create", this::create),
        post(DBFS + "add-block", this::addBlock),
        post(DBFS + "close", this::close),
        post(DBFS + "put", this::put).taking(Takes.FORM),
        get(DBFS + "read", this::read),
        get(DBFS + "list", this::list),
        get(DBFS + "get-status", this::getStatus),
        post(DBFS + "mkdirs", this::mkdirs),
        post(DBFS + "move", this::move),
        post(DBFS + "delete", this::delete));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer create(Call call) throws Rejected {
    DbfsPath path = DbfsPath.in(call.in(), "path");
    boolean overwrite = call.in().flag("overwrite");
    Optional<Entry> there = files.find(path.object());
    if (there.isPresent() && (!overwrite || there.get().folder())) {
      throw taken(path);
    }
    long handle = uploads.open(new Uploads.Target(path, overwrite, call.caller().user()));
    return Answer.ok(new DbfsWire.Handle(handle));
  }

  private Answer addBlock(Call call) throws Rejected {
    long handle = handle(call.in());
    byte[] block = call.in().bytes("data");
    if (block == null) {
      throw Rejected.field("data", "required field is missing, expected a string in base64");
    }
    if (block.length > MAX_BYTES) {
      return tooLargeBlock("data", block.length);
    }
    uploads.add(handle, call.caller().user(), block);
    return NOTHING;
  }

  private Answer close(Call call) throws Rejected {
    long handle = handle(call.in());
    DbfsPath path = uploads.find(handle, call.caller().user()).path();
    return done(uploads.close(handle, call.caller().user()), path);
  }

  private static long handle(Fields in) throws Rejected {
    long handle = in.id("handle");
    if (handle < 1 || handle > LaneKey.MAX) {
      throw new Rejected(new Problem.Missing("No stream is open with the handle " + handle + "."));
    }
    return handle;
  }

  private Answer put(Call call) throws Rejected {
    Fields in = call.in();
    DbfsPath path = DbfsPath.in(in, "path");
    boolean overwrite = in.flag("overwrite");
    Sent file = call.file("contents");
    if (file != null) {
      return done(files.put(path.object(), file.content(), overwrite), path);
    }
    byte[] contents = in.bytes("contents");
    if (contents == null) {
      throw Rejected.field(
          "contents",
          "required field is missing, expected a string in base64, or a file of a form");
    }
    if (contents.length > MAX_BYTES && !in.isForm()) {
      return tooLargeBlock("contents", contents.length);
    }
    return done(files.put(path.object(), contents, overwrite), path);
  }

  private static Answer tooLargeBlock(String field, int length) {
    return DatabricksErrors.error(
        400,
        "MAX_BLOCK_SIZE_EXCEEDED",
        field + ": at most " + MAX_BYTES + " bytes (1 MB) at once, not " + length);
  }

  private Answer read(Call call) throws Rejected {
    Fields in = call.in();
    DbfsPath path = DbfsPath.in(in, "path");
    Long from = in.optionalId("offset");
    long offset = from == null ? 0 : from;
    if (offset < 0) {
      throw in.wrong("offset", "0 or more");
    }
    int length = in.whole("length", 0, Integer.MAX_VALUE, DEFAULT_READ);
    if (length > MAX_BYTES) {
      return DatabricksErrors.error(
          400,
          "MAX_READ_SIZE_EXCEEDED",
          "length: at most " + MAX_BYTES + " bytes (1 MB) at once, not " + length);
    }
    if (entry(path).folder()) {
      throw Rejected.field("path", "expected a file, but " + path.text() + " is a directory");
    }
    byte[] data =
        files.read(path.object(), offset, length).orElseThrow(() -> missing(path)).bytes();
    return Answer.ok(new DbfsWire.Read(data.length, data));
  }

  private Answer list(Call call) throws Rejected {
    DbfsPath path = DbfsPath.in(call.in(), "path");
    Entry entry = entry(path);
    List<Entry> entries = entry.folder() ? files.list(path.object()) : List.of(entry);
    return Answer.ok(new DbfsWire.Files(entries.stream().map(DbfsWire.File::of).toList()));
  }

  private Answer getStatus(Call call) throws Rejected {
    return Answer.ok(DbfsWire.File.of(entry(DbfsPath.in(call.in(), "path"))));
  }

  /** The root is there always. */
  private Entry entry(DbfsPath path) throws Rejected {
    if (path.isRoot()) {
      files.makeFolder(path.object());
    }
    return files.find(path.object()).orElseThrow(() -> missing(path));
  }

  private Answer mkdirs(Call call) throws Rejected {
    DbfsPath path = DbfsPath.in(call.in(), "path");
    return done(files.makeFolder(path.object()), path);
  }

  private Answer move(Call call) throws Rejected {
    DbfsPath from = DbfsPath.in(call.in(), "source_path");
    DbfsPath to = DbfsPath.in(call.in(), "destination_path");
    if (from.isRoot()) {
      throw Rejected.field("source_path", "the root cannot be moved");
    }
    Change change = files.move(from.object(), to.object(), false);
    if (change == Change.BLOCKED && to.text().startsWith(from.text() + "/")) {
      throw Rejected.field("destination_path", "a directory cannot be moved into itself");
    }
    return done(change, change == Change.MISSING ? from : to);
  }

  /** Of a path that is not there: nothing happens. */
  private Answer delete(Call call) throws Rejected {
    DbfsPath path = DbfsPath.in(call.in(), "path");
    if (path.isRoot()) {
      throw Rejected.field("path", "the root cannot be deleted");
    }
    return switch (files.delete(path.object(), call.in().flag("recursive"))) {
      case DONE, MISSING, TAKEN, BLOCKED -> NOTHING;
      case NOT_EMPTY ->
          DatabricksErrors.error(
              400,
              "IO_ERROR",
              path.text() + " is a directory that is not empty; set recursive to delete it.");
    };
  }

  static Answer done(Change change, DbfsPath path) throws Rejected {
    return switch (change) {
      case DONE -> NOTHING;
      case MISSING -> throw missing(path);
      case TAKEN -> throw taken(path);
      case BLOCKED ->
          throw new Rejected(
              new Problem.Taken("A part of the path " + path.text() + " is a file."));
      case NOT_EMPTY -> throw Rejected.invalid(path.text() + " is a directory that is not empty.");
    };
  }

  static Rejected missing(DbfsPath path) {
    return new Rejected(
        new Problem.Missing("No file or directory exists on path " + path.text() + "."));
  }

  private static Rejected taken(DbfsPath path) {
    return new Rejected(
        new Problem.Taken("A file or directory already exists at the path " + path.text() + "."));
  }
}
