package io.caisson.plan;

/** How the rows of two inputs are combined; without duplicates comes from an aggregate above. */
public enum SetKind {
  /** All rows of both. */
  UNION_ALL,
  /** Each row as often as both have it. */
  INTERSECT_ALL,
  /** Each row as often as the left input has it more. */
  EXCEPT_ALL
}
