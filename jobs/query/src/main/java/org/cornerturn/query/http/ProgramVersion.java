package org.cornerturn.query.http;

/** The version of this program. */
final class ProgramVersion {
  static final String TEXT = text();

  private ProgramVersion() {}

  private static String text() {
    String version = ProgramVersion.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
