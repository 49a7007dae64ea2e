package io.mutirao.gateway.core;

import io.mutirao.objects.Entry;
import io.mutirao.objects.Notebook;
import io.mutirao.objects.ObjectPath;
import io.mutirao.objects.ObjectStore;
import io.mutirao.objects.ObjectStore.Change;
import io.mutirao.objects.Piece;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The object store, for dialects: a store that is away is a problem and no exception. */
@Singleton
public final class StoredFiles {

  private static final Logger log = Logger.getLogger(StoredFiles.class);

  private final ObjectStore store;

  public StoredFiles(ObjectStore store) {
    this.store = store;
  }

  private interface Work<T> {
    T on(ObjectStore store) throws IOException;
  }

  public Optional<Entry> find(ObjectPath path) throws Rejected {
    return done(path, s -> s.find(path));
  }

  /** What is in a folder, by name. */
  public List<Entry> list(ObjectPath folder) throws Rejected {
    return done(folder, s -> s.list(folder));
  }

  public Optional<Piece> read(ObjectPath path, long from, int limit) throws Rejected {
    return done(path, s -> s.get(path, from, limit));
  }

  public Change put(ObjectPath path, byte[] content, boolean replace) throws Rejected {
    return put(path, new ByteArrayInputStream(content), replace);
  }

  /** Nothing of it is seen before its end, and nothing when it does not come to one. */
  public Change put(ObjectPath path, InputStream content, boolean replace) throws Rejected {
    return done(path, s -> s.put(path, content, replace));
  }

  public void append(ObjectPath path, byte[] bytes) throws Rejected {
    done(path, s -> s.append(path, bytes));
  }

  public Change makeFolder(ObjectPath folder) throws Rejected {
    return done(folder, s -> s.makeFolder(folder));
  }

  public Change move(ObjectPath from, ObjectPath to, boolean replace) throws Rejected {
    return done(from, s -> s.move(from, to, replace));
  }

  public Change delete(ObjectPath path, boolean whole) throws Rejected {
    return done(path, s -> s.delete(path, whole));
  }

  /** What is known of the notebook there, if it is one. */
  public Optional<Notebook> notebook(ObjectPath inWorkspace) throws Rejected {
    return done(inWorkspace, s -> Notebook.read(s, inWorkspace));
  }

  public void describe(ObjectPath inWorkspace, Notebook notebook) throws Rejected {
    done(
        inWorkspace,
        s -> {
          notebook.store(s, inWorkspace);
          return inWorkspace;
        });
  }

  private <T> T done(ObjectPath path, Work<T> work) throws Rejected {
    try {
      return work.on(store);
    } catch (Unfinished e) {
      throw new Rejected(e.problem());
    } catch (IOException e) {
      log.warnf("The object store failed at %s: %s", path, e);
      throw new Rejected(Problem.Away.forASecond("The object store is away"));
    }
  }
}
