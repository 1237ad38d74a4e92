package org.cornerturn.spark;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.cornerturn.UserError;

/** Says in the user's words what a store's exception means. */
public final class StoreFaults {
  private StoreFaults() {}

  /**
   * The user's side of a fault: no permission, no such bucket, no such host, no credentials, no
   * space left.
   *
   * @param uri what was opened, for the message
   * @return empty when the fault is none of these
   */
  public static Optional<UserError> explain(Throwable fault, String uri) {
    if (any(fault, t -> t instanceof UserError)) {
      return Optional.of((UserError) find(fault, t -> t instanceof UserError).orElseThrow());
    }
    for (Known k : Known.values()) {
      if (any(fault, k.sign)) {
        return Optional.of(new UserError("can't use " + uri, k.reason, k.remedy, fault));
      }
    }
    return Optional.empty();
  }

  /**
   * The exception to throw for a fault: the user's mistake if it is one, else the fault itself.
   *
   * @param uri what was opened
   */
  public static IOException orMistake(IOException fault, String uri) {
    Optional<UserError> mistake = explain(fault, uri);
    if (mistake.isPresent()) {
      throw mistake.get();
    }
    return fault;
  }

  /** Whether the store lets its other objects be read, only not this one. */
  public static boolean isDenied(Throwable fault) {
    return any(fault, Known.DENIED.sign);
  }

  /** Whether trying again is useless until somebody mends the store or the settings. */
  static boolean isPermanent(Throwable fault) {
    for (Known k : Known.values()) {
      if (!Known.PASSING.contains(k) && any(fault, k.sign)) {
        return true;
      }
    }
    return false;
  }

  static boolean isStoreFull(Throwable fault) {
    return any(fault, Known.FULL.sign);
  }

  /** One line: the exception's message, its first line if it has several. */
  static String line(Throwable fault) {
    String m = fault.getMessage() == null ? "" : fault.getMessage().strip();
    int end = m.indexOf('\n');
    String first = end < 0 ? m : m.substring(0, end);
    return fault instanceof org.cornerturn.InputFault || fault instanceof UserError
        ? first
        : fault.getClass().getSimpleName() + (first.isEmpty() ? "" : ": " + first);
  }

  private enum Known {
    FULL(
        t ->
            t instanceof IOException
                && (says(t, "no space left on device") || says(t, "disk quota exceeded")),
        "no space is left there",
        "Free some space; `cornerturn resume` goes on where this run stopped"),
    NO_CREDENTIALS(
        t ->
            named(t, "NoAuthWithAWSException")
                || named(t, "NoAwsCredentialsException")
                || named(t, "CredentialInitializationException")
                || says(t, "unable to load credentials"),
        "no credentials were found for it",
        "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile, or fs.s3a.access.key and"
            + " fs.s3a.secret.key"),
    BAD_CREDENTIALS(
        t ->
            says(t, "invalidaccesskeyid")
                || says(t, "signaturedoesnotmatch")
                || says(t, "expiredtoken"),
        "the server does not accept the credentials",
        "Check the access key, the secret key and, for temporary ones, their age"),
    NO_BUCKET(
        t -> named(t, "NoSuchBucketException") || says(t, "nosuchbucket") || bucketMissing(t),
        "there is no such bucket",
        "Check the name and the endpoint, or create the bucket"),
    DENIED(
        t ->
            t instanceof AccessDeniedException
                || t instanceof ReadOnlyFileSystemException
                || named(t, "AccessControlException")
                || says(t, "accessdenied")
                || says(t, "permission denied")
                || says(t, "operation not permitted")
                || says(t, "read-only file system")
                || says(t, "status code: 403"),
        "access is denied",
        "Check the user or the credentials, and their permissions on it"),
    NO_FOLDER(
        t -> t instanceof NotDirectoryException || says(t, "not a directory"),
        "a part of its path is a file, not a folder",
        "Name another place"),
    NO_HOST(
        t -> t instanceof UnknownHostException || says(t, "unknownhostexception"),
        "its host is unknown",
        "Check the endpoint (fs.s3a.endpoint) and the network"),
    NO_SCHEME(
        t -> says(t, "no filesystem for scheme") || named(t, "UnsupportedFileSystemException"),
        "no file system is known for this kind of URI",
        "Use a local path, s3a://bucket/key, or another scheme that Hadoop is configured for"),
    NO_CONNECTION(
        t ->
            t instanceof ConnectException
                || named(t, "HttpHostConnectException")
                || named(t, "ConnectTimeoutException")
                || says(t, "connection refused"),
        "its server does not answer",
        "Check the endpoint (fs.s3a.endpoint) and that the server runs"),
    UNSTEADY(
        t ->
            named(t, "AWSServiceThrottledException")
                || named(t, "AWSStatus500Exception")
                || named(t, "TruncatedChunkException")
                || named(t, "ConnectionClosedException")
                || named(t, "NoHttpResponseException")
                || says(t, "premature end of")
                || says(t, "connection reset")
                || says(t, "failed to respond"),
        "its server fails again and again, or breaks the connection",
        "Try again when it is well; what was done is kept");

    /** Those that may be over at the next attempt. */
    private static final Set<Known> PASSING = EnumSet.of(NO_CONNECTION, UNSTEADY);

    private final Predicate<Throwable> sign;
    private final String reason;
    private final String remedy;

    Known(Predicate<Throwable> sign, String reason, String remedy) {
      this.sign = sign;
      this.reason = reason;
      this.remedy = remedy;
    }
  }

  private static boolean bucketMissing(Throwable t) {
    return named(t, "UnknownStoreException") && says(t, "bucket");
  }

  // By name: the driver's and the executors' class paths may lack a store's own classes.
  private static boolean named(Throwable t, String simpleName) {
    return t.getClass().getSimpleName().equals(simpleName);
  }

  private static boolean says(Throwable t, String words) {
    return t.getMessage() != null && t.getMessage().toLowerCase(Locale.ROOT).contains(words);
  }

  private static boolean any(Throwable fault, Predicate<Throwable> sign) {
    return find(fault, sign).isPresent();
  }

  private static Optional<Throwable> find(Throwable fault, Predicate<Throwable> sign) {
    int depth = 0;
    for (Throwable t = fault; t != null && depth < 30; t = t.getCause(), depth++) {
      if (sign.test(t)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }
}
