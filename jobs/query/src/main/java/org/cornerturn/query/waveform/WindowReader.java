package org.cornerturn.query.waveform;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.cornerturn.hdf5.Hdf5Exception;
import org.cornerturn.pyramid.Envelope;
import org.cornerturn.pyramid.EnvelopePlan;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.RequestMemory;
import org.cornerturn.query.Service;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Limit;
import org.cornerturn.query.http.Problem;
import org.cornerturn.query.root.Located;
import org.cornerturn.zarr.ZarrException;

/**
 * Reads the blocks that a window needs, some of them at the same time, and keeps them. Equal blocks
 * wanted by several requests are read once.
 */
final class WindowReader implements AutoCloseable {
  /** Blocks of one window that are read at the same time. */
  private static final int AHEAD = 4;

  /** One window takes no more than one of so many parts of the memory, unless it has to. */
  private static final int SHARE = 4;

  private static final int THREADS = 8;
  private static final long WAIT_MILLIS = 50;

  private record BlockKey(
      String root, String key, String version, String level, Trace trace, long number) {}

  /** Bins of one block that a window needs. */
  private record Need(Level level, long number, int from, int count) {}

  private final ByteCache<BlockKey, byte[]> blocks;
  private final RequestMemory memory;
  private final Limit mostSampleBytes;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread t = new Thread(task, "waveform-blocks");
            t.setDaemon(true);
            return t;
          });

  WindowReader(Service service) {
    blocks = service.caches().cache("waveform_blocks", 0.25, b -> b.length);
    memory = service.memory();
    mostSampleBytes =
        service
            .limits()
            .declare(
                "waveform_sample_bytes",
                8L << 30,
                "bytes",
                "samples that one window of a waveform without stored levels may read");
  }

  /**
   * @throws Problem 413 when the window reads too much, 422 when what is stored is damaged, 502
   *     when the store fails
   */
  Envelope read(Waveform waveform, Trace trace, EnvelopePlan plan, Deadline deadline)
      throws Exception {
    List<Need> needs = needs(waveform, plan);
    checkSize(waveform, needs);
    Envelope envelope = Envelope.of(waveform.type(), plan);
    List<Need> missing = new ArrayList<>();
    for (Need need : needs) {
      byte[] block = blocks.peek(key(waveform, trace, need));
      if (block == null) {
        missing.add(need);
      } else {
        add(envelope, need, block);
      }
    }
    if (!missing.isEmpty()) {
      fetch(waveform, trace, missing, envelope, deadline);
    }
    return envelope;
  }

  /** Reads blocks, some at the same time, in the memory that so many take. */
  private void fetch(
      Waveform waveform, Trace trace, List<Need> needs, Envelope envelope, Deadline deadline)
      throws Exception {
    long most = 0;
    for (Need n : needs) {
      most = Math.max(most, n.level().blockBytes());
    }
    long room = Math.max(1, memory.most() / SHARE / most);
    int ahead = (int) Math.min(Math.min(AHEAD, room), needs.size());
    RequestMemory.Reservation held = memory.reserve(most * ahead, deadline);
    Deque<Future<byte[]>> coming = new ArrayDeque<>();
    try {
      int asked = 0;
      for (Need need : needs) {
        while (asked < needs.size() && coming.size() < ahead) {
          Need next = needs.get(asked++);
          coming.add(threads.submit(() -> get(waveform, trace, next, deadline)));
        }
        add(envelope, need, await(coming.remove(), deadline));
      }
    } finally {
      coming.forEach(f -> f.cancel(false));
      held.close();
    }
  }

  private static void add(Envelope envelope, Need need, byte[] block) {
    need.level().add(envelope, need.number(), block, need.from(), need.count());
  }

  private static List<Need> needs(Waveform waveform, EnvelopePlan plan) {
    List<Need> needs = new ArrayList<>();
    for (EnvelopePlan.Run run : plan.runs()) {
      Level level = waveform.levels().get(run.level());
      long end = run.firstBin() + run.bins();
      for (long at = run.firstBin(); at < end; ) {
        long number = at / level.blockBins();
        long stop = Math.min(end, (number + 1) * level.blockBins());
        int from = (int) (at - number * level.blockBins());
        needs.add(new Need(level, number, from, (int) (stop - at)));
        at = stop;
      }
    }
    return needs;
  }

  private void checkSize(Waveform waveform, List<Need> needs) {
    long samples = 0;
    for (Need n : needs) {
      if (n.level() instanceof Level.Samples || n.level() instanceof Level.Derived) {
        samples += n.level().blockBins() * n.level().samplesPerBin();
      }
    }
    mostSampleBytes.check(samples * waveform.type().itemSize());
  }

  private static BlockKey key(Waveform waveform, Trace trace, Need need) {
    return new BlockKey(
        waveform.place().root().name(),
        waveform.place().key(),
        waveform.version(),
        need.level().name(),
        trace,
        need.number());
  }

  private byte[] get(Waveform waveform, Trace trace, Need need, Deadline deadline)
      throws Exception {
    deadline.check();
    Located place = waveform.place();
    return blocks.get(
        key(waveform, trace, need),
        deadline,
        () -> {
          try {
            return need.level().read(trace, need.number());
          } catch (ZarrException | Hdf5Exception e) {
            throw Problem.damaged(e.getMessage(), e);
          } catch (IOException e) {
            throw place.failed(e);
          }
        });
  }

  private static byte[] await(Future<byte[]> coming, Deadline deadline) throws Exception {
    while (true) {
      try {
        return coming.get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        deadline.check();
      } catch (ExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
