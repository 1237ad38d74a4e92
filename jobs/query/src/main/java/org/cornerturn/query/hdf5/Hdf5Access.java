package org.cornerturn.query.hdf5;

import java.util.Map;
import org.cornerturn.query.ByteCache;
import org.cornerturn.query.Service;
import org.cornerturn.query.http.Conditional;
import org.cornerturn.query.http.Deadline;
import org.cornerturn.query.http.Exchange;
import org.cornerturn.query.root.Located;
import org.cornerturn.storage.ObjectStatus;

/**
 * HDF5 files for all that answers questions about them: one set of open files, decoded tiles and
 * finished answers.
 */
public final class Hdf5Access {
  private static final double REPLIES_SHARE = 0.08;

  private final Hdf5Files files;
  private final Elements elements;
  private final ByteCache<Question, Kept> replies;

  /** All that an answer depends on. */
  private record Question(
      String version, String key, String operation, String path, String query, String accept) {
    String etag() {
      return Conditional.etag(version, key, operation, path, query, accept);
    }
  }

  private record Kept(String etag, Reply reply) {
    long bytes() {
      return reply.bytes();
    }
  }

  /** Makes the answer to a request from the file that it names. */
  @FunctionalInterface
  public interface Maker {
    Reply make(OpenFile file, Deadline deadline) throws Exception;
  }

  public Hdf5Access(Service service) {
    files = new Hdf5Files(service.caches());
    elements = new Elements(files, service.caches(), service.memory(), service.limits());
    replies = service.caches().cache("hdf5_replies", REPLIES_SHARE, Kept::bytes);
  }

  public Hdf5Files files() {
    return files;
  }

  public Elements elements() {
    return elements;
  }

  /**
   * Answers a request that reads: 304 where the asker has the answer, else a kept one or a new one.
   * The answer depends on the file's version, the operation, the path, the query and the media type
   * wanted, and on nothing else.
   *
   * @param key of the file
   */
  public void answer(Exchange exchange, String key, Maker maker) throws Exception {
    Located located = exchange.locate(key);
    ObjectStatus status = located.status();
    Question question = question(exchange, located, status);
    Kept before = replies.peek(question);
    String etag = before == null ? question.etag() : before.etag();
    exchange.header("Vary", "Accept");
    if (exchange.isAnsweredBy(etag)) {
      return;
    }
    Deadline deadline = exchange.deadline();
    Reply reply =
        replies
            .get(
                question,
                deadline,
                () -> {
                  try (OpenFile file = files.open(located, status, deadline)) {
                    return new Kept(etag, maker.make(file, deadline));
                  }
                })
            .reply();
    for (Map.Entry<String, String> h : reply.headers().entrySet()) {
      exchange.header(h.getKey(), h.getValue());
    }
    exchange.bytes(reply.mediaType(), reply.body());
  }

  /** The tag of the answer to a request about a version of a file. */
  public static String etag(Exchange exchange, Located located, ObjectStatus status) {
    return question(exchange, located, status).etag();
  }

  private static Question question(Exchange exchange, Located located, ObjectStatus status) {
    return new Question(
        status.version(),
        located.fullKey(),
        exchange.operation().id(),
        exchange.path(),
        exchange.query(),
        exchange.header("Accept").orElse(""));
  }
}
