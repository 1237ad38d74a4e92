package org.cornerturn.query.root;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.cornerturn.query.http.Problem;
import org.cornerturn.storage.ObjectChannel;
import org.cornerturn.storage.ObjectStatus;
import org.cornerturn.storage.ObjectStore;

/**
 * A key that was found to lie in a root; there may or may not be an object of that key.
 *
 * @param key relative to the root; empty for the root itself
 */
public record Located(Root root, String key) {
  /** The key as askers write it: the root's name before it. */
  public String fullKey() {
    return key.isEmpty() ? root.name() : root.name() + "/" + key;
  }

  public ObjectStore store() {
    return root.store();
  }

  /**
   * @throws Problem 404 when there is no such object
   */
  public ObjectStatus status() {
    return find().orElseThrow(this::absent);
  }

  /** What the store says of the object, if there is one. */
  public Optional<ObjectStatus> find() {
    try {
      return key.isEmpty() ? Optional.empty() : store().status(key);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * @throws Problem 404 when there is no such object
   */
  public ObjectChannel open() {
    try {
      return store().open(key);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /**
   * @throws Problem 404 when there is no such object
   */
  public byte[] get() {
    try {
      return store().get(key);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private Problem absent() {
    return Problem.notFound("File not found: " + fullKey());
  }

  /** The problem that a fault of this root's store is. */
  public Problem failed(IOException e) {
    if (e instanceof NoSuchFileException) {
      return absent();
    }
    if (e instanceof AccessDeniedException) {
      return Problem.denied("Permission denied: " + fullKey());
    }
    return Problem.badGateway("The store of the root " + root.name() + " failed", e);
  }
}
