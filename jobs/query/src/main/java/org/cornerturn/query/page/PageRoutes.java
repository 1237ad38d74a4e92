package org.cornerturn.query.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.cornerturn.query.access.Scope;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Resources;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;
import org.cornerturn.query.http.SecurityHeaders;

/** The web page: its files are in the jar, in the folder {@code web}. */
public final class PageRoutes implements Routes {
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String CHECKED = "no-cache";

  private static final Parameter<String> FILE =
      Parameter.text("file", "a file of the page; its name has the hash of its content").inPath();

  /** What stands at / in a jar that was built without the page. */
  private static final String NO_PAGE =
      "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Cornerturn</title>"
          + "<h1>Cornerturn</h1><p>The service runs; this build has no page."
          + " Its interface is described at <a href=\"/docs/\">/docs</a>.</p></html>";

  private final Resources files = new Resources("web");

  @Override
  public void register(Router router) {
    // Who may not read at all is told so by the browser's own question, before the page is there.
    router.get(
        Operation.at("/", "page", "page", "The web page")
            .needs(Scope.READ)
            .costs(Cost.FREE)
            .answers(200, "the page", "text/html"),
        this::index);
    router.get(
        Operation.at("/assets/<file>", "pageFile", "page", "A file of the web page")
            .with(FILE)
            .needs(Scope.NONE)
            .costs(Cost.FREE)
            .answers(200, "the file"),
        x -> files.answer(x, "assets/" + x.value(FILE), FOREVER));
    Map<String, String> others =
        Map.of(
            "favicon.svg", "pageIcon", "favicon.ico", "pageOldIcon", "licenses.md", "pageLicenses");
    for (Map.Entry<String, String> other : new TreeMap<>(others).entrySet()) {
      String name = other.getKey();
      router.get(
          Operation.at("/" + name, other.getValue(), "page", "The page's " + name)
              .needs(Scope.NONE)
              .costs(Cost.FREE)
              .answers(200, "the file"),
          x -> files.answer(x, name, CHECKED));
    }
  }

  private void index(Exchange x) throws IOException {
    x.header("Content-Security-Policy", SecurityHeaders.PAGE_POLICY);
    if (files.has("index.html")) {
      files.answer(x, "index.html", CHECKED);
    } else {
      x.bytes("text/html; charset=utf-8", NO_PAGE.getBytes(StandardCharsets.UTF_8));
    }
  }
}
