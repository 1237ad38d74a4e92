package org.cornerturn.jobs.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cornerturn.UserError;
import org.cornerturn.fits.FitsException;
import org.cornerturn.fits.FitsImage;
import org.cornerturn.jobs.FileUri;
import org.cornerturn.plane.PlaneMask;
import org.cornerturn.plane.RegionMask;
import org.cornerturn.sky.Ds9Regions;
import org.cornerturn.spark.TaskStores;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStore;

/** Masks that a user names. */
final class MaskFiles {
  private MaskFiles() {}

  /** Where components may be; null for everywhere. */
  static PlaneMask read(Imaging imaging, TaskStores stores) throws IOException {
    PlaneMask mask = null;
    int width = imaging.geometry().width();
    int height = imaging.geometry().height();
    String fits = imaging.parameters().masks().fits();
    if (fits != null) {
      mask =
          PlaneMask.of(
              plane(stores.open(FileUri.folder(fits)), fits, width, height), width, height);
    }
    String regions = imaging.parameters().masks().regions();
    if (regions != null) {
      ObjectStore store = stores.open(FileUri.folder(regions));
      String text = new String(store.get(FileUri.key(regions)), StandardCharsets.UTF_8);
      PlaneMask drawn;
      try {
        drawn = RegionMask.ofEntries(Ds9Regions.parse(text), imaging.wcs(), width, height);
      } catch (IllegalArgumentException e) {
        throw new UserError("--region-mask " + regions, e.getMessage(), "Mend this file", e);
      }
      mask = mask == null ? drawn : mask.and(drawn);
    }
    if (!imaging.circles().isEmpty()) {
      PlaneMask disks = RegionMask.of(imaging.circles(), imaging.wcs(), width, height);
      mask = mask == null ? disks : mask.and(disks);
    }
    if (mask != null && mask.isEmpty()) {
      throw new UserError(
          "--fits-mask, --region-mask or --catalog-mask",
          "no pixel of the image is in it",
          "Widen the mask");
    }
    return mask;
  }

  private static float[] plane(ObjectStore store, String uri, int width, int height)
      throws IOException {
    try (ObjectChannel file = store.open(FileUri.key(uri))) {
      FitsImage image = FitsImage.open(file);
      if (image.description().width() != width || image.description().height() != height) {
        throw new UserError(
            "--fits-mask " + uri,
            String.format(
                "it has %d x %d pixels, the image %d x %d",
                image.description().width(), image.description().height(), width, height),
            "Make one of the image's size, or use --region-mask");
      }
      return image.plane(0, 0, (long) width * height);
    } catch (FitsException e) {
      throw new UserError("--fits-mask " + uri, e.getMessage(), "Name a FITS image", e);
    }
  }
}
