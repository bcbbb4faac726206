package gate;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.gateway.service.context.SessionContext;
import org.apache.flink.table.gateway.service.operation.OperationExecutor;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.QueryOperation;
import org.apache.flink.table.resource.ResourceManager;

/** Executes the statements of a session in a table environment whose parser is gated and whose jobs are counted. */
final class GatedExecutor extends OperationExecutor {
  private final GatedSession session;

  GatedExecutor(SessionContext context, Configuration configuration, GatedSession session) {
    super(context, configuration);
    this.session = session;
  }

  @Override
  public TableEnvironmentInternal getTableEnvironment(ResourceManager resources, Configuration configuration) {
    TableEnvironmentInternal environment = super.getTableEnvironment(resources, configuration);
    return (TableEnvironmentInternal)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TableEnvironmentInternal.class},
            (proxy, method, arguments) -> call(environment, method, arguments));
  }

  private Object call(TableEnvironmentInternal environment, Method method, Object[] arguments) throws Throwable {
    if (method.getName().equals("getParser")) return new GatedParser(environment.getParser(), session.statements);
    if (!method.getName().equals("executeInternal")) return invoke(environment, method, arguments);
    if (!startsJob(arguments[0])) return execute(environment, method, arguments);
    return session.jobs.start(() -> execute(environment, method, arguments));
  }

  private Object execute(TableEnvironmentInternal environment, Method method, Object[] arguments) throws Throwable {
    Object result = invoke(environment, method, arguments);
    // CREATE TABLE AS is not a query, yet it also starts a job.
    if (result instanceof TableResult table) table.getJobClient().ifPresent(job -> session.jobs.add(job.getJobID()));
    return result;
  }

  private static boolean startsJob(Object operation) {
    return operation instanceof List || operation instanceof QueryOperation || operation instanceof ModifyOperation;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
