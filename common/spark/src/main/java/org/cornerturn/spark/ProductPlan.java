package org.cornerturn.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.cornerturn.plan.ChunkPlan;
import org.cornerturn.plan.ChunkTask;

/**
 * A product to make: its identity, its tasks, and how it becomes visible. Most own a place: a
 * folder with all that is in it, or a file. A <em>branch</em> owns but some members of a folder
 * that others have published, arrays that lie beside theirs.
 *
 * @param name readable name; with the fingerprint it makes the product's id
 * @param root URI or path of the product: a folder, or a file. Of a file, tasks and publisher use
 *     the store of the folder that it lies in
 * @param state URI of the folder that holds {@code product.json}
 * @param members of a branch: names, in the root, of the folders that are its own; empty for a
 *     product that owns its root
 * @param fingerprint 64 hexadecimal digits over inputs, parameters and versions ({@link
 *     org.cornerturn.plan.Fingerprint})
 * @param verb the command that {@code resume} calls
 * @param parameters all that this command needs to plan this product again
 * @param inputs the inputs as they were planned
 * @param chunks the tasks
 * @param refusals objects of the input that are left out
 */
public record ProductPlan<T extends ChunkTask>(
    String name,
    String root,
    String state,
    List<String> members,
    String fingerprint,
    String verb,
    ObjectNode parameters,
    List<InputVersion> inputs,
    ChunkPlan<T> chunks,
    List<Refusal> refusals,
    Publisher publisher) {

  /** Folder of the engine's own objects inside a product or an output folder. */
  public static final String STATE = "_cornerturn";

  public ProductPlan {
    root = withoutSlash(root);
    state = withoutSlash(state);
    members = List.copyOf(members);
    if (!fingerprint.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("not a fingerprint: " + fingerprint);
    }
    parameters = parameters.deepCopy();
    inputs = List.copyOf(inputs);
    refusals = List.copyOf(refusals);
    Objects.requireNonNull(chunks);
    Objects.requireNonNull(publisher);
  }

  /** A product that is a folder (a Zarr store): its state lies inside it. */
  public static <T extends ChunkTask> ProductPlan<T> folder(
      String name,
      String root,
      String fingerprint,
      String verb,
      ObjectNode parameters,
      List<InputVersion> inputs,
      ChunkPlan<T> chunks,
      List<Refusal> refusals,
      Publisher publisher) {
    return new ProductPlan<>(
        name,
        root,
        withoutSlash(root) + "/" + STATE,
        List.of(),
        fingerprint,
        verb,
        parameters,
        inputs,
        chunks,
        refusals,
        publisher);
  }

  /** A product that is one file: its state lies beside it, in {@code ROOT._cornerturn/}. */
  public static <T extends ChunkTask> ProductPlan<T> file(
      String name,
      String root,
      String fingerprint,
      String verb,
      ObjectNode parameters,
      List<InputVersion> inputs,
      ChunkPlan<T> chunks,
      Publisher publisher) {
    return new ProductPlan<>(
        name,
        root,
        withoutSlash(root) + "." + STATE,
        List.of(),
        fingerprint,
        verb,
        parameters,
        inputs,
        chunks,
        List.of(),
        publisher);
  }

  /**
   * A product that is some members of a published folder: nothing else there is looked at or
   * touched. Its state lies in {@code ROOT/_cornerturn/BRANCH/}, so it goes when the folder goes.
   *
   * @param root the folder around the members
   * @param branch name of the branch, distinct in its folder
   * @param members names of the folders that are its own
   */
  public static <T extends ChunkTask> ProductPlan<T> branch(
      String name,
      String root,
      String branch,
      List<String> members,
      String fingerprint,
      String verb,
      ObjectNode parameters,
      List<InputVersion> inputs,
      ChunkPlan<T> chunks,
      Publisher publisher) {
    for (String member : members) {
      if (member.isEmpty() || member.contains("/") || member.equals(STATE)) {
        throw new IllegalArgumentException("no member of a folder: " + member);
      }
    }
    if (members.isEmpty()) {
      throw new IllegalArgumentException("a branch without members");
    }
    return new ProductPlan<>(
        name,
        root,
        withoutSlash(root) + "/" + STATE + "/" + branch,
        members,
        fingerprint,
        verb,
        parameters,
        inputs,
        chunks,
        List.of(),
        publisher);
  }

  /** Whether the product is members of a folder that others have published. */
  boolean isBranch() {
    return !members.isEmpty();
  }

  /** Whether the product is one file, rather than a folder of objects. */
  boolean isFile() {
    return isFile(root, state);
  }

  static boolean isFile(String root, String state) {
    return state.equals(root + "." + STATE);
  }

  /** URI of the store that the tasks' keys are relative to: the root, or the folder of a file. */
  String objects() {
    return objects(root, state);
  }

  static String objects(String root, String state) {
    if (!isFile(root, state)) {
      return root;
    }
    int slash = root.lastIndexOf('/');
    return slash < 0 ? "." : slash == 0 ? "/" : root.substring(0, slash);
  }

  /** Key of a product of one file in {@link #objects()}. */
  String fileKey() {
    return root.substring(root.lastIndexOf('/') + 1);
  }

  /** Readable and unique: the name and the fingerprint's first 12 digits. */
  public String id() {
    return name + "-" + fingerprint.substring(0, 12);
  }

  private static String withoutSlash(String uri) {
    return uri.length() > 1 ? uri.replaceAll("/+$", "") : uri;
  }
}
