package io.caisson.sql;
class Try { public static void main(String[] a) {
 for (String s : a) for (var t : io.caisson.sql.parse.StatementText.split(s)) { try { System.out.println(io.caisson.sql.parse.SqlTextParser.parse(t, new io.caisson.sql.error.SqlErrors(t.start(), java.util.List.of()))); } catch (io.caisson.error.CaissonException e) { System.out.println(e.getCause()+" "+e.state()+" "+e.position()+" "+e.getMessage()+" / "+e.hint()); } } } }
