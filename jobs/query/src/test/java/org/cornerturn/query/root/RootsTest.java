package org.cornerturn.query.root;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cornerturn.UserError;
import org.cornerturn.query.http.Problem;
import org.cornerturn.storage.EmbeddedS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootsTest {
  @TempDir private Path place;
  private Path inside;
  private Roots roots;

  @BeforeEach
  void lay() throws IOException {
    inside = Files.createDirectories(place.resolve("inside/night"));
    Files.writeString(inside.resolve("a.h5"), "within");
    Files.writeString(place.resolve("secret.txt"), "without");
    roots = open(new RootSetting("lake", place.resolve("inside").toString()));
  }

  private static Roots open(RootSetting... settings) throws IOException {
    return Roots.open(List.of(settings), Map.of());
  }

  /** The status of the refusal, 0 where the key is found. */
  private static int refusal(Roots roots, String key) {
    try {
      roots.locate(key).status();
      return 0;
    } catch (Problem p) {
      return p.status();
    }
  }

  @Test
  void theNameOfTheOnlyRootMayBeLeftOut() throws IOException {
    for (String key : List.of("lake/night/a.h5", "night/a.h5", "/night/a.h5")) {
      Located a = roots.locate(key);
      assertThat(new String(a.get(), StandardCharsets.UTF_8)).isEqualTo("within");
      assertThat(a.fullKey()).isEqualTo("lake/night/a.h5");
      assertThat(a.status().size()).isEqualTo(6);
    }
    Roots two =
        open(
            new RootSetting("lake", place.resolve("inside").toString()),
            new RootSetting("more", place.toString()));
    assertThat(two.locate("more/inside/night/a.h5").status().size()).isEqualTo(6);
    assertThat(refusal(two, "night/a.h5")).isEqualTo(404);
    assertThat(refusal(two, "lake/none.h5")).isEqualTo(404);
    assertThat(refusal(two, "lake")).isEqualTo(404);
    assertThat(refusal(two, "lake/" + "n".repeat(256))).isEqualTo(404);
    assertThat(refusal(two, "lake/" + "n/".repeat(3_000) + "n")).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lake/../secret.txt",
        "../secret.txt",
        "lake/night/../../secret.txt",
        "lake/./night/a.h5",
        "lake//night/a.h5",
        "lake/night\\..\\a.h5",
        "lake/night/a.h5\u0000.txt",
        "..",
        "lake/..",
        "//etc/passwd",
        "lake//etc/passwd"
      })
  void noKeyLeavesItsRoot(String key) {
    assertThat(refusal(roots, key)).isEqualTo(403);
  }

  @Test
  void linksAreFollowedWithinTheRootAlone() throws IOException {
    Files.createSymbolicLink(inside.resolve("in.h5"), inside.resolve("a.h5"));
    Files.createSymbolicLink(inside.resolve("folder"), inside);
    Files.createSymbolicLink(inside.resolve("out.txt"), place.resolve("secret.txt"));
    Files.createSymbolicLink(inside.resolve("up"), place);
    Files.createSymbolicLink(inside.resolve("dangling"), place.resolve("nothing"));
    Files.createSymbolicLink(inside.resolve("round"), inside.resolve("round"));
    assertThat(refusal(roots, "night/in.h5")).isZero();
    assertThat(refusal(roots, "night/folder/a.h5")).isZero();
    for (String out : List.of("out.txt", "up/secret.txt", "dangling", "round", "folder/out.txt")) {
      assertThat(refusal(roots, "night/" + out)).as(out).isEqualTo(403);
    }
  }

  @Test
  void aRootMayItselfBeALink() throws IOException {
    Path link = Files.createSymbolicLink(place.resolve("link"), place.resolve("inside"));
    assertThat(refusal(open(new RootSetting("l", link.toString())), "l/night/a.h5")).isZero();
  }

  @Test
  void wrongRootsAreToldAtTheStart() {
    assertThatThrownBy(() -> open(new RootSetting("x", place.resolve("none").toString())))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("no such folder");
    RootSetting here = new RootSetting("x", place.toString());
    assertThatThrownBy(() -> open(here, here)).hasMessageContaining("Two roots are named x");
    assertThatThrownBy(() -> new RootSetting("a/b", "/x")).isInstanceOf(UserError.class);
    assertThat(RootSetting.parse("s3a://bucket/lake/"))
        .isEqualTo(new RootSetting("lake", "s3a://bucket/lake/"));
    assertThat(RootSetting.parse("n=/a=b")).isEqualTo(new RootSetting("n", "/a=b"));
  }

  @Test
  void aBucketIsARootAsWell() throws IOException {
    try (EmbeddedS3 s3 = EmbeddedS3.start(place.resolve("s3"))) {
      s3.createBucket("bucket");
      Roots remote = Roots.open(List.of(new RootSetting("b", "s3a://bucket/lake")), s3.settings());
      remote.locate("b/x").store().put("night/a.h5", new byte[] {1, 2, 3});
      Located a = remote.locate("b/night/a.h5");
      assertThat(a.status().size()).isEqualTo(3);
      assertThat(a.status().etag()).isNotBlank();
      assertThat(a.get()).containsExactly(1, 2, 3);
      assertThat(refusal(remote, "b/night/none.h5")).isEqualTo(404);
      assertThat(refusal(remote, "b/../other/x")).isEqualTo(403);
    }
  }
}
