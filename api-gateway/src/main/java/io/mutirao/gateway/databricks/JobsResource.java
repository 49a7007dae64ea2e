package io.mutirao.gateway.databricks;

import static io.mutirao.gateway.http.Dialect.Endpoint.get;
import static io.mutirao.gateway.http.Dialect.Endpoint.post;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobView;
import io.mutirao.gateway.access.FormerUsers;
import io.mutirao.gateway.core.Jobs;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Answer;
import io.mutirao.gateway.http.Call;
import io.mutirao.gateway.http.Dialect;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code /api/2.x/jobs}: saved jobs. */
@Singleton
final class JobsResource implements Dialect {

  /** An answer that says nothing is an object all the same: clients parse it. */
  static final Map<String, String> NOTHING = Map.of();

  private final Jobs jobs;
  private final FormerUsers former;

  JobsResource(Jobs jobs, FormerUsers former) {
    this.jobs = jobs;
    this.former = former;
  }

  @Override
  public String root() {
    return "/";
  }

  @Override
  public List<Endpoint> endpoints() {
    return Arrays.stream(Version.values()).flatMap(this::endpoints).toList();
  }

  private Stream<Endpoint> endpoints(Version version) {
    return Stream.of(
        post(version.root + "create", call -> create(call, version)),
        get(version.root + "get", call -> getJob(call, version)),
        get(version.root + "list", call -> list(call, version)),
        post(version.root + "reset", call -> reset(call, version)),
        post(version.root + "update", call -> update(call, version)),
        post(version.root + "delete", this::delete));
  }

  @Override
  public Answer render(Problem problem) {
    return DatabricksErrors.render(problem);
  }

  private Answer create(Call call, Version version) throws Rejected {
    JobId job = jobs.create(JobRequestMapping.create(call.in(), version), call.caller());
    return Answer.ok(new JobWire.Created(job.value()));
  }

  private Answer getJob(Call call, Version version) throws Rejected {
    Pieces pieces = Pieces.of(call.in());
    JobView job = jobs.get(Ids.job(call.in()), call.caller());
    return Answer.ok(JobMapping.job(job, former::unlessFormer, version, pieces));
  }

  private Answer list(Call call, Version version) throws Rejected {
    boolean expand = call.in().flag("expand_tasks");
    var page = jobs.list(JobRequestMapping.query(call.in(), version), call.caller());
    return Answer.ok(JobMapping.page(page, former::unlessFormer, version, expand));
  }

  private Answer reset(Call call, Version version) throws Rejected {
    JobId job = Ids.job(call.in());
    jobs.change(job, JobRequestMapping.reset(call.in(), version), call.caller());
    return Answer.ok(NOTHING);
  }

  private Answer update(Call call, Version version) throws Rejected {
    JobId job = Ids.job(call.in());
    jobs.change(job, JobRequestMapping.update(call.in(), version), call.caller());
    return Answer.ok(NOTHING);
  }

  private Answer delete(Call call) throws Rejected {
    jobs.delete(Ids.job(call.in()), call.caller());
    return Answer.ok(NOTHING);
  }
}
