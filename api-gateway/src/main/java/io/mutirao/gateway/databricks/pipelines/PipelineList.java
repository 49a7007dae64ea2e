package io.mutirao.gateway.databricks.pipelines;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mutirao.contracts.pipeline.PipelineView;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which pipelines are listed, in which order and from where on. Pure.
 *
 * @param after what the page before ended with, as {@link #mark} words it; null: the first page
 */
record PipelineList(
    Predicate<PipelineView> filter,
    Comparator<PipelineView> order,
    @Nullable String after,
    boolean byId,
    boolean descending,
    int limit) {

  private static final int DEFAULT_LIMIT = 25;
  private static final int MAX_LIMIT = 100;
  private static final Pattern NAME =
      Pattern.compile("name\\s+(?:LIKE|like)\\s+'((?:[^'\\\\]|\\\\.|'')*)'");
  private static final Pattern NOTEBOOK = Pattern.compile("notebook\\s*=\\s*'([^']*)'");
  private static final List<String> ORDERS =
      List.of("name", "name asc", "name desc", "id", "id asc", "id desc");

  /** A page. */
  record Page(List<PipelineView> pipelines, @Nullable String next) {}

  static PipelineList of(Fields in) throws Rejected {
    String order = order(in);
    boolean byId = order.startsWith("id");
    boolean descending = order.endsWith(" desc");
    Comparator<PipelineView> by = Comparator.comparing(pipeline -> mark(pipeline, byId));
    return new PipelineList(
        filter(in.optionalText("filter")),
        descending ? by.reversed() : by,
        after(in.optionalText("page_token")),
        byId,
        descending,
        in.whole("max_results", 1, MAX_LIMIT, DEFAULT_LIMIT));
  }

  Page page(List<PipelineView> all) {
    List<PipelineView> rest =
        all.stream().filter(filter).filter(this::follows).sorted(order).toList();
    if (rest.size() <= limit) {
      return new Page(rest, null);
    }
    List<PipelineView> page = rest.subList(0, limit);
    String last = mark(page.getLast(), byId);
    return new Page(
        page, Base64.getUrlEncoder().withoutPadding().encodeToString(last.getBytes(UTF_8)));
  }

  private boolean follows(PipelineView pipeline) {
    if (after == null) {
      return true;
    }
    int compared = mark(pipeline, byId).compareTo(after);
    return descending ? compared < 0 : compared > 0;
  }

  /** Differs for each, and sorts them. */
  private static String mark(PipelineView pipeline, boolean byId) {
    return byId ? pipeline.id() : pipeline.name().toLowerCase(Locale.ROOT) + "\0" + pipeline.id();
  }

  /** In a query a list is the field again and again, or once. */
  private static String order(Fields in) throws Rejected {
    if (!in.has("order_by")) {
      return "name";
    }
    String given =
        in.node().get("order_by").isArray()
            ? String.join(",", in.texts("order_by"))
            : String.valueOf(in.optionalText("order_by"));
    if (!ORDERS.contains(given)) {
      throw in.wrong("order_by", "one of " + String.join(", ", ORDERS));
    }
    return given;
  }

  private static Predicate<PipelineView> filter(@Nullable String text) throws Rejected {
    if (text == null || text.isBlank()) {
      return _ -> true;
    }
    Matcher name = NAME.matcher(text.strip());
    if (name.matches()) {
      Pattern like = like(name.group(1));
      return pipeline -> like.matcher(pipeline.name()).matches();
    }
    Matcher notebook = NOTEBOOK.matcher(text.strip());
    if (notebook.matches()) {
      return pipeline -> PipelineMapping.names(pipeline, notebook.group(1));
    }
    throw Rejected.field("filter", "expected name LIKE '%part%' or notebook='/path', not " + text);
  }

  private static Pattern like(String words) {
    StringBuilder pattern = new StringBuilder();
    for (char c : words.replace("''", "'").toCharArray()) {
      pattern.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(pattern.toString(), Pattern.DOTALL);
  }

  private static @Nullable String after(@Nullable String token) throws Rejected {
    if (token == null || token.isEmpty()) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException _) {
      throw new Rejected(new Problem.NoSuchPage());
    }
  }
}
