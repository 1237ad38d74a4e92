package org.cornerturn.uvh5;

import java.io.IOException;
import org.cornerturn.InputFault;

/**
 * A fault of a UVH5 file: something missing, contradictory or senseless. The message is one line
 * that names the file, the object, what is wrong and what to do.
 */
public final class Uvh5Exception extends IOException implements InputFault {
  private static final long serialVersionUID = 1L;
  static final String ASK_WRITER =
      "Write the file again with a program that keeps to the UVH5 memo, or exclude it";

  private final String file;
  private final String object;
  private final String problem;
  private final String remedy;

  /**
   * @param object path in the file
   */
  public Uvh5Exception(String file, String object, String problem, String remedy) {
    super(file + ": " + object + ": " + problem + ". " + remedy);
    this.file = file;
    this.object = object;
    this.problem = problem;
    this.remedy = remedy;
  }

  static Uvh5Exception of(String file, String object, String problem) {
    return new Uvh5Exception(file, object, problem, ASK_WRITER);
  }

  public String file() {
    return file;
  }

  public String object() {
    return object;
  }

  public String problem() {
    return problem;
  }

  public String remedy() {
    return remedy;
  }
}
