package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * An expression that a definition keeps as text.
 *
 * @param node the expression
 * @param place where all of its text stands in the statement
 */
public record ExpressionSyntax(SqlNode node, SqlParserPos place) {}
