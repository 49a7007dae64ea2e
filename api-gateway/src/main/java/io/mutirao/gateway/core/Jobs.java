package io.mutirao.gateway.core;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.Grant;
import io.mutirao.contracts.job.JobDefinition;
import io.mutirao.contracts.job.JobPage;
import io.mutirao.contracts.job.JobView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Saved jobs. Every call waits for the owner's answer; call from a virtual thread. */
public interface Jobs {

  /**
   * A piece of the list, by id.
   *
   * @param name exactly, whatever its case; null: of any name
   * @param page as a page before it gave it; null: the first one
   * @param offset how many to leave out first, at most 1,000
   * @param limit from 1 to 12,000
   */
  record Query(@Nullable String name, @Nullable String page, int offset, int limit) {}

  /**
   * What a job is to be.
   *
   * @param access who may do what with it besides its owner; null: as before, or nobody
   */
  record Wanted(JobDefinition definition, @Nullable List<Grant> access) {}

  /** Makes of a job as it is what it is to be. May be asked again, of a later version. */
  interface Change {
    Wanted of(JobView now) throws Rejected;
  }

  /** A run that is requested after this returns finds the job. */
  JobId create(Wanted wanted, Caller caller) throws Rejected;

  JobView get(JobId job, Caller caller) throws Rejected;

  /** Of what the caller may see. */
  JobPage list(Query query, Caller caller) throws Rejected;

  /**
   * Changes a job as a whole: of changes at the same time, each is made of what the one before it
   * left, and none is lost.
   */
  void change(JobId job, Change change, Caller caller) throws Rejected;

  /** Of a job that is gone already, or never was: nothing happens. */
  void delete(JobId job, Caller caller) throws Rejected;
}
