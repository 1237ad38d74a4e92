package org.cornerturn.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.cornerturn.UserError;
import org.cornerturn.query.Server;
import org.cornerturn.query.Services;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys and tokens, against a real service and an issuer that serves its keys over HTTP. */
class AccessTest {
  private static final String AUDIENCE = "cornerturn-test";
  private static final AtomicInteger FETCHES = new AtomicInteger();

  /** A running service looks at its file of keys once a second. */
  private static final long LOOK_MILLIS = 1_100;

  @TempDir private static Path folder;
  private static HttpServer issuer;
  private static String issuerName;
  private static RSAKey rsa;
  private static ECKey ec;
  private static Path keyFile;
  private static Server server;

  @BeforeAll
  static void start() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("r1").generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("e1").generate();
    JWKSet published = new JWKSet(List.of(rsa.toPublicJWK(), ec.toPublicJWK()));
    issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    issuerName = "http://127.0.0.1:" + issuer.getAddress().getPort();
    answer(
        "/.well-known/openid-configuration",
        () -> "{\"issuer\":\"" + issuerName + "\",\"jwks_uri\":\"" + issuerName + "/jwks\"}");
    answer(
        "/jwks",
        () -> {
          FETCHES.incrementAndGet();
          return published.toString();
        });
    issuer.start();
    Path a = Files.createDirectories(folder.resolve("a"));
    Path b = Files.createDirectories(folder.resolve("b"));
    keyFile = folder.resolve("keys/keys.json");
    server =
        Services.start(
            folder,
            "root.a",
            a.toString(),
            "root.b",
            b.toString(),
            "auth.keys",
            keyFile.toString(),
            "auth.oidc.issuer",
            issuerName,
            "auth.oidc.audience",
            AUDIENCE);
  }

  private static void answer(String path, Supplier<String> body) {
    issuer.createContext(
        path,
        exchange -> {
          byte[] bytes = body.get().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
    issuer.stop(0);
  }

  private static int roots(String... headers) throws Exception {
    return Services.get(server, "/api/v1/roots", headers).statusCode();
  }

  private static int withToken(String token) throws Exception {
    return roots("Authorization", "Bearer " + token);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(issuerName)
        .audience(AUDIENCE)
        .subject("somebody")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)))
        .claim("scope", "openid cornerturn:read");
  }

  private static String signed(
      JWTClaimsSet claims, JWSAlgorithm algorithm, String id, JWSSigner signer) throws Exception {
    SignedJWT token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(id).build(), claims);
    token.sign(signer);
    return token.serialize();
  }

  private static String signed(JWTClaimsSet claims) throws Exception {
    return signed(claims, JWSAlgorithm.RS256, "r1", new RSASSASigner(rsa));
  }

  private static int with(UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
    return withToken(signed(change.apply(claims()).build()));
  }

  @Test
  void nobodyReadsWithoutSayingWhoHeIs() throws Exception {
    assertThat(roots()).isEqualTo(401);
    assertThat(Services.get(server, "/").statusCode()).isEqualTo(401);
    assertThat(Services.get(server, "/metrics").statusCode()).isEqualTo(401);
    assertThat(
            Services.get(server, "/api/v1/roots")
                .headers()
                .firstValue("WWW-Authenticate")
                .orElseThrow())
        .startsWith("Basic");
    for (String free : List.of("/health", "/ready", "/limits", "/openapi.json", "/docs")) {
      assertThat(Services.get(server, free).statusCode()).as(free).isEqualTo(200);
    }
    for (String wrong : List.of("Bearer x", "Basic !!", "Digest y", "Bearer", "Basic eDp5")) {
      assertThat(roots("Authorization", wrong)).as(wrong).isEqualTo(401);
    }
  }

  @Test
  void keysAreGoodUntilRevokedOrExpired() throws Exception {
    ApiKeys keys = ApiKeys.in(keyFile);
    String secret = keys.add("a test", Scope.READ, List.of(), null);
    String old = keys.add("old", Scope.READ, List.of(), Instant.now().minusSeconds(1));
    Thread.sleep(LOOK_MILLIS);
    assertThat(roots("X-API-Key", secret)).isEqualTo(200);
    assertThat(withToken(secret)).isEqualTo(200);
    String basic =
        Base64.getEncoder().encodeToString(("me:" + secret).getBytes(StandardCharsets.UTF_8));
    assertThat(roots("Authorization", "Basic " + basic)).isEqualTo(200);
    String last = secret.endsWith("A") ? "B" : "A";
    assertThat(withToken(secret.substring(0, secret.length() - 1) + last)).isEqualTo(401);
    assertThat(withToken(old)).isEqualTo(401);
    assertThat(Files.readString(keyFile)).doesNotContain(secret.substring(20));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
        .isEqualTo("rw-------");
    keys.revoke(ApiKey.id(secret).orElseThrow());
    Thread.sleep(LOOK_MILLIS);
    assertThat(withToken(secret)).isEqualTo(401);
    assertThatThrownBy(() -> keys.revoke("nothing")).isInstanceOf(UserError.class);
  }

  @Test
  void aKeyReadsItsRootsAlone() throws Exception {
    String secret = ApiKeys.in(keyFile).add("one root", Scope.READ, List.of("a"), null);
    Thread.sleep(LOOK_MILLIS);
    String told = Services.get(server, "/api/v1/roots", "X-API-Key", secret).body();
    assertThat(told).contains("\"a\"").doesNotContain("\"b\"");
  }

  @Test
  void tokensOfTheIssuerAreGood() throws Exception {
    assertThat(with(c -> c)).isEqualTo(200);
    assertThat(withToken(signed(claims().build(), JWSAlgorithm.ES256, "e1", new ECDSASigner(ec))))
        .isEqualTo(200);
    assertThat(with(c -> c.claim("scope", null).claim("scp", List.of("write")))).isEqualTo(200);
    assertThat(with(c -> c.audience(List.of("other", AUDIENCE)))).isEqualTo(200);
    String token = signed(claims().claim("cornerturn_roots", List.of("b")).build());
    String told = Services.get(server, "/api/v1/roots", "Authorization", "Bearer " + token).body();
    assertThat(told).contains("\"b\"").doesNotContain("\"a\"");
    assertThat(FETCHES.get()).isLessThan(4);
  }

  @Test
  void tokensThatAreNotQuiteRightAreRefused() throws Exception {
    Instant now = Instant.now();
    Date past = Date.from(now.minus(Duration.ofMinutes(5)));
    Date later = Date.from(now.plus(Duration.ofMinutes(5)));
    assertThat(with(c -> c.issuer("https://elsewhere"))).isEqualTo(401);
    assertThat(with(c -> c.audience("another"))).isEqualTo(401);
    assertThat(with(c -> c.audience((String) null))).isEqualTo(401);
    assertThat(with(c -> c.expirationTime(past))).isEqualTo(401);
    assertThat(with(c -> c.expirationTime(null))).isEqualTo(401);
    assertThat(with(c -> c.notBeforeTime(later))).isEqualTo(401);
    assertThat(with(c -> c.subject(null))).isEqualTo(401);
    assertThat(with(c -> c.claim("scope", "openid profile"))).isEqualTo(403);
    assertThat(with(c -> c.claim("scope", List.of(1)))).isEqualTo(403);
  }

  @Test
  void tricksWithAlgorithmsAndKeysAreRefused() throws Exception {
    assertThat(withToken(new PlainJWT(claims().build()).serialize())).isEqualTo(401);
    // The public key taken for a shared secret.
    byte[] known = rsa.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8);
    assertThat(withToken(signed(claims().build(), JWSAlgorithm.HS256, "r1", new MACSigner(known))))
        .isEqualTo(401);
    // An algorithm that the key could do, but that is not in the list.
    assertThat(withToken(signed(claims().build(), JWSAlgorithm.RS512, "r1", new RSASSASigner(rsa))))
        .isEqualTo(401);
    RSAKey stranger = new RSAKeyGenerator(2048).keyID("r1").generate();
    assertThat(
            withToken(
                signed(claims().build(), JWSAlgorithm.RS256, "r1", new RSASSASigner(stranger))))
        .isEqualTo(401);
    String[] parts = signed(claims().build()).split("\\.");
    String more =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("cornerturn:read", "cornerturn:admin");
    String forged =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(more.getBytes(StandardCharsets.UTF_8));
    assertThat(withToken(parts[0] + "." + forged + "." + parts[2])).isEqualTo(401);
  }

  @Test
  void aServiceThatOthersReachDoesNotStartOpen() {
    assertThatThrownBy(() -> Services.start(folder, "host", "0.0.0.0"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("--insecure");
    assertThatThrownBy(() -> Services.start(folder, "auth.oidc.issuer", issuerName))
        .hasMessageContaining("audience");
    assertThatThrownBy(
            () ->
                Services.start(
                    folder,
                    "auth.oidc.issuer",
                    issuerName,
                    "auth.oidc.audience",
                    "x",
                    "auth.oidc.algorithms",
                    "HS256"))
        .hasMessageContaining("asymmetric");
  }

  @Test
  void openOnOtherAddressesIfItIsSaid() throws Exception {
    try (Server open = Services.start(folder, "host", "0.0.0.0", "insecure", "true")) {
      URI there = URI.create("http://127.0.0.1:" + open.uri().getPort());
      assertThat(Services.get(there, "/api/v1/roots").statusCode()).isEqualTo(200);
    }
  }
}
