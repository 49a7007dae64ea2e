package io.mutirao.gateway.databricks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mutirao.gateway.core.Problem;
import io.mutirao.gateway.core.Rejected;
import io.mutirao.gateway.http.Fields;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Long arrays of a single job or run, a hundred items at a time (Jobs API 2.2): all of them go on
 * together, and one that is over goes on as an empty one.
 *
 * @param from the first item wanted
 */
record Pieces(int from) {

  static final int SIZE = 100;

  private static final Pattern TOKEN = Pattern.compile("from([1-9][0-9]{0,5})");

  /** As the request's page_token says. */
  static Pieces of(Fields in) throws Rejected {
    String token = in.optionalText("page_token");
    if (token == null || token.isEmpty()) {
      return new Pieces(0);
    }
    var parts = TOKEN.matcher(token);
    if (!parts.matches()) {
      throw new Rejected(new Problem.NoSuchPage());
    }
    return new Pieces(Integer.parseInt(parts.group(1)));
  }

  /** The token of the next piece, when any of the arrays has more. */
  @Nullable String next(int... sizes) {
    for (int size : sizes) {
      if (size > from + SIZE) {
        return "from" + (from + SIZE);
      }
    }
    return null;
  }

  <T> List<T> cut(List<T> items) {
    int begin = Math.min(from, items.size());
    return items.subList(begin, Math.min(begin + SIZE, items.size()));
  }

  /** Cuts arrays of an object in place, and gives the token of the next piece. */
  @Nullable String cut(ObjectNode object, List<String> names) {
    int most = 0;
    for (String name : names) {
      if (object.get(name) instanceof ArrayNode items) {
        most = Math.max(most, items.size());
        ArrayNode piece = object.arrayNode();
        for (int i = from; i < Math.min(from + SIZE, items.size()); i++) {
          piece.add(items.get(i));
        }
        object.set(name, piece);
      }
    }
    return next(most);
  }
}
