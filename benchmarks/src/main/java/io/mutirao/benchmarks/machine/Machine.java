package io.mutirao.benchmarks.machine;

import io.mutirao.launcher.data.StackState;
import io.mutirao.launcher.data.StackState.Member;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processes of a stack as the kernel counts them. A process stands for all its children too:
 * PostgreSQL's backends, a worker's tasks.
 */
public final class Machine {

  /** Of the clock in /proc, on every Linux that this runs on. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Path PROC = Path.of("/proc");

  private final Map<String, Long> pids = new LinkedHashMap<>();

  public Machine(StackState state) {
    for (Member member : state.processes()) {
      pids.put(member.name(), member.identity().pid());
    }
    pids.put("launcher", state.launcher().pid());
    pids.put("bench", ProcessHandle.current().pid());
  }

  /** CPU time so far. */
  public CpuTimes cpu() throws IOException {
    var seconds = new LinkedHashMap<String, Double>();
    for (var process : pids.entrySet()) {
      double ticks = ticks(process.getValue(), true);
      for (long child : children(process)) {
        ticks += ticks(child, false);
      }
      seconds.put(process.getKey(), ticks / TICKS_PER_SECOND);
    }
    return new CpuTimes(System.nanoTime(), seconds, busyTicks() / TICKS_PER_SECOND);
  }

  /** Resident megabytes; of PostgreSQL, whose processes share memory, each page counted once. */
  public Map<String, Double> residentMegabytes() throws IOException {
    var megabytes = new LinkedHashMap<String, Double>();
    for (var process : pids.entrySet()) {
      long kilobytes = 0;
      if (process.getKey().equals("postgres")) {
        for (long pid : withChildren(process)) {
          kilobytes += field(pid, "smaps_rollup", "Pss:");
        }
      } else {
        kilobytes = field(process.getValue(), "status", "VmRSS:");
      }
      megabytes.put(process.getKey(), kilobytes / 1024.0);
    }
    return megabytes;
  }

  private static List<Long> withChildren(Map.Entry<String, Long> process) {
    return Stream.concat(Stream.of(process.getValue()), children(process).stream()).toList();
  }

  /** The launcher's children are counted under their own names. */
  private static List<Long> children(Map.Entry<String, Long> process) {
    return process.getKey().equals("launcher")
        ? List.of()
        : ProcessHandle.of(process.getValue()).stream()
            .flatMap(ProcessHandle::descendants)
            .map(ProcessHandle::pid)
            .toList();
  }

  /** User and system time; with that of children that have ended, where it is asked for. */
  private static double ticks(long pid, boolean withEnded) throws IOException {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"));
      // After the name in brackets, which may hold anything, comes field 3.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double own = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
      return withEnded
          ? own + Double.parseDouble(fields[13]) + Double.parseDouble(fields[14])
          : own;
    } catch (NoSuchFileException _) {
      return 0; // ended since we saw it
    }
  }

  /** Of all processors and processes, without idle and waiting for the disk. */
  private static double busyTicks() throws IOException {
    String[] fields = Files.readAllLines(PROC.resolve("stat")).getFirst().split(" +", -1);
    double busy = 0;
    for (int i = 1; i <= 8; i++) {
      busy += i == 4 || i == 5 ? 0 : Double.parseDouble(fields[i]);
    }
    return busy;
  }

  private static long field(long pid, String file, String name) throws IOException {
    try {
      return Files.readAllLines(PROC.resolve(pid + "/" + file)).stream()
          .filter(line -> line.startsWith(name))
          .map(line -> line.replaceAll("\\D+", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException _) {
      return 0; // ended since we saw it
    }
  }
}
