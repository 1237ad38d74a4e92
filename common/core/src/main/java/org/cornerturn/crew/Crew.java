package org.cornerturn.crew;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The threads of one task: its own, and as many more as it was allowed. Work is a number of items
 * that don't depend on each other; whoever is free takes the next one, so results must not depend
 * on who does what, and are then the same for every size of the crew.
 */
public final class Crew implements AutoCloseable {
  private static final Crew ALONE = new Crew(1);

  private final int size;
  private final ExecutorService others;

  private Crew(int size) {
    this.size = size;
    others =
        size == 1
            ? null
            : Executors.newFixedThreadPool(
                size - 1,
                work -> {
                  Thread thread = new Thread(work, Thread.currentThread().getName() + " crew");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  /** The caller's thread and no other. */
  public static Crew alone() {
    return ALONE;
  }

  /**
   * @param size threads, the caller's own counted
   */
  public static Crew of(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("a crew of " + size);
    }
    return size == 1 ? ALONE : new Crew(size);
  }

  /** Threads, the caller's own counted: members are numbered from 0. */
  public int size() {
    return size;
  }

  /**
   * What is done with an item.
   *
   * @param <E> what may go wrong
   */
  @FunctionalInterface
  public interface Work<E extends Exception> {
    /**
     * @param item its number
     * @param member who does it, for memory of its own
     */
    void on(int item, int member) throws E;
  }

  /**
   * Does all items and returns when they are done. The first fault ends it: items that nobody has
   * begun are left, and the fault is thrown.
   */
  public <E extends Exception> void each(int items, Work<E> work) throws E {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> fault = new AtomicReference<>();
    int helpers = Math.min(size, items) - 1;
    CountDownLatch left = new CountDownLatch(Math.max(0, helpers));
    for (int h = 1; h <= helpers; h++) {
      int member = h;
      others.execute(
          () -> {
            take(items, work, member, next, fault);
            left.countDown();
          });
    }
    take(items, work, 0, next, fault);
    await(left);
    Throwable thrown = fault.get();
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    if (thrown instanceof Error e) {
      throw e;
    }
    if (thrown != null) {
      // Work throws nothing else that is checked.
      @SuppressWarnings("unchecked")
      E checked = (E) thrown;
      throw checked;
    }
  }

  private static <E extends Exception> void take(
      int items, Work<E> work, int member, AtomicInteger next, AtomicReference<Throwable> fault) {
    try {
      int item = next.getAndIncrement();
      while (item < items && fault.get() == null) {
        work.on(item, member);
        item = next.getAndIncrement();
      }
    } catch (Throwable e) {
      // Not swallowed: the caller's thread throws it.
      fault.compareAndSet(null, e);
    }
  }

  /** Memory that others still write to must not be given back: an interruption waits for them. */
  private static void await(CountDownLatch left) {
    boolean interrupted = false;
    while (true) {
      try {
        left.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends its threads. */
  @Override
  public void close() {
    if (others != null) {
      others.shutdown();
    }
  }
}
