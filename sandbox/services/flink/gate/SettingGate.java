package gate;

import static gate.Refusal.Code.OPTION_NOT_ALLOWED;
import static gate.Refusal.shorten;

import java.util.Map;
import java.util.regex.Pattern;

/** Allows only the settings that a learner may change. */
final class SettingGate {
  private final Map<String, Pattern> allowed;

  SettingGate(Policy policy) {
    allowed = policy.set();
  }

  void check(Map<String, String> settings) {
    settings.forEach(this::check);
  }

  void check(String key, String value) {
    if (!allowedValues(key).matcher(value).matches()) {
      throw new Refusal(OPTION_NOT_ALLOWED, "The setting '" + key + "' cannot be '" + shorten(value) + "' here.");
    }
  }

  void checkReset(String key) {
    allowedValues(key);
  }

  private Pattern allowedValues(String key) {
    Pattern values = allowed.get(key);
    if (values != null) return values;
    throw new Refusal(
        OPTION_NOT_ALLOWED,
        "The setting '" + shorten(key) + "' cannot be changed here. Allowed: " + String.join(", ", allowed.keySet()) + ".");
  }
}
