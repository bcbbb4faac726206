package gate;

/** What the gate does not let pass. It is expected, so it carries no stack trace. */
final class Refusal extends RuntimeException {
  final Code code;

  Refusal(Code code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  /** Why a statement failed, as the server knows it by its lower-case name. */
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

  /** A learner's text, short enough to stand in a message. */
  static String shorten(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }
}
