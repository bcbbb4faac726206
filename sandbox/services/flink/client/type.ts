import { z } from 'zod';

/** A column's type as the gateway writes it: `{"type":"VARCHAR","nullable":true,"length":2147483647}`. */
export const logicalTypeSchema = z.looseObject({ type: z.string(), nullable: z.boolean().optional() });
type LogicalType = z.infer<typeof logicalTypeSchema>;

const partsSchema = z.looseObject({
  length: z.number().optional(),
  precision: z.number().optional(),
  scale: z.number().optional(),
  elementType: logicalTypeSchema.optional(),
  keyType: logicalTypeSchema.optional(),
  valueType: logicalTypeSchema.optional(),
  fields: z
    .array(z.looseObject({ name: z.string(), fieldType: logicalTypeSchema.optional(), type: z.unknown().optional() }))
    .optional(),
});

const UNBOUNDED = 2_147_483_647; // Java: Integer.MAX_VALUE, the length of STRING and BYTES

/** Returns the type as SQL writes it: `STRING`, `DECIMAL(10, 2)`, `TIMESTAMP_LTZ(3)`, `ARRAY<INT>`. */
export function sqlTypeOf(type: LogicalType): string {
  const parts = partsSchema.parse(type);
  const inside = (part: LogicalType | undefined) => (part ? sqlTypeOf(part) : '?');
  switch (type.type) {
    case 'INTEGER':
      return 'INT';
    case 'VARCHAR':
      return parts.length === UNBOUNDED ? 'STRING' : `VARCHAR(${parts.length})`;
    case 'VARBINARY':
      return parts.length === UNBOUNDED ? 'BYTES' : `VARBINARY(${parts.length})`;
    case 'CHAR':
    case 'BINARY':
      return `${type.type}(${parts.length})`;
    case 'DECIMAL':
      return `DECIMAL(${parts.precision}, ${parts.scale})`;
    case 'TIME_WITHOUT_TIME_ZONE':
      return `TIME(${parts.precision})`;
    case 'TIMESTAMP_WITHOUT_TIME_ZONE':
      return `TIMESTAMP(${parts.precision})`;
    case 'TIMESTAMP_WITH_LOCAL_TIME_ZONE':
      return `TIMESTAMP_LTZ(${parts.precision})`;
    case 'ARRAY':
    case 'MULTISET':
      return `${type.type}<${inside(parts.elementType)}>`;
    case 'MAP':
      return `MAP<${inside(parts.keyType)}, ${inside(parts.valueType)}>`;
    case 'ROW':
      return `ROW<${(parts.fields ?? []).map((field) => `${field.name} ${inside(field.fieldType)}`).join(', ')}>`;
    default:
      return type.type.replaceAll('_', ' ');
  }
}
