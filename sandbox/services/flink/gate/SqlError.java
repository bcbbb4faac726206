package gate;

import org.apache.flink.table.gateway.api.utils.SqlGatewayException;

/** What a client sees: one line of JSON, which the endpoint prints after the name of this class. */
final class SqlError extends SqlGatewayException {
  SqlError(String json) {
    super(json);
    setStackTrace(new StackTraceElement[0]);
  }
}
