package io.caisson.model.catalog;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.subspace.Subspace;
import com.apple.foundationdb.tuple.Tuple;
import io.caisson.catalog.FunctionDefinition;
import io.caisson.catalog.FunctionDefinition.Kind;
import io.caisson.catalog.FunctionDefinition.Volatility;
import io.caisson.type.SqlType;
import io.caisson.type.TypeKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Functions as keys and values. Stateless but for where they lie.
 *
 * <pre>
 * (signature)  → name, target, volatility, result, argument…, "AGGREGATE" where it is one;
 *                a type is (kind, precision, scale)
 * </pre>
 */
final class FunctionStore {
  private static final int BEFORE_TYPES = 3;

  private final Subspace functions;

  FunctionStore(Subspace functions) {
    this.functions = functions;
  }

  List<FunctionDefinition> read(ReadTransaction transaction) {
    var found = new ArrayList<FunctionDefinition>();
    for (KeyValue entry : transaction.getRange(functions.range()).asList().join()) {
      Tuple value = Tuple.fromBytes(entry.getValue());
      boolean aggregate = value.get(value.size() - 1).equals(Kind.AGGREGATE.name());
      var types = new ArrayList<SqlType>();
      for (int i = BEFORE_TYPES; i < value.size() - (aggregate ? 1 : 0); i++) {
        types.add(type(value.getNestedTuple(i)));
      }
      found.add(
          new FunctionDefinition(
              aggregate ? Kind.AGGREGATE : Kind.FUNCTION,
              value.getString(0),
              types.subList(1, types.size()),
              types.get(0),
              value.getString(1),
              Volatility.valueOf(value.getString(2))));
    }
    return found;
  }

  void write(Transaction transaction, FunctionDefinition function) {
    Tuple value =
        Tuple.from(function.name(), function.target(), function.volatility().name())
            .add(tuple(function.result()));
    for (SqlType argument : function.arguments()) {
      value = value.add(tuple(argument));
    }
    if (function.kind() == Kind.AGGREGATE) {
      value = value.add(Kind.AGGREGATE.name());
    }
    transaction.set(functions.pack(function.signature()), value.pack());
  }

  void clear(Transaction transaction, FunctionDefinition function) {
    transaction.clear(functions.pack(function.signature()));
  }

  private static Tuple tuple(SqlType type) {
    return Tuple.from(type.kind().name(), type.precision(), type.scale());
  }

  private static SqlType type(Tuple tuple) {
    return new SqlType(
        TypeKind.valueOf(tuple.getString(0)), (int) tuple.getLong(1), (int) tuple.getLong(2), true);
  }
}
