package io.mutirao.worker;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when offers reach this worker and its guard lives. The dispatcher may be away. */
@Readiness
@ApplicationScoped
class WorkerReadiness implements HealthCheck {

  private final WorkerService service;

  WorkerReadiness(WorkerService service) {
    this.service = service;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("offers reach this worker").status(service.isReady()).build();
  }
}
