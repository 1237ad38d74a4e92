package org.cornerturn.report;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A report as one HTML file. Texts are given as they are and escaped here; a policy in the file
 * forbids scripts and everything from elsewhere, should a text slip through. No time is in it: the
 * same content has the same bytes.
 */
public final class HtmlPage {
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action"
          + " 'none'";

  private static final String STYLE =
      """
      :root{color-scheme:light dark;--soft:#5b6673;--line:#cbd2da;--ink:#1f6feb}
      @media (prefers-color-scheme:dark){:root{--soft:#9aa5b1;--line:#3a4450;--ink:#79b0ff}}
      body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}
      h1{font-size:1.5rem}h2{font-size:1.2rem;margin-top:2.5rem}
      table{border-collapse:collapse;margin:1rem 0;font-size:.9rem;display:block;overflow-x:auto}
      th,td{text-align:left;padding:.2rem .8rem .2rem 0;border-bottom:1px solid var(--line);
      vertical-align:top}
      th{color:var(--soft);font-weight:600}
      .figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(20rem,1fr));gap:1.5rem}
      figure{margin:0}figure.wide{grid-column:1/-1;max-width:52rem}
      figure img,figure svg{width:100%;height:auto;display:block}
      figcaption{color:var(--soft);font-size:.85rem;margin-top:.3rem}
      .fail{color:#c02626}.warn{color:#a35a00}.good{color:#1a7f37}
      @media (prefers-color-scheme:dark){.fail{color:#ff7b72}.warn{color:#e3a34f}
      .good{color:#56d364}}
      .plot text{font-size:11px;fill:currentColor}.plot .grid{stroke:var(--line)}
      .plot .solid{stroke:var(--soft)}.plot .dashed{stroke:var(--soft);stroke-dasharray:5 4}
      .plot .point{fill:var(--ink);fill-opacity:.65}
      .plot .beyond{fill:none;stroke:var(--ink)}
      .sky label{font-size:.85rem;margin-right:1rem}
      .sky svg{pointer-events:visiblePainted;margin-top:.3rem}
      .sky:has(label.found input:not(:checked)) g.found,
      .sky:has(label.missed input:not(:checked)) g.missed,
      .sky:has(label.peak input:not(:checked)) g.peak,
      .sky:has(label.beam input:not(:checked)) g.beam{display:none}
      """;

  private final StringBuilder out = new StringBuilder();
  private boolean inFigures;

  public HtmlPage(String title) {
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.append("<meta http-equiv=\"Content-Security-Policy\" content=\"").append(POLICY);
    out.append("\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    out.append(escaped(title)).append("</title>\n<style>\n").append(STYLE);
    out.append("</style>\n</head>\n<body>\n<h1>").append(escaped(title)).append("</h1>\n");
  }

  /** A text in which nothing is taken for mark-up, in content and in quoted attributes. */
  public static String escaped(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        // Control characters are in no HTML.
        default -> safe.append(c < ' ' && c != '\n' && c != '\t' || c == 0x7f ? '\ufffd' : c);
      }
    }
    return safe.toString();
  }

  public HtmlPage heading(String text) {
    endFigures();
    out.append("<h2>").append(escaped(text)).append("</h2>\n");
    return this;
  }

  public HtmlPage paragraph(String text) {
    endFigures();
    out.append("<p>").append(escaped(text)).append("</p>\n");
    return this;
  }

  /** A table of names and what they are. */
  public HtmlPage facts(Map<String, String> facts) {
    endFigures();
    out.append("<table>\n");
    facts.forEach(
        (name, value) -> {
          out.append("<tr><th>").append(escaped(name)).append("</th><td>");
          out.append(escaped(value)).append("</td></tr>\n");
        });
    out.append("</table>\n");
    return this;
  }

  public HtmlPage table(List<String> header, List<List<String>> rows) {
    endFigures();
    out.append("<table>\n<tr>");
    header.forEach(h -> out.append("<th>").append(escaped(h)).append("</th>"));
    out.append("</tr>\n");
    for (List<String> row : rows) {
      out.append("<tr>");
      row.forEach(c -> out.append("<td>").append(escaped(c)).append("</td>"));
      out.append("</tr>\n");
    }
    out.append("</table>\n");
    return this;
  }

  /** Findings, which begin with {@code warn:} or {@code fail:}; that there are none is said. */
  public HtmlPage findings(List<String> findings) {
    endFigures();
    if (findings.isEmpty()) {
      out.append("<p class=\"good\">No findings.</p>\n");
      return this;
    }
    out.append("<ul>\n");
    for (String finding : findings) {
      String grade = finding.startsWith("fail:") ? "fail" : "warn";
      out.append("<li class=\"").append(grade).append("\">").append(escaped(finding));
      out.append("</li>\n");
    }
    out.append("</ul>\n");
    return this;
  }

  /** A figure; those that follow each other stand side by side where there is room. */
  public HtmlPage figure(Figure figure, String caption) {
    if (!inFigures) {
      out.append("<div class=\"figures\">\n");
      inFigures = true;
    }
    out.append(figure instanceof SkyFigure ? "<figure class=\"wide\">" : "<figure>");
    out.append(figure.markup()).append("<figcaption>").append(escaped(caption));
    out.append("</figcaption></figure>\n");
    return this;
  }

  private void endFigures() {
    if (inFigures) {
      out.append("</div>\n");
      inFigures = false;
    }
  }

  /** The file's bytes. */
  public byte[] bytes() {
    endFigures();
    return (out + "</body>\n</html>\n").getBytes(StandardCharsets.UTF_8);
  }
}
