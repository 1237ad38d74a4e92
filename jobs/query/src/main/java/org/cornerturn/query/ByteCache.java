package org.cornerturn.query;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.cornerturn.query.http.Deadline;

/**
 * Keeps what was used last, up to a number of bytes. Equal questions at the same time are answered
 * by one load: one loads, the others wait. Keys hold the version of the object that they are about,
 * so that nothing stale is ever found.
 *
 * @param <K> has equals and hashCode
 * @param <V> immutable, or safe for use by several threads
 */
public final class ByteCache<K, V> {
  /** Weight of an entry beside its value: key, links, table. */
  private static final long ENTRY_BYTES = 200;

  private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  /** Finds the value of a key that is not here. */
  @FunctionalInterface
  public interface Loader<V> {
    V load() throws Exception;
  }

  /** What happened so far. */
  public record Counts(long hits, long misses, long evictions, long bytes, long entries) {}

  private record Entry<V>(V value, long bytes) {}

  private final long mostBytes;
  private final ToLongFunction<? super V> weight;
  private final BiConsumer<? super K, ? super V> discarded;
  private final Map<K, Entry<V>> entries = new LinkedHashMap<>(64, 0.75f, true);
  private final Map<K, CompletableFuture<V>> loading = new LinkedHashMap<>();
  private long bytes;
  private long hits;
  private long misses;
  private long evictions;

  /**
   * @param weight bytes of a value
   */
  public ByteCache(long mostBytes, ToLongFunction<? super V> weight) {
    this(mostBytes, weight, (k, v) -> {});
  }

  /**
   * @param discarded told of values that are no longer kept, never under a lock of this cache;
   *     somebody may still use them
   */
  public ByteCache(
      long mostBytes,
      ToLongFunction<? super V> weight,
      BiConsumer<? super K, ? super V> discarded) {
    this.mostBytes = mostBytes;
    this.weight = weight;
    this.discarded = discarded;
  }

  /** The value if it is here; counts as use. */
  public synchronized V peek(K key) {
    Entry<V> e = entries.get(key);
    return e == null ? null : e.value();
  }

  /**
   * The value, loaded if it is not here. A load that fails is kept by nobody; who waited for it
   * gets the same exception, except where it failed for the one who loaded alone (his time was
   * over, his client gone): then another loads.
   *
   * @param deadline of the request that asks; ends its waiting
   */
  public V get(K key, Deadline deadline, Loader<? extends V> loader) throws Exception {
    boolean isFirst = true;
    while (true) {
      CompletableFuture<V> mine = null;
      CompletableFuture<V> other;
      synchronized (this) {
        Entry<V> e = entries.get(key);
        if (e != null) {
          hits += isFirst ? 1 : 0;
          return e.value();
        }
        other = loading.get(key);
        if (other == null) {
          mine = new CompletableFuture<>();
          loading.put(key, mine);
          misses++;
        } else {
          hits += isFirst ? 1 : 0;
        }
      }
      isFirst = false;
      if (mine != null) {
        return load(key, mine, loader);
      }
      try {
        return await(other, deadline);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Abandoned) {
          continue;
        }
        throw e.getCause() instanceof Exception x ? x : e;
      }
    }
  }

  private V load(K key, CompletableFuture<V> mine, Loader<? extends V> loader) throws Exception {
    try {
      V value = loader.load();
      List<Map.Entry<K, Entry<V>>> out = keep(key, value);
      mine.complete(value);
      out.forEach(o -> discarded.accept(o.getKey(), o.getValue().value()));
      return value;
    } catch (Exception e) {
      forget(key);
      mine.completeExceptionally(isOfTheLoaderAlone(e) ? new Abandoned(e) : e);
      throw e;
    } catch (Error e) {
      forget(key);
      mine.completeExceptionally(new Abandoned(e));
      throw e;
    }
  }

  private static boolean isOfTheLoaderAlone(Exception e) {
    return e instanceof Deadline.ClientGone
        || e instanceof InterruptedException
        || e instanceof org.cornerturn.query.http.Problem p && p.status() == 503;
  }

  private synchronized void forget(K key) {
    loading.remove(key);
  }

  private static <V> V await(CompletableFuture<V> other, Deadline deadline)
      throws ExecutionException, InterruptedException {
    while (true) {
      deadline.check();
      try {
        return other.get(WAIT_NANOS, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        continue; // Look at the deadline again.
      }
    }
  }

  private synchronized List<Map.Entry<K, Entry<V>>> keep(K key, V value) {
    loading.remove(key);
    long size = weight.applyAsLong(value) + ENTRY_BYTES;
    List<Map.Entry<K, Entry<V>>> out = new ArrayList<>();
    if (size > mostBytes) {
      out.add(Map.entry(key, new Entry<>(value, size)));
      return out;
    }
    Entry<V> before = entries.put(key, new Entry<>(value, size));
    bytes += size;
    if (before != null) {
      bytes -= before.bytes();
      out.add(Map.entry(key, before));
    }
    Iterator<Map.Entry<K, Entry<V>>> oldest = entries.entrySet().iterator();
    while (bytes > mostBytes) {
      Map.Entry<K, Entry<V>> e = oldest.next();
      out.add(Map.entry(e.getKey(), e.getValue()));
      bytes -= e.getValue().bytes();
      evictions++;
      oldest.remove();
    }
    return out;
  }

  /** Drops what the predicate names. */
  public void removeIf(Predicate<? super K> predicate) {
    List<Map.Entry<K, Entry<V>>> out = new ArrayList<>();
    synchronized (this) {
      Iterator<Map.Entry<K, Entry<V>>> all = entries.entrySet().iterator();
      while (all.hasNext()) {
        Map.Entry<K, Entry<V>> e = all.next();
        if (predicate.test(e.getKey())) {
          out.add(Map.entry(e.getKey(), e.getValue()));
          bytes -= e.getValue().bytes();
          all.remove();
        }
      }
    }
    out.forEach(o -> discarded.accept(o.getKey(), o.getValue().value()));
  }

  public synchronized Counts counts() {
    return new Counts(hits, misses, evictions, bytes, entries.size());
  }

  /** Why a load ended that says nothing of the thing to load. */
  private static final class Abandoned extends Exception {
    private static final long serialVersionUID = 1L;

    Abandoned(Throwable cause) {
      super(cause);
    }
  }
}
