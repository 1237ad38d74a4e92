package org.cornerturn.query;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** The service's log: a line of JSON for each request and each message, or text for a terminal. */
final class Logs {
  private static final String TEXT = "%d{HH:mm:ss} %p %c{1}: %m%n%ex{short}";

  /** The members that lines of requests have as well. */
  private static final String JSON =
      "{\"time\":\"%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z'}{UTC}\",\"level\":\"%p\",\"logger\":\"%c\","
          + "\"trace_id\":\"%X{trace_id}\",\"message\":\"%enc{%m}{JSON}\","
          + "\"exception\":\"%enc{%xEx}{JSON}\"}%n%ex{0}";

  private Logs() {}

  /**
   * @param isTerminal whether somebody looks at standard error
   */
  static void start(Config.Log log, boolean isTerminal) {
    if (System.getProperty("log4j2.configurationFile") != null) {
      return; // The operator brought a configuration of log4j's own.
    }
    boolean isText = log.format().equals("text") || log.format().equals("auto") && isTerminal;
    boolean isFile = log.file() != null;
    Level level = Level.valueOf(log.level());
    // Somebody at a terminal wants to see what goes wrong, not every request.
    Level own = isText && !isFile && level == Level.INFO ? Level.WARN : level;
    ConfigurationBuilder<BuiltConfiguration> b =
        ConfigurationBuilderFactory.newConfigurationBuilder();
    b.setStatusLevel(Level.ERROR);
    b.setConfigurationName("cornerturn-serve");
    b.setShutdownHook("disable");
    b.add(appender(b, "messages", log, isText ? TEXT : JSON));
    b.add(appender(b, "requests", log, "%m%n"));
    b.add(b.newRootLogger(Level.WARN).add(b.newAppenderRef("messages")));
    b.add(
        b.newLogger("org.cornerturn", own)
            .addAttribute("additivity", false)
            .add(b.newAppenderRef("messages")));
    b.add(
        b.newLogger("org.cornerturn.access", own)
            .addAttribute("additivity", false)
            .add(b.newAppenderRef("requests")));
    // It warns of a native library that nobody needs.
    b.add(b.newLogger("org.apache.hadoop.util.NativeCodeLoader", Level.ERROR));
    Configurator.reconfigure(b.build());
  }

  private static AppenderComponentBuilder appender(
      ConfigurationBuilder<?> b, String name, Config.Log log, String pattern) {
    AppenderComponentBuilder appender =
        log.file() == null
            ? b.newAppender(name, ConsoleAppender.PLUGIN_NAME)
                .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR)
            : b.newAppender(name, "File")
                .addAttribute("fileName", log.file().toAbsolutePath())
                .addAttribute("append", true);
    return appender.add(
        b.newLayout("PatternLayout")
            .addAttribute("pattern", pattern)
            .addAttribute("charset", "UTF-8"));
  }
}
