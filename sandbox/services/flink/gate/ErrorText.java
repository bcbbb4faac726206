package gate;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts from Flink's messages what tells a learner nothing, or what nobody may see. */
final class ErrorText {
  private static final int MOST = 600;
  private static final Pattern ENCOUNTERED = Pattern.compile("^(?:Encountered \"|Incorrect syntax near the keyword ')(\\w+(?: \\w+)*)['\"] ");

  static String tidy(String message) {
    String tidy =
        message
            // The options of the table follow, with the credential among them.
            .replaceFirst("(?s)\\s*Table options are:.*", "")
            .replaceAll("password=\\\\?\"[^\"]*\"", "password=***")
            // Where Jackson's reader stood; it says nothing about the record.
            .replaceFirst("(?s)\\s*at \\[Source: .*", "")
            .replaceFirst("(?s)\\s*Was expecting(?: one of)?:.*", "")
            .replaceFirst("^SQL (?:parse|validation) failed\\.? ?", "")
            .replaceAll("^(?:[a-z]+\\.)+[A-Za-z]+(?:Exception|Error): ", "")
            .trim();
    return tidy.length() > MOST ? tidy.substring(0, MOST) + "..." : tidy;
  }

  /** The words that a parser's message is about, as in `Encountered "AND AND" .`; empty for every other message. */
  static String encountered(String message) {
    Matcher found = ENCOUNTERED.matcher(message);
    return found.find() ? found.group(1) : "";
  }

  private ErrorText() {}
}
