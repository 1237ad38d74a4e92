package org.cornerturn.query.status;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of the Swagger UI that travels with the program; its files' folder is named after it.
 */
final class SwaggerVersion {
  static final String TEXT = read();

  private SwaggerVersion() {}

  private static String read() {
    String place = "META-INF/maven/org.webjars/swagger-ui/pom.properties";
    try (InputStream in = SwaggerVersion.class.getClassLoader().getResourceAsStream(place)) {
      if (in == null) {
        throw new IllegalStateException("there is no Swagger UI on the class path");
      }
      Properties p = new Properties();
      p.load(in);
      return p.getProperty("version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
