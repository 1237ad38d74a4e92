package org.cornerturn.jobs.inspect;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.cornerturn.UserError;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.storage.InputFile;
import org.cornerturn.storage.InputFiles;
import org.cornerturn.storage.ObjectStore;
import org.cornerturn.storage.Stores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn inspect}. */
@Command(
    name = "inspect",
    description =
        "Show what is in an HDF5 file or a Zarr store: tree, types, shapes, chunks, filters, sizes. Only metadata are read.",
    footer = {
      "",
      "Examples:",
      "  cornerturn inspect night.h5",
      "  cornerturn --json inspect s3a://bucket/zarr/night.zarr"
    })
public final class InspectCommand extends Verb {
  @Parameters(paramLabel = "URI", description = "An HDF5 file or a Zarr store.")
  private String uri;

  @Option(names = "--attributes", description = "Show attributes, too.")
  private boolean attributes;

  @Override
  protected ExitCode run() throws IOException {
    Inventory inventory = inventory();
    if (global().json()) {
      console().json(inventory);
    } else {
      new InventoryText(console()::print, attributes).print(inventory);
    }
    return inventory.unreadable() == 0 ? ExitCode.COMPLETE : ExitCode.REFUSED;
  }

  private Inventory inventory() throws IOException {
    Optional<InputFile> file = file();
    if (file.isPresent()) {
      try (ObjectStore store = Stores.open(file.get().folder(), global().hadoop())) {
        return Hdf5Inventory.of(store.open(file.get().key()));
      }
    }
    try (ObjectStore store = Stores.open(uri.replaceAll("/+$", ""), global().hadoop())) {
      if (store.status("zarr.json").isEmpty()
          && store.status(".zgroup").isEmpty()
          && store.status(".zarray").isEmpty()) {
        throw new UserError(
            uri, "no such file, and no Zarr store either", "Give an HDF5 file or a Zarr store");
      }
      return ZarrInventory.of(store);
    }
  }

  private Optional<InputFile> file() throws IOException {
    try {
      List<InputFile> files =
          new InputFiles(java.util.Set.of(), global().hadoop()).expand(List.of(uri));
      return files.size() == 1 ? Optional.of(files.get(0)) : Optional.empty();
    } catch (UserError e) {
      // Not a file; what it is instead is for the caller to see.
      return Optional.empty();
    }
  }
}
