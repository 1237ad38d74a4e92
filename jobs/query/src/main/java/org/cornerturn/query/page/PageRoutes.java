package org.cornerturn.query.page;

import java.io.IOException;
import org.cornerturn.query.access.Scope;
import org.cornerturn.query.http.Cost;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.http.Operation;
import org.cornerturn.query.http.Parameter;
import org.cornerturn.query.http.Resources;
import org.cornerturn.query.http.Router;
import org.cornerturn.query.http.Routes;

/** The web page: its files are in the jar, in the folder {@code web}. */
public final class PageRoutes implements Routes {
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String CHECKED = "no-cache";

  private static final Parameter<String> FILE =
      Parameter.text("file", "a file of the page; its name has the hash of its content").inPath();

  /**
   * Nothing from elsewhere, no script or style that isn't a file of this service, no text that
   * becomes HTML. (Styles that a script sets on an element need no exception.)
   */
  private static final String POLICY =
      "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self';"
          + " img-src 'self' data: blob:; connect-src 'self'; object-src 'none';"
          + " frame-ancestors 'none'; base-uri 'none'; form-action 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

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
    router.get(
        Operation.at("/licenses.md", "pageLicenses", "page", "What the page is made of")
            .needs(Scope.NONE)
            .costs(Cost.FREE)
            .answers(200, "names, versions and licences", "text/markdown"),
        x -> files.answer(x, "licenses.md", CHECKED));
  }

  private void index(Exchange x) throws IOException {
    x.header("Content-Security-Policy", POLICY);
    files.answer(x, "index.html", CHECKED);
  }
}
