package org.cornerturn.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a command speaks: results on standard output, everything else on standard error. The one
 * way out, so that commands can be run, and their words read, inside another program.
 */
public final class Console {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  private final PrintStream out;
  private final PrintStream err;
  private final boolean quiet;
  private final boolean terminal;
  private Gathering gathering;

  /**
   * @param terminal whether {@code err} is a screen that can redraw a line
   */
  public Console(PrintStream out, PrintStream err, boolean quiet, boolean terminal) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
    this.terminal = terminal;
  }

  /** A line of the result. */
  public void print(String line) {
    out.println(line);
  }

  /**
   * The whole result as one JSON document: records, maps, lists, numbers and strings.
   *
   * @throws IllegalArgumentException when the value has no JSON form
   */
  public void json(Object document) {
    if (gathering != null) {
      gathering.documents.add(document);
      return;
    }
    try {
      out.println(JSON.writeValueAsString(document));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON form of " + document.getClass(), e);
    }
  }

  /**
   * Documents of a command that runs others: until this is closed they are kept, and then printed
   * as one, the last with those before it in {@code earlier}.
   */
  public final class Gathering implements AutoCloseable {
    private final List<Object> documents = new ArrayList<>();

    @Override
    public void close() {
      gathering = null;
      int last = documents.size() - 1;
      if (last == 0) {
        json(documents.get(0));
      } else if (last > 0) {
        ObjectNode all = JSON.valueToTree(documents.get(last));
        all.set("earlier", JSON.valueToTree(documents.subList(0, last)));
        json(all);
      }
    }
  }

  /** Keeps the documents of {@link #json}, to print them as one. */
  public Gathering gatherJson() {
    if (gathering != null) {
      throw new IllegalStateException("documents are gathered already");
    }
    gathering = new Gathering();
    return gathering;
  }

  /** A line for the person who watches, such as the summary; nothing with {@code --quiet}. */
  public void say(String line) {
    if (!quiet) {
      err.println(line);
    }
  }

  /** A line that the user must see, quiet or not. */
  public void warn(String line) {
    err.println(line);
  }

  /**
   * Shows how far a task is: a bar on a terminal, a line now and then elsewhere, nothing with
   * {@code --quiet}.
   *
   * @param task what is done, in a word or two
   * @param totalBytes how much there is to do
   */
  public Progress progress(String task, long totalBytes) {
    if (quiet) {
      return Progress.NONE;
    }
    return terminal
        ? ProgressOnTerminal.ofBytes(task, totalBytes, err)
        : new ProgressInLines(task, totalBytes, ByteSize::inWords, err, System::nanoTime);
  }

  /**
   * As {@link #progress}, of things that are counted.
   *
   * @param noun what they are, in the plural
   */
  public Progress count(String task, long total, String noun) {
    if (quiet || total == 0) {
      return Progress.NONE;
    }
    return terminal
        ? ProgressOnTerminal.ofThings(task, total, noun, err)
        : new ProgressInLines(task, total, n -> n + " " + noun, err, System::nanoTime);
  }
}
