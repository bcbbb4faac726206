package gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Removes from Flink's messages what does not help a learner, and what no one may see. */
final class ErrorText {
  private static final int MOST = 600;
  private static final Pattern ENCOUNTERED = Pattern.compile("^(?:Encountered \"|Incorrect syntax near the keyword ')(\\w+(?: \\w+)*)['\"] ");

  static String tidy(String message) {
    String tidy =
        message
            // The table's options follow, including the credential.
            .replaceFirst("(?s)\\s*Table options are:.*", "")
            .replaceAll("password=\\\\?\"[^\"]*\"", "password=***")
            // The position of Jackson's reader, which says nothing about the record.
            .replaceFirst("(?s)\\s*at \\[Source: .*", "")
            .replaceFirst("(?s)\\s*Was expecting(?: one of)?:.*", "")
            .replaceFirst("^SQL (?:parse|validation) failed\\.? ?", "")
            .replaceAll("^(?:[a-z]+\\.)+[A-Za-z]+(?:Exception|Error): ", "")
            .trim();
    return tidy.length() > MOST ? tidy.substring(0, MOST) + "..." : tidy;
  }

  /** Returns the words that a parser's message is about, as in `Encountered "AND AND" .`; empty for any other message. */
  static String encountered(String message) {
    Matcher found = ENCOUNTERED.matcher(message);
    return found.find() ? found.group(1) : "";
  }

  private ErrorText() {}
}
