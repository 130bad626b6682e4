package io.caisson.error;

/**
 * Every error that Caisson reports, as a constant: its SQLSTATE as PostgreSQL numbers it, whose
 * fault it is, and whether the same statement may succeed when tried again. Protocols render these;
 * they never number errors of their own.
 */
public enum SqlState {
  SYNTAX_ERROR("42601", Fault.USER),
  UNDEFINED_OBJECT("42P01", Fault.USER),
  UNDEFINED_COLUMN("42703", Fault.USER),
  UNDEFINED_FUNCTION("42883", Fault.USER),
  INVALID_FUNCTION_DEFINITION("42P13", Fault.USER),
  DUPLICATE_FUNCTION("42723", Fault.USER),
  AMBIGUOUS_FUNCTION("42725", Fault.USER),
  NULL_NOT_ALLOWED("22004", Fault.USER),
  AMBIGUOUS_COLUMN("42702", Fault.USER),
  UNDEFINED_PARAMETER("42P02", Fault.USER),
  DUPLICATE_OBJECT("42P07", Fault.USER),
  DUPLICATE_COLUMN("42701", Fault.USER),
  DUPLICATE_ALIAS("42712", Fault.USER),
  INVALID_COLUMN_REFERENCE("42P10", Fault.USER),
  INVALID_RECURSION("42P19", Fault.USER),
  INDETERMINATE_TYPE("42P18", Fault.USER),
  WINDOWING_ERROR("42P20", Fault.USER),
  UNDEFINED_NAME("42704", Fault.USER),
  WRONG_OBJECT_TYPE("42809", Fault.USER),
  INVALID_DEFINITION("42P16", Fault.USER),
  GROUPING_ERROR("42803", Fault.USER),
  DATATYPE_MISMATCH("42804", Fault.USER),
  INVALID_NAME("42602", Fault.USER),
  INVALID_PARAMETER("22023", Fault.USER),
  INVALID_FRAME_OFFSET("22013", Fault.USER),
  INVALID_NTILE("22014", Fault.USER),
  INVALID_NTH_VALUE("22016", Fault.USER),
  SKIP_TO_NO_ROW("2202K", Fault.USER),
  SKIP_TO_FIRST_ROW("2202L", Fault.USER),
  INVALID_LIMIT("2201W", Fault.USER),
  INVALID_OFFSET("2201X", Fault.USER),
  INVALID_ESCAPE("22025", Fault.USER),
  INVALID_JSON_SUBSCRIPT("22033", Fault.USER),
  MORE_THAN_ONE_JSON_ITEM("22034", Fault.USER),
  NO_JSON_ITEM("22035", Fault.USER),
  NON_NUMERIC_JSON_ITEM("22036", Fault.USER),
  SINGLETON_JSON_ITEM_REQUIRED("22038", Fault.USER),
  JSON_ARRAY_NOT_FOUND("22039", Fault.USER),
  JSON_MEMBER_NOT_FOUND("2203A", Fault.USER),
  JSON_OBJECT_NOT_FOUND("2203C", Fault.USER),
  JSON_SCALAR_REQUIRED("2203F", Fault.USER),
  DEPENDENT_OBJECTS("2BP01", Fault.USER),
  EXTERNAL_ROUTINE_EXCEPTION("38000", Fault.USER),
  FEATURE_NOT_SUPPORTED("0A000", Fault.USER),
  NUMERIC_OUT_OF_RANGE("22003", Fault.USER),
  DIVISION_BY_ZERO("22012", Fault.USER),
  INVALID_TEXT("22P02", Fault.USER),
  INVALID_DATETIME("22007", Fault.USER),
  DATETIME_OVERFLOW("22008", Fault.USER),
  SUBSTRING_ERROR("22011", Fault.USER),
  INVALID_ARGUMENT_FOR_LOGARITHM("2201E", Fault.USER),
  INVALID_ARGUMENT_FOR_POWER("2201F", Fault.USER),
  ARRAY_SUBSCRIPT_ERROR("2202E", Fault.USER),
  INVALID_BUCKET("2201G", Fault.USER),
  STRING_TOO_LONG("22001", Fault.USER),
  BAD_INPUT_FILE("22P04", Fault.USER),
  UNTRANSLATABLE_CHARACTER("22P05", Fault.USER),
  NOT_NULL_VIOLATION("23502", Fault.USER),
  UNIQUE_VIOLATION("23505", Fault.USER),
  CARDINALITY_VIOLATION("21000", Fault.USER),
  READ_ONLY_TRANSACTION("25006", Fault.USER),
  IN_FAILED_TRANSACTION("25P02", Fault.USER),
  INVALID_TRANSACTION_TERMINATION("2D000", Fault.USER),
  FOREIGN_KEY_VIOLATION("23503", Fault.USER),
  CHECK_VIOLATION("23514", Fault.USER),
  GENERATED_ALWAYS("428C9", Fault.USER),
  INVALID_REFERENCE("42830", Fault.USER),
  INVALID_EXPRESSION("42P17", Fault.USER),
  DUPLICATE_CONSTRAINT("42710", Fault.USER),
  SERIALIZATION_FAILURE("40001", Fault.CONFLICT),
  TRANSACTION_TOO_LARGE("54000", Fault.USER),
  ROW_TOO_LARGE("54001", Fault.USER),
  PATTERN_TOO_COMPLEX("54P01", Fault.USER),
  QUERY_CANCELED("57014", Fault.USER),
  NOT_IN_PREREQUISITE_STATE("55000", Fault.USER),
  OBJECT_IN_USE("55006", Fault.USER),
  DATABASE_LOCKED("55P03", Fault.OPERATOR),
  UNDEFINED_FILE("58P01", Fault.OPERATOR),
  IO_ERROR("58030", Fault.OPERATOR),
  DISK_FULL("53100", Fault.OPERATOR),
  INSUFFICIENT_RESOURCES("53000", Fault.OPERATOR),
  OUT_OF_MEMORY("53200", Fault.OPERATOR),
  CONNECTION_FAILURE("08006", Fault.OPERATOR),
  NOT_A_DATABASE("58P02", Fault.OPERATOR),
  DATA_CORRUPTED("XX001", Fault.SYSTEM),
  CLOSED("08003", Fault.USER),
  INTERNAL_ERROR("XX000", Fault.SYSTEM);

  /** Whose fault an error is, which decides who has to act. */
  public enum Fault {
    /** The statement or the data; change them. */
    USER,
    /** Two transactions met; try again. */
    CONFLICT,
    /** The machine or the configuration: disk, file, permission, network. */
    OPERATOR,
    /** A defect of Caisson or damaged data. */
    SYSTEM
  }

  private final String code;
  private final Fault fault;

  SqlState(String code, Fault fault) {
    this.code = code;
    this.fault = fault;
  }

  /** The five-character SQLSTATE. */
  public String code() {
    return code;
  }

  /** Whose fault it is. */
  public Fault fault() {
    return fault;
  }

  /** Whether the same transaction may succeed when run again. */
  public boolean retryable() {
    return fault == Fault.CONFLICT;
  }
}
