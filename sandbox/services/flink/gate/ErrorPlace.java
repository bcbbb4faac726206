package gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A range in a statement as Flink's messages name it, both ends inclusive, counted from 1. */
record ErrorPlace(int line, int column, int endLine, int endColumn) {
  private static final Pattern NAMED =
      Pattern.compile("(?i)(?:from )?(?:at )?line (\\d+), column (\\d+)(?: to line (\\d+), column (\\d+))?:?");

  static boolean isNamedIn(String message) {
    return NAMED.matcher(message).find();
  }

  /** Returns the place that a message names; null when it names none. */
  static ErrorPlace in(String message) {
    Matcher found = NAMED.matcher(message);
    if (!found.find()) return null;
    int line = Integer.parseInt(found.group(1));
    int column = Integer.parseInt(found.group(2));
    if (found.group(3) == null) return new ErrorPlace(line, column, line, column);
    return new ErrorPlace(line, column, Integer.parseInt(found.group(3)), Integer.parseInt(found.group(4)));
  }

  /** Returns the place of the whole word; Flink's parser names only where it begins. */
  ErrorPlace wideAs(String word) {
    boolean beginAlone = line == endLine && column == endColumn;
    return beginAlone && !word.isEmpty() ? new ErrorPlace(line, column, line, column + word.length() - 1) : this;
  }

  static String without(String message) {
    return NAMED.matcher(message).replaceAll("");
  }
}
