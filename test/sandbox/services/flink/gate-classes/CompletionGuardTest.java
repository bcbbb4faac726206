package gate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CompletionGuardTest {
  private final Policy policy = Policy.load();
  private final CompletionGuard guard = new CompletionGuard(policy);

  @Test
  void whatFlinkProposesComesThrough() {
    assertEquals(List.of("amount"), guard.complete("SELECT am", 9, () -> List.of("amount")));
  }

  @Test
  void nothingIsAskedForATextThatIsTooLongOrAPlaceOutsideOfIt() {
    assertEquals(List.of(), guard.complete(" ".repeat(policy.maxStatement() + 1), 0, CompletionGuardTest::asked));
    assertEquals(List.of(), guard.complete("SELECT", 7, CompletionGuardTest::asked));
    assertEquals(List.of(), guard.complete("SELECT", -1, CompletionGuardTest::asked));
  }

  @Test
  void aTextThatFlinkFailsOnHasNoProposals() {
    assertEquals(List.of(), guard.complete("DESCRIBE ", 9, () -> { throw new IllegalStateException(); }));
    assertEquals(List.of(), guard.complete("((((", 4, () -> { throw new StackOverflowError(); }));
  }

  private static List<String> asked() {
    throw new AssertionError("asked");
  }
}
