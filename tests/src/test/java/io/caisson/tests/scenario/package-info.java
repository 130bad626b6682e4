/** Histories of a database as text: made at random, run, made smaller where they fail, and kept. */
@NullMarked
package io.caisson.tests.scenario;

import org.jspecify.annotations.NullMarked;
