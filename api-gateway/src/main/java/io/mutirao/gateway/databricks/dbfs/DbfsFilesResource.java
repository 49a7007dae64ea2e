package io.mutirao.gateway.databricks.dbfs;

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
import io.mutirao.objects.ObjectStore.Change;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /dbfs/PATH}: whole files as they are, which is how mlflow brings and fetches them. */
@Singleton
final class DbfsFilesResource implements Dialect {

  private final StoredFiles files;

  DbfsFilesResource(StoredFiles files) {
    this.files = files;
  }

  @Override
  public String root() {
    return "/dbfs";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(post("/dbfs/*", this::store).taking(Takes.BYTES), get("/dbfs/*", this::fetch));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer store(Call call) throws Rejected {
    DbfsPath path = path(call);
    if (path.isRoot()) {
      throw Rejected.field("path", "expected a path below /dbfs/");
    }
    boolean overwrite = call.in().flag("overwrite");
    Change change = files.put(path.object(), call.body().content(), overwrite);
    return change == Change.TAKEN
        ? DatabricksErrors.error(
            409, "RESOURCE_ALREADY_EXISTS", "File already exists: " + path.text())
        : DbfsResource.done(change, path);
  }

  private Answer fetch(Call call) throws Rejected {
    DbfsPath path = path(call);
    Entry entry = files.find(path.object()).orElseThrow(() -> DbfsResource.missing(path));
    if (entry.folder()) {
      throw Rejected.field("path", "expected a file, but " + path.text() + " is a directory");
    }
    return new FileStream(files, path.object()).answer();
  }

  private static DbfsPath path(Call call) throws Rejected {
    return DbfsPath.of("path", "/" + call.part("*"));
  }
}
