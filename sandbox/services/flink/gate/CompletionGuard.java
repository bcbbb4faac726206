package gate;

import java.util.List;
import java.util.function.Supplier;

/** Keeps completion from processing a text that would be refused as a statement, and from failing on an incomplete one. */
final class CompletionGuard {
  private final int maxStatement;

  CompletionGuard(Policy policy) {
    maxStatement = policy.maxStatement();
  }

  /** Returns what `complete` proposes; nothing when the text is too long, the position is outside it, or Flink fails. */
  List<String> complete(String statement, int position, Supplier<List<String>> complete) {
    if (statement.length() > maxStatement || position < 0 || position > statement.length()) return List.of();
    try {
      return complete.get();
    } catch (RuntimeException | StackOverflowError e) {
      return List.of();
    }
  }
}
