package io.caisson.sql;
class Try2 { public static void main(String[] a) throws Exception {
 for (String s : a) try { System.out.println(org.apache.calcite.sql.parser.SqlParser.create(s, org.apache.calcite.sql.parser.SqlParser.config().withParserFactory(io.caisson.sql.generated.CaissonSqlParser.FACTORY)).parseStmt()); } catch (org.apache.calcite.sql.parser.SqlParseException e) { System.out.println(e.getMessage().substring(0, Math.min(300,e.getMessage().length()))+"|"+e.getPos()+"|"+e.getExpectedTokenNames()); } } }
