package io.mutirao.gateway.databricks.scim;

import io.mutirao.gateway.core.Rejected;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code attribute eq "value"}: the one form of filter that is understood.
 *
 * @param attribute in small letters
 */
record Filter(String attribute, String value) {

  private static final Pattern FORM =
      Pattern.compile("\\s*([A-Za-z.]+)\\s+[eE][qQ]\\s+(?:\"([^\"]*)\"|'([^']*)'|(\\S+))\\s*");

  static @Nullable Filter of(@Nullable String text, String... attributes) throws Rejected {
    if (text == null) {
      return null;
    }
    Matcher form = FORM.matcher(text);
    if (form.matches()) {
      for (String attribute : attributes) {
        if (attribute.equalsIgnoreCase(form.group(1))) {
          return new Filter(attribute.toLowerCase(Locale.ROOT), value(form));
        }
      }
    }
    throw Rejected.field(
        "filter", "expected " + String.join(" or ", attributes) + " eq \"a value\", not " + text);
  }

  private static String value(Matcher form) {
    for (int group = 2; group <= 3; group++) {
      if (form.group(group) != null) {
        return form.group(group);
      }
    }
    return form.group(4);
  }

  boolean fits(String candidate) {
    return candidate.equalsIgnoreCase(value);
  }
}
