package gate;

import static gate.Refusal.Code.STATEMENT_NOT_ALLOWED;

import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModelProviderFactory;
import org.apache.flink.table.ml.ModelProvider;
import org.apache.flink.table.module.Module;

/** Flink asks a module's factory for every source and sink, after LIKE, ALTER, CTAS and OPTIONS hints have been merged. */
final class TableModule implements Module, DynamicTableSourceFactory, DynamicTableSinkFactory, ModelProviderFactory {
  static final String NAME = "gate";
  private final TableGate gate;

  TableModule(TableGate gate) {
    this.gate = gate;
  }

  @Override
  public DynamicTableSource createDynamicTableSource(DynamicTableSourceFactory.Context context) {
    var table = context.getCatalogTable();
    return FactoryUtil.createDynamicTableSource(
        null,
        context.getObjectIdentifier(),
        table.copy(gate.forSource(table.getOptions())),
        context.getEnrichmentOptions(),
        context.getConfiguration(),
        context.getClassLoader(),
        context.isTemporary());
  }

  @Override
  public DynamicTableSink createDynamicTableSink(DynamicTableSinkFactory.Context context) {
    var table = context.getCatalogTable();
    return FactoryUtil.createDynamicTableSink(
        null,
        context.getObjectIdentifier(),
        table.copy(gate.forSink(table.getOptions())),
        context.getEnrichmentOptions(),
        context.getConfiguration(),
        context.getClassLoader(),
        context.isTemporary());
  }

  @Override
  public ModelProvider createModelProvider(ModelProviderFactory.Context context) {
    throw new Refusal(STATEMENT_NOT_ALLOWED, "Models are not available here.");
  }

  @Override
  public Optional<DynamicTableSourceFactory> getTableSourceFactory() {
    return Optional.of(this);
  }

  @Override
  public Optional<DynamicTableSinkFactory> getTableSinkFactory() {
    return Optional.of(this);
  }

  @Override
  public Optional<ModelProviderFactory> getModelProviderFactory() {
    return Optional.of(this);
  }

  @Override
  public String factoryIdentifier() {
    return NAME;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
