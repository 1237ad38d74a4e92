package org.cornerturn.spark;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cornerturn.UserError;

/**
 * A real kernel, as small as can be.
 *
 * @param pauseMillis before each task
 */
record TinyKernel(long pauseMillis) implements Kernel<TinyTask> {
  private static final Set<String> FAILED_ONCE = ConcurrentHashMap.newKeySet();

  @Override
  public Outcome run(TinyTask task, TaskStores stores) throws IOException {
    sleep(pauseMillis);
    boolean mended = stores.product().status("mended").isPresent();
    switch (task.mishap()) {
      case REFUSED -> throw new UserError("in.h5: /x", "its chunk is damaged", "Copy it again");
      case FAILS_UNTIL_MENDED -> {
        if (!mended) {
          throw new IOException("connection reset");
        }
      }
      case FAILS_ONCE -> {
        if (FAILED_ONCE.add(stores.product().uri() + task.id())) {
          throw new IOException("connection reset");
        }
      }
      case DISK_FULL_UNTIL_MENDED -> {
        if (!mended) {
          throw new IOException("No space left on device");
        }
      }
      case BUG -> throw new IllegalStateException("index 7 out of 5");
      case OUT_OF_MEMORY -> {
        long[][] all = new long[1000][];
        Arrays.setAll(all, i -> new long[Integer.MAX_VALUE - 8]);
        throw new IllegalStateException("a heap of " + all.length * 16L + " GB");
      }
      case SLOW -> sleep(1000);
      case NONE -> {}
    }
    byte[] bytes = new byte[task.size()];
    new Random(task.seed() * 31 + task.id().hashCode()).nextBytes(bytes);
    stores.product().put(task.id(), bytes);
    return Outcome.done(task.id(), stores.written(), task.size());
  }

  private static void sleep(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
