package io.mutirao.contracts.job;

import io.mutirao.contracts.id.JobId;
import java.time.Instant;

/** A saved job as the registry shows it: {@code GET /jobs/{id}}. */
public record JobView(
    JobId job, long version, JobDefinition definition, String createdBy, Instant createdAt) {}
