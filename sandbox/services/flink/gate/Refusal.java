package gate;

/** Thrown for what the gate refuses. It is expected, so it carries no stack trace. */
final class Refusal extends RuntimeException {
  final Code code;

  Refusal(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Why a statement failed; the server knows each code by its lower-case name. */
  enum Code {
    INVALID_SQL,
    STATEMENT_NOT_ALLOWED,
    OPTION_NOT_ALLOWED,
    STATEMENT_TOO_LONG,
    TOO_COMPLEX,
    TOO_MANY_JOBS,
    OUT_OF_MEMORY,
    UNKNOWN_TOPIC,
    FAILED
  }

  /** Returns a learner's text, short enough for a message. */
  static String shorten(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }
}
