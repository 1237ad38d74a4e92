package org.cornerturn.jobs;

/** How far a task is. May be told from several threads of the driver. */
public interface Progress extends AutoCloseable {
  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void advance(long more) {}

        @Override
        public void close() {}
      };

  /** So many bytes, or things, more are done. */
  void advance(long more);

  /** The task ended, well or not. */
  @Override
  void close();
}
