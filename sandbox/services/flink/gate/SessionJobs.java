package gate;

import static gate.Refusal.Code.TOO_MANY_JOBS;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** The jobs of one session: at most `most` at a time, and none outlives the session. */
final class SessionJobs {
  private final MiniCluster cluster;
  private final int most;
  private final Set<JobID> jobs = ConcurrentHashMap.newKeySet();
  private final Object starting = new Object();
  private volatile boolean closed;

  SessionJobs(MiniCluster cluster, int most) {
    this.cluster = cluster;
    this.most = most;
  }

  /** Something that may submit a job. */
  interface Start<T> {
    T run() throws Throwable;
  }

  /** Runs `start` when one more job fits. A session starts one job at a time, so that two cannot take the same place. */
  <T> T start(Start<T> start) throws Throwable {
    synchronized (starting) {
      long running = running();
      if (running >= most) {
        throw new Refusal(TOO_MANY_JOBS, running + " jobs are running, which is the limit. Stop one first.");
      }
      return start.run();
    }
  }

  void add(JobID job) {
    jobs.add(job);
    // Either `close` sees the job that was added, or this sees that the session was closed.
    if (closed) cluster.cancelJob(job);
  }

  void close() {
    closed = true;
    jobs.forEach(cluster::cancelJob);
  }

  private long running() throws ExecutionException, InterruptedException {
    return cluster.listJobs().get().stream()
        .filter(job -> jobs.contains(job.getJobId()) && !job.getJobState().isGloballyTerminalState())
        .count();
  }
}
