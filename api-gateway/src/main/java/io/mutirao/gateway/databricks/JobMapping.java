package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
import org.jspecify.annotations.Nullable;

/** A saved job as it is shown. */
final class JobMapping {

  static JobWire job(JobView job, Version version, Pieces pieces) {
    ObjectNode settings = SettingsView.shown(job.definition().settings(), version);
    String next = version.hasPieces() ? pieces.cut(settings, SettingsView.ARRAYS) : null;
    return wire(job, version, settings, null, next);
  }

  static JobWire.Page page(JobPage page, Version version, boolean expand) {
    return new JobWire.Page(
        page.jobs().stream().map(job -> listed(job, version, expand)).toList(),
        version == Version.V2_1 ? page.next() != null : null,
        version.hasTasks() ? page.next() : null,
        version.hasTasks() ? page.previous() : null);
  }

  private static JobWire listed(JobView job, Version version, boolean expand) {
    ObjectNode settings = SettingsView.shown(job.definition().settings(), version);
    if (!version.hasTasks()) {
      return wire(job, version, settings, null, null);
    }
    if (!expand) {
      return wire(job, version, SettingsView.brief(settings), null, null);
    }
    boolean more = version.hasPieces() && new Pieces(0).cut(settings, SettingsView.ARRAYS) != null;
    return wire(job, version, settings, more ? true : null, null);
  }

  private static JobWire wire(
      JobView job,
      Version version,
      ObjectNode settings,
      @Nullable Boolean more,
      @Nullable String next) {
    String name = job.runsAs();
    return new JobWire(
        job.job().value(),
        job.createdBy(),
        version.hasTasks() ? null : name,
        name,
        settings,
        job.createdAt().toEpochMilli(),
        more,
        next);
  }

  private JobMapping() {}
}
