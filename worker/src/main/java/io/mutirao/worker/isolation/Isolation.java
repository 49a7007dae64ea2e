package io.mutirao.worker.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.mutirao.worker.guard.GuardedTask;
import io.mutirao.worker.guard.Interpreter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Words programs so that they see what they may see, and take no more than they may take. */
public final class Isolation {

  private static final Logger LOG = Logger.getLogger(Isolation.class);
  private static final long PATIENCE_SECONDS = 20;
  private static final Set<String> LOADERS = Set.of("GLIBC_TUNABLES", "GCONV_PATH", "LOCPATH");

  /**
   * What is wanted.
   *
   * @param bubblewrap the command
   * @param user whom tasks run as when the worker is root
   * @param network whether tasks reach it
   * @param hidden files and folders that no task is to see
   * @param limits of one task
   */
  public record Wish(
      Profile profile,
      String bubblewrap,
      String user,
      boolean network,
      List<Path> hidden,
      Limits limits) {

    Wish with(String other) {
      return new Wish(profile, other, user, network, hidden, limits);
    }
  }

  /**
   * What one task may take, all its processes together; but where no groups of the kernel can be
   * made, the first is of each process and the second of the tasks' user.
   *
   * @param memory in bytes; null: as much as there is
   * @param processes threads count, too; null: as many as there may be
   * @param cpus processors that it keeps busy: 1.5 is one and a half; null: all there are
   */
  public record Limits(@Nullable Long memory, @Nullable Integer processes, @Nullable Double cpus) {

    public static final Limits NONE = new Limits(null, null, null);
  }

  /**
   * Where the tasks' things are.
   *
   * @param cgroups where the kernel shows its groups
   */
  public record Places(Path root, Path cache, Interpreter python, Path cgroups) {}

  /**
   * What a program is to run with.
   *
   * @param cache whether it may change the cache
   * @param given files that it is to see besides its folder
   */
  public record Room(Path folder, boolean cache, List<Path> given) {}

  /**
   * A program, ready to be started.
   *
   * @param walled whether its exit code and its signals pass through bubblewrap
   */
  public record Program(List<String> argv, Map<String, String> environment, boolean walled) {}

  private final Wish wish;
  private final Places places;
  private final Shield shield;
  private final @Nullable Account account;
  private final Cgroups cgroups;

  private Isolation(
      Wish wish, Places places, Shield shield, @Nullable Account account, Cgroups cgroups) {
    this.wish = wish;
    this.places = places;
    this.shield = shield;
    this.account = account;
    this.cgroups = cgroups;
  }

  /** Nobody is walled off. */
  public static Isolation none(Places places) {
    Wish nothing = new Wish(Profile.LOCAL, "", "", true, List.of(), Limits.NONE);
    return new Isolation(nothing, places, Shield.PLAIN, null, Cgroups.NONE);
  }

  /** Tries out how far tasks can be walled off on this machine. Warns when it is not far enough. */
  public static Isolation find(Wish asked, Places places) throws IOException, InterruptedException {
    Wish wish = asked.with(onPath(asked.bubblewrap()));
    boolean root = "root".equals(System.getProperty("user.name"));
    Optional<Account> account =
        root && wish.profile() == Profile.STRICT ? Account.named(wish.user()) : Optional.empty();
    List<Shield> candidates = new ArrayList<>(List.of(Shield.WALLED, Shield.PLAIN));
    if (account.isPresent()) {
      candidates.add(0, Shield.WALLED_UNPRIVILEGED);
      candidates.add(2, Shield.UNPRIVILEGED);
    }
    Cgroups cgroups =
        Cgroups.find(places.cgroups(), String.valueOf(places.root().getFileName()), wish.limits());
    String why = "";
    for (Shield candidate : candidates) {
      Isolation isolation = new Isolation(wish, places, candidate, account.orElse(null), cgroups);
      String trouble = candidate == Shield.PLAIN ? "" : isolation.trouble();
      if (trouble.isEmpty()) {
        if (candidate != candidates.getFirst()) {
          LOG.warnf(
              "Tasks are not walled off as profile %s wants it, but by %s: %s",
              wish.profile(), candidate.words, why);
        }
        return isolation;
      }
      why = why.isEmpty() ? trouble : why;
    }
    throw new IllegalStateException("the last candidate needs nothing");
  }

  /** The program that a command stands for; the command itself when there is none. */
  private static String onPath(String command) {
    String path = System.getenv("PATH");
    return Stream.of((path == null ? "/usr/bin:/bin" : path).split(":", -1))
        .map(folder -> Path.of(folder).resolve(command))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElse(command);
  }

  /** What happens to a task that does nothing; empty: all is well. */
  private String trouble() throws IOException, InterruptedException {
    Path folder = Files.createDirectories(places.root().resolve("trial"));
    Program program =
        program(
            List.of(places.python().path().toString(), "-I", "-S", "-c", "open('x', 'w').close()"),
            Map.of("PATH", "/usr/bin:/bin"),
            new Room(folder, false, List.of()));
    Path printed = places.root().resolve("trial.log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(program.argv())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(printed.toFile());
      builder.environment().clear();
      builder.environment().putAll(program.environment());
      Process trial = builder.start();
      if (!trial.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        trial.destroyForcibly();
        return "it hangs";
      }
      return trial.exitValue() == 0
          ? ""
          : ("exit code " + trial.exitValue() + " " + Files.readString(printed, UTF_8).strip());
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } finally {
      Files.deleteIfExists(folder.resolve("x"));
      Files.deleteIfExists(folder);
      Files.deleteIfExists(printed);
    }
  }

  /** Words a program. Its folder is given to who is to run it. */
  public Program program(List<String> argv, Map<String, String> environment, Room room)
      throws IOException {
    List<String> words = new ArrayList<>();
    Map<String, String> seen = new HashMap<>(environment);
    if (shield.walled()) {
      words.addAll(walls(argv, environment, room));
    }
    if (wish.profile() == Profile.STRICT) {
      seen.put("HOME", room.folder().toString());
      seen.remove("TMPDIR");
    }
    words.addAll(limits());
    Account other = account;
    if (other != null && shield.unprivileged()) {
      give(room.folder(), other);
      if (room.cache()) {
        openCache(other);
      }
      words.addAll(
          List.of(
              "/usr/bin/setpriv",
              "--reuid",
              Integer.toString(other.uid()),
              "--regid",
              Integer.toString(other.gid()),
              "--clear-groups",
              "--no-new-privs"));
    }
    if (!words.isEmpty()) {
      words.add("/usr/bin/env");
      if (shield.walled()) {
        // Bubblewrap itself must not end at the signal that asks the task to end.
        words.add("--default-signal=TERM");
      }
      loader(environment)
          .forEach(name -> {
            words.add(name + "=" + environment.get(name));
            seen.remove(name);
          });
    }
    words.addAll(argv);
    return new Program(List.copyOf(words), Map.copyOf(seen), shield.walled());
  }

  /**
   * The variables by which a task could put its own code into the programs that stand before it,
   * which may run as root: they are set behind them.
   */
  private static List<String> loader(Map<String, String> environment) {
    return environment.keySet().stream()
        .filter(name -> name.startsWith("LD_") || LOADERS.contains(name))
        .sorted()
        .toList();
  }

  private List<String> walls(List<String> argv, Map<String, String> environment, Room room)
      throws IOException {
    Walls walls = new Walls(wish.bubblewrap());
    if (wish.profile() == Profile.LOCAL) {
      return walls.everythingBut(wish.hidden()).in(room.folder());
    }
    walls.system(wish.network());
    walls.show(prefix(places.python().path()), false);
    walls.show(Path.of(System.getProperty("java.home", "/usr")), false);
    walls.show(places.cache(), room.cache());
    walls.show(room.folder(), true);
    String desk = environment.get("MUTIRAO_DESK");
    if (desk != null) {
      walls.show(Path.of(desk), true);
    }
    Path program = Path.of(argv.getFirst());
    if (!program.startsWith(places.cache()) && !program.startsWith(room.folder())) {
      walls.show(prefix(program), false);
    }
    room.given().forEach(path -> walls.show(path, false));
    return walls.in(room.folder());
  }

  /** The installation that a program is of: {@code X} of {@code X/bin/program}. */
  private static Path prefix(Path program) {
    Path bin = program.getParent();
    Path above = bin == null ? null : bin.getParent();
    return bin == null || above == null || !"bin".equals(String.valueOf(bin.getFileName()))
        ? program
        : above;
  }

  private List<String> limits() {
    List<String> words = new ArrayList<>();
    if (wish.limits().memory() != null && !cgroups.limits(Cgroups.MEMORY)) {
      words.add("--data=" + wish.limits().memory());
    }
    if (wish.limits().processes() != null && !cgroups.limits(Cgroups.PIDS)) {
      words.add("--nproc=" + wish.limits().processes());
    }
    if (!words.isEmpty()) {
      words.add(0, "/usr/bin/prlimit");
      words.add("--core=0");
    }
    return words;
  }

  /** What installs runs as somebody else, too: the cache's folders are that one's. */
  private void openCache(Account owner) throws IOException {
    UserPrincipal user = user(places.cache(), owner);
    try (Stream<Path> folders = Files.list(places.cache())) {
      for (Path each : (Iterable<Path>) folders.filter(Files::isDirectory)::iterator) {
        Files.setOwner(each, user);
      }
    }
  }

  private static UserPrincipal user(Path where, Account account) throws IOException {
    return where
        .getFileSystem()
        .getUserPrincipalLookupService()
        .lookupPrincipalByName(account.name());
  }

  private static void give(Path folder, Account owner) throws IOException {
    UserPrincipal user = user(folder, owner);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Files.getFileAttributeView(each, PosixFileAttributeView.class, NOFOLLOW_LINKS)
            .setOwner(user);
      }
    }
  }

  /** The kernel's groups of one attempt. */
  public List<GuardedTask.Group> groups(String attempt) {
    return cgroups.of(attempt);
  }

  /** No task follows: what was made for them in the kernel goes. */
  public void close() {
    cgroups.close();
  }

  /** The interpreter of Python tasks. */
  public Path python() {
    return places.python().path();
  }

  /** Whether the walls of one task are those of any other, so that they may stand before it. */
  public boolean sameForAll() {
    return wish.profile() == Profile.LOCAL;
  }

  /** In a word, for the log. */
  public String words() {
    return shield.words + cgroups.words();
  }
}
