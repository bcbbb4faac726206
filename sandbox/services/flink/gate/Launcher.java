package gate;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.minicluster.RpcServiceSharing;
import org.apache.flink.streaming.connectors.kafka.table.LogicalTopicNames;
import org.apache.flink.table.gateway.api.endpoint.SqlGatewayEndpoint;
import org.apache.flink.table.gateway.api.endpoint.SqlGatewayEndpointFactoryUtils;
import org.apache.flink.table.gateway.service.context.DefaultContext;
import org.apache.flink.table.gateway.service.session.SessionManager;

/** Starts a cluster and the gated SQL gateway in front of it in one JVM. The argument is the folder of Flink's config.yaml. */
public final class Launcher {
  private static final String READY = "Flink SQL is ready";
  private static final String KEY_VARIABLE = "SANDBOX_KEY";
  private static final long WATCH_MS = 500;
  private static final int TASK_MANAGER_LOST = 3;

  public static void main(String[] arguments) throws Exception {
    String key = System.getenv(KEY_VARIABLE);
    if (key == null || key.isEmpty()) throw new IllegalStateException(KEY_VARIABLE + " is missing");
    Configuration configuration = GlobalConfiguration.loadConfiguration(arguments[0]);
    FileSystem.initialize(configuration, PluginUtils.createPluginManagerFromRootFolder(configuration));
    MiniCluster cluster = startCluster(configuration);
    InProcessSubmitter.submitTo(cluster);
    LogicalTopicNames.install();
    startGateway(configuration, cluster, key);
    System.out.println(READY);
    endWithoutTaskManager(cluster);
  }

  /** Ends the JVM, so that a new one starts, when the cluster has lost its only task manager: it reports dead jobs as running. */
  private static void endWithoutTaskManager(MiniCluster cluster) throws Exception {
    boolean seen = false;
    for (; ; Thread.sleep(WATCH_MS)) {
      int connected = cluster.requestClusterOverview().get().getNumTaskManagersConnected();
      if (seen && connected == 0) Runtime.getRuntime().halt(TASK_MANAGER_LOST);
      seen = connected > 0;
    }
  }

  private static MiniCluster startCluster(Configuration configuration) throws Exception {
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(configuration.get(TaskManagerOptions.NUM_TASK_SLOTS))
                .setRpcServiceSharing(RpcServiceSharing.SHARED)
                .build());
    cluster.start();
    return cluster;
  }

  private static void startGateway(Configuration configuration, MiniCluster cluster, String key) throws Exception {
    Configuration gateway = new Configuration(configuration);
    gateway.set(DeploymentOptions.TARGET, InProcessSubmitter.TARGET);
    gateway.set(RestOptions.PORT, cluster.getRestAddress().get().getPort());
    SessionManager sessions = SessionManager.create(DefaultContext.load(gateway, List.of(), false));
    sessions.start();
    GatedService service = new GatedService(sessions, Policy.load(), key, cluster);
    for (SqlGatewayEndpoint endpoint : SqlGatewayEndpointFactoryUtils.createSqlGatewayEndpoint(service, gateway)) {
      endpoint.start();
    }
  }

  private Launcher() {}
}
