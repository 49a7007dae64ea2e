package io.mutirao.messaging.lane;

import io.mutirao.contracts.id.JobId;
import io.mutirao.contracts.job.JobCommand;
import io.mutirao.contracts.job.JobCommand.DeleteJob;
import io.mutirao.contracts.reply.Reply.Accepted;
import io.mutirao.contracts.run.RunCommand;
import io.mutirao.contracts.run.RunCommand.CancelRun;
import io.mutirao.contracts.topic.Topic;
import io.mutirao.messaging.kafka.Envelope;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Counts what it is given: one row and one message for each input, and an answer. An input's name
 * is what stands in {@code by}.
 */
final class Counting implements LaneHandler {

  private final Topic<RunCommand> in;
  private final Topic<JobCommand> out;

  /** Called with the names of a batch before it is decided. */
  volatile Consumer<List<String>> before = _ -> {};

  /** When true, it hints at ids that it mints, instead of telling those of its inputs. */
  boolean minting;

  /** When true, it takes whatever fails for a presumption of its own. */
  boolean presuming;

  Counting(Topic<RunCommand> in, Topic<JobCommand> out) {
    this.in = in;
    this.out = out;
  }

  @Override
  public List<Topic<?>> topics() {
    return List.of(in);
  }

  @Override
  public void takeOver(int lane, Connection db) {}

  @Override
  public void release(int lane) {}

  @Override
  public boolean presumedWrongly(SQLException failure) {
    return presuming;
  }

  @Override
  public void handle(LaneBatch batch, LaneChanges changes, Connection db) {
    List<String> names = new ArrayList<>();
    for (Envelope<?> input : batch.inputs()) {
      names.add(((CancelRun) input.message()).by());
    }
    before.accept(names);
    changes.write(
        "insert into applied (input, lane) select input, ? from unnest(?) as given (input)",
        batch.lane(),
        SqlArray.of("text", names, name -> name));
    for (Envelope<?> input : batch.inputs()) {
      var cancel = (CancelRun) input.message();
      var job = new JobId(minting ? changes.mintId() : cancel.run().value());
      var told = new DeleteJob(job, cancel.by());
      if (minting) {
        changes.hint(out, told, input);
      } else {
        changes.send(out, told, input);
      }
      changes.reply(input, Accepted.ofJob(input.id(), job, 1));
    }
  }
}
