package org.cornerturn.fits;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.cornerturn.storage.ObjectChannel;

/** The headers of a FITS file, without its data. */
public final class FitsUnits {
  private static final int MOST_UNITS = 1000;

  private FitsUnits() {}

  /** One header, with the place of its data. */
  public static final class Unit {
    private final String file;
    private final HeaderBlock header;

    private Unit(String file, HeaderBlock header) {
      this.file = file;
      this.header = header;
    }

    /** First byte of the data. */
    public long dataStart() {
      return header.dataStart();
    }

    /** Value of a card; empty where there is none. */
    public String text(String key) {
      return header.text(key);
    }

    public double number(String key, double absent) {
      return header.number(key, absent);
    }

    public OptionalLong whole(String key) {
      return header.cards().containsKey(key)
          ? OptionalLong.of(header.cards().getLongValue(key))
          : OptionalLong.empty();
    }

    /** A number that has to be there, in a range. */
    public long whole(String key, long least, long most) throws FitsException {
      long value = whole(key).orElse(-1);
      if (value < least || value > most) {
        throw new FitsException(file + ": " + key + " of " + value);
      }
      return value;
    }
  }

  /** Every unit's header, as far as the file's bytes go. */
  public static List<Unit> of(ObjectChannel file) throws IOException {
    List<Unit> units = new ArrayList<>();
    long at = 0;
    while (at < file.size() && units.size() < MOST_UNITS) {
      HeaderBlock header = HeaderBlock.read(file, at);
      units.add(new Unit(file.name(), header));
      at = Math.addExact(header.dataStart(), header.dataBytes(file.name()));
    }
    return units;
  }
}
