package gate;

import static gate.Refusal.Code.OPTION_NOT_ALLOWED;
import static gate.Refusal.Code.STATEMENT_NOT_ALLOWED;
import static gate.Refusal.Code.STATEMENT_TOO_LONG;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.apache.flink.table.operations.ExplainOperation;
import org.apache.flink.table.operations.NopOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.command.AddJarOperation;
import org.apache.flink.table.operations.command.ResetOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.junit.jupiter.api.Test;

class StatementGateTest {
  private final Policy policy = Policy.load();
  private final StatementGate gate = new StatementGate(policy, new SettingGate(policy), null);

  @Test
  void aKindThatIsNotListedIsNamedInWords() {
    Refusal refusal = refusalOf(new AddJarOperation("/tmp/x.jar"));
    assertEquals(STATEMENT_NOT_ALLOWED, refusal.code);
    assertEquals("This kind of statement is not available here (add jar).", refusal.getMessage());
    assertEquals(STATEMENT_NOT_ALLOWED, refusalOf(new NopOperation()).code);
  }

  @Test
  void anOperationIsRefusedInsideAnother() {
    assertEquals(STATEMENT_NOT_ALLOWED, refusalOf(new ExplainOperation(new AddJarOperation("/tmp/x.jar"))).code);
  }

  @Test
  void aClassOfTheSameNameFromElsewhereIsRefused() {
    assertEquals(STATEMENT_NOT_ALLOWED, refusalOf(new ShowTablesOperation()).code);
  }

  @Test
  void listedSettingsPassWithListedValues() {
    assertDoesNotThrow(() -> gate.check(List.of(new SetOperation("parallelism.default", "4"), new ResetOperation(null))));
    assertEquals(OPTION_NOT_ALLOWED, refusalOf(new SetOperation("parallelism.default", "5")).code);
    assertEquals(OPTION_NOT_ALLOWED, refusalOf(new SetOperation("rest.port", "1")).code);
    assertEquals(OPTION_NOT_ALLOWED, refusalOf(new ResetOperation("rest.port")).code);
    assertEquals(STATEMENT_NOT_ALLOWED, refusalOf(new SetOperation()).code);
  }

  @Test
  void eachOfSeveralStatementsIsLookedAt() {
    Refusal refusal = assertThrows(Refusal.class, () -> gate.check(List.of(new ResetOperation(null), new AddJarOperation("/tmp/x.jar"))));
    assertEquals(STATEMENT_NOT_ALLOWED, refusal.code);
  }

  @Test
  void aStatementMayBeAsLongAsThePolicySaysAndNoLonger() {
    assertDoesNotThrow(() -> gate.checkLength(" ".repeat(policy.maxStatement())));
    Refusal refusal = assertThrows(Refusal.class, () -> gate.checkLength(" ".repeat(policy.maxStatement() + 1)));
    assertEquals(STATEMENT_TOO_LONG, refusal.code);
  }

  private Refusal refusalOf(Operation operation) {
    return assertThrows(Refusal.class, () -> gate.check(List.of(operation)));
  }

  /** Has the name of a listed operation, but is not one of Flink's. */
  private static final class ShowTablesOperation implements Operation {
    @Override
    public String asSummaryString() {
      return "";
    }
  }
}
