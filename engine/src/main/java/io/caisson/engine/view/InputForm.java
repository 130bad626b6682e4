package io.caisson.engine.view;

/** What views must know of their inputs besides the rows. */
public interface InputForm extends TableRowForm, VersionTimes {}
