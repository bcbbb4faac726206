package gate;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What learners may use, as policy.json lists it. Anything not listed is refused. A pattern must match a whole value.
 *
 * @param maxStatement most characters of one statement
 * @param statements simple names of Flink's operation classes
 * @param set settings that may be changed, with the values they may take
 * @param formats of a table's records, each with its options, which may also follow `key.` and `value.`
 * @param connectors kinds of tables
 * @param session properties, without "sandbox.", that the server gives each session
 */
record Policy(
    int maxStatement,
    Set<String> statements,
    Map<String, Pattern> set,
    Map<String, Map<String, Pattern>> formats,
    Map<String, Connector> connectors,
    Map<String, Pattern> session) {

  /**
   * @param options that may be set; a `*` in a name matches one word
   * @param force options that a session sets, whatever the learner writes; `${name}` is a property of the session
   * @param prefixed options whose values, names separated by `;`, get the session's prefix
   * @param bounded options that a source gets in a session that must end on its own
   */
  record Connector(
      Map<String, Pattern> options, Map<String, String> force, List<String> prefixed, Map<String, String> bounded) {
    Connector {
      force = force == null ? Map.of() : force;
      prefixed = prefixed == null ? List.of() : prefixed;
      bounded = bounded == null ? Map.of() : bounded;
    }

    boolean hasFormat() {
      return options.containsKey("value.format");
    }
  }

  /** Returns the values that an option of a table may take, or null when the option is not available. */
  Pattern valuesOf(Connector connector, String option) {
    Pattern exact = connector.options.get(option);
    if (exact != null) return exact;
    for (Map.Entry<String, Pattern> entry : connector.options.entrySet()) {
      if (entry.getKey().contains("*") && matchesWord(entry.getKey(), option)) return entry.getValue();
    }
    return connector.hasFormat() ? formatOption(option.replaceFirst("^(key|value)\\.", "")) : null;
  }

  private Pattern formatOption(String option) {
    int dot = option.indexOf('.');
    if (dot < 0) return null;
    return formats.getOrDefault(option.substring(0, dot), Map.of()).get(option.substring(dot + 1));
  }

  private static boolean matchesWord(String name, String option) {
    return option.matches(name.replace(".", "\\.").replace("*", "[A-Za-z0-9_]+"));
  }

  /** Returns the policy that is packaged with the gate. */
  static Policy load() {
    try (InputStream json = Policy.class.getResourceAsStream("/policy.json")) {
      return new ObjectMapper().readValue(json, Policy.class);
    } catch (IOException e) {
      throw new IllegalStateException("policy.json cannot be read", e);
    }
  }
}
