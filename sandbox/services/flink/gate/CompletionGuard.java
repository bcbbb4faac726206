package gate;

import java.util.List;
import java.util.function.Supplier;

/** Keeps completion from work that a statement of the same text would be refused for, and from failing on a half-written one. */
final class CompletionGuard {
  private final int maxStatement;

  CompletionGuard(Policy policy) {
    maxStatement = policy.maxStatement();
  }

  /** What `complete` proposes; nothing when the text is too long, the place is not in it, or Flink finds no answer. */
  List<String> complete(String statement, int position, Supplier<List<String>> complete) {
    if (statement.length() > maxStatement || position < 0 || position > statement.length()) return List.of();
    try {
      return complete.get();
    } catch (RuntimeException | StackOverflowError e) {
      return List.of();
    }
  }
}
