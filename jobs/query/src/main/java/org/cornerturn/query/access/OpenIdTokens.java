package org.cornerturn.query.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.cornerturn.UserError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON Web Tokens of an OpenID Connect issuer (RFC 7519, RFC 8725): signed by one of the issuer's
 * keys with an algorithm of the list, meant for this service, in their time. The claim {@code
 * scope} (words) or {@code scp} (a list) says what is allowed: {@code read}, {@code write}, {@code
 * admin}, with or without {@code cornerturn:} before it; the claim {@code cornerturn_roots} names
 * the roots.
 */
public final class OpenIdTokens implements Gate.Authority {
  private static final Logger LOG = LoggerFactory.getLogger(OpenIdTokens.class);
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int MOST_BYTES = 1 << 20;
  private static final int CLOCK_SKEW_SECONDS = 60;
  private static final String OWN_PREFIX = "cornerturn:";

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  private OpenIdTokens() {}

  /**
   * @param issuer its address; claims name it exactly
   * @param audience what tokens must be meant for
   * @param jwks address of its keys, or null: asked of the issuer's discovery document
   * @param algorithms names of asymmetric signature algorithms (RFC 7518)
   */
  public static OpenIdTokens of(
      String issuer, String audience, String jwks, List<String> algorithms) {
    if (audience == null) {
      throw new UserError(
          "OpenID Connect is on for " + issuer,
          "no audience is named, so tokens for any other service would do here",
          "Set auth.oidc.audience");
    }
    OpenIdTokens tokens = new OpenIdTokens();
    DefaultResourceRetriever retriever =
        new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MOST_BYTES);
    URL keys = url(jwks == null ? discovered(issuer, retriever) : jwks);
    JWKSource<SecurityContext> source =
        JWKSourceBuilder.<SecurityContext>create(keys, retriever)
            .retrying(true)
            .outageTolerant(true)
            .build();
    tokens.processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(checked(algorithms), source));
    DefaultJWTClaimsVerifier<SecurityContext> claims =
        new DefaultJWTClaimsVerifier<>(
            audience, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "sub"));
    claims.setMaxClockSkew(CLOCK_SKEW_SECONDS);
    tokens.processor.setJWTClaimsSetVerifier(claims);
    return tokens;
  }

  private static Set<JWSAlgorithm> checked(List<String> algorithms) {
    Set<JWSAlgorithm> checked = new LinkedHashSet<>();
    for (String a : algorithms) {
      JWSAlgorithm algorithm = JWSAlgorithm.parse(a);
      if (!JWSAlgorithm.Family.SIGNATURE.contains(algorithm)) {
        throw new UserError(
            "The signature algorithm " + a,
            "it is none of the asymmetric ones, which alone prove who signed",
            "Use some of " + JWSAlgorithm.Family.SIGNATURE);
      }
      checked.add(algorithm);
    }
    return checked;
  }

  private static String discovered(String issuer, DefaultResourceRetriever retriever) {
    String at = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
    try {
      JsonNode document =
          new ObjectMapper().readTree(retriever.retrieveResource(url(at)).getContent());
      if (!document.path("issuer").asText().equals(issuer)) {
        throw new UserError(
            "The document " + at,
            "it names the issuer " + document.path("issuer").asText(),
            "Set auth.oidc.issuer to exactly what the issuer calls itself");
      }
      return document.path("jwks_uri").asText();
    } catch (IOException e) {
      throw new UserError(
          "The issuer " + issuer,
          at + " can't be read: " + e.getMessage(),
          "Check auth.oidc.issuer, or set auth.oidc.jwks",
          e);
    }
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError("The address " + text, "it is none", "Use https://...", e);
    }
  }

  @Override
  public Optional<Principal> principal(String token) {
    try {
      // Encrypted and unsigned tokens are no SignedJWT.
      return Optional.of(principal(processor.process(SignedJWT.parse(token), null)));
    } catch (ParseException | BadJOSEException e) {
      LOG.debug("a token was refused: {}", e.getMessage());
      return Optional.empty();
    } catch (JOSEException e) {
      LOG.warn("a token could not be checked", e);
      return Optional.empty();
    }
  }

  private static Principal principal(JWTClaimsSet claims) throws ParseException {
    Scope scope = Scope.NONE;
    for (String word : words(claims)) {
      String own = word.startsWith(OWN_PREFIX) ? word.substring(OWN_PREFIX.length()) : word;
      for (Scope s : Scope.values()) {
        if (s.name().toLowerCase(Locale.ROOT).equals(own) && s.compareTo(scope) > 0) {
          scope = s;
        }
      }
    }
    List<String> roots = claims.getStringListClaim("cornerturn_roots");
    return new Principal(
        "sub:" + claims.getSubject(), scope, Optional.ofNullable(roots).map(Set::copyOf));
  }

  private static Set<String> words(JWTClaimsSet claims) throws ParseException {
    Set<String> words = new HashSet<>();
    if (claims.getClaim("scope") instanceof String text) {
      words.addAll(List.of(text.strip().split("\\s+")));
    }
    if (claims.getClaim("scp") instanceof List<?>) {
      words.addAll(claims.getStringListClaim("scp"));
    }
    return words;
  }
}
