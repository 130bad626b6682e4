package io.caisson.sql.syntax;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code WATERMARK FOR column AS expression}.
 *
 * @param position where it stands
 * @param column the column of event time
 * @param expression the column, or the column less an interval
 */
public record WatermarkSyntax(SqlParserPos position, SqlIdentifier column, SqlNode expression) {}
