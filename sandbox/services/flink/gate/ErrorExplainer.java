package gate;

import static gate.Refusal.Code.FAILED;
import static gate.Refusal.Code.INVALID_SQL;
import static gate.Refusal.Code.OUT_OF_MEMORY;
import static gate.Refusal.Code.TOO_COMPLEX;
import static gate.Refusal.Code.UNKNOWN_TOPIC;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/** Turns the chain of causes that Flink throws into one readable line, with a code, and a place where Flink names one. */
final class ErrorExplainer {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** @param place null where Flink names none */
  record Explanation(Refusal.Code code, String message, ErrorPlace place) {}

  /** Explains an error from before anything ran. */
  static SqlError explain(Throwable error) {
    return toSqlError(error, false);
  }

  /** Explains an error from fetching rows: a place in a data row is not a place in the statement. */
  static SqlError explainRunning(Throwable error) {
    return toSqlError(error, true);
  }

  static Explanation explanation(Throwable error, boolean running) {
    List<Throwable> causes = causes(error);
    for (Throwable cause : causes) {
      if (cause instanceof Refusal refusal) return new Explanation(refusal.code, refusal.getMessage(), null);
    }
    if (causes.stream().anyMatch(ErrorExplainer::isUnknownTopic)) {
      return new Explanation(UNKNOWN_TOPIC, "A topic that this statement uses does not exist.", null);
    }
    if (causes.stream().anyMatch(ErrorExplainer::isTooDeep)) {
      return new Explanation(TOO_COMPLEX, "The statement is nested too deeply.", null);
    }
    if (causes.stream().anyMatch(ErrorExplainer::isOutOfMemory)) {
      return new Explanation(OUT_OF_MEMORY, "The statement needed more memory than is available.", null);
    }
    Throwable root = lastWithMessage(causes);
    if (running) return new Explanation(FAILED, recordOf(causes) + ErrorText.tidy(messageOf(root)), null);
    return beforeRunning(causes, root);
  }

  /** Returns the record that could not be read, as Flink shows it, to precede the reason. */
  private static String recordOf(List<Throwable> causes) {
    // A record that was read well fails under its format's name when an operator behind the source throws.
    if (causes.stream().anyMatch(cause -> cause.toString().contains("ExceptionInChainedOperatorException"))) return "";
    for (Throwable cause : causes) {
      if (messageOf(cause).matches("(?s)Failed to deserialize \\S+ '.*")) return ErrorText.tidy(messageOf(cause)) + " ";
    }
    return "";
  }

  private static Explanation beforeRunning(List<Throwable> causes, Throwable root) {
    if (messageOf(root).equals("only single statement supported")) {
      return new Explanation(INVALID_SQL, "Only one statement is allowed at a time.", null);
    }
    Throwable placed = null;
    for (Throwable cause : causes) if (ErrorPlace.isNamedIn(messageOf(cause))) placed = cause;
    if (placed == null) {
      boolean fromPlanner = root.getClass().getName().matches(".*(Validation|Parse|Table|Calcite).*");
      return new Explanation(fromPlanner ? INVALID_SQL : FAILED, ErrorText.tidy(messageOf(root)), null);
    }
    String message = ErrorPlace.isNamedIn(messageOf(root)) ? messageOf(placed) : messageOf(root);
    String tidy = ErrorText.tidy(ErrorPlace.without(message));
    return new Explanation(INVALID_SQL, tidy, ErrorPlace.in(messageOf(placed)).wideAs(ErrorText.encountered(tidy)));
  }

  private static SqlError toSqlError(Throwable error, boolean running) {
    for (Throwable cause : causes(error)) if (cause instanceof SqlError explained) return explained;
    Explanation explanation = explanation(error, running);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("code", explanation.code.name().toLowerCase(Locale.ROOT));
    fields.put("message", explanation.message);
    if (explanation.place != null) {
      fields.put("line", explanation.place.line());
      fields.put("column", explanation.place.column());
      fields.put("endLine", explanation.place.endLine());
      fields.put("endColumn", explanation.place.endColumn());
    }
    try {
      return new SqlError(JSON.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an error cannot be written as JSON", e);
    }
  }

  private static List<Throwable> causes(Throwable error) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = error; cause != null && !causes.contains(cause); cause = cause.getCause()) causes.add(cause);
    return causes;
  }

  private static Throwable lastWithMessage(List<Throwable> causes) {
    Throwable last = causes.getFirst();
    for (Throwable cause : causes) if (cause.getMessage() != null) last = cause;
    return last;
  }

  private static String messageOf(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  private static boolean isUnknownTopic(Throwable error) {
    return error.toString().contains("UnknownTopicOrPartition");
  }

  private static boolean isTooDeep(Throwable error) {
    String message = messageOf(error);
    return error instanceof StackOverflowError
        || message.contains("StackOverflowError")
        // What remains of a stack overflow inside Calcite's parser.
        || message.contains("SqlParseException.getMessage()\" is null");
  }

  private static boolean isOutOfMemory(Throwable error) {
    return error instanceof OutOfMemoryError || error.toString().startsWith("java.lang.OutOfMemoryError");
  }

  private ErrorExplainer() {}
}
