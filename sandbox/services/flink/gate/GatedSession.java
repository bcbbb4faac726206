package gate;

import java.util.Map;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.connectors.kafka.table.LogicalTopicNames;

/** The gates between one session and Flink. */
final class GatedSession {
  final SettingGate settings;
  final StatementGate statements;
  final TableModule tables;
  final SessionJobs jobs;
  private final String prefix;

  /** @param properties of the session: those that only the server sets are taken out; the rest must be a learner's settings */
  GatedSession(Policy policy, String key, Map<String, String> properties, MiniCluster cluster) {
    SessionProperties session = SessionProperties.takeFrom(properties, policy, key);
    settings = new SettingGate(policy);
    settings.check(properties);
    TableGate gate = new TableGate(policy, session);
    tables = new TableModule(gate);
    statements = new StatementGate(policy, settings, gate);
    jobs = new SessionJobs(cluster, session.maxJobs());
    prefix = session.prefix();
    LogicalTopicNames.opened(prefix);
  }

  void close() {
    jobs.close();
    LogicalTopicNames.closed(prefix);
  }
}
