package org.cornerturn.jobs;

import java.util.List;
import org.cornerturn.jobs.apply.ApplyCommand;
import org.cornerturn.jobs.calibrate.CalibrateCommand;
import org.cornerturn.jobs.calibrator.CalibratorCommand;
import org.cornerturn.jobs.catalogue.CatalogCommand;
import org.cornerturn.jobs.convert.ConvertCommand;
import org.cornerturn.jobs.crossmatch.CrossmatchCommand;
import org.cornerturn.jobs.demo.DemoCommand;
import org.cornerturn.jobs.export.ExportCommand;
import org.cornerturn.jobs.flag.FlagCommand;
import org.cornerturn.jobs.image.ImageCommand;
import org.cornerturn.jobs.image.SelfcalCommand;
import org.cornerturn.jobs.index.IndexCommand;
import org.cornerturn.jobs.inspect.InspectCommand;
import org.cornerturn.jobs.model.ModelCommand;
import org.cornerturn.jobs.mosaic.MosaicCommand;
import org.cornerturn.jobs.night.NightCommand;
import org.cornerturn.jobs.photometry.PhotometryCommand;
import org.cornerturn.jobs.plot.PlotCommand;
import org.cornerturn.jobs.pyramid.PyramidCommand;
import org.cornerturn.jobs.resume.ResumeCommand;
import org.cornerturn.jobs.simulate.SimulateCommand;
import org.cornerturn.jobs.source.AssociateCommand;
import org.cornerturn.jobs.source.FindSourcesCommand;
import org.cornerturn.jobs.tables.TablesCommand;
import org.cornerturn.jobs.variability.VariabilityCommand;
import org.cornerturn.jobs.verify.VerifyCommand;
import org.cornerturn.jobs.warmup.WarmUpCommand;
import org.cornerturn.jobs.watch.WatchCommand;

/** Every command of the suite, in the order of the help. */
final class Verbs {
  static final List<Class<? extends Verb>> ALL =
      List.of(
          ConvertCommand.class,
          PyramidCommand.class,
          FlagCommand.class,
          ResumeCommand.class,
          VerifyCommand.class,
          InspectCommand.class,
          IndexCommand.class,
          WatchCommand.class,
          SimulateCommand.class,
          ExportCommand.class,
          CalibratorCommand.class,
          ModelCommand.class,
          CalibrateCommand.class,
          ApplyCommand.class,
          ImageCommand.class,
          MosaicCommand.class,
          CatalogCommand.class,
          CrossmatchCommand.class,
          NightCommand.class,
          SelfcalCommand.class,
          FindSourcesCommand.class,
          PhotometryCommand.class,
          AssociateCommand.class,
          VariabilityCommand.class,
          TablesCommand.class,
          PlotCommand.class,
          DemoCommand.class,
          WarmUpCommand.class);

  private Verbs() {}
}
