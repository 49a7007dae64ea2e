package io.mutirao.gateway.core;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobView;
import java.util.List;

/** Saved jobs. Every call waits for the owner's answer; call from a virtual thread. */
public interface Jobs {

  /** A run that is requested after this returns finds the job. */
  JobId create(JobDefinition definition, Caller caller) throws Rejected;

  JobView get(JobId job) throws Rejected;

  /** All of them, in the order in which they were made. */
  List<JobView> list() throws Rejected;

  /** Of a job that is gone already, or never was: nothing happens. */
  void delete(JobId job, Caller caller) throws Rejected;
}
