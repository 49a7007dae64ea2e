package io.mutirao.gateway.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.id.Lanes;
import io.mutirao.contracts.id.RunId;
import io.mutirao.contracts.run.FoundRuns;
import io.mutirao.contracts.run.ListedRuns;
import io.mutirao.contracts.run.RunPage;
import io.mutirao.contracts.run.RunView;
import io.mutirao.gateway.backend.OwnerClient.Said;
import io.mutirao.gateway.backend.Remembered.Read;
import io.mutirao.gateway.core.Fresh;
import io.mutirao.gateway.core.HeldBytes;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.core.Runs.Query;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads runs of the dispatcher, whole, and never as they were before the caller asked: what was
 * read before is given again only when the dispatcher says that nothing has happened since.
 */
@Singleton
final class RunReads {

  /** Characters: some megabytes when they are parsed, of each. */
  private static final int KNOWN = 4 * 1024 * 1024;

  private final OwnerClient dispatcher;
  private final Together<Long, Read<RunView>> lookups;
  private final RunDefinitions definitions;
  private final Remembered<Long, RunView> runs;
  private final Remembered<Query, RunPage> pages;

  RunReads(Owners owners, HeldBytes held, Lanes lanes, Vertx vertx) {
    this.dispatcher = owners.dispatcher();
    LaneWatch watch = new LaneWatch(lanes, dispatcher, vertx);
    this.lookups = new Together<>(2, this::found);
    this.definitions = new RunDefinitions(dispatcher, held);
    this.runs = new Remembered<>(watch, KNOWN);
    this.pages = new Remembered<>(watch, KNOWN);
  }

  /** By its own id, or by that of one of its attempts. */
  Optional<Fresh<RunView>> run(RunId id) throws Rejected {
    Optional<Fresh<RunView>> known = runs.unchanged(id.value(), id);
    if (known.isPresent()) {
      return known;
    }
    return lookups.ask(id.value()).map(found -> runs.keep(id.value(), id, found));
  }

  Fresh<RunPage> page(Query query) throws Rejected {
    Optional<Fresh<RunPage>> known = pages.unchanged(query, query.job());
    if (known.isPresent()) {
      return known.get();
    }
    Optional<Said<ListedRuns>> said = dispatcher.said(path(query), ListedRuns.class);
    if (said.isEmpty()) {
      return Fresh.now(new RunPage(List.of(), null, null));
    }
    ListedRuns listed = said.get().what();
    RunPage read = listed.page();
    RunDefinitions.Whole whole = definitions.with(read.runs());
    RunPage page = new RunPage(whole.runs(), read.older(), read.newer());
    long size = said.get().length() + whole.size();
    return pages.keep(query, query.job(), new Read<>(page, listed.lanes(), size));
  }

  private Map<Long, Read<RunView>> found(Set<Long> ids) throws Rejected {
    String wanted = ids.stream().map(String::valueOf).collect(Collectors.joining(","));
    Map<Long, Read<RunView>> found = new HashMap<>();
    Optional<Said<FoundRuns>> said = dispatcher.said("/runs/found?ids=" + wanted, FoundRuns.class);
    if (said.isPresent()) {
      List<FoundRuns.Found> runs = said.get().what().runs();
      RunDefinitions.Whole whole =
          definitions.with(runs.stream().map(FoundRuns.Found::run).toList());
      long each = (said.get().length() + whole.size()) / Math.max(1, runs.size());
      for (int i = 0; i < runs.size(); i++) {
        RunView run = whole.runs().get(i);
        found.put(runs.get(i).asked(), new Read<>(run, said.get().what().lanes(), each));
      }
    }
    return found;
  }

  private static String path(Query query) {
    StringBuilder path = new StringBuilder("/runs?limit=").append(query.limit());
    path.append("&offset=").append(query.offset());
    if (query.job() != null) {
      path.append("&job=").append(query.job());
    }
    switch (query.which()) {
      case ACTIVE -> path.append("&active=true");
      case FINISHED -> path.append("&active=false");
      case ALL -> {}
    }
    if (query.submitted() != null) {
      path.append("&submitted=").append(query.submitted());
    }
    if (query.from() != null) {
      path.append("&from=").append(query.from().toEpochMilli());
    }
    if (query.to() != null) {
      path.append("&to=").append(query.to().toEpochMilli());
    }
    if (query.page() != null) {
      path.append("&page=").append(URLEncoder.encode(query.page(), UTF_8));
    }
    return path.toString();
  }
}
