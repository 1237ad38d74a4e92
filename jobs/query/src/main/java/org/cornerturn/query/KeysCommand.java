package org.cornerturn.query;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.cornerturn.UserError;
import org.cornerturn.query.access.ApiKeys;
import org.cornerturn.query.access.Scope;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code cornerturn serve keys}: the API keys of a file. */
@Command(
    name = "keys",
    description = "Make, list and revoke API keys. A running service sees it within a second.",
    footer = {
      "",
      "Examples:",
      "  cornerturn serve keys add --name notebook --scope read --root lake",
      "  cornerturn serve keys list",
      "  cornerturn serve keys revoke 3f2a9c41d07b"
    })
final class KeysCommand implements Runnable {
  private static final String FILE = "keys.json";

  @ParentCommand private ServeCommand serve;
  @picocli.CommandLine.Spec private picocli.CommandLine.Model.CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "Show this help and end.")
  private boolean help;

  @Override
  public void run() {
    throw new picocli.CommandLine.ParameterException(spec.commandLine(), "Say add, list or revoke");
  }

  private ApiKeys keys() {
    Path file = serve.config().access().keys();
    return ApiKeys.in(file == null ? Path.of(FILE) : file);
  }

  @Command(
      name = "add",
      description = "Make a key and print it; only its hash is kept in the file (./keys.json).")
  int add(
      @Option(names = "--name", required = true, description = "Whom or what it is for.")
          String name,
      @Option(
              names = "--scope",
              defaultValue = "read",
              description = "read, write or admin (${DEFAULT-VALUE}).")
          String scope,
      @Option(names = "--root", description = "A root that it may read, repeated (all).")
          List<String> roots,
      @Option(names = "--days", description = "Days until it expires (never).") Long days) {
    Scope granted;
    try {
      granted = Scope.valueOf(scope.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new UserError("The scope " + scope, "there is none", "Use read, write or admin", e);
    }
    Instant end = days == null ? null : Instant.now().plus(Duration.ofDays(days));
    serve.out().println(keys().add(name, granted, roots == null ? new ArrayList<>() : roots, end));
    return 0;
  }

  @Command(name = "list", description = "The keys of the file, without their secrets.")
  int list() {
    for (ApiKeys.Listed k : keys().list()) {
      serve
          .out()
          .printf(
              Locale.ROOT,
              "%s  %-5s  %s  %s  %s%n",
              k.id(),
              k.scope(),
              k.roots().isEmpty() ? "all roots" : String.join(",", k.roots()),
              k.expires() == null ? "never expires" : "until " + k.expires(),
              k.name());
    }
    return 0;
  }

  @Command(name = "revoke", description = "Remove a key: it is good no more.")
  int revoke(@Parameters(paramLabel = "ID", description = "As list shows it.") String id) {
    keys().revoke(id);
    return 0;
  }
}
