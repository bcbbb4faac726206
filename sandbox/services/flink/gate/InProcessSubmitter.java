package gate;

import org.apache.flink.api.dag.Pipeline;
import org.apache.flink.client.deployment.executors.PipelineExecutorUtils;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.core.execution.PipelineExecutor;
import org.apache.flink.core.execution.PipelineExecutorFactory;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient;
import org.apache.flink.runtime.minicluster.MiniClusterJobClient.JobFinalizationBehavior;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** Submits jobs to this JVM's cluster by a method call when `execution.target` is `sandbox`. Flink finds it by its service file. */
public final class InProcessSubmitter implements PipelineExecutorFactory {
  static final String TARGET = "sandbox";
  /** Flink creates a new submitter for each job, so the cluster cannot be passed to one. */
  private static volatile MiniCluster cluster;

  static void submitTo(MiniCluster running) {
    cluster = running;
  }

  @Override
  public String getName() {
    return TARGET;
  }

  @Override
  public boolean isCompatibleWith(Configuration configuration) {
    return TARGET.equals(configuration.get(DeploymentOptions.TARGET));
  }

  @Override
  public PipelineExecutor getExecutor(Configuration configuration) {
    return (Pipeline pipeline, Configuration settings, ClassLoader loader) -> {
      StreamGraph graph = PipelineExecutorUtils.getStreamGraph(pipeline, settings);
      graph.serializeUserDefinedInstances();
      return cluster
          .submitJob(graph)
          .thenApply(
              submitted ->
                  new MiniClusterJobClient(submitted.getJobID(), cluster, loader, JobFinalizationBehavior.NOTHING));
    };
  }
}
