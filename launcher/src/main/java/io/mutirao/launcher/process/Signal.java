package io.mutirao.launcher.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** The signals the launcher and the fault tests send. */
public enum Signal {
  TERM,
  INT,
  KILL,
  STOP,
  CONT;

  /** Sends it to the process; false when there is no such process any more. */
  public boolean send(ProcessHandle process) {
    return switch (this) {
      case TERM -> process.destroy();
      case KILL -> process.destroyForcibly();
      case INT, STOP, CONT -> byCommand(process.pid());
    };
  }

  private boolean byCommand(long pid) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + name(), Long.toString(pid)).start();
      return kill.waitFor(5, TimeUnit.SECONDS) && kill.exitValue() == 0;
    } catch (IOException e) {
      throw new IllegalStateException("the command kill is missing on this machine", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
