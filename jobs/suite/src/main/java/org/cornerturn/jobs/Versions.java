package org.cornerturn.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.SparkBuildInfo;
import picocli.CommandLine.IVersionProvider;

/** What runs here: read from the class path of this very process, not from the build. */
public final class Versions implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      "Cornerturn " + own(),
      "Spark " + SparkBuildInfo.spark_version(),
      "Scala " + scala.util.Properties.versionNumberString(),
      "Delta " + io.delta.package$.MODULE$.VERSION(),
      "Hadoop " + VersionInfo.getVersion(),
      "Java " + Runtime.version() + " (" + System.getProperty("java.vm.name") + ")"
    };
  }

  /** The version of this program. */
  public static String own() throws IOException {
    Properties p = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("version.properties")) {
      p.load(in);
    }
    return p.getProperty("version");
  }
}
