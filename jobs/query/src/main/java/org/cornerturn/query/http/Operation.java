package org.cornerturn.query.http;

import java.util.ArrayList;
import java.util.List;
import org.cornerturn.query.access.Scope;

/**
 * What the API's description says of a path: from it requests are checked, and the OpenAPI document
 * is written. Built by {@link #at}; each method gives a changed copy.
 *
 * @param path as Javalin has it: {@code {name}} is one part, {@code <name>} may have slashes
 * @param aliases other paths with the same parameters
 * @param id unique; a name for programs, in camel case
 */
public record Operation(
    String path,
    List<String> aliases,
    String id,
    String tag,
    String summary,
    String description,
    List<Parameter<?>> parameters,
    List<Answer> answers,
    Scope scope,
    Cost cost,
    ErrorDialect errors) {

  /**
   * One kind of answer.
   *
   * @param mediaTypes none for an answer without a body
   */
  public record Answer(int status, String description, List<String> mediaTypes) {}

  /** An operation that reads, described no further yet. */
  public static Operation at(String path, String id, String tag, String summary) {
    return new Operation(
        path,
        List.of(),
        id,
        tag,
        summary,
        "",
        List.of(),
        List.of(),
        Scope.READ,
        Cost.READ,
        ErrorDialect.PROBLEM);
  }

  public Operation alsoAt(String... paths) {
    List<String> all = new ArrayList<>(aliases);
    all.addAll(List.of(paths));
    return new Operation(
        path,
        List.copyOf(all),
        id,
        tag,
        summary,
        description,
        parameters,
        answers,
        scope,
        cost,
        errors);
  }

  public Operation described(String text) {
    return new Operation(
        path, aliases, id, tag, summary, text, parameters, answers, scope, cost, errors);
  }

  public Operation with(Parameter<?>... more) {
    List<Parameter<?>> all = new ArrayList<>(parameters);
    all.addAll(List.of(more));
    return new Operation(
        path,
        aliases,
        id,
        tag,
        summary,
        description,
        List.copyOf(all),
        answers,
        scope,
        cost,
        errors);
  }

  public Operation answers(int status, String what, String... mediaTypes) {
    List<Answer> all = new ArrayList<>(answers);
    all.add(new Answer(status, what, List.of(mediaTypes)));
    return new Operation(
        path,
        aliases,
        id,
        tag,
        summary,
        description,
        parameters,
        List.copyOf(all),
        scope,
        cost,
        errors);
  }

  /** What the asker must be allowed; {@link Scope#NONE} for anybody. */
  public Operation needs(Scope needed) {
    return new Operation(
        path, aliases, id, tag, summary, description, parameters, answers, needed, cost, errors);
  }

  public Operation costs(Cost kind) {
    return new Operation(
        path, aliases, id, tag, summary, description, parameters, answers, scope, kind, errors);
  }

  public Operation failsAs(ErrorDialect dialect) {
    return new Operation(
        path, aliases, id, tag, summary, description, parameters, answers, scope, cost, dialect);
  }
}
