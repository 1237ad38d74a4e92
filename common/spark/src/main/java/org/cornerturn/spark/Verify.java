package org.cornerturn.spark;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Compares a product with its ledger: plan minus ledger minus objects. */
public final class Verify {
  /** How far objects are checked. */
  public enum Depth {
    /** Existence and size. */
    SIZES,
    /** The checksum of every object as well. */
    CHECKSUMS
  }

  /**
   * What was found.
   *
   * @param planned tasks that the product has
   * @param recorded tasks that the ledger has as done
   * @param objects objects checked
   * @param bytes their bytes
   * @param missing objects or tasks that are not there; the first thousand
   * @param corrupt objects of another size or checksum; the first thousand
   */
  public record Result(
      String productId,
      String root,
      long planned,
      long recorded,
      long objects,
      long bytes,
      List<String> missing,
      List<String> corrupt) {
    /** 0 sound, 3 something is missing, 5 something is corrupt. */
    public int exitCode() {
      return !corrupt.isEmpty() ? 5 : !missing.isEmpty() ? 3 : 0;
    }
  }

  private Verify() {}

  /**
   * Checks every product at a URI: one, or all of an output folder.
   *
   * @throws org.cornerturn.UserError when there is none
   */
  public static List<Result> run(String uri, Map<String, String> hadoop, Depth depth)
      throws IOException {
    throw new UnsupportedOperationException(uri + hadoop + depth);
  }
}
