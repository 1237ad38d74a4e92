package org.cornerturn.spark;

import java.nio.file.Path;
import org.cornerturn.storage.EmbeddedS3;
import org.junit.jupiter.api.Test;

class KilledDriverOnS3Test extends KilledDrivers {
  @Test
  void onS3() throws Exception {
    try (EmbeddedS3 server = EmbeddedS3.start(folder.resolve("s3"))) {
      server.createBucket("data");
      Path product = folder.resolve("s3/data/product");
      killAndResume("loop", "s3a://data/product", product, server.settings(), 2);
    }
  }
}
