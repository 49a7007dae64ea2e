package io.mutirao.worker.library;

import io.mutirao.runner.Workbench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Jars with all that they need, from Maven Central or where the machine's settings say. Locks of
 * files let several workers fetch into one folder, each artifact once.
 */
public final class MavenRepositories {

  private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

  /** Who waits for an artifact that another one fetches waits so long. */
  private static final long LONGEST_FETCH_SECONDS = 600;

  private final MavenSettings settings;
  private final Optional<String> instead;
  private final Optional<Path> folder;
  private @Nullable RepositorySystem system;

  /** What stands on the class path anyway, and is not to come a second time. */
  public enum Provided {
    NOTHING,
    /** Spark, and the Scala that it is made with. */
    SPARK
  }

  /**
   * With the settings of this machine.
   *
   * @param settings its {@code settings.xml}, which need not be there
   * @param instead a repository to use instead of all others
   * @param folder where artifacts are kept; else where the settings say, else in the cache
   */
  public MavenRepositories(Path settings, Optional<String> instead, Optional<Path> folder)
      throws IOException {
    this(MavenSettings.read(settings), instead, folder);
  }

  private MavenRepositories(
      MavenSettings settings, Optional<String> instead, Optional<Path> folder) {
    this.settings = settings;
    this.instead = instead;
    this.folder = folder.or(settings::localRepository);
  }

  /** Maven Central as it is. */
  public static MavenRepositories withoutSettings() {
    return new MavenRepositories(MavenSettings.NONE, Optional.empty(), Optional.empty());
  }

  List<Path> resolve(List<Library.Maven> libraries, Provided provided, Workbench bench)
      throws NotInstalled, IOException, InterruptedException {
    CollectRequest wanted = new CollectRequest();
    Map<String, RemoteRepository> repositories = new LinkedHashMap<>();
    repositories.put(CENTRAL, repository("central", CENTRAL));
    for (Library.Maven library : libraries) {
      wanted.addDependency(
          new Dependency(
              artifact(library.coordinates()),
              JavaScopes.RUNTIME,
              false,
              exclusions(library.exclusions(), provided)));
      String url = library.repository();
      if (url != null) {
        repositories.computeIfAbsent(url, _ -> repository("repo-" + repositories.size(), url));
      }
    }
    return fetch(wanted, List.copyOf(repositories.values()), bench);
  }

  /** An artifact and what it needs, for ourselves. */
  public List<Path> resolve(String coordinates, Workbench bench)
      throws NotInstalled, IOException, InterruptedException {
    return resolve(
        List.of(new Library.Maven(coordinates, null, List.of())), Provided.NOTHING, bench);
  }

  private List<Path> fetch(
      CollectRequest wanted, List<RemoteRepository> repositories, Workbench bench)
      throws NotInstalled, IOException, InterruptedException {
    Path local = folder.isPresent() ? folder.get() : bench.cache("maven");
    DefaultRepositorySystemSession session = session(local, bench);
    wanted.setRepositories(system().newResolutionRepositories(session, repositories));
    DependencyRequest request =
        new DependencyRequest(wanted, DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME));
    try {
      List<Path> jars = new ArrayList<>();
      for (ArtifactResult result :
          system().resolveDependencies(session, request).getArtifactResults()) {
        if (result.getArtifact().getExtension().equals("jar")) {
          jars.add(result.getArtifact().getFile().toPath());
        }
      }
      return jars;
    } catch (DependencyResolutionException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException("stopped while artifacts were fetched");
      }
      throw new NotInstalled(
          "maven: " + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason"));
    }
  }

  private DefaultRepositorySystemSession session(Path local, Workbench bench) {
    DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
    session.setLocalRepositoryManager(
        system().newLocalRepositoryManager(session, new LocalRepository(local.toFile())));
    // Profiles of poms look at them.
    session.setSystemProperties(System.getProperties());
    // A pom that cannot be read must not count as one without dependencies.
    session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, false));
    session.setMirrorSelector(mirrors());
    session.setAuthenticationSelector(authentication());
    session.setTransferListener(new FetchNotes(bench));
    session.setConfigProperty("aether.syncContext.named.factory", "file-lock");
    session.setConfigProperty("aether.syncContext.named.nameMapper", "file-gav");
    session.setConfigProperty("aether.syncContext.named.time", LONGEST_FETCH_SECONDS);
    return session;
  }

  private static Artifact artifact(String coordinates) throws NotInstalled {
    try {
      return new DefaultArtifact(coordinates);
    } catch (IllegalArgumentException e) {
      throw new NotInstalled(
          "maven: expected group:artifact:version as coordinates, not " + coordinates);
    }
  }

  private static List<Exclusion> exclusions(List<String> given, Provided provided) {
    List<String> all = new ArrayList<>(given);
    switch (provided) {
      case NOTHING -> {}
      case SPARK -> all.addAll(List.of("org.apache.spark:*", "org.scala-lang:scala-library"));
    }
    List<Exclusion> exclusions = new ArrayList<>();
    for (String one : all) {
      String[] parts = one.split(":", -1);
      exclusions.add(new Exclusion(parts[0], parts.length > 1 ? parts[1] : "*", "*", "*"));
    }
    return exclusions;
  }

  private static RemoteRepository repository(String id, String url) {
    return new RemoteRepository.Builder(id, "default", url).build();
  }

  private DefaultMirrorSelector mirrors() {
    DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
    if (instead.isPresent()) {
      mirrors.add("mutirao", instead.get(), "default", false, false, "*", "");
      return mirrors;
    }
    for (MavenSettings.Mirror mirror : settings.mirrors()) {
      mirrors.add(mirror.id(), mirror.url(), "default", false, false, mirror.of(), "");
    }
    return mirrors;
  }

  private DefaultAuthenticationSelector authentication() {
    DefaultAuthenticationSelector authentication = new DefaultAuthenticationSelector();
    for (MavenSettings.Server server : settings.servers()) {
      authentication.add(
          server.id(),
          new AuthenticationBuilder()
              .addUsername(server.user())
              .addPassword(server.password())
              .build());
    }
    return authentication;
  }

  private synchronized RepositorySystem system() {
    if (system == null) {
      system = new RepositorySystemSupplier().get();
    }
    return system;
  }
}
