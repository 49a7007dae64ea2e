package io.mutirao.gateway.databricks.access;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.patch;
import static io.mutirao.gateway.http.Dialect.Endpoint.put;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.id.LaneKey;
import io.mutirao.contracts.job.Grant;
import io.mutirao.gateway.core.Grants;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.databricks.DatabricksErrors;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import jakarta.inject.Singleton;
import java.util.List;

/** {@code /api/2.0/permissions/jobs}: who may do what with a job. */
@Singleton
final class PermissionsResource implements Dialect {

  private static final String JOB = "/api/2.0/permissions/jobs/:job_id";

  private final Jobs jobs;
  private final Grants grants;

  PermissionsResource(Jobs jobs, Grants grants) {
    this.jobs = jobs;
    this.grants = grants;
  }

  @Override
  public String root() {
    return "/api/2.0/permissions";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        get(JOB, this::show),
        put(JOB, this::replace),
        patch(JOB, this::change),
        get(JOB + "/permissionLevels", this::levels));
  }

  @Override
  public Answer render(Problem problem) {
    // What stands in a path is missing, not wrong.
    return DatabricksErrors.render(
        problem instanceof Problem.UnknownJob(long id) ? missing(id) : problem);
  }

  private Answer show(Call call) throws Rejected {
    JobId job = job(call);
    jobs.get(job, call.caller());
    return shown(job);
  }

  private Answer replace(Call call) throws Rejected {
    JobId job = job(call);
    List<Grant> wanted = GrantMapping.grants(call.in());
    GrantMapping.requireOneOwner(wanted == null ? List.of() : wanted);
    jobs.change(job, now -> new Jobs.Wanted(now.definition(), wanted), call.caller());
    return shown(job);
  }

  private Answer change(Call call) throws Rejected {
    JobId job = job(call);
    List<Grant> changes = GrantMapping.grants(call.in());
    if (changes == null) {
      throw Rejected.field(GrantMapping.FIELD, "required field is missing, expected an array");
    }
    jobs.change(
        job,
        now -> {
          List<Grant> wanted = GrantMapping.changed(there(job), changes);
          GrantMapping.requireOneOwner(wanted);
          return new Jobs.Wanted(now.definition(), wanted);
        },
        call.caller());
    return shown(job);
  }

  private Answer levels(Call call) throws Rejected {
    jobs.get(job(call), call.caller());
    return Answer.ok(PermissionsWire.LEVELS);
  }

  private Answer shown(JobId job) throws Rejected {
    return Answer.ok(PermissionsWire.of(job, there(job)));
  }

  private List<Grant> there(JobId job) throws Rejected {
    return grants.of(job).orElseThrow(() -> new Rejected(missing(job.value())));
  }

  private static JobId job(Call call) throws Rejected {
    long id = call.idPart("job_id");
    if (id < 1 || id > LaneKey.MAX) {
      throw new Rejected(missing(id));
    }
    return new JobId(id);
  }

  private static Problem missing(long job) {
    return new Problem.Missing("Job " + job + " does not exist.");
  }
}
