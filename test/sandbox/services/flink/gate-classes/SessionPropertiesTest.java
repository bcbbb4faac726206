package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionPropertiesTest {
  private final Policy policy = Policy.load();

  @Test
  void oursAreTakenOutAndALearnersSettingsStay() {
    Map<String, String> properties = properties("table.local-time-zone", "UTC");
    SessionProperties session = SessionProperties.takeFrom(properties, policy, "key");
    assertEquals(Map.of("table.local-time-zone", "UTC"), properties);
    assertEquals("u7f2.3.", session.prefix());
    assertEquals(4, session.maxJobs());
    assertEquals("u7f2 at 127.0.0.1:9092, ${key}", session.fill("${username} at ${bootstrap}, ${key}"));
  }

  @Test
  void theKeyMustBeTheServers() {
    for (String key : new String[] {"", "Key", "key "}) {
      assertRefused("Only the server can open sessions.", properties("sandbox.key", key));
    }
    Map<String, String> without = properties();
    without.remove("sandbox.key");
    assertRefused("Only the server can open sessions.", without);
  }

  @Test
  void eachPropertyMustBeThereAndWellFormed() {
    assertRefused("sandbox.prefix is missing or malformed.", properties("sandbox.prefix", "u7f2"));
    assertRefused("sandbox.password is missing or malformed.", properties("sandbox.password", "quoted\"quoted"));
    assertRefused("sandbox.max-jobs is missing or malformed.", properties("sandbox.max-jobs", "0"));
    assertRefused("sandbox.warehouse is unknown.", properties("sandbox.warehouse", "file:///"));
  }

  static Map<String, String> properties(String... changes) {
    Map<String, String> complete =
        Map.of(
            "sandbox.key", "key",
            "sandbox.prefix", "u7f2.3.",
            "sandbox.username", "u7f2",
            "sandbox.password", "secret-secret",
            "sandbox.bootstrap", "127.0.0.1:9092",
            "sandbox.bounded", "none",
            "sandbox.max-jobs", "4");
    return changed(complete, changes);
  }

  /** Returns a copy with some entries changed, given as key, value, key, value. */
  static Map<String, String> changed(Map<String, String> entries, String... changes) {
    Map<String, String> copy = new HashMap<>(entries);
    for (int i = 0; i < changes.length; i += 2) copy.put(changes[i], changes[i + 1]);
    return copy;
  }

  private void assertRefused(String message, Map<String, String> properties) {
    Refusal refusal = assertThrows(Refusal.class, () -> SessionProperties.takeFrom(properties, policy, "key"));
    assertEquals(message, refusal.getMessage());
  }
}
