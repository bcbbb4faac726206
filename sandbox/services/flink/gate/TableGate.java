package gate;

import static gate.Refusal.Code.OPTION_NOT_ALLOWED;
import static gate.Refusal.shorten;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks the options of a table and adds those that a learner does not choose: broker, credential, topic prefix. */
final class TableGate {
  private final Policy policy;
  private final SessionProperties session;

  TableGate(Policy policy, SessionProperties session) {
    this.policy = policy;
    this.session = session;
  }

  void check(Map<String, String> options) {
    Policy.Connector connector = connectorOf(options);
    options.forEach((option, value) -> {
      if (!option.equals("connector")) check(connector, options.get("connector"), option, value);
    });
  }

  /** Returns the options of a table that is written to. */
  Map<String, String> forSink(Map<String, String> options) {
    check(options);
    Policy.Connector connector = connectorOf(options);
    Map<String, String> complete = new LinkedHashMap<>(options);
    connector.force().forEach((option, template) -> complete.put(option, session.fill(template)));
    for (String option : connector.prefixed()) complete.computeIfPresent(option, (name, value) -> prefixed(value));
    return complete;
  }

  /** Returns the options of a table that is read. In a bounded session every source ends, whatever the learner writes. */
  Map<String, String> forSource(Map<String, String> options) {
    Map<String, String> complete = forSink(options);
    if (!session.bounded()) return complete;
    complete.keySet().removeIf(option -> option.startsWith("scan.bounded."));
    connectorOf(options).bounded().forEach(complete::putIfAbsent);
    return complete;
  }

  private Policy.Connector connectorOf(Map<String, String> options) {
    String name = options.get("connector");
    String available = String.join(", ", policy.connectors().keySet());
    if (name == null) throw new Refusal(OPTION_NOT_ALLOWED, "A table needs a 'connector', which is one of " + available + ".");
    Policy.Connector connector = policy.connectors().get(name);
    if (connector != null) return connector;
    throw new Refusal(
        OPTION_NOT_ALLOWED, "The connector '" + shorten(name) + "' is not available here. Available: " + available + ".");
  }

  private void check(Policy.Connector connector, String connectorName, String option, String value) {
    String forced = connector.force().get(option);
    if (forced != null && !session.fill(forced).equals(value)) {
      throw new Refusal(OPTION_NOT_ALLOWED, "'" + option + "' is set for you: leave it out.");
    }
    if (forced != null) return;
    Pattern values = policy.valuesOf(connector, option);
    if (values == null) {
      throw new Refusal(
          OPTION_NOT_ALLOWED, "The option '" + shorten(option) + "' is not available for '" + connectorName + "' tables here.");
    }
    if (!values.matcher(value).matches()) {
      throw new Refusal(OPTION_NOT_ALLOWED, "The option '" + option + "' cannot be '" + shorten(value) + "' here.");
    }
  }

  private String prefixed(String names) {
    return Arrays.stream(names.split(";")).map(name -> session.prefix() + name).collect(Collectors.joining(";"));
  }
}
