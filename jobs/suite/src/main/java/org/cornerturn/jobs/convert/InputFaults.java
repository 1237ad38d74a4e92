package org.cornerturn.jobs.convert;

import java.io.IOException;
import java.util.Optional;
import org.cornerturn.InputFault;
import org.cornerturn.UserError;
import org.cornerturn.spark.Refusal;
import org.cornerturn.spark.StoreFaults;

/** Faults of single inputs, in words. */
public final class InputFaults {
  private InputFaults() {}

  /** What is wrong with one input; faults of its store, or ours, concern them all. */
  static UserError mistake(String uri, Exception fault) throws IOException {
    if (fault instanceof UserError mistake) {
      return mistake;
    }
    if (fault instanceof InputFault) {
      return new UserError(uri, reason(uri, fault), "Nothing was written", fault);
    }
    Optional<UserError> mistake = StoreFaults.explain(fault, uri);
    if (mistake.isPresent()) {
      if (StoreFaults.isDenied(fault)) {
        return mistake.get();
      }
      throw mistake.get();
    }
    if (fault instanceof IOException e) {
      throw e;
    }
    throw (RuntimeException) fault;
  }

  /** The fault in words, without the file's name, which stands before it anyway. */
  public static String reason(String uri, Exception fault) {
    String message = String.valueOf(fault.getMessage());
    return message.startsWith(uri + ": ") ? message.substring(uri.length() + 2) : message;
  }

  /** The same for the ledger, where the file's name has a column of its own. */
  static Refusal refusal(String uri, Exception fault, UserError mistake) {
    return new Refusal(uri, reason(uri, fault instanceof InputFault ? fault : mistake));
  }
}
