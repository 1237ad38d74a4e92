package org.cornerturn.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.query.root.RootSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir private Path folder;

  private record Run(int code, String out, String err) {}

  private Run run(Map<String, String> environment, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        Main.run(
            List.of(args),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            environment);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theNearerPlaceWins() throws IOException {
    Path file = folder.resolve("serve.properties");
    Files.writeString(
        file,
        """
        port = 1
        host = localhost
        warehouse = s3a://bucket/w
        root.lake = s3a://bucket/lake
        fs.s3a.endpoint = http://127.0.0.1:9
        limit.page_rows = 50
        """);
    Map<String, String> environment =
        Map.of("CORNERTURN_PORT", "2", "CORNERTURN_CACHE_BYTES", "64M", "CORNERTURN_HEAP", "1g");
    Config config = Config.of(Map.of("port", "3"), environment, Config.read(file));
    assertThat(config.port()).isEqualTo(3);
    assertThat(config.host()).isEqualTo("localhost");
    assertThat(config.cacheBytes()).isEqualTo(64L << 20);
    assertThat(config.roots()).containsExactly(new RootSetting("lake", "s3a://bucket/lake"));
    assertThat(config.stores()).containsEntry("fs.s3a.endpoint", "http://127.0.0.1:9");
    assertThat(config.limits()).containsEntry("page_rows", 50L);
    assertThat(Config.of(Map.of(), environment, Config.read(file)).port()).isEqualTo(2);
    Map<String, String> roots = Map.of("CORNERTURN_ROOTS", "a=/x, /y/b");
    assertThat(Config.of(Map.of(), roots, Map.of()).roots())
        .containsExactly(new RootSetting("a", "/x"), new RootSetting("b", "/y/b"));
  }

  @Test
  void theDefaultsServeThisFolderToThisMachine() {
    Config config = Config.defaults();
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8420);
    assertThat(config.warehouse()).isEqualTo("warehouse");
    assertThat(config.roots())
        .containsExactly(new RootSetting("files", Path.of("").toAbsolutePath().toString()));
    assertThat(config.access().isOn()).isFalse();
  }

  @Test
  void wrongSettingsAreToldWithWhatIsRight() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("port", "x"),
            Map.of("port", "70000"),
            Map.of("cache.bytes", "-1"),
            Map.of("cache.bytes", "9999999999G"),
            Map.of("log.level", "LOUD"),
            Map.of("colour", "red"))) {
      assertThatThrownBy(() -> Config.of(wrong, Map.of(), Map.of()))
          .as(wrong.toString())
          .isInstanceOf(UserError.class);
    }
    assertThatThrownBy(() -> Services.start(folder, "limit.nonsense", "5"))
        .hasMessageContaining("nonsense");
  }

  @Test
  void mistakesEndWithTwoAndAParagraph() {
    Run port = run(Map.of(), "--port", "x");
    assertThat(port.code()).isEqualTo(2);
    assertThat(port.err()).contains("The setting port is 'x'").doesNotContain("\tat ");
    Run option = run(Map.of(), "--nothing");
    assertThat(option.code()).isEqualTo(2);
    assertThat(option.err()).contains("--nothing").contains("--help");
    Run root = run(Map.of(), "--root", folder.resolve("none").toString());
    assertThat(root.code()).isEqualTo(2);
    assertThat(root.err()).contains("no such folder");
    assertThat(run(Map.of(), "--help").out()).contains("--root").contains("Examples:");
    assertThat(run(Map.of(), "keys", "add", "--help").out()).contains("--scope");
  }

  @Test
  void aTakenPortIsAMistake() throws IOException {
    try (Server first = Services.start(folder)) {
      String port = Integer.toString(first.uri().getPort());
      assertThatThrownBy(() -> Services.start(folder, "port", port))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(port);
    }
  }

  @Test
  void keysAreMadeListedAndRevoked() {
    String file = folder.resolve("k.json").toString();
    Run made =
        run(
            Map.of(), "--keys", file, "keys", "add", "--name", "n", "--scope", "write", "--root",
            "lake", "--days", "7");
    assertThat(made.code()).isZero();
    assertThat(made.out()).matches("ct_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\\R");
    String id = made.out().substring(3, 15);
    Run listed = run(Map.of("CORNERTURN_AUTH_KEYS", file), "keys", "list");
    assertThat(listed.out()).contains(id).contains("write").contains("lake").contains("until ");
    assertThat(listed.out()).doesNotContain(made.out().strip());
    assertThat(run(Map.of(), "--keys", file, "keys", "revoke", id).code()).isZero();
    assertThat(run(Map.of(), "--keys", file, "keys", "list").out()).isEmpty();
    assertThat(run(Map.of(), "--keys", file, "keys", "revoke", id).code()).isEqualTo(2);
    assertThat(run(Map.of(), "keys").code()).isEqualTo(2);
  }
}
