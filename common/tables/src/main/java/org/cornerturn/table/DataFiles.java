package org.cornerturn.table;

import io.delta.kernel.Scan;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.engine.FileReadResult;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.Optional;

/** Reads data files through Delta Kernel. */
final class DataFiles {
  private DataFiles() {}

  /**
   * The content of a data file in the schema of a scan; selection vectors tell which rows count.
   */
  static CloseableIterator<FilteredColumnarBatch> content(Engine engine, Scan scan, Row file)
      throws IOException {
    Row state = scan.getScanState(engine);
    CloseableIterator<ColumnarBatch> physical =
        engine
            .getParquetHandler()
            .readParquetFiles(
                Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                ScanStateRow.getPhysicalDataReadSchema(state),
                Optional.empty())
            .map(FileReadResult::getData);
    return Scan.transformPhysicalData(engine, state, file, physical);
  }
}
