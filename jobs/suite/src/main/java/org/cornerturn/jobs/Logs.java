package org.cornerturn.jobs;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.AppenderRefComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/**
 * The driver's log: on standard error our warnings and Spark's errors; everything, if wished, in a
 * file. Set in code, because under spark-submit Spark has set its own before our jar is read.
 */
final class Logs {
  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %p %c{1.}: %m%n%ex";

  private Logs() {}

  /** Does nothing when the user brought a configuration of log4j's own. */
  static void start(Optional<Path> file, Level fileLevel) {
    if (System.getProperty("log4j2.configurationFile") != null
        || System.getProperty("log4j.configurationFile") != null) {
      return;
    }
    ConfigurationBuilder<BuiltConfiguration> b =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    b.setStatusLevel(Level.ERROR);
    b.setConfigurationName("cornerturn");
    b.setShutdownHook("disable");
    b.add(
        appender(b, "stderr", ConsoleAppender.PLUGIN_NAME, "%p %c{1}: %m%n%ex{short}")
            .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR));
    file.ifPresent(
        f ->
            b.add(
                appender(b, "file", "File", PATTERN)
                    .addAttribute("fileName", f.toAbsolutePath())
                    .addAttribute("append", true)));
    // WARN, not ERROR, at the root: an ERROR root with one appender is what Spark takes for log4j's
    // own default, and replaces by a talkative one. The appender's ERROR decides.
    Level least = file.isPresent() ? moreOf(Level.WARN, fileLevel) : Level.WARN;
    var everything = b.newRootLogger(least).add(stderr(b, Level.ERROR));
    var own =
        b.newLogger("org.cornerturn", least)
            .addAttribute("additivity", false)
            .add(stderr(b, Level.WARN));
    if (file.isPresent()) {
      everything.add(b.newAppenderRef("file").addAttribute("level", fileLevel));
      own.add(b.newAppenderRef("file").addAttribute("level", fileLevel));
    }
    Configurator.reconfigure(b.add(everything).add(own).build());
  }

  private static AppenderComponentBuilder appender(
      ConfigurationBuilder<?> b, String name, String plugin, String pattern) {
    return b.newAppender(name, plugin)
        .add(
            b.newLayout("PatternLayout")
                .addAttribute("pattern", pattern)
                .addAttribute("charset", "UTF-8"));
  }

  private static AppenderRefComponentBuilder stderr(ConfigurationBuilder<?> b, Level level) {
    return b.newAppenderRef("stderr").addAttribute("level", level);
  }

  private static Level moreOf(Level a, Level b) {
    return a.isLessSpecificThan(b) ? a : b;
  }
}
