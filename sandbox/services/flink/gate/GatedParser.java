package gate;

import java.util.List;
import org.apache.flink.table.catalog.UnresolvedIdentifier;
import org.apache.flink.table.delegation.Parser;
import org.apache.flink.table.expressions.ResolvedExpression;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;

/** A session's only parser. Flink executes exactly what it returns, so nothing can be read in two ways. */
final class GatedParser implements Parser {
  private final Parser inner;
  private final StatementGate gate;

  GatedParser(Parser inner, StatementGate gate) {
    this.inner = inner;
    this.gate = gate;
  }

  @Override
  public List<Operation> parse(String statement) {
    gate.checkLength(statement);
    List<Operation> operations = inner.parse(statement);
    gate.check(operations);
    return operations;
  }

  @Override
  public UnresolvedIdentifier parseIdentifier(String identifier) {
    return inner.parseIdentifier(identifier);
  }

  @Override
  public ResolvedExpression parseSqlExpression(String expression, RowType inputRowType, LogicalType outputType) {
    return inner.parseSqlExpression(expression, inputRowType, outputType);
  }

  @Override
  public String[] getCompletionHints(String statement, int position) {
    return inner.getCompletionHints(statement, position);
  }
}
