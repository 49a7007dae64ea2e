package io.mutirao.benchmarks;

import static java.util.stream.Collectors.joining;

import io.mutirao.benchmarks.machine.CpuTimes;
import io.mutirao.benchmarks.machine.CpuTimes.Used;
import io.mutirao.benchmarks.machine.Machine;
import io.mutirao.benchmarks.stack.RunningStack;
import io.mutirao.launcher.data.StackState.Member;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What the stack takes when nothing is asked of it, and how it came up. */
record RestFigures(RunningStack stack, Machine machine, Plan plan, Report report) {

  /** What the load left behind (compilers, connections) ends before the rest is measured. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  void starts() {
    for (Member member : stack.members()) {
      report.figure(
          "start_s_" + member.name(),
          member.startMillis() / 1e3,
          "s",
          "from its start until it was ready, with all others starting");
    }
    report.figure(
        "ready_s",
        stack.startTime().toMillis() / 1e3,
        "s",
        "from the start of the launcher until the last process was ready");
  }

  /** Of each process, and of all JVMs together. */
  void memory(String suffix, String when) throws IOException {
    Map<String, Double> all = machine.residentMegabytes();
    double jvms = 0;
    for (var process : all.entrySet()) {
      String name = process.getKey();
      if (!name.equals("bench")) {
        boolean postgres = name.equals("postgres");
        jvms += postgres ? 0 : process.getValue();
        report.figure(
            "rss_mb_" + name + suffix,
            process.getValue(),
            "MB",
            when + (postgres ? "; all its processes, shared memory once (Pss)" : ""));
      }
    }
    report.figure(
        "rss_mb_all_jvms" + suffix, jvms, "MB", when + "; all but postgres and this benchmark");
  }

  void idle() throws IOException, InterruptedException {
    if (report.wants("idle_cpu_percent")) {
      report.progress("idle for " + plan.idle().toSeconds() + " s");
      Thread.sleep(SETTLING);
      CpuTimes before = machine.cpu();
      Thread.sleep(plan.idle());
      Used used = machine.cpu().since(before);
      String each =
          used.byProcess().keySet().stream()
              .map(name -> name + " " + Figure.digits(used.percent(name)))
              .collect(joining(", "));
      report.figure(
          "idle_cpu_percent",
          100 * used.stackSeconds() / used.wallSeconds(),
          "%",
          "of one core, stack with broker, database and launcher, %d s without requests; %s"
              .formatted(plan.idle().toSeconds(), each));
    }
  }

  /** A process that died meanwhile was started again, but what was measured is not worth much. */
  void restarts() throws IOException {
    for (Member now : stack.state().processes()) {
      stack.members().stream()
          .filter(then -> then.name().equals(now.name()) && then.restarts() != now.restarts())
          .forEach(then -> report.failure(now.name() + " died and was started again"));
    }
  }
}
