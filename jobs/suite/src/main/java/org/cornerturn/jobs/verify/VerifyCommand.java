package org.cornerturn.jobs.verify;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.cornerturn.jobs.ByteSize;
import org.cornerturn.jobs.ExitCode;
import org.cornerturn.jobs.Verb;
import org.cornerturn.spark.Verify;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cornerturn verify}. */
@Command(
    name = "verify",
    description = {
      "Compare a product with its ledger: every task done, every object there with its size and checksum.",
      "Ends with 0 (sound), 3 (something is missing) or 5 (something is corrupt)."
    },
    footer = {"", "Example:", "  cornerturn verify s3a://bucket/zarr/night.zarr"})
public final class VerifyCommand extends Verb {
  private static final int LISTED = 20;

  @Parameters(paramLabel = "URI", description = "A product, or a folder of products.")
  private String uri;

  @Option(names = "--quick", description = "Sizes only: reads no object.")
  private boolean quick;

  @Override
  protected ExitCode run() throws IOException {
    Verify.Depth depth = quick ? Verify.Depth.SIZES : Verify.Depth.CHECKSUMS;
    List<Verify.Result> results = Verify.run(uri, global().hadoop(), depth);
    if (global().json()) {
      console().json(results);
    }
    ExitCode worst = ExitCode.COMPLETE;
    for (Verify.Result r : results) {
      if (!global().json()) {
        console()
            .print(
                String.format(
                    Locale.ROOT,
                    "%s: %s, %d of %d tasks, %d objects, %s",
                    r.root(),
                    r.exitCode() == 0 ? "sound" : r.exitCode() == 3 ? "incomplete" : "corrupt",
                    r.recorded(),
                    r.planned(),
                    r.objects(),
                    ByteSize.inWords(r.bytes())));
      }
      list("missing", r.missing());
      list("corrupt", r.corrupt());
      worst = worse(worst, r.exitCode());
    }
    return worst;
  }

  private void list(String what, List<String> objects) {
    objects.stream().limit(LISTED).forEach(o -> console().warn("  " + what + ": " + o));
    if (objects.size() > LISTED) {
      console().warn("  ... and " + (objects.size() - LISTED) + " more " + what);
    }
  }

  private static ExitCode worse(ExitCode before, int code) {
    ExitCode now =
        code == 0 ? ExitCode.COMPLETE : code == 3 ? ExitCode.INCOMPLETE : ExitCode.CORRUPT;
    return now.code() > before.code() ? now : before;
  }
}
