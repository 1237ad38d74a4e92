package org.cornerturn.spark.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.cornerturn.UserError;
import org.cornerturn.storage.EmbeddedS3;
import org.cornerturn.storage.HadoopStore;
import org.cornerturn.storage.MemoryStore;
import org.cornerturn.storage.ObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PUT succeeds, its reply is lost, the client's retry is refused because of its own write. */
class LostReplyTest {
  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void aWriterRecognizesItsOwnWork(@TempDir Path folder) throws IOException {
    try (EmbeddedS3 server = EmbeddedS3.start(folder);
        DroppingProxy proxy = new DroppingProxy(server.endpoint())) {
      server.createBucket("data");
      Map<String, String> settings = new HashMap<>(server.settings());
      settings.put("fs.s3a.endpoint", proxy.endpoint());
      HadoopStore store = new HadoopStore("s3a://data/x", settings);

      proxy.dropReplies(1);
      assertThat(store.putIfAbsent("lease", utf8("mine"))).isTrue();
      assertThat(proxy.dropped()).isEqualTo(1);
      assertThat(store.putIfAbsent("lease", utf8("mine"))).isFalse();

      proxy.dropReplies(1);
      String version = store.status("lease").orElseThrow().version();
      assertThat(store.putIfMatch("lease", utf8("renewed"), version)).isTrue();
      assertThat(proxy.dropped()).isEqualTo(2);
      assertThat(store.putIfMatch("lease", utf8("stolen"), version)).isFalse();
      assertThat(store.get("lease")).isEqualTo(utf8("renewed"));

      proxy.dropReplies(1);
      Configuration conf = new Configuration();
      settings.forEach(conf::set);
      // Hadoop caches file systems by bucket, and other tests in this JVM had servers of their own.
      conf.setBoolean("fs.s3a.impl.disable.cache", true);
      S3ConditionalLogStore log = new S3ConditionalLogStore(conf);
      org.apache.hadoop.fs.Path commit =
          new org.apache.hadoop.fs.Path("s3a://data/t/_delta_log/0.json");
      log.write(commit, List.of("{}", "{}").iterator(), false, conf);
      assertThat(proxy.dropped()).isEqualTo(3);
      assertThatThrownBy(() -> log.write(commit, List.of("{}").iterator(), false, conf))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThat(store.status("lease")).isPresent();
    }
  }

  @Test
  void aStoreWithoutConditionsIsRefused() {
    MemoryStore memory = new MemoryStore();
    ObjectStore lastWriterWins =
        (ObjectStore)
            java.lang.reflect.Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (self, method, arguments) -> {
                  if (method.getName().equals("putIfAbsent")) {
                    memory.put((String) arguments[0], (byte[]) arguments[1]);
                    return true;
                  }
                  return method.invoke(memory, arguments);
                });
    assertThatThrownBy(() -> LogStoreProbe.check(lastWriterWins, "probe"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("conditional writes");
    assertThat(memory.list("")).isEmpty();
  }
}
