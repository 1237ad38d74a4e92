package org.cornerturn.query;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.cornerturn.query.http.Json;
import org.cornerturn.query.root.Root;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cornerturn serve}. */
@Command(
    name = "cornerturn serve",
    synopsisHeading = "Usage: ",
    customSynopsis = {
      "cornerturn serve [OPTIONS]",
      "       cornerturn serve keys add|list|revoke [OPTIONS]"
    },
    description = {
      "Serve HDF5 files, Zarr stores, waveforms, products, runs and tables over HTTP, with a page to"
          + " look at them.",
      "Settings come, the earlier winning, from these options, from the environment"
          + " (CORNERTURN_PORT is the setting port), and from the --config file."
    },
    subcommands = KeysCommand.class,
    footer = {
      "",
      "Examples:",
      "  cornerturn serve --root /data/recordings",
      "  cornerturn serve --root lake=s3a://bucket/lake --warehouse s3a://bucket/warehouse",
      "  cornerturn serve --host 0.0.0.0 --keys keys.json"
    })
final class ServeCommand implements Callable<Integer> {
  @Option(
      names = "--root",
      paramLabel = "[NAME=]URI",
      description = "A place to read, repeated for each (this folder, as files).")
  private List<String> roots = new ArrayList<>();

  @Option(
      names = "--warehouse",
      paramLabel = "URI",
      description = "Folder or prefix of the shared tables (./warehouse).")
  private String warehouse;

  @Option(names = "--host", description = "Address to listen at (127.0.0.1).")
  private String host;

  @Option(names = "--port", description = "Port to listen at; 0 takes a free one (8420).")
  private String port;

  @Option(
      names = "--keys",
      paramLabel = "FILE",
      description = "File of API keys: who asks must have one. Made by keys add.")
  private String keys;

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      description = "Origin whose pages may read answers, repeated for each; * for any.")
  private List<String> origins = new ArrayList<>();

  @Option(names = "--insecure", description = "Serve everybody, on any address.")
  private boolean insecure;

  @Option(names = "--config", paramLabel = "FILE", description = "NAME=VALUE lines in UTF-8.")
  private Path config;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "Any other setting, such as cache.bytes=256M, limit.page_rows=500, fs.s3a.*")
  private Map<String, String> others = new LinkedHashMap<>();

  @Option(names = "--quiet", description = "Print nothing but the address.")
  private boolean quiet;

  @Option(names = "--json", description = "Print the address as JSON.")
  private boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;

  private final PrintStream out;
  private final PrintStream err;
  private final Map<String, String> environment;

  ServeCommand(PrintStream out, PrintStream err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  PrintStream out() {
    return out;
  }

  /** The configuration of options, environment and file. */
  Config config() {
    Map<String, String> flags = new LinkedHashMap<>(others);
    put(flags, "warehouse", warehouse);
    put(flags, "host", host);
    put(flags, "port", port);
    put(flags, "auth.keys", keys);
    put(flags, "roots", roots.isEmpty() ? null : String.join(",", roots));
    put(flags, "cors.origins", origins.isEmpty() ? null : String.join(",", origins));
    put(flags, "insecure", insecure ? "true" : null);
    return Config.of(flags, environment, config == null ? Map.of() : Config.read(config));
  }

  private static void put(Map<String, String> flags, String name, String value) {
    if (value != null) {
      flags.put(name, value);
    }
  }

  @Override
  public Integer call() throws IOException {
    Config settings = config();
    Logs.start(settings.log(), "1".equals(environment.get("CORNERTURN_TERMINAL")));
    Server server = Server.start(settings);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stopping"));
    tell(server);
    server.awaitEnd();
    return 0;
  }

  private void tell(Server server) {
    if (json) {
      out.println(
          Json.object()
              .put("url", server.uri() + "/")
              .put("process", ProcessHandle.current().pid()));
    } else {
      out.println(server.uri() + "/");
    }
    out.flush();
    if (!quiet) {
      for (Root r : server.service().roots().all()) {
        err.println("  root " + r.name() + ": " + r.uri());
      }
      err.println("  warehouse: " + server.service().warehouse().uri());
      err.println("Stop it with Ctrl-C.");
    }
  }

  private void stop(Server server) {
    try {
      server.close();
    } catch (IOException e) {
      err.println("cornerturn: the service did not stop well: " + e);
    }
  }
}
