package gate;

import static gate.Refusal.Code.STATEMENT_NOT_ALLOWED;
import static gate.Refusal.Code.STATEMENT_TOO_LONG;

import java.util.List;
import java.util.Locale;
import org.apache.flink.table.operations.CreateTableASOperation;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.StatementSetOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.operations.ddl.AlterTableChangeOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;

/** Allows only the listed kinds of statements, and checks what they contain: other statements, tables or settings. */
final class StatementGate {
  private final Policy policy;
  private final SettingGate settings;
  private final TableGate tables;

  StatementGate(Policy policy, SettingGate settings, TableGate tables) {
    this.policy = policy;
    this.settings = settings;
    this.tables = tables;
  }

  /** Checks the length before parsing, because parsing a very long text is work in itself. */
  void checkLength(String statement) {
    if (statement.length() <= policy.maxStatement()) return;
    throw new Refusal(
        STATEMENT_TOO_LONG,
        "A statement may have at most " + policy.maxStatement() + " characters; this one has " + statement.length() + ".");
  }

  void check(List<Operation> operations) {
    operations.forEach(this::check);
  }

  private void check(Operation operation) {
    checkKind(operation);
    switch (operation) {
      case ExplainOperation explain -> check(explain.getChild());
      case StatementSetOperation set -> set.getOperations().forEach(this::check);
      case CreateTableASOperation create -> check(create.getCreateTableOperation());
      case CreateTableOperation create -> tables.check(create.getCatalogTable().getOptions());
      case AlterTableChangeOperation alter -> tables.check(alter.getNewTable().getOptions());
      case SetOperation set -> checkSet(set);
      case ResetOperation reset -> reset.getKey().ifPresent(key -> settings.checkReset(key.trim()));
      default -> {}
    }
  }

  private void checkKind(Operation operation) {
    Class<?> kind = operation.getClass();
    boolean flinks = kind.getName().startsWith("org.apache.flink.table.");
    if (flinks && policy.statements().contains(kind.getSimpleName())) return;
    throw new Refusal(
        STATEMENT_NOT_ALLOWED, "This kind of statement is not available here (" + spoken(kind.getSimpleName()) + ").");
  }

  private void checkSet(SetOperation set) {
    if (set.getKey().isEmpty()) throw new Refusal(STATEMENT_NOT_ALLOWED, "SET needs a key and a value here.");
    settings.check(set.getKey().get().trim(), set.getValue().orElse("").trim());
  }

  /** Turns `CreateCatalogOperation` into `create catalog`. */
  private static String spoken(String className) {
    return className.replaceAll("Operation$", "").replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }
}
