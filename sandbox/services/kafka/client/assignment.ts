export interface AssignedPartition {
  topic: string;
  partition: number;
}

/**
 * Returns the partitions in a classic group member's assignment. Clients write these bytes, so malformed ones are read as an empty
 * assignment.
 *
 * @see Kafka, ConsumerProtocolAssignment.json
 */
export function readAssignment(bytes: Buffer): AssignedPartition[] {
  try {
    return parse(bytes);
  } catch (error) {
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function parse(bytes: Buffer): AssignedPartition[] {
  if (bytes.length < 2) return [];
  const partitions: AssignedPartition[] = [];
  let at = 2; // after the version
  const topicCount = bytes.readInt32BE(at);
  at += 4;
  for (let i = 0; i < topicCount; i++) {
    const nameEnd = at + 2 + bytes.readInt16BE(at);
    const topic = bytes.toString('utf8', at + 2, nameEnd);
    const partitionCount = bytes.readInt32BE(nameEnd);
    at = nameEnd + 4;
    for (let j = 0; j < partitionCount; j++, at += 4) partitions.push({ topic, partition: bytes.readInt32BE(at) });
  }
  return partitions;
}
