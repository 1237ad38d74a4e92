package org.cornerturn.query.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.cornerturn.UserError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * API keys in a file of JSON that its owner alone may read. A running service sees changes of the
 * file within a second.
 */
public final class ApiKeys implements Gate.Authority {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
  private static final long LOOK_NANOS = 1_000_000_000L;

  /** What is told of a key. */
  public record Listed(
      String id, String name, String scope, List<String> roots, String created, String expires) {}

  private final Path file;
  private Map<String, ApiKey> keys = Map.of();
  private FileTime read;
  private long looked;

  private ApiKeys(Path file) {
    this.file = file;
  }

  /**
   * The keys of a file, which may not be there yet.
   *
   * @throws UserError when it is not a file of keys
   */
  public static ApiKeys in(Path file) {
    ApiKeys keys = new ApiKeys(file);
    keys.reload();
    return keys;
  }

  /** Makes a key; the secret is told once, here. */
  public synchronized String add(String name, Scope scope, List<String> roots, Instant expires) {
    ApiKey.Made made = ApiKey.make(name, scope, roots, Instant.now(), expires);
    change(
        all -> {
          all.put(made.kept().id(), made.kept());
          return all;
        });
    return made.secret();
  }

  /**
   * @throws UserError when there is no such key
   */
  public synchronized void revoke(String id) {
    change(
        all -> {
          if (all.remove(id) == null) {
            throw new UserError(
                "There is no key " + id,
                "the keys of " + file + " are " + all.keySet(),
                "Name one of these");
          }
          return all;
        });
  }

  public synchronized List<Listed> list() {
    reload();
    return keys.values().stream()
        .map(k -> new Listed(k.id(), k.name(), k.scope(), k.roots(), k.created(), k.expires()))
        .toList();
  }

  @Override
  public Optional<Principal> principal(String token) {
    Optional<String> id = ApiKey.id(token);
    if (id.isEmpty()) {
      return Optional.empty();
    }
    ApiKey key;
    synchronized (this) {
      lookAgain();
      key = keys.get(id.get());
    }
    return key != null && key.isOf(token, Instant.now())
        ? Optional.of(key.principal())
        : Optional.empty();
  }

  private void lookAgain() {
    long now = System.nanoTime();
    if (now - looked < LOOK_NANOS) {
      return;
    }
    looked = now;
    try {
      FileTime time = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
      if (time != null && !time.equals(read)) {
        reload();
      } else if (time == null) {
        keys = Map.of(); // Without the file nobody has a key.
        read = null;
      }
    } catch (IOException | UserError e) {
      LOG.warn("the keys of {} can't be read again; those known stay good", file, e);
    }
  }

  private void reload() {
    try {
      FileTime time = Files.getLastModifiedTime(file);
      keys = read();
      read = time;
    } catch (NoSuchFileException e) {
      keys = Map.of();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Map<String, ApiKey> read() throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return new LinkedHashMap<>();
    }
    try {
      Map<String, ApiKey> all = new LinkedHashMap<>();
      for (ApiKey k :
          JSON.readValue(Files.readAllBytes(file), new TypeReference<List<ApiKey>>() {})) {
        k.principal(); // Its scope must be one.
        all.put(k.id(), k);
      }
      return all;
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new UserError(
          "The file of API keys " + file,
          "it is no list of keys: " + e.getMessage(),
          "Make it with cornerturn serve keys add",
          e);
    }
  }

  private void change(UnaryOperator<Map<String, ApiKey>> change) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      Files.createDirectories(folder);
      Path lock = folder.resolve("." + file.getFileName() + ".lock");
      try (FileChannel c =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = c.lock()) {
        if (!held.isValid()) {
          throw new IOException("the lock " + lock + " is lost");
        }
        write(folder, new ArrayList<>(change.apply(new LinkedHashMap<>(read())).values()));
      }
      reload();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private void write(Path folder, List<ApiKey> all) throws IOException {
    Path pending =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
            ? Files.createTempFile(
                folder,
                ".keys",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
            : Files.createTempFile(folder, ".keys", "");
    Files.write(pending, JSON.writeValueAsBytes(all));
    Files.move(pending, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private UserError unreadable(IOException e) {
    return new UserError(
        "The file of API keys " + file,
        e.getMessage() == null ? e.toString() : e.getMessage(),
        "Name a file that this program may read and write",
        e);
  }
}
