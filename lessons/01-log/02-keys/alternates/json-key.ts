import { kafka, topics } from './cluster.ts';
import { driverEvents } from './driver-events.ts';

// Any bytes that only one driver has will do: here the key is JSON.
const producer = kafka.producer({ allowAutoTopicCreation: false });
await producer.connect();
for (let start = 0; start < driverEvents.length; start += 50) {
  await producer.sendBatch({
    topicMessages: [
      {
        topic: topics.driverEvents.name,
        messages: driverEvents.slice(start, start + 50).map((event) => ({
          key: JSON.stringify({ driver: event.driver }),
          value: JSON.stringify(event),
          timestamp: String(Date.parse(event.at)),
        })),
      },
    ],
  });
}
await producer.disconnect();
