package org.cornerturn.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The driver that holds a lease.
 *
 * @param id drawn for each lease
 * @param machine this boot of this machine and its process numbers' namespace; empty if unknown
 * @param pid process number
 * @param started when that process started: numbers are used again
 * @param since when the lease was taken
 * @param renewed when it was last renewed
 */
record Holder(
    String id,
    String host,
    String machine,
    long pid,
    Instant started,
    String verb,
    Instant since,
    Instant renewed) {

  static Holder self(String verb) {
    ProcessHandle me = ProcessHandle.current();
    Instant now = Instant.now();
    return new Holder(
        UUID.randomUUID().toString(),
        hostName(),
        machineId(),
        me.pid(),
        me.info().startInstant().orElse(Instant.EPOCH),
        verb,
        now,
        now);
  }

  Holder renewed(Instant now) {
    return new Holder(id, host, machine, pid, started, verb, since, now);
  }

  static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host"; // A name for messages only.
    }
  }

  private static String machineId() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return ""; // Not Linux: the holder counts as alive until its lease is stale.
    }
  }

  /** Whether this was a process of this very machine and is no more. */
  boolean isDead() {
    if (machine.isEmpty() || !machine.equals(machineId())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid);
    return process.isEmpty()
        || !process.get().isAlive()
        || !process.get().info().startInstant().orElse(started).equals(started);
  }

  byte[] bytes() throws IOException {
    ObjectNode n = ProductRecord.JSON.createObjectNode();
    n.put("id", id);
    n.put("host", host);
    n.put("machine", machine);
    n.put("pid", pid);
    n.put("started", started.toString());
    n.put("verb", verb);
    n.put("since", since.toString());
    n.put("renewed", renewed.toString());
    return ProductRecord.JSON.writeValueAsBytes(n);
  }

  static Holder of(byte[] bytes) throws IOException {
    JsonNode n = ProductRecord.JSON.readTree(bytes);
    return new Holder(
        n.path("id").asText(),
        n.path("host").asText(),
        n.path("machine").asText(),
        n.path("pid").asLong(),
        Instant.parse(n.path("started").asText(Instant.EPOCH.toString())),
        n.path("verb").asText(),
        Instant.parse(n.path("since").asText(Instant.EPOCH.toString())),
        Instant.parse(n.path("renewed").asText(Instant.EPOCH.toString())));
  }
}
