package org.cornerturn.plan;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Identity of a question: SHA-256 over named facts in sorted order. Same inputs, parameters and
 * versions, same fingerprint.
 */
public final class Fingerprint {
  private final Map<String, String> facts = new TreeMap<>();

  public Fingerprint with(String name, Object value) {
    if (facts.put(name, String.valueOf(value)) != null) {
      throw new IllegalArgumentException("fact given twice: " + name);
    }
    return this;
  }

  /** 64 hexadecimal digits. */
  public String hex() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      facts.forEach(
          (k, v) -> {
            // Lengths keep ("a", "bc") and ("ab", "c") apart.
            byte[] kb = k.getBytes(StandardCharsets.UTF_8);
            byte[] vb = v.getBytes(StandardCharsets.UTF_8);
            sha.update((kb.length + ":" + vb.length + ":").getBytes(StandardCharsets.US_ASCII));
            sha.update(kb);
            sha.update(vb);
          });
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
