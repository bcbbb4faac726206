package gate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.streaming.api.operators.collect.CollectSinkOperator;
import org.junit.jupiter.api.Test;

final class CollectSinkOperatorTest {
  /** Flink's own operator throws a NullPointerException here, and its task manager ends with every job that it runs. */
  @Test
  void whatWasNeverOpenedCanBeClosed() {
    CollectSinkOperator<byte[]> sink = new CollectSinkOperator<>(BytePrimitiveArraySerializer.INSTANCE, 1024, "rows");
    assertDoesNotThrow(sink::close);
  }
}
