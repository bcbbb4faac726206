package gate;

import static gate.Refusal.Code.FAILED;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What the server sets when it opens a session: whose topics, which credential, how many jobs. Learners never see it. */
final class SessionProperties {
  private static final String OURS = "sandbox.";
  private final Map<String, String> values;

  private SessionProperties(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Takes the properties that begin with "sandbox." out of `properties`; the rest are a learner's settings.
   *
   * @param key known only to the server; without it, no session opens, even for someone who reaches the port
   */
  static SessionProperties takeFrom(Map<String, String> properties, Policy policy, String key) {
    Map<String, String> values = new HashMap<>();
    properties.forEach((name, value) -> {
      if (name.startsWith(OURS)) values.put(name.substring(OURS.length()), value);
    });
    properties.keySet().removeIf(name -> name.startsWith(OURS));
    if (!same(key, values.remove("key"))) throw new Refusal(FAILED, "Only the server can open sessions.");
    policy.session().forEach((name, pattern) -> checkValue(name, pattern, values.get(name)));
    for (String name : values.keySet()) {
      if (!policy.session().containsKey(name)) throw new Refusal(FAILED, OURS + name + " is unknown.");
    }
    return new SessionProperties(values);
  }

  String prefix() {
    return values.get("prefix");
  }

  /** Returns whether every source must end on its own. */
  boolean bounded() {
    return values.get("bounded").equals("latest");
  }

  int maxJobs() {
    return Integer.parseInt(values.get("max-jobs"));
  }

  /** Replaces each `${name}` with that property. */
  String fill(String template) {
    String filled = template;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      filled = filled.replace("${" + entry.getKey() + "}", entry.getValue());
    }
    return filled;
  }

  private static void checkValue(String name, Pattern pattern, String value) {
    if (value == null || !pattern.matcher(value).matches()) throw new Refusal(FAILED, OURS + name + " is missing or malformed.");
  }

  private static boolean same(String expected, String given) {
    if (given == null) return false;
    return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }
}
