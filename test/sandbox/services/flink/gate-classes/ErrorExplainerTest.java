package gate;

import static gate.Refusal.Code.FAILED;
import static gate.Refusal.Code.INVALID_SQL;
import static gate.Refusal.Code.OPTION_NOT_ALLOWED;
import static gate.Refusal.Code.OUT_OF_MEMORY;
import static gate.Refusal.Code.TOO_COMPLEX;
import static gate.Refusal.Code.UNKNOWN_TOPIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.apache.flink.table.api.ValidationException;
import org.junit.jupiter.api.Test;

class ErrorExplainerTest {
  @Test
  void theLastCauseSaysWhatAndThePlaceIsCutOut() {
    Throwable error =
        new ValidationException(
            "SQL validation failed. From line 2, column 3 to line 2, column 7: Column 'amout' not found in any table",
            new RuntimeException("From line 2, column 3 to line 2, column 7", new RuntimeException("Column 'amout' not found in any table")));
    assertEquals(
        new ErrorExplainer.Explanation(INVALID_SQL, "Column 'amout' not found in any table", new ErrorPlace(2, 3, 2, 7)),
        ErrorExplainer.explanation(error, false));
  }

  @Test
  void aWordThatTheParserStumbledOverIsMarkedAsAWhole() {
    Throwable error =
        new RuntimeException("SQL parse failed. Encountered \"value\" at line 1, column 8.\nWas expecting one of:\n  <EOF>\n  \"AS\" ...");
    assertEquals(
        new ErrorExplainer.Explanation(INVALID_SQL, "Encountered \"value\" .", new ErrorPlace(1, 8, 1, 12)),
        ErrorExplainer.explanation(error, false));
  }

  @Test
  void aPlaceInADataRowIsNoPlaceInTheStatement() {
    Throwable error = new RuntimeException("Unexpected character at line 1, column 19");
    assertEquals(
        new ErrorExplainer.Explanation(FAILED, "Unexpected character at line 1, column 19", null),
        ErrorExplainer.explanation(error, true));
  }

  @Test
  void whatTheGateRefusedIsSaidWhereverItStandsInTheChain() {
    Throwable error = new ValidationException("Unable to create a source", new Refusal(OPTION_NOT_ALLOWED, "Leave it out."));
    assertEquals(new ErrorExplainer.Explanation(OPTION_NOT_ALLOWED, "Leave it out.", null), ErrorExplainer.explanation(error, false));
  }

  @Test
  void faultsOfTheMachineHaveCodesOfTheirOwn() {
    assertEquals(TOO_COMPLEX, ErrorExplainer.explanation(new RuntimeException(new StackOverflowError()), false).code());
    assertEquals(OUT_OF_MEMORY, ErrorExplainer.explanation(new RuntimeException(new OutOfMemoryError("heap")), true).code());
    Throwable gone = new RuntimeException("x", new RuntimeException("UnknownTopicOrPartitionException: no such topic"));
    assertEquals(UNKNOWN_TOPIC, ErrorExplainer.explanation(gone, true).code());
  }

  @Test
  void noCredentialAndNoTableOfOptionsStaysInAMessage() {
    assertEquals("Unable to create a source.", ErrorText.tidy("Unable to create a source.\n\nTable options are:\n\n'connector'='kafka'"));
    assertEquals("login username=\"u\" password=***;", ErrorText.tidy("login username=\"u\" password=\"secret\";"));
  }

  @Test
  void causesThatFormACircleAreReadOnce() {
    RuntimeException first = new RuntimeException("first");
    first.initCause(new RuntimeException("second", first));
    assertEquals("second", ErrorExplainer.explanation(first, true).message());
  }

  @Test
  void whatIsExplainedAlreadyStaysAsItIs() {
    SqlError explained = ErrorExplainer.explain(new Refusal(FAILED, "no"));
    assertEquals("{\"code\":\"failed\",\"message\":\"no\"}", explained.getMessage());
    assertSame(explained, ErrorExplainer.explain(new RuntimeException("outer", explained)));
  }
}
