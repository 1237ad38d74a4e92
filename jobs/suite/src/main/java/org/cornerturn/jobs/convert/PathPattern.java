package org.cornerturn.jobs.convert;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.cornerturn.UserError;

/**
 * A pattern for paths of objects: {@code *} and {@code ?} stay within a name, {@code **} crosses
 * names, {@code [abc]} and {@code {one,two}} offer choices, a backslash takes the next character as
 * it is. With a slash it stands for whole paths, without one for names in any group.
 */
final class PathPattern {
  private final Pattern regex;

  private PathPattern(Pattern regex) {
    this.regex = regex;
  }

  static PathPattern of(String pattern) {
    String path = pattern.contains("/") ? (pattern.startsWith("/") ? "" : "/") + pattern : null;
    try {
      String translated = path == null ? "(?s).*/" + translate(pattern) : "(?s)" + translate(path);
      return new PathPattern(Pattern.compile(translated));
    } catch (PatternSyntaxException e) {
      throw new UserError(
          "pattern " + pattern, e.getDescription(), "Use *, **, ?, [abc] and {one,two}", e);
    }
  }

  boolean matches(String path) {
    return regex.matcher(path).matches();
  }

  private static String translate(String glob) {
    StringBuilder out = new StringBuilder();
    int braces = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*') {
        boolean crossing = i + 1 < glob.length() && glob.charAt(i + 1) == '*';
        i += crossing ? 1 : 0;
        out.append(crossing ? ".*" : "[^/]*");
      } else if (c == '?') {
        out.append("[^/]");
      } else if (c == '[' || c == ']') {
        out.append(c);
      } else if (c == '{') {
        braces++;
        out.append("(?:");
      } else if (c == '}' && braces > 0) {
        braces--;
        out.append(')');
      } else if (c == ',' && braces > 0) {
        out.append('|');
      } else {
        boolean escaped = c == '\\' && i + 1 < glob.length();
        i += escaped ? 1 : 0;
        out.append(Pattern.quote(String.valueOf(escaped ? glob.charAt(i) : c)));
      }
    }
    return out.toString();
  }
}
