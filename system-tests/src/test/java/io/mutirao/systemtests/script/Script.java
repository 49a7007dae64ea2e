package io.mutirao.systemtests.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The script, called as a person calls it. */
record Script(Path folder) {

  private static final long PATIENCE_SECONDS = 240;

  /** What a command left behind. */
  record Said(int exitCode, String out, String err) {}

  private ProcessBuilder command(String... arguments) {
    // Whoever runs the tests in the background may have them ignore Ctrl-C; a user's shell does
    // not.
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    // Where the build put its jars; the programs were built before these tests.
    command.add(
        Path.of(System.getProperty("mutirao.root", ".."), "mutirao").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("MUTIRAO_AOT", "classes");
    builder.environment().put("MUTIRAO_WORKER_NOOP", "true");
    // They live for seconds: what the second compiler makes would come too late.
    builder.environment().put("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1");
    return builder;
  }

  /** Runs a command to its end. */
  Said run(String... arguments) {
    Path err = folder.resolve("stderr");
    try {
      Process process = command(arguments).redirectError(err.toFile()).start();
      String out = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(List.of(arguments) + " does not end: " + Files.readString(err));
      }
      return new Said(process.exitValue(), out, Files.readString(err));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A command that stays. */
  record Running(Process process, String firstLine) {}

  /** Starts a command that stays, and waits for its first line on stdout. */
  Running start(String... arguments) throws IOException {
    Process process = command(arguments).redirectError(folder.resolve("stderr").toFile()).start();
    BufferedReader out = process.inputReader(UTF_8);
    return new Running(process, out.readLine());
  }

  /** The lines of {@code ps}, by name. */
  List<Line> ps(Path data) {
    return run("ps", "--data", data.toString()).out().lines().map(Line::parse).toList();
  }

  /** One line of {@code ps}. */
  record Line(String name, String pid, int port, String state) {

    static Line parse(String text) {
      String[] words = text.split(" ", -1);
      if (words.length != 4) {
        throw new AssertionError("not NAME PID PORT STATE: " + text);
      }
      return new Line(words[0], words[1], Integer.parseInt(words[2]), words[3]);
    }

    ProcessHandle process() {
      return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }
  }
}
