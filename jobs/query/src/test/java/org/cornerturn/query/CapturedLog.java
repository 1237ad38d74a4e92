package org.cornerturn.query;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** What is logged as a warning or worse, by anybody, while this is open. */
public final class CapturedLog implements AutoCloseable {
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);
  private final LoggerConfig root = context.getConfiguration().getRootLogger();
  private final Level before = root.getLevel();
  private final Lines lines = new Lines();

  private static final class Lines extends AbstractAppender {
    private final List<String> all = new CopyOnWriteArrayList<>();

    Lines() {
      super("captured", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      all.add(
          event.getLevel()
              + " "
              + event.getLoggerName()
              + ": "
              + event.getMessage().getFormattedMessage()
              + (event.getThrown() == null ? "" : " (" + event.getThrown() + ")"));
    }
  }

  public CapturedLog() {
    lines.start();
    root.addAppender(lines, Level.WARN, null);
    root.setLevel(Level.WARN);
    context.updateLoggers();
  }

  public List<String> lines() {
    return List.copyOf(lines.all);
  }

  @Override
  public void close() {
    root.removeAppender("captured");
    root.setLevel(before);
    context.updateLoggers();
    lines.stop();
  }
}
