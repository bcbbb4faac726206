package gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A stretch of a statement as Flink's messages name it, both ends included, counted from 1. */
record ErrorPlace(int line, int column, int endLine, int endColumn) {
  private static final Pattern NAMED =
      Pattern.compile("(?i)(?:from )?(?:at )?line (\\d+), column (\\d+)(?: to line (\\d+), column (\\d+))?:?");

  static boolean isNamedIn(String message) {
    return NAMED.matcher(message).find();
  }

  /** The place that a message names; null when it names none. */
  static ErrorPlace in(String message) {
    Matcher found = NAMED.matcher(message);
    if (!found.find()) return null;
    int line = Integer.parseInt(found.group(1));
    int column = Integer.parseInt(found.group(2));
    if (found.group(3) == null) return new ErrorPlace(line, column, line, column);
    return new ErrorPlace(line, column, Integer.parseInt(found.group(3)), Integer.parseInt(found.group(4)));
  }

  /** Flink's parser names where a word begins alone: the place of all of it. */
  ErrorPlace wideAs(String word) {
    boolean beginAlone = line == endLine && column == endColumn;
    return beginAlone && !word.isEmpty() ? new ErrorPlace(line, column, line, column + word.length() - 1) : this;
  }

  static String without(String message) {
    return NAMED.matcher(message).replaceAll("");
  }
}
