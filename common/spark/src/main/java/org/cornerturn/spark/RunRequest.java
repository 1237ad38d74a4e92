package org.cornerturn.spark;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.cornerturn.plan.ChunkTask;

/**
 * One command's work: one or many products that share a ledger.
 *
 * @param verb the command
 * @param arguments its command line, for the {@code runs} table
 * @param parameters all that {@code resume} of the whole run needs to plan it again
 * @param folder URI whose {@code _cornerturn/} holds the run's lease and ledger: the output folder
 *     of several products, the root of a single one
 * @param products in the order of their publication, tasks permitting
 * @param refusedInputs inputs of which no product could be planned
 * @param existing what to do with a product of other parameters in the same place
 * @param onUnsupported what refused inputs and objects mean for the run
 * @param warehouse URI of the {@code runs} and {@code products} tables, or null for none
 */
public record RunRequest<T extends ChunkTask>(
    String verb,
    List<String> arguments,
    ObjectNode parameters,
    String folder,
    List<ProductPlan<T>> products,
    List<Refusal> refusedInputs,
    Existing existing,
    OnUnsupported onUnsupported,
    String warehouse) {

  /** What to do with a product of other parameters in the same place. */
  public enum Existing {
    REFUSE,
    OVERWRITE
  }

  /** What refused inputs and objects mean for the run. */
  public enum OnUnsupported {
    /** Go on without them; the exit code says 4. */
    SKIP,
    /** Start nothing; the exit code says 2. */
    FAIL;

    /** As it is written on a command line. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public RunRequest {
    arguments = List.copyOf(arguments);
    parameters = parameters.deepCopy();
    folder = folder.length() > 1 ? folder.replaceAll("/+$", "") : folder;
    products = List.copyOf(products);
    refusedInputs = List.copyOf(refusedInputs);
  }

  /**
   * One product, whose own state folder holds the run's lease and ledger.
   *
   * @param arguments for the {@code runs} table
   */
  public static <T extends ChunkTask> RunRequest<T> of(
      ProductPlan<T> product, List<String> arguments, Existing existing, String warehouse) {
    return of(List.of(product), product.root(), arguments, existing, warehouse);
  }

  /**
   * Products of one question in one folder, with nothing refused.
   *
   * @param folder where the run's ledger lies
   */
  public static <T extends ChunkTask> RunRequest<T> of(
      List<ProductPlan<T>> products,
      String folder,
      List<String> arguments,
      Existing existing,
      String warehouse) {
    return new RunRequest<>(
        products.get(0).verb(),
        arguments,
        products.get(0).parameters(),
        folder,
        products,
        List.of(),
        existing,
        OnUnsupported.SKIP,
        warehouse);
  }

  /** Whether lease and ledger lie in the state folder of the one product. */
  boolean isSingle() {
    return products.size() == 1 && products.get(0).root().equals(folder);
  }

  /** URI of the state folder that holds the run's lease and ledger. */
  String workspace() {
    return isSingle() ? products.get(0).state() : folder + "/" + ProductPlan.STATE;
  }
}
