package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
import org.jspecify.annotations.Nullable;

/** A saved job as it is shown. */
final class JobMapping {

  static JobWire job(JobView job, Creators creators, Version version, Pieces pieces) {
    ObjectNode settings = SettingsView.shown(job.definition().settings(), version);
    String next = version.hasPieces() ? pieces.cut(settings, SettingsView.ARRAYS) : null;
    return wire(job, creators, version, settings, null, next);
  }

  static JobWire.Page page(JobPage page, Creators creators, Version version, boolean expand) {
    return new JobWire.Page(
        page.jobs().stream().map(job -> listed(job, creators, version, expand)).toList(),
        version == Version.V2_1 ? page.next() != null : null,
        version.hasTasks() ? page.next() : null,
        version.hasTasks() ? page.previous() : null);
  }

  private static JobWire listed(JobView job, Creators creators, Version version, boolean expand) {
    ObjectNode settings = SettingsView.shown(job.definition().settings(), version);
    if (!version.hasTasks()) {
      return wire(job, creators, version, settings, null, null);
    }
    if (!expand) {
      return wire(job, creators, version, SettingsView.brief(settings), null, null);
    }
    boolean more = version.hasPieces() && new Pieces(0).cut(settings, SettingsView.ARRAYS) != null;
    return wire(job, creators, version, settings, more ? true : null, null);
  }

  private static JobWire wire(
      JobView job,
      Creators creators,
      Version version,
      ObjectNode settings,
      @Nullable Boolean more,
      @Nullable String next) {
    String name = job.runsAs();
    return new JobWire(
        job.job().value(),
        creators.shown(job.createdBy()),
        version.hasTasks() ? null : name,
        name,
        settings,
        job.createdAt().toEpochMilli(),
        more,
        next);
  }

  private JobMapping() {}
}
