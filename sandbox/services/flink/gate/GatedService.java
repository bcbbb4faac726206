package gate;

import static gate.Refusal.Code.FAILED;
import static gate.Refusal.Code.STATEMENT_NOT_ALLOWED;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.table.gateway.api.operation.OperationHandle;
import org.apache.flink.table.gateway.api.results.ResultSet;
import org.apache.flink.table.gateway.api.session.SessionEnvironment;
import org.apache.flink.table.gateway.api.session.SessionHandle;
import org.apache.flink.table.gateway.service.SqlGatewayServiceImpl;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.gateway.service.session.Session;
import org.apache.flink.table.gateway.service.session.SessionManager;

/** Flink's SQL gateway with a separate gate for each session. Every route of the REST endpoint passes through here. */
final class GatedService extends SqlGatewayServiceImpl {
  private final Policy policy;
  private final String key;
  private final MiniCluster cluster;
  private final CompletionGuard completion;
  private final Map<SessionHandle, GatedSession> sessions = new ConcurrentHashMap<>();

  GatedService(SessionManager manager, Policy policy, String key, MiniCluster cluster) {
    super(manager);
    this.policy = policy;
    this.key = key;
    this.cluster = cluster;
    completion = new CompletionGuard(policy);
  }

  @Override
  public SessionHandle openSession(SessionEnvironment environment) {
    Map<String, String> properties = new HashMap<>(environment.getSessionConfig());
    try {
      GatedSession session = new GatedSession(policy, key, properties, cluster);
      SessionHandle handle =
          super.openSession(
              SessionEnvironment.newBuilder()
                  .setSessionEndpointVersion(environment.getSessionEndpointVersion())
                  .addSessionConfig(properties)
                  .build());
      contextOf(getSession(handle)).getSessionState().moduleManager.loadModule(TableModule.NAME, session.tables);
      sessions.put(handle, session);
      return handle;
    } catch (Throwable e) {
      throw ErrorExplainer.explain(e);
    }
  }

  @Override
  public void closeSession(SessionHandle handle) {
    GatedSession session = sessions.remove(handle);
    try {
      super.closeSession(handle);
    } finally {
      if (session != null) session.close();
    }
  }

  @Override
  public OperationHandle executeStatement(SessionHandle handle, String statement, long timeoutMs, Configuration configuration) {
    try {
      GatedSession gated = gatedSession(handle);
      gated.settings.check(configuration.toMap());
      Session session = getSession(handle);
      SessionContext context = contextOf(session);
      return session.getOperationManager().submitOperation(operation -> {
        try {
          return new GatedExecutor(context, configuration, gated).executeStatement(operation, statement);
        } catch (Throwable e) {
          throw ErrorExplainer.explain(e);
        }
      });
    } catch (Throwable e) {
      throw ErrorExplainer.explain(e);
    }
  }

  @Override
  public ResultSet fetchResults(SessionHandle handle, OperationHandle operation, long token, int maxRows) {
    try {
      return super.fetchResults(handle, operation, token, maxRows);
    } catch (Throwable e) {
      throw ErrorExplainer.explainRunning(e);
    }
  }

  @Override
  public List<String> completeStatement(SessionHandle handle, String statement, int position) {
    return completion.complete(statement, position, () -> super.completeStatement(handle, statement, position));
  }

  @Override
  public void configureSession(SessionHandle handle, String statement, long timeoutMs) {
    throw notAvailable();
  }

  @Override
  public OperationHandle refreshMaterializedTable(
      SessionHandle handle,
      String table,
      boolean periodic,
      String scheduleTime,
      Map<String, String> dynamicOptions,
      Map<String, String> staticPartitions,
      Map<String, String> configuration) {
    throw notAvailable();
  }

  @Override
  public <ClusterID> ClusterID deployScript(SessionHandle handle, URI uri, String script, Configuration configuration) {
    throw notAvailable();
  }

  private GatedSession gatedSession(SessionHandle handle) {
    GatedSession session = sessions.get(handle);
    if (session == null) throw new Refusal(FAILED, "The session does not exist.");
    return session;
  }

  private static SessionContext contextOf(Session session) {
    return session.createExecutor().getSessionContext();
  }

  private static SqlError notAvailable() {
    return ErrorExplainer.explain(new Refusal(STATEMENT_NOT_ALLOWED, "This operation is not available here."));
  }
}
