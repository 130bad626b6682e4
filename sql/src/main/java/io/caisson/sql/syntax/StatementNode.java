package io.caisson.sql.syntax;

import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The envelope in which a statement of the dialect travels through Calcite's parser. It is opened
 * right after parsing, never validated or visited.
 */
public final class StatementNode extends SqlCall {
  private static final SqlOperator OPERATOR =
      new SqlSpecialOperator("CAISSON STATEMENT", SqlKind.OTHER_DDL);

  private final StatementSyntax statement;

  /** An envelope around a statement. */
  public StatementNode(SqlParserPos position, StatementSyntax statement) {
    super(position);
    this.statement = statement;
  }

  /** An envelope around a statement that changes rows. */
  public static StatementNode of(SqlParserPos position, WriteSyntax write) {
    return new StatementNode(position, new StatementSyntax.Write(write));
  }

  /** The statement inside. */
  public StatementSyntax statement() {
    return statement;
  }

  @Override
  public SqlOperator getOperator() {
    return OPERATOR;
  }

  @Override
  public List<SqlNode> getOperandList() {
    return List.of();
  }

  @Override
  public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
    writer.literal(statement.toString());
  }

  @Override
  public SqlNode clone(SqlParserPos position) {
    return new StatementNode(position, statement);
  }
}
