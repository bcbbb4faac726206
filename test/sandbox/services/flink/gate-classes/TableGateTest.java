package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TableGateTest {
  private static final Map<String, String> ORDERS = Map.of("connector", "kafka", "topic", "orders", "format", "json");

  @Test
  void namesBecomeTheSessionsOwn() {
    Map<String, String> options =
        gate("none").forSink(with("topic", "orders;refunds", "properties.group.id", "g", "sink.transactional-id-prefix", "t"));
    assertEquals("u7f2.3.orders;u7f2.3.refunds", options.get("topic"));
    assertEquals("u7f2.3.g", options.get("properties.group.id"));
    assertEquals("u7f2.3.t", options.get("sink.transactional-id-prefix"));
  }

  @Test
  void brokerAndCredentialAreFilledIn() {
    Map<String, String> options = gate("none").forSink(ORDERS);
    assertEquals("127.0.0.1:9092", options.get("properties.bootstrap.servers"));
    assertEquals("SASL_PLAINTEXT", options.get("properties.security.protocol"));
    assertEquals(true, options.get("properties.sasl.jaas.config").endsWith(" username=\"u7f2\" password=\"secret-secret\";"));
  }

  @Test
  void theForcedValueMayBeSaidAndNoOther() {
    gate("none").check(with("properties.bootstrap.servers", "127.0.0.1:9092"));
    assertRefused("is set for you", with("properties.bootstrap.servers", "evil:9092"));
  }

  @Test
  void onlyListedOptionsAndValuesPass() {
    gate("none").check(with("value.json.timestamp-format.standard", "SQL"));
    assertRefused("is not available", with("properties.interceptor.classes", "evil.Interceptor"));
    assertRefused("is not available", with("json.no-such-option", "true"));
    assertRefused("cannot be", with("json.timestamp-format.standard", "other"));
    assertRefused("cannot be", with("format", "orc"));
  }

  @Test
  void aPatternMustMatchAWholeValueAndAllItsLines() {
    assertRefused("cannot be", with("topic", "orders\nx"));
    assertRefused("cannot be", with("properties.group.id", "g\n"));
  }

  @Test
  void aStarInAnOptionIsOneWord() {
    Map<String, String> datagen = Map.of("connector", "datagen", "fields.id.kind", "random");
    gate("none").check(datagen);
    assertRefused("is not available", Map.of("connector", "datagen", "fields.a.b.kind", "random"));
  }

  @Test
  void aBoundedSessionEndsEverySourceAndNoSink() {
    Map<String, String> unbounded = with("scan.bounded.mode", "unbounded");
    assertEquals("latest-offset", gate("latest").forSource(unbounded).get("scan.bounded.mode"));
    assertEquals("unbounded", gate("none").forSource(unbounded).get("scan.bounded.mode"));
    assertNull(gate("latest").forSink(ORDERS).get("scan.bounded.mode"));
    assertEquals("10000", gate("latest").forSource(Map.of("connector", "datagen")).get("number-of-rows"));
    assertEquals("5", gate("latest").forSource(Map.of("connector", "datagen", "number-of-rows", "5")).get("number-of-rows"));
  }

  @Test
  void aTableWithoutAConnectorIsToldWhichThereAre() {
    assertRefused("A table needs a 'connector', which is one of kafka, upsert-kafka, datagen, blackhole.", Map.of());
  }

  private static TableGate gate(String bounded) {
    Policy policy = Policy.load();
    return new TableGate(policy, SessionProperties.takeFrom(SessionPropertiesTest.properties("sandbox.bounded", bounded), policy, "key"));
  }

  private static Map<String, String> with(String... changes) {
    return SessionPropertiesTest.changed(ORDERS, changes);
  }

  private static void assertRefused(String message, Map<String, String> options) {
    Refusal refusal = assertThrows(Refusal.class, () -> gate("none").check(options));
    assertEquals(Refusal.Code.OPTION_NOT_ALLOWED, refusal.code);
    assertEquals(true, refusal.getMessage().contains(message), refusal.getMessage());
  }
}
