package org.apache.flink.streaming.connectors.kafka.table;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.kafka.shaded.org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.flink.streaming.connectors.kafka.table.DynamicKafkaDeserializationSchema.MetadataConverter;
import org.apache.flink.table.data.StringData;

/**
 * Gives `METADATA FROM 'topic'` the names that learners write, without their session's prefix. In the connector's package, because its
 * metadata columns are visible nowhere else.
 */
public final class LogicalTopicNames {
  /** Prefixes of open sessions, each with their number. Jobs run in this JVM, so a converter finds them here. */
  private static final Map<String, Integer> PREFIXES = new ConcurrentHashMap<>();

  /** Replaces the converter of the topic's metadata column. */
  public static void install() {
    MetadataConverter converter = LogicalTopicNames::read;
    try {
      Field field = KafkaDynamicSource.ReadableMetadata.class.getDeclaredField("converter");
      field.setAccessible(true);
      field.set(KafkaDynamicSource.ReadableMetadata.TOPIC, converter);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the connector's metadata columns differ from those of 5.0.0-2.2", e);
    }
  }

  public static void opened(String prefix) {
    PREFIXES.merge(prefix, 1, Integer::sum);
  }

  public static void closed(String prefix) {
    PREFIXES.computeIfPresent(prefix, (key, count) -> count > 1 ? count - 1 : null);
  }

  static String logical(String topic) {
    for (String prefix : PREFIXES.keySet()) if (topic.startsWith(prefix)) return topic.substring(prefix.length());
    return topic;
  }

  private static Object read(ConsumerRecord<?, ?> record) {
    return StringData.fromString(logical(record.topic()));
  }

  private LogicalTopicNames() {}
}
